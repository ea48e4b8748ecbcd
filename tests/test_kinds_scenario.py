"""Branching scenarios: what an author may not leave in one, what a page of it holds, and that nothing is scored."""
# ruff: noqa: E501 (a table of faults reads best with a fault to a line)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from scenario_pages import EXAMPLE, NAME, example, exercise

from commissioning import page, scenario
from commissioning.kinds import scenario as kind
from commissioning.kinds.scenario.telling import sentences, whole
from commissioning.source import markdown, told
from commissioning.source.faults import Faults
from commissioning.source.sheets import read_text

TEXT = EXAMPLE.read_text(encoding="utf-8")


def faults(*changes: tuple[str, str]) -> list[str]:
    """Every fault of the example after some changes, as an author reads it."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    try:
        sheet = read_text(text, kind.Decision, Path("deficit.yaml"))
    except Faults as error:
        return [str(fault) for fault in error.faults]
    return [str(sheet.fault(*fault)) for fault in kind.find(sheet.model)]


def line(of: str) -> int:
    return TEXT[: TEXT.index(of)].count("\n") + 1


def test_the_example_has_no_faults() -> None:
    assert faults() == []


PUBLISH = "        effects: {oversight: 8, public: -6, practices: -4}"
BROKEN = [
    ("goto: reporter", "goto: reporters", "goto leads to 'reporters', which is not a node. Did you mean 'reporter'?"),
    ("goto: reporter", "goto: trust", "no route leads to this node. Lead a choice to it, or delete it."),
    ("goto: tuesday-clinic", "goto: end", "a route ends here after 3 choices, where the longest has 5. A poor path stays playable: lead it on."),
    ("goto: trust", "goto: day-12", "goto leads back to 'day-12', so that the story might never end. Lead to a later node, or to 'end'."),
    ("goto: trust", "goto: reporter", "goto leads back to 'reporter', so that the story might never end."),
    (PUBLISH, "        effects: {}", "this choice changes no variable, now or later, after no choice at all. Give it an effect."),
    (PUBLISH, "        effects: {oversight: 0}", "this choice changes no variable, now or later"),
    (PUBLISH, "        effects: {oversight: 51}", "takes 'oversight' to 101, outside 0 to 100, after 'publish'. Lessen the effect, or widen the bounds."),
    (PUBLISH, "        effects: {oversigt: 8}", "'oversigt' is not a variable. Did you mean 'oversight'?"),
    ("effects: {oversight: 3, public: -3}", "effects: {oversight: -6, public: -3}", "whatever one values, 'blame' leads to as good an end as any that this choice leads to. Give each choice something that it does best, or say 'dominated: why it is there'."),
    (PUBLISH, PUBLISH + "\n        dominated: It stands here to be seen.", "choice 'publish', dominated\n  no other choice leads to as good an end as any that this one leads to. Leave 'dominated' out."),
    (PUBLISH, "        effects: {oversight: 8 +}\n        on_paper: By hand.", "column 4 of '8 +': this is not arithmetic."),
    (PUBLISH, "        effects: {oversight: gap}", "an effect is not a plain number, and 'on_paper' is missing. Say how to reckon it by hand."),
    ("- at: scrutiny", "- at: scrutinee", "'scrutinee' is not a node. Did you mean 'scrutiny'?"),
    ("- at: scrutiny", "- at: day-12", "this late effect arrives on no route. Name a node that comes after."),
    ("        when: day_12.publish or finance_officer.listen\n", "", "'when' and 'in_words' need each other."),
    ("when: day_12.publish or", "when: day_12.publsh or", "column 1 of 'day_12.publsh or finance_officer.listen': 'day_12.publsh' is not known here. Did you mean 'day_12.publish'?"),
    ("when: day_12.publish or", "when: gap < 0 and", "this choice is open on no route. Change its 'when'."),
    ("    when: gap <= 3.4\n", "    when: public < 0\n", "no route comes to this ending. Change its 'when', or its place."),
    ("    when: gap <= 3.4\n", "", "only the last ending may have no 'when'. Those below it would never be told."),
    ("    in_words: If none of", "    when: gap > 3\n    in_words: If none of", "the last ending must have no 'when'. It holds for all the rest."),
    ("start: 4.0, min: 0", "start: 4.0, min: 5", "'gap' starts at 4, outside 5 to 6."),
    ("better: lower, meaning", "better: lower, hidden_until: [trusty], meaning", "variable 'gap', hidden_until, 0\n  'trusty' is not a moment of this story. Did you mean 'trust'?"),
    ("better: lower", "better: less", "'better' must be 'higher' or 'lower' (got 'less')."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN, ids=[message[:50] for *_, message in BROKEN])
def test_what_must_not_be_left_in_is_named_with_its_line(old: str, new: str, message: str) -> None:
    told = faults((old, new))
    found = [fault for fault in told if message in fault]
    assert found, told
    assert any(abs(int(fault.split(":")[1].split()[0]) - line(old)) <= 12 for fault in found) or "route" in message


def test_a_fault_names_the_file_the_line_and_the_place() -> None:
    told = faults((PUBLISH, PUBLISH.replace("8", "51")))
    where = f"deficit.yaml:{line(PUBLISH)}  node 'day-12', choice 'publish', effects, oversight"
    assert any(fault.startswith(where) for fault in told), told


def test_a_dominated_choice_may_stand_if_it_says_why() -> None:
    worse = ("effects: {oversight: 3, public: -3}", "effects: {oversight: -6, public: -3}")
    declared = (worse[1], worse[1] + "\n        dominated: Most people say it, and should see what it brings.")
    assert any("whatever one values" in fault for fault in faults(worse))
    assert faults(worse, declared) == []


def test_a_node_at_which_nothing_is_open_is_named() -> None:
    closed = [(f"      {name}:\n", f"      {name}:\n        when: gap < 1\n        in_words: x\n")
              for name in ("share-risk", "refuse", "ask-national")]  # fmt: skip
    assert any("no choice is open here after" in fault for fault in faults(*closed))


def test_two_to_four_choices_and_three_to_twelve_nodes() -> None:
    assert any(
        "needs at least 2 (has 1)" in fault for fault in faults(("      send-summary:", "  other:\n    x:\n      y:"))
    )
    nodes = re.search(r"nodes:\n(.*?)endings:", TEXT, re.S)
    assert nodes is not None
    assert len(example().model.nodes) <= 12
    assert all(2 <= len(node.choices) <= 4 for node in example().model.nodes.values())


def routes() -> Iterator[tuple[list[str], scenario.State]]:
    """Every route through the example, and where it ends."""
    rules = exercise().marking
    ahead: list[tuple[list[str], scenario.State]] = [([], scenario.start(rules))]
    while ahead:
        path, state = ahead.pop()
        if scenario.is_over(rules, state):
            yield path, state
        ahead += [([*path, choice], scenario.step(rules, state, choice)) for choice in scenario.options(rules, state)]


def test_every_route_of_the_example_has_five_choices_and_an_ending() -> None:
    rules = exercise().marking
    ends = Counter(scenario.ending(rules, state) for path, state in routes() if len(path) == 5)
    assert sum(ends.values()) == sum(1 for _ in routes()) == 279
    assert set(ends) == set(example().model.endings)
    assert all(count >= 10 for count in ends.values())


def test_no_route_reaches_a_bound() -> None:
    """A bound that is met hides an effect: the engine would stop the variable there."""
    bounds = exercise().marking["bounds"]
    for _, state in routes():
        assert all(low < state["values"][name] < high for name, (low, high) in bounds.items())


def test_nothing_is_scored() -> None:
    path = ["publish", "explain", "refuse", "suspend", "full-ledger"]
    assert kind.score(exercise().marking, {"path": path, "backs": 2}) == {
        "ending": "same-and-understood",
        "profile": {"gap": 3.6, "oversight": 56.0, "public": 61.0, "practices": 36.0},
    }


def texts(model: kind.Decision) -> Iterator[str]:
    """Everything that a reader is told at some moment or other."""
    for node in model.nodes.values():
        yield from (node.title, whole(node.text), node.ask)
        for choice in node.choices.values():
            yield from (
                choice.text,
                choice.consequence,
                choice.explanation,
                *(whole(late.text) for late in choice.late),
            )
    for end in model.endings.values():
        yield from (end.name, end.in_words, *(one.text for one in sentences(end.text)), whole(end.explanation))


def test_the_page_holds_every_word_without_javascript() -> None:
    html, model = page.render(exercise()), example().model
    straight = str.maketrans("‘’“”", "''\"\"")
    plain = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split()).translate(straight)
    for text in texts(model):
        for part in told.PLACE.split(markdown.plain(text))[::2]:  # what stands between the numbers told from state
            assert part.strip() in plain, text
    assert html.count("data-choice=") == sum(len(node.choices) for node in model.nodes.values())
    assert html.count("data-ending=") == len(model.endings)
    assert html.count('data-late="') == sum(len(c.late) for n in model.nodes.values() for c in n.choices.values())


def test_the_paper_form_sends_you_to_numbered_paragraphs_and_says_what_comes_later() -> None:
    html = " ".join(re.sub(r"<[^>]+>", " ", page.render(exercise())).split())
    assert "Oversight +8; Public trust −6; Practices −4. Go to 2." in html
    assert "Later, at 8 (Day 90, the scrutiny committee):" in html
    assert "The gap −£1.2m; Public trust −10; Practices −12. Go to 5." in html
    assert "Go to the endings." in html


def test_every_choice_has_a_consequence_and_an_explanation_of_its_own() -> None:
    told = [(role, text) for _, role, text in kind.explained(example().model)]
    assert len(told) == len(set(told)) > 40


def test_the_id_of_the_page_is_the_files_name() -> None:
    assert EXAMPLE.stem == NAME
