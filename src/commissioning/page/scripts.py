"""What a page loads beside its HTML: the scripts and styles of `front/`, as their authors keep them."""

from __future__ import annotations

import re
from importlib.resources import files


def as_classic(module: str, known_as: str = "commissioning") -> str:
    """The text of an ES module with one `export default`, as a classic script that also runs from file://.

    What it exports is `globalThis.<known_as>` there. Raises ValueError for a module that exports nothing, or twice.
    """
    body, found = re.subn(r"^export default (\w+);\s*$", rf"globalThis.{known_as} = \1;", module, flags=re.M)
    if found != 1:
        raise ValueError("a script must hold exactly one line 'export default <name>;' (decision.js, game.js)")
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


def front(name: str) -> str:
    """The text of a file of the front: decision.js, decision.css, tokens.css."""
    return files("commissioning.page").joinpath("front", name).read_text(encoding="utf-8")
