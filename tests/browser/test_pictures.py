"""A chart's still picture is a file: it follows the page's colours, waits until it is near, and comes on paper."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
import reader
from playwright.sync_api import Page

Fresh = Callable[..., Page]
STILL = ".still img"
GROUND = """async (src) => {
  const picture = new Image(); picture.src = `data:image/png;base64,${src}`; await picture.decode();
  const on = new OffscreenCanvas(picture.width, picture.height).getContext("2d"); on.drawImage(picture, 0, 0);
  const { data } = on.getImageData(0, 0, picture.width, picture.height);
  const light = Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + 1]);
  light.sort((a, b) => a - b);
  return [light[Math.floor(light.length / 2)], light[0], light[light.length - 1]];
}"""


def seen(page: Page) -> tuple[float, float, float]:
    """How light the ground of the first still picture is, and its darkest and lightest points: 0 to 255."""
    picture = page.locator(STILL).first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("one => one.complete && one.naturalWidth > 0", arg=picture.element_handle())
    shot = base64.b64encode(picture.screenshot()).decode()
    ground, darkest, lightest = page.evaluate(GROUND, shot)
    return ground, darkest, lightest


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_still_picture_has_the_colours_of_its_page_whatever_the_system_says(
    fresh: Fresh, address: str, system: str
) -> None:
    page = fresh(color_scheme=system)
    page.goto(address + reader.CHAPTER)
    for scheme in ("light", "dark"):
        page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
        ground, darkest, lightest = seen(page)
        assert (ground > 240) == (scheme == "light"), (system, scheme, ground)
        assert lightest - darkest > 120, (system, scheme)


def test_in_forced_colours_a_still_picture_is_read(fresh: Fresh, address: str) -> None:
    page = fresh(forced_colors="active", color_scheme="dark")
    page.goto(address + reader.CHAPTER)
    _, darkest, lightest = seen(page)
    assert lightest - darkest > 120  # on a ground of its own, whichever the browser gives it


def test_a_still_picture_is_named_by_what_its_chart_shows_and_keeps_its_room(chapter: Page) -> None:
    for chart in chapter.locator("[data-chart]").all():
        picture = chart.locator(STILL)
        assert picture.get_attribute("alt") == chart.locator(".takeaway").text_content()
        assert float(picture.get_attribute("width") or 0) > 200
        assert float(picture.get_attribute("height") or 0) > 100


def test_a_printed_chapter_holds_every_picture_also_those_that_were_never_near(chapter: Page) -> None:
    chapter.pdf()
    loaded = chapter.locator(STILL).evaluate_all("all => all.map(one => one.complete && one.naturalWidth > 0)")
    assert loaded
    assert all(loaded)


SYSTEMS = """() => [...document.querySelectorAll("svg.system-picture:not(.sample)")].map((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const letters = [...svg.querySelectorAll("text")].map((one) => Number(one.getAttribute("font-size")) * scale);
  const rings = [...svg.querySelectorAll("circle")].map((one) => one.getBoundingClientRect());
  const meet = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < (a.width + b.width) / 2;
  return [Math.min(...letters), rings.filter((a, i) => rings.slice(i + 1).some((b) => meet(a, b))).length];
})"""


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_systems_of_then_and_now_are_drawn_with_letters_of_15_px_and_rings_that_do_not_meet(
    fresh: Fresh, address: str, width: int
) -> None:
    page = fresh(viewport={"width": width, "height": 900})
    page.goto(f"{address}book/then-and-now.html")
    drawn = page.evaluate(SYSTEMS)
    assert len(drawn) == 2
    for least, meeting in drawn:
        assert least >= 15
        assert meeting == 0
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_code_fits_its_column_in_every_chapter(fresh: Fresh, address: str, site: Path, width: int) -> None:
    page = fresh(viewport={"width": width, "height": 900})
    wider = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.slice(0, 60))"
    seen = 0
    for path in sorted(site.glob("book/*/session.html")):
        page.goto(f"{address}{path.relative_to(site).with_name('index.html').as_posix()}")
        code = page.locator(".cell_input pre")
        seen += code.count()
        assert code.evaluate_all(wider) == [], path.parent.name
    assert seen > 10
