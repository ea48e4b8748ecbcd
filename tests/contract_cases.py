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

from commissioning import scenario
from commissioning.kinds import KINDS, negotiation

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
    """A thousand seeded (marking, response), plausible and absurd, with every golden case and boundary among them.

    A kind that has no dice of its own below gets its golden cases with parts of them changed at random.
    """
    dice = random.Random(f"{SEED} {kind}")
    golden = [(case.marking, case.response) for case in cases(kind)]
    made = [*golden, *(_estimate_boundaries() if kind == "estimate" else [])]
    while len(made) < MANY:
        marking, response = dice.choice(golden)
        if kind in MARKINGS:
            marking = MARKINGS[kind](dice)
            response = RESPONSES[kind](dice, marking)
        else:
            response = _changed(dice, response)
        made.append((marking, dice.choice(NOT_NUMBERS) if dice.random() < 0.02 else response))
    return made


def _changed(dice: random.Random, value: Any) -> Any:
    """The same with one or two of its parts changed: numbers moved, items dropped, doubled or turned into nonsense."""
    if isinstance(value, dict) and value:
        name = dice.choice(list(value))
        return {key: _changed(dice, part) if key == name else part for key, part in value.items()}
    if isinstance(value, list) and value:
        at = dice.randrange(len(value))
        parts = [_changed(dice, value[at])] if dice.random() < 0.7 else dice.choice([[], [value[at]] * 2])
        return [*value[:at], *parts, *value[at + 1 :]]
    if isinstance(value, int | float) and not isinstance(value, bool) and dice.random() < 0.7:
        return dice.choice([value + 1, value - 1, -value, value + 0.5, 0, dice.randint(0, 1000)])
    return _some(dice, value)


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
    return [(m, {"values": [edge] * m["asks"]}) for m in seen.values() for edge in _edges(m)]


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


def _grid(dice: random.Random) -> dict[str, Any]:
    parties = list("abcd"[: dice.randint(3, 4)])
    rows = [[row, {party: dice.sample("RACI", dice.randint(1, 3)) for party in parties}] for row in "xyz"]
    return {"parties": parties, "rows": rows[: dice.randint(2, 3)]}


def _letters(dice: random.Random, marking: dict[str, Any]) -> Any:
    odd = dice.random() < 0.2
    grid = {
        row: {party: dice.choice(["X", "", "RA", _some(dice, "A")] if odd and dice.random() < 0.1 else "RACI")
              for party in marking["parties"] if dice.random() < 0.85}
        for row, _ in marking["rows"] if dice.random() < 0.95
    }  # fmt: skip
    return {"grid": _some(dice, grid) if odd else grid}


def _facts(dice: random.Random) -> dict[str, Any]:
    has_panel = dice.random() < 0.5
    counts = [[dice.choice([0, 1, 2, 5, 9, 14]) for _ in range(4)] + [10] for _ in range(5)]
    items = [
        [name, dice.sample(counts[n], 5) if has_panel else None, sorted(dice.sample(range(-2, 3), dice.randint(2, 4)))]
        for n, name in enumerate("abcde"[: dice.randint(3, 5)])
    ]
    return {"items": items}


def _anchors(dice: random.Random, marking: dict[str, Any]) -> Any:
    odd = dice.random() < 0.3
    anchors = {name: dice.choice([-2, -1, 0, 1, 2, 1.0, -0.0]) for name, _, _ in marking["items"]}
    if odd:
        anchors[dice.choice([*anchors, "z"])] = dice.choice([3, -3, 0.5, _some(dice, 1)])
    reasons = dice.choice([{}, {"a": "because"}, {"a": ""}, {"z": "x"} if odd else {}])
    return {"anchors": anchors} | ({"reasons": _some(dice, reasons) if odd else reasons} if dice.random() < 0.7 else {})


