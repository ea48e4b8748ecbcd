"""The engine carries the capstone: its rules as data give what the design's prototype gave (curriculum, 4.8)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from scenario_plays import FIXTURES, compiled, random_play

import commissioning.scenario
from commissioning import scenario

RULES = compiled("first-hundred-days")
LENSES = ("money", "patients", "redesigned", "partners", "the_public", "overseers", "foundations")
VECTORS: list[dict[str, Any]] = json.loads((FIXTURES / "prototype-vectors.json").read_text(encoding="utf-8"))["vectors"]
STRATEGIES = {vector["strategy"]: vector["choices"] for vector in VECTORS if vector["strategy"] != "random"}


def end(choices: dict[str, Any], seed: int, k_w: float = 0.004) -> scenario.State:
    return scenario.play(RULES, choices, seed=seed, dials={"k_w": k_w})[-1]


def lenses(state: scenario.State) -> dict[str, float]:
    made = scenario.reports(RULES, state)
    return {name: float(made[name] or 0) for name in LENSES}


@pytest.mark.parametrize(
    ("strategy", "seed", "position", "printed"),
    [
        ("Builder", 1, -3131, [33.9, 54.9, 63.6, 61.1, 43.7, 40.4, 66.5]),
        ("Bookkeeper", 1, -1322, [49.0, 46.5, 24.4, 45.6, 33.1, 74.2, 36.3]),
        ("Rescuer", 2013, -5594, [13.4, 52.6, 46.6, 45.6, 68.3, 20.0, 35.1]),
    ],
)
def test_the_printed_vectors_are_met_exactly(strategy: str, seed: int, position: int, printed: list[float]) -> None:
    state = end(STRATEGIES[strategy], seed)
    assert scenario.reports(RULES, state)["position"] == position
    assert list(lenses(state).values()) == printed


def test_the_builders_deck_is_the_prototypes() -> None:
    named = ["support-fails", "property-charge", "access-refused", "top-slice", "trust-resists"]
    assert scenario.start(RULES, 1)["deck"] == named


def difference(vector: dict[str, Any]) -> float:
    """How far a play is from the prototype's, in £k over all accounts and both positions; lenses must be its own."""
    state = end(vector["choices"], vector["seed"], vector["k_w"])
    made = scenario.reports(RULES, state)
    later = scenario.reports(RULES, scenario.afterwards(RULES, state))
    assert state["deck"] == vector["deck"]
    assert list(lenses(state).values()) == vector["lenses"]
    pairs = [(made["position"], vector["position"]), (later["day_365"], vector["day_365"])]
    pairs += [(state["values"][name], amount) for name, amount in vector["accounts"].items()]
    return max(abs((one or 0) - other) for one, other in pairs)


def test_a_hundred_and_twelve_games_of_the_prototype_come_out_the_same() -> None:
    """It rounds halves of a thousand to even, we round them up: one of these games meets such a payment, by £1k."""
    differences = [difference(vector) for vector in VECTORS]
    assert len(differences) == 112
    assert sorted(differences)[-2:] == [0, 1]


def test_no_named_strategy_is_dominated_and_four_lead_some_lens() -> None:
    means = {name: mean(choices, range(1, 41)) for name, choices in STRATEGIES.items()}
    for one in means:
        for other in means:
            assert one == other or any(means[one][lens] > means[other][lens] for lens in LENSES)
    assert len({max(means, key=lambda name: means[name][lens]) for lens in LENSES}) >= 4


def mean(choices: dict[str, Any], seeds: range) -> dict[str, float]:
    ends = [lenses(end(choices, seed)) for seed in seeds]
    return {lens: sum(one[lens] for one in ends) / len(ends) for lens in LENSES}


def test_the_order_on_money_is_not_the_same_a_year_on() -> None:
    def ranked(report: str, at: Any) -> list[str]:
        worth = {
            name: sum(scenario.reports(RULES, at(end(choices, seed)))[report] or 0 for seed in range(1, 41))
            for name, choices in STRATEGIES.items()
        }
        return sorted(worth, key=lambda name: -worth[name])

    hundred = ranked("position", lambda state: state)
    year = ranked("day_365", lambda state: scenario.afterwards(RULES, state))
    assert hundred != year
    assert year[0] == "Builder" != hundred[0]


def rate(**values: float) -> float:
    """What the redesign would gain in a turn, before saturation, with these variables and all others at 50."""
    state = scenario.start(RULES)
    names = ("engagement", "clinicians", "executives", "mandate", "improvement", "support")
    state["values"].update({name: values.get(name, 50.0) for name in names} | {"model": 3.0})
    run = commissioning.scenario.engine.Run(RULES, state)
    run.run("braking")
    return 0.42 * run.values["rate"]


def test_a_missing_part_stops_the_redesign() -> None:
    for pair in (("improvement", "support"), ("engagement", "clinicians"), ("executives", "mandate")):
        assert rate(**dict.fromkeys(pair, 0.0)) == 0
    assert rate() == pytest.approx(21.0)
    assert round(rate(engagement=80, clinicians=80, executives=80, mandate=80, improvement=10, support=10), 1) == 4.2
    names = ("engagement", "clinicians", "executives", "mandate", "improvement", "support")
    assert round(rate(**dict.fromkeys(names, 57.0)), 1) == 23.9


def test_more_trust_of_clinicians_never_slows_the_redesign() -> None:
    rates = [rate(clinicians=float(level)) for level in range(0, 101, 5)]
    assert rates == sorted(rates)


def test_asking_for_everything_never_yields_more_data_than_asking_for_little() -> None:
    for number in range(60):
        play, _ = random_play(RULES, number)
        data = {}
        for request in ("full", "minimal"):
            choices = [{**turn, **({"request": request} if "request" in turn else {})} for turn in play.choices]
            ahead = iter(choices)
            data[request] = scenario.play(RULES, lambda *_, a=ahead: next(a), seed=play.seed)[-1]["values"]["data"]
        assert data["full"] <= data["minimal"]


def test_a_larger_top_slice_never_raises_the_position() -> None:
    larger = json.loads(json.dumps(RULES).replace('["*", 1970, ', '["*", 2370, '))
    assert larger != RULES
    for number in range(60):
        play, states = random_play(RULES, number)
        ahead = iter(play.choices)
        other = scenario.play(larger, lambda *_, a=ahead: next(a), seed=play.seed, dials=play.dials)[-1]
        same = states[-2]
        assert scenario.reports(larger, other)["position"] <= scenario.reports(RULES, same)["position"]


def test_nothing_in_the_engine_adds_lenses_up() -> None:
    folder = Path(commissioning.scenario.__file__).parent
    for path in folder.glob("*.py"):
        assert not re.search(r"\bsum\(.*(report|lens)", path.read_text(encoding="utf-8")), path
