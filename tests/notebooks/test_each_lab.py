"""The notebook of each lab: its order, its words, its checks; run in this process and in a real kernel."""

from __future__ import annotations

import ast
import json
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from fixture_book import ROOT
from jupyter_client.manager import KernelManager
from lab_notebooks import BARE, Lab, after, all_prose, code_cells
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from commissioning.labs.checks import Verdict


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


def test_the_bare_case_needs_only_the_first_cell(lab: Lab, solution: NotebookNode) -> None:
    said = verdicts([code_cells(solution)[0], *after(solution, BARE)])
    assert [(one.task, one.right) for one in said] == [(task, True) for task in lab.bare]


def test_the_way_without_code_reaches_answers_that_count(lab: Lab) -> None:
    from commissioning.labs.checks import check

    assert [task for task, number in lab.on_paper.items() if not check(task, number).right] == []


@pytest.fixture(scope="module")
def kernel() -> Iterator[KernelManager]:
    """A real kernel, which runs one notebook after another and is cleared before each: its start takes longest."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    yield manager
    manager.shutdown_kernel(now=True)
    manager.context.destroy(linger=0)


CLEAR = "get_ipython().reset(new_session=True)\n__import__('os').chdir({folder!r})"
"""As the book's own build does between two pages: see site/side_by_side.py."""


def run(made: NotebookNode, folder: Path, kernel: KernelManager, **environment: str) -> NotebookNode:
    """The notebook with what its cells gave, run from top to bottom in a folder, with these environment variables."""
    clear = new_notebook(
        cells=[new_code_cell(f"import os\nos.environ.update({environment!r})\n{CLEAR.format(folder=str(folder))}")]
    )
    for notebook in (clear, made):
        client = NotebookClient(notebook, km=kernel, timeout=300)
        client.execute()
        assert client.kc is not None
        client.kc.stop_channels()
    return made


def outputs(made: NotebookNode) -> Iterator[dict[str, Any]]:
    for part in code_cells(made):
        yield from part.outputs


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("folder", ["solutions", "exercises"])
def test_notebooks_run_from_top_to_bottom_in_a_real_kernel(
    name: str, lab: Lab, folder: str, kernel: KernelManager
) -> None:
    """Every check of the solution says right; in a fresh exercise, every one answers in words."""
    made = run(nbformat.read(ROOT / folder / f"{name}.ipynb", as_version=4), ROOT / folder, kernel)
    told = [(task, words) for part in code_cells(made) for task, words in answers(part)]
    assert [task for task, _ in told] == lab.tasks
    if folder == "solutions":
        assert [words for _, words in told if not words.startswith("**That is right.**")] == []
    else:
        unanswered = "Not answered yet. Put your answer where `None` stands, and run the cell again."
        assert {words for _, words in told} == {unanswered}
    assert not [out for out in outputs(made) if out["output_type"] == "error" or out.get("name") == "stderr"]


def answers(cell: NotebookNode) -> list[tuple[str, str]]:
    """What a cell's check said, with the task it was asked about; a decision's own words are no answer."""
    said = [out["data"]["text/markdown"] for out in cell.outputs if "text/markdown" in out.get("data", {})]
    said = [words for words in said if "commissioning-kept" not in words]
    return list(zip(re.findall(r'^check\("([\w-]+)"', cell.source, re.M), said, strict=True))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_copied_chapter_runs_outside_the_book(copied: NotebookNode, tmp_path: Path, kernel: KernelManager) -> None:
    made = run(nbformat.from_dict(copied), tmp_path, kernel, COMMISSIONING_BOOK=str(ROOT))
    decisions = [out for out in outputs(made) if "application/vnd.commissioning.decision+json" in out.get("data", {})]
    assert len(decisions) >= 8
    assert not [out for out in outputs(made) if out["output_type"] == "error"]
