"""A chart that can be read without seeing it: an Altair chart with a takeaway, a description and its data table.

In: an Altair chart or a Vega-Lite dict, without colours of its own. Out: an object that shows itself live in Jupyter,
and that the book takes through the MIME type `application/vnd.commissioning.chart+json`. Called by `labs`.

Colours live in the theme only (`THEMES`), under names that marks use as `style="data-1"`, or as the category scale.
To change scheme, a page replaces the specification's `config` and nothing else.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeAlias

import pandas as pd
import vl_convert

Json: TypeAlias = dict[str, Any]

MIME = "application/vnd.commissioning.chart+json"
JUPYTER_MIME = "application/vnd.vegalite.v5+json"
"""What JupyterLab 4 can draw by itself, with no network. It knows no v6, and our charts use nothing that v5 lacks."""
JUPYTER_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

STATIC_WIDTH = 420
"""Pixels, whole picture: text stays readable on a phone and does not shout on a desk."""

TOKENS = {
    "light": {
        "ink": "#231a28",
        "soft": "#5c5263",
        "line": "#ddd5e0",
        "edge": "#83788a",
        "data-1": "#6b1f5e",
        "data-2": "#1f8d95",
        "data-3": "#c0700c",
    },
    "dark": {
        "ink": "#eee8f0",
        "soft": "#b9aebf",
        "line": "#3a3140",
        "edge": "#8f8397",
        "data-1": "#e9b9e1",
        "data-2": "#3c9aa1",
        "data-3": "#e8a552",
    },
}
"""The colours of `front/tokens.css` that charts use, by their names there (`--cb-ink` and so on)."""

FONT = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif'
TEXT = 16
"""Pixels. Nothing in a chart is smaller."""


def theme(scheme: str) -> Json:
    """The Vega-Lite config of a scheme, "light" or "dark": transparent ground, 16 px sans text, the book's colours."""
    token = TOKENS[scheme]
    text = {"fontSize": TEXT, "font": FONT}
    series = [token["data-1"], token["data-2"], token["data-3"]]
    return {
        "background": "transparent",
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None},
        "range": {"category": series},
        "axis": {
            "labelFontSize": TEXT,
            "titleFontSize": TEXT,
            "titleFontWeight": "normal",
            "labelColor": token["soft"],
            "titleColor": token["ink"],
            "domainColor": token["edge"],
            "tickColor": token["edge"],
            "gridColor": token["line"],
            "labelPadding": 6,
            "titlePadding": 10,
        },
        "axisX": {"labelFlush": False},
        "title": {
            "anchor": "start",
            "color": token["ink"],
            "subtitleColor": token["soft"],
            "fontSize": TEXT + 2,
            "subtitleFontSize": TEXT,
            "offset": 16,
        },
        "text": text | {"color": token["ink"]},
        "line": {"strokeWidth": 3, "color": token["data-1"]},
        "rule": {"color": token["edge"]},
        "style": {
            "guide": {"color": token["edge"]},
            "ink": {"color": token["ink"]},
            **{f"data-{number}": {"color": colour} for number, colour in enumerate(series, 1)},
        },
    }


THEMES = {scheme: theme(scheme) for scheme in TOKENS}


class HasDict(Protocol):
    """Anything that can say its Vega-Lite specification, as every Altair chart can."""

    def to_dict(self) -> Json: ...


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart with its words and its data. Jupyter shows it live; the book shows it from `payload`."""

    id: str
    takeaway: str
    description: str
    table: pd.DataFrame
    note: str
    spec: Json = field(repr=False)

    @cached_property
    def svg(self) -> str:
        """The chart as a still picture for print and for pages without script. Its colours follow the page's tokens."""
        still = _with_width(self.spec, STATIC_WIDTH) | {"config": THEMES["light"] | {"aria": False}}
        return _for_a_page(vl_convert.vegalite_to_svg(still), self.id)

    @property
    def payload(self) -> Json:
        """What the book needs, as JSON: words, specification, its config in both schemes, table, still picture."""
        return {
            "id": self.id,
            "takeaway": self.takeaway,
            "description": self.description,
            "note": self.note,
            "spec": self.spec | {"config": THEMES["light"]},
            "config": THEMES,
            "table": {"caption": self.takeaway, "columns": list(self.table.columns), "rows": _rows(self.table)},
            "svg": self.svg,
        }

    @property
    def jupyter_spec(self) -> Json:
        """The specification for Jupyter, with the takeaway as its title, since no page stands around it there."""
        title = {"text": _lines(self.takeaway), "subtitle": _lines(self.note)}
        wide = _with_width(self.spec, 560)
        return wide | {"$schema": JUPYTER_SCHEMA, "title": title, "config": THEMES["light"] | {"background": "white"}}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Json:
        """Live in Jupyter, ours in the book, a still picture elsewhere, words in a terminal.

        No text/html: JupyterLab would prefer it to the live chart.
        """
        return {
            MIME: self.payload,
            JUPYTER_MIME: self.jupyter_spec,
            "image/svg+xml": self.svg,
            "text/plain": f"{self.takeaway}\n{self.description}",
        }


def chart(
    picture: HasDict | Json, *, id: str, takeaway: str, description: str, table: pd.DataFrame, note: str = ""
) -> Chart:
    """A chart from an Altair chart or a Vega-Lite dict, with what it takes to read it without seeing it.

    `takeaway` is one sentence that says what the chart shows; `description` says what is across, what is up, and how
    the marks lie; `table` holds every value drawn; `note` says what, where, and whether it is synthetic.
    """
    _require_words(id=id, takeaway=takeaway, description=description)
    if table.empty:
        raise ValueError(f"chart {id!r} needs a data table with at least one row")
    spec = copy.deepcopy(picture if isinstance(picture, dict) else picture.to_dict())
    spec.pop("config", None)
    return Chart(id, takeaway, description, table, note, {**spec, "description": f"{takeaway} {description}"})


def _require_words(**words: str) -> None:
    for name, text in words.items():
        if not text.strip():
            raise ValueError(f"a chart needs its {name} in words (got {text!r})")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", words["id"]):
        raise ValueError(
            f"a chart's id must be small letters, digits and hyphens, like 'before-after' (got {words['id']!r})"
        )


def _with_width(spec: Json, width: int) -> Json:
    """The specification at a fixed width, of the whole picture with its axes."""
    return spec | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}


def _rows(table: pd.DataFrame) -> list[list[str]]:
    """The table's cells as they are read: thousands marked, a column's decimals alike, nothing for a missing value."""
    columns = [_cells(table[name]) for name in table]
    return [list(row) for row in zip(*columns, strict=True)]


def _cells(column: pd.Series[Any]) -> list[str]:
    if not pd.api.types.is_numeric_dtype(column):
        return column.astype(str).tolist()
    digits = next((digits for digits in range(3) if (column.dropna().round(digits) == column.dropna()).all()), 3)
    return ["" if pd.isna(value) else f"{value:,.{digits}f}" for value in column]


def _lines(text: str, width: int = 62) -> list[str]:
    """Text in lines of at most this many letters, as a Vega-Lite title wants it."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _for_a_page(svg: str, name: str) -> str:
    """A picture with ids that no second chart on the page repeats, and with the colours of the page's tokens."""
    for token, colour in TOKENS["light"].items():
        svg = re.sub(rf'"{colour}"', f'"var(--cb-{token}, {colour})"', svg, flags=re.IGNORECASE)
    svg = re.sub(r'(id="|url\(#)', rf"\1{name}-", svg)
    return svg.replace("<svg ", '<svg style="max-width: 100%; height: auto" ', 1)
