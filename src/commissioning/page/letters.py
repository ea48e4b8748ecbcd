"""The story typeface with the letters that the book prints, and the weights that its styles ask for: 15 KB of 36.

In: the whole font (`typeface.py`) and what the pages print. Out: a smaller font, the same bytes for the same book. A
letter that is left out, which only a reader can type, is shown in the next face of the list.
"""

from __future__ import annotations

import hashlib
import logging
import re
import string
from collections.abc import Iterable
from contextlib import suppress
from html import unescape
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from commissioning.source.whole import write_whole

WEIGHTS = (400, 600)
"""What the styles ask of it: text at 400, headings at 560, emphasis at 600."""
UNITS = 300
"""Steps to an em, of the 2,000 it is drawn in: at 40 px half a step is a 15th of a pixel, and a third lighter."""
FEATURES = ("ccmp", "kern", "liga", "locl", "lnum", "mark", "mkmk", "tnum")
ALWAYS = string.ascii_letters + string.digits + " .,;:!?'\"()&%+-/–—‘’“”£…×−"
"""What readers type and scripts put together, whether or not a page prints it yet."""
OF_CODE = frozenset("<=>[\\]`{}")
"""Signs that no story is told in: where one stands in a heading, the next face of the list shows it."""

UNPRINTED = re.compile(r"<(script|style|pre|code)\b.*?</\1>|<[^>]*>", re.DOTALL)


def letters_of(pages: Iterable[str]) -> str:
    """Every sign that these pages print in prose, in order; of their scripts and code, the letters and figures only."""
    found = set(ALWAYS)
    for html in pages:
        found |= {sign for sign in set(html) if sign.isalnum()} | set(unescape(UNPRINTED.sub("", html)))
    return "".join(sorted(sign for sign in found - OF_CODE if sign.isprintable()))


def cut(font: bytes, letters: str, keep: Path) -> bytes:
    """The font with these letters alone, from `keep` if it was cut so before, else cut and kept there.

    Raises ValueError for bytes that are no font.
    """
    asked = "\0".join([version("fonttools"), repr((WEIGHTS, FEATURES, UNITS)), letters]).encode()
    kept = keep / f"besley-{hashlib.sha256(font + asked).hexdigest()[:16]}.woff2"
    with suppress(OSError):
        known = kept.read_bytes()
        if known[:4] == b"wOF2" and int.from_bytes(known[8:12], "big") == len(known):
            return known
    made = _cut(font, letters)
    with suppress(OSError):
        for old in keep.glob("besley-????????????????.woff2"):
            old.unlink(missing_ok=True)
        write_whole(kept, made, can_be_made_again=True)
    return made


def _cut(font: bytes, letters: str) -> bytes:
    """Fewer weights first: what then has no variation left is filled in, for the cut looks each glyph up.

    What cuts is loaded here: most builds find the font as it was cut before.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, TTLibError
    from fontTools.ttLib.scaleUpem import scale_upem
    from fontTools.varLib import instancer

    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it names each table that it leaves out, thirty lines
    try:
        face = instancer.instantiateVariableFont(TTFont(BytesIO(font), recalcTimestamp=False), {"wght": WEIGHTS})
    except (TTLibError, KeyError, AssertionError) as error:
        raise ValueError(f"this is no variable font with weights: {error}") from None
    varied = face["gvar"].variations
    face["gvar"].variations = {name: varied.get(name, []) for name in face.getGlyphOrder()}
    options = Options(layout_features=list(FEATURES), hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(face)
    scale_upem(face, UNITS)
    for unread in ("STAT", "HVAR"):  # names of weights for menus; widths, which a browser finds with the outlines
        if unread in face:
            del face[unread]
    face.flavor = "woff2"
    made = BytesIO()
    face.save(made)
    return made.getvalue()
