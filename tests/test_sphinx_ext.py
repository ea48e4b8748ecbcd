"""The book's shell: roles, directives, evidence, assets, typeface. A small real book is built once, with -nW."""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from typing import Any

import pytest
from fixture_book import CHAPTER as SLUG
from fixture_book import FIXTURES
from small_book import FILES, begun, build

from commissioning.page import typeface
from commissioning.site import assets, evidence, mime, roles, shell
from commissioning.source.shapes import Term

ROOT = Path(__file__).resolve().parent.parent
FRONT = ROOT / "src" / "commissioning" / "page" / "front"

# ---- words, without a build ------------------------------------------------------------------------------------------


def test_a_term_is_found_by_its_id_its_name_and_its_plural() -> None:
    glossary = {"community-matron": Term(term="Community matron", short="A nurse.", era="both")}
    for words in ("community-matron", "community matron", "Community matrons"):
        assert roles.slug_of(words, glossary) == "community-matron"
    assert roles.slug_of("commissioner", glossary) is None


def test_ids_are_gathered_once_in_order_and_not_when_the_page_holds_them() -> None:
    html = (
        '<a href="#src-F2"></a><a href="#matron-src-F1"></a><a href="#src-F2"></a><a href="#src-F3"></a><p id="src-F3">'
    )
    assert evidence.cited("src", html) == ["F2", "F1"]


def test_on_this_page_names_headings_and_decisions_but_no_question() -> None:
    body = """<section class="x" id="top"><h1>T</h1><section id="one"><p class="label case-label">The case</p>
        <h2>One <i>&amp;</i></h2></section><h3 class="decision-title" id="matron-title">The matron</h3>
        <h2 id="two">Two</h2><p class="unseen" id="q-title">Question 1</p>"""
    assert shell.sections(body) == [
        {"id": "one", "title": "One &"},
        {"id": "matron", "title": "The matron"},
        {"id": "two", "title": "Two"},
    ]


def test_the_contents_keep_plans_for_sessions_to_the_tutors_page() -> None:
    def line(doc: str, number: str = "") -> dict[str, str]:
        return {"doc": doc, "number": number, "title": doc}

    parts = [
        {"caption": "", "entries": [line("book/index")]},
        {"caption": "Chapters", "entries": [line("book/risk/index", "6"), line("book/risk/play")]},
        {"caption": "Around", "entries": [line("book/people")]},
        {
            "caption": "Tutors",
            "entries": [line("book/for-tutors"), line("book/risk/session"), line("book/kinds/index")],
        },
    ]

    def listed(on: str) -> list[str]:
        return [one["doc"] for part in shell.folded(parts, on) for one in part["entries"]]

    assert [part["caption"] for part in shell.folded(parts, "book/index") if part["folds"]] == ["Around"]
    assert listed("book/index")[-1] == "book/for-tutors", "tutors have one entry"

    assert "book/risk/play" in listed("book/index")
    assert "book/risk/session" not in listed("book/index")
    assert "book/kinds/index" not in listed("book/index")
    assert listed("book/kinds/index")[-2:] == ["book/for-tutors", "book/kinds/index"]
    assert "book/risk/session" in listed("book/risk/session")


def test_a_still_picture_follows_the_scheme() -> None:
    assert mime.follow_scheme('<path stroke="#6B1F5E" fill="white"/>') == (
        '<path stroke="var(--cb-plum)" fill="var(--cb-paper)"/>'
    )


def test_a_still_picture_is_one_image_to_a_screen_reader() -> None:
    svg = '<svg role="img" aria-labelledby="t"><g role="graphics-symbol" aria-label="a, b > c"><path d="M0"/></g></svg>'
    assert mime.one_image(svg) == '<svg role="img" aria-labelledby="t"><g><path d="M0"/></g></svg>'


