"""The record in a browser follows the rules of Python: files, joining, and what a hundred random records say."""

from __future__ import annotations

import json
import random
from datetime import UTC, date
from typing import Any

import pytest
import record_on_a_page as rec
from playwright.sync_api import BrowserContext, Page
from record_page import API, FILES, JOINED
from record_triples import triple

from commissioning import record
from commissioning.book import Book
from commissioning.record import views as record_views
from commissioning.record.ordering import canonical
from commissioning.record.shapes import Draft, State


def test_files_are_taken_in_or_refused_as_in_python(mine: Page) -> None:
    read = f"text => {{ try {{ return {API}.asJson({API}.readRecord(text)); }} catch (e) {{ return [e.message]; }} }}"
    for case in FILES:
        found = mine.evaluate(read, case["text"])
        assert isinstance(found, str) == case["taken"], (case["why"], found)
        if case["taken"]:
            ours = record.read_text(case["text"]).model_dump()
            theirs = record.read_text(found).model_dump()
            assert ours == theirs or "emoji" in case["why"], case["why"]
        else:
            assert found[0].startswith(("It is ", "A later version")), case["why"]


def test_records_are_joined_as_in_python(mine: Page) -> None:
    join = f"([a, b]) => {API}.asJson({API}.merge({API}.readRecord(a), {API}.readRecord(b)))"
    for case in JOINED:
        found = mine.evaluate(join, [json.dumps(case["a"]), json.dumps(case["b"])])
        assert record.read_text(found).model_dump() == record.read_text(json.dumps(case["both"])).model_dump(), case[
            "why"
        ]


ALIKE = f"""([a, b, c]) => {{
  const api = {API}; const [x, y, z] = [a, b, c].map(api.readRecord);
  const whole = api.merge(api.merge(x, y), z); const said = api.canonical(JSON.parse(api.asJson(whole)));
  const others = [api.merge(x, api.merge(y, z)), api.merge(api.merge(z, x), y), api.merge(whole, y),
    api.merge(whole, whole), api.readRecord(api.asJson(whole))];
  return [said, others.map((one) => api.canonical(JSON.parse(api.asJson(one))) === said)]; }}"""


@pytest.mark.parametrize("wild", [False, True], ids=["plain", "wild"])
def test_three_records_are_joined_as_in_python_in_whatever_order_they_meet(mine: Page, wild: bool) -> None:
    dice = random.Random(21)
    for n in range(60):
        texts = [json.dumps(one) for one in triple(dice, wild=wild)]
        a, b, c = map(record.read_text, texts)
        said, alike = mine.evaluate(ALIKE, texts)
        assert alike == [True] * 5, n
        assert said == canonical(record.merge(record.merge(a, b), c).model_dump()), n


def random_record(index: record_views.Index, dice: random.Random) -> record.Record:
    """Answers to some exercises, well and badly, over a hundred days."""
    states = {}
    for name, one in index.exercises.items():
        if dice.random() < 0.2:
            continue
        days = sorted(dice.sample(range(1, 100), 2))
        answers = [
            {"response": answer(one, dice), "at": f"{date.fromordinal(739_000 + day)}T12:{dice.randrange(60):02}:00Z",
             "edition": one.edition if dice.random() < 0.9 else "older"}
            for day in days
        ]  # fmt: skip
        again = dice.random() < 0.5
        states[name] = State.model_validate(
            {"id": name, "kind": one.kind, "first": answers[0], "last": answers[again], "attempts": 1 + again}
        )
    halves = [*index.exercises, *(f"{name}:again" for name in index.exercises), "long-gone"]
    return record.Record(
        made_at=rec.FIRST,
        decisions=states,
        reflections={"a-chapter.next": {"text": dice.choice("=+x")}},
        drafts={name: random_draft(dice) for name in halves if dice.random() < 0.25},
    )


def random_draft(dice: random.Random) -> Draft:
    """Half an answer: a choice, and none, one or two texts, one of them short."""
    texts = {f"text-{n}": dice.choice(["short", "=1 + 1", "of *two*\nlines here", " ", "40"]) for n in range(2)}
    some = {name: text for name, text in texts.items() if dice.random() < 0.6}
    at = dice.choice([None, f"2026-10-{dice.randrange(10, 29)}T12:00:00Z"])
    return Draft(edition="e", at=at, fields={**some, "choice=a": True}, half=None)


def answer(one: record_views.Entry, dice: random.Random) -> dict[str, Any]:
    names = list(one.marking.get("options", one.options)) or ["x"]
    match one.kind:
        case "ranking":
            return {"ranks": dict(zip(names, dice.sample(range(1, len(names) + 1), len(names)), strict=True))}
        case "choose-three":
            return {"choices": dice.sample(names, 3)}
        case "estimate":
            low, high = one.marking["between"]
            return {"values": [round(dice.uniform(low, high), dice.choice([0, 2])) for _ in range(one.marking["asks"])]}
        case "explorer":
            return {"prediction": dice.choice([12, 1234.5])}
        case "short-answer":
            return {"text": dice.choice(["=1+1", 'words, "quoted"\nin lines']), "points": dice.sample([0, 1, 2], 2)}
        case _:
            return {"choice": dice.choice(names), "certainty": dice.choice([1, 2, 3])}


def test_a_hundred_random_records_say_the_same_in_both(context: BrowserContext, small_book: Book) -> None:
    known, dice = record_views.make_index(small_book), random.Random(6)
    rec.lay_out(context, rec.index_of(small_book))
    page = context.new_page()
    page.goto(rec.ADDRESS)
    say = f"""([text, now]) => {{ const kept = {API}.readRecord(text);
      const due = {API}.due(kept, now).map(d => [d.one.id, d.step]);
      const halves = {API}.begun(kept).map(b => [b.name, b.one?.id ?? null, b.words]);
      const all = [{API}.asCsv(kept), {API}.outcomes(kept), {API}.calibration(kept), due, halves];
      return [...all, {API}.asMarkdown(kept)]; }}"""
    for _ in range(100):
        mine, today = random_record(known, dice), date.fromordinal(739_000 + dice.randrange(200))
        table, met, sure, due, halves, written = page.evaluate(say, [record.as_json(mine), f"{today}T12:00:00Z"])
        assert table == record.as_csv(mine, known)
        assert sure == [list(level) for level in record_views.calibration(mine, known)]
        assert due == [[one.id, step] for one, step in record_views.due(mine, known, today=today, zone=UTC)]
        assert met == record_views.outcomes(mine, known)
        assert halves == [[b.name, b.entry and b.entry.id, b.words] for b in record_views.begun(mine, known)]
        assert begun_part(written) == begun_part(record.as_markdown(mine, known))


def begun_part(written: str) -> str:
    """What the record as Markdown says of what is half-made."""
    _, _, after = written.partition("\n## Begun, not decided\n")
    return after.partition("\n## ")[0].strip()
