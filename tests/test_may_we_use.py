"""Chapter 7 keeps what it says: its story's endings, the request it marks up, its bills, its handouts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from story_paths import paths

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import scenario as kind
from commissioning.labs import disclosure, figures
from commissioning.labs.disclosure.figures import NEEDS, WHOLE

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["may-we-use-these-data"]
assert CHAPTER.session is not None
SESSION = CHAPTER.session
DECISIONS = {name: decision.model for name, decision in CHAPTER.decisions.items()}
STORY = DECISIONS["but-i-see-it-all-day"]
TEXT = " ".join(CHAPTER.text.split())
NAMED = {("bills", "number-on-bills")}
"""The one choice for which no support can be asked: it shows patients to those who pay."""

# ---- the opening ---------------------------------------------------------------------------------------------------


def test_the_key_of_the_opening_leaves_fewest_alone_and_keeps_what_planners_count_by() -> None:
    """Each change, made. Only the day leaves fewer alone than the area does, and the planner counts by area."""
    extract = place.extract()
    year = disclosure.born_by(extract, "year")
    left = {
        "the-illness": disclosure.alone(extract, WHOLE),
        "the-codes": disclosure.alone(extract, WHOLE),
        "the-sex": disclosure.alone(extract, ("born", "area")),
        "the-area": disclosure.alone(extract, ("born", "sex")),
        "the-day": disclosure.alone(year, WHOLE),
    }
    opening = DECISIONS["one-change"]
    assert set(left) == set(opening.options)
    assert min(left, key=left.__getitem__) == opening.key == "the-day"


def test_what_a_purpose_can_do_without_another_cannot() -> None:
    """The page says that planning gives up the day and the check for doubles does not."""
    bills = disclosure.with_month(place.bills())
    with_day, with_month = (
        len(disclosure.repeated(bills, ("pid", day, "hospital", "item"))) for day in ("date", "month")
    )
    assert with_month > 5 * with_day


# ---- the four meetings ---------------------------------------------------------------------------------------------


def test_what_the_endings_say_is_so_on_every_path_and_each_is_reached() -> None:
    met = set()
    doubted = {
        (at, choice)
        for at, node in STORY.nodes.items()
        for choice, told in node.choices.items()
        if float(told.effects.get("trust", 0)) < 0
    }
    for steps, values, ending in paths(kind.compiled(STORY)):
        met.add(ending)
        named = len(NAMED & set(steps))
        says = {
            "in-the-paper": ("telling", "the-mercury") in steps,
            "all-three": not named and values["trust"] >= 50,
            "signed-in-part": named == 1 and values["trust"] >= 45,
            "not-signed": values["trust"] < 50,
        }
        assert says[ending], (ending, steps, values)
        assert values["routes"] == 3 - named
        if ending == "not-signed":
            assert len(doubted & set(steps)) > 1, "what gave her cause to doubt was more than one thing"
        assert ending == "in-the-paper" or ("telling", "the-mercury") not in steps
    assert met == set(STORY.endings)


def test_whatever_is_said_first_all_three_may_still_be_had_as_the_page_says() -> None:
    firsts = {steps[0][1] for steps, _, ending in paths(kind.compiled(STORY)) if ending == "all-three"}
    assert firsts == set(STORY.nodes["first-words"].choices)
    assert "Whatever you said first, all three purposes could still be had" in TEXT


def test_one_rule_for_both_purposes_what_support_can_be_asked_for_is_a_route_and_its_wait_is_counted() -> None:
    """Names ranked outside had support in 2013, as a cleared team had: both are routes, and both cost weeks."""
    applied = (STORY.nodes["risk-list"].choices["names-at-meridian"], STORY.nodes["bills"].choices["yes-or-no"])
    for choice in applied:
        assert float(choice.effects["routes"]) == 1
        assert float(choice.effects["weeks"]) >= 4
        assert "applied for" in choice.explanation
    assert "s251-risk-2013" in applied[0].explanation


def test_no_road_of_the_meetings_is_best_in_all_four_measures() -> None:
    found = [values for _, values, _ in paths(kind.compiled(STORY))]
    best = {name: (min if name == "weeks" else max)(values[name] for values in found) for name in STORY.variables}
    assert not any(all(values[name] == best[name] for name in best) for values in found)


# ---- the checks ----------------------------------------------------------------------------------------------------


def test_what_each_check_needs_is_the_same_in_the_sorting_in_the_lab_and_in_the_session() -> None:
    cards = DECISIONS["which-check-needs-whom"].cards
    same = {"price": "dearer", "twice": "twice", "our-list": "not-ours", "special": "national", "happened": "no-record"}
    bins = {"nothing": "lines", "code": "code", "yes-no": "yes-no"}
    for card, check in same.items():
        assert check in NEEDS[bins[cards[card].into[0]]]
    told = next(step.do for step in SESSION.model.plan if "checks" in step.title)
    assert "nothing, a code, a yes or no, a code, nothing" in told


def test_less_than_a_check_needs_finds_less() -> None:
    """The consequences say so: with no code hundreds of queries go out that the code would have spared."""
    bills = place.bills()
    assert len(disclosure.repeated(bills, ("date", "hospital", "item"))) > len(disclosure.repeated(bills)) + 500


@pytest.mark.parametrize("check", disclosure.CHECKS)
def test_the_bare_case_prints_every_check_and_its_answers_follow(check: str) -> None:
    row = disclosure.found(place.bills()).to_dict("index")[check]
    cells = [f"`{row['picked']:.0f} <L7-{check}-picked>`", f"`{row['owed']:.0f} <L7-{check}-owed>`"]
    assert all(cell in CHAPTER.text for cell in [*cells, f"`£{row['back']:,.0f} <L7-{check}-back>`"])
    chart = next(need for need in SESSION.model.needs if "five checks" in need)
    assert f"{row['picked']:.0f}, {row['owed']:.0f}, {row['back']:,.0f}" in " ".join(chart.split())


def test_the_claim_on_the_trial_stands_and_falls_with_the_three_rows() -> None:
    shares = [figures()[f"L7-need-{need}-share"].value for need in NEEDS]
    assert sum(shares) == pytest.approx(100)
    assert shares[2] == pytest.approx(20, abs=2)
    assert DECISIONS["what-the-trial-found"].key == "most-without"


def test_two_thirds_of_what_came_back_is_owed_by_another_payer_as_the_page_says() -> None:
    """Lines for other groups' patients, and those that NHS England buys: what is recovered there is not saved."""
    found = disclosure.found(place.bills())["back"]
    assert found[["national", "not-ours"]].sum() / found.sum() == pytest.approx(2 / 3, abs=0.02)
    assert "two thirds of what came back is not saved" in TEXT


