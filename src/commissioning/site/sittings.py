"""A chapter's sittings in its page: the list at its head, a place to stop at the end of each, and what *Go on* reads.

In: the front matter's `sittings`. Out: HTML that says everything without a script; `front/book/way.js` adds what only
this reader's record knows. The index of all chapters is a script of its own, `way.js`, asked for only by readers who
have decided something, and it works from disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from commissioning.book import Book, Chapter
from commissioning.book import sittings as cutting
from commissioning.book.cells import shown
from commissioning.check import sittings as check
from commissioning.site import by_page
from commissioning.site.blocks import raw
from commissioning.site.the_book import WORDS, book_of, chapter_of, note_files, tag
from commissioning.source.cache import cached_in_book
from commissioning.source.whole import write_if_new

W: dict[str, Any] = WORDS["sittings"]
FILE = "way.js"


def minutes(book: Book, chapter: Chapter, part: cutting.Part) -> int:
    """The whole minutes of a sitting."""
    return max(round(check.takes(book, chapter, part)), 1)


def holds(chapter: Chapter, part: cutting.Part) -> list[str]:
    """What is marked as done in a sitting: its decisions, or its closing questions where it has none."""
    asked = chapter.questions.model if chapter.questions else ()
    questions = asked if any(one.call == "questions" for one in part.holds) else ()
    return part.decisions or [f"{chapter.slug}--{name}" for name in questions]


def put_into(app: Sphinx, doctree: nodes.document) -> None:
    """Fill the head's place with the list, and end each sitting where the next one begins."""
    env = app.env
    chapter = chapter_of(env, env.docname)
    if chapter is None or env.docname != chapter.docname:
        return
    parts = cutting.cut(chapter)
    places = [one for one in doctree.findall(nodes.raw) if one.get("sittings")]
    found = [_section(doctree, part.heading) for part in parts]
    if not parts or not all(found):
        return
    note_files(env, [chapter.file("questions.yaml")])
    anchors = [section["ids"][0] for section in found if section is not None]
    for place in places:
        place.replace_self(raw(_list(book_of(env), chapter, parts, anchors)))
    for at, section in enumerate(found[1:], 1):
        if section is not None and section.parent is not None:
            long = minutes(book_of(env), chapter, parts[at])
            end = raw(_pause(parts[at].title, anchors[at], long))
            end["pause"] = True
            section.parent.insert(section.parent.index(section), end)


def _section(doctree: nodes.document, words: str) -> nodes.section | None:
    plain = " ".join(words.split())
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is not None and _alike(title.astext()) == _alike(plain):
            return section
    return None


def _alike(words: str) -> str:
    """Words without what a typesetter changes: quotation marks and the dress of a role."""
    return "".join(letter for letter in words.lower() if letter.isalnum())


def _list(book: Book, chapter: Chapter, parts: list[cutting.Part], anchors: list[str]) -> str:
    lines = []
    for part, anchor in zip(parts, anchors, strict=True):
        held = holds(chapter, part)
        unit = "decisions" if part.decisions else "questions"
        many = str(W[unit][0 if len(held) == 1 else 1]).format(n=len(held)) if held else ""
        long = W["minutes"].format(n=minutes(book, chapter, part))
        link = tag("a", escape(part.title), href=f"#{anchor}")
        said = tag("span", escape(", ".join(filter(None, [long, many]))), class_="small")
        lines.append(f'<li data-holds="{escape(" ".join(held))}">{link} {said}</li>')
    label = tag("p", W["in_parts"].format(n=W["numbers"][len(parts)]), class_="label", id_="sittings")
    given = f'data-of="{escape(W["of"])}" data-done="{escape(W["done"])}"'
    extra = tag("p", escape(beside(book, chapter, parts)), class_="small")
    return f'<nav class="sittings" aria-labelledby="sittings" {given}>{label}<ol>{"".join(lines)}</ol>{extra}</nav>'


def beside(book: Book, chapter: Chapter, parts: list[cutting.Part]) -> str:
    """How the sittings' minutes and the head's total differ: the notebook is in one, the questions in the other."""
    notebook, said = f"exercises/{chapter.slug}.ipynb", []
    long = chapter.head.model.lab_minutes
    at = next((place for place, part in enumerate(parts, 1) if notebook in part.text), 0)
    if long and at:
        said.append(W["lab_adds"].format(minutes=W["minutes"].format(n=long), n=at))
    if asked := round(check.questions(book, chapter)):
        said.append(W["asked_here"][0 if asked == 1 else 1].format(n=asked))
    return " ".join(said)


def _pause(title: str, anchor: str, long: int) -> str:
    link = tag("a", escape(title), href=f"#{anchor}")
    next_one = W["next"].format(link=link, minutes=W["minutes"].format(n=long))
    stop = tag("b", W["stop"])
    return tag("p", f'{stop} {next_one} <span class="kept">{W["kept"]}</span>', class_="pause small")


# -- the index of the whole way ------------------------------------------------------------------------------------


def index(env: BuildEnvironment, book: Book) -> Iterator[dict[str, Any]]:
    """Each chapter with its sittings, and each decision with the heading that it stands under.

    `n` number, `t` title, `u` address from the site's root, `s` sittings as [title, minutes, [[id, heading, anchor]]].
    """
    for chapter in book.chapters.values():
        if chapter.docname not in env.found_docs:
            continue
        anchors = _anchors(env, book, chapter.docname)
        headings = cutting.sections(chapter)
        found = []
        for part in cutting.cut(chapter) or [whole(chapter)]:
            done = []
            for one in part.holds:
                above = next((h.words for h in reversed(headings) if h.line <= one.line), chapter.title)
                names = [one.name] if one.call == "decision" else []
                if one.call == "questions" and chapter.questions:
                    names = [f"{chapter.slug}--{name}" for name in chapter.questions.model]
                done += [[name, *anchors.get(_alike(above), (above, ""))] for name in names]
            found.append([part.title, minutes(book, chapter, part), done])
        uri = env.app.builder.get_target_uri(chapter.docname)
        yield {"n": chapter.head.model.number, "t": chapter.title, "u": uri, "s": found}


def whole(chapter: Chapter) -> cutting.Part:
    """A chapter that is read at one go."""
    return cutting.Part(chapter.title, chapter.title, 0, chapter.text, tuple(shown(chapter.text)))


def _anchors(env: BuildEnvironment, book: Book, docname: str) -> dict[str, tuple[str, str]]:
    """Each heading of a page by its words: as printed, and its anchor. Worked out once for each state of the page."""
    kept = hashlib.sha256(Path(env.doctreedir, f"{docname}.doctree").read_bytes()).hexdigest()
    return cached_in_book(
        kept,
        book.root,
        Path(__file__),
        dict[str, tuple[str, str]],
        lambda: _anchors_in(env.get_doctree(docname)),
    )


def _anchors_in(doctree: nodes.document) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is not None:
            found.setdefault(_alike(title.astext()), (title.astext(), str(section["ids"][0])))
    return found


def write_index(app: Sphinx, error: Exception | None) -> None:
    """Lay the index beside the other scripts."""
    if error is None and app.builder.format == "html":
        way = {"words": W["browser"], "chapters": list(index(app.env, book_of(app.env)))}
        text = json.dumps(way, ensure_ascii=False, separators=(",", ":"))
        write_if_new(Path(app.outdir, by_page.FOLDER, FILE), f"commissioningWay={text};\n")


def setup(app: Sphinx) -> None:
    """As a page has been read, and when all are written."""
    app.connect("doctree-read", put_into)
    app.connect("build-finished", write_index, priority=960)
