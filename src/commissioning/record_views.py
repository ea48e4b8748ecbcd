"""What a record says of a book: what was decided in words, outcomes met, what is due, how sure one was.

In: a Record and the Index of a book. Out: plain values, Markdown, CSV, a DataFrame, HTML for a notebook. Nothing here
is a mark: no total, no rank. `front/record.js` says the same in the browser, from the same index (`index_json`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from commissioning import kinds, markdown, page
from commissioning.book import Book, Chapter, read_book
from commissioning.compile import Exercise, compile_decision, compile_questions

if TYPE_CHECKING:
    import pandas as pd

    from commissioning.record import Record, State, Taken

Met = Literal["right", "not-yet", "done"]
STEPS = (1, 7, 30, 90)
"""Days after a first answer on which it is worth another look."""
ENOUGH = 20
"""Answers with a certainty before calibration means anything."""
LETTERED = ("best-answer", "claim", "choose-three")
UNMARKED = ("explorer", "scenario", "allocation", "negotiation", "priorities", "concordance", "sourcing")
COLUMNS = (
    "what", "chapter", "number", "id", "title", "kind",
    "first_at", "first_answer", "last_at", "last_answer", "attempts", "met",
)  # fmt: skip
FORMULA = re.compile("^[=+\\-@\t\r\n＝＋－＠]")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY, YEAR = r"[0-3]?[0-9](?:st|nd|rd|th)?", r"(?:1[89]|20)[0-9]{2}"
DATES = (
    r"[0-3]?[0-9][ ./-][01]?[0-9][ ./-](?:1[89]|20)?[0-9]{2}",
    rf"{YEAR}[./-][01]?[0-9][./-][0-3]?[0-9]",
    rf"{DAY}[ -](?:of )?{MONTH}[ ,-]+{YEAR}",
    rf"{MONTH} {DAY},? {YEAR}",
)
IDENTIFYING = {
    "birth": rf"\b(?:{'|'.join(DATES)})\b",
    "number": r"\b(?:[0-9][ .-]?){9}[0-9]\b",
    "postcode": r"\b(?:[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][abd-hjlnp-uw-z]{2}|gir ?0aa)\b",
}
"""Patterns that both engines read alike: a date, ten digits, a postcode. They warn; only the learner can know."""


# -- the index of a book -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One exercise, as far as a record needs it. `marking` is empty where nothing is right or wrong."""

    id: str
    chapter: str
    number: str
    kind: str
    title: str
    outcomes: tuple[str, ...]
    edition: str
    is_question: bool
    options: dict[str, str]
    unit: str
    marking: dict[str, Any]


@dataclass(frozen=True)
class Index:
    """The chapters of a book, then its galleries, and all their exercises in reading order."""

    chapters: dict[str, Chapter]
    exercises: dict[str, Entry]

    def name(self, slug: str) -> str:
        """6 Finding people at risk; a gallery has no number."""
        chapter = self.chapters[slug]
        return chapter.title if chapter.is_gallery else f"{chapter.head.model.number} {chapter.title}"

    def outcomes(self, slug: str) -> dict[str, str]:
        """The outcomes of a chapter, in plain words; a gallery has none."""
        chapter = self.chapters[slug]
        texts = {} if chapter.is_gallery else chapter.head.model.outcomes
        return {name: markdown.plain(text) for name, text in texts.items()}

    def prompt(self, slug: str) -> str:
        """What a chapter asks for the portfolio; a gallery asks nothing."""
        chapter = self.chapters[slug]
        return "" if chapter.is_gallery else markdown.plain(chapter.head.model.portfolio)


def index(book: Book | None = None) -> Index:
    """The index of a book, or of the nearest; an empty one where there is no book to be found."""
    if book is None:
        try:
            book = read_book()
        except FileNotFoundError:
            return Index({}, {})
    return make_index(book)


