"""The scenario engine: what a step does, that it changes nothing else, and what holds in every play."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_plays import compiled, digest, random_play

from commissioning import scenario
from commissioning.scenario import Rules, ScenarioError
from commissioning.scenario.dice import draw

TURNS = compiled("small-turns")
NODES = compiled("small-nodes")
CAPSTONE = compiled("first-hundred-days")


def turns(do: Any, **more: Any) -> dict[str, Any]:
    """Rules of a few turns in each of which `do` is done."""
    variable = {"min": 0, "max": 100, "start": 40, "meaning": "x", "digits": 4}
    accounts = {
        "purse": {"start": 10, "meaning": "x"},
        "shop": {"start": 0, "meaning": "x"},
        "bank": {"start": 0, "meaning": "x", "lends": True},
    }
    given = {
        "form": "turns", "title": "t", "turns": 3, "order": ["late", "choices"], "variables": {"x": variable},
        "accounts": accounts, "decisions": {"act": {"options": {"do": {"do": do}, "rest": {}}}},
    }  # fmt: skip
    return scenario.compile_rules(Rules.model_validate(given | more))


def after(rules: dict[str, Any], *acts: str, seed: int = 1) -> scenario.State:
    state = scenario.start(rules, seed)
    for act in acts:
        state = scenario.step(rules, state, {"act": act})
    return state


def test_the_dice_are_mulberry32() -> None:
    dice, drawn = 1, []
    for _ in range(4):
        u, dice = draw(dice)
        drawn.append(u)
    assert [f"{u:.10f}" for u in drawn] == ["0.6270739406", "0.0027357212", "0.5274470400", "0.9810509675"]


@pytest.mark.parametrize(
    ("do", "x"),
    [
        ([{"up": {"x": 10}}], 46),
        ([{"up": {"x": -10}}], 36),
        ([{"up": {"x": 100}}], 100),
        ([{"add": {"x": "x / 4"}}], 50),
        ([{"add": {"x": 1000}}], 100),
        ([{"add": {"x": -1000}}], 0),
        ([{"set": {"x": "sqrt(x * 10)"}}], 20),
        ([{"set": {"x": "1 / 0"}}], 40),
        ([{"up": {"x": "1 / 0"}}], 40),
        ([{"let": {"y": "x / 2"}}, {"set": {"x": "y + turn"}}], 21),
        ([{"if": "x > 39 and not purse < 10", "then": [{"set": {"x": 1}}], "else": [{"set": {"x": 2}}]}], 1),
        ([{"if": "1 / 0", "then": [{"set": {"x": 1}}], "else": [{"set": {"x": 2}}]}], 2),
        ([{"repeat": 3, "do": [{"add": {"x": 1}}]}], 43),
        ([{"chance": 1, "then": [{"set": {"x": 1}}]}], 1),
        ([{"chance": 0, "then": [{"set": {"x": 1}}]}], 40),
        ([{"if": "act.do", "then": [{"set": {"x": 7}}]}], 7),
    ],
)
def test_a_step_does_what_it_says(do: Any, x: float) -> None:
    assert after(turns(do), "do")["values"]["x"] == x


def pays(amount: Any, *, lender: bool = True) -> tuple[dict[str, float], list[Any]]:
    accounts = {"purse": {"start": 10, "meaning": "x"}, "shop": {"start": 3, "meaning": "x"}}
    accounts |= {"bank": {"start": 0, "meaning": "x", "lends": True}} if lender else {}
    do = [{"pay": [{"from": "purse", "to": "shop", "amount": amount}]}]
    lent = [{"add": {"x": "loan"}}] if lender else []
    state = after(turns(do, accounts=accounts, when_lent=lent), "do")
    return {name: state["values"][name] for name in [*accounts, "x"]}, state["log"]


def test_money_moves_in_whole_thousands_rounded_half_up() -> None:
    assert pays("2.5")[0] == {"purse": 7, "shop": 6, "bank": 0, "x": 40}
    assert pays("2.4999")[0] == {"purse": 8, "shop": 5, "bank": 0, "x": 40}


def test_a_negative_amount_flows_the_other_way() -> None:
    assert pays(-2)[0] == {"purse": 12, "shop": 1, "bank": 0, "x": 40}


def test_who_is_short_borrows_the_gap_and_the_rules_say_what_that_costs() -> None:
    values, log = pays(25)
    assert values == {"purse": 0, "shop": 28, "bank": -15, "x": 55}
    assert ["lent", "purse", 15] in log


def test_without_a_lender_one_pays_what_there_is() -> None:
    assert pays(25, lender=False)[0] == {"purse": 0, "shop": 13, "x": 40}


@pytest.mark.parametrize(("when", "lands"), [({"in_turns": 1}, 2), ({"in_turns": 2}, 3), ({"at_turn": 3}, 3)])
def test_a_late_effect_lands_in_its_turn_with_the_values_of_its_own_day(when: dict[str, int], lands: int) -> None:
    rules = turns([{"let": {"z": "turn * 10"}}, {**when, "do": [{"set": {"x": "z"}}]}])
    states = [after(rules, "do", *["rest"] * n) for n in range(3)]
    assert [state["values"]["x"] for state in states] == [10 if turn >= lands else 40 for turn in (1, 2, 3)]
    assert ["late", "act.do", "act.do~1"] in states[lands - 1]["log"]


def test_a_late_effect_due_after_the_last_turn_never_lands() -> None:
    state = after(turns([{"in_turns": 3, "do": [{"set": {"x": 0}}]}]), "do", "rest", "rest")
    assert state["values"]["x"] == 40
    assert state["late"] != []


def test_a_late_effect_of_a_node_lands_where_it_was_sent() -> None:
    state = scenario.start(NODES)
    for choice, money in (("leave-open", 10), ("wait", 14.25)):
        state = scenario.step(NODES, state, choice)
        assert state["values"]["money"] == money
    assert ["late", "door.leave-open", "door.leave-open~1"] in state["log"]


def test_each_turn_plays_the_next_card_of_the_deck() -> None:
    _, states = random_play(TURNS, 1)
    cards = [next(entry[1] for entry in state["log"] if entry[0] == "event") for state in states[1:4]]
    assert cards == states[0]["deck"][:3]


def test_severity_is_drawn_within_its_span() -> None:
    plays = (random_play(TURNS, n)[1] for n in range(300))
    drawn = [entry[2] for states in plays for state in states for entry in state["log"] if entry[0] == "event"]
    assert 0.5 <= min(drawn) < 0.52
    assert 1.98 < max(drawn) < 2


def test_a_card_with_a_span_of_turns_lies_evenly_within_it() -> None:
    places = [scenario.start(TURNS, seed)["deck"].index("strike") for seed in range(900)]
    assert [250 < places.count(place) < 350 for place in range(3)] == [True] * 3


def test_a_step_leaves_the_state_before_it_as_it_was() -> None:
    for rules in (TURNS, NODES, CAPSTONE):
        play, states = random_play(rules, 3)
        before = deepcopy(states)
        for state, choices in zip(states, play.choices, strict=False):
            scenario.step(rules, state, choices)
        assert states == before


def test_a_state_survives_json() -> None:
    play, states = random_play(CAPSTONE, 4)
    state = json.loads(json.dumps(states[2]))
    for choices in play.choices[2:]:
        state = json.loads(json.dumps(scenario.step(CAPSTONE, state, choices)))
    assert state == states[5]


def test_compiled_rules_are_plain_json() -> None:
    assert json.loads(json.dumps(CAPSTONE)) == CAPSTONE


REFUSED = [
    ({}, "'None' cannot be chosen for 'tea' now."),
    ({"tea": "milk"}, "'milk' cannot be chosen for 'tea' now."),
    ({"tea": "green"}, "'green' cannot be chosen for 'tea' now."),
    ({"tea": "black", "coffee": "now"}, "'coffee' is not decided in turn 1."),
    ({"tea": "black", "biscuits": {"plain": 5}}, "'biscuits' takes at most 4 whole points over its own channels."),
    ({"tea": "black", "biscuits": {"plain": -1}}, "'biscuits' takes at most 4 whole points over its own channels."),
    ({"tea": "black", "biscuits": {"plain": True}}, "'biscuits' takes at most 4 whole points over its own channels."),
    ({"tea": "black", "biscuits": {"cream": 1}}, "'biscuits' takes at most 4 whole points over its own channels."),
]


@pytest.mark.parametrize(("choices", "message"), REFUSED)
def test_a_choice_that_the_rules_do_not_allow_is_refused_in_words(choices: Any, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario.step(TURNS, scenario.start(TURNS), choices)
    assert str(caught.value) == message


def test_nothing_can_be_chosen_once_it_is_over() -> None:
    _, states = random_play(NODES, 1)
    assert scenario.options(NODES, states[-1]) == {}
    with pytest.raises(ScenarioError, match="this story is over"):
        scenario.step(NODES, states[-1], "shut")


def test_a_dial_can_be_turned_within_its_bounds_and_nothing_else_can() -> None:
    assert scenario.start(CAPSTONE, dials={"k_w": 0.008})["values"]["k_w"] == 0.008
    for dials in ({"k_w": 1}, {"engagement": 50}):
        with pytest.raises(ScenarioError, match="is no dial, or"):
            scenario.start(CAPSTONE, dials=dials)


def test_one_set_of_rules_is_told_in_two_skins() -> None:
    rules = compiled("two-skins")
    ends = [scenario.play(rules, {"reply": "write"}, skin=skin)[-1] for skin in ("2013", "2026")]
    assert [end["skin"] for end in ends] == ["2013", "2026"]
    assert ends[0]["values"] == ends[1]["values"]
    with pytest.raises(ScenarioError, match="there is no skin '1948'"):
        scenario.start(rules, skin="1948")


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([CAPSTONE, TURNS]), st.integers(0, 2**40))
def test_in_every_play_money_is_conserved_and_nothing_leaves_its_bounds(rules: dict[str, Any], number: int) -> None:
    _, states = random_play(rules, number)
    total = sum(rules["start"][name] for name in rules["accounts"])
    for state in states:
        money = {name: state["values"][name] for name in rules["accounts"]}
        assert sum(money.values()) == total
        assert all(amount == int(amount) for amount in money.values())
        assert all(amount >= 0 for name, amount in money.items() if name != rules["lender"])
        assert all(low <= state["values"][name] <= high for name, (low, high) in rules["bounds"].items())


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([CAPSTONE, TURNS, NODES]), st.integers(0, 2**40))
def test_every_play_can_be_played_again_exactly(rules: dict[str, Any], number: int) -> None:
    play, states = random_play(rules, number)
    ahead = iter(play.choices)
    again = scenario.play(rules, lambda *_: next(ahead), seed=play.seed, dials=play.dials)
    assert again == states[: len(again)]
    assert digest(rules, again) == digest(rules, states[: len(again)])


@settings(max_examples=300)
@given(st.floats(0, 100), st.floats(-100, 100))
def test_a_saturating_update_stays_within_bounds_and_keeps_its_direction(x: float, d: float) -> None:
    rules = turns([{"up": {"x": repr(d)}}])
    rules["start"]["x"] = x
    rules["scales"] = {}
    moved = after(rules, "do")["values"]["x"]
    assert 0 <= moved <= 100
    assert moved >= x if d >= 0 else moved <= x
