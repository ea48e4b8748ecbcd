"""Every page of the built book: one heading, a language, nothing from another host, nothing of the tutor's."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML

from commissioning.book import Book, read_book
from commissioning.check import requests
from commissioning.page import policy
from commissioning.source import markdown

ROOT = Path(__file__).resolve().parents[2]
Pages = dict[str, BeautifulSoup]


@pytest.fixture(scope="session")
def written(pages: Pages) -> Pages:
    """Every page but the one at the root, which only leads on."""
    return {path: page for path, page in pages.items() if path != "index.html"}


def test_every_page_says_its_language_and_has_one_heading_of_the_first_level(written: Pages) -> None:
    for path, page in written.items():
        assert page.html, path
        assert page.html["lang"] == "en-GB", path
        assert len(page.find_all("h1")) == 1, path
        assert page.title, path
        assert page.title.get_text(strip=True), path


def test_headings_skip_no_level(written: Pages) -> None:
    for path, page in written.items():
        main = page.find("main")
        assert main, path
        headings = main.select("h1, h2, h3, h4, h5, h6, [role=heading]")
        levels = [int(str(heading.get("aria-level") or heading.name[1])) for heading in headings]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)


def test_every_page_begins_with_a_policy_that_knows_no_other_host(pages: Pages) -> None:
    for path, page in pages.items():
        first = page.find("meta", attrs={"charset": False})
        assert first, path
        assert first["http-equiv"] == "Content-Security-Policy", path
        assert str(first["content"]).startswith("default-src 'none'; "), path
        assert "http" not in str(first["content"]), path
        assert page.find("script") is None or page.decode().index("<script") > page.decode().index("Content-Security")


def test_nothing_asks_another_host(site: Path) -> None:
    asked = {path: requests.requests_of(path, policy.INLINE) for path in site.rglob("*") if path.is_file()}
    assert len(asked) > 30
    assert {path.name: found for path, found in asked.items() if found} == {}


def test_no_other_persons_scripts_are_left(pages: Pages, site: Path) -> None:
    unwanted = re.compile(
        r"thebe|fontawesome|font-awesome|require(?:\.min)?\.js|embed-amd|mathjax|bootstrap", re.IGNORECASE
    )
    for path, page in pages.items():
        assert [one["src"] for one in page.find_all("script", src=True) if unwanted.search(str(one["src"]))] == [], path
    assert [path.name for path in site.rglob("*.js") if unwanted.search(path.name)] == []


def test_every_link_inside_the_book_leads_somewhere(pages: Pages, site: Path) -> None:
    broken = []
    known = {path: {str(one["id"]) for one in page.find_all(id=True)} for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.find_all("a", href=True):
            url = urlsplit(str(link["href"]))
            if url.scheme or url.netloc:
                continue
            target = (site / path).parent.joinpath(unquote(url.path)).resolve() if url.path else site / path
            if not target.is_file():
                broken.append(f"{path}: {link['href']}")
                continue
            there = known.get(target.relative_to(site.resolve()).as_posix())
            if url.fragment and there is not None and unquote(url.fragment) not in there:
                broken.append(f"{path}: {link['href']}")
    assert broken == []


def test_an_id_stands_once_in_a_page(pages: Pages) -> None:
    for path, page in pages.items():
        ids = Counter(str(one["id"]) for one in page.find_all(id=True))
        assert sorted(name for name, count in ids.items() if count > 1) == [], path


def test_no_script_of_json_holds_a_less_than_sign(pages: Pages) -> None:
    for path, page in pages.items():
        for script in page.find_all("script", type="application/json"):
            text = script.get_text()
            assert "<" not in text, path
            json.loads(text)


def test_nothing_of_the_tutors_stands_outside_the_tutors_page(pages: Pages, site: Path) -> None:
    sentences = tutor_sentences()
    assert len(sentences) > 20
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or path.suffix in (".woff2", ".inv") or name.endswith("/session.html"):
            continue
        text = letters(pages[name].get_text() if name in pages else path.read_text("utf-8"))
        assert [sentence for sentence in sentences if letters(sentence) in text] == [], name


def test_the_tutors_page_holds_the_whole_plan(pages: Pages) -> None:
    for path in sorted((ROOT / "book").glob("*/session.yaml")):
        text = letters(pages[f"book/{path.parent.name}/session.html"].get_text())
        assert [sentence for sentence in sentences_of(path) if letters(sentence) not in text] == [], path.parent.name


def test_every_page_says_which_browser_deletes_answers_and_what_to_do(pages: Pages) -> None:
    for path, page in pages.items():
        if foot := page.select_one("footer"):
            said = foot.get_text()
            assert "Safari deletes it after seven days without a visit" in said, path
            assert "can be downloaded, and added again" in said, path
    assert sum(page.select_one("footer") is not None for page in pages.values()) > 20


def tutor_sentences() -> list[str]:
    """Every sentence of a session plan that is long enough to be nobody else's, and no decision's title."""
    titles = {
        chosen.model.title for chapter in read_book(ROOT).chapters.values() for chosen in chapter.decisions.values()
    }
    plans = sorted((ROOT / "book").glob("*/session.yaml"))
    return [one for path in plans for one in sentences_of(path) if one not in titles]


def sentences_of(path: Path) -> list[str]:
    plan = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    plan.pop("title")
    found: list[str] = []
    for text in markdown.texts_of(plan):
        found += re.split(r"(?<=[.?!])\s+", markdown.plain(text))
    return [sentence for sentence in found if len(sentence.split()) >= 6]


def letters(text: str) -> str:
    """A text without spaces, and with one kind of quotation mark."""
    return re.sub(r"[\s\"'“”‘’]", "", text)


def test_the_schemas_stand_in_the_site(site: Path) -> None:
    names = {path.name for path in (site / "schemas").glob("*.json")}
    assert {"decision.schema.json", "questions.schema.json", "session.schema.json", "facts.schema.json"} <= names
    for path in (site / "schemas").glob("*.json"):
        assert json.loads(path.read_text("utf-8"))["$schema"].startswith("https://json-schema.org/"), path.name


def test_every_chart_has_its_takeaway_its_words_and_its_table(pages: Pages) -> None:
    charts = [(path, chart) for path, page in pages.items() for chart in page.select("figure.cb-chart")]
    assert len(charts) >= 10
    for path, chart in charts:
        for part in (".takeaway", ".description", "table caption"):
            found = chart.select_one(part)
            assert found is not None, (path, chart["id"], part)
            assert len(found.get_text(strip=True).split()) >= 3, (path, chart["id"], part)
        assert len(chart.select("tbody tr")) >= 2, (path, chart["id"])


def test_a_claim_about_a_chart_stands_on_the_page_that_shows_it(pages: Pages, real_book: Book) -> None:
    claims = [
        (c, d.model) for c in real_book.chapters.values() for d in c.decisions.values() if d.model.kind == "claim"
    ]
    drawn = [(chapter, claim.chart) for chapter, claim in claims if claim.chart]
    assert len(drawn) >= 4
    for chapter, chart in drawn:
        assert pages[f"{chapter.docname}.html"].select_one(f"figure.cb-chart#{chart}"), (chapter.slug, chart)


def test_every_term_of_a_chapter_can_be_looked_up_in_place(pages: Pages, real_book: Book) -> None:
    for chapter in real_book.chapters.values():
        page = pages[f"{chapter.docname}.html"]
        asked = {str(link["href"]).removeprefix("#") for link in page.select("a.term")}
        assert len(asked) >= 5, chapter.slug
        assert asked <= {str(one["id"]) for one in page.select(".meaning[id]")}, chapter.slug
