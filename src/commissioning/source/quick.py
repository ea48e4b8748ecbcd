"""Modules that a library looks for, takes seconds to load, and that nothing here needs: said not to be there.

`jsonschema`, which both Altair and nbformat load, checks IRIs with `rfc3987-syntax` where that is installed (JupyterLab
brings it). Its grammar takes 2.5 seconds to make, in every kernel, every build and every command.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

GRAMMAR = "rfc3987_syntax"


@contextmanager
def without(name: str = GRAMMAR) -> Iterator[None]:
    """What is imported inside finds no module of this name, unless it was loaded before. Afterwards all do again."""
    if name in sys.modules:
        yield
        return
    cast("dict[str, object]", sys.modules)[name] = None  # the import system's own way to say that there is none
    try:
        yield
    finally:
        del sys.modules[name]
