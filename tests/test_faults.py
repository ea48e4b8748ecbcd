"""What an author got wrong, in words: where, what, and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from commissioning.source.faults import Fault, Faults, did_you_mean, listed, shown


def test_a_fault_says_where_what_and_what_would_be_right() -> None:
    fault = Fault(Path("a.yaml"), 14, "option 'joint-visit'", "key names 'joint-vist'.", "Did you mean 'joint-visit'?")
    assert str(fault) == "a.yaml:14  option 'joint-visit'\n  key names 'joint-vist'. Did you mean 'joint-visit'?"


def test_a_fault_of_a_whole_file_needs_no_trail_and_no_remedy() -> None:
    assert str(Fault(Path("a.yaml"), 1, "", "the file is missing.")) == "a.yaml:1\n  the file is missing."


def test_faults_are_told_once_each_by_file_and_line() -> None:
    first, second, other = (Fault(Path(p), n, "", "wrong.") for p, n in (("a", 2), ("a", 10), ("b", 1)))
    assert Faults([other, second, first, second]).faults == [first, second, other]
    assert str(Faults([second, first])) == "a:2\n  wrong.\na:10\n  wrong."


def test_a_path_below_here_is_shown_as_one_would_type_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "book" / "a.yaml") == "book/a.yaml"


def test_a_path_elsewhere_is_shown_whole(tmp_path: Path) -> None:
    assert shown(tmp_path / "a.yaml") == (tmp_path / "a.yaml").as_posix()


def test_a_near_word_is_offered() -> None:
    assert did_you_mean("sitaution", ["title", "situation", "ask"]) == "Did you mean 'situation'?"


def test_where_no_word_is_near_a_few_known_words_are_listed() -> None:
    assert did_you_mean("zzz", ["b", "a", "a"]) == "It must be one of 'a' or 'b'."


def test_a_single_known_word_is_named() -> None:
    assert did_you_mean("zzz", ["a"]) == "It must be 'a'."


def test_many_known_words_are_not_listed() -> None:
    assert did_you_mean("zzz", [f"word-{n}" for n in range(13)]) == ""


def test_nothing_is_offered_where_nothing_is_known() -> None:
    assert did_you_mean("zzz", []) == ""


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "'a'"), (["a", "b"], "'a' or 'b'"), ("abc", "'a', 'b' or 'c'")]
)
def test_words_are_listed_as_one_would_say_them(words: list[str], text: str) -> None:
    assert listed(words) == text
