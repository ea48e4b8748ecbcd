"""A picture of who pays, answers to and advises whom: bodies in rows, numbered lines between them, as inline SVG.

In: a `System`. Out: SVG text 288 units wide, so that on the narrowest phone a unit is a pixel and no letter is smaller
than 12; the stylesheet gives each kind of line its colour, and without it all is drawn in the colour of the text. The
numbers are those of the list that says every line in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from commissioning.book.pages import Flow, System

WIDTH, MARGIN, BETWEEN, ROW_GAP, TOP = 288.0, 30.0, 26.0, 46.0, 2.0
LANES = (19.5, 8.5)
SIZE, LEADING, PADDING = 13.0, 16.0, 8.0
RADIUS = 8.5
NARROW, WIDE = "fijlrt.,:;'()I ", "mwMW&"
STROKES = {"money": 3.5, "accountability": 1.75, "advice": 2.0}
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """Where a body stands: its edges, and its name cut into lines."""

    left: float
    right: float
    top: float
    bottom: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line:
    """A flow's way from body to body, and where its number stands."""

    points: tuple[Point, ...]
    number_at: Point


def svg(system: System, *, name: str) -> str:
    """The picture; `name` begins the ids of its title and of the list that describes it (`<name>-lines`)."""
    boxes = placed(system)
    height = max(box.bottom for box in boxes.values()) + TOP
    drawn = [
        _drawn(flow, line, n) for n, (flow, line) in enumerate(zip(system.flows, ways(system, boxes), strict=True), 1)
    ]
    bodies = [_body(boxes[key], ending=node.ending) for key, node in system.nodes.items()]
    return (
        f'<svg class="system-picture" viewBox="0 0 {WIDTH:g} {height:g}" role="img" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-lines" fill="none" stroke="currentColor">'
        f'<title id="{name}-title">{escape(system.title)}</title>{"".join(bodies)}{"".join(drawn)}</svg>'
    )


# -- where things stand --------------------------------------------------------------------------------------------


def width(text: str, size: float = SIZE) -> float:
    """About how wide a text is drawn in a sans serif, a little generously."""
    return size * sum(0.32 if c in NARROW else 0.86 if c in WIDE else 0.68 if c.isupper() else 0.56 for c in text)


