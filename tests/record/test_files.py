"""A record's file: read with care, joined without loss, written beside what was there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from records import CASES, FILES, SETTINGS, made, right, state

from commissioning import record
from commissioning.check.schemas import schema
from commissioning.record import Record, RecordError
from commissioning.record.shapes import State
from commissioning.record.views import Index


@pytest.mark.parametrize("case", FILES, ids=[case["why"] for case in FILES])
def test_a_file_is_taken_in_whole_or_refused_in_words(case: dict[str, Any]) -> None:
    if case["taken"]:
        whole = record.read_text(case["text"])
        assert record.read_text(record.as_json(whole)) == whole
        return
    with pytest.raises(RecordError) as refused:
        record.read_text(case["text"], name="mine.json")
    assert str(refused.value).startswith("mine.json: ")
    assert "Traceback" not in str(refused.value)


def test_a_damaged_file_is_named_with_the_trail_to_the_fault() -> None:
    text = next(case["text"] for case in FILES if case["why"] == "an answer at a number")
    with pytest.raises(RecordError, match=r"the record is damaged\. decisions → one → last → at: "):
        record.read_text(text)


def test_a_record_of_a_later_version_is_refused_kindly() -> None:
    text = next(case["text"] for case in FILES if case["why"] == "a later version")
    with pytest.raises(RecordError, match="a later version of the book wrote this record") as refused:
        record.read_text(text)
    assert "nothing is lost" in str(refused.value)


def test_a_decision_that_a_later_version_wrote_is_kept_aside() -> None:
    text = next(case["text"] for case in FILES if case["why"] == "with a decision that a later version wrote")
    whole = record.read_text(text)
    assert whole.decisions == {}
    assert json.loads(whole.aside["one:later"])["anything"] == [1]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(b"\xff\xfe{\x00")
    with pytest.raises(RecordError, match="not text in UTF-8"):
        record.read_record(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@SETTINGS
@given(st.sampled_from([case["text"] for case in FILES if len(case["text"]) < 5000]), st.data())
def test_any_change_to_a_file_is_taken_in_or_refused_in_words(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 12)))
    changed = text[:at] + data.draw(st.text(max_size=6) | JSON.map(json.dumps)) + text[until:]
    try:
        whole = record.read_text(changed)
    except RecordError:
        return
    assert record.read_text(record.as_json(whole)) == whole


def test_the_schema_takes_what_the_reader_takes() -> None:
    validator = Draft202012Validator(schema("record"))
    whole = record.read_text(FILES[0]["text"])
    assert list(validator.iter_errors(json.loads(record.as_json(whole)))) == []
    damaged = next(case["text"] for case in FILES if case["why"] == "no response")
    assert list(validator.iter_errors(json.loads(damaged)))


# -- joining -------------------------------------------------------------------------------------------------------


def read(data: dict[str, Any]) -> Record:
    return record.read_text(json.dumps(data))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_two_records_are_joined_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    assert record.merge(read(case["a"]), read(case["b"])).model_dump() == read(case["both"]).model_dump()


MOMENTS = st.integers(0, 9).map(lambda n: f"2026-11-01T10:0{n}:00.000Z")
ANSWERS = st.fixed_dictionaries(
    {"response": st.fixed_dictionaries({"choice": st.sampled_from("abc")}), "at": MOMENTS, "edition": st.just("e")}
)


@st.composite
def states(draw: st.DrawFn) -> State:
    first, last = sorted((draw(ANSWERS), draw(ANSWERS)), key=lambda answer: answer["at"])
    return State(id="one", kind="claim", first=first, last=last, attempts=draw(st.integers(1, 4)))


NOTES = st.fixed_dictionaries({"text": st.text(max_size=8), "at": st.none() | MOMENTS})
RECORDS = st.builds(
    Record,
    made_at=MOMENTS,
    decisions=states().map(lambda s: {"one": s}) | st.just({}),
    reflections=st.dictionaries(st.sampled_from(["six", "six.next"]), NOTES, max_size=2),
    aside=st.dictionaries(st.sampled_from("xyz"), st.text(max_size=3), max_size=2),
)


@SETTINGS
@given(RECORDS, RECORDS)
def test_joining_loses_nothing_of_either_side(a: Record, b: Record) -> None:
    both = record.merge(a, b)
    for side in (a, b):
        for name, one in side.decisions.items():
            assert both.decisions[name].first.at <= one.first.at
            assert both.decisions[name].last.at >= one.last.at
            assert both.decisions[name].attempts >= one.attempts
        for name, words in side.reflections.items():
            assert words.text.strip() in both.reflections[name].text
        assert set(side.aside.values()) <= set(both.aside.values())


@SETTINGS
@given(RECORDS, RECORDS)
def test_joining_twice_changes_nothing(a: Record, b: Record) -> None:
    both = record.merge(a, b)
    assert record.merge(both, b).decisions == both.decisions
    assert record.merge(a, both).decisions == both.decisions
    again = record.merge(both, b).reflections
    assert {name: words.text for name, words in again.items()} == {n: w.text for n, w in both.reflections.items()}


@SETTINGS
@given(RECORDS, RECORDS)
def test_which_record_comes_first_makes_no_difference(a: Record, b: Record) -> None:
    one, other = record.merge(a, b), record.merge(b, a)
    assert one.decisions == other.decisions
    assert {n: w.text for n, w in one.reflections.items()} == {n: w.text for n, w in other.reflections.items()}


# -- writing -------------------------------------------------------------------------------------------------------


def test_writing_joins_with_what_the_file_held(tmp_path: Path, known: Index) -> None:
    path = tmp_path / "mine.json"
    record.write_record(made(state(known, "first-step", right(known, "first-step"))), path)
    record.write_record(made(waiting_for_a_scan="my words"), path)
    whole = record.read_record(path)
    assert list(whole.decisions) == ["first-step"]
    assert whole.reflections["waiting-for-a-scan"].text == "my words"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.json"]


def test_writing_leaves_a_damaged_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(RecordError):
        record.write_record(made(), path)
    assert path.read_text(encoding="utf-8") == "{"
