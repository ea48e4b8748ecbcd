"""Exercises made from solutions, and the learner's own copy of the chapters."""

from __future__ import annotations

import ast
import json
import os
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from fixture_book import ROOT
from nbformat import NotebookNode

from commissioning.book import Book, Chapter
from commissioning.jupyter import notebooks
from commissioning.jupyter.notebooks.blocks import plain_lines
from commissioning.jupyter.notebooks.chapters import chapter_notebook
from commissioning.jupyter.notebooks.evidence import Evidence, link
from commissioning.jupyter.notebooks.folder import copies
from commissioning.jupyter.notebooks.shape import cell, notebook, to_bytes, write_whole
from commissioning.labs.checks import Verdict
from commissioning.source.faults import Faults

NAME = "finding-people-at-risk"
"""The chapter whose copy is looked at closely. Exercises are looked at for every lab: see `LABS`."""
BARE = "bare"
MYST = re.compile(r"\{[a-z:-]+\}`|^\s*:::|```\{|^\([\w-]+\)=", re.M)


@dataclass(frozen=True)
class Lab:
    """What is to be in a lab's notebook: its headings, its tasks in order, the bare case's parts and decisions.

    `on_paper` holds what a learner would work out without code from what the cells show, rounded as they are shown.
    """

    worked: str
    half_worked: str
    half: tuple[str, ...]
    bare: tuple[str, ...]
    parts: str
    decisions: tuple[str, ...]
    on_paper: dict[str, float]

    @property
    def tasks(self) -> list[str]:
        return [*self.half, *self.bare]


LABS = {
    "finding-people-at-risk": Lab(
        worked="people admitted once",
        half_worked="people with three or more",
        half=("half-fall", "half-slope", "half-effect", "half-sample-size"),
        bare=("fall", "slope", "effect", "includes-zero", "sample-size"),
        parts="abcd",
        decisions=("how-far-it-fell", "what-the-gap-shows", "choose-the-comparison"),
        on_paper={
            "half-fall": 100 * (3.297 - 1.090) / 3.297,
            "half-slope": 0.0633 / 0.2000,
            "half-effect": 100 * (1.021 / 1.090 - 1),
            "half-sample-size": 4 * 474,
            "slope": 0.352 - 0.072,
            "effect": 100 * (0.696 / 0.734 - 1),
            "sample-size": 4 * 2709,
        },
    ),
    "what-commissioning-is": Lab(
        worked="the first week",
        half_worked="the second week",
        half=("half-buyers-then", "half-contracts-now"),
        bare=(
            *("buyers-then", "buyers-now", "contracts-then", "contracts-now"),
            *("moved-twice", "nobody-knows", "england-pays-then", "england-pays-now"),
        ),
        parts="abcde",
        decisions=("how-many-buyers", "the-contact-nobody-can-place", "what-moved"),
        on_paper={"contracts-now": 15 - 1, "england-pays-then": 14 + 2},
    ),
    "three-meanings": Lab(
        worked="model B, and B beside A",
        half_worked="model A, and A beside C",
        half=("half-signoff-median", "half-in-use-low", "half-shuffle", "half-projects-needed"),
        bare=("signoff-median", "in-use-low", "shuffle", "convincing", "projects-needed"),
        parts="abcd",
        decisions=("how-long-to-sign-off", "an-honest-sentence", "how-many-projects"),
        on_paper={
            "half-signoff-median": (8 + 10) / 2,
            "half-in-use-low": 14,
            "half-shuffle": (21 + 285 + 1232 + 1224 + 299 + 25) / 5000,
            "half-projects-needed": 250 / 4,
            "signoff-median": (20 + 22) / 2,
            "in-use-low": 31,
            "shuffle": (6 + 97 + 692 + 670 + 98 + 2) / 5000,
            "projects-needed": 32,
        },
    ),
    "who-decides": Lab(
        worked="the earlier half",
        half_worked="the later half",
        half=("half-crude-slope", "half-led-median", "half-not-led-slope", "half-reversed"),
        bare=("crude-slope", "led-median", "not-led-median", "led-slope", "not-led-slope"),
        parts="abcd",
        decisions=("crowd-or-lead", "not-for-one-lead"),
        on_paper={
            "half-crude-slope": 16.58 / 2.85,
            "half-led-median": 27,
            "half-not-led-slope": 0.74 / 2.12,
            "half-reversed": 100 * 6 / 29,
            "crude-slope": (63 - 38) / 5,
            "led-median": 31,
            "not-led-median": 64,
            "led-slope": -0.13,
            "not-led-slope": -0.29,
        },
    ),
    "buying-help": Lab(
        worked="the report as Meridian sent it",
        half_worked="accuracy, long reads and the amber one",
        half=("half-indicator-share", "half-report-cost", "half-satisfaction-link", "half-leaving-month"),
        bare=("usefulness-share", "decision-cost", "satisfaction-link", "chance-links", "leaving-month"),
        parts="abcd",
        decisions=("how-many-measure-use", "what-green-hides", "break-even"),
        on_paper={
            "half-indicator-share": 100 * 7 / 33,
            "half-report-cost": 792_000 / 88,
            "half-satisfaction-link": 0.13,
            "half-leaving-month": (300 + 2 * 30) / 20,
            "decision-cost": 792_000 / 40,
            "satisfaction-link": 0.90,
            "chance-links": 33 / 20,
            "leaving-month": (420 + 3 * 40) / (66 - 38),
        },
    ),
    "your-first-hundred-days": Lab(
        worked="the Bookkeeper",
        half_worked="the Delegator",
        half=("half-place", "half-later", "half-one-change", "half-sceptical"),
        bare=("place-hundred", "place-year", "lead-year", "lead-sceptical", "needs-redesign", "same-payment"),
        parts="abcdef",
        decisions=("builder-and-bookkeeper", "annual-report-line"),
        on_paper={
            "half-place": 100 * 4380 / 6000,
            "half-later": 7945 - 2201,
            "half-one-change": 7945 - 4381,
            "half-sceptical": 8943 - 7945,
            "place-hundred": 34,
            "place-year": 100 * 4706 / 6000,
            "lead-year": 5572 - 4470,
            "lead-sceptical": 6418 - 5733,
            "same-payment": 4476 - 4470,
        },
    ),
}
"""Each lab that has a notebook, by its chapter."""


