"""Thousands of games at once come out as the engine plays each alone: to the last digit, in every value."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scenario_plays import compiled, random_play

from commissioning import scenario
from commissioning.scenario import ScenarioError, dice, many
from commissioning.scenario.columns import APPLY as OVER_COLUMNS
from commissioning.scenario.columns import Sum, dice_of, draw_column
from commissioning.scenario.many import play_many
from commissioning.scenario.policies import policies
from commissioning.source.expression import APPLY, compile_expression, cube_root, evaluate

RULES = compiled("first-hundred-days")


def differences(name: str, games: int) -> list[Any]:
    """Every value, report, card and die in which many games at once differ from the same games played one by one."""
    rules = compiled(name)
    alone = [random_play(rules, number) for number in range(games)]
    dials = {dial: [play.dials[dial] for play, _ in alone] for dial in rules["dials"]}
    choices, seeds = [play.choices for play, _ in alone], [play.seed for play, _ in alone]
    together = play_many(rules, choices, seeds, dials, each_turn=True)
    found: list[Any] = []
    for game, (_, states) in enumerate(alone):
        at_end, later = states[rules["turns"]], states[-1]
        for turn in range(1, rules["turns"] + 1):
            found += unlike(together.turns[turn - 1], game, states[turn]["values"])
        found += unlike(together.afterwards, game, {**later["values"], "turn": later["turn"]})
        found += unlike(together.reports, game, scenario.reports(rules, at_end))
        found += unlike(together.letters, game, scenario.reports(rules, later))
        if (together.deck[game], together.dice[game]) != (at_end["deck"], at_end["dice"]):
            found.append((game, at_end["deck"]))
    return found


def unlike(columns: dict[str, Any], game: int, wanted: dict[str, Any]) -> list[Any]:
    def same(one: float, other: float | None) -> bool:
        return math.isnan(one) if other is None else one == other

    return [(game, name, value) for name, value in wanted.items() if not same(columns[name][game], value)]


@pytest.mark.parametrize(("name", "games"), [("first-hundred-days", 150), ("small-turns", 400)])
def test_games_played_together_equal_games_played_alone(name: str, games: int) -> None:
    assert differences(name, games) == []


@pytest.mark.slow
def test_two_thousand_games_played_together_equal_games_played_alone() -> None:
    """Three quarters of a million values, and every card and die."""
    assert differences("first-hundred-days", 2000) == []


def test_the_size_of_a_batch_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = play_many(RULES, [random_play(RULES, n)[0].choices for n in range(40)], range(40), each_turn=True)
    monkeypatch.setattr(many, "BATCH", 7)
    parts = play_many(RULES, [random_play(RULES, n)[0].choices for n in range(40)], range(40), each_turn=True)
    assert parts.frame().equals(whole.frame())
    assert parts.deck == whole.deck
    assert all(np.array_equal(parts.turns[4][name], whole.turns[4][name]) for name in RULES["start"])


def test_dice_in_columns_fall_as_dice_fall_alone() -> None:
    seeds = [0, 1, 2013, 2**32 - 1, -1, 2**40 + 7]
    drawn, after = draw_column(dice_of(seeds))
    assert list(zip(drawn, after, strict=True)) == [dice.draw(seed & dice.WORD) for seed in seeds]
    assert np.array_equal(dice_of(np.array([1, -1])), dice_of([1, -1]))


def test_the_dice_are_mulberry32s() -> None:
    lying, drawn = dice_of([1]), []
    for _ in range(4):
        u, lying = draw_column(lying)
        drawn.append(round(float(u[0]), 10))
    assert drawn == [0.6270739406, 0.0027357212, 0.5274470400, 0.9810509675]


ODD = [-8.0, -1.0, -0.5, -0.0, 0.0, 1e-9, 0.49999999999999994, 0.5, 1.0, 2.5, 27.0, 1e6, 1e12]
TEXTS = [
    "a + b", "a - b", "a * b", "a / b", "min(a, b, 1)", "max(a, b, 1)", "ceil(a)", "floor(a)", "round(a)", "sqrt(a)",
    "cbrt(a * b)", "abs(a)", "clamp(a, -1, b)", "a < b", "a <= b", "a > b", "a >= b", "a == b", "a != b",
    "a > 0 and b > 0", "a / b > 0 or b > 0", "not a", "if(a > b, a / b, sqrt(b))", "if(a / b > 0, 1, 2)",
    "min(a / b, 3)", "not sqrt(a)", "clamp(1 / a, 0, 1)", "1 / 0 + a", "3 * 2 - 1", "max(sqrt(a), sqrt(b))",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_arithmetic_over_columns_is_arithmetic(text: str) -> None:
    tree = compile_expression(text, {"a", "b"}, rules=True)
    pairs = [(a, b) for a in ODD for b in ODD]
    with np.errstate(all="ignore"):
        worked = Sum({"a": np.array([a for a, _ in pairs]), "b": np.array([b for _, b in pairs])})
        made = np.broadcast_to(worked.value(tree), len(pairs))
    for (a, b), value in zip(pairs, made, strict=True):
        alone = evaluate(tree, {"a": a, "b": b})
        assert math.isnan(value) if alone is None else value == alone, (a, b, value, alone)
        assert worked.lacking or alone is not None


def test_every_operation_of_rules_is_known_over_columns() -> None:
    assert set(OVER_COLUMNS) == set(APPLY)


def test_cube_roots_over_columns_take_the_same_steps() -> None:
    numbers = np.random.default_rng(7).uniform(-1e6, 1e6, 20_000) ** 3
    assert [float(x) for x in OVER_COLUMNS["cbrt"](numbers)] == [cube_root(float(x)) for x in numbers]


def test_one_policy_for_all_games_is_each_games_policy() -> None:
    policy = {"attention": {"data": 2}, **{name: next(iter(part["options"])) for name, part in DECIDED.items()}}
    one = play_many(RULES, policy, range(5))
    assert one.frame().equals(play_many(RULES, [policy] * 5, range(5)).frame())


DECIDED = {name: part for name, part in RULES["decisions"].items() if "options" in part}
FIRST = {name: next(iter(part["options"])) for name, part in DECIDED.items()}


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({**FIRST, "model": "nobody"}, r"^'nobody' cannot be chosen for 'model' now\.$"),
        ({**FIRST, "attention": {"data": 9}}, r"^'attention' takes at most 8 whole points over its own channels\.$"),
        ({**FIRST, "attention": {"golf": 1}}, r"^'attention' takes at most 8 whole points over its own channels\.$"),
        ([[{"model": "gps"}]], r"^'model' is not decided in turn 1\.$"),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_in_the_engines_words(choices: Any, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        play_many(RULES, choices, [1])


def test_a_closed_option_a_strange_dial_and_a_missing_seed_are_refused() -> None:
    closed = {**RULES, "decisions": {**RULES["decisions"], "model": closed_at("gps")}}
    with pytest.raises(ScenarioError, match=r"^'gps' cannot be chosen for 'model' now\.$"):
        play_many(closed, {**FIRST, "model": "gps"}, [1])
    with pytest.raises(ScenarioError, match=r"^'k_w' is no dial, or is set outside it\.$"):
        play_many(RULES, FIRST, [1], {"k_w": 1})
    with pytest.raises(ScenarioError, match=r"^there are 3 seeds for 2 games\.$"):
        play_many(RULES, [FIRST, FIRST], [1, 2, 3])
    with pytest.raises(ScenarioError, match=r"^many games at once are played of rules with turns"):
        play_many(compiled("small-nodes"), FIRST, [1])


def closed_at(option: str) -> dict[str, Any]:
    model = RULES["decisions"]["model"]
    never = {**model["options"][option], "when": [">", ["var", "mandate"], 1000]}
    return {**model, "options": {**model["options"], option: never}}


def test_no_game_at_all_is_a_table_without_rows() -> None:
    none = play_many(RULES, policies(RULES, FIRST, 0), [])
    assert none.frame().empty
    assert "position" in none.frame()
