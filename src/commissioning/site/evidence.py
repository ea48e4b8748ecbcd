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

OWN = re.compile(
    r'<details class="more sources"><summary>(?P<name>[^<(]*?) \(\d+\)</summary><ul>\n(?P<notes>.*?)</ul></details>',
    re.DOTALL,
)
"""An exercise's own sources, as `page/templates/parts.html` writes them."""
NOTE = re.compile(r'<li class="source" id="(?P<of>[a-z0-9-]+?)-src-(?P<name>[A-Za-z0-9-]+)">')
LOGGER = logging.getLogger(__name__)


def evidence_html(env: BuildEnvironment, docname: str, body: str) -> str:
    """The lists "Words on this page" and "Sources on this page" for a page's HTML; empty where it cites nothing."""
    words = [meaning_html(slug, env) for slug in cited("m", body)]
    meanings = listed("words-here", WORDS["words_here"], [word for word in words if word])
    return meanings + listed("sources-here", WORDS["sources_here"], sources_html(env, docname, body + meanings))


def sources_html(env: BuildEnvironment, docname: str, html: str) -> list[str]:
    """Every source that the page cites; the synthetic figures last, where they come from said once for all of them."""
    notes = {name: compile.note(book_of(env), name) for name in cited("src", html)}
    for name in [name for name, note in notes.items() if note is None]:
        LOGGER.warning("a link names '%s', which is no fact, figure or source.", name, location=docname)
    real = [source_html(note) for note in notes.values() if note and not note.synthetic]
    made = [note for note in notes.values() if note and note.synthetic]
    if not made:
        return real
    claims = [
        tag("aside", tag("p", line(one.claim), class_="claim"), class_="source", id_=f"src-{one.id}") for one in made
    ]
    return [*real, tag("div", tag("p", escape(made[0].citation)) + "".join(claims), class_="made-here")]


def once(env: BuildEnvironment, body: str) -> str:
    """The page with each source in one place, the list at its end, to which an exercise's own list leads."""
    known = {found["of"] + "-src-" + found["name"]: found["name"] for found in NOTE.finditer(body)}
    book = book_of(env)

    def named(own: re.Match[str]) -> str:
        notes = [note for found in NOTE.finditer(own["notes"]) if (note := compile.note(book, found["name"]))]
        first = {note.label: note.id for note in reversed(notes)}
        links = [f'<li><a class="fact" href="#src-{first[it]}">{escape(it)}</a></li>' for it in reversed(first)]
        head = f"<summary>{own['name']} ({len(links)})</summary>"
        return f'<details class="more sources">{head}<ul>\n{"".join(links)}</ul></details>'

    linked = re.sub(r'href="#([\w-]+)"', lambda to: f'href="#src-{known[to[1]]}"' if to[1] in known else to[0], body)
    return OWN.sub(named, linked)


def cited(kind: str, html: str) -> list[str]:
    """The ids that a page links to and does not hold, in order, each once.

    Exercises bring their own sources (`#<exercise>-src-<id>`), so that they also work in a notebook; see `once`.
    """
    found = dict.fromkeys(re.findall(rf'href="#(?:[a-z0-9-]+-)?{kind}-([A-Za-z0-9-]+)"', html))
    return [name for name in found if f'id="{kind}-{name}"' not in html]


def listed(name: str, title: str, entries: list[str]) -> str:
    """A list that is open in HTML and on paper; the page's script closes it on a screen."""
    if not entries:
        return ""
    head = f'<summary><h2 id="{name}">{title}</h2></summary>'
    return f'<details class="evidence" open data-close>{head}{"".join(entries)}</details>'


def source_html(note: compile.Note) -> str:
    """One source with its claim, citation and dates."""
    return tag("aside", source_inner(note), class_="source", id_=f"src-{note.id}")


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
