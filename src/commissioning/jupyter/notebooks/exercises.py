"""exercises/ from solutions/: the same notebook with its solutions taken out.

A cell tagged `solution` holds what a learner is to find. Its metadata says what stands there instead:

    "commissioning": {"starter": "fall = None  # in per cent\n\ncheck(\"fall\", fall)"}    that text, or
    "commissioning": {"answer": "fall"}                                        `fall = None  # your code here`

A Markdown cell tagged `solution` may have a starter too; without one it is left out. Nothing else is changed.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import subprocess
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from nbformat import NotebookNode

from commissioning.jupyter.notebooks.shape import cell, notebook, read_notebook, repeated_ids, to_bytes, words
from commissioning.source.faults import Fault, Faults
from commissioning.source.files import authored
from commissioning.source.whole import write_whole

TAG = "solution"
WRITTEN = Path("_build") / "exercises.json"
"""What was last written: whatever stands in exercises/ instead was edited there."""


def write_exercises(root: Path) -> dict[Path, Path | None]:
    """Make every exercise notebook anew; each path, with where a copy is of what somebody had edited there, or None.

    What differs from the last one that was written here, and from the one that git has, is taken for edited, and kept
    in `removed/exercises/`. Raises Faults, before anything is written, for a solution that is not fit.
    """
    made, known = _fresh(root), _known(root)
    kept: dict[Path, Path | None] = {}
    for path, content in made.items():
        there = path.read_bytes() if path.is_file() else content
        edited = there != content and known.get(path.name) != _digest(there) and not is_committed(path)
        kept[path] = _keep(root / "removed" / "exercises", path.stem, there) if edited else None
        if not path.is_file() or there != content:
            write_whole(path, content)
    _note(root, made)
    return kept


def note_copied(root: Path) -> None:
    """Say of a book that was just copied which of its exercises are as they would be made: none of those is edited.

    Raises Faults for a solution that is not fit.
    """
    _note(root, {path: content for path, content in _fresh(root).items() if path.is_file()})


def _note(root: Path, made: dict[Path, bytes]) -> None:
    write_whole(root / WRITTEN, json.dumps({path.name: _digest(content) for path, content in made.items()}, indent=1))


def _known(root: Path) -> dict[str, str]:
    """The digests of the exercises as they were last written here; none where nothing is known."""
    try:
        found = json.loads((root / WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_committed(path: Path) -> bool:
    """Whether git has the file as it stands, so that its history keeps it. False without git."""
    command = ["git", "status", "--porcelain", "--ignored", "--", path.name]
    listed = ["git", "ls-files", "--error-unmatch", "--", path.name]
    try:
        runs = [
            subprocess.run(one, cwd=path.parent, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
            for one in (listed, command)
        ]
    except (OSError, subprocess.SubprocessError):
        return False
    return not runs[1].stdout


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _keep(folder: Path, stem: str, content: bytes) -> Path:
    """Put the content into a file of its own, beside whatever lies there; the same content lies there once."""
    for number in itertools.count(1):
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}.ipynb"
        if write_whole(path, content, replace=False) or path.read_bytes() == content:
            return path
    raise AssertionError("there is always a next number")


def stale(root: Path) -> list[str]:
    """The exercise notebooks that differ from a fresh one, are missing, or have no solution; by path from the root."""
    made = _fresh(root)
    differ = [path for path, content in made.items() if not path.is_file() or path.read_bytes() != content]
    left_over = [path for path in authored(root / "exercises", "*.ipynb") if path not in made]
    named = [path.relative_to(root).as_posix() for path in differ]
    return named + [f"{path.relative_to(root).as_posix()} (it has no solution: delete it)" for path in left_over]


def _fresh(root: Path) -> dict[Path, bytes]:
    """Each exercise's path and bytes. Raises Faults: those of all solutions at once."""
    sources = authored(root / "solutions", "*.ipynb")
    faults = [fault for path in sources for fault in find(path)]
    if faults:
        raise Faults(faults)
    return {root / "exercises" / path.name: to_bytes(exercise(read_solution(path))) for path in sources}


