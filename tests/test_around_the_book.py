"""The pages that hold the book together: their files, what they must agree with, their pictures, who cites what."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from fixture_book import CHAPTER, ROOT, Copy

from commissioning import check, cli
from commissioning.book import SHAPES, Book, read_book, uses
from commissioning.book.pages import System
from commissioning.page import picture
from commissioning.source.faults import Faults
from commissioning.source.sheets import read_text

GOOD = {
    "then-and-now": """\
        waiting-list:
          name: Waiting list
          group: techniques
          then: A list of [1,240 people](queue-length) in spring 2013.
          since: It was counted.
          today: Waiting list.
          as_at: "2013"
          named_in: [clinic-2013]
          chapters: [waiting-for-a-scan]
        """,
    "timeline": """\
        first-count:
          date: "2013-03"
          title: The clinic counts [1,240 people](queue-length).
          why: Nobody had.
          facts: [queue-length]
          turning_point: true
        a-second-count:
          date: "2013-04"
          title: A second count is planned.
          why: To see.
          facts: [queue-length]
          planned: true
        """,
    "system": """\
        past: &both
          title: The clinic in 2013
          as_at: "2013"
          takeaway: One pays, one answers.
          nodes:
            payer: {name: Payer, tier: 1}
            clinic: {name: A clinic with a long name, tier: 2, side: left, facts: [queue-length]}
            friend: {name: Friend, tier: 2, side: right}
            people: {name: People, tier: 3}
          flows:
            - {from: payer, to: clinic, kind: money, says: The payer pays.}
            - {from: clinic, to: payer, kind: accountability, says: The clinic answers.}
            - {from: friend, to: clinic, kind: advice, says: The friend advises.}
            - {from: payer, to: people, kind: money, by: right, says: The payer gives people money.}
        """,
    "coverage": """\
        count: 2
        planned: {9: Another chapter}
        rows:
          lists:
            name: Lists
            kind: mechanisms
            articles: [clinic-2013]
            words: [list, wait]
            taught: {waiting-for-a-scan: [first-step, who-waits]}
          queues:
            name: Queues
            kind: tensions
            articles: [clinic-2013]
            to_come: {9: a lab}
        """,
}


def whole(name: str) -> str:
    """One of the good files; the two pictures of a system are alike."""
    text = dedent(GOOD[name])
    if name == "system":
        past = text.replace("&both", "").removeprefix("past: \n")
        text = f"past:\n{past}present:\n{past}left_out: Much.\n"
    return text


@pytest.fixture
def pages(copy: Copy) -> Copy:
    """The fixture book with all four files."""
    for name in GOOD:
        copy.path(f"{name}.yaml").write_text(whole(name), encoding="utf-8")
    return copy


# ---- shapes ----------------------------------------------------------------------------------------------------------


def test_the_good_files_have_no_faults(pages: Copy) -> None:
    assert pages.faults() == []


BAD_SHAPES = [
    ("then-and-now", "group: techniques", "group: tools", "'waiting-list', group\n  'group' must be 'bodies', 'rules-"),
    ("then-and-now", '  as_at: "2013"\n', "", "1  waiting-list\n  'as_at' is missing."),
    ("then-and-now", "[clinic-2013]\n  ch", "[]\n  ch", "'named_in' needs at least 1 (has 0)."),
    ("timeline", '"2013-03"', '"March 2013"', "'first-count', date\n  'March 2013' will not do for 'date'."),
    ("timeline", "  facts: [queue-length]\n  turn", "  facts: []\n  turn", "'facts' needs at least 1 (has 0)."),
    ("system", "kind: advice", "kind: gossip", "line 3, kind\n  'kind' must be 'money', 'accountability' or 'advice'"),
    ("system", "left_out: Much.\n", "", "'left_out' is missing."),
    ("coverage", "kind: tensions", "kind: ideas", "row 'queues', kind\n  'kind' must be 'bodies', 'mechanisms' or"),
    ("coverage", "count: 2", "count: two", "count\n  'count' must be a whole number (got 'two')."),
    ("coverage", "    to_come: {9: a lab}", "    soon: {9: a lab}", "'soon' is not a key here."),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), BAD_SHAPES)
def test_a_mistake_of_shape_is_told_with_its_place(name: str, old: str, new: str, told: str) -> None:
    text = whole(name)
    assert old in text
    with pytest.raises(Faults) as caught:
        read_text(text.replace(old, new, 1), SHAPES[name], Path(f"{name}.yaml"))
    assert told in str(caught.value)


def test_the_four_files_of_the_book_name_their_schemas() -> None:
    for name in GOOD:
        first = (ROOT / "book" / f"{name}.yaml").read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../.schemas/{name}.schema.json"


# ---- sense -----------------------------------------------------------------------------------------------------------

BAD_SENSE = [
    ("then-and-now", "named_in: [clinic-2013]", "named_in: [clinic-2014]",
     "8  'waiting-list', named_in, 0\n  there is no reference 'clinic-2014'. Did you mean 'clinic-2013'?"),
    ("then-and-now", "chapters: [waiting-for-a-scan]", "chapters: [waiting-for-tea]",
     "9  'waiting-list', chapters, 0\n  there is no chapter in the book 'waiting-for-tea'. "
     "Did you mean 'waiting-for-a-scan'?"),
    ("then-and-now", "(queue-length) in", "(queue-lenght) in",
     "4  'waiting-list', then\n  there is no source 'queue-lenght'. Did you mean 'queue-length'?"),
    ("then-and-now", "[1,240 people]", "[1,250 people]",
     "4  'waiting-list', then\n  '1,250 people' prints 1,250, which fact queue-length does not say. "
     "Print the source's figure, or cite the one that says so."),
    ("then-and-now", "It was counted.", "It was counted in 2014.",
     "5  'waiting-list', since\n  a year stands here without a source. Write [words](fact-id)."),
    ("then-and-now", 'as_at: "2013"', "as_at: looked at in May 2026",
     "7  'waiting-list', as_at\n  this is the day of a reading. "
     "Give the date of the evidence, or say that the page is undated."),
    ("timeline", "facts: [queue-length]\n  turn", "facts: [queue]\n  turn",
     "5  'first-count', fact 1\n  there is no fact 'queue'. It must be one of 'kept-appointments' or 'queue-length'."),
    ("timeline", '"2013-04"', '"2013-02"', "8  'a-second-count', date\n  2013-02 stands after 2013-03. "
     "Put the earlier one first."),
    ("timeline", '"2013-04"', '"2014-04"', "8  'a-second-count', date\n  none of its facts says 2014. "
     "Cite one that does."),
    ("timeline", "A second count is planned.", "A second count.",
     "9  'a-second-count', title\n  what is only planned reads as if it had happened. "
     "Say 'would', 'planned' or 'due'."),
    ("system", "to: clinic, kind: money", "to: clinik, kind: money",
     "11  'past', line 1, to\n  there is no node 'clinik'. Did you mean 'clinic'?"),
    ("system", "from: friend, to: clinic", "from: friend, to: friend",
     "13  'past', line 3\n  the line leads from 'friend' to itself."),
    ("system", "side: right}", "side: left}",
     "8  'past', node 'friend'\n  it stands where 'clinic' stands: row 2, left. Give it another row or side."),
    ("system", "    - {from: friend, to: clinic, kind: advice, says: The friend advises.}\n", "",
     "8  'past', node 'friend'\n  no line leads to it or from it. Add one, or take it out."),
    ("system", "facts: [queue-length]", "facts: [queue]",
     "7  'past', node 'clinic', fact 1\n  there is no fact 'queue'. "
     "It must be one of 'kept-appointments' or 'queue-length'."),
    ("coverage", "count: 2", "count: 3", "1  count\n  the file holds 2 rows, not 3. "
     "Add or take out a row, or change 'count'."),
    ("coverage", "{waiting-for-a-scan: ", "{waiting-for-tea: ",
     "9  row 'lists', taught, waiting-for-tea\n  there is no chapter 'waiting-for-tea'. "
     "Did you mean 'waiting-for-a-scan'?"),
    ("coverage", "[first-step, who-waits]", "[first-stop, who-waits]",
     "9  row 'lists', taught, waiting-for-a-scan, 0\n  "
     "there is no decision, question, lab or game of 'waiting-for-a-scan' 'first-stop'. Did you mean 'first-step'?"),
    ("coverage", "[first-step, who-waits]", "[lab]",
     "9  row 'lists', taught, waiting-for-a-scan, 0\n  "
     "there is no decision, question, lab or game of 'waiting-for-a-scan' 'lab'."),
    ("coverage", "[first-step, who-waits]", "[]",
     "9  row 'lists', taught, waiting-for-a-scan\n  nothing in the chapter is named. "
     "Name what in it teaches this."),
    ("coverage", "[list, wait]", "[parking]",
     "9  row 'lists', taught, waiting-for-a-scan\n  'first-step' holds none of this row's words: parking. "
     "Name what teaches it, or teach it there."),
    ("coverage", "    words: [list, wait]\n", "",
     "8  row 'lists', taught\n  the row names no words to look for. "
     "Write 'words': a few of which each exercise that teaches it must hold one."),
    ("coverage", "to_come: {9: a lab}", "to_come: {8: a lab}",
     "14  row 'queues', to_come, 8\n  chapter 8 is not among those still to come. "
     "Name it under 'planned', or change the number."),
    ("coverage", "    to_come: {9: a lab}\n", "", "10  row 'queues'\n  no chapter teaches it or will. "
     "Write 'taught' or 'to_come'."),
    ("coverage", "planned: {9: Another chapter}", "planned: {1: Waiting, 9: Another chapter}",
     "2  'planned', 1\n  chapter 1 is in the book: waiting-for-a-scan. "
     "Take it out, and say in the rows what teaches them."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "told"), BAD_SENSE)
def test_a_mistake_of_sense_is_told_with_its_place(pages: Copy, name: str, old: str, new: str, told: str) -> None:
    pages.change(f"{name}.yaml", old, new)
    faults = pages.faults()
    assert any(fault.startswith(f"{name}.yaml:{told}") for fault in faults), faults


# ---- unsure facts, and facts that are due ----------------------------------------------------------------------------


def test_an_unsure_fact_that_is_cited_needs_its_uncertainty(pages: Copy) -> None:
    pages.change("facts.yaml", "  uncertainty: some lists\n", "")
    assert pages.faults() == [
        "facts.yaml:10  kept-appointments\n  it is unsure, and book/chapter/index cites it. "
        "Give it an 'uncertainty', such as 'has been reported', and say it wherever the fact is cited."
    ]


def test_an_unsure_fact_is_refused_in_a_sentence_that_does_not_say_so(pages: Copy) -> None:
    page = pages.path("sure.md")
    pages.enter("book/sure")
    page.write_text("# Sure\n\nIt is {fact}`90% <kept-appointments>`,\nby {source}`clinic-2013`.\n", encoding="utf-8")
    told = "sure.md:3\n  'kept-appointments' is unsure, and the text that cites it does not say so. "
    assert pages.faults() == [f"{told}Put 'some lists' into it."]
    page.write_text("# Sure\n\nBy some lists it is {fact}`90% <kept-appointments>`.\n", encoding="utf-8")
    assert pages.faults() == []


@pytest.mark.parametrize(("day", "due"), [(date(2026, 7, 5), 0), (date(2026, 7, 6), 1), (date(2027, 1, 6), 2)])
def test_a_release_refuses_a_fact_that_is_cited_after_its_day(pages: Copy, day: date, due: int) -> None:
    owe_nothing(pages)
    faults = [str(fault) for fault in check.find_all(pages.root, release=day)]
    assert len(faults) == due
    assert all("it was to be looked at again by 202" in fault for fault in faults)


def owe_nothing(pages: Copy) -> None:
    """The fixture's sentences are short on purpose, which a release refuses: here they end longer, and name people."""
    for path in pages.root.glob("book/waiting-for-a-scan/**/*"):
        if path.suffix in (".yaml", ".md"):
            text = re.sub(r"\b[Nn]obody\b", "no patient", path.read_text(encoding="utf-8"))
            text = re.sub(r"\b[Ss]omebody\b", "a patient", text)
            text = re.sub(
                r"(consequence: [^.\n]+)\.", r"\1 and all who work in that clinic see it for themselves.", text
            )
            path.write_text(text, encoding="utf-8")
    pages.path("owed.yaml").unlink()


