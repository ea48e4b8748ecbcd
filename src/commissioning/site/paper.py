"""A chapter on paper: a line above each page, a number below it, its place on the web, and two ways to print it.

In: a page's title and address. Out: a stylesheet and HTML; `front/paper.js` lays out the handout.
"""

from __future__ import annotations

import re
from html import escape

import segno

from commissioning.site.the_book import WORDS, tag

PAGES = 8
"""What a handout takes at most."""
SMALL = "font: 9pt sans-serif; color: #333"


def running(book: str, number: str, title: str) -> str:
    """The book and the page's title above each printed page, and its number below, as a stylesheet."""
    words = " · ".join(dict.fromkeys(filter(None, [book, f"{number} {title}".strip()])))
    safe = re.sub(r'[\\"<>&\n]', lambda sign: f"\\{ord(sign[0]):x} ", words)
    foot = 'content: counter(page) " / " counter(pages)'
    return f'@page {{ @top-left {{ content: "{safe}"; {SMALL} }} @bottom-right {{ {foot}; {SMALL} }} }}'


def on_screen(address: str) -> str:
    """On paper: where a chapter stands on the web, in words and as a QR code; empty for no address."""
    if not address:
        return ""
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=0, svgclass="", lineclass="")
    words = f"{WORDS['paper']['scan']}<br>{escape(address.partition('://')[2])}"
    return tag("p", f"{drawn}<span>{words}</span>", class_="on-screen")


def ways_html() -> str:
    """The two ways to print a chapter, for a browser with scripts; `front/paper.js` offers the decisions to tick.

    Any other way to print it gives the whole chapter.
    """
    w = WORDS["paper"]
    handout = tag("p", w["handout"].format(n=PAGES))
    ticks = f'<fieldset class="points"><legend>{w["decisions"]}</legend></fieldset>'
    room = f'<p class="small" role="status" data-room="{escape(w["room"])}"></p>'
    buttons = [
        f'<p><button class="quiet" type="button" data-print="{way}">{w[way + "_button"]}</button></p>'
        for way in ("handout", "whole")
    ]
    parts = [tag("summary", w["head"]), handout, ticks, room, buttons[0], tag("p", w["whole"]), buttons[1]]
    return f'<details class="more does" data-print-ways data-pages="{PAGES}">{"".join(parts)}</details>'
