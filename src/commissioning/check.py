"""Sense checks over the whole book: what a model of one file cannot see.

`find_all` yields every fault; `commissioning check` prints them. The rules are those of the curriculum's design: every
option has its own consequence and explanation (R10), explanations are short (R13), every outcome is met by a decision
and by a question (R3), no stretch of reading is longer than 900 words (R35), and nothing points to what is not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from commissioning import check_pages, check_words, kinds, markdown, model
from commissioning.book import CELL, Book, Chapter, read_book
from commissioning.compile import note
from commissioning.faults import Fault, Faults, did_you_mean
from commissioning.game import check as game_check
from commissioning.kept import digest_of, kept
from commissioning.mistakes import Trail
from commissioning.read import Sheet
from commissioning.uses import texts

PLAYED_BY = ("kinds", "scenario", "expression.py")
"""The parts of the package that decide what is wrong with a scenario."""
MOST_EXPLAINED, MOST_HAPPENING, MOST_READING = 70, 40, 900
EMPTY_WORDS = {"correct", "incorrect", "right", "wrong", "todo", "tbc", "tbd", "see above", "n/a", "none", "yes", "no"}
ROLE = re.compile(r"\{(fact|place|term|source)\}`(?:([^`<]*?)\s*<([^`>]+)>|([^`]+))`")
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
FENCED = re.compile(r"^(`{3,})\{code-cell\}.*?^\1\s*$", re.S | re.M)
DIRECTIVE_LINE = re.compile(r"^\s*(:::+|```+).*$|^\s*:[a-z-]+:.*$", re.M)
HEADING = re.compile(r"^#+ +(.+)$", re.M)
ACTIVITY = re.compile(r"\b(?:decision|questions|from_before)\(")


def find_all(root: Path | None = None, *, release: date | None = None) -> list[Fault]:
    """Every fault in the book, of shape or, if there is none of those, of sense. Sorted by file and line.

    `release` is the day on which the book is to go out: on that day no fact that a page cites may be due for review.
    """
    try:
        book = read_book(root)
    except Faults as error:
        return error.faults
    overdue = check_pages.find_overdue(book, release) if release else ()
    return sorted({*find(book), *overdue})


def find(book: Book) -> Iterator[Fault]:
    """Every fault of sense."""
    for chapter in book.pages.values():
        for name, sheet in chapter.decisions.items():
            yield from find_in_exercise(book, chapter, sheet, ())
            if name not in chapter.order:
                right = f'Add a cell with decision("{name}") to index.md, or delete the file.'
                yield sheet.fault((), "no cell of the chapter shows this decision.", right)
        yield from find_in_page(book, chapter)
    for chapter in book.chapters.values():
        yield from find_in_questions(book, chapter)
        yield from find_in_head(book, chapter)
        yield from find_in_session(book, chapter)
        yield from find_in_outcomes(chapter)
    yield from check_words.find(book)
    yield from find_in_ids(book)
    yield from find_in_facts(book)
    yield from find_in_glossary(book)
    yield from check_pages.find(book, _find_in_links)
    yield from game_check.find(book, _find_in_links)


# -- one exercise --------------------------------------------------------------------------------------------------


def find_in_exercise(book: Book, chapter: Chapter, sheet: Sheet[Any], at: Trail) -> Iterator[Fault]:
    """Faults of one decision, or of one question that stands at `at` in its file."""
    content = sheet.model if not at else sheet.model[at[0]]
    for trail, wrong, right in _find_by_kind(sheet, content):
        yield sheet.fault((*at, *trail), wrong, right)
    for index, outcome in enumerate(content.outcomes):
        if outcome not in chapter.head.model.outcomes:
            wrong = f"'{outcome}' is not an outcome of this chapter."
            yield sheet.fault((*at, "outcomes", index), wrong, did_you_mean(outcome, chapter.head.model.outcomes))
    yield from _find_in_explanations(sheet, content, at)
    yield from _find_in_references(book, sheet, content, at)


def _find_by_kind(sheet: Sheet[Any], content: Any) -> list[tuple[Trail, str, str]]:
    """What its kind finds. A scenario is played along every route, so what that found is kept until it changes."""
    if content.kind != "scenario":
        return list(kinds.find(content))
    text = f"{digest_of(*PLAYED_BY)} {content.model_dump_json(by_alias=True)}"
    return kept(text, sheet.path, Path(__file__), lambda: list(kinds.find(content)))


def _explained(content: Any) -> Iterator[tuple[Trail, str, str]]:
    """Every (place, role, text) that stands after a choice in this exercise."""
    groups = {name: getattr(content, name, {}) for name in ("options", "ranges", "cards", "spans", "elements")}
    for group, members in groups.items():
        for name, option in members.items():
            if hasattr(option, "consequence"):
                yield (group, name, "consequence"), "consequence", option.consequence
            yield (group, name, "explanation"), "explanation", option.explanation
            for tag, message in getattr(option, "near", {}).items():
                yield (group, name, "near", tag), "explanation", message
    for name, error in getattr(content, "common_errors", {}).items():
        yield ("common_errors", name, "message"), "explanation", error.message
    for index, region in enumerate(getattr(content, "regions", [])):
        yield ("regions", index, "explanation"), "explanation", region.explanation
    if own := getattr(kinds.KINDS[content.kind], "explained", None):
        yield from own(content)


def _find_in_explanations(sheet: Sheet[Any], content: Any, at: Trail) -> Iterator[Fault]:
    first: dict[tuple[str, str], Trail] = {}
    for trail, role, text in _explained(content):
        words, key = markdown.words(text), (role, " ".join(markdown.plain(text).lower().split()))
        most = MOST_EXPLAINED if role == "explanation" else MOST_HAPPENING
        if key[1].strip(". ") in EMPTY_WORDS or words < 4:
            right = "Say what happens." if role == "consequence" else "Say why, and when it would be right."
            yield sheet.fault((*at, *trail), f"the {role} says nothing.", right)
        elif words > most:
            yield sheet.fault((*at, *trail), f"the {role} has {words} words.", f"At most {most}.")
        if key in first:
            other = first[key][1]
            yield sheet.fault((*at, *trail), f"the {role} is the same as that of '{other}'.", "Give each its own.")
        first.setdefault(key, trail)


def _find_in_references(book: Book, sheet: Sheet[Any], content: Any, at: Trail) -> Iterator[Fault]:
    for index, name in enumerate(content.sources):
        if not note(book, name):
            yield sheet.fault((*at, "sources", index), f"there is no source '{name}'.", did_you_mean(name, _ids(book)))
    yield from _find_in_links(book, sheet, content.model_dump(by_alias=True), at)


def _find_in_links(book: Book, sheet: Sheet[Any], content: Any, at: Trail) -> Iterator[Fault]:
    """Links of texts that lead to no source, or print a figure that their source does not say."""
    for trail, text in texts(content, at):
        if text.count("](") != len(markdown.references(text)):
            yield sheet.fault(trail, "a link is not of the form [words](id).", "Its target is one id.")
        for shown, name in markdown.references(text):
            if not note(book, name):
                yield sheet.fault(trail, f"there is no source '{name}'.", did_you_mean(name, _ids(book)))
            elif wrong := figures_that_differ(book, shown, name):
                yield sheet.fault(trail, wrong, "Print the source's figure, or cite the one that says so.")


def _ids(book: Book) -> list[str]:
    from commissioning import labs

    return [*book.facts, *book.sources, *labs.figures()]


def figures_that_differ(book: Book, shown: str, name: str) -> str:
    """What is wrong with the figures printed in a cited phrase; empty if each is one of the source's own."""
    from commissioning import labs

    printed = [text.replace(",", "") for text in NUMBER.findall(shown)]
    if name in book.facts:
        fact = book.facts[name]
        known = [n.replace(",", "") for n in NUMBER.findall(f"{fact.claim} {fact.value} {fact.as_at}")]
        strange = [text for text in printed if float(text) not in map(float, known)]
        return f"'{shown}' prints {', '.join(strange)}, which fact {name} does not say." if strange else ""
    if name in labs.figures():
        figure = labs.figures()[name]
        known = [n.replace(",", "") for n in NUMBER.findall(figure.text)]
        strange = [t for t in printed if t not in known and round(abs(figure.value), _decimals(t)) != float(t)]
        computed = f"{abs(figure.value):.6g}"
        return f"'{shown}' prints {', '.join(strange)}; the lab computes {computed} for {name}." if strange else ""
    return ""


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


