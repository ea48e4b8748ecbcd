"""The book's own search: an index of places, made from the finished pages, small enough to be one script.

In: the built pages and the glossary. Out: `find-<digest>.js`, which the search page loads, from a server or from disk.
A place is found by its title, its other names, and the words that are more its own than other places'. Nothing of what
follows a decision is in it (`places.py`). `front/find.js` reads it; `words_of` there and here are one rule.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from commissioning.book.book import Book
from commissioning.site import by_page, places
from commissioning.site.places import Place, places_of
from commissioning.site.the_book import book_of, chapter_of
from commissioning.source import markdown
from commissioning.source.cache import cached_in_book
from commissioning.source.whole import write_whole

STEM = "find"
ABOVE = re.compile(r"[^\x00-\x7f]")
MOST_WORDS = 40
"""Words that a place is known by, besides those of its title."""
GIST = 110
FIGURE = 1.5
"""A year, a share or a sum is looked for more than a word as rare."""
CHAPTER, OTHER, TUTORS = range(3)
"""The ranks of pages."""
SMALL = """
a about after all also am an and any are as at be became because become been before but by can could did do does for
from get go had happen happened has have he her his how i if in into is it its may me mean means more most my no not
of on one or our out over she should so some than that the their them then there these they this those to two up us
was we were what when where which who whose why will with would you your
"""
"""Words that say nothing of a place. A question is asked with them all the same."""
ONLY_TITLES = ("book/sources", "book/coverage", "book/your-first-hundred-days/play")
"""Pages that a reader does not read through, or that hold what is not to be known beforehand."""


@dataclass(frozen=True)
class Found:
    """A place with its page, by the page's place in the contents."""

    page: int
    place: Place


def words_of(text: str) -> list[str]:
    """The words of a text as the search compares them: no accents, no capitals, one form of singular and plural.

    Numbers keep their decimals and their %, and lose their commas: "12,500" is 12500, "68 per cent" is 68%.
    """
    bare = without_accents(text).lower()
    bare = re.sub(r"(\d),(?=\d{3})", r"\1", re.sub(r"['’]s\b", "", bare))
    bare = re.sub(r"(\d) ?(?:per ?cent\b|%)", r"\1% ", bare)
    return [_stem(word) for word in re.findall(r"\d+(?:\.\d+)?%?|[a-z]+", bare)]


def without_accents(text: str) -> str:
    """Each letter without what stands above or below it."""
    return ABOVE.sub(lambda sign: "" if unicodedata.combining(sign[0]) else sign[0], unicodedata.normalize("NFD", text))


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The words that say nothing of a place, as they are written and as they are compared."""
    return frozenset(SMALL.split()) | frozenset(words_of(SMALL))


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """One form for a word and its plural, and for what is done and doing it."""
    for ending, instead, least in (
        ("ies", "y", 5), ("sses", "ss", 6), ("xes", "x", 5), ("ches", "ch", 6), ("shes", "sh", 6)
    ):  # fmt: skip
        if word.endswith(ending) and len(word) >= least:
            return word[: -len(ending)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def other_names(place: Place, term: Any = None) -> list[str]:
    """The other names of an entry: what stands in brackets or in its text, its name today, what its author notes.

    Initials (PbR) are not sent: the browser makes them of the title.
    """
    shown = re.findall(r"\(([A-Z][\w-]+)\)", place.title)
    if term is None:
        return shown
    told = re.findall(r"\b(?:[Aa]bbreviated|called|known as) (?:the )?([A-Z]\w+)", f"{term.short} {term.long}")
    return [*shown, *told, *term.also, *([markdown.plain(term.now)] if term.now else [])]


def index_of(pages: Iterable[tuple[str, str, str, str, int]], book: Book) -> dict[str, Any]:
    """The index of pages given as (address, docname, label, HTML, rank): see `front/find.js` for how it is read."""
    listed, found = list[list[Any]](), list[Found]()
    terms = {f"m-{name}": term for name, term in book.glossary.items()}
    for address, docname, label, html, rank in pages:
        worth = _worth(_known_places(html, book.root), docname, rank)
        if worth:
            found += [Found(len(listed), place) for place in worth]
            listed.append([address, worth[0].title, label, rank])
    for one in found:
        if one.place.kind == "entry" or one.place.anchor in terms:
            one.place.also = other_names(one.place, terms.get(one.place.anchor))
    own = _own_words(found)
    words = sorted({word for words in own for word in words})
    at: dict[str, list[int]] = {word: [] for word in words}
    for n, mine in enumerate(own):
        for word in mine:
            at[word].append(n)
    return {
        "pages": listed,
        "places": [_row(one) for one in found],
        "words": " ".join(words),
        "at": ";".join(_steps(at[word]) for word in words),
        "common": " ".join(sorted(common())),
    }


def _known_places(html: str, root: Path) -> list[Place]:
    """The places of a page, gathered once for each state of it: most pages are as the last build left them."""
    return cached_in_book(html, root, Path(places.__file__), list[Place], lambda: places_of(html))


def _row(one: Found) -> list[Any]:
    """A place as it is sent; what is empty at its end is left out."""
    place = one.place
    kind = "term" if place.anchor.startswith("m-") else place.kind
    row = [one.page, _short(place), kind[0], place.title, _gist(place), "|".join(place.also)]
    while row[-1] == "":
        row.pop()
    return row


def slug_of(title: str) -> str:
    """The address that a heading is given."""
    bare = without_accents(title).lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def _short(place: Place) -> str:
    """A place's address; where its title says it, only what stands before that."""
    slug = slug_of(place.title)
    before = place.anchor.removesuffix(slug)
    return f"={before}" if slug and before != place.anchor and before in ("", "m-") else place.anchor


