"""An exercise in plain words, with what was chosen: for paper, and for a notebook that is exported.

It is made from the exercise's own HTML, so that every kind has it: the words of the form, without its controls and
without what follows a decision.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from commissioning import page
from commissioning.book.compile import Exercise
from commissioning.record.shapes import State
from commissioning.record.views.index import entry
from commissioning.record.views.texts import answer_md, plain_md

VOID = {"input", "br", "path", "circle", "line", "rect", "img", "hr", "col", "wbr", "use", "polyline", "ellipse"}
LEFT_OUT = {"script", "svg", "button", "select", "textarea", "output", "template", "style"}
LEFT_OUT_CLASSES = {"after", "since", "act", "need", "state", "moves", "unseen", "stepper", "on-paper", "paper", "time"}
BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "legend",
    "label",
    "figcaption",
    "summary",
    "dt",
    "dd",
    "caption",
    "h2",
    "h3",
    "h4",
    "h5",
}
APART = {"b", "small", "span"}
ITEMS = {"li", "label", "tr", "dd"}
STRONG = {"legend", "h2", "h3", "h4", "h5", "dt"}


def as_markdown(html: str, exercises: list[Exercise], states: Mapping[str, Any]) -> str:
    """The exercises as Markdown, each with what was chosen. A live exercise on the same page hides it."""
    forms = dict(_forms(html))
    parts = [
        f'<div class="commissioning-kept commissioning-kept-{one.id}">\n\n{forms.get(one.id, "")}\n\n'
        f"{_chosen(one, states.get(one.id))}\n\n</div>"
        for one in exercises
    ]
    return "\n\n".join(parts) + "\n"


def plain(markdown: str) -> str:
    """The same without the marks of Markdown, for a terminal."""
    text = re.sub(r"<[^>]+>|\*\*", "", markdown)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\\([^\w\s])", r"\1", text)).strip()


def _chosen(exercise: Exercise, state: Any) -> str:
    """What was decided, and first if that was something else."""
    w = page.words()
    if state is None:
        return f"**{w['not_decided'][:1].upper()}{w['not_decided'][1:]}.**"
    says, one, found = w["record"]["says"], entry(exercise), State.model_validate(state)
    again = found.attempts > 1
    answers = [answer_md(says["first"], one, found.first)] if again else []
    answers.append(answer_md(says["last" if again else "only"], one, found.last))
    return "\n\n".join(f"**{label}**{words}" for label, words in (_parted(answer) for answer in answers))


def _parted(answer: str) -> tuple[str, str]:
    """ "You decided, 21 November 2026:" and what follows."""
    label, colon, words = answer.strip().partition(":")
    return label + colon, words


def _forms(html: str) -> list[tuple[str, str]]:
    """The words of each exercise's form, by its id."""
    reader = _Form()
    reader.feed(html)
    reader.close()
    return [(name, "\n\n".join(_joined(lines))) for name, lines in reader.found.items()]


def _joined(lines: list[tuple[str, str]]) -> list[str]:
    """Paragraphs; the items of a list on lines that follow one another."""
    made: list[str] = []
    before = ""
    for how, text in lines:
        if how == "item" and before == "item":
            made[-1] += f"\n- {text}"
        else:
            made.append({"item": f"- {text}", "strong": f"**{text}**"}.get(how, text))
        before = how
    return made


class _Form(HTMLParser):
    """Gathers the words of forms, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[tuple[str, str]]] = {}
        self.open: list[tuple[str, bool]] = []
        self.name, self.words, self.in_letter = "", "", False

    @property
    def skips(self) -> bool:
        return not self.name or any(out for _, out in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "decision-exercise":
            self.name, self.open = given.get("id") or "", []
            self.found[self.name] = []
        if tag in VOID:
            self.words += " " if tag == "br" else ""
            return
        if tag in BLOCKS:
            self.end_block()
        classes = set((given.get("class") or "").split())
        self.in_letter = "letter" in classes
        self.open.append((tag, tag in LEFT_OUT or bool(classes & LEFT_OUT_CLASSES) or "hidden" in given))
        self.words += " " if tag in APART else ""
        if tag in ("td", "th") and self.words.strip():
            self.words += " · "

    def handle_endtag(self, tag: str) -> None:
        self.in_letter = False
        if tag in BLOCKS or tag in ("form", "decision-exercise"):
            self.end_block()
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass
        if tag == "decision-exercise":
            self.name = ""

    def handle_data(self, data: str) -> None:
        if not self.skips:
            self.words += f"{data}." if self.in_letter else data

    def end_block(self) -> None:
        """What was read since the last block began is one."""
        text = plain_md(self.words)
        self.words = ""
        if not re.search(r"\w", text) or not self.name:
            return
        tags = [tag for tag, _ in self.open]
        how = next((tag for tag in reversed(tags) if tag in BLOCKS), "")
        inside = any(tag in ITEMS for tag in tags)
        self.found[self.name].append(("strong" if how in STRONG else "item" if inside else "plain", text))