def test_every_solution_is_looked_at() -> None:
    """To mend this, write in `LABS` what is to be in the new notebook."""
    assert {path.stem for path in (ROOT / "solutions").glob("*.ipynb")} == set(LABS)


@pytest.fixture(scope="module", params=LABS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def lab(name: str) -> Lab:
    return LABS[name]


@pytest.fixture(scope="module")
def solution(name: str) -> NotebookNode:
    return nbformat.read(ROOT / "solutions" / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def exercise(name: str) -> NotebookNode:
    return nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def chapter(real_book: Book) -> Chapter:
    return real_book.chapters[NAME]


@pytest.fixture(scope="module")
def copied(real_book: Book, chapter: Chapter) -> NotebookNode:
    return chapter_notebook(real_book, chapter)


def code_cells(made: NotebookNode) -> list[NotebookNode]:
    return [part for part in made.cells if part.cell_type == "code"]


def all_prose(made: NotebookNode) -> str:
    return "\n\n".join(part.source for part in made.cells if part.cell_type == "markdown")


def after(made: NotebookNode, name: str) -> list[NotebookNode]:
    ids = [part.id for part in made.cells]
    return list(made.cells[ids.index(name) :])


# ---- exercises/ is made from solutions/ ----------------------------------------------------------------------------


def test_exercises_are_fresh() -> None:
    """To mend this, type: commissioning notebooks"""
    assert notebooks.stale(ROOT) == []


def a_solution(tmp_path: Path, *cells: NotebookNode) -> Path:
    path = tmp_path / "solutions" / "lab.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(to_bytes(notebook(list(cells))))
    return path


def solved(kind: str = "code", source: str = "fall = 68", **ours: str) -> NotebookNode:
    return cell(kind, "solved", source, {"tags": ["solution", "kept"], "commissioning": ours})


def test_a_solution_gives_way_to_its_starter(tmp_path: Path) -> None:
    a_solution(tmp_path, cell("markdown", "ask", "How far?"), solved(starter='fall = None\n\ncheck("fall", fall)'))
    (path,) = notebooks.write_exercises(tmp_path)
    made = nbformat.read(path, as_version=4)
    assert path == tmp_path / "exercises" / "lab.ipynb"
    assert [part.source for part in made.cells] == ["How far?", 'fall = None\n\ncheck("fall", fall)']
    assert [part.id for part in made.cells] == ["ask", "solved"]
    assert made.cells[1].metadata == {"tags": ["kept"]}


def test_a_solution_may_name_its_answer_alone(tmp_path: Path) -> None:
    a_solution(tmp_path, solved(answer="fall"))
    (path,) = notebooks.write_exercises(tmp_path)
    assert nbformat.read(path, as_version=4).cells[0].source == "fall = None  # your code here"


def test_a_solution_in_prose_gives_way_to_a_prompt_or_goes(tmp_path: Path) -> None:
    with_prompt = solved("markdown", "Ours.", starter="*Yours.*")
    without = cell("markdown", "gone", "Ours too.", {"tags": ["solution"]})
    a_solution(tmp_path, with_prompt, without)
    (path,) = notebooks.write_exercises(tmp_path)
    assert [part.source for part in nbformat.read(path, as_version=4).cells] == ["*Yours.*"]


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    a_solution(tmp_path, cell("markdown", "ask", "How far? “So far”, 5% – no more"), solved(answer="fall"))
    (path,) = notebooks.write_exercises(tmp_path)
    first = path.read_bytes()
    assert notebooks.stale(tmp_path) == []
    notebooks.write_exercises(tmp_path)
    assert path.read_bytes() == first
    assert first.endswith(b"}\n")
    assert b"\r" not in first
    assert "“So far”".encode() in first


def test_what_is_stale_is_named(tmp_path: Path) -> None:
    a_solution(tmp_path, solved(answer="fall"))
    assert notebooks.stale(tmp_path) == ["exercises/lab.ipynb"]
    (path,) = notebooks.write_exercises(tmp_path)
    path.write_bytes(path.read_bytes() + b"\n")
    (path.parent / "old.ipynb").write_text("{}")
    assert notebooks.stale(tmp_path) == ["exercises/lab.ipynb", "exercises/old.ipynb (it has no solution: delete it)"]


def test_a_solution_with_outputs_or_without_a_starter_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = solved(answer="fall")
    run.outputs = [nbformat.from_dict({"output_type": "stream", "name": "stdout", "text": "68"})]
    run.execution_count = 3
    a_solution(tmp_path, run, cell("code", "bare", "fall = 68", {"tags": ["solution"]}))
    with pytest.raises(Faults) as refused:
        notebooks.write_exercises(tmp_path)
    cleared = "In JupyterLab choose Edit, Clear Outputs of All Cells, and save."
    assert str(refused.value) == (
        "solutions/lab.ipynb:6  cell 'solved'\n"
        f"  the cell holds an execution count. {cleared}\n"
        "solutions/lab.ipynb:6  cell 'solved'\n"
        f"  the cell holds an output. {cleared}\n"
        "solutions/lab.ipynb:32  cell 'bare'\n"
        "  the solution has no starter, so the exercise would have nothing in its place. "
        'Give it one in its metadata: "commissioning": {"starter": "fall = None"} or {"answer": "fall"}.'
    )
    assert not (tmp_path / "exercises").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not a notebook", "Expecting value: line 1 column 1 (char 0)"),
        ("[]", "it has no list of cells"),
        ('{"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "it has no list of cells"),
        ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}', "it is older"),
        ('{"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "a cell has no id"),
        (
            '{"cells": [{"id": "a", "cell_type": "markdown", "metadata": {}, "source": "", "outputs": []}],'
            ' "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
            "Additional properties are not allowed ('outputs' was unexpected)",
        ),
    ],
)
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "lab.ipynb").write_text(text)
    with pytest.raises(Faults) as refused:
        notebooks.stale(tmp_path)
    (fault,) = refused.value.faults
    assert fault.wrong == f"this is not a notebook of format 4.5: {said}."
    assert fault.right == "Open it in JupyterLab 4 and save it."


