"""Numbers that a text is told from state: `{helped}`, `{helped_change}`, `{140 - new}`, in an author's own sentence.

In: a text with places in braces, and what each name is called and how it is printed. Out: the same text with the
numbers of one state in it (`filled`), or as HTML whose numbers a page's script fills in (`Marked`). The browser does
the same in `page/front/core/told.js`, from the same compiled trees.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from commissioning.source.expression import Tree, evaluate, names_in

PLACE = re.compile(r"\{([^{}]*)\}")
MARK = re.compile("\ue000(\\d+)\ue001")
PRINTED_UNITS = ("£", "%")
"""Units that are printed with the number; of any other the sentence has to say what it counts."""


class Quantity(NamedTuple):
    """What a name stands for, and how its number is printed."""

    label: str
    digits: int = 0
    unit: str = ""


class Number(NamedTuple):
    """One place of a text: what an author wrote between the braces, its tree, and how its number is printed."""

    written: str
    tree: Tree
    digits: int
    unit: str


def written(text: str) -> list[str]:
    """What stands between each pair of braces of a text, in order."""
    return [" ".join(found.split()) for found in PLACE.findall(text)]


def number(text: str, tree: Tree, known: Mapping[str, Quantity]) -> Number:
    """One place, printed like the first of its names that has a quantity."""
    named = [name for name in re.findall(r"[a-z][a-z0-9_]*", text) if name in names_in(tree) and name in known]
    like = known[named[0]] if named else Quantity("")
    return Number(text, tree, like.digits, like.unit if like.unit.startswith(PRINTED_UNITS) else "")


Print = Callable[[float | None, int, str], str]


def filled(text: str, numbers: Mapping[str, Number], values: Mapping[str, float | None], shown: Print) -> str:
    """A text with the numbers of one state in it."""

    def one(found: re.Match[str]) -> str:
        place = numbers[" ".join(found.group(1).split())]
        return shown(evaluate(place.tree, values), place.digits, place.unit)

    return PLACE.sub(one, text)


def attribute(tree: Tree) -> str:
    """A tree as the value of an attribute, for `JSON.parse`."""
    return html.escape(json.dumps(tree, separators=(",", ":")))


def in_labels(text: str, known: Mapping[str, Quantity]) -> str:
    """What a place counts, for readers without a script: 'New faces'; 'change in New faces'; '140 - New faces'."""

    def label(found: re.Match[str]) -> str:
        name = found.group()
        return f"change in {known[name].label}" if name.endswith("_change") else known[name].label

    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.sub(rf"\b(?:{names})\b", label, text).replace(" - ", " − ")


class Marked:
    """A text whose places are held out of Markdown: `text` goes through it, `put_back` makes them elements again."""

    def __init__(self, text: str, numbers: Mapping[str, Number], still: Callable[[Number], str]) -> None:
        self._numbers = [numbers[place] for place in written(text)]
        self._still = still
        places = iter(range(len(self._numbers)))
        self.text = PLACE.sub(lambda _: f"\ue000{next(places)}\ue001", text)

    def put_back(self, made: str) -> str:
        """The HTML with `<span data-told>` where numbers stand; `still` is what one says where no script runs."""
        return MARK.sub(lambda found: self._element(self._numbers[int(found.group(1))]), made)

    def _element(self, place: Number) -> str:
        tree = attribute(place.tree)
        still = html.escape(self._still(place), quote=False)
        kind = f'data-digits="{place.digits}" data-unit="{html.escape(place.unit)}"'
        return f'<span class="told" data-told="{tree}" {kind}>{still}</span>'