def test_the_dark_values_stand_twice_and_agree() -> None:
    css = (FRONT / "tokens.css").read_text("utf-8")
    asked = css.split('html[data-theme="dark"],', 1)[1].split("}", 1)[0]
    system = css.split("@media (prefers-color-scheme: dark)", 1)[1].split("}", 1)[0]
    values = [dict(re.findall(r"(--cb-[\w-]+): ([^;]+);", block)) for block in (asked, system)]
    assert values[0] == values[1]
    assert len(values[0]) > 15


def test_loading_the_tokens_paints_nothing() -> None:
    css = re.sub(r"/\*.*?\*/", "", (FRONT / "tokens.css").read_text("utf-8"), flags=re.DOTALL)
    assert {name for name in re.findall(r"[{;]\s*([\w-]+):\s", css) if not name.startswith("--cb-")} == set()


def test_a_page_depends_on_its_own_file_and_what_it_cites() -> None:
    noted: list[str] = []
    env: Any = SimpleNamespace(srcdir=FIXTURES / "book", note_dependency=noted.append)
    mime.decision_html(env, {"id": "first-step"}, 3)
    assert [Path(name).name for name in noted] == ["first-step.yaml", "facts.yaml", "references.bib"]
    assert all(Path(name).is_file() for name in noted)
    noted.clear()
    mime.questions_html(env, {"chapter": SLUG}, 3)
    assert [Path(name).name for name in noted] == ["questions.yaml", "facts.yaml", "references.bib"]


def test_a_stylesheet_loses_its_comments_only() -> None:
    assert assets.bare("/* why */\n  a { color: red; }\n\n") == "a { color: red; }\n"


# ---- typeface --------------------------------------------------------------------------------------------------------


def test_without_npm_there_is_no_typeface_and_no_fault(tmp_path: Path) -> None:
    assert typeface.typeface(tmp_path, npm=[]) is None


def test_where_npm_fails_there_is_no_typeface_and_no_fault(tmp_path: Path) -> None:
    assert typeface.typeface(tmp_path, npm=[sys.executable, "-c", "raise SystemExit(1)"]) is None
    assert typeface.typeface(tmp_path, npm=[str(tmp_path / "no-such-program")]) is None


def test_the_typeface_is_fetched_once_and_kept_with_its_licence(tmp_path: Path) -> None:
    npm = tmp_path / "npm.py"
    npm.write_text(
        dedent("""\
        import io, tarfile
        with tarfile.open("besley.tgz", "w:gz") as tar:
            for name in ("package/files/besley-latin-wght-normal.woff2", "package/LICENSE"):
                member = tarfile.TarInfo(name)
                member.size = 12
                tar.addfile(member, io.BytesIO(b"wOF2    " + bytes([0, 0, 0, 12])))
        """)
    )
    fetched = typeface.typeface(tmp_path / "kept", npm=[sys.executable, str(npm)])
    whole = b"wOF2    " + bytes([0, 0, 0, 12])
    assert fetched == typeface.Typeface(font=whole, licence=whole)
    assert typeface.typeface(tmp_path / "kept", npm=[]) == fetched
    (font,) = (tmp_path / "kept").rglob("besley.woff2")
    for half in (b"", whole[:-1], b"<html>"):
        font.write_bytes(half)
        assert typeface.typeface(tmp_path / "kept", npm=[]) is None, "half a font is none"
        assert typeface.typeface(tmp_path / "kept", npm=[sys.executable, str(npm)]) == fetched


def test_the_typeface_is_pinned_to_one_version() -> None:
    assert re.fullmatch(r"@[\w-]+/besley@\d+\.\d+\.\d+", typeface.pinned())


# ---- a small book, built ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = begun(tmp_path_factory, tmp_path_factory.mktemp("casebook"))
    built = build(folder)
    assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def chapter(site: Path) -> str:
    return (site / "book/risk/index.html").read_text("utf-8")


book = pytest.mark.book


@book
def test_the_head_of_a_chapter_is_made_from_its_front_matter(chapter: str) -> None:
    for words in (
        "Chapter 6 · Understand the context",
        "A list is not a plan yet.",
        "About 49 minutes: 20 to read, 4 to decide, 25 for the lab",
        "<strong>see</strong> one",
        "RCGP curriculum",
    ):
        assert words in chapter