def _negotiation(dice: random.Random) -> dict[str, Any]:
    points = lambda: dice.randint(-30, 40)  # noqa: E731
    issues = [[name, [[o, points(), points()] for o in "xyz"[: dice.randint(2, 3)]]] for name in "abc"]
    moves = {name: [dice.randint(-25, 15), dice.randint(-5, 15), name in "pq", name in "rs"] for name in "pqrs"}
    return {
        "rounds": dice.randint(3, 8),
        "relation": dice.randint(0, 100),
        "signs_at": dice.randint(0, 50),
        "open_at": dice.randint(40, 90),
        "alternatives": [points(), points()],
        "issues": issues[: dice.randint(2, 3)],
        "moves": moves,
        "interests": ["one", "two"],
    }


def _turns(dice: random.Random, marking: dict[str, Any]) -> Any:
    """Mostly a talk that is carried to its end; now and then one that breaks off, runs on or holds nonsense."""
    talk, turns, odd = negotiation.start(marking), [], dice.random() < 0.25
    while not talk.over and talk.round < marking["rounds"] and (not odd or dice.random() < 0.9):
        package = {name: dice.choice(options)[0] for name, options in marking["issues"]}
        given = {"move": dice.choice("pqrs"), "package": _some(dice, package) if odd else package}
        turns.append(_some(dice, given) if odd else given)
        negotiation.turn(marking, talk, turns[-1])
    if not talk.over or odd:
        turns.append({"move": "accept" if talk.table and dice.random() < 0.5 else "leave"})
    return {"turns": turns}


def _short_answer(dice: random.Random, marking: dict[str, Any]) -> Any:
    points = [_some(dice, p) if dice.random() < 0.1 else p for p in dice.choices([0, 1, 2, 3, -1, 0.5, 1.0, -0.0], k=3)]
    return {"text": "x", "points": _some(dice, points[: dice.randint(0, 3)])}


def _written(dice: random.Random, marking: dict[str, Any]) -> Any:
    between = dice.choice([" ", "\n", "\r\n", "\u00a0", "  ", "\t", "\u2003", "\ufeff", "\u0085", "\u2028"])
    text = between.join(dice.choices(["we", "owe", "£4m,", "-", "it’s", "\U0001f3e5"], k=dice.choice([0, 1, 5, 90])))
    ticked = dice.choices(marking["points"], k=dice.randint(0, 6))
    points = [_some(dice, point) if dice.random() < 0.05 else point for point in ticked]
    return {"text": _some(dice, text) if dice.random() < 0.1 else text, "points": _some(dice, points)}


def _sorting_marking(dice: random.Random) -> dict[str, Any]:
    cards = list("abcdefgh"[: dice.randint(3, 8)])
    if dice.random() < 0.4:
        return {"mode": "sequence", "options": sorted(cards), "key": dice.sample(cards, len(cards))}
    bins = list("xyzw"[: dice.randint(2, 4)])
    homes = [[card, dice.sample(bins, dice.choice([1, 1, 2]))] for card in cards]
    return {"mode": dice.choice(["sort", "match"]), "bins": bins, "cards": homes}


def _sorting(dice: random.Random, marking: dict[str, Any]) -> Any:
    if marking["mode"] == "sequence":
        order = dice.sample(marking["key"], len(marking["key"]))
        return {"order": _some(dice, [_some(dice, card) if dice.random() < 0.1 else card for card in order])}
    placed = {card: _some(dice, dice.choice([*marking["bins"], "none"])) for card, _ in marking["cards"]}
    return {"placed": _some(dice, dict(list(placed.items())[dice.choice([0, 0, 0, 1]) :]))}


def _document(dice: random.Random) -> dict[str, Any]:
    spans = [[span, dice.sample("tuv", dice.choice([0, 1, 1, 2])), []] for span in "abcdefgh"[: dice.randint(3, 8)]]
    spans = [[span, tags, [tag for tag in "tuv" if tag not in tags][: dice.randint(0, 2)]] for span, tags, _ in spans]
    elements = [[element, dice.random() < 0.5] for element in "klmn"[: dice.randint(0, 4)]]
    return {"tags": list("tuv"), "spans": [["key", ["t"], []], *spans], "elements": elements}


