"""Chapter 11 keeps what it says: its sums, its prices, the game's rule, the weeks, and what a tutor hands out."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import sourcing
from commissioning.labs import control_chart
from commissioning.labs.control_chart.figures import figures
from commissioning.place import weekly

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["changing-a-service"]
ROOM: Any = CHAPTER.decisions["who-is-in-the-room"].model
TRY: Any = CHAPTER.decisions["add-or-multiply"].model
SESSION = (ROOT / "book/changing-a-service/session.yaml").read_text(encoding="utf-8")
PLAN = " ".join(SESSION.split())
WORDS = " ".join(re.sub(r"\{\w+\}`([^`<]+?)(?: <[^>]+>)?`", r"\1", CHAPTER.text).split())


def test_the_opening_adds_up_and_its_plan_has_the_same_five() -> None:
    opening: Any = CHAPTER.decisions["twenty-seven-left"].model
    assert "31 things" in opening.situation
    assert "Of the other 27, five need a doctor" in opening.situation
    assert 4 + 27 == 31
    assert f"ours is {'ABCDE'[list(opening.options).index(opening.key)]}" in PLAN
    words = [opening.situation, opening.ask, *(option.text for option in opening.options.values())]
    assert len(" ".join(words).split()) <= 150, "it is to be decided in ninety seconds"


def test_what_is_said_of_adding_and_multiplying_is_so() -> None:
    def added(*marks: int) -> float:
        return sum(marks) / 3

    def multiplied(*marks: int) -> float:
        first, second, third = marks
        return first * second * third / 10_000

    assert TRY.outputs["multiplied"].expression == "backing * leading * hours / 10000"
    assert round(multiplied(90, 90, 10)) == 8
    assert round(added(90, 90, 10)) == 63
    assert "It is 8 (0.9 times 0.9 times 0.1); the average is 63." in PLAN
    assert multiplied(60, 60, 60) < multiplied(90, 90, 30), "three fair parts below two fine ones and a poor one"
    assert added(100, 100, 0) == pytest.approx(200 / 3), "up to two thirds of full pace"
    assert multiplied(100, 100, 0) == 0


def test_each_region_is_reached_and_none_is_a_contradiction() -> None:
    marked = range(0, 101, 5)
    grid = list(product(marked, marked, marked))
    reached: set[int] = set()
    named: dict[tuple[int, int, int], str] = {}
    for marks in grid:
        multiplied = marks[0] * marks[1] * marks[2] / 10_000
        gap, spread = sum(marks) / 3 - multiplied, max(marks) - min(marks)
        values = {"multiplied": multiplied, "gap": gap, "spread": spread}
        first = next(
            at
            for at, region in enumerate(TRY.regions)
            if all(low <= values[name] <= high for name, (low, high) in region.when.items())
        )
        reached.add(first)
        added = sum(marks) / 3
        if first == 0:
            assert 0 in marks, "a part is missing"
            assert added <= 200 / 3
        elif first == 1:
            low, _, high = sorted(marks)
            assert low + 40 <= high, "it has a weakest part"
            assert multiplied / low > multiplied / high, "ten points on it are worth more than ten on the best"
        elif first == 2:
            assert multiplied >= 75 or added <= 16, "nearly at full pace, or hardly moving"
        else:
            assert multiplied < added - 10, "well below that"
        if marks in {(50, 50, 50), (60, 60, 60), (90, 90, 10), (90, 90, 30), (5, 5, 30)}:
            named[marks] = TRY.regions[first].name
    assert reached == set(range(len(TRY.regions)))
    alike, apart = "Three parts much alike", "The two models part company"
    assert named[50, 50, 50] == named[60, 60, 60] == alike
    assert named[90, 90, 10] == named[90, 90, 30] == apart
    assert named[5, 5, 30] == "The two models agree", "on the pace, and no longer on the advice"
    assert min(sum(marks) / 3 - marks[0] * marks[1] * marks[2] / 10_000 for marks in grid) > -1e-9


def test_the_game_multiplies_as_the_chapter_says() -> None:
    rules = (ROOT / "book/your-first-hundred-days/rules.yaml").read_text(encoding="utf-8")
    assert re.search(r"cbrt\(backing \* leading \* capacity\)", rules), "the page says that the game multiplies"
    assert "takes a cube root" in TRY.regions[-1].explanation


# ---- nine chairs ---------------------------------------------------------------------------------------------------


def price(way: str, who: str) -> int:
    cost: int = ROOM.functions[who].cells[way].cost
    return cost


def test_the_prices_said_are_the_prices() -> None:
    assert sum(price("room", who) for who in ROOM.functions) == 65
    assert "all nine in the room would cost £65,000" in " ".join(ROOM.situation.split())
    assert ROOM.total == 40
    handed = re.findall(r"(\d+), (\d+)(?:\.|\*)", PLAN.split("Geriatrician")[1].split("Organiser")[0] + "12, 6*")
    ours = [(str(price("room", who)), str(price("asked", who))) for who in ROOM.functions]
    assert handed == ours


def test_what_larkmere_did_could_be_paid_and_led_where_the_page_says() -> None:
    room = {"calder", "director", "patients", "tomasz"}
    asked = {"jas", "lien", "ambulance"}
    chosen = {who: "room" if who in room else "asked" if who in asked else "told" for who in ROOM.functions}
    told = sourcing.score(sourcing.compiled(ROOM), {"chosen": chosen})
    assert told is not None
    assert (told["cost"], told["left"]) == (40, 0)
    assert [7, "cell", "social"] in told["arrives"], "the council was told after, and care came late"


def test_money_rules_out_some_rooms_and_not_all() -> None:
    dearest = sorted((price("room", who) for who in ROOM.functions), reverse=True)
    assert sum(dearest[:5]) > ROOM.total
    assert sum(sorted(dearest)[:6]) <= ROOM.total
    assert pytest.approx(5, abs=0.5) == 8 * 52 / 12 / 7, "every seventh week is five meetings in eight months"


def test_no_cheap_room_is_without_trouble() -> None:
    """The limit binds: to ask seven of nine, or all, is no longer as good as to have people in the room."""
    compiled = sourcing.compiled(ROOM)
    least = ROOM.total
    for ways in product(ROOM.suppliers, repeat=len(ROOM.functions)):
        chosen = dict(zip(ROOM.functions, ways, strict=True))
        if sum(price(way, who) for who, way in chosen.items()) < 36:
            told = sourcing.score(compiled, {"chosen": chosen})
            if told is not None and not told["arrives"]:
                least = min(least, told["cost"])
    assert least == ROOM.total, "none for less than £36,000"


def test_what_comes_back_is_printed_for_the_tutor() -> None:
    months = {who: cells.cells["told"].later for who, cells in ROOM.functions.items()}
    assert sum(bool(later) for later in months.values()) == 7
    handed = [int(month) for month in re.findall(r" (\d+): ", PLAN.split("For you, what")[1].split("Nothing comes")[0])]
    order = ("calder", "director", "lien", "social", "patients", "jas", "tomasz")
    assert handed == [months[who].month for who in order]


def test_each_way_of_having_a_person_costs_less_than_the_one_before_and_none_is_free_of_consequence() -> None:
    for who, function in ROOM.functions.items():
        assert price("room", who) > price("asked", who) > price("told", who) == 0
        assert all(cell.consequence and cell.explanation for cell in function.cells.values())


# ---- weeks ---------------------------------------------------------------------------------------------------------


def test_weeks_have_the_dates_that_the_story_gives_them() -> None:
    begins = place.weekly_attendances().set_index("week")["begins"]
    assert begins[weekly.TEAM_FROM] == pd.Timestamp("2016-05-23")
    assert begins[weekly.EFFECT_FROM].month == 7, "since July"
    assert begins[weekly.HEAT_WEEK].month == 7
    assert begins[weekly.RULE_FROM] < pd.Timestamp("2016-04-01") < begins[weekly.RULE_FROM + 1]
    assert begins[weekly.WEEKS] < pd.Timestamp("2017-04-27")
    assert "began on 23 May 2016" in WORDS


def test_the_page_draws_its_charts_as_it_describes_them() -> None:
    rows = control_chart.one_rule(place.weekly_attendances())
    reported = control_chart.signals(rows, "reported", (1, 30))
    assert reported.iloc[:2].to_numpy().tolist() == [[58, "beyond", "below"], [59, "run", "below"]]
    assert reported["week"].iloc[0] < weekly.TEAM_FROM
    late = control_chart.signals(rows, "reported", (1, 59))["week"].iloc[0]
    assert (late, late - weekly.TEAM_FROM) == (67, 7), "with 59 weeks the arrow would seem to be borne out"
    assert weekly.TEAM_FROM - weekly.RULE_FROM == 8, "eight of those weeks were counted by the new rule"
    assert rows["begins"].iloc[29] + pd.Timedelta(days=6) == pd.Timestamp("2015-11-01"), "over by November 2015"
    first_30 = control_chart.signals(rows, "counted", (1, 30))["week"].tolist()
    assert first_30[:2] == [68, 76], "the first 30 give the same two first signals"
    counted = control_chart.signals(rows, "counted", (1, 59))
    assert counted.to_numpy().tolist() == [[68, "beyond", "above"], [76, "run", "below"]], "two things signal now"


def test_what_the_tutor_turns_over_is_the_data_in_blocks_of_four_weeks() -> None:
    table = place.weekly_attendances()
    blocks = table.groupby((table["week"] - 1) // 4)["reported"].mean().round().astype(int).tolist()
    assert f"*{', '.join(map(str, blocks))}.*" in PLAN
    assert (weekly.TEAM_FROM - 1) // 4 + 1 == 15, "at the end of the fifteenth block"
    assert max(blocks[13:16]) < min(blocks[:12]), "it had fallen by the fourteenth"


def test_towns_in_the_decision_are_those_of_the_data() -> None:
    towns: Any = CHAPTER.decisions["four-towns"].model
    homes = {"eastbank": "after", "mid-vale": "before", "north-vale": "after", "south-vale": "none"}
    assert {name: card.into[0] for name, card in towns.cards.items()} == homes
    for name, card in towns.cards.items():
        assert card.text.startswith(name.replace("-", " ").title())
        assert (f"L11-{name}-first" in card.explanation) == (homes[name] != "none")
    first = int(figures()["L11-mid-vale-first"].value)
    assert weekly.TOWN_START - first == 9, "nine weeks before the speech"


def test_in_most_towns_with_a_strong_team_and_one_rule_the_fall_comes_after_it() -> None:
    later = 0
    for seed in range(50):
        table = place.weekly_attendances(seed, effect=-0.14, moved=0)
        found = control_chart.signals(table, "reported", (1, 30))
        later += found.loc[found["side"] == "below", "week"].iloc[0] >= weekly.TEAM_FROM
    assert later / 50 == pytest.approx(0.8, abs=0.1), "about four of five"


def test_a_run_comes_by_luck_in_about_one_chart_of_six() -> None:
    runs = 0
    for seed in range(200):
        table = control_chart.one_rule(place.weekly_attendances(seed, effect=0, moved=0))
        runs += "run" in control_chart.signals(table, "counted", (1, 59))["kind"].to_numpy()
    assert runs / 200 == pytest.approx(1 / 6, abs=0.05)


def test_before_is_every_week_before_the_team() -> None:
    table = place.weekly_attendances()
    before, since = (control_chart.between(table, "reported", weeks).mean() for weeks in ((1, 59), (60, 104)))
    fall = 100 * (1 - since / before)
    assert (round(before), round(since), round(fall)) == (415, 377, 9)
    assert f"[{before:.0f}](L11-before) before, [{since:.0f}](L11-since) since, [{fall:.0f}%](L11-claimed)" in PLAN
    first_30 = control_chart.between(table, "reported", (1, 30)).mean()
    assert f"a level mark at {first_30:.0f}, the average of the first 30 weeks" in PLAN
    honest: Any = CHAPTER.decisions["the-honest-sentence"].model
    assert f"fallen by {fall:.0f}% since" in honest.options["all-of-it"].text


def test_the_chart_that_is_to_be_read_names_no_signal() -> None:
    table = place.town_attendances()
    told = control_chart.towns_chart(table, marked=False)
    assert "signal" not in told.description + told.takeaway
    assert "Signals" not in str(told.spec["layer"][-1])
    assert told.id != control_chart.towns_chart(table).id


def test_the_plan_sorts_the_six_as_the_decision_does() -> None:
    cards: Any = CHAPTER.decisions["six-that-stopped"].model.cards
    ours = {name: card.into[0] for name, card in cards.items()}
    said = {
        "falls": "falls, hours",
        "heart-failure": "heart failure, clinicians who lead",
        "stroke": "stroke, backing",
        "feet": "feet, nothing, it moves",
        "care-homes": "care homes, clinicians who lead",
        "home-by-noon": "home before noon, nothing, its aim is wrong",
    }
    names = {
        "hands": "hours",
        "leading": "clinicians",
        "backing": "backing",
        "leave": "it moves",
        "aim": "aim is wrong",
    }
    assert set(said) == set(ours)
    for name, words in said.items():
        assert words in PLAN
        assert names[ours[name]] in words


def test_decisions_and_prose_keep_to_their_length() -> None:
    def words(part: Any) -> int:
        if isinstance(part, dict):
            return sum(words(value) for value in part.values())
        if isinstance(part, list):
            return sum(words(value) for value in part)
        return len(re.sub(r"\]\([^)]*\)", "]", part).split()) if isinstance(part, str) else 0

    folder = ROOT / "book/changing-a-service/decisions"
    assert sum(words(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in folder.glob("*.yaml")) <= 5_200
    prose = re.sub(r"```\{code-cell\}.*?```", "", CHAPTER.text.split("\n---\n", 1)[-1], flags=re.S)
    assert len(prose.split()) <= 3_300


def test_at_least_three_stay_out_of_the_room_and_seven_come_back_only_if_told() -> None:
    cheapest = sorted(price("room", who) for who in ROOM.functions)
    assert sum(cheapest[:6]) <= ROOM.total < sum(cheapest[:7]), "at least three of nine are out"
    late = {way: [who for who in ROOM.functions if ROOM.functions[who].cells[way].later] for way in ROOM.suppliers}
    assert {way: len(who) for way, who in late.items()} == {"room": 0, "asked": 0, "told": 7}
