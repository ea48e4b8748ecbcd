"""Chapter 4 keeps what it says: its story's endings, the entries that its page and its notebook judge, its letter."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from story_paths import assert_deficit_endings_hold, paths

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import scenario as kind
from commissioning.labs import ledger
from commissioning.labs.ledger.figures import once
from commissioning.place.ledger import SPENDING, YEARS

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["owning-other-peoples-problems"]
STORY = CHAPTER.decisions["the-deficit-letter"].model


def test_what_the_endings_of_the_letter_say_is_so_on_every_path() -> None:
    silent = {"green-ink.tell-her-to-wait"}
    assert_deficit_endings_hold(kind.compiled(STORY), waited=silent, found_out=silent | {"the-letter.silence"})


def test_every_stance_of_day_12_can_end_in_two_ways_at_least_and_none_but_silence_is_found_out() -> None:
    ends: dict[str, set[str]] = {}
    for steps, _, ending in paths(kind.compiled(STORY)):
        ends.setdefault(steps[0][1], set()).add(ending)
    assert all(len(found) >= 2 for found in ends.values()), ends
    assert [stance for stance, found in ends.items() if "hidden-and-found" in found] == ["silence"]


def test_where_the_practices_are_said_to_know_the_gap_they_have_been_told_it() -> None:
    """The last ending says that its size is known in every practice: no path that kept it from them comes there."""
    for steps, _, ending in paths(kind.compiled(STORY)):
        if ending == "same-and-understood":
            assert ("the-letter", "silence") not in steps or ("green-ink", "listen") in steps


def test_no_road_is_best_in_all_four_measures_as_the_page_says() -> None:
    found = [values for _, values, _ in paths(kind.compiled(STORY))]
    best = {name: (min if name == "gap" else max)(values[name] for values in found) for name in STORY.variables}
    assert set(best) == {"gap", "oversight", "public", "practices"}
    assert not any(all(values[name] == best[name] for name in best) for values in found)
    assert "no road is best in all four measures" in " ".join(CHAPTER.text.split())


def test_the_days_of_the_story_go_forward() -> None:
    days = {name: int(re.search(r"Day (\d+)", node.title)[1]) for name, node in STORY.nodes.items()}  # type: ignore[index]
    for name, node in STORY.nodes.items():
        for choice in node.choices.values():
            assert choice.goto == "end" or days[choice.goto] > days[name], (name, choice.goto)


def test_whatever_moves_the_gap_is_said_to_come_every_year() -> None:
    """The gap is what lasts: each line that moves it says "a year" or "every year", and none that it is for a time."""
    for node in STORY.nodes.values():
        for choice in node.choices.values():
            told = [(choice.consequence, choice.text)] if "gap" in choice.effects else []
            told += [(late.text, "") for late in choice.late if "gap" in late.effects]
            for said, offered in told:
                assert re.search(r"\b(a|every) year\b", said), said
                assert not re.search(r"this year|until the|may be chance|suspend", f"{said} {offered}", re.IGNORECASE)


def test_the_people_whom_the_page_finds_uncounted_are_on_every_path() -> None:
    """The page says whom the story has no measure for: the Tuesday clinic's patients and the General's."""
    for steps, _, _ in paths(kind.compiled(STORY)):
        assert {"building", "tuesday-clinic"} <= {at for at, _ in steps}
    assert "no measure for the people who come to the Tuesday clinic" in " ".join(CHAPTER.text.split())


@pytest.mark.parametrize("year", ["2009/10", "2010/11"])
def test_the_entries_that_the_page_takes_out_are_those_that_come_once(year: str) -> None:
    assert set(once(year)) <= set(re.findall(r"E\d{3}", CHAPTER.text))


@pytest.mark.parametrize("year", ["2009/10", "2010/11"])
def test_the_tables_of_the_page_are_the_ledgers(year: str) -> None:
    for row in ledger.noted(ledger.of_year(place.ledger(), year)).to_dict("records"):
        amount = f"{row['amount_k']:+,}".replace("-", "−")
        shown = re.sub(r"\{figure\}`([^`<]+) <[^`]+>`", r"\1", CHAPTER.text)
        assert f"| {row['entry']} | {amount} | {row['coded']} | {row['note']} |" in shown


def test_the_bare_case_has_every_noted_entry_of_the_last_year() -> None:
    for row in ledger.noted(ledger.of_year(place.ledger(), "2012/13")).to_dict("records"):
        amount = f"{row['amount_k'] / 1000:+.2f}".replace("-", "−")
        assert f"| {amount} | {row['coded']} | {row['note']} |" in CHAPTER.text


def test_the_page_names_no_entry_of_the_years_that_are_left_to_the_notebook() -> None:
    named = set(re.findall(r"E\d{3}", CHAPTER.text))
    years = [ledger.of_year(place.ledger(), year) for year in ("2009/10", "2010/11")]
    assert named == {entry for rows in years for entry in ledger.noted(rows)["entry"]}


def test_the_solutions_take_out_what_was_planted() -> None:
    notebook = nbformat.read(ROOT / "solutions" / "owning-other-peoples-problems.ipynb", as_version=4)
    cells = {cell["id"]: cell["source"] for cell in notebook.cells}
    for name, year in (("half-once", "2011/12"), ("last-once", "2012/13")):
        assert tuple(re.findall(r"E\d{3}", cells[name])) == once(year)


def test_the_handout_of_the_session_is_the_ledger() -> None:
    """Every noted entry of the last year stands in what a tutor copies out, with its amount."""
    rows = place.ledger().query("year == '2012/13' and note != ''")
    chart = next(need for need in CHAPTER.session.model.needs if "2012/13" in need)
    shown = sorted(int(number.replace("−", "-").replace(",", "")) for number in re.findall(r"[+−][\d,]+", chart))
    assert shown == sorted([*rows["amount_k"], 300])


def test_sixteen_pounds_a_head_is_the_gap_shared_out() -> None:
    assert 4_000_000 / place.PATIENTS == 16
    assert len(YEARS) == 4
    assert all(len(amounts) == 4 for amounts in SPENDING.values())
