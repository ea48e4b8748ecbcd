"""How two series look everywhere: the first solid with diamonds, the second dashed with rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

GROUP = "People with two or more emergency admissions in year 1"


@dataclass(frozen=True)
class Pair:
    """Two named series, told apart in the column `series` of a chart's data."""

    first: str
    second: str

    @property
    def names(self) -> tuple[str, str]:
        return self.first, self.second

    def _scale(self, **more: Any) -> alt.Scale:
        return alt.Scale(domain=list(self.names), **more)

    @property
    def colour(self) -> alt.Color:
        return alt.Color("series:N", scale=self._scale(), legend=None)

    @property
    def dash(self) -> alt.StrokeDash:
        return alt.StrokeDash("series:N", scale=self._scale(range=[[1, 0], [7, 5]]), legend=None)

    def points(self, base: alt.Chart, *, size: int | None = 140) -> list[alt.Chart]:
        """Marks for both series. The ring is the wider, so that a diamond in the same place still shows."""
        ring: dict[str, Any] = {} if size is None else {"size": 2 * size}
        diamond: dict[str, Any] = {} if size is None else {"size": size}
        return [
            base.transform_filter(alt.datum.series == self.second)
            .mark_point(shape="circle", filled=False, strokeWidth=3, opacity=1, **ring)
            .encode(color=self.colour),
            base.transform_filter(alt.datum.series == self.first)
            .mark_point(shape="diamond", filled=True, opacity=1, **diamond)
            .encode(color=self.colour),
        ]


ARMS = Pair("Matron offered", "No matron")


def up(title: str, **more: Any) -> alt.Axis:
    """A vertical axis whose title lies flat above it, where a phone has room for it."""
    return alt.Axis(title=title, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=-24, titleY=-18, **more)


def words(rows: list[tuple[Any, float, str]], x: str | alt.X, y: str | alt.Y, **mark: Any) -> alt.Chart:
    """Words placed in a picture: each row is where across, where up, and the text."""
    picture: alt.Chart = alt.Chart(pd.DataFrame(rows, columns=["x", "y", "text"])).mark_text(**mark)
    return picture.encode(x=x, y=y, text="text:N")