def read_solution(path: Path) -> NotebookNode:
    """A solution notebook. Raises Faults if the file is not a notebook."""
    _refuse_repeated_ids(path)
    try:
        return read_notebook(path)
    except ValueError as error:
        wrong = f"this is not a notebook of format 4.5: {str(error).rstrip('.')}."
        raise Faults([Fault(path, 1, "", wrong, "Open it in JupyterLab 4 and save it.")]) from None


def _refuse_repeated_ids(path: Path) -> None:
    """Raises Faults, one for each id that several cells have, at the second of them."""
    text = path.read_text(encoding="utf-8")
    try:
        twice = repeated_ids(json.loads(text))
    except (ValueError, TypeError, KeyError):
        return  # what it is instead is said by read_notebook
    lines, faults = text.splitlines(), []
    for name in twice:
        first = _line_of(name, lines)
        second = first + _line_of(name, lines[first:])
        wrong = f"the cell on line {first} has the same id, so an exercise made of this would be another each time."
        faults.append(Fault(path, second, f"cell '{name}'", wrong, "Give this one an id of its own."))
    if faults:
        raise Faults(faults)


def find(path: Path) -> Iterator[Fault]:
    """What keeps a solution notebook from being a source: outputs, counts, a solution with nothing in its place."""
    try:
        made = read_solution(path)
    except Faults as error:
        yield from error.faults
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    for part in made.cells:
        for wrong, right in _wrong_with(part):
            yield Fault(path, _line_of(part.id, lines), f"cell '{part.id}'", wrong, right)


def _wrong_with(part: NotebookNode) -> Iterator[tuple[str, str]]:
    for tag in part.metadata.get("tags", []):
        if tag != TAG and is_like_solution(tag):
            wrong = f"its tag '{tag}' is not '{TAG}', so its answer would stand in the exercise."
            yield wrong, f"Write '{TAG}', or a tag that is less like it."
    if part.cell_type != "code":
        return
    if part.outputs:
        yield "the cell holds an output.", "In JupyterLab choose Edit, Clear Outputs of All Cells, and save."
    if part.execution_count is not None:
        yield "the cell holds an execution count.", "In JupyterLab choose Edit, Clear Outputs of All Cells, and save."
    if is_solution(part) and not _starter(part):
        right = 'Give it one in its metadata: "commissioning": {"starter": "fall = None"} or {"answer": "fall"}.'
        yield "the solution has no starter, so the exercise would have nothing in its place.", right


def _line_of(name: str, lines: list[str]) -> int:
    wanted = f'"id": {json.dumps(name)}'
    return next((number for number, line in enumerate(lines, 1) if wanted in line), 1)


def exercise(solution: NotebookNode) -> NotebookNode:
    """The notebook that a learner works in. Pure."""
    cells = [_for_learners(part) for part in solution.cells if not _is_left_out(part)]
    return notebook(cells, edit="solutions/, then type: commissioning notebooks")


def is_solution(part: NotebookNode) -> bool:
    """Whether a cell holds what a learner is to find."""
    return TAG in part.metadata.get("tags", [])


def is_like_solution(tag: object) -> bool:
    """Whether somebody who wrote this tag meant `solution`: a capital, a plural, a blank, a letter amiss."""
    bare = re.sub(r"[^a-z]", "", str(tag).lower())
    return bool(get_close_matches(bare, [TAG], cutoff=0.75))


def _is_left_out(part: NotebookNode) -> bool:
    return is_solution(part) and part.cell_type != "code" and not _starter(part)


def _for_learners(part: NotebookNode) -> NotebookNode:
    """The cell under its own id: its starter if it is a solution, else its source; no outputs, no metadata but tags.

    Pictures pasted into a cell that stays are kept with it.
    """
    source = _starter(part) if is_solution(part) else part.source
    tags = [tag for tag in part.metadata.get("tags", []) if tag != TAG]
    made = cell(part.cell_type, part.id, source, {"tags": tags} if tags else {})
    if part.get("attachments") and not is_solution(part):
        made["attachments"] = part.attachments
    return made


def _starter(part: NotebookNode) -> str:
    ours = part.metadata.get("commissioning", {})
    if ours.get("starter"):
        return str(ours["starter"])
    return words()["starter"].format(name=ours["answer"]) if ours.get("answer") else ""