def wrapped(text: str, room: float) -> tuple[str, ...]:
    """The text in lines no wider than `room`, cut between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def placed(system: System) -> dict[str, Box]:
    """A box for each body: rows from the top, as high as their highest."""
    half = (WIDTH - 2 * MARGIN - BETWEEN) / 2
    edges = {
        "across": (MARGIN, WIDTH - MARGIN),
        "left": (MARGIN, MARGIN + half),
        "right": (WIDTH - MARGIN - half, WIDTH - MARGIN),
    }
    rows: dict[int, list[str]] = defaultdict(list)
    for key, node in system.nodes.items():
        rows[node.tier].append(key)
    boxes, top = {}, TOP
    for tier in sorted(rows):
        sized = {key: wrapped(system.nodes[key].name, _room(edges[system.nodes[key].side])) for key in rows[tier]}
        bottom = top + max(map(len, sized.values())) * LEADING + 2 * PADDING
        for key, lines in sized.items():
            boxes[key] = Box(*edges[system.nodes[key].side], top, bottom, lines)
        top = bottom + ROW_GAP
    return boxes


def _room(edges: Point) -> float:
    return edges[1] - edges[0] - PADDING


def ways(system: System, boxes: dict[str, Box]) -> list[Line]:
    """The way of each flow: straight between neighbours, through a margin where a row lies between."""
    tops = sorted({box.top for box in boxes.values()})
    kinds = [_kind_of_way(flow, boxes, tops) for flow in system.flows]
    beside = _spread(system.flows, kinds, boxes)
    lanes = _lanes(system.flows, kinds, boxes)
    return [
        _through_margin(flow, boxes, lanes[index]) if kind == "margin" else _between(flow, boxes, beside[index], kind)
        for index, (flow, kind) in enumerate(zip(system.flows, kinds, strict=True))
    ]


def _lanes(flows: Iterable[Flow], kinds: list[str], boxes: dict[str, Box]) -> dict[int, int]:
    """For each line through a margin the innermost lane that no other takes at its height."""
    taken: dict[tuple[str, int], list[Point]] = defaultdict(list)
    lanes: dict[int, int] = {}
    for index, (flow, kind) in enumerate(zip(flows, kinds, strict=True)):
        if kind == "margin":
            top, bottom = sorted((boxes[flow.from_].middle, boxes[flow.to].middle))
            free = (n for n in range(len(LANES)) if all(b < top or bottom < a for a, b in taken[_side(flow), n]))
            lanes[index] = next(free, len(LANES) - 1)
            taken[_side(flow), lanes[index]].append((top, bottom))
    return lanes


def _side(flow: Flow) -> str:
    return flow.by or "left"


def _kind_of_way(flow: Flow, boxes: dict[str, Box], tops: list[float]) -> str:
    rows = abs(tops.index(boxes[flow.from_].top) - tops.index(boxes[flow.to].top))
    return "level" if rows == 0 else "upright" if rows == 1 and flow.by is None else "margin"


def _shared(flow: Flow, boxes: dict[str, Box], kind: str) -> tuple[float, float, float]:
    """The stretch of edge that two neighbours share, and the height at which it lies."""
    one, other = boxes[flow.from_], boxes[flow.to]
    if kind == "level":
        return one.top, one.bottom, min(one.right, other.right)
    return max(one.left, other.left), min(one.right, other.right), min(one.bottom, other.bottom)


def _spread(flows: Iterable[Flow], kinds: list[str], boxes: dict[str, Box]) -> dict[int, float]:
    """For each straight line its place on the shared stretch: lines between the same neighbours share it fairly."""
    groups: dict[tuple[str, float, float, float], list[int]] = defaultdict(list)
    for index, (flow, kind) in enumerate(zip(flows, kinds, strict=True)):
        if kind != "margin":
            groups[(kind, *_shared(flow, boxes, kind))].append(index)
    return {
        index: low + (high - low) * place / (len(members) + 1)
        for (_, low, high, _), members in groups.items()
        for place, index in enumerate(members, start=1)
    }


def _between(flow: Flow, boxes: dict[str, Box], at: float, kind: str) -> Line:
    one, other = boxes[flow.from_], boxes[flow.to]
    if kind == "level":
        goes_right = one.left < other.left
        start, end = (one.right, other.left) if goes_right else (one.left, other.right)
        return Line(((start, at), (end, at)), ((start + end) / 2, at - RADIUS - 5))
    goes_down = one.top < other.top
    start, end = (one.bottom, other.top) if goes_down else (one.top, other.bottom)
    return Line(((at, start), (at, end)), (at, (start + end) / 2))


def _through_margin(flow: Flow, boxes: dict[str, Box], lane: int) -> Line:
    one, other = boxes[flow.from_], boxes[flow.to]
    is_left = _side(flow) == "left"
    x = LANES[lane] if is_left else WIDTH - LANES[lane]
    start, end = (one.left, other.left) if is_left else (one.right, other.right)
    inward = 7.0 if lane == 0 else -7.0
    first, last = (one.middle + inward, other.middle - inward)
    if one.middle > other.middle:
        first, last = (one.middle - inward, other.middle + inward)
    share = 0.5 if lane == 0 else 0.42
    return Line(((start, first), (x, first), (x, last), (end, last)), (x, first + (last - first) * share))


# -- drawing -------------------------------------------------------------------------------------------------------


def _body(box: Box, *, ending: bool) -> str:
    dash = ' stroke-dasharray="5 4"' if ending else ""
    centre = (box.left + box.right) / 2
    first = box.middle - (len(box.lines) - 1) * LEADING / 2 + SIZE * 0.35
    text = "".join(
        f'<tspan x="{centre:g}" y="{first + row * LEADING:g}">{escape(line)}</tspan>'
        for row, line in enumerate(box.lines)
    )
    return (
        f'<g class="body"><rect x="{box.left:g}" y="{box.top:g}" width="{box.right - box.left:g}" '
        f'height="{box.bottom - box.top:g}"{dash}/>'
        f'<text text-anchor="middle" font-size="{SIZE:g}" fill="currentColor" stroke="none">{text}</text></g>'
    )


def _drawn(flow: Flow, line: Line, number: int) -> str:
    way = "M" + "L".join(f"{x:g} {y:g}" for x, y in line.points)
    dots = ' stroke-dasharray="0.1 5"' if flow.kind == "advice" else ""
    x, y = line.number_at
    return (
        f'<g class="{flow.kind}" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{way}" stroke-width="{STROKES[flow.kind]:g}"{dots}/>{_head(flow.kind, line.points)}'
        f'<circle class="ground" cx="{x:g}" cy="{y:g}" r="{RADIUS:g}" stroke-width="1.25"/>'
        f'<text x="{x:g}" y="{y + 4.5:g}" text-anchor="middle" font-size="{SIZE:g}" fill="currentColor" stroke="none">'
        f"{number}</text></g>"
    )


def _head(kind: str, points: tuple[Point, ...]) -> str:
    """A filled head for money; an open one for the rest."""
    (x0, y0), (x, y) = points[-2:]
    along = (_sign(x - x0), _sign(y - y0))
    size = 8.0 if kind == "money" else 6.5
    back = (x - along[0] * size, y - along[1] * size)
    wings = [(back[0] + side * along[1] * size * 0.7, back[1] + side * along[0] * size * 0.7) for side in (1, -1)]
    path = f"M{wings[0][0]:g} {wings[0][1]:g}L{x:g} {y:g}L{wings[1][0]:g} {wings[1][1]:g}"
    return (
        f'<path class="head" d="{path}Z" stroke-width="1"/>'
        if kind == "money"
        else f'<path d="{path}" stroke-width="1.75"/>'
    )


def _sign(value: float) -> float:
    return (value > 0) - (value < 0)


def sample(kind: str) -> str:
    """A short line of one kind, for the key beside the picture."""
    line = Line(((2.0, 8.0), (42.0, 8.0)), (0.0, 0.0))
    dots = ' stroke-dasharray="0.1 5"' if kind == "advice" else ""
    return (
        f'<svg class="system-picture sample" viewBox="0 0 46 16" width="46" height="16" aria-hidden="true" fill="none" '
        f'stroke="currentColor"><g class="{kind}" stroke-linecap="round"><path d="M2 8H40" '
        f'stroke-width="{STROKES[kind]:g}"{dots}/>{_head(kind, line.points)}</g></svg>'
    )
