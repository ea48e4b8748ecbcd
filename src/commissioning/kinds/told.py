"""An answer in a few words, as My record has it: what kinds share, and what each is given to tell one with.

Every kind offers `told(response, with_)`; most take `plainly` or `by_letter` from here. `told.js` beside a kind
does the same in the browser. What is told there from the page's own words (`tell` in `live.js`) is another matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class With:
    """What a record hands a kind: the words of its options, how numbers and other values are said, and its words."""

    names: Mapping[str, str]
    number: Callable[[float], str]
    said: Callable[[Any], str]
    words: Mapping[str, str]
    sure: Sequence[str]

    def name(self, of: Any) -> str:
        """The words of an option, or the id where there are none."""
        return self.names[of] if isinstance(of, str) and of in self.names else str(of)

    def lettered(self, of: Any) -> str:
        """The same behind its letter, as the page shows it: "B, Ask the practice"."""
        known = isinstance(of, str) and of in self.names
        return f"{LETTERS[list(self.names).index(of)]}, {self.names[of]}" if known else str(of)


def plainly(response: Mapping[str, Any], with_: With) -> str | None:
    """A choice, an order, numbers or a text; None for what has another shape, which a record then says as it stands."""
    return _told(response, with_, with_.name)


def by_letter(response: Mapping[str, Any], with_: With) -> str | None:
    """The same, of options that the page shows with letters, in the order of these."""
    return _told(response, with_, with_.lettered, in_order=True)


def _told(
    response: Mapping[str, Any], with_: With, name: Callable[[Any], str], *, in_order: bool = False
) -> str | None:
    choice, choices, ranks = response.get("choice"), response.get("choices"), response.get("ranks")
    if isinstance(choice, str):
        sure = response.get("certainty")
        return name(choice) + (f", {with_.sure[sure - 1]}" if type(sure) is int and 1 <= sure <= 3 else "")
    if isinstance(choices, list):
        return "; ".join(sorted(map(name, choices)) if in_order else map(name, choices))
    if isinstance(ranks, dict) and all(map(is_number, ranks.values())):
        return "; ".join(name(item) for item in sorted(ranks, key=lambda item: ranks[item]))
    values = response.get("values", [response.get("prediction")])
    if isinstance(values, list) and values and all(map(is_number, values)):
        return ", ".join(map(with_.number, values))
    return str(response["text"]) if isinstance(response.get("text"), str) else None


def is_number(value: Any) -> bool:
    """Whether it is a number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)