def _annotation(dice: random.Random, marking: dict[str, Any]) -> Any:
    tags = {span: dice.choice("tuv" if dice.random() < 0.99 else "z") for span, _, _ in marking["spans"]}
    some = {span: tag for span, tag in tags.items() if dice.random() < 0.6}
    ticked = [element for element, _ in marking["elements"] if dice.random() < 0.5]
    return {"tags": _some(dice, some), "missing": _some(dice, dice.choice([ticked, ticked * 2, ticked[::-1]]))}


def _scenario(dice: random.Random, marking: dict[str, Any]) -> Any:
    """A path that the rules allow, mostly; now and then one step wrong, short or long."""
    state, path = scenario.start(marking), list[Any]()
    while not scenario.is_over(marking, state):
        path.append(dice.choice(list(scenario.options(marking, state))))
        state = scenario.step(marking, state, path[-1])
    if dice.random() < 0.3:
        path[dice.randrange(len(path))] = _some(dice, dice.choice(["shut", "boil", "coats", "end"]))
    path = path[: dice.randint(0, 4)] if dice.random() < 0.1 else path
    return {"path": _some(dice, path + ["coats"] * (dice.random() < 0.05))}


def _uses(dice: random.Random) -> dict[str, Any]:
    step = dice.choice([1, 50, 100])
    items = {name: _use(dice, step) for name in "abcdef"[: dice.randint(3, 6)]}
    total = step * dice.randint(1, 20) + sum(item["floor"] for item in items.values())
    stances = {who: {name: dice.choice([item["floor"], item["most"]]) for name, item in items.items()} for who in "xy"}
    months, optimism = dice.choice([6, 12]), dice.choice([0, 20, 33.3])
    return {"total": total, "step": step, "months": months, "optimism": optimism, "items": items, "stances": stances}