# -- a chapter -----------------------------------------------------------------------------------------------------


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
    """A case that no reference describes, and questions from before that are not two chapters back (R4)."""
    yield from _find_in_from_before(book, chapter)
    case = chapter.head.model.case
    if case not in book.sources:
        yield chapter.head.fault(("case",), f"there is no reference '{case}'.", did_you_mean(case, book.sources))


def _find_in_from_before(book: Book, chapter: Chapter) -> Iterator[Fault]:
    place = list(book.chapters).index(chapter.slug)
    far_enough = [c for c in list(book.chapters.values())[: max(place - 1, 0)] if c.questions]
    offered = [f"{c.slug}--{name}" for c in far_enough for name in (c.questions.model if c.questions else {})]
    asked = chapter.head.model.from_before
    for index, name in enumerate(asked):
        if name not in offered:
            wrong = f"'{name}' is no closing question of a chapter at least two before this one."
            yield chapter.head.fault(("from_before", index), wrong, did_you_mean(name, offered))
    if far_enough and len(set(asked)) < 2:
        yield chapter.head.fault((), "the chapter asks fewer than two questions from before.", "Name two.")
    if asked and f'from_before("{chapter.slug}")' not in chapter.text:
        right = f'Add a cell with from_before("{chapter.slug}") at its beginning.'
        yield chapter.head.fault(("from_before",), "no cell of the chapter asks them.", right)


