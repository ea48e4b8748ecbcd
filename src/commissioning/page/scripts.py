"""What a page loads beside its HTML: the scripts and styles of `front/`, put together from their parts.

A script is one file as served, without imports. Its parts are plain sections that see one another's names: those of
`front/`, for decisions the `live.js` of each kind, between the core's beginning and its end, and for My record the
`told.js` of each. A page is given the
kinds that it holds and the helpers that these name; a notebook, which may show any, is given all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from commissioning.kinds import KINDS
from commissioning.kinds.kind import folder_of

FRONT = Path(str(files("commissioning.page").joinpath("front")))
BEGIN = ("core/tools.js", "core/draft.js")
HELPERS = tuple(f"core/{name}.js" for name in ("expression", "dice", "story", "told", "dials", "rows", "made"))
"""Parts of the core that some kinds share: in a script only where one of its other parts names what they define."""
NOTEBOOK = ("core/notebook.js",)
END = ("core/again.js", "core/deciding.js")
PARTS = {
    "game.js": ("rules", "keeping", "stage", "turn", "happened", "end"),
    "find.js": ("words", "seek", "show"),
    "record.js": ("reading", "ordering", "joining", "answers", "storage", "page", "portfolio", "buttons"),
}
"""The parts of the other scripts, in order: `game.js` is put together from `front/game/`."""
BEFORE = {"book.js": ("book/way.js", "book/here.js")}
"""What stands before a script's own file, in order."""
SHARED = ("keeping.js", "steady.js")
"""The first parts of every script: one rule for all that is kept in a browser, and one against accidents. A page of
the book loads them once, as `shared.js`, before its other scripts, which are sent without; a notebook's script holds
them itself."""
OF_ALL = frozenset(FRONT / part for part in SHARED)
ALONE = ("find.js", "paper.js", "charts.js")
"""Scripts that keep nothing: they have their own part only."""
CLASSIC = ("record.js", "book.js", "find.js", "charts.js")
"""What is a classic script from the start."""


def parts(name: str) -> list[Path]:
    """The files that a script or a stylesheet is put together from, in order."""
    shared = [FRONT / part for part in SHARED] if name.endswith(".js") and name not in ALONE else []
    if name == "decision.js":
        return _decision_parts(KINDS, HELPERS, NOTEBOOK)
    if name in BEFORE:
        return [*shared, *(FRONT / part for part in BEFORE[name]), FRONT / name]
    own = [FRONT / Path(name).stem / f"{part}.js" for part in PARTS.get(name, ())] or [FRONT / name]
    if name == "record.js":
        behind = own.index(FRONT / "record/answers.js") + 1
        own[behind:behind] = [folder_of(kind) / "told.js" for kind in KINDS.values()]
    return shared + own


def front(name: str, *, shared: bool = True) -> str:
    """The text of a file of the front, put together: decision.js, decision.css, tokens.css.

    Without `shared` a script holds its own parts only, and asks for the others of a page that has loaded `shared.js`.
    """
    text = _joined(part for part in parts(name) if shared or part not in OF_ALL)
    return enclosed(text) if name in CLASSIC else text


def shared_script() -> str:
    """What every script of a page asks for: a script whose names all others see."""
    return '"use strict";\n' + _joined(FRONT / name for name in SHARED)


def decision_script(kinds: Iterable[str], also: Iterable[str] = (), *, shared: bool = True) -> str:
    """decision.js for a page that holds these kinds: the core, their sections, and the helpers that they name.

    `also` names helpers that another script of the page asks for: the game plays by `core/story.js`. Raises KeyError
    for a kind that there is none of. For `shared`, see `front`.
    """
    held = [KINDS[name].NAME for name in kinds]
    text = _joined(_decision_parts([name for name in KINDS if name in held], ()))
    wanted = {FRONT / name for name in also}
    while True:
        named = _names_in(text + _joined(sorted(wanted)))
        more = {FRONT / part for part in HELPERS if named & defined_by(FRONT / part)} - wanted
        if not more:
            break
        wanted |= more
    helpers = [part for part in HELPERS if FRONT / part in wanted]
    mine = _decision_parts([name for name in KINDS if name in held], helpers)
    return _joined(part for part in mine if shared or part not in OF_ALL)


def _decision_parts(kinds: Iterable[str], helpers: Iterable[str], after: Iterable[str] = ()) -> list[Path]:
    live = [folder_of(KINDS[name]) / "live.js" for name in kinds]
    return [*(FRONT / part for part in (*SHARED, *BEGIN, *helpers)), *live, *(FRONT / part for part in (*after, *END))]


def _joined(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@lru_cache(maxsize=64)
def defined_by(path: Path) -> frozenset[str]:
    """The names that a part defines for the parts around it."""
    text = path.read_text(encoding="utf-8")
    return frozenset(re.findall(r"^(?:async )?(?:const|let|function|class) (\w+)", text, re.MULTILINE))


def _names_in(script: str) -> frozenset[str]:
    """The names that a script uses or defines: not those in comments or quotes, after a full stop, or of objects."""
    bare = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", " ", script, flags=re.DOTALL)
    return frozenset(re.findall(r"(?:(?<=\.\.\.)|(?<![\w.$\"'-]))([A-Za-z_$][\w$]*)(?![\w\"'-]|\s*:(?!:))", bare))


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