def make_index(book: Book) -> Index:
    """Every decision that a chapter shows, then its closing questions."""
    found = [entry for chapter in book.pages.values() for entry in _entries(book, chapter)]
    return Index(book.pages, {entry.id: entry for entry in found})


def _entries(book: Book, chapter: Chapter) -> Iterator[Entry]:
    shown = [name for name in chapter.order if name in chapter.decisions]
    unshown = [name for name in chapter.decisions if name not in shown]
    for name in (*shown, *unshown):
        yield entry(compile_decision(book, name))
    for question in compile_questions(book, chapter.slug):
        yield entry(question)


def entry(exercise: Exercise) -> Entry:
    """What a record needs of one exercise."""
    content = exercise.content
    return Entry(
        id=exercise.id,
        chapter=exercise.chapter,
        number=exercise.number,
        kind=exercise.kind,
        title=short(content.ask if exercise.is_question else content.title, 110),
        outcomes=tuple(content.outcomes),
        edition=exercise.edition,
        is_question=exercise.is_question,
        options=_names_in(content),
        unit=getattr(content, "unit", "") or getattr(getattr(content, "prediction", None), "unit", ""),
        marking={} if exercise.kind in UNMARKED else exercise.marking,
    )


def _names_in(content: Any) -> dict[str, str]:
    """The words of everything that a response may name by id: options, items, parties and the like."""
    if "options" in type(content).model_fields:
        return {name: _name_of(option) for name, option in content.options.items()}
    found: dict[str, str] = {}
    for field in type(content).model_fields:
        parts = getattr(content, field)
        if isinstance(parts, dict):
            found |= {str(key): name for key, part in parts.items() if (name := _name_of(part))}
    return found


def _name_of(part: Any) -> str:
    if isinstance(part, str):
        return short(part)
    if not isinstance(part, BaseModel):
        return ""
    named = (getattr(part, field, None) for field in ("text", "label", "title", "name"))
    return short(next((words for words in named if isinstance(words, str)), ""))