def test_a_release_lets_a_fact_rest_that_no_page_cites(pages: Copy) -> None:
    text = pages.path("facts.yaml").read_text(encoding="utf-8")
    spare = text[text.index("kept-appointments:") :].replace("kept-appointments", "spare-fact")
    pages.path("facts.yaml").write_text(text + spare, encoding="utf-8")
    owe_nothing(pages)
    faults = [str(fault) for fault in check.find_all(pages.root, release=date(2026, 8, 1))]
    assert len(faults) == 1
    assert "kept-appointments" in faults[0]


def test_the_command_checks_for_a_release(
    pages: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owe_nothing(pages)
    for day, code in (("2026-07-01", 0), ("2026-08-01", 2)):
        arguments = ["commissioning", "check", "--release", "--on", day, "--book", str(pages.root)]
        monkeypatch.setattr("sys.argv", arguments)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert (ended.value.code or 0) == code
    assert "it was to be looked at again by 2026-07-05, and book/waiting-for-a-scan/index cites it." in (
        capsys.readouterr().err
    )


def test_a_release_is_refused_for_what_is_owed(pages: Copy) -> None:
    told = [str(fault) for fault in check.find_all(pages.root, release=date(2026, 7, 1))]
    assert told
    assert not any("looked at again" in fault for fault in told)
    assert check.find_all(pages.root) == []


# ---- who cites what --------------------------------------------------------------------------------------------------


def test_pages_that_cite_a_fact_are_found_in_every_place_an_author_may_cite_it(pages: Copy) -> None:
    shown = {"then-and-now": "techniques", "timeline": "table", "system": "", "coverage": "bodies", "glossary-list": ""}
    for name, part in shown.items():
        stem = name.removesuffix("-list")
        pages.path(f"{stem}.md").write_text(f"# {stem.title()}\n\n```{{{name}}} {part}\n```\n", encoding="utf-8")
    book = read_book(pages.root)
    cited = uses.by_target(book)
    chapter = f"book/{CHAPTER}/index"
    assert cited["queue-length"] == [chapter, "book/system", "book/then-and-now", "book/timeline"]
    assert cited["kept-appointments"] == [chapter, "book/glossary"]
    assert "book/coverage" in cited["clinic-2013"]
    assert uses.pages(book)[chapter] == "Waiting for a scan"
    assert next(iter(uses.pages(book))) == chapter


def test_what_is_said_is_the_paragraph_of_a_citation(pages: Copy) -> None:
    cited = [use for use in uses.uses(read_book(pages.root)) if use.path.suffix == ".md"]
    found = [use for use in cited if use.target == "queue-length"]
    assert found[0].said.startswith("The {term}`waiting list` held")
    assert found[0].line == 29


# ---- the picture -----------------------------------------------------------------------------------------------------


def system(pages: Copy) -> System:
    found: System = read_book(pages.root).about["system"].model.past
    return found


def test_a_picture_numbers_its_lines_as_its_list_does(pages: Copy) -> None:
    drawn = picture.svg(system(pages), name="x")
    assert re.findall(r">(\d+)</text>", drawn) == ["1", "2", "3", "4"]
    assert drawn.count('class="body"') == 4
    assert 'aria-labelledby="x-title" aria-describedby="x-lines"' in drawn


def test_nothing_in_a_picture_leaves_it_and_no_letter_is_small(pages: Copy, real_book: Book) -> None:
    for shown in (system(pages), real_book.about["system"].model.past, real_book.about["system"].model.present):
        drawn = picture.svg(shown, name="x")
        width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', drawn)[0])
        points = [(float(x), float(y)) for x, y in re.findall(r'[ML"](-?[\d.]+) (-?[\d.]+)', drawn.split(">", 1)[1])]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in points)
        assert all(float(size) >= 12 for size in re.findall(r'font-size="([\d.]+)"', drawn))
        assert width <= 288


