"""The scoring contract: golden cases computed by hand, and random answers, for every scored kind.

Python's and the browser's tests both read their cases from here, so that neither can drift.
"""

from __future__ import annotations

import itertools
import json
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commissioning.kinds import KINDS

FOLDER = Path(__file__).resolve().parent / "contract"
SEED, MANY = 20130401, 1000
NOT_NUMBERS: list[Any] = [
    None,
    "",
    "1",
    "a",
    True,
    False,
    [],
    [1],
    {},
    {"a": 1},
    math.nan,
    math.inf,
    -math.inf,
    10**400,
]


@dataclass(frozen=True)
class Case:
    """One response to one marking, the score it must get, and why."""

    kind: str
    marking: dict[str, Any]
    response: Any
    score: Any
    why: str


def cases(kind: str) -> list[Case]:
    """The golden cases of a kind."""
    held = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    assert (held["format"], held["kind"]) == ("commissioning-contract/1", kind)
    markings = held["markings"]
    return [Case(kind, markings[c["marking"]], c["response"], c["score"], c["why"]) for c in held["cases"]]


def is_same(one: Any, other: Any) -> bool:
    """Whether two scores are the same; numbers may differ by a part in 10**12, which is binary fractions' own."""
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, int | float | list | dict):
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, dict):
        return isinstance(other, dict) and one.keys() == other.keys() and all(is_same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(is_same, one, other))
    return isinstance(other, int | float) and math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)


def as_json(value: Any) -> str:
    """JSON with what JSON lacks written as {"$number": "NaN"}; `REVIVE` in the browser takes it back."""
    return json.dumps(_spelt(value))


REVIVE = """(key, value) => (value && value.$number ? Number(value.$number) : value)"""


