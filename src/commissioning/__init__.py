"""The Commissioning Casebook: decide, see what happens, learn why.

In a notebook:

    from commissioning import decision, questions
    d = decision("matrons-triumph")
    d                       # decide
    d.response, d.score     # what you decided, and what the kind's published rule makes of it

    import commissioning
    commissioning.record()  # everything you decided in this notebook
"""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["__version__", "decision", "from_before", "questions", "record"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the widgets only when they are asked for: the command line and the checks do without Jupyter."""
    if name in ("decision", "questions", "from_before"):
        from commissioning.jupyter import widget

        return getattr(widget, name)
    if name == "record":
        return importlib.import_module("commissioning.record")
    raise AttributeError(f"module 'commissioning' has no attribute '{name}'")
