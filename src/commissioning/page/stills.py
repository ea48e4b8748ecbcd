"""A chart's still picture with a third of its bytes: the same drawing, without what its maker says to nobody.

Vega repeats the typeface on every word, gives places to thirteen decimals and wraps each part in idle groups.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

UNSEEN = re.compile(r'<path class="(?:back|fore)ground"[^>]*(?:d="M0,0h0v0h0Z"|display="none")[^>]*/>')
DEFAULTS = re.compile(
    r' (?:pointer-events="none"|opacity="1"|stroke-width="1"|version="1\.1"|class="(?:mark-[^"]*|marks|background)"'
    r'|text-anchor="start"|transform="translate\(0,0\)"|xmlns:xlink="[^"]*")'
)
LONG = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
DRAWN = re.compile(r' (?:transform|d|[xy][12]?|r|c[xy]|width|height|stroke-dash\w+)="[^"]*"')
FACE = re.compile(r' font-family="[^"]*"')


def lean(svg: str) -> str:
    """The picture as it was, in fewer bytes: places to a tenth of a pixel, one typeface said once, no idle group."""
    links = "xlink:" in svg.replace("xmlns:xlink", "", 1)
    text = DEFAULTS.sub(lambda found: found[0] if links and "xlink" in found[0] else "", UNSEEN.sub("", svg))
    text = DRAWN.sub(lambda found: LONG.sub(_short, found[0]), text)
    return "".join(_without_idle_groups(_one_face(text)))


def _short(number: re.Match[str]) -> str:
    """A number to one decimal, as SVG allows it: no nought that says nothing."""
    return f"{float(number[0]) + 0.0:.1f}".removesuffix(".0")


def _one_face(text: str) -> str:
    """The typeface that most words have, said once for the whole picture; every other as it stands."""
    faces = Counter(FACE.findall(text))
    if not faces:
        return text
    [(most, _)] = faces.most_common(1)
    return text.replace(most, "").replace("<svg", f"<svg{most}", 1)


def _without_idle_groups(text: str) -> Iterator[str]:
    """Every part but groups that carry nothing, and those that hold nothing."""
    parts = _parts(text)
    closes = _closed_by(parts)
    idle = {at for at in closes if parts[at] == "<g>"}
    idle |= {closes[at] for at in idle}
    empty: set[int] = set()
    for at in sorted(closes, reverse=True):
        inside = range(at + 1, closes[at])
        if all(one in empty or one in idle for one in inside):
            empty |= {at, closes[at]}
    return (part for at, part in enumerate(parts) if at not in idle and at not in empty)


def _parts(text: str) -> list[str]:
    """Tags, and the text between them."""
    return [part for part in re.split(r"(<[^>]+>)", text) if part]


def _closed_by(parts: list[str]) -> dict[int, int]:
    """Where each group opens -> where it closes."""
    closes: dict[int, int] = {}
    open_: list[int] = []
    for at, part in enumerate(parts):
        if part.startswith("<g") and part[2:3] in " >" and not part.endswith("/>"):
            open_.append(at)
        elif part == "</g>":
            closes[open_.pop()] = at
    return closes
