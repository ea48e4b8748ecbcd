"""The scenario engine in Chromium: 1,000 seeded plays end, and go, exactly as they do in Python.

`python benchmarks/scenario.py --parity` plays 10,000.
"""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

import pytest
from scenario_plays import Play, compiled, digest, random_play

from commissioning.source.expression import evaluate

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLAYS, WHOLE = 1000, 300

REPLAY = """text => {
  const { rules, plays, whole } = JSON.parse(text);
  const { scenario } = globalThis.commissioning;
  const bit = (n) => (n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1);
  const table = Uint32Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = bit(n); return n; });
  const crc = (bytes) => { let c = ~0; for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8); return ~c >>> 0; };
  const names = Object.keys(rules.start);
  const began = performance.now();
  const made = plays.map(({ seed, dials, choices }, index) => {
    const ahead = [...choices];
    const states = scenario.play(rules, () => ahead.shift(), seed, null, dials);
    if (rules.afterwards.length) states.push(scenario.afterwards(rules, states.at(-1)));
    const numbers = Float64Array.from(states.flatMap((s) => [...names.map((name) => s.values[name]), s.dice]));
    const ending = scenario.ending(rules, states.at(-1));
    const reports = scenario.reports(rules, states.at(-1));
    return { crc: crc(new Uint8Array(numbers.buffer)), states: index < whole ? states : null, ending, reports };
  });
  return JSON.stringify({ made, milliseconds: performance.now() - began });
}"""
EVALUATE = """text => JSON.stringify(JSON.parse(text).map(([tree, values]) => {
  const value = globalThis.commissioning.evaluate(tree, values);
  return Object.is(value, -0) ? "-0" : value;
}))"""


def replay(blank: Page, rules: dict[str, Any], plays: list[Play], whole: int) -> dict[str, Any]:
    given = {"rules": rules, "plays": [vars(play) for play in plays], "whole": whole}
    made: dict[str, Any] = json.loads(blank.evaluate(REPLAY, json.dumps(given)))
    return made


def compare(blank: Page, rules: dict[str, Any], count: int, whole: int) -> str:
    """Plays in both and asserts that nothing differs: every value of every state bit by bit, some states in full."""
    from commissioning import scenario

    began = time.perf_counter()
    ours = [random_play(rules, number) for number in range(count)]
    python = time.perf_counter() - began
    theirs = replay(blank, rules, [play for play, _ in ours], whole)
    for (play, states), other in zip(ours, theirs["made"], strict=True):
        assert other["crc"] == digest(rules, states), play
        assert other["ending"] == scenario.ending(rules, states[-1])
        assert other["reports"] == scenario.reports(rules, states[-1])
        assert other["states"] in (None, states), play
    chromium = theirs["milliseconds"] / 1000
    return f"{count:,} plays agree; Python {python:.1f} s, Chromium {chromium:.1f} s"


def test_a_thousand_plays_of_the_capstone_agree_to_the_last_bit(blank: Page) -> None:
    print(compare(blank, compiled("first-hundred-days"), PLAYS, WHOLE))


@pytest.mark.parametrize("name", ["small-turns", "small-nodes"])
def test_plays_of_small_rules_agree_with_every_state_in_full(blank: Page, name: str) -> None:
    print(compare(blank, compiled(name), 1000, 1000))


def tree(dice: random.Random, depth: int) -> Any:
    """A random compiled expression of any operator, with numbers that lie in wait: noughts, halves, huge and tiny."""
    if depth == 0 or dice.random() < 0.15:
        edges = [0, 1, -1, 0.5, -0.5, 2.5, 8, 27, 1e15, 1e-15, 1e300, -1e300, 1e-320]
        return dice.choice([["var", dice.choice("xyz")], dice.choice(edges), dice.uniform(-100, 100)])
    name, count = dice.choice(ARITIES)
    return [name, *(tree(dice, depth - 1) for _ in range(count or dice.randint(2, 4)))]


ARITIES = [
    *((name, 2) for name in ("+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=")),
    *((name, 1) for name in ("sqrt", "cbrt", "cbrt", "abs", "ceil", "floor", "round", "not")),
    *((name, 3) for name in ("clamp", "if")),
    *((name, 0) for name in ("min", "max", "and", "or")),
]


def test_ten_thousand_random_expressions_come_to_the_same_double(blank: Page) -> None:
    dice = random.Random(2013)
    cases = []
    for _ in range(10_000):
        values = {name: dice.choice([0.0, 1.0, -3.5, dice.uniform(-1e3, 1e3), dice.uniform(0, 1)]) for name in "xyz"}
        cases.append((tree(dice, 4), values))
    theirs = json.loads(blank.evaluate(EVALUATE, json.dumps(cases)), parse_int=float)
    ours = [evaluate(one, values) for one, values in cases]
    spelt = ["-0" if value == 0 and str(value) == "-0.0" else value for value in ours]
    assert [case for case, one, other in zip(cases, spelt, theirs, strict=True) if one != other] == []
    assert sum(value is not None for value in ours) > 5000


def test_the_browser_refuses_what_python_refuses(blank: Page) -> None:
    refused = """rules => {
      const s = globalThis.commissioning.scenario;
      const tries = [{}, {tea: "no"}, {tea: "green", biscuits: {}}, {tea: "black", biscuits: {plain: -1}},
                     {tea: "black", biscuits: {plain: 1.5}}, {tea: "black", biscuits: {cream: 1}},
                     {tea: "black", biscuits: {plain: 9}}, {tea: "black", coffee: "now"}];
      const told = (choices) => {
        try { s.step(rules, s.start(rules), choices); return ""; } catch (error) { return error.message; }
      };
      return tries.map(told);
    }"""
    messages = blank.evaluate(refused, compiled("small-turns"))
    assert all(messages), messages
