"""What the book promises of itself: each check beside a fixture that breaks it, and what an author is then told."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fixture_book import FIXTURES, ROOT, Copy
from ruamel.yaml import YAML

from commissioning import check
from commissioning.book import SHAPES, read_book
from commissioning.check import alone, grids, minutes, promises, prose, revealed
from commissioning.kinds import decision_rights
from commissioning.source.sheets import read_text, read_yaml

BROKEN: list[dict[str, Any]] = YAML(typ="safe").load(FIXTURES / "promises.yaml")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken["fact"])
def test_a_broken_promise_is_told_in_exactly_these_words(copy: Copy, broken: dict[str, Any]) -> None:
    if "page" in broken:
        copy.path("owed.yaml").unlink()
    copy.change(broken["file"], broken["old"], broken["new"])
    told = "\n".join(copy.faults()) + "\n"
    assert re.sub(r"\n$", "", broken["told"]) in told


def test_what_is_owed_is_known_and_counted_and_a_release_accepts_none(copy: Copy) -> None:
    whole = read_book(copy.root)
    broken, owed = promises.find(whole)
    assert broken == []
    assert {(one.check, one.page) for one in owed} == {("prose", "waiting-for-a-scan")}
    assert len(promises.find(whole, release=True)[0]) == len(owed) > 0


def test_what_is_owed_names_a_check_and_a_page(copy: Copy) -> None:
    copy.change("owed.yaml", "prose: [waiting-for-a-scan]", "prose: [waiting-for-a-scan, waiting]\npros: [the-book]")
    assert copy.faults() == [
        "owed.yaml:2  'prose', 1\n  there is no page 'waiting'. It must be one of 'the-book' or 'waiting-for-a-scan'.",
        "owed.yaml:3  pros\n  there is no check 'pros'. Did you mean 'prose'?",
    ]


def test_the_book_owes_nothing() -> None:
    assert check.find_all_and_owed(ROOT)[1] == []


def test_a_paragraphs_figures_are_neither_years_nor_days() -> None:
    assert prose.figures("On 5 August 2014 the 3 of 8 cost £1.2 million, 12% of 2013/14") == ["3", "8", "£1.2", "12%"]


def test_the_numbers_of_a_list_are_no_figures(copy: Copy) -> None:
    """A list of five steps is no crowded paragraph; one of four sums is."""
    book = read_book(copy.root)
    chapter = next(iter(book.chapters.values()))

    def crowded(text: str) -> list[str]:
        return [one.text for one, _ in prose.count(book, replace(chapter, text=text, decisions={})).crowded]

    assert crowded("\n\n1. Look.\n2. Ask.\n3. Wait.\n4. Ask again.\n5. Write.\n") == []
    assert len(crowded("\n\n1. Of 4, 3.\n2. Of 6, 5.\n")) == 1


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("It was 1 of 2.\n\nThen 3 of 4.", 2),
        ("It was 1 of 2.\nThen 3 of 4.", 4),
        ("Here:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nThat is 5.", 1),
        ("", 0),
    ],
)
def test_a_decisions_text_is_counted_by_paragraph_and_its_tables_not_at_all(text: str, many: int) -> None:
    assert prose._most_figures(text) == many


def test_sentences_end_where_the_next_begins() -> None:
    assert prose.sentences('He said "No." Then he left. It cost £1.2m.') == [
        'He said "No.',
        "Then he left.",
        "It cost £1.2m.",
    ]


def test_titles_of_boxes_and_lone_figures_are_met(copy: Copy) -> None:
    whole = read_book(copy.root)
    text = ":::{note} A box of four\nOne {fact}`queue-length` {source}`clinic-2013` two.\n:::\n"
    printed = len(whole.facts["queue-length"].value.split()) + len(whole.sources["clinic-2013"].short.split())
    assert minutes.met_words(whole, text) == 4 + 2 + printed


def test_numbers_are_read_with_their_commas() -> None:
    assert revealed.numbers("1,240 people, 25% and 7.") == {1240, 25, 7}


ROUTE = """\
short:
  title: A short way
  by: reader
  minutes: 40
  why: It is short.
  stops:
    - {chapter: what-commissioning-is}
    - {chapter: buying-help}
