"""The engine room and the paper game say what rules.yaml says, in letters, in words and in whole points."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from commissioning import game
from commissioning.site import game_extras, game_rules
from commissioning.site.game_class import CARDS, CLASS, class_look_up_html
from commissioning.site.game_room import ROOM, engine_room_html
from commissioning.site.game_rules import Telling, W
from commissioning.source.expression import compile_expression

ROOT = Path(__file__).resolve().parent.parent
RULES = game.rules_sheet(ROOT).model


def text(html: str) -> str:
    """What a reader sees of a piece of HTML, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def row(html: str, first: str) -> str:
    """The row of a table that begins with these words."""
    rows = [text(part) for part in html.split("<tr")]
    return next(part for part in rows if first in part)


def shown(expression: str) -> str:
    """An expression of the rules as a reader sees it."""
    return text(game_rules.symbols(Telling(RULES).tree(expression)))


# -- names ---------------------------------------------------------------------------------------------------------


def test_everything_that_may_be_chosen_or_may_happen_has_a_short_name() -> None:
    assert set(W["decisions"]) == set(RULES.decisions) - {"attention"}
    assert {name: set(options) for name, options in W["options"].items()} == {
        name: set(decision.options) for name, decision in RULES.decisions.items() if decision.options
    }
    assert set(W["events"]) == set(RULES.events)
    assert set(W["accounts"]) == set(RULES.accounts)
    assert set(W["lenses"]) == set(RULES.reports) - {"position", "day_365"}


def test_every_letter_stands_for_one_thing() -> None:
    letters = [sign for sign in W["symbols"].values() if len(sign) == 1]
    assert len(letters) == len(set(letters))
    assert {*RULES.variables, *RULES.dials} <= set(W["symbols"])


def test_the_file_of_words_holds_no_number() -> None:
    words = Path(game_extras.__file__).with_suffix(".yaml").read_text("utf-8")
    assert not re.search(r"[ \"]\d", words.replace("in 100", ""))


# -- expressions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("0.6 * executives + 0.4 * mandate", "0.6 × X + 0.4 × G"),
        ("(engagement + 2 * clinicians) / 3", "( E + 2 × C ) ÷ 3"),
        ("engagement - (public - data)", "E − ( V − D )"),
        ("-16 * severity", "−16 × z"),
        ("cbrt(backing * leading * capacity)", "∛( O × L × M )"),
        ("if(model.gps, 1, 2)", "1 if who designs is “GPs design”; otherwise 2"),
        ("floor(redesign * 10 + 0.5) / 10", "W , to one decimal"),
        ("data >= 40 and turn >= 3", "D ≥ 40 and turn ≥ 3"),
        ("165000 * 20 / 365", "165,000 × 20 ÷ 365"),
    ],
)
def test_an_expression_is_shown_in_letters_and_signs(expression: str, words: str) -> None:
    said = shown(expression)
    assert re.sub(r"\s+", "", said) == re.sub(r"\s+", "", words)


@pytest.mark.parametrize(("x", "sign"), [(8, "+8"), (-12, "−12"), (0, "0"), (8.333, "+8.3")])
def test_a_change_shows_its_sign(x: float, sign: str) -> None:
    assert game_rules.signed(x) == sign


@pytest.mark.parametrize(("x", "points"), [(8.4, 8), (8.5, 9), (-8.5, -9), (-8.4, -8), (0.2, 0)])
def test_paper_uses_whole_points(x: float, points: int) -> None:
    assert game_rules.whole(x) == points


def test_nothing_but_letters_signs_and_words_is_needed_to_read_a_formula() -> None:
    html = "".join(engine_room_html(RULES, part) for part in [*ROOM, *RULES.blocks])
    assert not re.search(r"<(script|math|img|svg|canvas)|style=|\\\(|\$", html)


# -- the engine room -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [*ROOM, *RULES.blocks])
def test_each_part_of_the_engine_room_is_made(part: str) -> None:
    assert text(engine_room_html(RULES, part))


def test_every_option_and_event_has_its_row() -> None:
    html = engine_room_html(RULES, "decisions") + engine_room_html(RULES, "events")
    for options in (W["options"][name] for name, decision in RULES.decisions.items() if decision.turns):
        assert all(row(html, words) for words in options.values())
    assert all(row(html, words) for words in W["events"].values())


def test_the_workshop_reads_as_the_rules_have_it() -> None:
    said = row(engine_room_html(RULES, "decisions"), "Decision-rights workshop")
    assert "G +34 E +8 V +5 Points promised this turn: 2." in said


def test_the_redesign_is_shown_whole() -> None:
    said = text(engine_room_html(RULES, "braking"))
    assert "M = 0.7 × I + 0.3 × S" in said
    assert re.sub(r"\s", "", "R = ∛(O × L × M) × min(1, min(O, L, M) ÷ 40)") in re.sub(r"\s", "", said)


def test_the_dial_and_the_deck_are_those_of_the_rules() -> None:
    assert row(engine_room_html(RULES, "dial"), "Central").endswith(
        "k 0.004 What it supposes A strong redesign about cancels the growth"
    )
    said = text(engine_room_html(RULES, "deck"))
    assert "Put in at turn 2 or 3: access to data refused." in said
    assert "between 0.7 and 1.3" in said


