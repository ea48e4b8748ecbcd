"""What chapter 3 says of itself: its grids are consistent as wholes, and its endings hold on every path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from story_paths import paths

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import decision_rights
from commissioning.kinds import scenario as kind
from commissioning.labs import projects

ROOT = Path(__file__).resolve().parents[1]
BOOK = read_book(ROOT)
CHAPTER = BOOK.chapters["who-decides"]
GRIDS = {name: s.model for name, s in CHAPTER.decisions.items() if s.model.kind == "decision-rights"}
BELOW, WELL = 50, 60
PATHS = 396


def accepted_rows(row: decision_rights.Row) -> Iterator[dict[str, str]]:
    """Every way to fill a row with letters that the authors accept, with one A and at least one R."""
    parties = list(row.cells)
    for letters in product(*(row.cells[party].allowed for party in parties)):
        if letters.count("A") == 1 and "R" in letters:
            yield dict(zip(parties, letters, strict=True))


@pytest.mark.parametrize("name", GRIDS)
def test_every_accepted_cell_stands_in_a_whole_row_that_is_accepted(name: str) -> None:
    for decision, row in GRIDS[name].decisions.items():
        seen = {(party, letter) for filled in accepted_rows(row) for party, letter in filled.items()}
        wanted = {(party, letter) for party, cell in row.cells.items() for letter in cell.allowed}
        assert wanted == seen, f"{name}, {decision}: in no accepted row: {sorted(wanted - seen)}"


@pytest.mark.parametrize("name", GRIDS)
def test_every_letter_that_is_refused_is_told_why(name: str) -> None:
    for decision, row in GRIDS[name].decisions.items():
        for party, cell in row.cells.items():
            refused = set(decision_rights.LETTERS) - set(cell.allowed)
            assert refused == set(cell.letters) - set(cell.allowed), f"{name}, {decision}, {party}"


@pytest.mark.parametrize("name", GRIDS)
def test_a_party_that_hands_over_its_own_figures_is_asked_and_does_no_work(name: str) -> None:
    """The page's rule is C for one's own figures. The grids once said so in one row and the opposite in another.

    Where a party that holds evidence is to do more than hand it over, the situation says so before it is asked.
    """
    told = GRIDS[name].situation
    for decision, row in GRIDS[name].decisions.items():
        for party, cell in row.cells.items():
            said = " ".join([cell.explanation, *cell.letters.values()])
            if "own figures" in said or "figures are evidence" in said:
                assert "R" not in cell.allowed, f"{name}, {decision}, {party}"
            if re.search(r"evidence|drive times|knows the road", said) and "C" not in cell.allowed:
                work = {"area-team": "the area team is to explain the evidence", "ambulance": "a paramedic the drive"}
                assert work[party] in told, f"{name}, {decision}, {party}"


def test_the_letters_on_the_handout_of_the_session_are_those_of_the_grids() -> None:
    """The tutor once read out thirty cells of the wall from the middle of a step."""
    rows = {
        "Site": GRIDS["the-site-and-the-first-night"].decisions["site"],
        "First night": GRIDS["the-site-and-the-first-night"].decisions["first-night"],
        "Standard": GRIDS["move-the-heart-attacks"].decisions["standard"],
        "Consultation": GRIDS["move-the-heart-attacks"].decisions["consultation"],
    }
    shorts = {party: one.short.lower() for grid in GRIDS.values() for party, one in grid.parties.items()}
    assert CHAPTER.session
    handout = next(" ".join(need.split()) for need in CHAPTER.session.model.needs if "*Site.*" in need)
    for title, row in rows.items():
        found = re.search(rf"\*{title}\.\* ([^*]+)\.", handout)
        assert found, title
        says = {letters.rstrip(".").lower() for letters in found.group(1).split("; ")}
        wanted = {f"{shorts[party]} {' or '.join(cell.allowed)}".lower() for party, cell in row.cells.items()}
        assert says == wanted, title


@pytest.mark.parametrize("name", GRIDS)
def test_one_letter_everywhere_is_no_good_grid(name: str) -> None:
    model = GRIDS[name]
    marking = decision_rights.compiled(model)
    for letter in decision_rights.LETTERS:
        grid = {decision: dict.fromkeys(model.parties, letter) for decision in model.decisions}
        score = decision_rights.score(marking, {"grid": grid})
        assert score
        assert (score["valid"], score["agreement"] < 0.6) == (0, True), (letter, score)


def test_what_the_endings_of_one_voice_say_is_so_on_every_path() -> None:
    """Each ending's text and explanation, claim by claim, as conditions on what was chosen and on the values."""
    rules = kind.compiled(CHAPTER.decisions["one-voice-among-many"].model)
    met: set[str] = set()
    told_before: set[str] = set()
    walked = [({f"{at}.{choice}" for at, choice in steps}, values, ending) for steps, values, ending in paths(rules)]
    assert len(walked) == PATHS
    for chosen, values, ending in walked:
        met.add(ending)
        spoke = chosen & {"public-meeting.as-ours", "public-meeting.look-again"}
        unity, candour = values["unity"], values["candour"]
        found_out = "the-call.fully-support" in chosen and "minutes.correct-it" not in chosen
        says = {
            "found-out": found_out,
            "ours-and-said-so": bool(spoke) and candour >= WELL and unity >= BELOW,
            "straight-and-alone": bool(spoke) and candour >= WELL and unity < BELOW,
            "said-in-the-hall": bool(spoke) and candour < WELL,
            "the-agreed-line": "public-meeting.the-agreed-line" in chosen,
            "from-the-floor": "public-meeting.from-the-floor" in chosen,
        }
        assert found_out == (ending == "found-out"), sorted(chosen)
        if "public-meeting.look-again" in chosen:
            assert chosen & {"journeys.publish-now", "journeys.board-first"}, "there are figures to look at again"
        assert says[ending], (ending, sorted(chosen), values)
        told_before |= {ending} if chosen & {"the-call.opposed", "the-call.both", "minutes.correct-it"} else set()
    assert met == set(rules_endings(rules))
    model = CHAPTER.decisions["one-voice-among-many"].model
    for name in told_before:  # the paper had printed the vote, so no ending may treat it as a secret
        told = f"{model.endings[name].text} {model.endings[name].explanation}"
        assert not re.search(r"whether anyone on the board|your vote had been read out", told), name


