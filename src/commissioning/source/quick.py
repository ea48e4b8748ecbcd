"""Modules that a library looks for, takes long to load, and that nothing here needs: said not to be there.

`jsonschema`, which both Altair and nbformat load, checks IRIs with `rfc3987-syntax` and durations with `isoduration`
where these are installed (JupyterLab brings them). The grammar of the one takes 2.5 seconds to make, the other brings a
calendar, in every kernel, every build and every command; no schema of a notebook or a chart has either.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import cast

NEEDLESS = ("rfc3987_syntax", "isoduration")


@contextmanager
def without(names: Iterable[str] = NEEDLESS) -> Iterator[None]:
    """What is imported inside finds no module of these names, unless it was loaded before. Afterwards all do again."""
    hidden = [name for name in names if name not in sys.modules]
    modules = cast("dict[str, object]", sys.modules)
    modules |= dict.fromkeys(hidden)  # None is the import system's own way to say that there is none
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
