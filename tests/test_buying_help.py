"""What chapter 10 says of itself: its limits bind, its endings hold on every path, its keys are not long."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from story_paths import paths

from commissioning.book import read_book
from commissioning.check import around
from commissioning.kinds import explorer
from commissioning.kinds import scenario as kind
from commissioning.source import markdown

INDEX = Path(__file__).resolve().parents[1] / "book" / "buying-help" / "index.md"
CHAPTER = read_book(Path(__file__).resolve().parents[1]).chapters["buying-help"]
CALLS = CHAPTER.decisions["learn-from-others"].model
HOURS, LONGEST_KEYS = 6.0, 0.4


def test_six_hours_close_some_routes_and_leave_the_best_ending_within_reach() -> None:
    rules = kind.compiled(CALLS)
    walked = [([choice for _, choice in chosen], values, ending) for chosen, values, ending in paths(rules)]
    everything = 1
    for node in CALLS.nodes.values():
        everything *= len(node.choices)
    assert 0.5 * everything < len(walked) < 0.95 * everything
    assert all(0 <= values["left"] <= HOURS for _, values, _ in walked)
    spent = {chosen[-1] for chosen, values, _ in walked if values["left"] == 0}
    assert spent >= {"one-page", "my-view", "back-to-them"}, "a whole afternoon can be used up on any way to report"
    endings = Counter(ending for *_, ending in walked)
    assert set(endings) == set(CALLS.endings)
    assert 0.05 < endings["known-and-welcome"] / len(walked) < 0.25


ENDINGS_SAY = {
    "known-and-welcome": {
        "defend most of what you heard": lambda v: v["known"] > 50,
        "as glad to hear from you as when you began, or gladder": lambda v: v["standing"] >= 50,
    },
    "known-and-cool": {
        "defend most of what you heard": lambda v: v["known"] > 50,
        "cost you some good will": lambda v: v["standing"] < 50,
    },
    "liked-and-guessing": {
        "two-fifths of your notes or more": lambda v: 100 - v["known"] >= 40,
        "there is more of it now than when you began": lambda v: v["standing"] > 50,
    },
    "three-anecdotes": {
        "two-fifths of your notes or more": lambda v: 100 - v["known"] >= 40,
        "less of that than the afternoon allowed": lambda v: v["known"] < 60,
        "about as much good will as you began with, or less": lambda v: v["standing"] < 55,
    },
}
"""What each ending says of what the reader did, and the condition on the values that makes it so."""


def test_what_the_endings_of_the_calls_say_is_so_on_every_path() -> None:
    """Each claim of an ending holds on every path to it, whatever was asked, believed and put before the board."""
    reports: dict[str, set[str]] = {name: set() for name in CALLS.endings}
    for steps, values, ending in paths(kind.compiled(CALLS)):
        chosen = [choice for _, choice in steps]
        said = f"{CALLS.endings[ending].text} {CALLS.endings[ending].explanation}"
        for claim, is_so in ENDINGS_SAY[ending].items():
            assert claim in said
            assert is_so(values), (ending, claim, chosen, values)
        reports[ending].add(chosen[-1])
    assert all(ways == set(CALLS.nodes["to-the-board"].choices) for ways in reports.values())
    for told in CALLS.endings.values():
        assert "the board" not in f"{told.text} {told.explanation}".lower(), "what the board was given differs by path"


def test_no_choice_of_whom_to_believe_says_what_only_some_paths_have_heard() -> None:
    """The Coast and the Valley may have given counts as well, so the City's is not 'the only one with a number'."""
    believe = CALLS.nodes["whom-to-believe"].choices
    assert not [name for name, choice in believe.items() if "only one" in choice.text]


@pytest.mark.parametrize("name", ["two-jobs", "where-will-you-shop"])
def test_a_shop_rules_out_some_boards_and_no_cell_and_no_supplier_fits_for_its_price_alone(name: str) -> None:
    shop = CHAPTER.decisions[name].model
    cheapest = {job: function.cheapest for job, function in shop.functions.items()}
    for job, function in shop.functions.items():
        for supplier, cell in function.cells.items():
            others = sum(cost for other, cost in cheapest.items() if other != job)
            assert cell.cost + others <= shop.total, f"{name}: {job} can never be with {supplier}"
    totals = Counter({0: 1})
    for function in shop.functions.values():
        totals = _added(totals, [cell.cost for cell in function.cells.values()])
    fit = sum(number for cost, number in totals.items() if cost <= shop.total) / sum(totals.values())
    assert 0.02 < fit < 0.9, f"{name}: {fit:.0%} of all boards fit"


