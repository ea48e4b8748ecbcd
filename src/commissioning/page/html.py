"""From a compiled exercise to HTML: complete, readable and printable with JavaScript off.

The same HTML goes into the book's pages, into notebook widgets and onto paper; decision.js only enhances it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, FunctionLoader, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from commissioning.book.compile import Exercise
from commissioning.kinds import KINDS, explorer
from commissioning.kinds.kind import folder_of
from commissioning.page.compiled import compiled
from commissioning.page.words import safe_json, words
from commissioning.source import markdown

LETTERS = "ABCDEFGH"


def questions_html(exercises: Iterable[Exercise], *, heading: int = 3) -> str:
    """Closing questions, or those asked from before, as `<decision-exercise>`s one after another."""
    made = [Markup(render(exercise, heading=heading)) for exercise in exercises]
    return filled("questions.html", exercises=made, w=words())


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


def filled(template: str, **values: Any) -> str:
    """A template of the package, filled in; every value is escaped unless it is Markup."""
    return _template(template).render(**values)


def render(exercise: Exercise, *, heading: int = 3) -> str:
    """The HTML of any compiled exercise."""
    link = _links_to(exercise)

    def md(text: str) -> Markup:
        return Markup(markdown.html(text, link))

    def line(text: str) -> Markup:
        return Markup(markdown.inline_html(text, link))

    return _template(f"{exercise.kind}.html").render(
        e=exercise,
        c=exercise.content,
        m=exercise.marking,
        w=words(),
        h=heading,
        letters=LETTERS,
        marking=Markup(safe_json(exercise.marking)),
        md=md,
        line=line,
        tell=_teller(exercise, line, md),
        bare=lambda text: Markup(markdown.inline_html(markdown.LINK.sub(r"\1", text), link)),
        settings=_settings(exercise),
        shown=shown,
    )


def _teller(exercise: Exercise, line: Callable[[str], str], md: Callable[[str], str]) -> Callable[..., Markup] | None:
    """What puts a text that is told from state into a template, with its place; None for kinds that tell nothing so."""
    kind = KINDS[exercise.kind]
    if not hasattr(kind, "telling"):
        return None
    telling = kind.telling(exercise.content)
    return lambda text, *place: Markup(telling.html(text, *place, line=line, md=md, shown=shown))


def _links_to(exercise: Exercise) -> markdown.Link:
    known = {note.id: note for note in exercise.notes}

    def link(name: str) -> dict[str, str]:
        note = known.get(name)
        unsure = " unsure" if note and note.unsure else ""
        return {"class": f"fact{unsure}", "href": f"#{exercise.id}-src-{name}"}

    return link


def plain_md(text: str) -> Markup:
    """An author's Markdown whose sources stand at the end of the page."""
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


def typed_digits(value: float, unit: str = "") -> int:
    """The decimals of a number as a person typed it, at most four: 18.3 has one; pence, where there are any, two."""
    decimals = len(f"{value:.4f}".rstrip("0").split(".")[1])
    return 2 if decimals and unit == "£" else decimals


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = ChoiceLoader([PackageLoader("commissioning.page", "templates"), FunctionLoader(_form)])
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.bytecode_cache = compiled()
    made.globals["kinds"] = list(KINDS)
    return made


def _form(name: str) -> str | None:
    """The form of a kind, by `<kind>.html`."""
    kind = KINDS.get(name.removesuffix(".html"))
    return (folder_of(kind) / "form.html").read_text(encoding="utf-8") if kind else None


def _template(name: str) -> Template:
    return _environment().get_template(name)
