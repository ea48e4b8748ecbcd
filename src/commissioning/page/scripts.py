"""What a page loads beside its HTML: the scripts and styles of `front/`, put together from their parts.

A script is one file as served, without imports. Its parts are plain sections that see one another's names: those of
`front/`, and for decisions the `live.js` of every kind, between the core's beginning and its end.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from commissioning.kinds import KINDS
from commissioning.kinds.kind import folder_of

FRONT = Path(str(files("commissioning.page").joinpath("front")))
BEFORE_KINDS = ("core/begin.js", "core/draft.js", "core/expression.js", "core/story.js", "core/told.js")
AFTER_KINDS = ("core/again.js", "core/end.js")
PARTS = {
    "game.js": ("rules", "keeping", "stage", "turn", "happened", "end"),
    "record.js": ("reading", "ordering", "joining", "answers", "storage", "page", "portfolio", "keep"),
}
"""The parts of the other scripts, in order: `game.js` is put together from `front/game/`."""
BEFORE = {"book.js": ("book/way.js",)}
"""What stands before a script's own file, in order."""
SHARED = ("keeping.js", "steady.js")
"""The first parts of every script: one rule for all that is kept in a browser, and one against accidents."""
CLASSIC = ("record.js", "book.js")
"""What is a classic script from the start, and stands behind decision.js on its page."""


def parts(name: str) -> list[Path]:
    """The files that a script or a stylesheet is put together from, in order."""
    shared = [FRONT / part for part in SHARED] if name.endswith(".js") else []
    if name == "decision.js":
        live = [folder_of(kind) / "live.js" for kind in KINDS.values()]
        return [*shared, *(FRONT / part for part in BEFORE_KINDS), *live, *(FRONT / part for part in AFTER_KINDS)]
    if name in BEFORE:
        return [*shared, *(FRONT / part for part in BEFORE[name]), FRONT / name]
    return shared + ([FRONT / Path(name).stem / f"{part}.js" for part in PARTS.get(name, ())] or [FRONT / name])


def front(name: str) -> str:
    """The text of a file of the front, put together: decision.js, decision.css, tokens.css."""
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts(name))
    return enclosed(text) if name in CLASSIC else text


def enclosed(text: str) -> str:
    """A script whose names are its own, as a classic script."""
    return f'(() => {{\n"use strict";\n{text}\n}})();\n'


def as_classic(module: str, known_as: str = "commissioning") -> str:
    """The text of an ES module with one `export default`, as a classic script that also runs from file://.

    What it exports is `globalThis.<known_as>` there. Raises ValueError for a module that exports nothing, or twice.
    """
    body, found = re.subn(r"^export default (\w+);\s*$", rf"globalThis.{known_as} = \1;", module, flags=re.M)
    if found != 1:
        raise ValueError("a script must hold exactly one line 'export default <name>;' (decision.js, game.js)")
    return enclosed(body)
