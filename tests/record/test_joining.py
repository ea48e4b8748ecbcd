"""Joining records grows nothing: idempotent, commutative and associative over triples that met in every odd way."""

from __future__ import annotations

import json
import random
from functools import reduce
from typing import Any

import pytest
from record_triples import BETWEEN, triple
from records import FIRST

from commissioning import record
from commissioning.record import Record, RecordError
from commissioning.record.reading import as_json

TRIPLES = 300  # benchmarks/joining.py runs 10,000, in Python and in a browser


def read(data: dict[str, Any]) -> Record:
    return record.read_text(json.dumps(data))


@pytest.mark.parametrize("wild", [False, True], ids=["plain", "wild"])
def test_records_may_meet_in_any_order_and_as_often_as_they_like(wild: bool) -> None:
    dice = random.Random(11)
    for n in range(TRIPLES):
        a, b, c = map(read, triple(dice, wild=wild))
        ab, whole = record.merge(a, b), record.merge(record.merge(a, b), c)
        assert record.merge(b, a) == ab, n
        assert record.merge(a, record.merge(b, c)) == whole, n
        assert record.merge(record.merge(a, c), b) == whole, n
        for again in (a, b, c, ab, whole):
            assert record.merge(whole, again) == whole, n
        assert record.read_text(as_json(whole)) == whole, n


@pytest.mark.parametrize("wild", [False, True], ids=["plain", "wild"])
def test_no_word_of_any_side_is_lost(wild: bool) -> None:
    dice = random.Random(12)
    for n in range(TRIPLES):
        sides = [read(one) for one in triple(dice, wild=wild)]
        whole = record.merge(record.merge(sides[0], sides[1]), sides[2])
        for side in sides:
            for name, words in side.reflections.items():
                for piece in words.text.split(BETWEEN):
                    assert piece.strip(" \t\r\n") in whole.reflections[name].text, n
            plain = {raw for raw in side.aside.values() if "commissioning-decision" not in raw}
            assert plain <= set(whole.aside.values()), n
            for name, state in side.decisions.items():
                known = whole.decisions[name].kind == state.kind or f"{name}:{state.kind}" in whole.aside
                assert known, n


def test_two_devices_that_sync_and_go_on_writing_do_not_double_their_words() -> None:
    def words(text: str, minute: int) -> Record:
        at = FIRST.replace("10:00", f"10:{minute:02}")
        return Record(made_at=at, reflections={"six": {"text": text, "at": at}})

    mine, theirs = words("Rang on Friday. " * 6, 1), words("Nobody had asked them. " * 5, 2)
    for round_ in range(6):
        mine = theirs = record.merge(mine, theirs)
        mine = record.merge(mine, words(mine.reflections["six"].text + " More.", 10 + round_))
    once = len("Rang on Friday. " * 6) + len("Nobody had asked them. " * 5)
    assert len(mine.reflections["six"].text) < once + 6 * len(" More.") + len(BETWEEN) + 10


def draft(text: str, minute: int) -> dict[str, Any]:
    return {"edition": "e1", "at": FIRST.replace("10:00", f"10:{minute:02}"), "fields": {"text": text}}


def test_of_two_half_made_answers_the_later_stands_and_the_other_lies_aside() -> None:
    def holding(*drafts: dict[str, Any]) -> Record:
        made = [Record.model_validate({"made_at": FIRST, "drafts": {"six": one}}) for one in drafts]
        return reduce(record.merge, made)

    whole = holding(draft("an hour", 1), draft("an hour and a half", 2), draft("an hour", 0))
    assert whole.drafts["six"].fields == {"text": "an hour and a half"}
    assert [json.loads(raw)["draft"]["fields"]["text"] for raw in whole.aside.values()] == ["an hour"]
    again = record.merge(whole, holding(draft("an hour", 9)))
    assert again.drafts["six"].fields == {"text": "an hour"}
    assert [json.loads(raw)["draft"]["fields"]["text"] for raw in again.aside.values()] == ["an hour and a half"]


def test_half_made_answers_are_told_apart_and_one_of_a_later_book_is_put_aside() -> None:
    later = {"format": "commissioning-draft/2", "anything": [1]}
    found = read({"format": "commissioning-record/1", "made_at": FIRST, "drafts": {"a": draft("x", 1), "b": later}})
    assert (list(found.drafts), list(found.aside), found.decisions) == (["a"], ["b:later"], {})
    with pytest.raises(RecordError, match="drafts → a → fields"):
        read({"format": "commissioning-record/1", "made_at": FIRST, "drafts": {"a": {"edition": "e", "fields": [1]}}})
