"""Nothing is asked of another host, and a book opened from disk does everything (each page: test_every_page.py)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import reader as r
from playwright.sync_api import Browser, Page, Request, expect

Fresh = Callable[..., Page]


def test_no_other_host_is_asked_when_everything_is_used(chapter: Page, address: str) -> None:
    for name in (r.BEST, r.EXPLORER):
        r.decide(chapter, name)
    chapter.locator("[data-scheme]").click()
    chapter.locator("a.fact:visible").first.click()
    hosts = chapter.evaluate("() => performance.getEntriesByType('resource').map(one => new URL(one.name).host)")
    assert set(hosts) <= {urlsplit(address).netloc}


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
def test_the_policy_stops_what_would_ask_another_host(
    chromium: Browser, address: str, site: Path, from_disk: bool
) -> None:
    page, asked = chromium.new_page(), list[Request]()
    page.on("request", lambda request: asked.append(request) if ".invalid" in request.url else None)
    page.goto((site / "book/people.html").as_uri() if from_disk else address + "book/people.html")
    stopped = page.evaluate("""async () => {
        const stopped = [];
        addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
        const holder = document.createElement("div");
        holder.innerHTML = `<img src="https://other.invalid/a.png"><iframe src="https://other.invalid/"></iframe>
            <img src="no-such-file" onerror="location = 'https://other.invalid/'">
            <style>@import "https://other.invalid/a.css";</style>`;
        const script = document.createElement("script");
        script.src = "https://other.invalid/a.js";
        document.body.append(holder, script);
        await fetch("https://other.invalid/").catch(() => null);
        while (stopped.length < 6) await new Promise((wait) => setTimeout(wait, 20));
        return stopped.sort();
    }""")
    assert set(stopped) == {
        "connect-src", "frame-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem",
    }  # fmt: skip
    assert {request.failure for request in asked} <= {"csp"}  # stopped in the browser, by the policy
    page.close()


@pytest.fixture
def from_disk(fresh: Fresh, site: Path) -> Page:
    """The chapter opened from the disk."""
    page = fresh(live_charts=True)
    page.goto((site / r.CHAPTER).as_uri())
    return page


def reload_until(page: Page, is_there: Callable[[], bool], *, tries: int = 5) -> None:
    """Reload until what was kept is there again.

    Chromium may give a file's reload to a new process, which on a busy machine can ask for the storage before the old
    process has handed over its last write. Nothing is lost: the next reload shows it. What was never kept fails all.
    """
    for _ in range(tries):
        page.reload()
        if is_there():
            return
        page.wait_for_timeout(300)
    pytest.fail(f"not there after {tries} reloads")


def test_from_disk_decisions_are_made_and_are_there_after_a_reload(from_disk: Page) -> None:
    r.decide(from_disk, r.BEST, well=False)
    title = r.words(from_disk, r.BEST, ".after-title")
    reload_until(from_disk, lambda: r.state(from_disk, r.BEST) == "decided")
    r.show_decided(from_disk)
    assert r.words(from_disk, r.BEST, ".after-title") == title


def test_from_disk_charts_become_live_and_the_colours_change(from_disk: Page) -> None:
    r.see_charts(from_disk)
    chart = from_disk.locator("[data-chart]").first
    expect(chart.locator(".live svg")).to_be_visible()
    expect(chart.locator(".still")).to_be_hidden()
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = from_disk.evaluate(ground)
    from_disk.locator("[data-scheme]").click()
    dark = from_disk.evaluate(ground)
    assert light != dark
    reload_until(from_disk, lambda: bool(from_disk.evaluate(ground) == dark))


def test_from_disk_every_page_opens_and_search_finds_a_word(from_disk: Page, site: Path) -> None:
    for path in r.pages(site):
        from_disk.goto((site / path).as_uri())
        expect(from_disk.locator("h1")).to_be_visible()
    from_disk.goto((site / "search.html").as_uri())
    from_disk.locator("main input[name=q]").fill("regression")
    from_disk.keyboard.press("Enter")
    found = from_disk.locator("#search-results a").first
    expect(found).to_be_visible()
    found.click()
    expect(from_disk.locator("h1")).to_be_visible()


def test_the_root_of_the_site_leads_to_the_first_page(page: Page, address: str, site: Path) -> None:
    page.goto(address)
    expect(page).to_have_url(f"{address}book/index.html")
    page.goto((site / "index.html").as_uri())
    expect(page).to_have_url((site / "book" / "index.html").as_uri())


def test_search_finds_a_word_and_leads_to_its_page(page: Page, address: str) -> None:
    page.goto(address + r.CHAPTER)
    page.locator("nav.contents input[name=q]").fill("stepped wedge")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results a").first).to_have_text("Stepped-wedge trial")


def test_from_disk_the_menu_opens_on_a_phone(fresh: Fresh, site: Path) -> None:
    page = fresh(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto((site / r.CHAPTER).as_uri())
    menu = page.locator(".menu-button")
    expect(page.locator("nav.contents")).to_be_hidden()
    menu.tap()
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(page.locator("nav.contents a").first).to_be_visible()
    page.locator("nav.contents a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator("nav.contents")).to_be_hidden()
    assert menu.evaluate("one => one === document.activeElement")
    menu.tap()
    page.locator("nav.contents summary", has_text="Around the book").tap()
    page.locator("nav.contents a", has_text="Glossary").tap()
    expect(page).to_have_url((site / "book" / "glossary.html").as_uri())