# ---- the notebook of each lab --------------------------------------------------------------------------------------


def test_committed_notebooks_hold_no_outputs_and_are_valid(solution: NotebookNode, exercise: NotebookNode) -> None:
    for made in (solution, exercise):
        nbformat.validate(made)
        assert not [part.id for part in code_cells(made) if part.outputs or part.execution_count]


def test_an_exercise_holds_no_solution(lab: Lab, solution: NotebookNode, exercise: NotebookNode) -> None:
    text = "\n".join(part.source for part in exercise.cells)
    taken_out = [part for part in solution.cells if "solution" in part.metadata.get("tags", [])]
    assert len(taken_out) >= len(lab.tasks)
    for part in taken_out:
        assert part.source not in text
    assert "solution" not in json.dumps([part.metadata for part in exercise.cells])


def test_every_code_cell_is_short_and_introduced_by_a_sentence(exercise: NotebookNode) -> None:
    lengths = [len(part.source.splitlines()) for part in code_cells(exercise)]
    assert max(lengths) <= 25
    assert statistics.median(lengths) <= 7
    for before, part in zip(exercise.cells, exercise.cells[1:], strict=False):
        if part.cell_type == "code":
            assert before.cell_type == "markdown", part.id
            assert before.source.rstrip()[-1] in ".?!", part.id
    assert exercise.cells[0].cell_type == "markdown"


