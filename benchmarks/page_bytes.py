"""How many bytes a page asks for before a decision can be made, charts left out, as a host sends them (gzip -6)."""

from __future__ import annotations

from dataclasses import dataclass

from books import CHAPTER, Books
from browser import cold_page, is_elsewhere
from playwright.sync_api import Browser
from served import Served, served
from tables import KB, Table

OURS, PLAIN, QUIZ = f"book/{CHAPTER}/index.html", "index.html", "quiz.html"
LIMIT = 110  # KB
REQUESTS = 8
SCRIPT, SCRIPT_LIMIT = "decision-", 20  # KB, with the kinds that the page holds, as it is sent
CHARTS = ("vega", "charts-")


@dataclass(frozen=True)
class Weight:
    """What one page asks for when it is opened and not scrolled: path -> bytes, and other hosts' addresses."""

    files: dict[str, int]
    elsewhere: list[str]

    @property
    def total(self) -> float:
        """KB of everything from the book's own host."""
        return sum(self.files.values()) / KB

    @property
    def requests(self) -> int:
        """All requests, also those that other hosts would have had."""
        return len(self.files) + len(self.elsewhere)


def weigh(browser: Browser, site: Served, path: str) -> Weight:
    """Open a page with nothing kept and wait until it asks for nothing more."""
    elsewhere: list[str] = []
    with cold_page(browser) as page:
        page.on("request", lambda request: elsewhere.append(request.url) if is_elsewhere(request.url) else None)
        site.asked.clear()
        page.goto(site.address + path, wait_until="networkidle")
        asked = {name: size for name, size in site.asked if not any(part in name for part in CHARTS)}
    return Weight(asked, elsewhere)


def page_bytes(browser: Browser, books: Books) -> list[Table]:
    """Our chapter's page by file, and a plain Jupyter Book's page with the same prose beside it."""
    with served(books.ours.site) as ours, served(books.plain.site) as plain:
        mine, theirs = weigh(browser, ours, OURS), weigh(browser, plain, PLAIN)
        chapters = sorted(path.split("/")[1] for path in ours.bodies if is_chapter(ours, path))
        others = {slug: weigh(browser, ours, f"book/{slug}/index.html") for slug in chapters}
    return [by_file("bytes", "Page bytes: our chapter", mine), by_chapter(others), beside(mine, theirs)]


def is_chapter(site: Served, path: str) -> bool:
    """Whether a page of the site is a chapter's first: one with a plan for a session beside it."""
    return path.endswith("/index.html") and path.replace("index.html", "session.html") in site.bodies


def by_chapter(weights: dict[str, Weight]) -> Table:
    """Each chapter before a decision can be made."""
    rows: list[list[str | float]] = [[slug, weight.total, weight.requests] for slug, weight in weights.items()]
    table = Table("bytes-chapters", "Page bytes: every chapter", ["chapter", "KB as sent", "requests"], rows)
    heaviest = max(weights, key=lambda slug: weights[slug].total)
    table.promise(
        weights[heaviest].total <= LIMIT,
        f"the heaviest chapter, {heaviest}, asks for {weights[heaviest].total:.0f} KB; the limit is {LIMIT} KB.",
    )
    most = max(weight.requests for weight in weights.values())
    table.promise(most <= REQUESTS, f"a chapter asks for {most} files; the limit is {REQUESTS}.")
    return table


def by_file(name: str, title: str, weight: Weight) -> Table:
    """Every file that is asked for, the largest first."""
    files = sorted(weight.files.items(), key=lambda one: -one[1])
    rows: list[list[str | float]] = [[path, size / KB] for path, size in files]
    rows.append(["**all**", weight.total])
    table = Table(name, title, ["file", "KB as sent"], rows)
    script = sum(size for path, size in files if SCRIPT in path and path.endswith(".js")) / KB
    table.notes.append(
        f"Limits (1 KB = {KB:,} bytes): {LIMIT} KB for everything before a decision can be made, no charts; "
        f"{SCRIPT_LIMIT} KB for {SCRIPT}."
    )
    table.promise(script <= SCRIPT_LIMIT, f"{SCRIPT} is {script:.1f} KB; the limit is {SCRIPT_LIMIT} KB.")
    table.promise(weight.total <= LIMIT, f"the page asks for {weight.total:.0f} KB; the limit is {LIMIT} KB.")
    table.promise(not weight.elsewhere, f"the page asks other hosts: {', '.join(weight.elsewhere)}.")
    return table


def beside(mine: Weight, theirs: Weight) -> Table:
    """Ours and the plain page in one table."""
    head = ["page", "KB as sent", "requests", "of these to other hosts"]
    rows: list[list[str | float]] = [
        ["our chapter", mine.total, mine.requests, len(mine.elsewhere)],
        ["plain Jupyter Book, same prose", theirs.total, theirs.requests, len(theirs.elsewhere)],
    ]
    table = Table("bytes-beside", "Page bytes: beside a plain Jupyter Book", head, rows)
    table.notes.append("What other hosts would have sent is not counted: they cannot be reached here.")
    table.promise(mine.total < theirs.total, "our page is heavier than a plain one.")
    return table
