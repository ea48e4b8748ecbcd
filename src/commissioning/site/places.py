"""The places of a built page that a reader may look for: sections, decisions, meanings, people, what became of whom.

In: the HTML of a page as readers get it. Out: places with an address, a title, a line that says what it is, and their
words. What follows a decision is no part of a place: nobody finds a consequence before they have decided.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADINGS = ("h1", "h2", "h3", "h4", "h5")
VOID = _set("area base br col embed hr img input link meta source track wbr")
UNREAD = _set("script style svg nav footer header button select pre")
"""What holds no words of the book's own, or words that are no prose."""
LEFT_OUT = _set(
    "after evidence since state time unseen live still label over-title need small-print find-form paper-only"
)
"""Classes of what is not said of a place: above all `after`, in which the answers stand."""


@dataclass
class Place:
    """Somewhere a search may lead."""

    anchor: str
    kind: str
    title: str = ""
    gist: str = ""
    text: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All that is said there."""
        return " ".join(self.text)


INLINE = _set("a abbr b cite code em i q small span strong sub sup")


class _Reader(HTMLParser):
    """Walks through one page and gathers its places."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.places: list[Place] = []
        self.stack: list[tuple[str, str]] = []
        self.section, self.within = "", list[Place]()
        self.silent, self.heading = 0, ""
        self.inside = False
        self.main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Something opens: perhaps a place, perhaps what is left out."""
        given = {name: value or "" for name, value in attrs}
        if tag in VOID:
            self._say(" ")
            return
        does = self._does(tag, given)
        self.stack.append((tag, does))
        if does == "silent":
            self.silent += 1
        elif does == "main":
            self.main += 1
        elif does == "decision" and not self.silent:
            self.within.append(self._open(given["id"], "decision"))
        if self.silent or not self.main:
            return
        if tag == "section":
            self.section = given.get("id", self.section)
        elif tag in HEADINGS:
            self._heading(tag, given)
        elif does == "entry":
            self._open(given["id"], "entry")
            self.heading = tag if tag == "dt" else ""
        elif tag == "b" and self.places and self.places[-1].kind == "entry" and not self.places[-1].title:
            self.heading = tag  # the name of a thing that folds

    def _does(self, tag: str, given: dict[str, str]) -> str:
        """What an element is to a search."""
        classes = set(given.get("class", "").split())
        if tag in UNREAD or classes & LEFT_OUT or "data-asked-again" in given:
            return "silent"
        if tag == "main":
            return "main"
        if tag == "decision-exercise":
            return "" if "question" in classes else "decision"
        if "situation" in classes:
            return "asked"
        if given.get("id") and (tag == "dt" or (tag == "details" and "thing" in classes)):
            return "entry"
        return ""

    def _heading(self, tag: str, given: dict[str, str]) -> None:
        """A heading names the decision it stands in, or begins a section."""
        if "decision-title" in given.get("class", "") and self.within:
            self.heading = tag
            return
        if self.within:
            return
        self._open("" if tag == "h1" else given.get("id") or self.section, "page" if tag == "h1" else "section")
        self.heading = tag

    def _open(self, anchor: str, kind: str) -> Place:
        self.places.append(Place(anchor, kind))
        self.inside = True
        return self.places[-1]

    def handle_endtag(self, tag: str) -> None:
        """Close what is open, down to this element."""
        while self.stack:
            name, does = self.stack.pop()
            if does == "silent":
                self.silent -= 1
            elif does == "main":
                self.main -= 1
            elif does == "decision" and self.within and not self.silent:
                self._after(self.within.pop())
            if name == self.heading:
                self.heading = ""
            if name not in INLINE:
                self._say(" ")
            if name == tag:
                return

    def _after(self, decision: Place) -> None:
        """The section goes on behind its decision."""
        at = self.places.index(decision)
        before = next((one for one in reversed(self.places[:at]) if one.kind != "decision"), None)
        if before is not None:
            self.places.append(Place(before.anchor, before.kind, before.title))

    def handle_data(self, data: str) -> None:
        """Words."""
        self._say(data)

    def _say(self, words: str) -> None:
        if self.silent or not self.main or not self.inside:
            return
        place = self.within[-1] if self.within else self.places[-1]
        if self.heading:
            place.title += words
        elif not self.within or any(does == "asked" for _, does in self.stack):
            place.text.append(words)


def places_of(html: str) -> list[Place]:
    """Every place of a page, in the page's order; a section that goes on behind a decision is one place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    whole: dict[tuple[str, str], Place] = {}
    for found in reader.places:
        known = whole.setdefault((found.anchor, "decision" if found.kind == "decision" else "other"), found)
        if known is not found:
            known.text += found.text
    for place in whole.values():
        place.title = " ".join(place.title.split())
        place.text = [" ".join(place.words.split())]
    return [place for place in whole.values() if place.title or place.kind != "decision"]
