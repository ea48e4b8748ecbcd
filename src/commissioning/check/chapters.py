"""Faults of one chapter: its questions, head, session, outcomes and page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commissioning import labs
from commissioning.book import CELL, Book, Chapter, cells
from commissioning.check.evidence import figures_that_differ, find_in_links
from commissioning.check.exercises import find_in_exercise
from commissioning.source import markdown, shapes
from commissioning.source.faults import Fault, did_you_mean

MOST_READING = 900
ROLE = re.compile(r"\{(fact|figure|place|term|source)\}`(?:([^`<]*?)\s*<([^`>]+)>|([^`]+))`")
FENCED = re.compile(r"^(`{3,})\{code-cell\}.*?^\1\s*$", re.S | re.M)
DIRECTIVE_LINE = re.compile(r"^\s*(:::+|```+).*$|^\s*:[a-z-]+:.*$", re.M)
TAKE_IT_OUT = "Name another, or take it out."
ACTIVITY = re.compile(r"\b(?:decision|questions|from_before)\(")


def find_in_questions(book: Book, chapter: Chapter) -> Iterator[Fault]:
    """At least five closing questions, two of them short answers (R1, R2)."""
    sheet = chapter.questions
    if sheet is None:
        yield chapter.head.fault((), "the chapter has no questions.yaml.", "Write at least five closing questions.")
        return
    for name in sheet.model:
        yield from find_in_exercise(book, chapter, sheet, (name,))
    short = sum(question.kind == "short-answer" for question in sheet.model.values())
    if len(sheet.model) < 5 or short < 2:
        wrong = f"there are {len(sheet.model)} questions, {short} of them short answers."
        yield sheet.fault((), wrong, "At least five, two of them short answers.")


def find_in_head(book: Book, chapter: Chapter) -> Iterator[Fault]:
    """A case that no reference describes, and questions from less than two chapters back (R4)."""
    yield from _find_in_from_before(book, chapter)
    case = chapter.head.model.case
    if case not in book.sources:
        yield chapter.head.fault(("case",), f"there is no reference '{case}'.", did_you_mean(case, book.sources))


def _find_in_from_before(book: Book, chapter: Chapter) -> Iterator[Fault]:
    place = list(book.chapters).index(chapter.slug)
    before = list(book.chapters.values())
    must_ask = any(c.questions for c in before[: max(place - 1, 0)])
    far_enough = [c for c in before[: max(place - 1, min(place, 1))] if c.questions]
    offered = [f"{c.slug}--{name}" for c in far_enough for name in (c.questions.model if c.questions else {})]
    asked = chapter.head.model.from_before
    for index, name in enumerate(asked):
        if name not in offered:
            wrong = f"'{name}' is no closing question of a chapter at least two before this one."
            yield chapter.head.fault(("from_before", index), wrong, did_you_mean(name, offered) or TAKE_IT_OUT)
    if must_ask and len(set(asked)) < 2:
        yield chapter.head.fault((), "the chapter asks fewer than two questions from before.", "Name two.")
    if asked and f'from_before("{chapter.slug}")' not in chapter.text:
        right = f'Add a cell with from_before("{chapter.slug}") at its beginning.'
        yield chapter.head.fault(("from_before",), "no cell of the chapter asks them.", right)


def find_in_session(book: Book, chapter: Chapter) -> Iterator[Fault]:
    """Minutes that do not add up, and links that lead nowhere."""
    if chapter.session is None:
        yield chapter.head.fault((), "the chapter has no session.yaml.", "Write a plan for its tutors.")
        return
    session: shapes.Session = chapter.session.model
    for part, total in (("plan", session.minutes), ("twenty_minutes", 20)):
        minutes = sum(step.minutes for step in getattr(session, part))
        if minutes != total:
            wrong = f"the steps of '{part}' take {minutes} minutes, not {total}."
            right = "Change a step, or 'minutes'." if part == "plan" else "Change a step."
            yield chapter.session.fault((part,), wrong, right)
    yield from find_in_links(book, chapter.session, session.model_dump(by_alias=True), ())


def find_in_outcomes(chapter: Chapter) -> Iterator[Fault]:
    """An outcome that no decision, or no question, meets (R3)."""
    questions = chapter.questions.model.values() if chapter.questions else []
    met = {
        "decision": {o for sheet in chapter.decisions.values() for o in sheet.model.outcomes},
        "question": {o for question in questions for o in question.outcomes},
    }
    for outcome in chapter.head.model.outcomes:
        for what, outcomes in met.items():
            if outcome not in outcomes:
                yield chapter.head.fault(("outcomes", outcome), f"no {what} meets this outcome.", "Name it in one.")


def find_in_jupytext(page: Path) -> Iterator[Fault]:
    """A page that JupyterLab opens as a notebook and would save without its own front matter.

    Jupytext keeps what it knows, its kernel and itself, and of the rest only what the page's filter names.
    """
    lines = page.read_text(encoding="utf-8").splitlines()
    end = lines.index("---", 1) if lines[:1] == ["---"] and "---" in lines[1:] else 0
    start = next((number for number, line in enumerate(lines[:end]) if line.startswith("jupytext:")), None)
    if start is not None and not any(KEEPS_ALL.search(line) for line in lines[:end]):
        wrong = "saved in JupyterLab, this page would lose the rest of its front matter."
        yield Fault(page, start + 1, "", wrong, f"Write '{FILTER}' below 'jupytext:'.")


FILTER = "notebook_metadata_filter: all,-language_info,-widgets"
KEEPS_ALL = re.compile(r"notebook_metadata_filter:\s*[\"']?all\b(?!.*-(?:chapter|gallery)\b)")
NOT_SHOWN = (
    "It must be the last line of a code cell of its own, under no name and without ';', "
    "and the cell in no comment, block or list, with its output not hidden."
)


def find_in_page(book: Book, chapter: Chapter) -> Iterator[Fault]:
    """Cells and roles of index.md that point nowhere, and reading that goes on too long."""
    page = chapter.path / "index.md"
    yield from find_in_jupytext(page)
    known = {"decision": list(chapter.decisions), "questions": [chapter.slug], "from_before": [chapter.slug]}
    shown: set[tuple[str, str]] = set()
    visible = set(cells.shown(chapter.text))
    for cell in CELL.finditer(chapter.text):
        call, name = cell.groups()
        if (call, name, chapter.text.count("\n", 0, cell.start())) not in visible:
            wrong = f"{call}('{name}') is written here, and no cell shows it."
            yield Fault(page, _line(chapter, cell), "", wrong, NOT_SHOWN)
        if (call, name) in shown:
            yield Fault(page, _line(chapter, cell), "", f"{call}('{name}') stands here once more.", "Show it once.")
        shown.add((call, name))
        if name not in known[call]:
            wrong = f"there is no {call}('{name}')."
            yield Fault(page, _line(chapter, cell), "", wrong, did_you_mean(name, known[call]))
    for found in ROLE.finditer(chapter.text):
        role, words, target, alone = (" ".join(part.split()) if part else "" for part in found.groups())
        at = Fault(page, _line(chapter, found), "", "")
        yield from _find_in_role(book, at, role, words or alone, target or alone)
    yield from _find_long_readings(page, chapter)


def _line(chapter: Chapter, found: re.Match[str]) -> int:
    return chapter.text_starts + chapter.text.count("\n", 0, found.start())


def _find_in_role(book: Book, at: Fault, role: str, shown: str, target: str) -> Iterator[Fault]:
    figures = labs.figures()
    kept: dict[str, Any] = {"fact": book.facts, "source": book.sources, "figure": figures, "place": figures}
    known = (kept | {"term": book.glossary})[role]
    if role == "term":
        terms = {entry.term.lower(): slug for slug, entry in book.glossary.items()}
        target = terms.get(target.lower(), target)
    if target not in known:
        words = [*known, *(e.term.lower() for e in book.glossary.values())] if role == "term" else list(known)
        wrong = f"{{{role}}} points to '{target}', which does not exist."
        yield Fault(at.path, at.line, "", wrong, did_you_mean(target, words))
    elif wrong := figures_that_differ(book, "" if shown == target else shown, target):
        yield Fault(at.path, at.line, "", wrong, "Print the source's figure, or cite the one that says so.")


def _find_long_readings(page: Path, chapter: Chapter) -> Iterator[Fault]:
    """Stretches of more than 900 words between two activities (R35)."""
    line, stretch, begins = chapter.text_starts, 0, chapter.text_starts
    for part in _parts(chapter.text):
        if ACTIVITY.search(part) and part.lstrip().startswith("```"):
            stretch = 0
        elif not part.lstrip().startswith("```{code-cell"):
            begins = begins if stretch else line + part[: -len(part.lstrip()) or None].count("\n")
            stretch += reading_words(part)
        if stretch > MOST_READING:
            yield Fault(page, begins, "", f"{stretch} words stand between two activities.", f"At most {MOST_READING}.")
            stretch = 0
        line += part.count("\n")


def _parts(text: str) -> list[str]:
    """The page cut at its code cells, cells kept."""
    parts, end = [], 0
    for cell in FENCED.finditer(text):
        parts += [text[end : cell.start()], cell.group()]
        end = cell.end()
    return [*parts, text[end:]]


def reading_words(text: str) -> int:
    """How many words of a stretch of a page a reader reads: no directives, no targets of roles."""
    shown = ROLE.sub(lambda m: m.group(2) or m.group(4), DIRECTIVE_LINE.sub("", text))
    return markdown.words(shown)


def find_keys_in_one_place(book: Book) -> Iterator[Fault]:
    """Three or more keyed closing questions whose keys all stand at one place."""
    for chapter in book.chapters.values():
        if not chapter.questions:
            continue
        keyed = {n: q for n, q in chapter.questions.model.items() if q.kind == "best-answer" and q.key in q.options}
        places = Counter(list(q.options).index(q.key) for q in keyed.values())
        if len(keyed) >= 3 and len(places) == 1:
            wrong = f"the key is unbalanced: all {len(keyed)} keys stand at place {next(iter(places)) + 1}."
            yield chapter.questions.fault((), wrong, "Move some of them.")