def _use(dice: random.Random, step: int) -> dict[str, Any]:
    ends = sorted({step * dice.randint(1, 9) + dice.choice([0, 0, 7]) for _ in range(dice.randint(1, 3))})
    climbs = [sorted(round(dice.uniform(0, 99), 2) for _ in ends) for _ in range(3)]
    gains: Any = [[0, 0, 0, 0], *([end, *at] for end, *at in zip(ends, *climbs, strict=True))]
    if dice.random() < 0.4:
        gains = {"limit": [round(dice.uniform(0, 99), 1) for _ in range(3)], "half": dice.randint(1, 300)}
    floor, lag = dice.choice([0, 0, ends[0] // 2]), dice.choice([0, 1, 5, 11, 12, 30])
    equity, sector = dice.choice([0, 33.3, 70]), dice.choice(["in", "out", None])
    return {"floor": floor, "most": ends[-1], "gains": gains, "lag": lag, "equity": equity, "sector": sector}


def _allocation(dice: random.Random, marking: dict[str, Any]) -> Any:
    """Money laid out option by option while it lasts; now and then too much of it, or none, or no money at all."""
    spend: dict[str, Any] = {name: item["floor"] for name, item in marking["items"].items()}
    for name in dice.sample(list(spend), len(spend)):
        room = min(marking["items"][name]["most"] - spend[name], marking["total"] - sum(spend.values()))
        spend[name] += dice.choice([0, room, dice.randint(0, room)])
    if dice.random() < 0.3:
        name = dice.choice(list(spend))
        spend[name] = _some(dice, dice.choice([spend[name] + 1, spend[name] - 1, float(spend[name]), 0.5, 0, 9999]))
    if dice.random() < 0.05:
        spend[dice.choice(["z", *spend])] = spend.pop(dice.choice(list(spend)))
    return {"spend": _some(dice, spend)}


def _contest(dice: random.Random) -> dict[str, Any]:
    criteria = list("pqrstu"[: dice.randint(2, 6)])
    number = lambda: dice.choice([0, 50, 100, dice.randint(0, 100), round(dice.uniform(0, 100), 1)])  # noqa: E731
    scores = {name: {c: sorted(number() for _ in range(3)) for c in criteria} for name in "abcde"[: dice.randint(3, 5)]}
    stances = {who: {c: dice.randint(1, 100) for c in criteria} for who in "xy"}
    draws, concentration, seed = dice.choice([(60, 40, 2016), (30, 40, 4294967295), (50, 12, 1)])
    common = {"draws": draws, "concentration": concentration, "seed": seed}
    return {"criteria": dice.sample(criteria, len(criteria)), "scores": scores, "stances": stances, **common}


def _priorities(dice: random.Random, marking: dict[str, Any]) -> Any:
    points = lambda: dice.choice([0, 1, 100, dice.randint(0, 100), dice.randint(0, 100)])  # noqa: E731
    swings: dict[str, Any] = {name: points() for name in marking["criteria"]}
    if dice.random() < 0.2:
        name = dice.choice(list(swings))
        swings[name] = _some(dice, dice.choice([101, -1, 0.5, 50.0, -0.0]))
    if dice.random() < 0.05:
        swings[dice.choice(["z", *swings])] = swings.pop(dice.choice(list(swings)))
    return {"swings": _some(dice, swings)}


def _board(dice: random.Random) -> dict[str, Any]:
    suppliers, names = list("pqrs"[: dice.randint(2, 4)]), list("abcde"[: dice.randint(2, 5)])
    functions = [
        [name, {who: [dice.randint(0, 99), dice.choice([0, 0, 3, 9])] for who in dice.sample(suppliers, 2)}]
        for name in names
    ]
    remarks = [
        [
            dice.choice(suppliers),
            sorted(dice.sample(names, dice.randint(1, len(names)))),
            *low_high,
            dice.choice([3, 6, 9]),
        ]
        for low_high in dice.sample([(0, 0), (1, 1), (1, 5), (2, 3), (2, 5)], dice.randint(0, 4))
    ]
    total = dice.randint(20, 90) * len(names)
    return {"total": total, "suppliers": suppliers, "functions": functions, "remarks": remarks}


def _chosen(dice: random.Random, marking: dict[str, Any]) -> Any:
    """A choice for each function, mostly; now and then one too few, or of somebody who does not offer it."""
    chosen: dict[str, Any] = {name: dice.choice(list(cells)) for name, cells in marking["functions"]}
    if dice.random() < 0.2:
        name = dice.choice(list(chosen))
        chosen[name] = _some(dice, dice.choice(["p", "toString", ["p"], ""]))
    if dice.random() < 0.05:
        chosen[dice.choice(["z", *chosen])] = chosen.pop(dice.choice(list(chosen)))
    return {"chosen": _some(dice, chosen)}


SCORED = [kind for kind in KINDS if (FOLDER / f"{kind}.json").is_file()]
"""Kinds that have a contract; that each has one is for `test_promises` to say."""
MARKINGS: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "best-answer": _marked_options,
    "claim": _marked_options,
    "choose-three": _eight,
    "ranking": _order,
    "sorting": _sorting_marking,
    "annotation": _document,
    "decision-rights": _grid,
    "concordance": _facts,
    "negotiation": _negotiation,
    "scenario": lambda dice: dice.choice(cases("scenario")).marking,
    "estimate": _bounds,
    "explorer": _model,
    "short-answer": lambda dice: {"points": dice.choice([2, 3])},
    "plain-words": lambda dice: {"points": list("abcdefgh"[: dice.randint(4, 8)]), "least": 20, "most": 60},
    "allocation": _uses,
    "priorities": _contest,
    "sourcing": _board,
}
RESPONSES: dict[str, Callable[[random.Random, dict[str, Any]], Any]] = {
    "best-answer": _best_answer,
    "claim": _claim,
    "choose-three": _choose_three,
    "ranking": _ranking,
    "sorting": _sorting,
    "annotation": _annotation,
    "decision-rights": _letters,
    "concordance": _anchors,
    "negotiation": _turns,
    "scenario": _scenario,
    "estimate": _estimate,
    "explorer": _explorer,
    "short-answer": _short_answer,
    "plain-words": _written,
    "allocation": _allocation,
    "priorities": _priorities,
    "sourcing": _chosen,
}