def test_names_fit_their_boxes(real_book: Book) -> None:
    for time in ("past", "present"):
        for box in picture.placed(getattr(real_book.about["system"].model, time)).values():
            assert all(picture.width(line) <= box.right - box.left for line in box.lines)


def test_lines_through_one_margin_take_lanes_of_their_own(real_book: Book) -> None:
    shown = real_book.about["system"].model.present
    lines = picture.ways(shown, picture.placed(shown))
    lanes = [line.points[1][0] for flow, line in zip(shown.flows, lines, strict=True) if flow.by]
    assert len(lanes) == len(set(lanes)) == 4


def test_colours_are_the_stylesheets_alone(pages: Copy) -> None:
    drawn = picture.svg(system(pages), name="x") + picture.sample("money")
    assert set(re.findall(r'(?:stroke|fill)="([a-z#][^"]*)"', drawn)) == {"currentColor", "none"}


# ---- the book's own --------------------------------------------------------------------------------------------------


def test_the_book_lists_all_76_things_that_the_articles_name(real_book: Book) -> None:
    coverage = real_book.about["coverage"].model
    assert coverage.count == len(coverage.rows) == 76
    kinds = [row.kind for row in coverage.rows.values()]
    assert [kinds.count(kind) for kind in ("bodies", "mechanisms", "tensions")] == [21, 19, 36]


def test_the_bill_would_and_never_does(real_book: Book) -> None:
    texts = [event.title for event in real_book.about["timeline"].model.values()]
    texts += [part for thing in real_book.about["then-and-now"].model.values() for part in (thing.since, thing.today)]
    for text in texts:
        if re.search(r"\bHealth Bill\b", text):
            assert re.search(r"\bwould\b", text), text


def test_the_tutors_page_leads_to_each_plan_for_a_session() -> None:
    """The contents list a plan only where one is on it, so this page has to."""
    tutors = (ROOT / "book" / "for-tutors.md").read_text(encoding="utf-8")
    plans = [path.relative_to(ROOT / "book").as_posix() for path in ROOT.glob("book/*/session.md")]
    assert plans
    assert [plan for plan in sorted(plans) if f"({plan})" not in tutors] == []
