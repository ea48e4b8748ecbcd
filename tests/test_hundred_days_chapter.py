"""Chapter 14 of itself: a small opening, explanations that fit their months, numbers that its lab computes."""

from __future__ import annotations

import re
from pathlib import Path

from commissioning.book import CELL, read_book
from commissioning.labs import figures

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).chapters["your-first-hundred-days"]
PAGE = (ROOT / "book" / "your-first-hundred-days" / "index.md").read_text("utf8")
SILENT, NINETY_SECONDS = 230, 1.5
AFTER_THE_VOTE = ("December", "January", "February")
STRATEGIES = ("Builder", "Bookkeeper", "Diplomat", "Sovereign", "Delegator", "Rescuer")


def test_it_opens_on_one_small_decision_that_can_be_read_in_ninety_seconds() -> None:
    first = next(name for call, name in (cell.groups() for cell in CELL.finditer(CHAPTER.text)) if call == "decision")
    opening = CHAPTER.decisions[first].model
    words = f"{opening.situation} {opening.ask} {' '.join(option.text for option in opening.options.values())}"
    assert opening.kind == "best-answer"
    assert opening.minutes <= 3, "ninety seconds to read and decide, and what follows"
    assert len(opening.options) <= 5
    assert len(words.split()) / SILENT < NINETY_SECONDS


def test_options_of_one_decision_are_of_one_length() -> None:
    for name in ("the-invitation", "two-explanations", "annual-report-line"):
        lengths = [len(option.text) for option in CHAPTER.decisions[name].model.options.values()]
        assert max(lengths) <= 1.15 * min(lengths), name


def test_the_winter_that_may_explain_his_absence_comes_after_the_vote_that_may() -> None:
    """Both explanations begin in November, so that neither is refuted by the months in which he came."""
    told = CHAPTER.decisions["two-explanations"].model.situation
    assert "every meeting until November" in told
    assert "That month the board voted" in " ".join(told.split())
    assert any(month in told for month in AFTER_THE_VOTE)
    for theme in ("Building relationships", "The use of clinical expertise"):
        assert theme in " ".join(told.replace("*", "").split())


def test_every_strategy_is_described_before_it_is_named_as_a_winner() -> None:
    described = PAGE.split("| Strategy | What it does |")[1].split("### Worked")[0]
    assert all(f"| {name} |" in described for name in STRATEGIES)


def test_the_numbers_of_the_page_are_those_of_the_lab_with_the_real_rule_too() -> None:
    held = figures()
    printed = re.findall(r"\{place\}`([−0-9.]+) <(L14-[a-z0-9-]+)>`", PAGE)
    shown = {
        f"L14-{name}-day-365{c}" for name in ("builder", "bookkeeper", "sovereign") for c in ("", "-blended", "-tariff")
    }
    assert shown <= {name for _, name in printed}
    assert [(text, name) for text, name in printed if held[name].text != text] == []
    for column, leader in (("", "Builder"), ("-blended", "Sovereign"), ("-tariff", "Sovereign")):
        money = {name: held[f"L14-{name.lower()}-day-365{column}"].value for name in STRATEGIES}
        assert max(money, key=lambda name: money[name]) == leader
    own, real = (
        {p: held[f"L14-{p}-day-365{c}"].value for p in ("activity", "blended", "fixed")} for c in ("", "-tariff")
    )
    assert min(own, key=lambda p: own[p]) == "activity" == max(real, key=lambda p: real[p])
    assert not re.search(r"When we designed|We used to say", PAGE)


def test_the_sessions_numbers_are_linked_to_the_lab_and_its_steps_take_their_minutes() -> None:
    plan = CHAPTER.session.model.plan
    explained = next(step for step in plan if "Builder and the Bookkeeper" in step.do)
    assert f"[£{figures()['L14-lead-365'].text} million](L14-lead-365)" in explained.do
    debrief = sum(step.minutes for step in plan if step.title.startswith("Debrief"))
    assert debrief >= 0.4 * CHAPTER.session.model.minutes
    assert sum(step.minutes for step in plan) == CHAPTER.session.model.minutes
