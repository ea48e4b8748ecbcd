"""The search finds places: what readers would type, and what must come first; the same words in Python and browser."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from commissioning.site import finding

Fresh = Callable[..., Page]
LIMIT = 60  # KB, gzipped, of the index for fourteen chapters
CHAPTERS = 14
GLOSSARY, THEN, PEOPLE = "book/glossary.html", "book/then-and-now.html", "book/people.html"
ASKED = {
    "ICB": (GLOSSARY, "Integrated care board"),
    "what is an ICB": (GLOSSARY, "Integrated care board"),
    "What is an ICB?": (GLOSSARY, "Integrated care board"),
    "integrated care boards": (GLOSSARY, "Integrated care board"),
    "CCG": (GLOSSARY, "Clinical commissioning group"),
    "what happened to CCGs": (GLOSSARY, "Clinical commissioning group"),
    "PCT": (GLOSSARY, "Primary care trust"),
    "primary care trusts": (GLOSSARY, "Primary care trust"),
    "PbR": (GLOSSARY, "Payment by Results"),
    "tariff": (GLOSSARY, "Payment by Results"),
    "payment by results": (GLOSSARY, "Payment by Results"),
    "PFI": (GLOSSARY, "Private finance initiative (PFI)"),
    "QOF": (GLOSSARY, "Quality and Outcomes Framework"),
    "TUPE": (GLOSSARY, "Staff transfer"),
    "RACI": (GLOSSARY, "Decision rights"),
    "PPV": (GLOSSARY, "Positive predictive value"),
    "Nasrin": (PEOPLE, "Nasrin Chowdhury"),
    "Maureen Gill": (PEOPLE, "Maureen Gill"),
    "dr boadu": (PEOPLE, "Dr Kwabena Boadu"),
    "Health Bill 2026": (GLOSSARY, "Health Bill"),
    "section 75": (GLOSSARY, "Section 75"),
    "Caldicott guardian": (GLOSSARY, "Caldicott guardian"),
    "NHS Commissioning Board": (GLOSSARY, "NHS Commissioning Board"),
    "propco": (THEN, "NHS PropCo"),
    "area team": (GLOSSARY, "Area team"),
    "purchaser provider split": (GLOSSARY, "Purchaser-provider split"),
    "fundholding": (GLOSSARY, "GP fundholding"),
    "regression to the mean": (GLOSSARY, "Regression to the mean"),
    "matrons": (GLOSSARY, "Community matron"),
    "how do I become a commissioner": (GLOSSARY, "Commissioner"),
    "what does commissioning mean": (GLOSSARY, "Commissioning"),
    "commisioning": (GLOSSARY, "Commissioning"),
    "Goodhart’s law": (GLOSSARY, "Goodhart's law"),
    "goodharts law": (GLOSSARY, "Goodhart's law"),
    "running costs": (GLOSSARY, "Running-cost allowance"),
    "ten to six": ("book/index.html", "Ten to six"),
    "Where will you shop?": ("book/buying-help/index.html", "Where will you shop?"),
    "finding people at risk": ("book/finding-people-at-risk/index.html", "Finding people at risk"),
    "invoice validation": (GLOSSARY, "Invoice validation"),
    "Colin-Thomé": ("book/about-the-articles.html", "Professor Colin-Thomé: sovereignty or diplomacy"),
    "colin thome": ("book/about-the-articles.html", "Professor Colin-Thomé: sovereignty or diplomacy"),
    "glossary": (GLOSSARY, "Glossary"),
    "my record": ("book/my-record.html", "My record"),
    "then and now": (THEN, "Then and now"),
    "hip replacement": ("book/who-decides/index.html", "A shared stethoscope"),
    "conflict of interest": ("book/buying-help/index.html", "One desk, two employers"),
}
AMONG_FIRST = {
    "2013": 20,
    "1991": 5,
    "£25 a head": 4,
    "25 a head": 4,
    "who pays for ambulances": 2,
}
"""Questions without one right place: at least so many are found."""
WORDS = "Commissioners’ budgets, 68 per cent of 12,500 boxes: Colin-Thomé’s policies, redesigned buses. 2026/27"


@pytest.fixture(scope="module")
def search(chromium: Browser, site: Path) -> Iterator[Page]:
    """The search page, read from disk."""
    page = chromium.new_page()
    page.goto((site / "search.html").as_uri())
    yield page
    page.close()


def found(search: Page, query: str) -> list[tuple[str, str]]:
    """Page and title of what a question leads to, best first."""
    tell = "(one) => [commissioningFind.pages[one.page][0], one.title]"
    places = search.evaluate(f"(query) => commissioningFind.seek(query).map({tell})", query)
    return [(path, title) for path, title in places]


@pytest.mark.parametrize("query", ASKED)
def test_what_readers_type_leads_first_to(search: Page, query: str) -> None:
    assert found(search, query)[:1] == [ASKED[query]]


@pytest.mark.parametrize("query", AMONG_FIRST)
def test_years_sums_and_questions_are_found(search: Page, query: str) -> None:
    assert len(found(search, query)) >= AMONG_FIRST[query]


def test_nothing_is_said_to_be_found_where_nothing_is(search: Page) -> None:
    assert found(search, "zzyzx") == []


def test_python_and_browser_take_a_text_for_the_same_words(search: Page) -> None:
    index = search.evaluate("commissioningFind.words")
    text = f"{WORDS} {index}"
    assert search.evaluate("(text) => commissioningFind.wordsOf(text)", text) == finding.words_of(text)
    assert finding.words_of(WORDS)[:5] == ["commissioner", "budget", "68%", "of", "12500"]


def test_the_index_is_small(site: Path, real_book: object) -> None:
    (index,) = (site / "_static" / "commissioning").glob("find-*.js")
    text = index.read_text("utf-8")
    chapters = len(set(re.findall(r'\["book/([\w-]+)/index\.html","[^"]*","\d+",0\]', text)))
    share = min(1.0, (chapters + 8) / (CHAPTERS + 8))  # the glossary and the pages around grow little with chapters
    assert len(gzip.compress(text.encode(), 6)) / 1024 <= LIMIT * share


def test_no_consequence_or_explanation_is_in_it(site: Path) -> None:
    """Words that stand only in what follows decisions are not in the index."""
    (index,) = (site / "_static" / "commissioning").glob("find-*.js")
    known = set(re.search(r'"words":"([^"]*)"', index.read_text("utf-8"))[1].split())  # type: ignore[index]
    html = (site / "book/finding-people-at-risk/index.html").read_text("utf-8")
    after = re.findall(r'<div class="after">.*?<p class="unseen" role="status">', html, re.DOTALL)
    assert len(after) > 8
    answers = {w for one in after for w in finding.words_of(re.sub(r"<[^>]+>|&\w+;", " ", one))}
    rest = set()
    for path in site.rglob("*.html"):
        body = re.sub(
            r'<div class="after">.*?<p class="unseen" role="status">', "", path.read_text("utf-8"), flags=re.DOTALL
        )
        rest |= set(finding.words_of(re.sub(r"<[^>]+>|&\w+;", " ", body)))
    assert len(answers - rest) > 30
    assert known & (answers - rest) == set()


def marked(page: Page) -> list[str]:
    """The words that a page marks, once it does; none after some seconds."""
    for _ in range(50):
        words: list[str] = page.evaluate("[...(CSS.highlights.get('found') ?? [])].map((range) => range.toString())")
        if words:
            return words
        page.wait_for_timeout(100)
    return []


def test_a_hit_leads_to_the_place_and_marks_the_words(page: Page, address: str) -> None:
    page.goto(f"{address}book/index.html")
    page.locator(".contents input").fill("what is an ICB")
    page.keyboard.press("Enter")
    first = page.locator("#search-results a").first
    expect(first).to_have_text("Integrated care board")
    expect(page.locator("#search-progress")).to_contain_text("places")
    expect(page.locator("#search-results .context").first).to_contain_text("statutory NHS body")
    first.click()
    expect(page).to_have_url(re.compile(r"glossary\.html\?find=icb#m-integrated-care-board$"))
    expect(page.locator("#m-integrated-care-board")).to_be_in_viewport()
    assert set(marked(page)) == {"ICB"}


def test_what_it_leads_to_opens_and_nothing_that_is_undecided_does(page: Page, address: str) -> None:
    page.goto(f"{address}search.html?q=propco")
    page.locator("#search-results a").first.click()
    expect(page.locator("#propco")).to_have_attribute("open", "")
    page.goto(f"{address}search.html?q=where will you shop")
    page.locator("#search-results a").first.click()
    expect(page.locator("#where-will-you-shop")).to_be_in_viewport()
    assert page.locator("#where-will-you-shop .after").is_hidden()


def test_a_slip_of_the_finger_is_named_and_emptiness_is_true(page: Page, address: str) -> None:
    page.goto(f"{address}search.html?q=commisioning")
    expect(page.locator("#search-progress")).to_contain_text("Not found as you wrote it. Shown is: commission")
    page.locator("main .find-form input").fill("zzyzx")
    expect(page.locator("#search-progress")).to_contain_text("Nothing is found for “zzyzx”.")
    expect(page.locator("#search-results a")).to_have_count(0)
    page.locator("main .find-form input").fill("")
    expect(page.locator("#search-progress")).to_have_text("")


def test_back_from_a_hit_shows_the_search_again(page: Page, address: str) -> None:
    page.goto(f"{address}search.html")
    page.locator("main .find-form input").fill("matron")
    expect(page.locator("#search-results a").first).to_have_text("Community matron")
    page.locator("#search-results a").first.click()
    page.wait_for_url("**/glossary.html**")
    page.go_back()
    expect(page.locator("#search-results a").first).to_have_text("Community matron")


def test_no_page_but_the_search_loads_the_index(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}book/finding-people-at-risk/index.html")
    page.goto(f"{address}book/glossary.html?find=icb#m-integrated-care-board")
    assert marked(page)
    assert [url for url in asked if re.search(r"find-[0-9a-f]+\.js", url)] == []