def test_imports_stand_in_the_first_code_cell_alone(exercise: NotebookNode) -> None:
    importing = [
        part.id
        for part in code_cells(exercise)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(ast.parse(part.source)))
    ]
    assert importing == [code_cells(exercise)[0].id]


def test_the_order_is_worked_then_half_worked_then_bare(lab: Lab, exercise: NotebookNode) -> None:
    headings = re.findall(r"^## (.+)$", all_prose(exercise), re.M)
    assert headings == [
        f"Worked from end to end: {lab.worked}",
        f"Half-worked: {lab.half_worked}",
        "The bare case",
        "If you have ten minutes more",
    ]


def test_i_know_this_leads_to_the_bare_case(exercise: NotebookNode) -> None:
    assert "[straight to the bare case](#The-bare-case)" in exercise.cells[0].source
    assert "\n## The bare case\n" in f"\n{all_prose(exercise)}\n"


def test_self_explanation_is_asked_for_and_answered(exercise: NotebookNode) -> None:
    prose = all_prose(exercise)
    assert prose.count("*Say why") == prose.count("<details><summary>One answer</summary>") >= 4


def test_every_task_has_a_way_without_code(lab: Lab, exercise: NotebookNode) -> None:
    bare = "\n".join(part.source for part in after(exercise, BARE))
    for task in lab.parts:
        part = bare.split(f"### {task}. ")[1].split("### ")[0]
        assert "*Without code.*" in part, task
    shown = re.findall(r'decision\("([\w-]+)"\)', bare)
    assert shown == list(lab.decisions)


def test_every_blank_is_checked(lab: Lab, exercise: NotebookNode) -> None:
    blanks = re.findall(r"^(\w+) = None", "\n".join(part.source for part in code_cells(exercise)), re.M)
    checked = re.findall(r'check\("[\w-]+", (\w+)\)', "\n".join(part.source for part in code_cells(exercise)))
    assert blanks == checked
    assert len(blanks) == len(lab.tasks)


# ---- running them --------------------------------------------------------------------------------------------------


