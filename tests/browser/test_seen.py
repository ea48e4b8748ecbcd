"""What is chosen can be seen: in light and dark, in forced colours, with motion reduced, and never by colour alone."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
import reader as r
from playwright.sync_api import Page, expect

Fresh = Callable[..., Page]
LOOK = """(one, marks) => { const text = getComputedStyle(one.querySelector(".path-text"));
  const input = getComputedStyle(one.querySelector("input")), box = getComputedStyle(one);
  return { ground: text.backgroundColor, ink: text.color, outline: text.outlineStyle, inner: input.boxShadow,
           appearance: input.appearance }; }"""


def look(page: Page, option: int) -> dict[str, str]:
    """How one option of the best answer is drawn."""
    found: dict[str, str] = r.exercise(page, r.BEST).locator(".path").nth(option).evaluate(LOOK)
    return found


def chosen_and_not(page: Page) -> tuple[dict[str, str], dict[str, str]]:
    """How a chosen option and its neighbour are drawn, once the decision is made."""
    r.choose(page, r.BEST, r.marking(page, r.BEST)["options"][0])
    r.be_sure(page, r.BEST, 1)
    r.press_decide(page, r.BEST)
    expect(r.exercise(page, r.BEST)).to_have_attribute("data-state", "decided")
    return look(page, 0), look(page, 1)


def luminance(colour: str) -> float:
    """Relative luminance of an rgb() colour, 0 to 1 (WCAG 2.2)."""
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_option_has_a_ground_of_its_own_a_filled_circle_and_readable_ink(
    fresh: Fresh, address: str, scheme: str
) -> None:
    page = fresh(color_scheme=scheme)
    page.goto(address + r.CHAPTER)
    mine, other = chosen_and_not(page)
    assert mine["ground"] != other["ground"]
    assert mine["inner"] != other["inner"]
    assert contrast(mine["ground"], mine["ink"]) >= 7
    body = page.evaluate("() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }")
    assert contrast(*body) >= 7
    assert (luminance(body[0]) < 0.1) == (scheme == "dark")
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == scheme


def test_the_readers_choice_of_colours_is_kept_and_beats_the_systems(fresh: Fresh, address: str) -> None:
    page = fresh(color_scheme="dark")
    page.goto(address + r.CHAPTER)
    button = page.locator("[data-scheme]")
    expect(button).to_have_accessible_name("Use light colours")
    button.click()
    expect(button).to_have_accessible_name("Use dark colours")
    page.goto(f"{address}book/glossary.html")
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "light"


def test_in_forced_colours_the_chosen_option_is_outlined_and_its_button_drawn_by_the_system(
    fresh: Fresh, address: str
) -> None:
    page = fresh(forced_colors="active")
    page.goto(address + r.CHAPTER)
    mine, other = chosen_and_not(page)
    assert (mine["outline"], other["outline"]) == ("solid", "none")
    assert mine["appearance"] == "auto"
    sure = r.exercise(page, r.BEST).locator(".sure label")
    grounds = sure.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert grounds[0] not in grounds[1:]
    yours = r.exercise(page, r.BEST).locator(".branch .yours").first
    expect(yours).to_have_text("Your choice")
    expect(yours).to_have_css("forced-color-adjust", "none")  # or the system lays a plate of its own over the words


MINE = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.cssText = "forced-color-adjust: none; color: HighlightText";
  const mine = getComputedStyle(probe).color;
  probe.remove();
  const found = new Map();
  for (const one of document.querySelectorAll("main *, nav.contents *")) {
    const typed = one.matches("input:not([type=radio], [type=checkbox], [type=range])");
    const words = [...one.childNodes].find(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
    if (!(typed ? one.value : words) || getComputedStyle(one).color !== mine || !one.checkVisibility()) continue;
    const kind = one.closest("[data-kind]")?.dataset.kind ?? "page";
    const name = `${kind}: ${one.parentElement.className} ${one.tagName}.${one.className}`;
    if (!found.has(name)) found.set(name, one);
  }
  globalThis.mine = found;
  return [...found.keys()];
}"""
"""What stands in the colour of words on a marked ground, once for each kind and class."""
WHERE = """(name) => {
  const one = globalThis.mine.get(name);
  one.scrollIntoView({ block: "center", behavior: "instant" });
  const range = document.createRange();
  range.selectNodeContents(one);
  const typed = one.matches("input");
  const box = typed ? one.getBoundingClientRect() : range.getClientRects()[0];
  const [x, y] = typed ? [box.width * 0.25, box.height * 0.25] : [0, 0];
  return { x: box.left + x, y: box.top + y, width: box.width - 2 * x, height: box.height - 2 * y };
}"""
CONTRAST = """async (src) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${src}`;
  await picture.decode();
  const { width, height } = picture;
  const canvas = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  const part = v => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const light = Array.from({ length: width * height }, (_, i) =>
    0.2126 * part(data[4 * i]) + 0.7152 * part(data[4 * i + 1]) + 0.0722 * part(data[4 * i + 2])).sort((a, b) => a - b);
  return (light[Math.floor(light.length * 0.98)] + 0.05) / (light[Math.floor(light.length * 0.02)] + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_in_forced_colours_every_word_on_a_marked_ground_is_read_from_the_screen(
    fresh: Fresh, address: str, scheme: str
) -> None:
    """The system laid a plate of its own, black on black, over a price, a number of tokens and a marked passage."""
    page = fresh(forced_colors="active", color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(address + r.GALLERY)
    for name in r.exercises(page):
        r.decide(page, name)
    page.add_style_tag(content=".bar { display: none !important; }")  # it would lie over what is looked at
    mine = page.evaluate(MINE)
    assert {"sourcing", "allocation", "best-answer"} <= {name.split(":")[0] for name in mine}
    dim: dict[str, float] = {}
    for name in mine:
        picture = base64.b64encode(page.screenshot(clip=page.evaluate(WHERE, name))).decode()
        seen = page.evaluate(CONTRAST, picture)
        if seen < 4.5:
            dim[name] = round(seen, 1)
    assert dim == {}


def test_with_reduced_motion_nothing_in_a_decision_moves(fresh: Fresh, address: str) -> None:
    page = fresh(reduced_motion="reduce")
    page.goto(address + r.CHAPTER)
    chosen_and_not(page)
    moving: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter(one => { const s = getComputedStyle(one);
             return `${s.transitionDuration},${s.animationDuration}`.split(",").some(time => parseFloat(time) > 0); })
             .slice(0, 5).map(one => `${one.tagName}.${one.className}`)"""
    )
    assert moving == []
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_the_focus_is_drawn_three_pixels_wide_on_everything_a_key_can_reach(chapter: Page) -> None:
    chapter.keyboard.press("Tab")
    parts = (".path input", ".sure label:has(input)", ".go", ".ladder select", "[data-move]", ".numbers input")
    for part in parts:
        target = chapter.locator(f"{r.OWN} {part}").first
        (target.locator("input") if part.startswith(".sure") else target).focus()
        width = target.evaluate("one => getComputedStyle(one).outlineWidth")
        style = target.evaluate("one => getComputedStyle(one).outlineStyle")
        assert (width, style) == ("3px", "solid"), part
