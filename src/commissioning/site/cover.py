"""The start page's cover: one sentence, *Go on* for whoever comes back, and the fork that grows the reader's branch.

And the strip of a route: every chapter of the book in a row, with a number where the route stops. All of it is plain
HTML; `front/book/way.js` inks what this reader has decided.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes

from commissioning.book import Book, routes
from commissioning.site.base import BookDirective
from commissioning.site.blocks import block, raw
from commissioning.site.the_book import book_of, tag

WIDTH, HEIGHT, EDGE = 220, 330, 16


class Cover(BookDirective):
    """Argument: the decision below it. Content: the sentence under the book's title, in story type."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The sentence, a place for *Go on*, and the drawing."""
        name = self.arguments[0]
        try:
            decision = book_of(self.env).chapter_of(name).decisions[name].model
        except LookupError as error:
            return self.warn(str(error))
        sentence = block("div", *self.parsed(), class_="standfirst")
        return [
            block(
                "div", sentence, raw("<div data-go-on></div>"), raw(fork(name, first_choices(decision))), class_="cover"
            )
        ]


def first_choices(decision: Any) -> list[str]:
    """What may be chosen first: a story's first choices, or a decision's options."""
    if decision.kind == "scenario":
        return list(next(iter(decision.nodes.values())).choices)
    return list(decision.options)


def fork(name: str, choices: list[str]) -> str:
    """A trunk with a branch for each choice; the branch that is taken is inked and marked."""
    layers = {"glow": "", "road": "", "dot": ""}
    middle = (len(choices) - 1) / 2 or 1
    for at, choice in enumerate(choices):
        x = EDGE + at * (WIDTH - 2 * EDGE) / (2 * middle)
        y = 36 + 56 * abs(at - middle) / middle
        path = f"M{WIDTH / 2:g} {HEIGHT}V210C{WIDTH / 2:g} 120 {x:.0f} 150 {x:.0f} {y:.0f}"
        for layer in ("glow", "road"):
            layers[layer] += f'<path class="{layer}" data-choice="{choice}" d="{path}"/>'
        layers["dot"] += f'<circle class="dot" data-choice="{choice}" cx="{x:.0f}" cy="{y:.0f}" r="6"/>'
    drawn = "".join(layers.values())
    return f'<svg class="big-fork" data-grows="{name}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{drawn}</svg>'


def strip(book: Book, stops: list[routes.Leg]) -> str:
    """Every chapter, planned ones too; a number in a ring where the route stops."""
    numbers = {chapter.docname.rpartition("/")[0]: chapter.head.model.number for chapter in book.chapters.values()}
    planned = book.about["coverage"].model.planned if "coverage" in book.about else {}
    on = {numbers.get(leg.docname.rpartition("/")[0]) for leg in stops}
    rings = [
        f'<li class="on" data-n="{number}"><span>{number}</span></li>' if number in on else "<li><span></span></li>"
        for number in sorted({*numbers.values(), *planned})
    ]
    return tag("ol", "".join(rings), class_="stops", aria_hidden="true")
