"""What a record says in words, what a learner takes away, and what a kernel adds to it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from datetime import UTC, date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fixture_book import CHAPTER, FIXTURES, ROOT
from markdown_it import MarkdownIt
from records import FIRST, NASTY, made, right, state, taken, wrong

import commissioning
from commissioning import record
from commissioning.book import Book
from commissioning.record import views as record_views
from commissioning.record.shapes import Draft, Record, State
from commissioning.record.views import Index


def test_an_answer_is_told_in_the_words_of_its_options(known: Index) -> None:
    said = {
        "first-step": {"choice": "ask-why", "certainty": 2},
        "in-what-order": {"ranks": dict(zip(known.exercises["in-what-order"].options, (2, 1, 3, 4), strict=False))},
        "how-long-a-queue": {"values": [40, 12.5]},
        "turn-the-dial": {"prediction": 500},
    }
    told = {name: record_views.tell(known.exercises[name], response) for name, response in said.items()}
    options = list(known.exercises["in-what-order"].options.values())
    assert told["in-what-order"].startswith(f"{options[1]}; {options[0]}; ")
    assert told["how-long-a-queue"].startswith("40")
    assert "12.5" in told["how-long-a-queue"]
    assert told["turn-the-dial"].startswith("£500")
    assert told["first-step"].endswith(", fairly sure")


def test_an_answer_of_every_kind_is_told_in_words_though_the_book_no_longer_has_it() -> None:
    told = [
        ("allocation", {"spend": {"a": 20}}, "a £20k"),
        ("annotation", {"tags": {"a": "x", "b": "y"}, "missing": ["z"]}, "marked: 2; things named as missing: 1"),
        ("scenario", {"path": ["a", "b", "c"], "backs": 0}, "the whole way; choices: 3"),
        ("negotiation", {"turns": [{"move": "offer"}, {"move": "accept"}]}, "turns at the table: 2, the last: accept"),
        ("sorting", {"placed": {"card": "bin", "other": "bin"}}, "card: bin; other: bin"),
        ("sorting", {"order": ["b", "a"]}, "b, a"),
        ("decision-rights", {"grid": {"row": {"gp": "R", "council": "A"}}}, "row: gp R, council A"),
        ("priorities", {"swings": {"cost": 40, "reach": 60}}, "cost: 40; reach: 60"),
        ("best-answer", {"choice": "a", "certainty": 3}, "a, very sure"),
        ("choose-three", {"choices": ["b", "a", "c"]}, "a; b; c"),
        ("ranking", {"ranks": {"a": 2, "b": 1}}, "b; a"),
        ("short-answer", {"text": "", "points": []}, ""),
        ("of-another-book", {"x": True, "y": None}, "x: yes; y: –"),
        ("of-another-book", {"choice": "a"}, "a"),
    ]
    for kind, response, words in told:
        assert record_views.tell(None, response, kind).endswith(words), kind


def test_outcomes_are_met_at_the_first_try_later_or_not_yet(known: Index) -> None:
    name = "first-step"
    outcome = known.exercises[name].outcomes[0]
    answers = {
        "first try": [right(known, name)],
        "later": [wrong(known, name), right(known, name)],
        "not yet": [wrong(known, name)],
    }
    for how, given_ in answers.items():
        found = record_views.outcomes(made(state(known, name, *given_)), known)[CHAPTER]
        assert found[outcome] == how
    again = made(state(known, name, right(known, name), right(known, name), days=(1, 9)))
    assert record_views.outcomes(again, known)[CHAPTER][outcome] == "first try, revisited"


def test_an_answer_to_an_older_edition_is_never_marked(known: Index) -> None:
    old = state(known, "first-step", wrong(known, "first-step"))
    old = old.model_copy(update={"first": old.first.model_copy(update={"edition": "older"})})
    old = old.model_copy(update={"last": old.first})
    found = record_views.outcomes(made(old), known)[CHAPTER]
    assert set(found.values()) == {""}
    assert record_views.rows(made(old), known)[0]["met"] == ""
    assert record_views.calibration(made(old), known) == [(0, 0)] * 3


@pytest.mark.parametrize(
    ("first", "last", "today", "step"),
    [
        (1, 1, 1, 0), (1, 1, 2, 1), (1, 1, 7, 1), (1, 1, 8, 7), (1, 2, 2, 0), (1, 2, 7, 0), (1, 2, 8, 7),
        (1, 8, 8, 0), (1, 8, 30, 0), (1, 8, 31, 30), (1, 31, 31, 0), (1, 31, 90, 0), (1, 31, 91, 90), (1, 91, 300, 0),
        (5, 5, 1, 0),
    ],
)  # fmt: skip
def test_a_thing_comes_back_after_1_7_30_and_90_days(
    known: Index, first: int, last: int, today: int, step: int
) -> None:
    start = date(2026, 1, 1).toordinal() - 1
    at = [f"{date.fromordinal(start + day).isoformat()}T12:00:00Z" for day in (first, last)]
    answers = [taken(known, "first-step", right(known, "first-step"), when) for when in at]
    mine = made(State(id="first-step", kind="best-answer", first=answers[0], last=answers[1], attempts=2))
    found = record_views.due(mine, known, today=date.fromordinal(start + today), zone=UTC)
    assert [asked for _, asked in found] == ([step] if step else [])


def test_what_was_held_very_sure_and_is_wrong_comes_first(known: Index) -> None:
    marked = [name for name, one in known.exercises.items() if one.kind == "best-answer"]
    assert len(marked) >= 2
    answers = [right(known, marked[0])] + [wrong(known, name, 3) for name in marked[1:]]
    mine = made(*(state(known, name, answer) for name, answer in zip(marked, answers, strict=True)))
    found = [one.id for one, _ in record_views.due(mine, known, today=date(2026, 11, 3))]
    assert found == [*marked[1:], marked[0]]


def test_calibration_counts_first_answers_only(known: Index) -> None:
    mine = made(state(known, "first-step", wrong(known, "first-step", 3), right(known, "first-step", 1), days=(1, 2)))
    assert record_views.calibration(mine, known) == [(0, 0), (0, 0), (1, 0)]


# -- to take away --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(known: Index, start: str) -> None:
    words = f'{start}HYPERLINK("http://x","y")'
    table = record.as_csv(made(waiting_for_a_scan=words), known)
    assert table.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    assert rows[0] == list(record_views.COLUMNS)
    assert rows[1][rows[0].index("last_answer")] == f"'{words}"
    assert not any(cell[:1] in tuple("=+-@\t\r\n＝") for row in rows for cell in row if cell)


def test_a_record_is_a_dataframe(known: Index) -> None:
    frame = record.as_dataframe(made(state(known, "first-step", right(known, "first-step"))), known)
    assert list(frame.columns) == list(record_views.COLUMNS)
    assert frame.loc[0, "met"] == "right"
    assert str(frame["first_at"].dtype).startswith("datetime64")
    assert frame.loc[0, "first_at"].isoformat() == "2026-11-01T10:00:00+00:00"
    assert record.as_dataframe(made(), known).empty


@pytest.mark.parametrize("words", [NASTY, "1. one\n2) two\n\n- three\n# four\n    code\n===", "x" * 10_000, "> quoted"])
def test_what_a_learner_typed_stays_text(known: Index, words: str) -> None:
    question = next(name for name, one in known.exercises.items() if one.kind == "short-answer")
    mine = made(state(known, question, {"text": words, "points": []}), waiting_for_a_scan=words)
    html = record.as_html(mine, known)
    assert "<script" not in html
    assert html.count("<textarea") == html.count("</textarea") == 0
    shown = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .enable("strikethrough")
        .render(record.as_markdown(mine, known))
    )
    body = shown[shown.index("<blockquote>") :]
    assert not any(
        tag in body for tag in ("<script", "<a ", "<code", "<em>", "<h1", "<ol", "<table", "<s>", "<ul>\n<li>three")
    )


def test_an_exercise_that_has_left_the_book_is_still_there(known: Index) -> None:
    gone = {"response": {"choice": "x"}, "at": FIRST, "edition": "e"}
    mine = made(State(id="long-gone", kind="claim", first=gone, last=gone, attempts=1))
    assert record_views.rows(mine, known)[0]["what"] == "no longer in the book"
    assert "## No longer in the book\n\n### long-gone" in record.as_markdown(mine, known)
    assert "long-gone" in record.as_html(mine, known)


def test_what_looks_like_a_person_is_named() -> None:
    found = {
        "born 12/03/1948.": ("birth", "12/03/1948"), "DOB 1948-03-12": ("birth", "1948-03-12"),
        "on the 3rd of March 1948": ("birth", "3rd of March 1948"), "Mar 3, 1948": ("birth", "Mar 3, 1948"),
        "12.3.48": ("birth", "12.3.48"),
        "NHS 943 476 5919": ("number", "943 476 5919"), "9434765919": ("number", "9434765919"),
        "943-476-5919,": ("number", "943-476-5919"), "943\u00a0476\u00a05919": ("number", "943 476 5919"),
        "lives at sw1a 1aa": ("postcode", "sw1a 1aa"),
        "M1 1AE": ("postcode", "M1 1AE"), "GIR 0AA": ("postcode", "GIR 0AA"),
    }  # fmt: skip
    assert {text: record.find_identifying(text) for text in found} == {text: [hit] for text, hit in found.items()}
    clean = [
        "In 2013/14 we met 12 times.",
        "About 250,000 people and £1,600,000.",
        "Chapter 6, 22 of 100",
        "A&E at 4 pm",
    ]
    assert [text for text in clean if record.find_identifying(text)] == []


# -- half-made -----------------------------------------------------------------------------------------------------


def half(words: str = "Ring *them* first.") -> Draft:
    return Draft(edition="e", at=FIRST, fields={"text": words, "choice=a": True, "b": "40"})


def test_what_is_half_made_is_told_with_a_way_to_go_on_and_counts_as_nothing(known: Index) -> None:
    question = next(name for name, one in known.exercises.items() if one.is_question)
    drafts = {"first-step": half(), "long-gone": half(), question: half(), f"{question}:again": half()}
    mine = Record(made_at=FIRST, drafts=drafts)
    found = record_views.begun(mine, known)
    assert [one.name for one in found] == ["first-step", question, f"{question}:again", "long-gone"]
    chapter = known.exercises[question].chapter
    assert [one.call for one in found[:2]] == ['decision("first-step")', f'questions("{chapter}")']
    assert found[2].call == f'from_before("{found[2].chapter}")'
    assert (found[3].entry, found[3].call, found[3].words) == (None, "", "Ring *them* first.")
    assert {row["what"] for row in record_views.rows(mine, known)} == {"begun"}
    written = record.as_markdown(mine, known)
    assert "## Begun, not decided\n\n### " in written
    assert written.count("> Ring \\*them\\* first.") == 4
    html = record.as_html(mine, known)
    assert "Begun, not decided" in html
    assert "<code>decision(&#34;first-step&#34;)</code>" in html
    assert "not decided anything" not in html
    assert set(record_views.outcomes(mine, known)[chapter].values()) == {""}
    assert record_views.due(mine, known, today=date(2027, 1, 1)) == []
    assert record_views.calibration(mine, known) == [(0, 0)] * 3


def test_a_question_asked_again_goes_on_in_the_chapter_that_asks_it(real_book: Book) -> None:
    whole = record_views.make_index(real_book)
    slug, asked = next((slug, names[0]) for slug in whole.chapters if (names := whole.asked_again(slug)))
    [one] = record_views.begun(Record(made_at=FIRST, drafts={f"{asked}:again": half()}), whole)
    assert (one.chapter, one.call) == (slug, f'from_before("{slug}")')
    assert one.chapter != whole.exercises[asked].chapter


# -- this kernel ---------------------------------------------------------------------------------------------------


def test_what_a_widget_decides_stands_in_the_record(known: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(FIXTURES / "book"))
    name = "first-step"
    widget = commissioning.decision(name)
    widget.states = {name: state(known, name, right(known, name)).model_dump()}
    assert commissioning.record().decisions[name].attempts == 1
    other = commissioning.decision(name)
    other.states = {name: state(known, name, wrong(known, name), days=(5,)).model_dump()}
    whole = commissioning.record()
    assert (whole.decisions[name].first.response, whole.decisions[name].last.response["choice"]) == (
        right(known, name),
        wrong(known, name)["choice"],
    )
    assert "<table>" in whole._repr_html_()
    widget.states = {}
    assert commissioning.record().decisions == {}


def test_a_notebook_joins_its_record_with_files(tmp_path: Path, known: Index) -> None:
    path = record.write_record(made(state(known, "first-step", right(known, "first-step"))), tmp_path / "mine.json")
    assert list(commissioning.record(path).decisions) == ["first-step"]
    assert list(commissioning.record().decisions) == ["first-step"], "what this kernel has read, its exercises show"


def test_a_tutor_looks_at_a_learners_file_as_the_readme_says_and_takes_none_of_it(
    tmp_path: Path, known: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    record.write_record(made(state(known, "first-step", right(known, "first-step"))), tmp_path / "theirs.json")
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    [cell] = [block for block in blocks if "theirs.json" in block]
    imported, shown = cell.strip().split("\n\n")
    names: dict[str, Any] = {}
    exec(imported, names)
    found = eval(shown, names)
    assert list(found.decisions) == ["first-step"]
    assert "first-step" in found._repr_html_()
    assert "# My record" in str(found)
    assert commissioning.record().decisions == {}


def test_a_widget_state_that_is_none_of_ours_is_passed_over() -> None:
    record.keep({"odd": {"last": 1}, "odder": None})
    assert commissioning.record().decisions == {}


def test_the_record_needs_no_jupyter() -> None:
    code = (
        "import sys, commissioning; commissioning.record(); print('anywidget' in sys.modules, 'sphinx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_no_answer_that_was_accepted_on_reading_crashes_a_view(known: Index) -> None:
    odd: list[Any] = [[["first"]], [{"a": 1}], {"a": [None]}, None, True, 1e300, "\U0001f642", [], {}, -0.5]
    keys = ("choice", "choices", "ranks", "values", "prediction", "text", "tags", "missing", "turns", "path", "spend")
    for name in {one.kind: one.id for one in known.exercises.values()}.values():
        for value, key in product(odd, keys):
            response = {key: value, "missing": [], "certainty": value}
            answer = {"response": response, "at": FIRST, "edition": known.exercises[name].edition}
            decided = {"id": name, "kind": known.exercises[name].kind, "first": answer, "last": answer, "attempts": 2}
            text = json.dumps({"format": "commissioning-record/1", "made_at": FIRST, "decisions": {name: decided}})
            mine = record.read_text(text)
            for view in (record.as_markdown, record.as_csv):
                assert view(mine, known), (key, value)
