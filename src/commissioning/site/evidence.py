"""The sources and meanings of a page, gathered at its end: each once, in the order a reader meets them.

In: a finished page's HTML, with its links `#src-<id>` and `#m-<slug>` (from roles, and from exercises and charts).
Out: two lists that stand on the page without JavaScript and in print.
"""

from __future__ import annotations

import re
from html import escape

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from commissioning.book import compile
from commissioning.site.the_book import WORDS, book_of, line, rich, tag
from commissioning.source.shapes import Term

LOGGER = logging.getLogger(__name__)


def evidence_html(env: BuildEnvironment, docname: str, body: str) -> str:
    """The lists "Words on this page" and "Sources on this page" for a page's HTML; empty where it cites nothing."""
    words = [meaning_html(slug, env) for slug in cited("m", body)]
    meanings = listed("words-here", WORDS["words_here"], [word for word in words if word])
    sources = [source_html(env, docname, name) for name in cited("src", body + meanings)]
    return meanings + listed("sources-here", WORDS["sources_here"], sources)


def cited(kind: str, html: str) -> list[str]:
    """The ids that a page links to and does not hold, in order, each once.

    Exercises hold their own sources (`#<exercise>-src-<id>`), so that they also work in a notebook; on a page they are
    named once more in the list at its end, which paper shows in place of theirs.
    """
    found = dict.fromkeys(re.findall(rf'href="#(?:[a-z0-9-]+-)?{kind}-([A-Za-z0-9-]+)"', html))
    return [name for name in found if f'id="{kind}-{name}"' not in html]


def listed(name: str, title: str, entries: list[str]) -> str:
    """A list that is open in HTML and on paper; the page's script closes it on a screen."""
    if not entries:
        return ""
    head = f'<summary><h2 id="{name}">{title}</h2></summary>'
    return f'<details class="evidence" open data-close>{head}{"".join(entries)}</details>'


def source_html(env: BuildEnvironment, docname: str, name: str) -> str:
    """One source with its claim, citation and dates. An unknown id is a warning."""
    note = compile.note(book_of(env), name)
    if note is None:
        LOGGER.warning("a link names '%s', which is no fact, figure or source.", name, location=docname)
        return ""
    return tag("aside", source_inner(note), class_="source", id_=f"src-{name}")


def source_inner(note: compile.Note) -> str:
    """Claim, citation, when it was true, when it was checked."""
    link = f' <a href="{escape(note.url)}" rel="noreferrer">{WORDS["open_source"]}</a>' if note.url else ""
    dates = [WORDS["as_at"].replace("{x}", escape(note.as_at))] if note.as_at else []
    dates += [WORDS["unsure"]] if note.unsure else []
    dates += [WORDS["checked"].replace("{x}", note.checked).replace("{y}", note.review_by)] if note.checked else []
    return (
        tag("p", line(note.claim), class_="claim")
        + tag("p", escape(note.citation) + link)
        + (tag("p", " ".join(dates), class_="dates") if dates else "")
    )


def meaning_html(slug: str, env: BuildEnvironment) -> str:
    """One word and its short meaning, as the page's script shows it in place."""
    term = book_of(env).glossary.get(slug)
    if term is None:
        return ""
    return tag("p", f"<b>{escape(term.term)}</b> {short_meaning(term)}", class_="meaning", id_=f"m-{slug}")


def short_meaning(term: Term) -> str:
    """The meaning in a sentence, and what the thing is called today where that is another name."""
    today = " " + WORDS["today"].format(name=escape(term.now.rstrip("."))) if term.now else ""
    return f'<span class="gist">{line(term.short)}{today}</span>'


def full_meaning(term: Term) -> str:
    """Everything the glossary says about a word."""
    other = WORDS["not_to_confuse"].format(name=line(term.not_.rstrip("."))) if term.not_ else ""
    longer = rich(term.long) if term.long else ""
    return tag("p", short_meaning(term)) + longer + (tag("p", other, class_="small") if other else "")


def setup(app: Sphinx) -> None:
    """Nothing to add: `shell` asks for a page's evidence when it lays out the page."""
