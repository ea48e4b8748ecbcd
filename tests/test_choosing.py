"""Chapter 9 keeps what it says: its scores and weights, its story, its sums, its notebook and its handouts."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from story_paths import paths

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import priorities
from commissioning.kinds import scenario as kind
from commissioning.labs import figures
from commissioning.labs import weights as methods
from commissioning.labs.weights.figures import mean, scores
from commissioning.place.proposals import CRITERIA, NAMES
from commissioning.source import markdown

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["choosing"]
STORY = CHAPTER.decisions["mr-kesslers-drug"].model
TEN = CHAPTER.decisions["ten-proposals"].model
RULES = kind.compiled(STORY)
PAID = {"the-letter.pay-tonight", "panel-day.worst-off", "panel-day.his-life", "panel-day.stop-at-three"}
REFUSED = {"the-letter.refuse", "panel-day.gain-more"}


# ---- the opening ---------------------------------------------------------------------------------------------------


def test_the_opening_with_its_choices_takes_no_longer_than_ninety_seconds_to_read() -> None:
    opening = CHAPTER.decisions["what-a-yes-commits"].model
    story = re.search(r":::\{story\}\n(.+?)\n:::", CHAPTER.text, re.S).group(1)  # type: ignore[union-attr]
    said = [story, opening.situation, opening.ask, *(option.text for option in opening.options.values())]
    assert sum(markdown.words(text) for text in said) <= 150
    assert len(opening.options) <= 5


def test_what_a_yes_commits_is_ten_times_the_price() -> None:
    opening = CHAPTER.decisions["what-a-yes-commits"].model
    assert opening.options[opening.key].text.startswith("£600,000")
    assert "£60,000 a year" in CHAPTER.text
    assert "Nine more people" in CHAPTER.text


# ---- ten proposals -------------------------------------------------------------------------------------------------


def test_the_decision_s_scores_are_the_lab_s() -> None:
    low, likely, high = (methods.of_scorers(place.proposal_scores(), "staff", one) for one in ("low", "likely", "high"))
    assert list(TEN.options) == list(NAMES)
    assert list(TEN.criteria) == list(CRITERIA)
    for name, option in TEN.options.items():
        assert option.text == NAMES[name]
        for criterion in CRITERIA:
            drawn = tuple(table[criterion][name] for table in (low, likely, high))
            assert tuple(option.scores[criterion]) == drawn, (name, criterion)


def leader(criterion: str, weight: float) -> str:
    return methods.first(scores("staff"), methods.moved(mean(), criterion, weight))


@pytest.mark.parametrize(
    ("name", "criterion", "weight"),
    [
        ("hostel-nurse", "fairness", 0.18),
        ("smoke-free", "wanted", 0.0),
        ("dementia-adviser", "wanted", 0.27),
        ("falls-classes", "evidence", 0.43),
        ("interpreters", "cost", 0.23),
        ("wound-clinic", "ease", 0.32),
    ],
)
def test_what_is_said_of_where_each_proposal_leads_is_so(name: str, criterion: str, weight: float) -> None:
    assert leader(criterion, weight) == name


def test_what_is_said_of_the_others_is_so() -> None:
    places = methods.ranks(scores("staff"), place.panel_weights())
    assert places["GP"]["tablet-reviews"] == places["Manager"]["tablet-reviews"] == 2
    assert set(places.loc["virtual-hub"]) == {10}
    assert len(methods.dominated(scores("staff"))["virtual-hub"]) == 4
    assert set(methods.beaten_by_two(scores("staff"))["advice-by-email"][:2]) == {"tablet-reviews", "wound-clinic"}
    people = place.panel_weights()
    counts = {name: methods.agreeing(scores("staff"), people, name) for name in NAMES}
    assert max(counts, key=counts.__getitem__) == "lung-classes"
    cost = scores("staff")["cost"].sort_values()
    assert list(cost.index[:2]) == ["virtual-hub", "wound-clinic"]


def test_the_people_with_stances_put_different_proposals_first() -> None:
    told = priorities.score(priorities.compiled(TEN), {"swings": dict.fromkeys(CRITERIA, 50)})
    assert told is not None
    assert len({stance["top"] for stance in told["stances"].values()}) >= 3


def test_how_often_the_rivals_lead_is_as_the_explanations_say() -> None:
    shares = methods.first_in_draws(place.proposal_scores(), "staff", mean())
    assert shares.index[:2].tolist() == ["lung-classes", "hostel-nurse"]
    assert shares["hostel-nurse"] == pytest.approx(0.25, abs=0.03)
    assert [share for share in shares[2:5] if abs(share - 0.1) > 0.02] == []
    assert shares[5:].max() < 0.03
    assert shares["lung-classes"] / shares["hostel-nurse"] == pytest.approx(1.5, abs=0.1)
    assert shares["virtual-hub"] == 0


def test_the_roles_of_the_page_have_the_firsts_that_it_says() -> None:
    places = methods.ranks(scores("staff"), place.panel_weights())
    first = {role: places[role].idxmin() for role in places}
    assert [first[role] for role in ("GP", "Hospital doctor", "Manager")] == ["lung-classes"] * 3
    assert [first[role] for role in ("Nurse or therapist", "Patient")] == ["hostel-nurse"] * 2


def test_the_table_of_the_bare_case_is_the_patients_scores() -> None:
    table = scores("patients").astype(int)
    none = methods.values(scores("patients"), methods.moved(mean(), "fairness", 0.0))
    for name, said in NAMES.items():
        row = " | ".join(str(table[criterion][name]) for criterion in CRITERIA)
        assert f"| {said} | {row} | {none[name]:.1f} |" in CHAPTER.text


def test_the_answers_of_the_bare_case_are_right() -> None:
    worth = methods.values(scores("patients"), mean())
    assert worth.index[0] == "falls-classes"
    turns = methods.flips(scores("patients"), mean(), "fairness")
    assert turns["first"].tolist() == ["falls-classes", "interpreters"]
    assert worth.index.get_loc("hostel-nurse") + 1 == 7
    assert methods.values(scores("staff"), mean()).index.get_loc("hostel-nurse") + 1 == 2
    hub, adviser = scores("patients").loc["virtual-hub"], scores("patients").loc["dementia-adviser"]
    assert scores("patients")["wanted"].nlargest(2).index.tolist() == ["dementia-adviser", "virtual-hub"]
    assert hub["ease"] > adviser["ease"]


# ---- the story -----------------------------------------------------------------------------------------------------


def test_the_endings_are_all_met_and_say_only_what_happened() -> None:
    met = set()
    for steps, values, ending in paths(RULES):
        chosen = {f"{at}.{choice}" for at, choice in steps}
        met.add(ending)
        assert 0 <= values["reserve"] <= 150
        if ending == "two-photographs":
            assert "line-14.all-ten" in chosen
        else:
            assert len(chosen & (PAID | REFUSED)) == 1, steps
        if ending == "no-and-why":
            assert {"panel-day.gain-more", "four-more.same-question"} <= chosen
            assert values["days"] == 15
        if ending == "a-question-for-all":
            assert chosen & PAID
            assert values["reserve"] == (75 if "panel-day.stop-at-three" in chosen else 30)
    assert met == set(STORY.endings)


def test_the_reserve_closes_some_ways_and_not_all() -> None:
    two = [steps for steps, _, _ in paths(RULES) if ("four-more", "two-of-four") in steps]
    chosen = {f"{at}.{choice}" for steps in two for at, choice in steps}
    assert "panel-day.stop-at-three" in chosen
    assert "panel-day.gain-more" in chosen
    assert not {"the-letter.pay-tonight", "panel-day.worst-off", "panel-day.his-life"} & chosen
    first = [steps for steps, _, _ in paths(RULES) if ("the-next-drug", "the-first") in steps]
    assert first
    assert not [steps for steps in first if ("the-visits", "visits-back") in steps]


def test_no_road_is_best_in_everything_as_the_page_says() -> None:
    found = [values for _, values, _ in paths(RULES)]
    better = {name: max if part.better == "higher" else min for name, part in STORY.variables.items()}
    best = {name: better[name](values[name] for values in found) for name in better}
    assert not any(all(values[name] == best[name] for name in best) for values in found)
    assert "none is\nbest in everything that the story counts" in CHAPTER.text


def test_the_story_s_dates_go_forward() -> None:
    days = {"line-14": 604, "the-letter": 611, "the-visits": 611, "panel-day": 626, "four-more": 722,
            "the-next-drug": 722}  # fmt: skip
    assert set(days) == set(STORY.nodes)
    for name, node in STORY.nodes.items():
        for choice in node.choices.values():
            assert choice.goto == "end" or days[choice.goto] > days[name], (name, choice.goto)


# ---- the business case, and what is handed out ---------------------------------------------------------------------


def test_the_sums_of_the_business_case_follow() -> None:
    case = CHAPTER.decisions["eighteen-per-cent"].model
    assert "18% in a year" in case.situation
    assert "fell by 12%" in case.options["like-people"].consequence
    claimed = 0.18 * 600 * 2_000
    third = claimed * (18 - 12) / 18
    assert third == 72_000
    for printed in (f"£{claimed:,.0f}", "£195,000"):
        assert printed in case.situation, printed
        assert printed in CHAPTER.text, printed
    for printed in (f"£{third:,.0f}", f"£{round(0.3 * third, -3):,.0f}"):
        assert printed in CHAPTER.text, printed


def asked(name: str) -> float:
    """What a proposal costs, by its score for money left over: from nothing of £240,000 to three-quarters of it."""
    return 240_000 * (1 - 0.75 * scores("staff")["cost"][name] / 100)


def test_the_hub_of_may_costs_what_the_hub_of_march_was_scored_at() -> None:
    assert asked("virtual-hub") == 195_000
    assert "300" in NAMES["virtual-hub"]
    assert "300" in CHAPTER.decisions["eighteen-per-cent"].model.situation


def test_what_the_flip_moves_is_what_either_of_the_two_would_cost() -> None:
    assert [round(asked(name), -4) for name in ("lung-classes", "hostel-nurse")] == [130_000, 130_000]
    assert "about £130,000 of Larkmere's money goes to other people" in CHAPTER.text


def test_what_became_of_a_scheme_bears_out_its_score_for_health() -> None:
    best = int(re.search(r"\d+", TEN.criteria["health"].best).group())  # type: ignore[union-attr]
    health = {name: best * scores("staff")["health"][name] / 100 for name in NAMES}
    assert health["smoke-free"] == pytest.approx(50, abs=1)
    assert TEN.options["smoke-free"].consequence.startswith("Fifty of 240")
    assert health["lung-classes"] < 60
    assert "60 people come" in TEN.options["lung-classes"].consequence
    sheet = next(need for need in CHAPTER.session.model.needs if "On one sheet" in need)
    assert f"by next summer, to {best}." in sheet


def test_the_chart_of_the_session_is_the_staffs_scores_and_the_mean_weights() -> None:
    chart = next(need for need in CHAPTER.session.model.needs if "turned over" in need)
    for name in ("lung-classes", "hostel-nurse", "virtual-hub"):
        row = [str(int(scores("staff")[criterion][name])) for criterion in CRITERIA]
        assert re.search(r"\D+".join(row), chart), name
    printed = [figures()[f"L9-weight-{criterion}"].value for criterion in CRITERIA]
    assert ", ".join(f"{value:.1f}" for value in printed) in chart
    assert sum(round(value, 1) for value in printed) == pytest.approx(100)
    for name in ("lung-classes", "hostel-nurse"):
        by_hand = sum(round(v, 1) * scores("staff")[c][name] for v, c in zip(printed, CRITERIA, strict=True)) / 100
        assert by_hand == pytest.approx(figures()[f"L9-value-{name}"].value, abs=0.11)


def test_halving_the_staffs_ranges_turns_the_answer_round_as_the_notebook_leads_one_to_find() -> None:
    table = place.proposal_scores()
    narrow = table.copy()
    for end in ("low", "high"):
        narrow[end] = (table[end] + table["likely"]) / 2
    agree = methods.agreeing(scores("staff"), place.panel_weights(), "lung-classes") / 40
    assert methods.stays_first(table, "staff", mean()) < agree < methods.stays_first(narrow, "staff", mean())
    notebook = nbformat.read(ROOT / "solutions" / "choosing.ipynb", as_version=4)
    assert any(cell["id"] == "more-narrow" for cell in notebook.cells)