@book
def test_facts_terms_and_sources_link_to_what_stands_on_the_page(chapter: str) -> None:
    for target in ("src-F217", "src-F221", "src-colin-thome-2013", "m-community-matron"):
        assert f'href="#{target}"' in chapter
        assert chapter.count(f' id="{target}"') == 1
    assert ">about £76</a>" in chapter
    assert "Today: advanced practitioner." in chapter


@book
def test_each_source_is_told_once_and_a_decision_names_it(chapter: str) -> None:
    """A decision of a page told all its sources, and the list at the page's end told them again."""
    decision = chapter.split("<decision-exercise")[1].split("</decision-exercise>")[0]
    assert '<a class="fact" href="#src-F221">' in decision  # where it is cited
    assert re.search(r'<summary>Sources \(1\)</summary><ul>\s*<li><a class="fact" href="#src-F221">', decision)
    assert "It cost about £76 a head" not in decision
    assert chapter.count("It cost about £76 a head") == 1
    assert not re.search(r'(?:id|href)="#?[\w-]+-src-', chapter)


def test_where_made_figures_come_from_is_said_once_on_a_page() -> None:
    env: Any = SimpleNamespace(srcdir=ROOT)
    links = "".join(f'<a href="#src-{name}">x</a>' for name in ("L6-fall", "L6-children-after"))
    made = evidence.sources_html(env, "index", links)
    assert len(made) == 1
    assert made[0].count("made by this book from a seed") == 1
    assert made[0].count('<aside class="source" id="src-L6-') == 2


def test_a_picture_stands_with_every_line_of_it_in_words(site: Path) -> None:
    page = (site / "book/around.html").read_text("utf-8")
    assert page.count('<svg class="system-picture"') == 2
    assert 'aria-describedby="system-past-lines"' in page
    assert '<ol id="system-past-lines"><li><b>Money:</b> It pays <a href="#src-F221" class="fact">about £76</a>.' in (
        re.sub(r"\s*\n\s*", "", page).replace('class="fact" href="#src-F221"', 'href="#src-F221" class="fact"')
    )


@book
def test_what_became_of_things_names_the_chapter_and_the_day(site: Path) -> None:
    page = (site / "book/around.html").read_text("utf-8")
    assert '<details class="thing" id="prism">' in page
    assert '<span class="gist">Today: A tool.</span>' in page
    assert 'href="risk/index.html">Chapter 6, Finding people at risk</a>' in page
    assert '<span class="as-of">as at 2014</span>' in page


@book
def test_the_timeline_says_what_is_planned_and_how_sure_we_are(site: Path) -> None:
    page = (site / "book/around.html").read_text("utf-8")
    assert '<li style="--years:1"><p class="when">1 April 2013</p>' in page
    assert '<li class="planned" style="--years:0">' in page
    assert "From here the money is with nobody." in page
    assert "Source opened. " in page


@book
def test_coverage_counts_what_is_taught_and_never_calls_done_what_is_to_come(site: Path) -> None:
    page = (site / "book/around.html").read_text("utf-8")
    assert "Taught in this edition: 1. Taught in part: 0. Still to come: 1." in page
    assert 'href="risk/index.html#matron">6.1 The matron</a>' in page
    assert "To come in chapter 9, Later: a lab" in page


@book
def test_sources_say_which_pages_use_them(site: Path) -> None:
    page = (site / "book/sources.html").read_text("utf-8")
    fact = page[page.index('id="src-F221"') :].partition("</div>")[0]
    assert "Printed as “about £76”." in fact
    assert 'Used in: <a href="risk/index.html">Finding people at risk</a>; <a href="around.html">Around</a>.' in fact
    assert "2 facts. For 2 we opened the source" in page


@book
def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for page in site.rglob("*.html"):
        ids = re.findall(r'\sid="([^"]+)"', page.read_text("utf-8"))
        assert len(ids) == len(set(ids)), page


