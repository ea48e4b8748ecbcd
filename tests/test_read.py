"""From YAML to models: lines, and every mistake of shape in words an author can act on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fixture_book import FIXTURES

from commissioning.book import SHAPES
from commissioning.kinds import KINDS
from commissioning.source import shapes
from commissioning.source.faults import Faults, listed
from commissioning.source.sheets import Sheet, read_text, read_utf8, read_yaml, trail_in_words
from commissioning.source.tree import DEEPEST, Trail

BAD = sorted((FIXTURES / "bad").glob("*.yaml"))
NUMBERS = dict[str, list[int]]
HERE = Path("a.yaml")


def message(path: Path) -> str:
    """What the author of a bad file reads. The first word of its name is the kind of file."""
    with pytest.raises(Faults) as caught:
        read_yaml(path, SHAPES[path.name.split("-")[0]])
    return str(caught.value)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_gets_exactly_the_message_beside_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    told = path.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")
    assert message(path) == told.replace("<the kinds>", listed(sorted(n for n, kind in KINDS.items() if kind.Decision)))


def test_every_bad_file_has_its_message() -> None:
    assert {path.stem for path in (FIXTURES / "bad").glob("*.txt")} == {path.stem for path in BAD}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_no_message_speaks_like_a_program(path: Path) -> None:
    said = path.with_suffix(".txt").read_text(encoding="utf-8")
    for word in ("Error", "Traceback", "input should", "instance of", "dictionary", "pydantic", "ruamel", "None"):
        assert word not in said


def test_every_key_and_item_knows_its_line() -> None:
    sheet = read_text("a:\n  - 1\n  - 2\nb: [3,\n  4]\n", NUMBERS, HERE)
    assert sheet.lines == {(): 1, ("a",): 1, ("a", 0): 2, ("a", 1): 3, ("b",): 4, ("b", 0): 4, ("b", 1): 5}
    assert sheet.model == {"a": [1, 2], "b": [3, 4]}


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    assert read_text("a: [1]\n", NUMBERS, HERE, first_line=10).line(("a",)) == 10


def test_a_place_without_a_line_takes_that_of_what_holds_it() -> None:
    sheet: Sheet[Any] = Sheet(HERE, None, {("options",): 4, ("options", "x"): 5})
    assert sheet.line(("options", "x", "explanation")) == 5
    assert sheet.line(("options", "y")) == 4
    assert sheet.line(("title",)) == 1


def test_no_stays_a_word_and_numbers_are_numbers() -> None:
    assert read_text("a: no\nb: 010\nc: 1e3\n", dict[str, Any], HERE).model == {"a": "no", "b": 10, "c": 1000.0}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: [1]\r\nb: [2]\r\n")
    sheet = read_yaml(path, NUMBERS)
    assert (sheet.model, sheet.line(("b",))) == ({"a": [1], "b": [2]}, 2)


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: 1\nb: café\n".encode("latin-1"))
    with pytest.raises(Faults, match=r":2\n  this is not UTF-8 text\. Save the file as UTF-8\."):
        read_utf8(path)


def test_an_alias_bomb_is_refused_at_once() -> None:
    message(FIXTURES / "bad" / "decision-alias-bomb.yaml")


@pytest.mark.parametrize("depth", [DEEPEST + 1, 100, 1000, 20_000])
def test_bottomless_nesting_is_refused_at_once(depth: int) -> None:
    with pytest.raises(Faults, match=f"nested more than {DEEPEST} deep"):
        read_text("a: " + "[" * depth + "]" * depth, Any, HERE)


def test_what_authors_write_is_not_too_deep() -> None:
    depth = DEEPEST - 1
    assert read_text("a: " + "[" * depth + "]" * depth, Any, HERE).model


def test_all_faults_of_shape_are_told_at_once() -> None:
    with pytest.raises(Faults) as caught:
        read_text("they: 5\nyuo: x\n", shapes.Exchange, HERE)
    assert [fault.wrong for fault in caught.value.faults] == [
        "'you' is missing.",
        "'they' must be text (got '5').",
        "'yuo' is not a key here.",
    ]


def test_long_values_are_cut_short_in_messages() -> None:
    with pytest.raises(Faults) as caught:
        read_text(f"a: {'x' * 400}\n", dict[str, int], HERE)
    assert str(caught.value) == f"a.yaml:1  a\n  'a' must be a whole number (got '{'x' * 57}...')."


@pytest.mark.parametrize(
    ("trail", "words"),
    [
        ((), ""),
        (("title",), "title"),
        (("options", "joint-visit", "consequence"), "option 'joint-visit', consequence"),
        (("plan", 2, "minutes"), "step 3, minutes"),
        (("why-so", "options", "x"), "'why-so', option 'x'"),
        (("options",), "options"),
        (("prediction", "at"), "'prediction', at"),
    ],
)
def test_a_trail_names_places_by_the_authors_own_ids(trail: Trail, words: str) -> None:
    assert trail_in_words(trail) == words