def test_the_words_of_the_engine_room_repeat_no_number_of_the_rules() -> None:
    """What stands outside the tables holds only numbers with a source, an example, and the days of the year."""
    page = (ROOT / game.FOLDER / "engine-room.md").read_text("utf-8")
    prose = re.sub(r"\{[a-z]+\}`[^`]*`|```.*?```|^#.*$|^\d\. ", "", page, flags=re.S | re.M)
    assert set(re.findall(r"\d[\d,.]*\d|\d", prose)) <= {"8", "100", "250,000", "2014", "365", "4", "5", "6", "3"}


def test_a_late_effect_says_when() -> None:
    assert "At turn 3" in row(engine_room_html(RULES, "decisions"), "In house")


def test_a_changed_number_in_the_rules_changes_the_page() -> None:
    data = RULES.model_dump(by_alias=True, exclude_unset=True)
    data["decisions"]["governance"]["options"]["workshop"]["do"][0]["up"]["mandate"] = "35"
    changed = type(RULES).model_validate(data)
    assert "G +35" in row(engine_room_html(changed, "decisions"), "Decision-rights workshop")


@pytest.mark.parametrize("show", [engine_room_html, class_look_up_html])
def test_an_unknown_part_names_the_nearest(show: Any) -> None:
    with pytest.raises(LookupError, match=r"there is no part 'decision'.*decisions"):
        show(RULES, "decision")


# -- the paper game ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [*CLASS, *CARDS])
def test_each_part_of_the_paper_game_is_made(part: str) -> None:
    assert text(class_look_up_html(RULES, part))


def test_effects_on_paper_are_whole_points_and_events_of_middling_force() -> None:
    html = class_look_up_html(RULES, "decisions") + class_look_up_html(RULES, "events")
    changes = re.findall(r"</var>\s*[+−](\d+(?:\.\d+)?)", html)
    assert changes
    assert all("." not in change for change in changes)
    assert "£1,970k from the reserve" in row(html, "The top-slice")
    assert "<var>z</var>" not in html


def test_points_on_paper_are_worth_what_the_rules_give_less_neglect() -> None:
    html = class_look_up_html(RULES, "attention")
    assert row(html, "E engagement").endswith("0 −5 1 +6 2 +11 3 +14 4 +17 5 +20 6 +22")
    assert row(html, "I improvement").endswith("0 0 1 +12 2 +17 3 +21 4 +24 5 +27 6 +29")


def test_the_redesign_on_paper_agrees_with_the_measured_pace() -> None:
    """Curriculum 4.8: with all six at 50 it is 21 a turn; with I and S at 10 and 80 elsewhere about 4."""
    html = class_look_up_html(RULES, "redesign")
    cells = re.findall(r"<td\b.*?</span>\s*<span>(.*?)</span>", html, flags=re.S)
    grid = [cells[i : i + 5] for i in range(0, 25, 5)]
    assert grid[2][2] == "+21"
    assert grid[0][3:] == ["+4", "+5"]
    assert grid[2][:2] == ["", ""]


def test_the_hospital_costs_most_when_paid_by_activity_and_nothing_when_fixed() -> None:
    html = class_look_up_html(RULES, "hospital")
    assert row(html, " 103 ").endswith("By activity £270k Blended £140k Fixed £0k")
    assert "−£90k" in row(html, " 99 ")


def test_the_board_has_a_row_for_each_letter_and_purse_and_a_square_for_each_turn() -> None:
    html = class_look_up_html(RULES, "board")
    assert html.count("<tr") == 1 + 13 + 4
    assert row(html, "E engagement").endswith("Turn 1 Turn 2 Turn 3 Turn 4 Turn 5")
    assert "£3,500k" in row(html, "The reserve")
    assert "£4,000k" in row(html, "The deficit owed")


def test_cards_carry_the_words_of_the_telling_and_no_effects_of_decisions() -> None:
    option = SimpleNamespace(text="Use the [template](F001)")
    told = SimpleNamespace(title="The empty constitution", situation="A room.", ask="Who decides?", options={})
    told.options = dict.fromkeys(RULES.decisions["governance"].options, option)
    words: Any = SimpleNamespace(decisions={"governance": told}, events={}, scrutiny=None)
    html = class_look_up_html(RULES, "decision-cards", words, inline=game_extras._bare)
    assert "Turn 1: The empty constitution A room. Who decides? Use the template" in text(html)
    assert "href" not in html
    assert "<var>" not in html


def test_there_is_a_card_for_each_decision_and_each_event() -> None:
    assert class_look_up_html(RULES, "decision-cards").count("<section") == 10
    assert class_look_up_html(RULES, "event-cards").count("<section") == len(RULES.events)


def test_nothing_here_adds_lenses_up() -> None:
    source = Path(game_extras.__file__).read_text("utf-8")
    assert "sum(" not in source.replace("worth = [sum(", "").replace("def sum(", "").replace("self.sum(", "")


def test_names_of_rules_are_compiled_with_the_engines_own_reader() -> None:
    told = Telling(RULES)
    assert told.tree("model.gps") == compile_expression("model.gps", told.names, rules=True)