# ---- the request and the plan --------------------------------------------------------------------------------------


def test_what_the_tutor_reads_of_the_request_is_what_the_decision_accepts() -> None:
    spans = DECISIONS["mark-up-the-request"].spans
    accepted = {
        tag: {name for name, span in spans.items() if tag in span.tags}
        for tag in ("leave-out", "another-form", "not-so")
    }
    assert accepted["leave-out"] == {"bills", "name", "free", "mental"}
    assert accepted["another-form"] == {"number", "born", "postcode", "mental"}
    assert accepted["not-so"] == {"access", "basis"}
    told = next(step.do for step in SESSION.model.plan if step.title == "Mark up the request")
    for words in (
        "the name, the free text and the purpose of bills",
        "the number (a code), the birth (a year), the postcode",
    ):
        assert words in " ".join(told.split())


def test_the_four_shares_of_the_opening_stand_in_both_plans() -> None:
    session = SESSION.model
    for steps in (session.plan, session.twenty_minutes):
        told = " ".join(step.do for step in steps)
        assert set(re.findall(r"\(L7-(day|no-sex|no-area|year)\)", told)) == {"day", "no-sex", "no-area", "year"}


def test_in_a_room_of_thirty_two_or_so_share_a_day() -> None:
    """By hand: each of 30 shares with none of 29 at (364/365)^29; and 23 is where any two do half the time."""
    sharing = 30 * (1 - (364 / 365) ** 29)
    assert sharing == pytest.approx(2.3, abs=0.1)
    different = 1.0
    for taken in range(23):
        different *= (365 - taken) / 365
    assert 1 - different == pytest.approx(0.507, abs=0.001)