def _worth(places: list[Place], docname: str, rank: int) -> list[Place]:
    """Of a page's places, those to find. Of a tutor's page, which holds answers, the titles alone."""
    if docname in ONLY_TITLES:
        places = places[:1]
    if docname in ONLY_TITLES or rank == TUTORS:
        places = [Place(place.anchor, place.kind, place.title) for place in places]
    return [place for place in places if place.title]


def _own_words(found: list[Found]) -> list[set[str]]:
    """The words that each place is known by: those that are more its own than others', and no common ones."""
    counts = [Counter(word for word in words_of(one.place.words) if word not in common()) for one in found]
    spread = Counter(word for count in counts for word in count)
    many = len(found)

    def chosen(count: Counter[str]) -> set[str]:
        scored = {
            word: (1 + math.log(n)) * math.log(many / spread[word]) * (FIGURE if word[0].isdigit() else 1)
            for word, n in count.items()
        }
        return set(sorted(scored, key=lambda word: (-scored[word], word))[:MOST_WORDS])

    return [chosen(count) for count in counts]


def _gist(place: Place) -> str:
    """What an entry is, in a line that ends at a word; sections are told by where they stand."""
    if place.kind != "entry":
        return ""
    text = re.sub(r"\s+([.,;:!?)])", r"\1", place.words)
    return text if len(text) <= GIST else text[:GIST].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _steps(places: list[int]) -> str:
    """Rising numbers as the steps between them, in base 36."""
    return " ".join(_base36(one - before) for one, before in zip(places, [0, *places], strict=False))


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


def as_script(index: Mapping[str, Any]) -> str:
    """The index as a script that a page read from disk may load too."""
    return f"globalThis.commissioningFind={json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"


def write_index(app: Sphinx, error: Exception | None) -> None:
    """Lay the index of the finished pages into the site."""
    if error is None and app.builder.format == "html":
        text = as_script(index_of(_pages(app), book_of(app.env)))
        name = by_page.lay(app, STEM, "js", text)
        page = Path(app.builder.get_outfilename("search"))  # type: ignore[attr-defined]
        html = page.read_text(encoding="utf-8")
        write_whole(page, re.sub(rf"{STEM}-(?:index|[0-9a-f]{{12}})\.js", name, html), can_be_made_again=True)


def without_sphinxs_own(app: Sphinx) -> None:
    """Sphinx makes no index of its own."""
    if app.builder.format == "html":
        app.builder.search = False  # type: ignore[attr-defined]


def search_page(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """The page to search on, which Sphinx writes only with an index of its own."""
    yield "search", {"body": ""}, "search.html"


def _pages(app: Sphinx) -> Iterable[tuple[str, str, str, str, int]]:
    from commissioning.site.shell import kind_of, parts

    for part in parts(app.env):
        for entry in part["entries"]:
            docname = entry["doc"]
            path = Path(app.builder.get_outfilename(docname))  # type: ignore[attr-defined]
            if path.is_file():
                chapter = chapter_of(app.env, docname)
                tutors = bool(kind_of(app.env, docname)) or "kinds-of-decision" in docname
                label = str(chapter.head.model.number) if chapter and docname.endswith("/index") else ""
                address = path.relative_to(app.outdir).as_posix()
                yield (
                    address,
                    docname,
                    label,
                    path.read_text("utf-8"),
                    TUTORS if tutors else CHAPTER if label else OTHER,
                )


def setup(app: Sphinx) -> None:
    """Once every page is written."""
    app.connect("builder-inited", without_sphinxs_own)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", write_index, priority=940)
