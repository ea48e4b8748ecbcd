"""The page round the text: contents, "on this page", what comes before and after, and the page's evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx_external_toc.api import SiteMap

from commissioning.page.compiled import compiled
from commissioning.page.policy import policy
from commissioning.page.words import safe_json
from commissioning.site import paper, the_book
from commissioning.site.evidence import evidence_html, once
from commissioning.site.the_book import WORDS, chapter_of
from commissioning.source import markdown
from commissioning.source.whole import write_whole

TEMPLATES = Path(__file__).parent / "templates"
HEADINGS = re.compile(
    r'<section\b[^>]*\bid="([^"]+)"|<h2\b(?! class="(?:decision|after)-title")([^>]*)>(.*?)</h2>'
    r'|<h\d class="decision-title" id="([^"]+)-title">(.*?)</h\d>',
    re.DOTALL,
)
START = '<!doctype html><html lang="{lang}"><meta charset="utf-8">'
START += '<meta http-equiv="Content-Security-Policy" content="{policy}">'
START += '<title>{title}</title><link rel="icon" href="data:,">'
START += '<meta name="viewport" content="width=device-width, initial-scale=1">'
START += '<meta http-equiv="refresh" content="0; url={first}"><p><a href="{first}">{title}</a></p></html>\n'


def put_templates_first(app: Sphinx, config: Config) -> None:
    """Our templates win over the theme's."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]


def keep_compiled(app: Sphinx) -> None:
    """The page's templates are compiled once for all builds."""
    templates = getattr(app.builder, "templates", None)
    if templates is not None:
        templates.environment.bytecode_cache = compiled()