def rules_endings(rules: Any) -> list[str]:
    """The names of the endings, in order."""
    return [name for name, _ in rules["endings"]]


def test_the_bodies_named_as_payers_are_given_the_same_letters_for_the_site() -> None:
    """One buyer was once refused a letter for a reason that held as well for the other, who was allowed it."""
    cells = GRIDS["the-site-and-the-first-night"].decisions["site"].cells
    assert cells["board"].allowed == cells["area-team"].allowed


def test_what_crowd_or_lead_says_of_seven_bodies_is_in_the_log() -> None:
    """It once said that both quick decisions had a lead; one of the two had none."""
    log = place.decisions().head(60)
    seven = log[log["n_bodies"] == 7]
    led, not_led = seven[seven["single_lead"] == "Y"], seven[seven["single_lead"] == "N"]
    told = CHAPTER.decisions["crowd-or-lead"].model.options["name-not-number"].consequence
    assert (len(seven), list(led["days"])) == (8, [32])
    assert "the eight decisions of seven bodies" in told
    assert "There is one, and it took 32 days." in told
    assert not_led["days"].min() < 32 < not_led["days"].nsmallest(2).iloc[1], "another was quick without, and only one"


def test_how_seldom_chance_undoes_so_many_more_without_a_lead() -> None:
    log = place.decisions()
    led, rest = log[log["single_lead"] == "Y"], log[log["single_lead"] == "N"]
    undone = [int((part["reversed_6m"] == "Y").sum()) for part in (led, rest)]
    assert round(1 / projects.fisher(undone[0], len(led), undone[1], len(rest)), -1) == 40
    assert "about one in forty" in " ".join(CHAPTER.text.split())
