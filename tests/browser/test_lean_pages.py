"""What a page is spared is not missed: stills look as their maker drew them, and no missing rule would have matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import reader
from playwright.sync_api import Browser, Page

from commissioning import place
from commissioning.labs import risk
from commissioning.page import front, stills
from commissioning.page.styles import dropped
from commissioning.site.by_page import worn_by

Fresh = Callable[..., Page]
NEAR = 0.002  # of a picture's points may differ, by the rounding of an edge
DIFFERENT = """async ([one, other]) => {
  const points = async (svg) => {
    const image = new Image(); image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`; await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height); const on = canvas.getContext("2d");
    on.fillStyle = "white"; on.fillRect(0, 0, image.width, image.height); on.drawImage(image, 0, 0);
    return on.getImageData(0, 0, image.width, image.height).data;
  };
  const [a, b] = [await points(one), await points(other)];
  let count = 0, ink = 0;
  for (let i = 0; i < a.length; i += 4) { count += Math.abs(a[i] - b[i]) > 64; ink += a[i] < 128; }
  return [a.length === b.length ? count / (a.length / 4) : 1, ink];
}"""
MATCHES = """(selectors) => selectors.filter((one) => document.querySelector(
  one.replace(/::?(before|after|placeholder|marker|-webkit-[\\w-]+|-moz-[\\w-]+)/g, "").trim() || "nothing"))"""


def test_a_lean_still_is_the_same_picture(chromium: Browser) -> None:
    whole = risk.year_by_year_chart(place.persons()).svg
    page = chromium.new_page()
    off, ink = page.evaluate(DIFFERENT, [whole, stills.lean(whole)])
    page.close()
    assert ink > 500
    assert off < NEAR


@pytest.mark.parametrize("name", ["finding-people-at-risk", "buying-help"])
def test_no_rule_was_left_out_that_a_page_wears(fresh: Fresh, address: str, site: Path, name: str) -> None:
    page = fresh()
    page.goto(f"{address}book/{name}/index.html")
    body = (site / "book" / name / "index.html").read_text("utf-8")
    folder = site / "_static" / "commissioning"
    sent = [folder / one for one in re.findall(r'<script [^>]*src="[^"]*/([\w.-]+\.js)', body)]
    assert len(sent) == 3, "what all scripts share, the decisions', the book's"
    said = worn_by(body, "".join(script.read_text("utf-8") for script in sent))
    whole = "".join(re.sub(r"/\*.*?\*/", "", front(css), flags=re.DOTALL) for css in ("decision.css", "around.css"))
    gone = dropped(whole, said)
    assert len(gone) > 50
    assert page.evaluate(MATCHES, gone) == []
    for exercise in reader.exercises(page):
        reader.decide(page, exercise, well=True)
        assert page.evaluate(MATCHES, gone) == [], exercise