def lay_out(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the page template its `shell`."""
    env = app.env
    body = context.get("body", "")
    if "<decision-exercise" in body:
        body = context["body"] = once(env, body)
    context["page_description"] = description(env, pagename, body)
    context["shell"] = {
        "words": WORDS,
        "finding": safe_json(WORDS["finding"]) if pagename == "search" else "",
        "book": app.config.html_title,
        "kept_as": kept_as(app),
        "running": paper.running(app.config.html_title, number_of(env, pagename), title_of(env, pagename)),
        "on_screen": paper.on_screen(address(app, pagename)) if number_of(env, pagename) else "",
        "title": page_title(app, pagename),
        "kind": kind_of(env, pagename),
        "label": label_above(env, pagename),
        "parts": list(folded(parts(env), pagename)),
        "sections": sections(body),
        "evidence": evidence_html(env, pagename, body),
        "onward": onward(env, pagename),
    }


def kept_as(app: Sphinx) -> str:
    """The book's name in the keys of what browsers keep: as configured, so that a new title loses nobody's answers."""
    named = app.config.commissioning_book or app.config.html_title
    return re.sub(r"[^a-z0-9]+", "-", str(named).lower()).strip("-") or "book"


def page_title(app: Sphinx, pagename: str) -> str:
    """The page's own title, then the book's; the book's alone on the start page."""
    own = title_of(app.env, pagename)
    book = escape(app.config.html_title)
    return book if not own or own == app.config.html_title else f"{escape(own)} – {book}"


def address(app: Sphinx, pagename: str) -> str:
    """Where a page stands on the web, if `html.baseurl` in `_config.yml` says; else nothing."""
    base = str(app.config.html_baseurl or "").rstrip("/")
    return f"{base}/{app.builder.get_target_uri(pagename)}" if base else ""


def description(env: BuildEnvironment, pagename: str, body: str) -> str:
    """What a search engine may show: a chapter's standfirst, or the first paragraph of another page."""
    chapter = chapter_of(env, pagename) if pagename.endswith("/index") else None
    if chapter:
        return markdown.plain(chapter.head.model.standfirst)
    paragraph = re.search(r"<p(?:\s[^>]*)?>(.*?)</p>", body, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", "", paragraph.group(1))) if paragraph else ""
    return " ".join(text.split())[:300]


def title_of(env: BuildEnvironment, docname: str) -> str:
    """A page's title as plain text; empty where it has none."""
    return env.titles[docname].astext() if docname in env.titles else ""


def kind_of(env: BuildEnvironment, docname: str) -> str:
    """A class for the body: tutors' pages carry their mark on the whole sheet."""
    return "tutor-sheet" if env.metadata.get(docname, {}).get("commissioning_tutor") else ""


def label_above(env: BuildEnvironment, docname: str) -> str:
    """What stands above the title: "Chapter 6 · Understand the context", or "Tutor's page"."""
    if kind_of(env, docname):
        return str(WORDS["tutor_page"])
    chapter = chapter_of(env, docname)
    if chapter is None or not docname.endswith("/index"):
        return ""
    return str(WORDS["chapter"].format(number=chapter.head.model.number, stage=chapter.head.model.stage))


def number_of(env: BuildEnvironment, docname: str) -> str:
    """A chapter's number, for its first page only."""
    chapter = chapter_of(env, docname) if docname.endswith("/index") else None
    return str(chapter.head.model.number) if chapter else ""


def entry(env: BuildEnvironment, docname: str, title: str | None = None) -> dict[str, str]:
    """One line of the contents."""
    return {"doc": docname, "number": number_of(env, docname), "title": title or title_of(env, docname)}


def parts(env: BuildEnvironment) -> Iterator[dict[str, Any]]:
    """The contents as `_toc.yml` sets them out: the start page, then each part with its caption."""
    site: SiteMap = env.external_site_map  # type: ignore[attr-defined]  # set by sphinx_external_toc
    yield {"caption": "", "entries": [entry(env, known_as(env, site.root.docname), site.root.title)]}
    for tree in site.root.subtrees:
        named = [(known_as(env, name), site[name].title) for name in map(str, tree.items) if name in site]
        yield {"caption": tree.caption or "", "entries": [entry(env, doc, title) for doc, title in named]}


def folded(all_parts: Iterable[dict[str, Any]], pagename: str) -> Iterator[dict[str, Any]]:
    """The parts as a page lists them: the first two stand open, the third folds unless the page lies in it, and any
    behind that is its first page alone, which leads to its others, with the page that one is on.

    A page in a chapter's own folder, behind it, is set under it; one that a later part lists (a plan for a session)
    stands in the list only where one is on it.
    """
    of_chapter: set[str] = set()
    for place, part in enumerate(all_parts):
        holds = any(one["doc"] == pagename for one in part["entries"])
        of_chapter |= {folder(one) for one in part["entries"] if one["number"]}
        entries = [
            one | {"under": _is_under(one, at, place, of_chapter)}
            for at, one in enumerate(part["entries"])
            if place < 2 or one["doc"] == pagename or not (at if place > FOLDED else folder(one) in of_chapter)
        ]
        caption = part["caption"] if place <= FOLDED else ""
        yield {**part, "caption": caption, "entries": entries, "folds": place == FOLDED, "open": holds}


FOLDED = 2
"""The place of the part that folds: what is round the chapters."""


def _is_under(one: dict[str, str], at: int, place: int, of_chapter: set[str]) -> bool:
    """Whether a line is set in, below the one that leads to it."""
    return bool(at) if place > FOLDED else place < FOLDED and not one["number"] and folder(one) in of_chapter


def folder(one: dict[str, str]) -> str:
    """The folder that a page of the contents lies in."""
    return str(Path(one["doc"]).parent)


def known_as(env: BuildEnvironment, name: str) -> str:
    """A page's name without a suffix that `_toc.yml` may give."""
    return name if name in env.found_docs else str(Path(name).with_suffix("").as_posix())


def sections(body: str) -> list[dict[str, str]]:
    """The second-level headings and the decisions of a page, for "On this page"; none if there are fewer than two."""
    found: list[dict[str, str]] = []
    section = ""
    for opened, attributes, heading, decision, title in HEADINGS.findall(body):
        section = opened or section
        if not opened:
            own = re.search(r'\bid="([^"]+)"', attributes)
            words = unescape(re.sub(r"<[^>]+>", "", heading or title)).strip()
            found.append({"id": decision or (own[1] if own else section), "title": words})
    return found if len(found) > 1 else []


def onward(env: BuildEnvironment, docname: str) -> list[dict[str, str]]:
    """The pages before and after, in the order of `_toc.yml`."""
    order = [one["doc"] for part in parts(env) for one in part["entries"]]
    if docname not in order:
        return []
    here = order.index(docname)
    around = [("prev", here - 1), ("next", here + 1)]
    return [{"rel": rel} | entry(env, order[place]) for rel, place in around if 0 <= place < len(order)]


def pages_with_old_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Every page shows the contents: when a title or a number changes, all pages are written again."""
    contents = list(parts(env))
    if getattr(env, "commissioning_contents", None) == contents:
        return []
    env.commissioning_contents = contents  # type: ignore[attr-defined]
    return sorted(env.found_docs)


def write_start(app: Sphinx, error: Exception | None) -> None:
    """The site's root leads to the start page, from a server and from disk."""
    if error is None and app.builder.format == "html" and app.config.master_doc != "index":
        first = app.builder.get_target_uri(app.config.master_doc)
        lang, title = app.config.language.replace("_", "-"), escape(app.config.html_title)
        page = START.format(lang=lang, title=title, first=first, policy=policy(()))
        write_whole(Path(app.outdir, "index.html"), page)


def setup(app: Sphinx) -> None:
    """Connect the shell to the build."""
    app.connect("config-inited", put_templates_first, priority=900)
    app.connect("builder-inited", the_book.forget)
    app.connect("builder-inited", keep_compiled)
    app.connect("env-updated", pages_with_old_contents)
    app.connect("html-page-context", lay_out, priority=800)
    app.connect("build-finished", write_start, priority=900)