def shown_by(source: str, names: dict[str, Any]) -> Any:
    """What a cell would show: the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None  # type: ignore[attr-defined]


def verdicts(cells: list[NotebookNode]) -> list[Verdict]:
    names: dict[str, Any] = {}
    shown = [shown_by(part.source, names) for part in cells if part.cell_type == "code"]
    return [one for one in shown if isinstance(one, Verdict)]


def test_every_check_of_the_solution_says_right(lab: Lab, solution: NotebookNode) -> None:
    said = verdicts(solution.cells)
    assert [(one.task, one.right) for one in said] == [(task, True) for task in lab.tasks]


def test_the_bare_case_needs_only_the_first_cell(lab: Lab, solution: NotebookNode) -> None:
    said = verdicts([code_cells(solution)[0], *after(solution, BARE)])
    assert [(one.task, one.right) for one in said] == [(task, True) for task in lab.bare]


def test_a_fresh_exercise_answers_in_words(lab: Lab, exercise: NotebookNode) -> None:
    said = verdicts(exercise.cells)
    assert [one.task for one in said] == lab.tasks
    assert {one.words for one in said} == {
        "Not answered yet. Put your answer where `None` stands, and run the cell again."
    }


def test_the_way_without_code_reaches_answers_that_count(lab: Lab) -> None:
    from commissioning.labs.checks import check

    assert [task for task, number in lab.on_paper.items() if not check(task, number).right] == []


def run(made: NotebookNode, folder: Path) -> NotebookNode:
    from nbclient import NotebookClient

    NotebookClient(made, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return made


def outputs(made: NotebookNode) -> Iterator[dict[str, Any]]:
    for part in code_cells(made):
        yield from part.outputs


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("folder", ["solutions", "exercises"])
def test_notebooks_run_from_top_to_bottom_in_a_real_kernel(name: str, lab: Lab, folder: str) -> None:
    made = run(nbformat.read(ROOT / folder / f"{name}.ipynb", as_version=4), ROOT / folder)
    said = [out["data"]["text/markdown"] for out in outputs(made) if "text/markdown" in out.get("data", {})]
    expected = "**That is right.**" if folder == "solutions" else "Not answered yet."
    assert len(said) == len(lab.tasks)
    assert all(text.startswith(expected) for text in said)
    assert not [out for out in outputs(made) if out["output_type"] == "error" or out.get("name") == "stderr"]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_copied_chapter_runs_outside_the_book(
    copied: NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(ROOT))
    made = run(nbformat.from_dict(copied), tmp_path)
    decisions = [out for out in outputs(made) if "application/vnd.commissioning.decision+json" in out.get("data", {})]
    assert len(decisions) >= 8
    assert not [out for out in outputs(made) if out["output_type"] == "error"]


# ---- a learner's own folder ----------------------------------------------------------------------------------------


def test_a_lab_folder_holds_chapters_and_exercises_and_nothing_else(real_book: Book, tmp_path: Path) -> None:
    written = list(notebooks.write_lab(ROOT, tmp_path / "mine"))
    names = {path.relative_to(tmp_path / "mine").as_posix() for path, _ in written}
    chapters = {f"chapters/{slug}.ipynb" for slug in real_book.chapters}
    assert names == chapters | {f"exercises/{name}.ipynb" for name in LABS}
    assert all(is_new for _, is_new in written)
    assert sorted(p for p in (tmp_path / "mine").rglob("*") if p.is_file()) == sorted(path for path, _ in written)


def test_a_lab_folder_is_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "exercises" / f"{NAME}.ipynb"
    mine.parent.mkdir()
    mine.write_text("my own work")
    assert dict(notebooks.write_lab(ROOT, tmp_path))[mine] is False
    assert not any(is_new for _, is_new in notebooks.write_lab(ROOT, tmp_path))
    assert mine.read_text() == "my own work"


def test_a_link_that_leads_nowhere_is_kept_too(tmp_path: Path) -> None:
    mine = tmp_path / "chapters" / f"{NAME}.ipynb"
    mine.parent.mkdir()
    mine.symlink_to(tmp_path / "elsewhere.ipynb")
    assert dict(notebooks.write_lab(ROOT, tmp_path))[mine] is False
    assert not (tmp_path / "elsewhere.ipynb").exists()


def test_two_learners_at_once_get_one_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one who comes second finds the other's file, though it was not there when they looked."""
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(b"the first")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert write_whole(path, b"the second", replace=False) is False
    assert path.read_bytes() == b"the first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_text("")
    with pytest.raises(Faults, match=r"^mine:1\n  this is a file. Name a folder, which may be new.$"):
        list(notebooks.write_lab(ROOT, tmp_path / "mine"))


def test_nothing_of_the_tutors_is_copied(real_book: Book, chapter: Chapter) -> None:
    whole = b"".join(copies(ROOT).values()).decode()
    assert chapter.session is not None
    session = chapter.session.model
    for said in [exchange.you for exchange in session.expect] + [step.do for step in session.plan]:
        assert said not in whole
    assert "solutions/" not in whole.replace("solutions/, then type: commissioning notebooks", "")


# ---- a chapter as a notebook ---------------------------------------------------------------------------------------


def test_a_copied_chapter_is_plain_markdown(copied: NotebookNode) -> None:
    assert MYST.findall(all_prose(copied)) == []
    nbformat.validate(copied)


def test_a_copied_chapter_is_the_same_every_time(real_book: Book, chapter: Chapter, copied: NotebookNode) -> None:
    assert to_bytes(chapter_notebook(real_book, chapter)) == to_bytes(copied)


def test_every_code_cell_of_the_chapter_is_there_and_shown(copied: NotebookNode, chapter: Chapter) -> None:
    fenced = re.findall(r"^```\{code-cell\}.*?\n(.*?)^```$", chapter.text, re.S | re.M)
    written = [re.sub(r"^:tags:.*\n", "", text).strip() for text in fenced]
    assert [part.source for part in code_cells(copied)] == written
    assert all(part.metadata == {} for part in code_cells(copied))


