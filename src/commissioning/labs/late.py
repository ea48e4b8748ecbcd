"""A lab's charts, fetched when first asked for: Altair takes seconds to load, and the numbers need none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from commissioning.source.quick import without


def charts_of(lab: str, offered: Sequence[str]) -> Callable[[str], Any]:
    """The `__getattr__` of a lab's package (its full name): what it offers and has not is in its `pictures`."""

    def fetch(name: str) -> Any:
        if name not in offered:
            raise AttributeError(f"module {lab!r} has no attribute {name!r}")
        with without():
            return getattr(import_module(f"{lab}.pictures"), name)

    return fetch