def short(text: str, most: int = 72) -> str:
    """The words without marks, cut after a whole word."""
    words = " ".join(markdown.plain(text).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def index_json(book: Book, href: Callable[[Chapter, str], str], *, as_of: str, title: str) -> dict[str, Any]:
    """The index and the words that `front/record.js` needs, as plain JSON. `href` gives an exercise's address."""
    known = make_index(book)
    slugs = list(known.chapters)
    return {
        "book": {"title": title, "as_of": as_of},
        "chapters": [_chapter_json(known, chapter, href) for chapter in known.chapters.values()],
        "exercises": {name: _entry_json(one, slugs) for name, one in known.exercises.items()},
        "words": {**page.words()["record"]["says"], "sure": page.words()["browser"]["sure"]},
        "identifying": IDENTIFYING,
        "columns": COLUMNS,
        "lettered": LETTERED,
    }


def _chapter_json(known: Index, chapter: Chapter, href: Callable[[Chapter, str], str]) -> dict[str, Any]:
    maps = {} if chapter.is_gallery else chapter.head.model.maps_to
    return {
        "slug": chapter.slug,
        "number": 0 if chapter.is_gallery else chapter.head.model.number,
        "name": known.name(chapter.slug),
        "title": chapter.title,
        "href": href(chapter, ""),
        "prompt": known.prompt(chapter.slug),
        "outcomes": known.outcomes(chapter.slug),
        "maps": [item for items in maps.values() for item in items],
    }


def _entry_json(one: Entry, slugs: list[str]) -> dict[str, Any]:
    """Only what is there: an index of a whole book is read by everybody who opens the page."""
    made = {
        "c": slugs.index(one.chapter), "n": one.number, "k": one.kind, "t": one.title, "o": one.outcomes,
        "e": one.edition, "q": int(one.is_question), "x": one.options, "u": one.unit, "m": one.marking,
    }  # fmt: skip
    return {key: value for key, value in made.items() if value or key == "c"}


# -- one answer ----------------------------------------------------------------------------------------------------


def met(score: dict[str, Any] | None) -> Met | None:
    """What a score says of an answer: right, not yet, or done where nothing is marked. None: it cannot be scored.

    Of marks, cards, passages and self-marked points two thirds are asked for; of a ranking, half of the way from chance
    to the key; of decision rights, that every row is valid.
    """
    if score is None:
        return None
    if "right" in score:
        good = bool(score["right"])
    elif "recall" in score:
        good = 3 * len(score["hits"]) >= 2 * score["key"]
    elif "agreement" in score:
        good = score["valid"] == len(score["rows"])
    elif "had" in score:
        good = 3 * score["had"] >= 2 * score["of"]
    elif "better_than_chance" in score:
        good = (score["better_than_chance"] or 0) >= 0.5
    elif "marks" in score and "of" in score:
        good = 3 * score["marks"] >= 2 * score["of"]
    else:
        return "done"
    return "right" if good else "not-yet"


def is_marked(one: Entry) -> bool:
    """Whether an answer to it can be right or wrong."""
    return bool(one.marking) and "ranges" not in one.marking


def score(one: Entry, taken: Taken) -> dict[str, Any] | None:
    """The score of one answer, if it was given on this edition; {} where nothing is marked."""
    if taken.edition != one.edition or one.kind not in kinds.KINDS:
        return None
    return kinds.score(one.kind, one.marking, taken.response) if one.marking else {}


def tell(one: Entry | None, response: dict[str, Any]) -> str:
    """A response in a few words, for any kind of exercise."""
    names = one.options if one else {}
    lettered = one is not None and one.kind in LETTERED

    def name(of: Any) -> str:
        words = names.get(of, of) if isinstance(of, str) else str(of)
        return f"{page.LETTERS[list(names).index(of)]}, {words}" if lettered and of in names else str(words)

    unit = one.unit if one else ""
    if isinstance(response.get("choice"), str):
        sure = response.get("certainty")
        words = page.words()["browser"]["sure"]
        return name(response["choice"]) + (f", {words[sure - 1]}" if type(sure) is int and 1 <= sure <= 3 else "")
    if isinstance(response.get("choices"), list):
        return "; ".join(sorted(map(name, response["choices"])) if lettered else map(name, response["choices"]))
    ranks = response.get("ranks")
    if isinstance(ranks, dict) and all(_is_number(rank) for rank in ranks.values()):
        return "; ".join(name(item) for item in sorted(ranks, key=lambda item: ranks[item]))
    values = response.get("values", [response.get("prediction")])
    if isinstance(values, list) and values and all(map(_is_number, values)):
        return ", ".join(page.shown(value, 0 if value == int(value) else 2, unit) for value in values)
    if isinstance(response.get("text"), str):
        return str(response["text"])
    told = page.words()["record"]["says"]["told"]
    if isinstance(response.get("tags"), dict) and isinstance(response.get("missing"), list):
        return str(told["marked"]).format(x=len(response["tags"]), n=len(response["missing"]))
    turns = response.get("turns")
    if isinstance(turns, list) and turns and isinstance(turns[-1], dict):
        return str(told["turns"]).format(n=len(turns), x=name(turns[-1].get("move", "–")))
    if isinstance(response.get("path"), list):
        return str(told["path"]).format(n=len(response["path"]))
    if isinstance(response.get("spend"), dict):
        return short_of(", ".join(f"{name(of)} £{said(money, {})}k" for of, money in response["spend"].items()))
    inner = next(iter(response.values())) if len(response) == 1 else response
    return short_of(said(inner, names))


def short_of(text: str) -> str:
    """At most 300 characters of what has no shape of its own."""
    return text if len(text) <= 300 else text[:299] + "…"


def said(value: Any, names: dict[str, str], depth: int = 0) -> str:
    """Any plain JSON in words: names where there are names."""
    if isinstance(value, dict):
        between, colon = ("; ", ":") if depth == 0 else (", ", "")
        return between.join(
            f"{names.get(key, key)}{colon} {said(part, names, depth + 1)}" for key, part in value.items()
        )
    if isinstance(value, list):
        return ", ".join(said(part, names, depth + 1) for part in value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    return names.get(value, value) if isinstance(value, str) else page.shown(value, 0 if value == int(value) else 2)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# -- all answers ---------------------------------------------------------------------------------------------------


def outcomes(record: Record, known: Index) -> dict[str, dict[str, str]]:
    """Chapter -> outcome -> "first try", "later", "not yet" or "" (nothing answered); ", revisited" may follow.

    An outcome is met when every answer to it is: by the first answers, or by later ones. Exercises in which nothing is
    right or wrong count where an outcome has no others. An answer to an older edition counts neither way.
    """
    return {
        slug: {name: _outcome(record, known, slug, name) for name in known.outcomes(slug)} for slug in known.chapters
    }


def _outcome(record: Record, known: Index, slug: str, name: str) -> str:
    carrying = [one for one in known.exercises.values() if one.chapter == slug and name in one.outcomes]
    answered = [
        (met(score(one, state.first)), met(score(one, state.last)), state)
        for one in [one for one in carrying if is_marked(one)] or carrying
        if (state := record.decisions.get(one.id))
    ]
    current = [(first, last, state) for first, last, state in answered if last is not None]
    if not current:
        return ""
    if any(last == "not-yet" for _, last, _ in current):
        return "not yet"
    how = "first try" if all(first in ("right", "done") for first, _, _ in current) else "later"
    again = any(local_day(state.last.at) > local_day(state.first.at) for _, _, state in current)
    return f"{how}, revisited" if again else how


def local_day(at: str, zone: tzinfo | None = None) -> date:
    """The day on which something happened where the learner is (or in a zone)."""
    return datetime.fromisoformat(at).astimezone(zone).date()


def due(record: Record, known: Index, *, today: date, zone: tzinfo | None = None) -> list[tuple[Entry, int]]:
    """What is worth another look today, with the step (1, 7, 30 or 90 days) that asks for it.

    A step counts from the day of the first answer, and is over once an answer was given on or after its day. First
    what was held very sure and is wrong, then what is not right yet, then the rest, each in reading order.
    """
    found = [
        (one, step)
        for one in known.exercises.values()
        if not known.chapters[one.chapter].is_gallery
        and (state := record.decisions.get(one.id))
        and (step := _step(state, today, zone))
    ]
    return sorted(found, key=lambda item: _urgency(item[0], record.decisions[item[0].id]))


def _step(state: State, today: date, zone: tzinfo | None) -> int:
    first, last = (local_day(taken.at, zone) for taken in (state.first, state.last))
    step = max((step for step in STEPS if (today - first).days >= step), default=0)
    return step if step and (last - first).days < step else 0


def _urgency(one: Entry, state: State) -> int:
    if is_confident_but_wrong(one, state):
        return 0
    return 1 if met(score(one, state.last)) == "not-yet" else 2


def is_confident_but_wrong(one: Entry, state: State) -> bool:
    """Whether the last answer is wrong, and either it or a wrong first one was "very sure"."""
    first, last = ((score(one, taken) or {}).get("right") is False for taken in (state.first, state.last))
    sure = [taken.response.get("certainty") == 3 for taken in (state.first, state.last)]
    return last and (sure[1] or (first and sure[0]))


def calibration(record: Record, known: Index) -> list[tuple[int, int]]:
    """For unsure, fairly sure and very sure: (first answers, of which right). (Gardner-Medwin 2006)"""
    levels = [[0, 0], [0, 0], [0, 0]]
    for name, state in record.decisions.items():
        sure = state.first.response.get("certainty")
        one = known.exercises.get(name)
        right = (score(one, state.first) or {}).get("right") if one else None
        if type(sure) is int and 1 <= sure <= 3 and isinstance(right, bool):
            levels[sure - 1][0] += 1
            levels[sure - 1][1] += int(right)
    return [(answers, right) for answers, right in levels]


# -- to take away --------------------------------------------------------------------------------------------------


def rows(record: Record, known: Index | None = None) -> list[dict[str, Any]]:
    """One row for each decision, question and reflection, in reading order; what the book no longer has comes last."""
    known = known or index()
    order = [*known.exercises, *(name for name in sorted(record.decisions) if name not in known.exercises)]
    made = [_decision_row(record.decisions[name], known) for name in order if name in record.decisions]
    return made + [_reflection_row(name, record, known) for name in sorted(record.reflections)]


def _decision_row(state: State, known: Index) -> dict[str, Any]:
    one = known.exercises.get(state.id)
    chapter = known.chapters[one.chapter].title if one else ""
    values = (
        ("question" if one.is_question else "decision") if one else "no longer in the book",
        chapter, one.number if one else "", state.id, one.title if one else "", state.kind,
        state.first.at, tell(one, state.first.response), state.last.at, tell(one, state.last.response),
        state.attempts, ((one and met(score(one, state.last))) or "").replace("-", " "),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _reflection_row(name: str, record: Record, known: Index) -> dict[str, Any]:
    slug, _, prompt = name.partition(".")
    title = known.chapters[slug].title if slug in known.chapters else ""
    words = record.reflections[name]
    values = ("reflection", title, "", name, prompt, "", "", "", words.at or "", words.text, "", "")
    return dict(zip(COLUMNS, values, strict=True))


def as_csv(record: Record, known: Index | None = None) -> str:
    """A table for a spreadsheet, which cannot take anybody's words for a formula. Begins with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(str(value)) for value in row.values()] for row in rows(record, known))
    return "\ufeff" + out.getvalue()


def safe(cell: str) -> str:
    """The cell's text, which no spreadsheet takes for a formula. (OWASP, CSV Injection)"""
    return f"'{cell}" if FORMULA.match(cell) else cell


def as_dataframe(record: Record, known: Index | None = None) -> pd.DataFrame:
    """The same rows as a DataFrame; times are UTC."""
    import pandas as pd

    made = pd.DataFrame(rows(record, known), columns=list(COLUMNS))
    for column in ("first_at", "last_at"):
        made[column] = pd.to_datetime(made[column].replace("", None), utc=True, format="ISO8601")
    return made


def as_markdown(record: Record, known: Index | None = None) -> str:
    """The record to read or to file: by chapter, the learner's words quoted. What they typed stays text."""
    known = known or index()
    w = page.words()["record"]["says"]
    parts = [f"# {w['title']}", w["made"].replace("{x}", said_day(record.made_at))]
    met_by = outcomes(record, known)
    for slug in known.chapters:
        mine = [one for one in known.exercises.values() if one.chapter == slug and one.id in record.decisions]
        notes = {name: words for name, words in record.reflections.items() if name.split(".")[0] == slug and words.text}
        if mine or notes:
            parts += [f"## {plain_md(known.name(slug))}"]
            parts += [_entry_md(one, record.decisions[one.id], w) for one in mine]
            parts += _outcomes_md(known.outcomes(slug), met_by[slug], w)
            parts += _notes_md(notes, known.prompt(slug), w)
    parts += _others_md(record, known, w)
    return "\n\n".join(parts) + "\n"


def _entry_md(one: Entry, state: State, w: dict[str, Any]) -> str:
    lines = [f"### {f'{one.number} ' if one.number and not one.is_question else ''}{plain_md(one.title)}", ""]
    if state.attempts > 1:
        lines.append(_answer_md(w["first"], one, state.first))
    lines.append(_answer_md(w["last"] if state.attempts > 1 else w["only"], one, state.last))
    if state.last.edition != one.edition:
        lines += ["", w["updated"]]
    return "\n".join(lines)


def _answer_md(label: str, one: Entry | None, taken: Taken) -> str:
    words = quoted_md(tell(one, taken.response)) if "text" in taken.response else plain_md(tell(one, taken.response))
    between = "\n\n" if "text" in taken.response else " "
    return f"{label}, {said_day(taken.at)}:{between}{words}\n"


def _outcomes_md(texts: dict[str, str], found: dict[str, str], w: dict[str, Any]) -> list[str]:
    lines = [f"- {plain_md(texts[name])}: {how}" for name, how in found.items() if how]
    return [f"### {w['can']}", "\n".join(lines)] if lines else []


def _notes_md(notes: dict[str, Any], prompt: str, w: dict[str, Any]) -> list[str]:
    made = [f"### {w['wrote']}"] if notes else []
    for name, words in sorted(notes.items()):
        asked = w["prompts"].get(name.partition(".")[2], prompt)
        made += [plain_md(asked), quoted_md(words.text)]
    return made


def _others_md(record: Record, known: Index, w: dict[str, Any]) -> list[str]:
    gone = [state for name, state in sorted(record.decisions.items()) if name not in known.exercises]
    notes = {n: t for n, t in sorted(record.reflections.items()) if n.split(".")[0] not in known.chapters and t.text}
    made = [f"## {w['gone_head']}"] if gone or notes else []
    made += [f"### {plain_md(state.id)}\n\n{_answer_md(w['last'], None, state.last)}" for state in gone]
    return made + [f"{plain_md(name)}\n\n{quoted_md(words.text)}" for name, words in notes.items()]


def plain_md(text: str) -> str:
    """A text on one line, in which Markdown and HTML find nothing to act on."""
    return _escaped(" ".join(text.split()))


def quoted_md(text: str) -> str:
    """A text as a quotation that keeps its lines, in which Markdown and HTML find nothing to act on."""
    return "\n".join(f"> {_escaped(line)}  ".rstrip(" ") + ("  " if line.strip() else "") for line in text.splitlines())


def _escaped(line: str) -> str:
    inner = re.sub(r"[\\`*_\[\]<>&~|$]", r"\\\g<0>", line.strip())
    return re.sub(r"^([#+\-=:]|\d{1,9}(?=[.)]))", lambda m: m[1] + "\\" if m[1].isdigit() else "\\" + m[1], inner)


def said_day(at: str) -> str:
    """21 November 2026, where the learner is."""
    day = local_day(at)
    return f"{day.day} {day:%B %Y}"


def find_identifying(text: str) -> list[tuple[str, str]]:
    """What may be a date of birth, an NHS number or a postcode, as ("birth" | "number" | "postcode", the words)."""
    plain = re.sub(r"[\u00a0\u2000-\u200b\u202f]", " ", text)
    return [
        (what, found[0].strip())
        for what, pattern in IDENTIFYING.items()
        for found in re.finditer(pattern, plain, re.IGNORECASE | re.ASCII)
    ]


def as_html(record: Record, known: Index | None = None) -> str:
    """A table for a notebook. Everything in it is escaped."""
    known = known or index()
    return page.filled(
        "record-notebook.html",
        rows=[row for row in rows(record, known) if row["what"] != "reflection"],
        notes={name: words.text for name, words in sorted(record.reflections.items()) if words.text},
        outcomes=_listed(record, known),
        levels=calibration(record, known),
        enough=ENOUGH,
        day=said_day,
        r=page.words()["record"]["says"],
    )


def _listed(record: Record, known: Index) -> list[tuple[str, str, str]]:
    return [
        (known.name(slug), known.outcomes(slug)[name], how)
        for slug, found in outcomes(record, known).items()
        for name, how in found.items()
        if how
    ]