def find_in_session(book: Book, chapter: Chapter) -> Iterator[Fault]:
    """Minutes that do not add up, and links that lead nowhere."""
    if chapter.session is None:
        yield chapter.head.fault((), "the chapter has no session.yaml.", "Write a plan for its tutors.")
        return
    session: model.Session = chapter.session.model
    for part, total in (("plan", session.minutes), ("twenty_minutes", 20)):
        minutes = sum(step.minutes for step in getattr(session, part))
        if minutes != total:
            wrong = f"the steps of '{part}' take {minutes} minutes, not {total}."
            right = "Change a step, or 'minutes'." if part == "plan" else "Change a step."
            yield chapter.session.fault((part,), wrong, right)
    yield from _find_in_links(book, chapter.session, session.model_dump(by_alias=True), ())


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


def find_in_page(book: Book, chapter: Chapter) -> Iterator[Fault]:
    """Cells and roles of index.md that point nowhere, and reading that goes on too long."""
    page = chapter.path / "index.md"
    known = {"decision": list(chapter.decisions), "questions": [chapter.slug], "from_before": [chapter.slug]}
    shown: set[tuple[str, str]] = set()
    for cell in CELL.finditer(chapter.text):
        call, name = cell.groups()
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
    for heading in HEADING.finditer(chapter.text):
        if (name := re.sub(r"[^a-z0-9]+", "-", heading.group(1).lower()).strip("-")) in chapter.decisions:
            wrong = f"this heading would have the address of the decision '{name}'."
            yield Fault(page, _line(chapter, heading), "", wrong, "Word one of the two otherwise.")
    yield from _find_long_readings(page, chapter)


def _line(chapter: Chapter, found: re.Match[str]) -> int:
    return chapter.text_starts + chapter.text.count("\n", 0, found.start())


def _find_in_role(book: Book, at: Fault, role: str, shown: str, target: str) -> Iterator[Fault]:
    from commissioning import labs

    kept: dict[str, Any] = {"fact": book.facts, "source": book.sources, "place": labs.figures(), "term": book.glossary}
    known = kept[role]
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


# -- across the book -----------------------------------------------------------------------------------------------


def find_in_ids(book: Book) -> Iterator[Fault]:
    """Two decisions of the same id, file names that are no ids, and keys that all stand at one place."""
    seen: dict[str, Path] = {}
    for chapter in book.pages.values():
        for name, sheet in chapter.decisions.items():
            if name in seen:
                yield sheet.fault((), f"there is another decision '{name}' in {seen[name].parent.parent.name}.", "")
            seen[name] = sheet.path
            if not SLUG.match(name):
                right = "Use small letters and figures with single hyphens between them: it is the decision's id."
                yield sheet.fault((), f"'{sheet.path.name}' will not do as a file's name.", right)
    yield from _find_keys_in_one_place(book)


def _find_keys_in_one_place(book: Book) -> Iterator[Fault]:
    for chapter in book.chapters.values():
        if not chapter.questions:
            continue
        keyed = {n: q for n, q in chapter.questions.model.items() if q.kind == "best-answer" and q.key in q.options}
        places = Counter(list(q.options).index(q.key) for q in keyed.values())
        if len(keyed) >= 3 and len(places) == 1:
            wrong = f"the key is unbalanced: all {len(keyed)} keys stand at place {next(iter(places)) + 1}."
            yield chapter.questions.fault((), wrong, "Move some of them.")


def find_in_facts(book: Book) -> Iterator[Fault]:
    """Facts whose source is not in references.bib, or whose review is due before they were checked."""
    sheet = book.sheets[0]
    for name, fact in book.facts.items():
        if fact.source not in book.sources:
            wrong = f"there is no reference '{fact.source}'."
            yield sheet.fault((name, "source"), wrong, did_you_mean(fact.source, book.sources))
        if fact.review_by <= fact.checked:
            yield sheet.fault((name, "review_by"), "the review is due before the check.", "Give a later day.")


def find_in_glossary(book: Book) -> Iterator[Fault]:
    """Links that lead nowhere, and two entries for one term."""
    sheet = book.sheets[1]
    first: dict[str, str] = {}
    for slug, entry in book.glossary.items():
        yield from _find_in_links(book, sheet, entry.model_dump(by_alias=True), (slug,))
        other = first.setdefault(entry.term.lower(), slug)
        if other != slug:
            yield sheet.fault((slug, "term"), f"'{entry.term}' is also the term of '{other}'.", "Keep one of the two.")


def facts_due(book: Book, day: date) -> list[tuple[str, model.Fact]]:
    """Facts to be looked at again by `day`, the most overdue first."""
    due = [(name, fact) for name, fact in book.facts.items() if fact.review_by <= day]
    return sorted(due, key=lambda item: (item[1].review_by, item[0]))
