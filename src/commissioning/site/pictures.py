"""The still pictures of charts, each a file of its own: a page is sent without them, and asks for one when it is near.

The file brings the page's colours with it, light, dark and forced, and follows the scheme of the page that shows it. A
browser without scripts, from disk or on paper loads it as any picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from sphinx.application import Sphinx

from commissioning.page import front
from commissioning.site import by_page

CHART = re.compile(
    r'(<figure class="cb-chart" id="([^"]*)".*?<p class="takeaway"[^>]*>)(.*?)(</p>.*?<div class="still">)'
    r"(<svg\b.*?</svg>)",
    re.DOTALL,
)
TOKEN = re.compile(r"var\(--cb-([\w-]+)(?:, ?[^()]*)?\)")
OF_THE_PAGE = re.compile(r' (?:role|aria-labelledby|style)="[^"]*"')
"""What the picture needed while it stood in the page."""


def apart(app: Sphinx, body: str, to: Callable[[str], str]) -> str:
    """A page whose still pictures are files, laid into the site; `to` makes the address of one."""

    def in_place(chart: re.Match[str]) -> str:
        head, about, takeaway, before, svg = chart.groups()
        name = by_page.lay(app, "still", "svg", picture(svg))
        wide, high = (re.search(rf'<svg[^>]* {side}="([\d.]+)"', svg) for side in ("width", "height"))
        sides = f' width="{wide[1]}" height="{high[1]}"' if wide and high else ""
        alt = re.sub(r"<[^>]+>", "", takeaway)
        described = f' aria-describedby="{about}-description"'
        return f'{head}{takeaway}{before}<img loading="lazy" src="{escape(to(name))}" alt="{alt}"{described}{sides}>'

    return CHART.sub(in_place, body)


def picture(svg: str) -> str:
    """A picture that follows its page's colours, as one that brings them and follows its page's scheme."""
    start, _, parts = svg.partition(">")
    names = ["paper", *sorted(set(TOKEN.findall(svg)))]
    light, dark, forced = (_said(names, block) for block in colours())
    style = (
        f":root{{color-scheme:light dark;background:var(--paper);{light}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}@media(forced-colors:active){{:root{{{forced}}}}}"
    )
    drawn = TOKEN.sub(lambda token: f"var(--{token[1]})", parts)
    return f"{OF_THE_PAGE.sub('', start)}><style>{style}</style>{drawn}\n"


def _said(names: list[str], block: dict[str, str]) -> str:
    return ";".join(f"--{name}:{block[name]}" for name in dict.fromkeys(names) if name in block)


@lru_cache(maxsize=1)
def colours() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The colour of each token in the light scheme, the dark one, and where a reader's system forces its own."""
    css = re.sub(r"/\*.*?\*/", "", front("tokens.css"), flags=re.DOTALL)
    asked = ("prefers-color-scheme: dark", "forced-colors: active")
    begun = [css, *(css.split(f"@media ({one})", 1)[1] for one in asked)]
    inner = [block[block.index("--cb-") :].split("}", 1)[0] for block in begun]
    light, dark, forced = (_plain(dict(re.findall(r"--cb-([\w-]+): ([^;]+);", block))) for block in inner)
    return light, dark, forced


def _plain(block: dict[str, str]) -> dict[str, str]:
    """A token that is another is given that one's colour."""
    return {
        name: block.get(other[1], value) if (other := TOKEN.fullmatch(value)) else value
        for name, value in block.items()
    }
