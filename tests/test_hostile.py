"""What an author can type, paste or be sent: no traceback, no word lost in silence, and never a long wait."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fixture_book import FIXTURES

from commissioning.book import SHAPES
from commissioning.source.faults import Fault, Faults
from commissioning.source.sheets import read_text, read_yaml

HERE = Path("a.yaml")
WHOLE = (FIXTURES / "book" / "book" / "waiting-for-a-scan" / "decisions" / "first-step.yaml").read_text(
    encoding="utf-8"
)


def told(text: str, shape: Any = dict[str, Any]) -> list[Fault]:
    """Every fault of a text that must not be taken in."""
    with pytest.raises(Faults) as caught:
        read_text(text, shape, HERE)
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        # -- what broke the reader --
        ("a: 1\nb: !thing\n  - 1\n", 2, "takes '!thing' for the type"),
        ("a: 1\nb: !!set {x, y}\n", 2, "takes '!!set' for the type"),
        ("a:\n  - !!omap [1]\n", 2, "takes '!!omap' for the type"),
        ("a: !!bool maybe\n", 1, "takes '!!bool' for the type"),
        ("a: !!int twelve\n", 1, "takes '!!int' for the type"),
        ("a: !!timestamp never\n", 1, "takes '!!timestamp' for the type"),
        ("a: !!binary '%'\n", 1, "takes '!!binary' for the type"),
        ("a: 1\n<<: [1, 2]\n", 2, "'<<' merges"),
        ("a: 1\n<<: {b: 2}\n", 2, "'<<' merges"),
        ("%YAML 1.3\n---\na: 1\n", 1, "a % begins this line"),
        ("%YAML 1.1\n---\na: no\n", 1, "a % begins this line"),
        ("%YAML 9999999999.1\n---\na: 1\n", 1, "a % begins this line"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", 1, "a % begins this line"),
        ("# first\n%FOO\n---\na: 1\n", 2, "a % begins this line"),
        ('a: "\\Uffffffff"\n', 1, "a \\ stands here before a sign"),
        ('a: "\\ud800"\n', 1, "a \\ stands here before a sign"),
        ('a: "C:\\places"\n', 1, "a \\ stands here before a sign"),
        (f"a: {'9' * 5000}\n", 1, "a number of 5,000 figures"),
        (f"a: 0x{'f' * 5000}\n", 1, "a number of 5,002 figures"),
        ("a: 1\nb: 10000000000000001\n", 2, "a number of 17 figures"),
        ("a: 2026-02-30\n", 1, "no such day as 2026-02-30"),
        # -- what lost words --
        ("a: Ask ward #3 or ward #4 first?\n", 1, "all behind ' #' for a comment"),
        ("a: Ask wards # 3 and # 4\n", 1, "all behind ' #' for a comment"),
        ("a: [Ward #3,\n  Ward 4]\n", 1, "all behind ' #' for a comment"),
        ("a: 'Ask' #3\n", 1, "all behind ' #' for a comment"),
        ("a: Ward #3\n", 1, "all behind ' #' for a comment"),
        ("a: #3 first\nb: 1\n", 1, "nothing is written here"),
        ("a:\n- # Three things\n- b\n", 2, "nothing is written here"),
        ("a: Ask first of all\n  #3 and the rest\n", 1, "the line below begins with #"),
        ("a: &c where the money went\n", 1, "takes '&c' for a name"),
        ("a: ! and stop\n", 1, "takes '!' for the type"),
        ("a: *not* this\n", 1, "a * begins this text"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: 1\n...\nb: 2\n", 3, "behind the end"),
        ("a: 1\na: 2\n", 2, "'a' stands here twice"),
        ('a: "Ask" or leave\nb: 2\n', 1, "behind the closing quotation mark"),
        # -- what cannot be seen --
        ("a: x\nb: wa\u200brd\n", 2, "a zero width space, U+200B"),
        ("a: x\nb: wa\xadrd\n", 2, "a soft hyphen, U+00AD"),
        ("a: x\n\ufeffb: y\n", 2, "a byte order mark, U+FEFF"),
        ("a: \u202edlo\u202c\n", 1, "a right-to-left override, U+202E"),
        ("a: one\u2028two\n", 1, "a line separator, U+2028"),
        ("a: one\x85two\n", 1, "a control character, U+0085"),
        ("a: caf\ufffd\n", 1, "the sign for a letter that was lost"),
        ('a: "\\u200b\\u200b"\n', 1, "a zero width space, U+200B"),
        ('a: "\\0"\n', 1, "a control character, U+0000"),
        ('"\\u202e": 1\n', 1, "a right-to-left override"),
        ("# \u2066 seen in another order\na: 1\n", 1, "a left-to-right isolate"),
        # -- what a merge left --
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n", 1, "'<<<<<<< HEAD' is a mark"),
        ("a: |\n  x\n>>>>>>> theirs\n", 3, "'>>>>>>> theirs' is a mark"),
    ],
)
def test_what_yaml_would_swallow_is_named_with_its_line(text: str, line: int, wrong: str) -> None:
    faults = told(text)
    assert (faults[0].line, wrong in faults[0].wrong) == (line, True), faults


@pytest.mark.parametrize(
    "text",
    [
        "a: one  # a comment behind one word\n",
        "a: 3 # a comment behind a number\nb: [x, y]  # and one behind a list\n",
        "# a heading\na: # a comment before what is below\n  b: 1\n",
        "a: two words\n# the next\nb: 1\n",
        "a: 'ward #3'\nb: ward#3\nc: >-\n  Ward #3 & c.\n  # not a heading here\n",
        "a: AT&T, R&D & so on\nb: Really! Yes\nc: 100% sure\nd: x <<y>> z\n",
        "a: 👩\u200d⚕️ and 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f\n",
        "a: no\nb: 2026-11-30\nc: 12:30\nd: ._\ne: '~'\n",
    ],
)
def test_what_authors_do_write_is_left_alone(text: str) -> None:
    assert read_text(text, dict[str, Any], HERE).model


def test_the_words_of_comments_that_look_like_text_are_all_told_at_once() -> None:
    text = "a: Ask ward #3\nb: &c where\nc: !x y\n<<: {d: 1}\n"
    assert [fault.line for fault in told(text)] == [1, 2, 3, 4]


HUGE = {
    "comments": "# nothing\n" * 1_000_000 + "a: 1\n",
    "brackets": "a: " + "[" * 40_000,
    "braces": "a: " + "{" * 40_000,
    "dashes": "- " * 40_000,
    "question marks": "? " * 40_000,
    "colons": ":" * 40_000 + " " + "a: " * 40_000,
    "quotes": "a: " + "'" * 40_001,
    "anchors": "a: [" + "&a x, " * 150_000 + "]",
    "tags": "a: [" + "!a x, " * 150_000 + "]",
    "unseen": "a: " + "\u200b" * 900_000,
    "unseen lines": "a: x\u200b\n" * 150_000,
    "conflicts": "<<<<<<< a\n" * 90_000,
    "one key": "k" * 900_000 + ": 1\n",
    "many keys": "".join(f"k{n}: x\n" for n in range(90_000)),
    "one key many times": "k: 1\n" * 190_000,
    "one text": "a: " + "x" * 900_000,
    "one number": "a: " + "9" * 900_000,
    "many items": "a: [" + "x, " * 300_000 + "]",
    "cuts": "a: x y #z\n" * 90_000,
    "percent": "%" * 1_000_000,
    "spaces": "a:" + " " * 900_000 + "1\nb",
    "blank lines": "a: x\n" + "\n" * 900_000 + "b",
    "tabs": "\t" * 900_000 + "a",
}


@pytest.mark.parametrize("name", HUGE)
def test_however_much_of_anything_ends_soon_and_in_words(name: str) -> None:
    faults = told(HUGE[name], dict[str, int])
    assert faults[0].wrong
    assert len(faults) <= 100
    assert max(len(str(fault)) for fault in faults) < 1000


def test_a_file_that_is_far_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    with pytest.raises(Faults, match="the file is too large"):
        read_yaml(path, dict[str, Any])


def test_a_folder_or_a_link_to_nothing_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    for name in ("folder.yaml", "link.yaml"):
        with pytest.raises(Faults, match="the file cannot be read"):
            read_yaml(tmp_path / name, dict[str, Any])


def test_the_inputs_that_lost_words_are_refused_line_by_line() -> None:
    cut = WHOLE.replace("ask: ", "ask: Ask ward #3 or ", 1)
    assert [fault.line for fault in told(cut, SHAPES["decision"])] == [cut[: cut.index("ask: ")].count("\n") + 1]
