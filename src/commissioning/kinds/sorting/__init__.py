"""Sorting: put cards into bins, put them in order, or match them. One kind, three modes.

    mode: sort      each card goes into one of two to six bins; a card may be at home in two of them
    mode: sequence  the cards are put in order; `key` is the order the authors would defend
    mode: match     each card goes to the one of the bins that belongs to it; some bins may belong to no card

The share that is right: of cards in an allowed bin; of cards matched; and of an order, 1 - inversions / n(n - 1)/2,
where an inversion is a pair of cards that stands the other way round in the key (Kendall 1938). A random order has
half of the pairs right on average.

Responses: {"placed": {card: bin}} for sort and match, {"order": [cards, first first]} for sequence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "sorting"
MARKED = True
MOST_IN_ONE = 0.75
Found = Iterator[tuple[tuple[str | int, ...], str, str]]


class Card(shapes.Option):
    """One card. `consequence` is what happens if it goes elsewhere, `explanation` why it belongs where it does."""

    into: list[shapes.Slug] = Field(default=[], max_length=2, description="The bin it belongs in, or the two.")


class Decision(shapes.Decision, shapes.Keyed):
    """Three to twelve cards, with bins (sort, match) or with an order (sequence)."""

    kind: Literal["sorting"]
    mode: Literal["sort", "sequence", "match"]
    bins: dict[shapes.Slug, shapes.Text] = Field(default={}, description="Where a card can go: id and name.")
    cards: dict[shapes.Slug, Card] = Field(min_length=3, max_length=12)
    key: list[shapes.Slug] = Field(default=[], description="For a sequence: the cards in order, first first.")

    @model_validator(mode="after")
    def _has_what_its_mode_needs(self) -> Decision:
        has_into = [bool(card.into) for card in self.cards.values()]
        if self.mode == "sequence" and (self.bins or any(has_into) or not self.key):
            raise ValueError("a sequence needs 'key' and has no 'bins' and no 'into'")
        if self.mode != "sequence" and (self.key or not all(has_into)):
            raise ValueError(f"mode '{self.mode}' needs 'into' on every card and has no 'key'")
        least, most = {"sequence": (0, 0), "sort": (2, 6), "match": (2, 15)}[self.mode]
        if not least <= len(self.bins) <= most:
            raise ValueError(f"mode '{self.mode}' needs {least} to {most} bins (has {len(self.bins)})")
        return self


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Cards that go nowhere, bins that nobody needs, and keys that give themselves away."""
    if exercise.mode == "sequence":
        yield from _find_in_order(exercise)
        return
    for name, card in exercise.cards.items():
        for index, into in enumerate(card.into):
            if into not in exercise.bins:
                wrong = f"there is no bin '{into}'."
                yield ("cards", name, "into", index), wrong, did_you_mean(into, exercise.bins)
        if len(set(card.into)) < len(card.into):
            yield ("cards", name, "into"), "a bin is named twice.", "Name each once."
    yield from _find_in_sort(exercise) if exercise.mode == "sort" else _find_in_match(exercise)


def _find_in_order(exercise: Decision) -> Found:
    for index, name in enumerate(exercise.key):
        if name not in exercise.cards:
            yield ("key", index), f"key names '{name}', which is not a card.", did_you_mean(name, exercise.cards)
    if sorted(exercise.key) != sorted(exercise.cards):
        yield ("key",), "key must name each card once.", ""
    elif exercise.key in (list(exercise.cards), list(exercise.cards)[::-1]):
        yield ("key",), "the key is unbalanced: the cards are shown in its own order.", "Show them in another order."


def _find_in_sort(exercise: Decision) -> Found:
    taken = Counter(into for card in exercise.cards.values() for into in card.into)
    for name in exercise.bins:
        if not taken[name]:
            yield ("bins", name), f"no card belongs in '{name}'.", "Delete the bin, or give it a card."
        elif taken[name] > MOST_IN_ONE * len(exercise.cards):
            wrong = f"the key is unbalanced: {taken[name]} of {len(exercise.cards)} cards may go into '{name}'."
            yield ("bins", name), wrong, "Mix in cards that may not, or put everything there and be right."
    for name, card in exercise.cards.items():
        if len(set(card.into)) == len(exercise.bins):
            yield ("cards", name, "into"), "the card may go into every bin.", "Then there is nothing to decide."


def _find_in_match(exercise: Decision) -> Found:
    first: dict[str, str] = {}
    for name, card in exercise.cards.items():
        if len(card.into) > 1:
            yield ("cards", name, "into"), "a card is matched with one bin.", "For two, use 'mode: sort'."
        other = first.setdefault(card.into[0], name)
        if other != name:
            yield ("cards", name, "into"), f"'{card.into[0]}' is matched with '{other}' too.", "Use 'mode: sort'."


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"mode", "bins": [ids], "cards": [[id, [bins]]]}, or {"mode", "options": [cards as shown], "key": [cards]}."""
    if exercise.mode == "sequence":
        return {"mode": exercise.mode, "options": list(exercise.cards), "key": exercise.key}
    cards = [[name, card.into] for name, card in exercise.cards.items()]
    return {"mode": exercise.mode, "bins": list(exercise.bins), "cards": cards}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"hits": [cards], "had": n, "of": n, "share"} for {"placed": {card: bin}}; a blank or unknown bin is no hit.

    {"inversions", "had", "of", "share"} for {"order": [cards]}, where `had` and `of` count pairs of cards; None unless
    the order holds each card once.
    """
    if not isinstance(response, dict):
        return None
    if marking["mode"] == "sequence":
        return _score_of_order(marking["key"], response.get("order"))
    placed, cards = response.get("placed"), marking["cards"]
    if not isinstance(placed, dict):
        return None
    hits = [name for name, into in cards if placed.get(name) in into]
    return {"hits": hits, "had": len(hits), "of": len(cards), "share": len(hits) / len(cards)}


def _score_of_order(key: list[str], order: Any) -> dict[str, Any] | None:
    if not isinstance(order, list) or len(order) != len(key) or not all(name in order for name in key):
        return None
    places = [order.index(name) for name in key]
    inversions = sum(later < place for at, place in enumerate(places) for later in places[at + 1 :])
    pairs = len(key) * (len(key) - 1) // 2
    return {"inversions": inversions, "had": pairs - inversions, "of": pairs, "share": 1 - inversions / pairs}


def met(score: dict[str, Any]) -> bool | None:
    """Whether at least two thirds of the cards, or of the pairs of a sequence, stand where the key has them."""
    return bool(3 * score["had"] >= 2 * score["of"])


told = plainly