def test_what_the_shop_says_of_its_limit_is_so_and_keeping_all_that_is_local_does_not_fit() -> None:
    shop = CHAPTER.decisions["where-will-you-shop"].model
    prices = {job: {s: cell.cost for s, cell in function.cells.items()} for job, function in shop.functions.items()}
    totals = Counter({0: 1})
    for row in prices.values():
        totals = _added(totals, list(row.values()))
    fits = sum(many for cost, many in totals.items() if cost <= shop.total) / totals.total()
    in_house = sum(row["in-house"] for row in prices.values()) / 1000
    assert f"{totals.total():,} ways" in shop.closing
    assert f"about {fits:.0%}" in shop.closing
    assert f"£{in_house:.2f}\nmillion" in shop.closing or f"£{in_house:.2f} million" in shop.closing
    local = {"needs", "contracts", "intelligence"}
    kept = sum(row["in-house"] if job in local else min(row.values()) for job, row in prices.items())
    assert kept > shop.total, "what depends on knowing the place cannot all be made, so something has to give"


def _added(totals: Counter[int], costs: list[int]) -> Counter[int]:
    added: Counter[int] = Counter()
    for (total, number), cost in product(totals.items(), costs):
        added[total + cost] += number
    return added


def test_the_key_of_a_closing_question_is_seldom_the_longest() -> None:
    asked = [*(sheet.model for sheet in CHAPTER.decisions.values()), *CHAPTER.questions.model.values()]
    keyed = [m for m in asked if m.kind in ("best-answer", "claim")]
    others = {m.key: [len(o.text) for name, o in m.options.items() if name != m.key] for m in keyed}
    longest = [m for m in keyed if len(m.options[m.key].text) > max(others[m.key])]
    assert len(keyed) >= 7
    assert len(longest) <= LONGEST_KEYS * len(keyed), [m.key for m in longest]


def test_the_contest_is_given_the_months_that_it_takes() -> None:
    ranking = CHAPTER.decisions["supplier-and-partner"].model
    assert "about six months" in ranking.situation
    assert ranking.options["contest-with-neighbours"].text.startswith("Extend for six months")
    lengths = [len(option.text) for option in ranking.options.values()]
    assert max(lengths) <= 1.15 * min(lengths)


def test_the_page_tells_of_one_extension_as_the_decision_does() -> None:
    """What became of the contract, what Meridian's books show and what was asked agree between page and decision."""
    page, ranking = INDEX.read_text("utf8"), CHAPTER.decisions["supplier-and-partner"].model
    assert "may\n  extend it once" in ranking.situation or "may extend it once, for up to a year" in ranking.situation
    assert "used its one extension, for a year" in page
    assert "kept for two years" not in page
    assert "books do not divide it" in page
    assert "price" not in ranking.options["open-books"].consequence
    read_out = CHAPTER.decisions["what-green-hides"].model.options["asked-little"].text
    assert read_out in " ".join(page.split())


def test_the_session_asks_from_memory_for_nothing_that_it_has_not_shown() -> None:
    session = CHAPTER.session.model
    assert any("four questions" in need for need in session.needs)
    shown = [index for index, step in enumerate(session.plan) if "Uncover the four questions" in step.do]
    asked = [index for index, step in enumerate(session.plan) if "from memory" in step.do]
    assert shown
    assert shown[0] < asked[0]
    opening = INDEX.read_text("utf8").split(":::{story}")[1].split(":::")[0]
    words = markdown.words(around.prose(opening))
    promised = next(need for need in session.needs if "Page nineteen" in need)
    assert f"{round(words, -1)} words" in promised


def test_the_explorer_asks_for_no_number_that_a_chart_beside_it_prints() -> None:
    """The chart prints the answer at a saving of £28,000; the prediction is asked at another, which no text answers."""
    leaving = CHAPTER.decisions["break-even"].model
    at = leaving.prediction.at
    answer = (at["once"] + 40 * at["dip"]) / at["saving"]
    shown = INDEX.read_text("utf8")
    assert at["saving"] != 28
    assert f"{answer:.1f}" not in shown
    assert f"{answer:.0f} months" not in shown + leaving.situation


def test_what_a_region_of_the_explorer_says_is_so_at_every_setting_that_leads_to_it() -> None:
    """Each region's claim as a condition on what the sliders give; none of the four is the answer nearly everywhere."""
    marking = explorer.compiled(CHAPTER.decisions["break-even"].model)
    claims = [
        lambda at, got: got["three_years"] < 0,
        lambda at, got: got["months"] <= 12 and got["one_year"] >= 0,
        lambda at, got: at["dip"] > 6 and 12 < got["months"] <= 36,
        lambda at, got: 12 < got["months"] <= 36 and got["one_year"] < 0 <= got["three_years"],
    ]
    axes = {name: range(low, high + 1, step) for name, (low, high, step, _) in _whole(marking["inputs"]).items()}
    met: Counter[int] = Counter()
    for setting in product(*axes.values()):
        at = dict(zip(axes, setting, strict=True))
        place = explorer.region(marking, at)
        assert claims[place](at, explorer.results(marking, at)), (place, at)
        met[place] += 1
    assert set(met) == {0, 1, 2, 3}
    assert max(met.values()) < 0.5 * met.total()


def _whole(inputs: dict[str, list[float]]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(int(part) for part in box) for name, box in inputs.items()}