@book
def test_the_cell_of_a_decision_leaves_only_the_decision(chapter: str) -> None:
    assert '<decision-exercise id="matron"' in chapter
    assert "import" not in chapter
    assert "DecisionWidget" not in chapter
    assert "widget-state" not in chapter
    assert '<h3 class="decision-title"' in chapter


@book
def test_then_and_now_carry_their_dates(chapter: str) -> None:
    assert "<h3>Then <span>2012–14</span></h3>" in chapter
    assert "<h3>Now <span>as at 21 November 2026</span></h3>" in chapter


@book
def test_a_page_asks_for_ours_only_and_only_what_it_uses(site: Path, chapter: str) -> None:
    start = (site / "book/index.html").read_text("utf-8")
    for page in (chapter, start):
        assert re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"', page) == []
        for word in ("THEBE", "fontawesome", "bootstrap", "MathJax", "require.js"):
            assert word not in page
    assert re.search(r'src="[^"]*/decision-[0-9a-f]{12}\.js"', chapter)
    assert not re.search(r"decision-[0-9a-f]{12}\.js", start)
    worn = [site / "_static/commissioning" / name for name in re.findall(r"decision-[0-9a-f]{12}\.css", start)]
    assert "decision-exercise" not in "".join(path.read_text("utf-8") for path in worn)
    assert "decision-exercise" in page_rules(site, chapter)
    assert not (site / "_static/commissioning/vega.js").exists()
    assert not list(site.rglob("fontawesome*"))


def page_rules(site: Path, page: str) -> str:
    """The rules of a page's own stylesheet."""
    (name,) = re.findall(r"decision-[0-9a-f]{12}\.css", page)
    return (site / "_static/commissioning" / name).read_text("utf-8")


@book
def test_the_shell_of_a_page_is_at_most_80_kilobytes(site: Path) -> None:
    files = [site / "book/index.html", *(site / "_static/commissioning" / name for name in ("book.css", "book.js"))]
    font = site / "_static/commissioning/besley.woff2"
    bytes_ = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    assert bytes_ + (font.stat().st_size if font.exists() else 37_000) <= 80_000


@book
def test_the_root_of_the_site_leads_to_the_start_page(site: Path) -> None:
    assert 'url=book/index.html"' in (site / "index.html").read_text("utf-8")


@book
@pytest.mark.slow
def test_editing_the_yaml_of_a_decision_rebuilds_its_page_and_no_other(site: Path) -> None:
    folder, page = site.parent.parent, site / "book/risk/index.html"
    other = (site / "book/glossary.html").stat().st_mtime_ns
    source = folder / "book/risk/decisions/matron.yaml"
    source.write_text(source.read_text("utf-8").replace("Pay half", "Pay a third"), encoding="utf-8")
    built = build(folder)
    assert built.returncode == 0, built.stderr[-2000:]
    assert "Pay a third" in page.read_text("utf-8")
    assert "Executing" not in built.stdout
    assert (site / "book/glossary.html").stat().st_mtime_ns == other