"""


def test_a_route_that_asks_what_it_has_not_met_is_named(tmp_path: Path) -> None:
    whole = read_book(ROOT)
    strange = {name.partition("--")[0] for name in whole.chapters["buying-help"].head.model.from_before}
    missed = sorted(strange - {"what-commissioning-is"})
    sheet = read_text(ROUTE, SHAPES["routes"], tmp_path / "routes.yaml")
    (told,) = alone.find(replace(whole, about={**whole.about, "routes": sheet}))
    assert missed
    assert str(told[1]).replace(f"{tmp_path}/", "") == (
        "routes.yaml:8  'short', stops, 1\n"
        f"  'buying-help' asks questions from {', '.join(missed)}, which this route has not met. "
        "Lead through it first, or ask only of those whose record shows that they met it."
    )
    led = "".join(f"    - {{chapter: {name}}}\n" for name in missed)
    text = ROUTE.replace("    - {chapter: buying", led + "    - {chapter: buying")
    sheet = read_text(text, SHAPES["routes"], tmp_path / "routes.yaml")
    assert list(alone.find(replace(whole, about={**whole.about, "routes": sheet}))) == []


def test_a_letter_that_fits_into_no_whole_row_is_named() -> None:
    path = next((ROOT / "book").rglob("example-decision-rights.yaml"))
    grid = read_yaml(path, decision_rights.Decision)
    row = next(iter(grid.model.decisions.values()))
    narrow = {p: c.model_copy(update={"allowed": ["A"] if i == 0 else ["A", "I"] if i == 1 else ["I"]})
              for i, (p, c) in enumerate(row.cells.items())}  # fmt: skip
    broken = grid.model.model_copy(update={"decisions": {"only": row.model_copy(update={"cells": narrow})}})
    told = list(grids._in_grid(broken))
    assert told[0][0][:3] == ("decisions", "only", "cells")
    assert told[0][1] == "'A' is accepted here, and no accepted row holds it with one A and another R."


def test_a_remark_on_the_whole_that_no_accepted_grid_meets_is_named() -> None:
    path = next((ROOT / "book").rglob("example-decision-rights.yaml"))
    grid = read_yaml(path, decision_rights.Decision).model
    wrong = "no party can be asked in every row and the rows still be valid, so the remark on that is never met."
    assert wrong not in [told for _, told, _ in grids._in_grid(grid)]
    rows = {}
    three = [*grid.decisions.items(), ("again", next(iter(grid.decisions.values())))]
    for place, (name, row) in enumerate(three):  # every party holds the only A or the only R of a row
        letters = {party: ["C"] for party in row.cells} | dict(
            zip([*row.cells, *row.cells][2 * place : 2 * place + 2], (["A"], ["R"]), strict=True)
        )
        cells = {party: cell.model_copy(update={"allowed": letters[party]}) for party, cell in row.cells.items()}
        rows[name] = row.model_copy(update={"cells": cells})
    assert wrong in [told for _, told, _ in grids._in_grid(grid.model_copy(update={"decisions": rows}))]


PAGE = """<main><p>It was 25 then.</p><decision-exercise id="other"><form>25</form></decision-exercise>
<details class="waits" open><summary>You have not decided 25.</summary><p>Now {above} came.</p></details>
<script>25</script><figure><figcaption>{caption}</figcaption></figure>
<decision-exercise id="count-again"><form>How many?</form><div class="after">25 came.</div></decision-exercise>
</main>"""


@pytest.mark.parametrize(
    ("above", "caption", "wrong"),
    [("many", "The queue", False), ("25", "The queue", True), ("many", "The queue held 25", True)],
)
def test_a_built_page_shows_nothing_above_an_estimate_that_would_be_marked_right(
    copy: Copy, above: str, caption: str, wrong: bool
) -> None:
    sheet = read_book(copy.root).chapter_of("count-again").decisions["count-again"]
    told = [str(fault) for fault in revealed.in_page(PAGE.format(above=above, caption=caption), sheet)]
    assert [text.split("\n  ")[1] for text in told] == (
        ["25 stands above the question, and would be marked right. Tell it only afterwards, or ask for something else."]
        if wrong
        else []
    )


def test_what_is_meant_to_stand_above_says_why_and_not_in_vain(copy: Copy) -> None:
    copy.change("chapter/decisions/first-step.yaml", "situation: ", "shown_above: To be copied.\nsituation: ")
    assert [fault.split("\n  ")[1] for fault in copy.faults()] == [
        "nothing above gives the answer away. Leave 'shown_above' out."
    ]
    copy.change("chapter/decisions/first-step.yaml", "shown_above: To be copied.\n", "")
    name = "chapter/decisions/count-again.yaml"
    copy.change(name, "situation: ", "situation: It was 25 in all. ")
    assert len(copy.faults()) == 1
    copy.change(name, "situation: ", "shown_above: One is to copy it out.\nsituation: ")
    assert copy.faults() == []


def test_checking_the_book_loads_nothing_that_only_a_build_needs() -> None:
    code = "import pathlib, sys, commissioning.check as c; c.find_all(pathlib.Path(sys.argv[1])); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(ROOT)], capture_output=True, text=True, check=True)
    assert {"sphinx", "docutils", "nbformat", "altair", "rfc3987_syntax"} & set(done.stdout.split()) == set()
