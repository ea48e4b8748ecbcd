"""What the house promises of itself: one direction of imports, whole kinds, words in one place, all of it in use."""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from contract_cases import FOLDER
from fixture_book import ROOT
from ruamel.yaml import YAML

from commissioning import kinds, page
from commissioning.book import Book
from commissioning.book.compile import Exercise, compile_decision, compile_questions
from commissioning.kinds import KINDS
from commissioning.kinds.kind import folder_of, what_is_missing
from commissioning.source.rooms import ROOMS

SOURCE = ROOT / "src" / "commissioning"
CLI, WHOLE = "cli", "__init__"


def imports(path: Path, *, at_once: bool = False) -> Iterator[str]:
    """The full names that a module imports; with `at_once` only those it needs to be loaded."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(names: Iterator[str]) -> set[str]:
    """The rooms that are among these names."""
    return {name.split(".")[1] for name in names if name.startswith("commissioning.")} & {*ROOMS, CLI}


def room(path: Path) -> str:
    """The room that a module lies in; cli or __init__ at the top."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


MODULES = {path: room(path) for path in sorted(SOURCE.rglob("*.py"))}


def test_at_the_top_are_only_rooms_the_command_line_and_the_words() -> None:
    found = {path.name for path in SOURCE.iterdir() if path.name not in ("__pycache__", "_book")}
    assert found == {*ROOMS, "__init__.py", "cli", "words.yaml"}


@pytest.mark.parametrize(("path", "module"), MODULES.items(), ids=lambda v: v.name if isinstance(v, Path) else v)
def test_imports_point_one_way(path: Path, module: str) -> None:
    below = {**{name: set(ROOMS[: place + 1]) for place, name in enumerate(ROOMS)}, CLI: {*ROOMS, CLI}}
    below[WHOLE] = {"jupyter", "record"}
    assert ours(imports(path)) - below[module] == set()


def loaded(path: Path) -> set[Path]:
    """The modules of the package that one imports, late imports included (a late one must not hide a circle)."""
    found = set()
    for name in imports(path):
        if name.startswith("commissioning."):
            for parts in (name.split(".")[1:], name.split(".")[1:-1]):
                file = SOURCE.joinpath(*parts)
                found |= {one for one in (file.with_suffix(".py"), file / "__init__.py") if parts and one.is_file()}
    return found - {path}


def test_no_two_modules_need_each_other_even_late() -> None:
    """A package's own `__init__`, which gathers its parts for others, is not asked for by them."""
    needs = {path: {used for used in loaded(path) if used.name != "__init__.py"} for path in MODULES}
    needs = {path: used for path, used in needs.items() if path.name != "__init__.py"}
    while ready := {path for path, used in needs.items() if not used & needs.keys()}:
        needs = {path: used for path, used in needs.items() if path not in ready}
    assert sorted(path.relative_to(SOURCE).as_posix() for path in needs) == []


ONLY_IN = {
    "sphinx": {"site"},
    "docutils": {"site"},
    "myst_nb": {"site"},
    "anywidget": {"jupyter"},
    "ipywidgets": {"jupyter"},
    "altair": {"labs"},
    "typer": {"cli"},
    "pybtex": {"book"},
    "genanki": {"tutor"},
}


@pytest.mark.parametrize("package", ONLY_IN)
def test_each_large_package_is_known_to_one_place(package: str) -> None:
    users = {module for path, module in MODULES.items() if any(n.split(".")[0] == package for n in imports(path))}
    assert users <= ONLY_IN[package]


# -- kinds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_one_folder_with_all_that_it_owes_and_has_a_contract(kind: str) -> None:
    assert list(what_is_missing(KINDS[kind])) == []
    assert (FOLDER / f"{kind}.json").is_file()
    assert (ROOT / "tests" / f"test_kinds_{kind.replace('-', '_')}.py").is_file()
    assert re.search(rf"""kinds(\.{kind}\b|\["{kind}"\]) = """, (folder_of(KINDS[kind]) / "live.js").read_text("utf-8"))


def test_no_folder_of_a_kind_is_left_out_of_the_registry() -> None:
    folders = {path.parent.name for path in (SOURCE / "kinds").glob("*/__init__.py")}
    assert folders == {folder_of(kind).name for kind in KINDS.values()}


def test_kinds_know_nothing_of_labs() -> None:
    """The book hands a kind its figures and tables."""
    users = {path for path, module in MODULES.items() if module == "kinds" and ours(imports(path)) & {"labs", "place"}}
    assert users == set()


WHOLE_SCRIPTS = {"book.js"}
"""What stands on every page is one list of small starts, and better whole."""