def _spelt(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": str(value).replace("nan", "NaN").replace("inf", "Infinity")}
    if isinstance(value, dict):
        return {key: _spelt(part) for key, part in value.items()}
    return [_spelt(part) for part in value] if isinstance(value, list) else value


# -- random answers ------------------------------------------------------------------------------------------------


def random_answers(kind: str) -> list[tuple[dict[str, Any], Any]]:
    """A thousand seeded (marking, response), plausible and absurd, with every boundary among them."""
    dice = random.Random(f"{SEED} {kind}")
    made = list(BOUNDARIES[kind]())
    while len(made) < MANY:
        marking = MARKINGS[kind](dice)
        response = RESPONSES[kind](dice, marking)
        made.append((marking, dice.choice(NOT_NUMBERS) if dice.random() < 0.02 else response))
    return made


def _golden(kind: str) -> Callable[[], list[tuple[dict[str, Any], Any]]]:
    return lambda: [(case.marking, case.response) for case in cases(kind)]


def _some(dice: random.Random, plausible: Any) -> Any:
    """Mostly what is plausible, now and then what is not."""
    return dice.choice(NOT_NUMBERS) if dice.random() < 0.1 else plausible


def _marked_options(dice: random.Random) -> dict[str, Any]:
    options = list("abcdefgh"[: dice.randint(3, 5)])
    return {"options": options, "key": dice.choice(options)}


def _best_answer(dice: random.Random, marking: dict[str, Any]) -> Any:
    certainty = dice.choice([1, 2, 3, 1.0, 3.0, 0, 4, -1, 2.5])
    return {"choice": _some(dice, dice.choice([*marking["options"], "z"])), "certainty": _some(dice, certainty)}


def _claim(dice: random.Random, marking: dict[str, Any]) -> Any:
    return {"choice": _some(dice, dice.choice([*marking["options"], "z"]))}


def _eight(dice: random.Random) -> dict[str, Any]:
    return {"options": list("abcdefgh"), "key": sorted(dice.sample("abcdefgh", 3))}


def _choose_three(dice: random.Random, marking: dict[str, Any]) -> Any:
    choices = [dice.choice("abcdefgh" if dice.random() < 0.97 else "xyz") for _ in range(dice.randint(0, 5))]
    return {"choices": _some(dice, [_some(dice, c) if dice.random() < 0.1 else c for c in choices])}


def _order(dice: random.Random) -> dict[str, Any]:
    key = list("abcde"[: dice.choice([4, 5])])
    dice.shuffle(key)
    return {"options": sorted(key), "key": key}


def _ranking(dice: random.Random, marking: dict[str, Any]) -> Any:
    n = len(marking["key"])
    places: list[Any] = dice.sample(range(1, n + 1), n)
    if dice.random() < 0.5:
        places = [dice.choice([*range(n + 2), 1.0, 1.5, _some(dice, 2)]) for _ in range(n)]
    ranks = dict(zip(marking["options"], places, strict=True))
    if dice.random() < 0.2:
        ranks.pop(dice.choice(marking["options"]))
    return {"ranks": _some(dice, ranks)}


def _bounds(dice: random.Random) -> dict[str, Any]:
    low, width = dice.choice([0, -10, 0.5, 100]), dice.choice([1, 7, 100, 12.5])
    common = {"between": [low, low + width], "asks": dice.choice([1, 2])}
    if dice.random() < 0.5:
        cuts = sorted({round(low + dice.random() * width, dice.choice([0, 1, 3])) for _ in range(dice.randint(1, 4))})
        ends = [low, *(cut for cut in cuts if low < cut < low + width), low + width]
        return common | {"ranges": [[f"r{i}", *pair] for i, pair in enumerate(itertools.pairwise(ends))]}
    errors = [[f"e{i}", round(low + dice.random() * width, 2), dice.choice([0, 0.05, 1, 3])] for i in range(3)]
    value = round(low + dice.random() * width, 1)
    return common | {"value": value, "tolerance": dice.choice([0, 0.1, 0.5, 3]), "errors": errors}


def _edges(marking: dict[str, Any]) -> list[float]:
    """Every number at which a score may change, and its nearest neighbours on both sides."""
    edges: list[float] = [*marking["between"]]
    edges += [end for _, *ends in marking.get("ranges", []) for end in ends]
    spans = [[None, marking["value"], marking["tolerance"]], *marking["errors"]] if "value" in marking else []
    edges += [at + sign * by for _, at, by in spans for sign in (-1, 1, 0)]
    near = [math.nextafter(edge, toward) for edge in edges for toward in (-math.inf, math.inf)]
    return [*edges, *near, *(edge + by for edge in edges for by in (-1e-9, 1e-9, -2e-9, 2e-9, 0.01))]


def _estimate(dice: random.Random, marking: dict[str, Any]) -> Any:
    low, high = marking["between"]
    number = lambda: dice.choice([dice.choice(_edges(marking)), low + dice.random() * (high - low)])  # noqa: E731
    count = marking["asks"] if dice.random() < 0.95 else dice.randint(0, 3)
    return {"values": _some(dice, [_some(dice, number()) for _ in range(count)])}


def _estimate_boundaries() -> list[tuple[dict[str, Any], Any]]:
    seen = {json.dumps(case.marking): case.marking for case in cases("estimate")}
    edges = [(m, {"values": [edge] * m["asks"]}) for m in seen.values() for edge in _edges(m)]
    return [*_golden("estimate")(), *edges]


def _model(dice: random.Random) -> dict[str, Any]:
    grid = sorted({round(dice.uniform(0, 10), 1) for _ in range(6)})
    table = {"by": "x", "over": grid, "columns": {"y": [dice.randint(0, 5000) for _ in grid]}}
    known = ["x", "z", "t.y"]
    outputs = []
    for name in ("a", "b", "c"):
        outputs.append([name, _tree(dice, known, depth=4), dice.choice([-2, 0, 1, 3])])
        known.append(name)
    at = {"x": dice.choice([0, 5, 10, round(dice.uniform(0, 10), 2)]), "z": dice.choice([0, 1, -3, 0.1, 100])}
    inputs = {"x": [0, 10, 0.1, 5], "z": [-100, 100, 0.1, 1]}
    return {"inputs": inputs, "tables": {"t": table}, "outputs": outputs, "regions": [{}], "prediction": ["c", at]}


def _tree(dice: random.Random, known: list[str], *, depth: int) -> Any:
    """A random expression: numbers, names, and every operator that a compiled one may hold."""
    if depth == 0 or dice.random() < 0.2:
        return dice.choice([["var", dice.choice(known)], dice.randint(0, 200), round(dice.uniform(0, 3), 2)])
    name = dice.choice(["+", "-", "*", "/", "/", "min", "max", "ceil", "floor", "round"])
    count = {"ceil": 1, "floor": 1, "round": 1, "min": dice.randint(2, 4), "max": dice.randint(2, 4)}.get(name, 2)
    return [name, *(_tree(dice, known, depth=depth - 1) for _ in range(count))]


def _explorer(dice: random.Random, marking: dict[str, Any]) -> Any:
    return {"prediction": _some(dice, dice.choice([0, -1, dice.randint(-9999, 9999), dice.uniform(-1e6, 1e6)]))}


def _short_answer(dice: random.Random, marking: dict[str, Any]) -> Any:
    points = [_some(dice, p) if dice.random() < 0.1 else p for p in dice.choices([0, 1, 2, 3, -1, 0.5, 1.0, -0.0], k=3)]
    return {"text": "x", "points": _some(dice, points[: dice.randint(0, 3)])}


SCORED = list(KINDS)
MARKINGS: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "best-answer": _marked_options,
    "claim": _marked_options,
    "choose-three": _eight,
    "ranking": _order,
    "estimate": _bounds,
    "explorer": _model,
    "short-answer": lambda dice: {"points": dice.choice([2, 3])},
}
RESPONSES: dict[str, Callable[[random.Random, dict[str, Any]], Any]] = {
    "best-answer": _best_answer,
    "claim": _claim,
    "choose-three": _choose_three,
    "ranking": _ranking,
    "estimate": _estimate,
    "explorer": _explorer,
    "short-answer": _short_answer,
}
BOUNDARIES = {kind: _golden(kind) for kind in KINDS} | {"estimate": _estimate_boundaries}
