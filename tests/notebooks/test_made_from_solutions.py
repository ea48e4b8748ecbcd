"""Exercises made from solutions: fresh, the same every time, and refused in words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from commands import said
from fixture_book import FIXTURES, ROOT
from lab_notebooks import NOTEBOOKS
from nbformat import NotebookNode

from commissioning.book import Book
from commissioning.jupyter import notebooks
from commissioning.jupyter.notebooks.shape import cell, notebook, to_bytes
from commissioning.source.faults import Faults


def test_every_notebook_that_is_described_is_there_and_belongs_to_a_chapter(real_book: Book) -> None:
    """A new notebook needs no entry in `NOTEBOOKS`: one says what else is to be in it."""
    found = {path.stem for path in (ROOT / "solutions").glob("*.ipynb")}
    assert set(NOTEBOOKS) <= found <= set(real_book.chapters)


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


@pytest.mark.parametrize(
    "tag",
    ["Solution", "SOLUTION", "solutions", "solution ", " solution", "sol ution", "soluton", "solution:", "soultion"],
)
def test_a_tag_that_is_nearly_solution_is_refused_before_an_answer_can_leak(tmp_path: Path, tag: str) -> None:
    a_solution(tmp_path, cell("markdown", "nearly", "The answer is 68.", {"tags": ["other", tag]}))
    with pytest.raises(Faults, match=r"cell 'nearly'\n.*its answer would stand in the exercise. Write 'solution'"):
        notebooks.write_exercises(tmp_path)
    assert not (tmp_path / "exercises").exists()


@pytest.mark.parametrize("tag", ["remove-input", "question", "hint", "raises-exception"])
def test_other_tags_are_kept(tmp_path: Path, tag: str) -> None:
    a_solution(tmp_path, cell("markdown", "ask", "How far?", {"tags": [tag]}), solved(answer="fall"))
    (path,) = notebooks.write_exercises(tmp_path)
    assert nbformat.read(path, as_version=4).cells[0].metadata == {"tags": [tag]}


def test_a_picture_pasted_into_a_cell_stays_with_it_and_one_of_a_solution_goes(tmp_path: Path) -> None:
    pasted, ours = cell("markdown", "ask", "![a](attachment:a.png)"), solved("markdown", "Ours.", starter="*Yours.*")
    for part in (pasted, ours):
        part.attachments = nbformat.from_dict({"a.png": {"image/png": "aGVsbG8="}})
    a_solution(tmp_path, pasted, ours)
    (path,) = notebooks.write_exercises(tmp_path)
    first, second = nbformat.read(path, as_version=4).cells
    assert first.attachments == {"a.png": {"image/png": "aGVsbG8="}}
    assert "attachments" not in second


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


def test_cells_with_one_id_are_refused_once_with_both_lines(tmp_path: Path) -> None:
    path = a_solution(tmp_path, cell("markdown", "a", "One."), solved(answer="fall"))
    path.write_text(path.read_text(encoding="utf-8").replace('"id": "solved"', '"id": "a"'), encoding="utf-8")
    with pytest.raises(Faults) as caught:
        notebooks.write_exercises(tmp_path)
    (fault,) = caught.value.faults
    lines = path.read_text(encoding="utf-8").splitlines()
    both = [number for number, line in enumerate(lines, 1) if '"id": "a"' in line]
    assert fault.line == both[1]
    assert f"the cell on line {both[0]} has the same id" in str(fault)


def test_an_exercise_that_somebody_edited_is_kept_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FIXTURES / "book", tmp_path / "book")
    root = tmp_path / "book"
    solution = a_solution(root, cell("markdown", "ask", "How far?"), solved(answer="fall"))
    code, out, _ = said(capsys, monkeypatch, "notebooks", "--book", root)
    assert (code, "kept" in out) == (0, False)
    exercise = root / "exercises" / "lab.ipynb"

    solution.write_text(solution.read_text(encoding="utf-8").replace("How far?", "How far now?"), encoding="utf-8")
    _, out, _ = said(capsys, monkeypatch, "notebooks", "--book", root)
    assert "kept" not in out, "what we wrote ourselves is nobody's work"
    assert not (root / "removed").exists()

    edited = exercise.read_text(encoding="utf-8").replace("How far now?", "How far? I say 68.")
    for words in ("68", "69", "68"):
        exercise.write_text(edited.replace("68", words), encoding="utf-8")
        _, out, _ = said(capsys, monkeypatch, "notebooks", "--book", root)
        assert "It had been edited here" in out
    kept = sorted((root / "removed" / "exercises").iterdir())
    assert [path.name for path in kept] == ["lab-2.ipynb", "lab.ipynb"]
    assert "I say 68." in kept[1].read_text(encoding="utf-8")
    assert "How far now?" in exercise.read_text(encoding="utf-8")


def changed(root: Path) -> Path:
    """A solution of the book, edited as its author would."""
    [solution] = (root / "solutions").glob("*.ipynb")
    solution.write_text(solution.read_text(encoding="utf-8").replace("How far?", "How far now?"), encoding="utf-8")
    return solution


def a_book_with_a_lab(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    shutil.copytree(FIXTURES / "book", root)
    a_solution(root, cell("markdown", "ask", "How far?"), solved(answer="fall"))
    notebooks.write_exercises(root)
    return root


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize("edited", [False, True], ids=["as committed", "edited there"])
def test_in_a_fresh_clone_only_what_was_edited_there_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, edited: bool
) -> None:
    """Nothing is known there of what was made: git says what is anybody's work."""
    root = a_book_with_a_lab(tmp_path)
    shutil.rmtree(root / "_build")
    git(root, "init", "-q")
    git(root, "add", "book", "solutions", "exercises", "_toc.yml")
    git(root, "commit", "-q", "-m", "A book")
    git(tmp_path, "clone", "-q", str(root), "clone")
    clone = tmp_path / "clone"
    changed(clone)
    exercise = clone / "exercises" / "lab.ipynb"
    if edited:
        exercise.write_text(exercise.read_text(encoding="utf-8").replace("How far?", "I say 68."), encoding="utf-8")
    code, out, _ = said(capsys, monkeypatch, "notebooks", "--book", clone)
    assert (code, "It had been edited here" in out) == (0, edited)
    assert (clone / "removed").exists() == edited
    assert "How far now?" in exercise.read_text(encoding="utf-8")


def test_in_a_book_that_was_copied_nothing_is_taken_for_edited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    assert said(capsys, monkeypatch, "copy", mine, "--book", a_book_with_a_lab(tmp_path))[0] == 0
    changed(mine)
    code, out, _ = said(capsys, monkeypatch, "notebooks", "--book", mine)
    assert (code, "edited" in out) == (0, False)
    assert not (mine / "removed").exists()


def test_a_rename_says_what_it_kept_of_an_edited_exercise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_book_with_a_lab(tmp_path)
    exercise = root / "exercises" / "lab.ipynb"
    exercise.write_text(exercise.read_text(encoding="utf-8").replace("How far?", "I say 68."), encoding="utf-8")
    slug = next(path.parent.name for path in (root / "book").glob("*/session.yaml"))
    code, out, err = said(capsys, monkeypatch, "rename", slug, "--title", "Another", "--book", root)
    assert (code, err) == (0, "")
    assert "exercises/lab.ipynb had been edited here" in out
    assert "removed/exercises/lab.ipynb" in out
    assert "I say 68." in (root / "removed" / "exercises" / "lab.ipynb").read_text(encoding="utf-8")