@book
@pytest.mark.slow
def test_an_unknown_id_is_named_with_its_line_and_the_nearest_one(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wrong = (
        "# The Commissioning Casebook\n\nIt was {fact}`F212`, by a {term}`comunity matron`.\n\n{source}`snooks-2018`\n"
    )
    built = build(begun(tmp_path_factory, tmp_path, FILES | {"book/index.md": wrong}))
    said = re.sub(r"\x1b\[[\d;]*m", "", built.stdout + built.stderr)
    assert built.returncode != 0
    assert re.search(r"book/index\.md:3: WARNING: there is no fact 'F212'\. Did you mean 'F2\d\d'\?", said)
    assert re.search(r"book/index\.md:3: .*glossary entry 'comunity matron'\. Did you mean 'community-matron'\?", said)
    assert re.search(
        r"book/index\.md:5: WARNING: there is no source 'snooks-2018'\. Did you mean 'snooks-2019'\?", said
    )


# ---- in a browser, from disk -----------------------------------------------------------------------------------------


@pytest.fixture
def page(site: Path, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, color_scheme="light")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto((site / "book/risk/index.html").as_uri())
    yield opened
    assert said == []
    context.close()


in_browser = [pytest.mark.book, pytest.mark.browser]


class TestInABrowser:
    pytestmark = in_browser

    def test_a_source_opens_by_keyboard_and_gives_the_focus_back(self, page: Any) -> None:
        link = page.locator("a.fact[href='#src-F217']")
        link.focus()
        page.keyboard.press("Enter")
        assert "There were 32 practices." in page.locator(".sheet:popover-open").inner_text()
        page.keyboard.press("Escape")
        assert page.locator(".sheet:popover-open").count() == 0
        assert link.evaluate("link => link === document.activeElement")

    def test_a_source_inside_a_decision_opens_the_same_sheet(self, page: Any) -> None:
        page.locator("decision-exercise a.fact").first.click()
        assert "£76" in page.locator(".sheet:popover-open").inner_text()

    def test_a_meaning_opens_under_its_line_and_closes_with_escape(self, page: Any) -> None:
        link = page.locator("a.term")
        link.click()
        assert link.get_attribute("aria-expanded") == "true"
        meaning = page.locator("span.meaning").bounding_box()
        assert meaning["y"] >= link.bounding_box()["y"] + link.bounding_box()["height"] - 6
        page.keyboard.press("Escape")
        assert page.locator("span.meaning").count() == 0

    def test_the_scheme_follows_the_system_until_chosen_and_is_the_only_thing_kept(self, page: Any) -> None:
        paper = "getComputedStyle(document.body).backgroundColor"
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(paper) == "rgb(23, 19, 26)"
        page.get_by_role("button", name="Use light colours").click()
        assert page.evaluate(paper) == "rgb(255, 255, 255)"
        page.reload()
        assert page.evaluate(paper) == "rgb(255, 255, 255)"
        assert page.evaluate("Object.keys(localStorage)") == ["commissioning:scheme"]
        assert page.evaluate("document.cookie") == ""

    def test_words_for_the_portfolio_are_kept(self, page: Any) -> None:
        page.locator(".prompt textarea").fill("A rival explanation")
        page.reload()
        assert page.locator(".prompt textarea").input_value() == "A rival explanation"

    def test_paper_is_white_and_ends_with_the_answers(self, page: Any) -> None:
        page.emulate_media(media="print", color_scheme="dark")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert "You compare." in page.locator(".page > .answers-last:last-child").inner_text()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("decision-exercise .after").count() == 1
        assert page.locator(".answers-last").count() == 0

    def test_search_finds_a_decision_from_disk_and_keeps_nothing(self, page: Any, site: Path) -> None:
        page.goto((site / "search.html").as_uri() + "?q=matron")
        page.locator("#search-results li a").first.wait_for()
        assert page.locator("#search-results li a").first.inner_text() == "The matron"
        assert page.evaluate("Object.keys(localStorage)") == []

    @pytest.mark.parametrize("width", [320, 390, 1280])
    def test_nothing_is_wider_than_the_screen(self, page: Any, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_the_contents_open_over_the_page_and_escape_closes_them(self, page: Any) -> None:
        button = page.get_by_role("button", name="Contents")
        page.mouse.wheel(0, 900)
        button.click()
        entry = page.get_by_role("link", name="Finding people at risk").first
        assert entry.is_visible()
        entry.focus()
        page.keyboard.press("Escape")
        assert not entry.is_visible()
        assert button.evaluate("button => button === document.activeElement")

    def test_without_javascript_every_word_can_be_read(self, site: Path, chromium: Any) -> None:
        context = chromium.new_context(java_script_enabled=False)
        opened = context.new_page()
        opened.goto((site / "book/risk/index.html").as_uri())
        assert opened.get_by_text("There were 32 practices.").is_visible()
        assert opened.get_by_text("A senior nurse who visits.").is_visible()
        assert opened.locator(".contents").is_visible()
        context.close()
