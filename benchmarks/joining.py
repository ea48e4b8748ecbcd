"""Joining records over 10,000 random triples, plain and wild: in any order, as often as one likes, in both languages.

Counts what is not idempotent, commutative or associative, and where a browser's result differs from Python's; and times
the joining of two records of a megabyte: by the processor in Python; in the browser, which has no such clock, by the
quickest of five times, since a machine that does other things as well only ever adds to one.
"""

from __future__ import annotations

import json
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from books import Books
from fixture_book import FIXTURES
from playwright.sync_api import Browser, Page
from record_on_a_page import ADDRESS, FIRST, large_index, lay_out
from record_triples import BETWEEN, triple
from tables import Table

from commissioning import record
from commissioning.book import read_book
from commissioning.record.ordering import canonical
from commissioning.record.reading import as_json

TRIPLES = 10_000
BATCH = 250
LIMIT = 1.0  # seconds for two records of a megabyte
JOINED = """batch => batch.map(([a, b, c]) => {
  const api = commissioning.record; const [x, y, z] = [a, b, c].map(api.readRecord);
  const whole = api.merge(api.merge(x, y), z); const said = api.canonical(JSON.parse(api.asJson(whole)));
  const others = [api.merge(x, api.merge(y, z)), api.merge(api.merge(z, x), y), api.merge(whole, y),
    api.merge(whole, whole), api.readRecord(api.asJson(whole))];
  return [said, others.filter((one) => api.canonical(JSON.parse(api.asJson(one))) !== said).length]; })"""
TIMED = """([a, b]) => { const api = commissioning.record; const [x, y] = [a, b].map(api.readRecord);
  const once = () => { const from = performance.now(); api.merge(x, y); return performance.now() - from; };
  return Math.min(...[1, 2, 3, 4, 5].map(once)) / 1000; }"""


def joining(browser: Browser, books: Books) -> list[Table]:
    """What does not hold, of 10,000 triples; seconds for a megabyte."""
    context = browser.new_context()
    lay_out(context, large_index(read_book(FIXTURES / "book"), 1))
    page = context.new_page()
    page.goto(ADDRESS)
    made = [triples(page, wild=wild) for wild in (False, True)]
    sizes = megabyte(page)
    context.close()
    return [*made, sizes]


def triples(page: Page, *, wild: bool) -> Table:
    """Half of the triples: Python joins each batch in a process of its own while the browser does."""
    dice, here, there, differ, name = random.Random(10 + wild), 0, 0, 0, "wild" if wild else "plain"
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as python:
        for done in range(0, TRIPLES // 2, BATCH):
            batch = [[json.dumps(one) for one in triple(dice, wild=wild)] for _ in range(BATCH)]
            ours = python.submit(all_in_python, batch)
            for (said, wrong), (mine, missed) in zip(page.evaluate(JOINED, batch), ours.result(), strict=True):
                here, there, differ = here + missed, there + wrong, differ + (mine != said)
            print(f"  {done + BATCH:,} {name} triples", file=sys.stderr, flush=True)
    rows: list[list[str | float]] = [["Python", here], ["browser", there], ["results that differ", differ]]
    table = Table("joining", f"Joining {TRIPLES // 2:,} {name} triples of records", ["", "not as promised"], rows)
    table.promise(not here + there + differ, f"{here + there + differ} joins of {name} records are not as promised.")
    return table


def all_in_python(batch: list[list[str]]) -> list[tuple[str, int]]:
    """For each three of a batch the three in one, in one spelling, and how many other ways come out otherwise."""
    return [(canonical(whole.model_dump()), missed) for whole, missed in map(in_python, batch)]


def in_python(texts: list[str]) -> tuple[record.Record, int]:
    """The three in one, and how many of five other ways to join them come out otherwise."""
    a, b, c = map(record.read_text, texts)
    whole = record.merge(record.merge(a, b), c)
    others = (
        record.merge(a, record.merge(b, c)),
        record.merge(record.merge(c, a), b),
        record.merge(whole, b),
        record.merge(whole, whole),
        record.read_text(as_json(whole)),
    )
    return whole, sum(one != whole for one in others)


def megabyte(page: Page) -> Table:
    """Two records of a megabyte: one long text of many pieces, many answers, many things put aside."""
    shapes: dict[str, Any] = {"one text": pieces, "many answers": answers, "many asides": asides}
    rows: list[list[str | float]] = []
    for name, shape in shapes.items():
        texts = [json.dumps({"format": "commissioning-record/1", "made_at": FIRST} | shape(seed)) for seed in (1, 2)]
        a, b = map(record.read_text, texts)
        start = time.process_time()
        record.merge(a, b)
        rows.append([f"{name}, {len(texts[0]) / 1e6:.1f} MB", time.process_time() - start, page.evaluate(TIMED, texts)])
    table = Table("joining-size", "Joining two records of a megabyte", ["", "s in Python", "s in the browser"], rows)
    slowest = max(float(seconds) for row in rows for seconds in row[1:])
    table.promise(slowest < LIMIT, f"two records of a megabyte take {slowest:.2f} s; the limit is {LIMIT:.0f} s.")
    return table


def pieces(seed: int) -> dict[str, Any]:
    """A reflection of 40,000 short pieces."""
    dice = random.Random(seed)
    return {"reflections": {"six": {"text": BETWEEN.join(f"{dice.random()}" for _ in range(40_000)), "at": FIRST}}}


def answers(seed: int) -> dict[str, Any]:
    """Answers to 3,000 exercises."""
    dice = random.Random(seed)

    def taken() -> dict[str, Any]:
        at = f"2026-11-{dice.randrange(1, 29):02}T10:00:00Z"
        return {"response": {"choice": dice.choice("abc"), "certainty": 2}, "at": at, "edition": "e1"}

    made = {
        f"exercise-{n}": {
            "id": f"exercise-{n}",
            "kind": "best-answer",
            "first": taken(),
            "last": taken(),
            "attempts": 2,
            "format": "commissioning-decision/1",
        }
        for n in range(3000)
    }
    return {"decisions": made}


def asides(seed: int) -> dict[str, Any]:
    """20,000 things put aside."""
    dice = random.Random(seed)
    return {"aside": {f"exercise-{n}:1": f"{{{dice.random()}" * 2 for n in range(20_000)}}
