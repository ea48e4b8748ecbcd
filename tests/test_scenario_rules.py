"""What an author is told about a scenario’s rules: file, line, the column of an expression, and what is wrong."""
# ruff: noqa: E501 (a table of faults reads best with a fault to a line)

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_plays import FIXTURES

from commissioning import scenario
from commissioning.source.faults import Faults

TURNS = (FIXTURES / "small-turns.yaml").read_text(encoding="utf-8")
NODES = (FIXTURES / "small-nodes.yaml").read_text(encoding="utf-8")
SKINS = (FIXTURES / "two-skins.yaml").read_text(encoding="utf-8")


def faults(text: str, old: str, new: str, folder: Path) -> list[str]:
    """Every fault of the rules in which one thing was changed, with the file's name alone."""
    assert old in text
    path = folder / "rules.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        scenario.read(path)
    except Faults as error:
        return [str(fault).replace(f"{folder.as_posix()}/", "") for fault in error.faults]
    return []


BROKEN = [
    ("warmth: -2 * loan", "warmth: -2 * * loan", "rules.yaml:14  'when_lent', 0, up, warmth\n  column 6 of '-2 * * loan': this is not arithmetic."),
    ("-draught * cbrt(turn)", "-draught * cbrt(turns)", "column 17 of '-draught * cbrt(turns)': 'turns' is not known here. Did you mean 'turn'?"),
    ("sqrt(biscuits.plain)", "sqrt(biscuits.plane)", "column 6 of 'sqrt(biscuits.plane)': 'biscuits.plane' is not known here. Did you mean 'biscuits.plain'?"),
    ("when: turn > 1", "when: 1 < turn < 3", "column 1 of '1 < turn < 3': compare two things at a time, and join them with 'and'."),
    ("when: turn > 1", "when: turn ** 2", "column 1 of 'turn ** 2': only numbers, names, + - * / and min, max, ceil, floor, round, sqrt, cbrt, abs, clamp, if may stand here."),
    ("clamp(warmth", "clip(warmth", "column 1 of 'clip(warmth - 5 * quarrel + 3 * tea.black + jar, 0, 100)': only numbers, names"),
    ("min: 0, max: 100, start: 40", "min: 0, max: 100, start: 140", "'warmth' starts at 140, outside 0 to 100."),
    ("min: 0, max: 10, start: 2", "min: 0, max: 0, start: 0", "'quarrel' has no room between 0 and 0."),
    ("kitty: {start: 12", "kitty: {start: -12", "'kitty' starts below 0. Only the lender may."),
    ("shop: {start: 0", "shop: {lends: true, start: 0", "'shop' lends already. One account may lend."),
    ("  thirst: {", "  warmth: {", "something else is called 'warmth' too. Give one of them another."),
    ("  thirst: {", "  if: {", "'if' is a word of the rules' own. Choose another."),
    ("order: [late, choices, event, cooling]", "order: [late, choices, event, coolin]", "the order names 'coolin', which is not a block. Did you mean 'cooling'?"),
    ("order: [late, choices, event, cooling]", "order: [late, event, cooling]", "the order never comes to 'choices'."),
    ("order: [late, choices, event, cooling]", "order: [late, choices, cooling]", "a deck and the word 'event' in the order need each other."),
    ("shuffle: [window, visitor]", "shuffle: [window, visitors]", "the deck names 'visitors', which is not an event. Did you mean 'visitor'?"),
    ("shuffle: [window, visitor]", "shuffle: [window]", "the deck has 2 cards for 3 turns. One a turn."),
    ("strike: [1, 3]", "strike: [2, 5]", "turns 2 to 5 are not a span of 1 to 3."),
    ("add: {quarrel: round(severity)}", "add: {quarel: 1}", "'quarel' is not a variable. Did you mean 'quarrel'?"),
    ("add: {quarrel: round(severity)}", "add: {kitty: 1}", "'kitty' is an account: its money moves only by 'pay'."),
    ("from: kitty", "from: kity", "'kity' is not an account. Did you mean 'kitty'?"),
    ("- draw: {draught: [0.1, 4.7]}", "- {draw: {draught: [0.1, 4.7]}, up: {warmth: 1}}", "a step does one thing (this has draw and up). Write one action to a step."),
    ("- draw: {draught: [0.1, 4.7]}", "- {}", "a step does one thing (this has none). Write one action to a step."),
    ("- draw: {draught: [0.1, 4.7]}", "- {draw: {warmth: [0.1, 4.7]}}", "'warmth' has another meaning already. Choose another name, or use 'set'."),
    ("- draw: {draught: [0.1, 4.7]}", "- {up: {warmth: 1}, then: []}", "'then' does not belong to 'up'."),
    ("{run: cooling}", "{run: boiling}", "'boiling' is not a block."),
    ("- repeat: 2", "- run: cooling\n    - repeat: 2", "'cooling' runs itself, and would never end."),
    ("afterwards: [", "afterwards: [{chance: 0.5}, ", "chance and late effects have no place after the last turn."),
    ("biscuits: {points: [plain, half-coated], most: 4}", "biscuits: {most: 4}", "a decision has either options or points. Write one of the two."),
    ("    options:\n      black", "    turns: [4]\n    options:\n      black", "there is no turn 4; there are 3."),
    ("turns: 3", "turns: 0", "the form 'turns' needs turns and decisions, and no nodes."),
    ("cost: 12 - kitty", "kitty: 12 - kitty", "something else is called 'kitty' too. Give one of them another."),
    ("form: turns", "form: rounds", "'form' must be 'turns' or 'nodes' (got 'rounds')."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN, ids=[f"{new}"[:40] for _, new, _ in BROKEN])
def test_a_broken_rule_is_named_with_its_line(old: str, new: str, message: str, tmp_path: Path) -> None:
    told = faults(TURNS, old, new, tmp_path)
    assert any(message in fault for fault in told), told
    line = TURNS[: TURNS.index(old)].count("\n") + 1
    assert any(int(fault.split(":")[1].split()[0]) >= line - 3 for fault in told)


OF_NODES = [
    ("goto: kettle", "goto: kettel", "'kettel', which is not a node. Did you mean 'kettle'?"),
    ("at_node: heater", "at_node: stove", "'stove' is not a node."),
    ("form: nodes", "form: nodes\nturns: 2", "turns, decisions, order and deck belong to the form 'turns'."),
    (
        "door.leave_open and",
        "door.left_open and",
        "'door.left_open' is not known here. Did you mean 'door.leave_open'?",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), OF_NODES)
def test_so_is_a_broken_node(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert any(message in fault for fault in faults(NODES, old, new, tmp_path))


OF_SKINS = [
    ("      reply.write: Write back yourself\n", "", "there is no word for reply.write."),
    ("      reply.write: Write", "      reply.writes: Write", "'reply.writes' is not an id of these rules. Did you mean 'reply.write'?"),
    ("money: 2.5", "money: 0", "'money' must be more than 0 (got '0')."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), OF_SKINS)
def test_each_skin_has_a_word_for_every_id_and_for_nothing_else(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    assert any(message in fault for fault in faults(SKINS, old, new, tmp_path))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = TURNS.replace("loan}", "lone}").replace("add: {quarrel: 2}", "add: {quarel: 2}")
    assert len(faults(text, "turn > 1", "turn >", tmp_path)) == 3


@pytest.mark.parametrize("text", [TURNS, NODES, SKINS])
def test_the_fixtures_have_no_faults(text: str, tmp_path: Path) -> None:
    assert faults(text, "form", "form", tmp_path) == []


def test_rules_with_faults_do_not_compile() -> None:
    broken = scenario.Rules.model_validate(
        {"form": "nodes", "title": "t", "variables": {"x": {"min": 0, "max": 1, "start": 0, "meaning": "x"}}}
    )
    with pytest.raises(ValueError, match="there are no nodes"):
        scenario.compile_rules(broken)