def test_no_part_of_a_script_is_longer_than_300_lines() -> None:
    """A script is put together from its parts by page/scripts.py: split what is named here by subject."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE.rglob("*.js")}
    assert sorted(path.name for path, n in lengths.items() if n > 300 and path.name not in WHOLE_SCRIPTS) == []


def test_every_part_of_a_script_is_served() -> None:
    names = ("decision.js", "game.js", "record.js", "book.js", "find.js", "paper.js", "charts.js")
    served = {part for name in names for part in page.scripts.parts(name)}
    served.add(SOURCE / "jupyter" / "loader.js")  # which notebooks hold, and which asks for decision.js
    assert {path for path in SOURCE.rglob("*.js") if "_book" not in path.parts} == served


# -- decisions -----------------------------------------------------------------------------------------------------


def best_response(exercise: Exercise) -> Any:
    """The response that the key asks for, or any that is whole where there is no key; None for other kinds."""
    m = exercise.marking
    made: dict[str, Callable[[], Any]] = {
        "best-answer": lambda: {"choice": m["key"], "certainty": 3},
        "claim": lambda: {"choice": m["key"]},
        "choose-three": lambda: {"choices": m["key"]},
        "ranking": lambda: {"ranks": {name: place for place, name in enumerate(m["key"], start=1)}},
        "estimate": lambda: {"values": [m.get("value", m["between"][0])] * m["asks"]},
        "explorer": lambda: {"prediction": 1},
        "short-answer": lambda: {"text": "", "points": list(range(m["points"]))},
        "plain-words": lambda: {"text": "It is shut", "points": m["points"]},
    }
    return made[exercise.kind]() if exercise.kind in made else None


def is_best(score: dict[str, Any]) -> bool:
    """Whether a score is the highest of its kind; where nothing is marked, every whole one is."""
    if "of" in score:
        return bool(score.get("marks", score.get("had")) == score["of"])
    return bool(score.get("right", True))


def test_every_decision_and_question_compiles_renders_and_can_be_finished(small_book: Book, real_book: Book) -> None:
    for book in (small_book, real_book):
        made = [compile_decision(book, name) for chapter in book.pages.values() for name in chapter.decisions]
        made += [exercise for slug in book.chapters for exercise in compile_questions(book, slug)]
        for exercise in made:
            assert f'id="{exercise.id}"' in page.render(exercise)
            if response := best_response(exercise):
                score = kinds.score(exercise.kind, exercise.marking, response)
                assert score, exercise.id
                assert is_best(score), exercise.id


def test_the_script_of_all_kinds_of_decision_weighs_48_kilobytes_at_most() -> None:
    """As its authors keep it and notebooks load it, comments too. A page is sent its own kinds: see tests/book."""
    weight = len(gzip.compress(page.front("decision.js").encode(), 9))
    assert weight <= 48 * 1024


# -- words ---------------------------------------------------------------------------------------------------------

WORDS: dict[str, Any] = YAML(typ="safe").load(SOURCE / "words.yaml")
SHELL: dict[str, Any] = YAML(typ="safe").load(SOURCE / "site" / "words.yaml")
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.html"))
PYTHON = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.js"))


def keys(words: dict[str, Any]) -> Iterator[str]:
    """Every key of the words, those of its parts too."""
    for key, value in words.items():
        yield key
        yield from keys(value) if isinstance(value, dict) else ()


def is_used(key: str) -> bool:
    """Whether code names the key: after a dot, in quotation marks, or as a key of a script's own object."""
    named = rf"""(\.|\[["']|["']){key}\b"""
    return bool(re.search(named, TEMPLATES + PYTHON + SCRIPTS) or re.search(rf"[{{ ]{key}: \[", SCRIPTS))


@pytest.mark.slow
def test_every_word_is_used() -> None:
    """Keys that end in `_would` are put together in the record's template: `name ~ "_would"`."""
    assert [key for key in keys(WORDS) if not is_used(key.removesuffix("_would"))] == []


def test_every_word_that_a_template_names_is_there() -> None:
    assert set(re.findall(r"\bw\.([a-z_]+)", TEMPLATES)) <= set(WORDS) | set(SHELL)


def test_every_word_that_the_script_names_is_there() -> None:
    named = set(re.findall(r"\b(?:words|w)\.([a-z_]+)\b", page.front("decision.js")))
    assert named <= set(WORDS["browser"])


# -- documentation -------------------------------------------------------------------------------------------------


def test_every_public_function_and_class_says_what_it_promises() -> None:
    silent = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_module_says_what_it_is_for() -> None:
    assert [path.name for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_every_kind_stands_in_the_guide_for_contributors() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "kinds/" in guide
    assert "tests/contract/" in guide


def test_every_room_stands_in_the_guide_in_the_order_of_imports_and_every_path_is_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)/` \|", guide, re.M)) == ROOMS
    named = re.findall(r"`((?:src/commissioning|kinds|record|page)/[\w./<>-]+)`", guide)
    named = [name if name.startswith("src/") else f"src/commissioning/{name}" for name in named]
    assert [name for name in named if not (ROOT / name.partition("<")[0]).exists()] == []
