"""A record as Markdown, to read or to file. What a learner typed stays text."""

from __future__ import annotations

import re
from typing import Any

from commissioning import page
from commissioning.record.shapes import Record, State, Taken
from commissioning.record.views.answers import tell
from commissioning.record.views.begun import AGAIN, Begun, begun
from commissioning.record.views.index import Entry, Index, index
from commissioning.record.views.progress import local_day, outcomes


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
    parts += _begun_md(begun(record, known), w) + _others_md(record, known, w)
    return "\n\n".join(parts) + "\n"


def _entry_md(one: Entry, state: State, w: dict[str, Any]) -> str:
    lines = [f"### {f'{one.number} ' if one.number and not one.is_question else ''}{plain_md(one.title)}", ""]
    if state.attempts > 1:
        lines.append(answer_md(w["first"], one, state.first))
    lines.append(answer_md(w["last"] if state.attempts > 1 else w["only"], one, state.last))
    if state.last.edition != one.edition:
        lines += ["", w["updated"]]
    return "\n".join(lines)


def answer_md(label: str, one: Entry | None, taken: Taken) -> str:
    """One answer in a line: what it was, when it was given, and its words; a text of several lines is quoted."""
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


def _begun_md(halves: list[Begun], w: dict[str, Any]) -> list[str]:
    made = [f"## {w['begun_head']}"] if halves else []
    for half in halves:
        one = half.entry
        number = f"{one.number} " if one and one.number and not one.is_question else ""
        made += [f"### {number}{plain_md(one.title if one else half.name)}", _left(half, w)]
        made += [quoted_md(half.words)] if half.words else []
    return made


def _left(half: Begun, w: dict[str, Any]) -> str:
    """When it was left, and that it is asked again or no longer there."""
    at = half.draft.at
    parts = [w["begun_left"].replace("{x}", said_day(at)) if at else w["no_date"]]
    parts += [w["begun_again"]] if half.entry and half.name.endswith(AGAIN) else []
    return " · ".join(parts + ([] if half.entry else [w["gone_head"]]))


def _others_md(record: Record, known: Index, w: dict[str, Any]) -> list[str]:
    gone = [state for name, state in sorted(record.decisions.items()) if name not in known.exercises]
    notes = {n: t for n, t in sorted(record.reflections.items()) if n.split(".")[0] not in known.chapters and t.text}
    made = [f"## {w['gone_head']}"] if gone or notes else []
    made += [f"### {plain_md(state.id)}\n\n{answer_md(w['last'], None, state.last)}" for state in gone]
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
