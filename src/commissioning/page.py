"""From a compiled exercise to HTML: complete, readable and printable with JavaScript off.

The same HTML goes into the book's pages, into notebook widgets and onto paper; `front/decision.js` only enhances it.
"""

from __future__ import annotations

import itertools
import json
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from ruamel.yaml import YAML

from commissioning import markdown
from commissioning.book import Book, read_book
from commissioning.compile import (
    Exercise,
    TutorGuide,
    compile_decision,
    compile_from_before,
    compile_questions,
    compile_session,
)
from commissioning.kinds import KINDS, explorer
from commissioning.root import find_root

LETTERS = "ABCDEFGH"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The package's own words (words.yaml)."""
    text = files("commissioning").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded


def page_words_json() -> str:
    """What decision.js says, as JSON that may stand inside a script element."""
    return safe_json(words()["browser"])


def safe_json(value: Any) -> str:
    """Compact JSON in which nothing can close the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def exercise_html(name: str, *, heading: int = 3, book: Book | None = None) -> str:
    """One decision as a `<decision-exercise>`. Raises LookupError for an unknown id."""
    return render(compile_decision(book or read_book(), name), heading=heading)


def questions_html(chapter: str, *, heading: int = 3, book: Book | None = None, from_before: bool = False) -> str:
    """A chapter's closing questions (or those it asks from before), as `<decision-exercise>`s. Raises LookupError."""
    compiled = (compile_from_before if from_before else compile_questions)(book or read_book(), chapter)
    made = [Markup(render(exercise, heading=heading)) for exercise in compiled]
    return _template("questions.html").render(exercises=made, w=words())


def session_html(chapter: str, *, book: Book | None = None) -> str:
    """A chapter's session plan, for tutors. Raises LookupError."""
    guide: TutorGuide = compile_session(book or read_book(), chapter)
    return _template("session.html").render(guide=guide, s=guide.session, md=_plain_md, w=words())


def chart_html(data: dict[str, Any]) -> str:
    """A chart as a figure: takeaway, still picture, description, table, and its specification for later."""
    return _template("chart.html").render(
        chart=data, spec=Markup(safe_json(data["spec"])), svg=Markup(_labelled(data)), w=words()
    )


def _labelled(data: dict[str, Any]) -> str:
    """The still picture as one image with a name, whatever its maker put on it, and with ids of its own."""
    svg = re.sub(r"^<svg ", f'<svg role="img" aria-labelledby="{data["id"]}-takeaway" ', data["svg"].strip(), count=1)
    return re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{data['id']}-", svg).replace(
        f'aria-labelledby="{data["id"]}-{data["id"]}-', f'aria-labelledby="{data["id"]}-'
    )


def dependencies(name: str) -> list[Path]:
    """The files that an exercise's HTML is made from: its own, and those it cites."""
    root = find_root()
    own = sorted(root.glob(f"book/**/decisions/{name}.yaml")) or sorted(root.glob(f"book/{name}/questions.yaml"))
    return [*own, root / "book" / "facts.yaml", root / "book" / "references.bib"]


def filled(template: str, **values: Any) -> str:
    """A template of the package, filled in; every value is escaped unless it is Markup."""
    return _template(template).render(**values)


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
    return files("commissioning").joinpath("front", name).read_text(encoding="utf-8")


def render(exercise: Exercise, *, heading: int = 3) -> str:
    """The HTML of any compiled exercise."""
    link = _links_to(exercise)
    return _template(f"{exercise.kind}.html").render(
        e=exercise,
        c=exercise.content,
        m=exercise.marking,
        w=words(),
        h=heading,
        letters=LETTERS,
        marking=Markup(safe_json(exercise.marking)),
        md=lambda text: Markup(markdown.html(text, link)),
        line=lambda text: Markup(markdown.inline_html(text, link)),
        bare=lambda text: Markup(markdown.inline_html(markdown.LINK.sub(r"\1", text), link)),
        settings=_settings(exercise),
        shown=shown,
    )


def _links_to(exercise: Exercise) -> markdown.Link:
    known = {note.id: note for note in exercise.notes}

    def link(name: str) -> dict[str, str]:
        note = known.get(name)
        unsure = " unsure" if note and note.unsure else ""
        return {"class": f"fact{unsure}", "href": f"#{exercise.id}-src-{name}"}

    return link


def _plain_md(text: str) -> Markup:
    return Markup(markdown.html(text, lambda name: {"class": "fact", "href": f"#src-{name}"}))


def _settings(exercise: Exercise) -> list[tuple[dict[str, float], dict[str, float | None]]]:
    """Nine settings of an explorer (low, middle, high of each input) with their results, for paper."""
    if exercise.kind != explorer.NAME:
        return []
    ends = {name: _three(*box[:3]) for name, box in exercise.marking["inputs"].items()}
    made = [dict(zip(ends, point, strict=True)) for point in itertools.product(*ends.values())]
    return [(setting, explorer.results(exercise.marking, setting)) for setting in made]


def _three(low: float, high: float, step: float) -> list[float]:
    middle = low + round((high - low) / 2 / step) * step
    return [low, middle, high]


def shown(value: float | None, digits: int = 0, unit: str = "") -> str:
    """A number as it is printed: rounded half up, with commas, £ before it and other units after it."""
    if value is None:
        return str(words()["browser"]["endless"])
    scale = 10**digits
    rounded = int(value * scale + 0.5) / scale if value >= 0 else -int(-value * scale + 0.5) / scale
    text = f"{abs(rounded):,.{max(digits, 0)}f}"
    sign = "−" if rounded < 0 else ""
    if unit.startswith("£"):
        return f"{sign}£{text}{unit[1:]}"
    return f"{sign}{text}{unit if unit == '%' else ' ' + unit if unit else ''}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = PackageLoader("commissioning", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["kinds"] = list(KINDS)
    return made


def _template(name: str) -> Template:
    return _environment().get_template(name)
