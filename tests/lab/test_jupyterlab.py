"""The exercises of the book in a real JupyterLab: shown, decided by keyboard, heard in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from commissioning import kinds
from commissioning.book import Book
from commissioning.book.compile import compile_decision

TOKENS = Path(__file__).resolve().parents[2] / "src" / "commissioning" / "page" / "front" / "tokens.css"
SHOW = 'from commissioning import decision\nd = decision("{}")\nd'
TRIUMPH, FAIR = "matrons-triumph", "choose-the-comparison"
RECALL = "finding-people-at-risk--regression-in-a-sentence"


@pytest.fixture(autouse=True)
def quiet(jupyterlab: Any) -> Iterator[None]:
    """After every test: nothing was asked of another host, and nothing of ours broke."""
    yield
    assert jupyterlab.elsewhere == []
    assert jupyterlab.complaints == []


def colour(place: Locator, property_: str) -> str:
    """A computed colour as #rrggbb."""
    found: str = place.evaluate("(at, name) => getComputedStyle(at).getPropertyValue(name)", property_)
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", found)[:3])


def tokens(scheme: str) -> dict[str, str]:
    """The colours of the light or the dark scheme, as tokens.css writes them."""
    block = TOKENS.read_text(encoding="utf-8").split(f"/* ---- {scheme}", 1)[1].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--cb-([\w-]+): (#[0-9a-f]{6});", block))


@pytest.fixture(scope="module")
def triumph(jupyterlab: Any) -> Any:
    """A notebook that has shown a decision, with somebody listening to it."""
    listen = 'heard = []\nd.observe(lambda change: heard.append(change["new"]), "response")\nd'
    show = SHOW.format(TRIUMPH).removesuffix("d") + listen
    notebook = jupyterlab.open("triumph", show, "print([d.response, d.score, heard])")
    notebook.run(0)
    expect(notebook.exercise(TRIUMPH)).to_have_attribute("data-state", "untouched")
    return notebook


def test_the_dark_theme_gives_the_dark_tokens(jupyterlab: Any, triumph: Any) -> None:
    exercise = triumph.exercise(TRIUMPH)
    for scheme in ("dark", "light"):
        jupyterlab.theme(f"JupyterLab {scheme.title()}")
        wanted = tokens(scheme)
        assert colour(exercise, "background-color") == wanted["room"]
        assert colour(exercise.locator(".decision-title"), "color") == wanted["ink"]
        assert exercise.evaluate("at => getComputedStyle(at).colorScheme") == scheme


def test_a_decision_is_decided_by_keyboard_and_heard_in_python(triumph: Any) -> None:
    exercise = triumph.exercise(TRIUMPH)
    assert exercise.locator(".go").evaluate("button => button.getBoundingClientRect().height") >= 44
    assert ast.literal_eval(triumph.run(1)) == [None, None, []]

    triumph.focus(exercise.locator("input").first)
    triumph.press("40", "Tab", "20", "Enter")

    expect(exercise).to_have_attribute("data-state", "decided")
    expect(exercise.locator(".after-title")).to_be_focused()
    expect(exercise.locator(".chosen-branch")).to_have_count(2)
    response = {"values": [40, 20]}
    assert ast.literal_eval(triumph.run(1)) == [response, {"ranges": ["about-half", "a-little"]}, [response]]


def test_a_best_answer_scores_in_python_as_its_kind_says(jupyterlab: Any, real_book: Book) -> None:
    notebook = jupyterlab.open("fair", SHOW.format(FAIR), "print([d.response, d.score])", "d")
    notebook.run(0)
    exercise = notebook.exercise(FAIR).first

    notebook.focus(exercise.locator('input[type="radio"]').first)
    notebook.press("Space", "ArrowDown", "ArrowDown", "Tab", "Space", "ArrowRight", "Tab", "Space")

    expect(exercise).to_have_attribute("data-state", "decided")
    made = compile_decision(real_book, FAIR)
    response = {"choice": made.marking["options"][2], "certainty": 2}
    score = kinds.score(made.kind, made.marking, response)
    assert ast.literal_eval(notebook.run(1)) == [response, score]
    assert f"{score['marks']}".replace("-", "−") in exercise.locator(".score").inner_text()

    notebook.run(2)
    expect(notebook.cells.nth(2).locator("decision-exercise")).to_have_attribute("data-state", "decided")
    notebook.run(0)
    expect(notebook.cells.nth(0).locator("decision-exercise")).to_have_attribute("data-state", "decided")
    assert ast.literal_eval(notebook.run(1)) == [response, score]


def forget(exercise: Locator) -> None:
    """Forget what was decided: one press, which can be taken back."""
    exercise.locator("[data-forget]").click()


def test_two_views_of_a_widget_agree_and_their_labels_act_on_their_own_controls(jupyterlab: Any) -> None:
    notebook = jupyterlab.open("views", SHOW.format(FAIR), "d")
    notebook.run(0)
    notebook.run(1)
    one, two = (notebook.cells.nth(number).locator("decision-exercise") for number in (0, 1))
    if one.get_attribute("data-state") == "decided":
        forget(one)
    for view in (one, two):
        expect(view).to_have_attribute("data-state", "untouched")
    ids = notebook.panel.locator("decision-exercise, decision-exercise [id]").evaluate_all("a => a.map(e => e.id)")
    assert len(ids) == len(set(ids)) > 2

    two.locator("label.path").nth(1).click()
    expect(two.locator("input[type=radio]").nth(1)).to_be_checked()
    expect(one.locator("input[type=radio]").nth(1)).to_be_checked()  # half an answer is seen in both

    two.locator("fieldset.sure label").first.click()
    two.locator(".go").click()
    for view in (one, two):
        expect(view).to_have_attribute("data-state", "decided")
    assert one.locator(".after-title").inner_text() == two.locator(".after-title").inner_text()

    forget(one)
    for view in (one, two):
        expect(view).to_have_attribute("data-state", "untouched")


def test_a_restarted_kernel_shows_what_was_decided_and_what_was_half_made(jupyterlab: Any) -> None:
    notebook = jupyterlab.open("restarted", SHOW.format(FAIR), SHOW.format(TRIUMPH), "print(d.drafts)")
    notebook.run(0)
    fair = notebook.cells.nth(0).locator("decision-exercise")
    if fair.get_attribute("data-state") != "decided":
        fair.locator("label.path").first.click()
        fair.locator("fieldset.sure label").first.click()
        fair.locator(".go").click()
    expect(fair).to_have_attribute("data-state", "decided")
    told = fair.locator(".after-title").inner_text()
    notebook.run(1)
    triumph = notebook.cells.nth(1).locator("decision-exercise")
    if triumph.get_attribute("data-state") == "decided":
        forget(triumph)
    triumph.locator("input").first.fill("35")
    jupyterlab.page.wait_for_timeout(600)  # words are sent one at a time, not letters
    assert "35" in notebook.run(2)

    jupyterlab.begin("kernelmenu:restart")  # asks first, as it does a person
    jupyterlab.page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(notebook.panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_attached()
    notebook.run(0)
    notebook.run(1)
    expect(fair).to_have_attribute("data-state", "decided")
    assert fair.locator(".after-title").inner_text() == told
    expect(triumph.locator("input").first).to_have_value("35")


def test_a_live_exercise_hides_its_words_for_paper_and_a_saved_notebook_has_them(jupyterlab: Any) -> None:
    notebook = jupyterlab.open("saved", SHOW.format(FAIR))
    notebook.run(0)
    expect(notebook.exercise(FAIR)).to_be_visible()
    expect(notebook.panel.locator(".commissioning-kept")).to_have_count(1)
    expect(notebook.panel.locator(".commissioning-kept")).to_be_hidden()
    jupyterlab.command("docmanager:save")
    saved = (jupyterlab.folder / "saved.ipynb").read_text(encoding="utf-8")
    assert "commissioning-kept" in saved
    assert saved.count("function browserStore(") <= 1


def test_a_chapters_questions_are_answered_and_counted_in_a_notebook(jupyterlab: Any) -> None:
    show = 'from commissioning import questions\nq = questions("finding-people-at-risk")\nq'
    notebook = jupyterlab.open("questions", show, "print([q.responses, q.scores])")
    notebook.run(0)
    expect(notebook.panel.locator("decision-exercise")).to_have_count(5)
    question = notebook.exercise(RECALL)

    notebook.focus(question.locator("summary").first)
    notebook.press("Enter", "Tab", "luck", "Enter", "does not last", "Tab", "Enter")

    expect(question).to_have_attribute("data-state", "decided")
    responses, scores = ast.literal_eval(notebook.run(1))
    assert responses == {RECALL: {"text": "luck\ndoes not last", "points": []}}
    assert scores == {RECALL: {"had": 0, "of": 3}}