def test_links_within_a_copied_chapter_lead_to_its_headings(copied: NotebookNode) -> None:
    prose = all_prose(copied)
    headings = {heading.replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", prose, re.M)}
    assert set(re.findall(r"\]\(#([^ )]+)", prose)) <= headings
    assert "](#The-bare-case)" in prose


def test_links_between_copied_notebooks_lead_to_one(copied: NotebookNode) -> None:
    linked = re.findall(r"\]\((\.\./[^ )]+)", all_prose(copied))
    assert linked == [f"../exercises/{NAME}.ipynb"]
    assert linked[0].removeprefix("../") in copies(ROOT)


def test_every_fact_of_a_copied_chapter_has_its_source(copied: NotebookNode) -> None:
    prose = all_prose(copied)
    cited = {int(number) for number in re.findall(r"\[\[(\d+)\]\]\(", prose)}
    listed = {int(number) for number in re.findall(r"^(\d+)\. .+Checked", prose, re.M)}
    assert cited == listed == set(range(1, len(cited) + 1))


def test_the_portfolio_prompt_is_followed_by_a_cell_to_write_in(copied: NotebookNode, chapter: Chapter) -> None:
    prompt = " ".join(chapter.head.model.portfolio.split())
    at = next(n for n, part in enumerate(copied.cells) if prompt in part.source)
    assert copied.cells[at + 1].cell_type == "markdown"
    assert copied.cells[at + 1].source == ""
    assert [n for n, part in enumerate(copied.cells) if part.source == ""] == [at + 1]


def plain(text: str, chapter: Chapter) -> str:
    return "\n".join(plain_lines(text.split("\n"), chapter)).strip()


def test_blocks_become_quotations_and_lists(chapter: Chapter) -> None:
    assert plain(":::{case} summer 2013\n:source: a-1\n\nHe asked.\n:::", chapter) == (
        "> **The case, summer 2013.** *Retold from {source}`a-1`. Our words, except those in quotation marks.*\n"
        ">\n"
        "> He asked."
    )
    assert plain(":::{claims}\n- What supports it: A poll.\n:::", chapter) == "> - **What supports it:** A poll."
    assert plain("::::{times}\n:::{then} 2013\nA group.\n:::\n:::{now}\nA board.\n:::\n::::", chapter) == (
        "> **Then, 2013.**\n>\n> A group.\n\n\n> **Now.**\n>\n> A board."
    )
    assert plain("```{warning}\nThe step is loose.\n```", chapter) == "> **Warning**\n>\n> The step is loose."


def test_what_is_for_tutors_or_for_the_machine_is_left_out(chapter: Chapter) -> None:
    assert plain(":::{tutor}\nAsk them twice.\n:::\n% a note\n(a-target)=\n## Next", chapter) == "## Next"


def test_a_block_of_code_is_left_as_it_is(chapter: Chapter) -> None:
    text = "```python\n% not a comment\n:::{case}\n```"
    assert plain(text, chapter) == text


def test_roles_become_words_with_their_evidence(real_book: Book) -> None:
    evidence = Evidence(real_book)
    name, fact = next((n, f) for n, f in real_book.facts.items() if real_book.sources[f.source].url)
    url = real_book.sources[fact.source].url
    assert evidence.fact("these words", name).startswith(f"these words [[1]]({url} ")
    assert evidence.fact(name, name).startswith(f"{fact.value} [[1]]({url} ")
    assert evidence.place("so far", "L6-fall").startswith("so far[†](#Synthetic-figures ")
    assert evidence.place("L6-fall", "L6-fall").startswith("68%[†](")
    assert evidence.term("Matrons", "community-matron").startswith("[Matrons](#Words-in-this-chapter ")
    assert evidence.term("what", "no-such-word") == "what"
    assert [text.splitlines()[0] for text in evidence.lists()] == [
        "## Words in this chapter",
        "## Synthetic figures",
        "## Sources",
    ]


def test_a_title_cannot_break_its_link() -> None:
    made = link("words", "#There", 'A "so-called" *list*\nof `names`')
    assert made == "[words](#There \"A 'so-called' list of names\")"
