"""Nothing is answered before it is asked.

Two things are looked for in what stands above a decision (its situation, and the page since the activity before): the
number that a marked estimate asks for, within its tolerance; and, above an item with one key, words that only the key
has. In a scenario, a meter may not show from the start a number that the story tells only at a later moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from commissioning import labs
from commissioning.book import Book
from commissioning.check import around, guessers
from commissioning.source import markdown
from commissioning.source.faults import Fault
from commissioning.source.sheets import Sheet

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")
LEAST_TOLD, LEAST_SHARED, TIMES, RARE = 10, 3, 2.5, 3.0


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Estimates, keys and meters that are given away before they are asked or told."""
    for slug, chapter in book.pages.items():
        for name, sheet in chapter.decisions.items():
            above = f"{around.above(chapter, 'decision', name)} {markdown.plain(sheet.model.situation)}"
            if sheet.model.kind == "estimate" and sheet.model.value is not None:
                yield from ((slug, fault) for fault in _in_estimate(sheet, above))
            if sheet.model.kind == "scenario":
                yield from ((slug, fault) for fault in _in_meters(sheet))
    for item in guessers.items(book):
        yield from ((item.chapter, fault) for fault in _in_key(item))


def numbers(text: str) -> set[float]:
    """The numbers typed in figures in a text."""
    return {float(found.replace(",", "").rstrip(".")) for found in NUMBER.findall(text)}


def _in_estimate(sheet: Sheet[Any], above: str) -> Iterator[Fault]:
    value, figures = sheet.model.value, labs.figures()
    if isinstance(value, str) and value not in figures:
        return
    answer = figures[value].value if isinstance(value, str) else value
    told = sorted(n for n in numbers(above) if abs(n - answer) <= sheet.model.tolerance)
    if told:
        wrong = f"{told[0]:g} stands above the question, and would be marked right."
        yield sheet.fault(("value",), wrong, "Tell it only afterwards, or ask for something else.")


def _in_meters(sheet: Sheet[Any]) -> Iterator[Fault]:
    nodes = list(sheet.model.nodes.values())
    first = numbers(f"{sheet.model.situation} {nodes[0].text}")
    later = set[float]().union(*(numbers(node.text) for node in nodes[1:])) - first
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
