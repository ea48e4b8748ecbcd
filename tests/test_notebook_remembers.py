"""A notebook in a real kernel: started again it knows what was decided, and exported it shows the exercise in words."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from fixture_book import FIXTURES
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter
from nbformat import NotebookNode
from playwright.sync_api import Browser

from commissioning.record import kernel

pytestmark = pytest.mark.slow
SHOW = 'from commissioning import decision, record\nd = decision("first-step")\nd'
DECIDE = """at, edition = "2026-01-05T10:00:00Z", d.exercise.edition
taken = {"response": {"choice": "telephone", "certainty": 3}, "at": at, "edition": edition}
state = {"format": "commissioning-decision/1", "id": d.exercise.id, "kind": d.exercise.kind, "attempts": 1}
d.states = {d.exercise.id: {**state, "first": taken, "last": taken}}"""
"""What the script writes into the widget when somebody decides."""


@pytest.fixture(autouse=True)
def _in_the_fixture_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(FIXTURES / "book"))


def ran(folder: Path, *cells: str) -> NotebookNode:
    """A notebook, run from its first cell to its last in a kernel of its own."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(made, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return made


def printed(cell: NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def test_a_kernel_that_starts_again_shows_what_was_decided(tmp_path: Path) -> None:
    ran(tmp_path, SHOW, DECIDE)
    again = ran(tmp_path, SHOW, "print([d.response, d.score, list(record().decisions)])")
    assert printed(again.cells[1]).strip() == str(
        [{"choice": "telephone", "certainty": 3}, {"right": True, "marks": 3, "of": 3}, ["first-step"]]
    )
    assert kernel.path().is_file()


def shows_the_exercise(text: str) -> bool:
    words = " ".join(text.split())
    asked = ("The first step", "Telephone those who have waited longest", "5 January 2026", "very sure")
    return all(one in words for one in asked) and "DecisionWidget" not in words and "Not decided yet" not in words


def test_an_exported_notebook_shows_the_exercise_and_what_was_chosen(tmp_path: Path) -> None:
    assert shows_the_exercise(MarkdownExporter().from_notebook_node(ran(tmp_path, SHOW, DECIDE))[0])


@pytest.mark.browser
def test_an_exported_page_and_its_print_show_them_too(tmp_path: Path, chromium: Browser) -> None:
    """As a person sees them, without a connection: PDF is made by printing this page."""
    made = ran(tmp_path, SHOW, DECIDE)
    page = chromium.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content(HTMLExporter().from_notebook_node(made)[0], wait_until="domcontentloaded")
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        assert shows_the_exercise(page.locator("body").inner_text()), medium
    page.close()


def test_a_notebook_saves_the_script_once_however_often_exercises_are_shown(tmp_path: Path) -> None:
    """With the states of its widgets, as JupyterLab saves it: the second showing adds words only."""
    one, many = ran(tmp_path, SHOW), ran(tmp_path, *[SHOW] * 6)
    assert one.metadata.widgets, "what widgets hold was saved"
    assert len(json.dumps(many)) - len(json.dumps(one)) < 5 * 8_000
