"""Nothing is answered before it is asked.

Three things are looked for in what stands above a decision (its own texts, and the page since the activity before): the
number that a marked estimate asks for, within its tolerance; above an item with one key, words that only the key has;
and in a scenario a meter that shows from the start a number which the story tells only at a later moment. Where it is
meant, `shown_above:` says why, and one that says it in vain is told so. `find` reads the author's files; `in_page`
reads a built page, and so sees the captions, tables and outputs that its cells make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from commissioning import labs
from commissioning.book import Book
from commissioning.check import around, guessers
from commissioning.kinds.scenario.telling import whole
from commissioning.source import markdown
from commissioning.source.faults import Fault
from commissioning.source.sheets import Sheet
from commissioning.source.tree import Trail

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")
LEAST_TOLD, LEAST_SHARED, TIMES, RARE = 10, 3, 2.5, 3.0


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Estimates, keys and meters that are given away before they are asked or told."""
    for slug, chapter in book.pages.items():
        for name, sheet in chapter.decisions.items():
            above = f"{around.above(chapter, 'decision', name)} {own_texts(sheet.model)}"
            if is_estimate(sheet.model):
                yield from ((slug, fault) for fault in _declared(sheet, (), list(_in_estimate(sheet, above))))
            if sheet.model.kind == "scenario":
                yield from ((slug, fault) for fault in _in_meters(sheet))
    for item in guessers.items(book):
        at = item.trail[:-1] if item.sheet.model.__class__ is dict else ()
        yield from ((item.chapter, fault) for fault in _declared(item.sheet, at, list(_in_key(item))))


def _declared(sheet: Sheet[Any], at: Trail, found: list[Fault]) -> Iterator[Fault]:
    """What is found, unless the author says why it stands there; and a reason for what does not stand there.

    Of an estimate it may stand in a caption or an output, which only a built page shows.
    """
    content = sheet.model[at[0]] if at else sheet.model
    if not content.shown_above:
        yield from found
    elif not found and not is_estimate(content):
        wrong = "nothing above gives the answer away."
        yield sheet.fault((*at, "shown_above"), wrong, "Leave 'shown_above' out.")


def is_estimate(content: Any) -> bool:
    """Whether it asks for a number that is marked."""
    return content.kind == "estimate" and content.value is not None


def own_texts(content: Any) -> str:
    """What a decision itself prints before it is answered."""
    return markdown.plain(" ".join([content.title, content.situation, content.ask, *getattr(content, "asks", [])]))


def in_page(html: str, sheet: Sheet[Any]) -> Iterator[Fault]:
    """The same of a marked estimate in a built page: captions, tables and outputs stand above it too.

    Numbers below 10 are left out here: a page numbers its headings, its charts and its lines.
    """
    if is_estimate(sheet.model) and not sheet.model.shown_above:
        yield from _in_estimate(sheet, printed_above(html, sheet.path.stem), LEAST_TOLD)


def printed_above(html: str, name: str) -> str:
    """What a built page shows between an exercise and the one before it."""
    reader = _Above(name)
    reader.feed(html)
    return " ".join("".join(reader.shown).split())


class _Above(HTMLParser):
    """Gathers what is printed since the last exercise, until the one that is meant begins."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.shown, self.done, self.unseen = name, list[str](), False, 0
        self.inside, self.waits = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "details":
            self.waits = given.get("class") == "waits"
        if tag == "decision-exercise":
            self.inside = given.get("id") or ""
            self.done |= self.inside == self.name
        self.unseen += tag in ("script", "style", "nav", "head")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in ("script", "style", "nav", "head")
        self.waits &= tag != "summary"  # which names a decision by its number
        if tag == "decision-exercise":
            self.inside = ""
            if not self.done:
                self.shown.clear()

    def handle_data(self, data: str) -> None:
        if not self.done and not self.unseen and not self.inside and not self.waits:
            self.shown.append(data)


def numbers(text: str) -> set[float]:
    """The numbers typed in figures in a text."""
    return {float(found.replace(",", "").rstrip(".")) for found in NUMBER.findall(text)}


def _in_estimate(sheet: Sheet[Any], above: str, least: float = 0) -> Iterator[Fault]:
    value, figures = sheet.model.value, labs.figures()
    if isinstance(value, str) and value not in figures:
        return
    answer = figures[value].value if isinstance(value, str) else value
    told = sorted(n for n in numbers(above) if n >= least and abs(n - answer) <= sheet.model.tolerance)
    if told:
        wrong = f"{told[0]:g} stands above the question, and would be marked right."
        yield sheet.fault(("value",), wrong, "Tell it only afterwards, or ask for something else.")


def _in_meters(sheet: Sheet[Any]) -> Iterator[Fault]:
    nodes = list(sheet.model.nodes.values())
    first = numbers(f"{sheet.model.situation} {whole(nodes[0].text)}")
    later = set[float]().union(*(numbers(whole(node.text)) for node in nodes[1:])) - first
    for name, variable in sheet.model.variables.items():
        if variable.start >= LEAST_TOLD and variable.start in later and not getattr(variable, "hidden_until", None):
            wrong = f"the meter shows {variable.start:g} from the start, which the story tells only at a later moment."
            yield sheet.fault(("variables", name), wrong, "Hide the meter until then, or begin with it.")


def _in_key(item: guessers.Item) -> Iterator[Fault]:
    """Rare words that only the key shares with the page above, at least three and far more than any other option."""
    if len(item.key) != 1:
        return
    above, (key,) = around.stems(item.above), item.key
    shared = [{w for w in own & above if item.rarity(w) >= RARE} for own in item.words]
    others = max(len(words) for place, words in enumerate(shared) if place != key)
    if len(shared[key]) >= LEAST_SHARED and len(shared[key]) >= TIMES * max(others, 1):
        words = ", ".join(f"'{word}'" for word in sorted(shared[key])[:5])
        wrong = f"the page above gives the key away: it has {words}, and no other option has as much of it."
        yield item.sheet.fault(item.trail, wrong, "Move that text below the question, or reword the options.")
