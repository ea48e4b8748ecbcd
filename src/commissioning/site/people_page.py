"""{people}: the people of Larkmere, from people.yaml, so that a reader may look up who somebody is."""

from __future__ import annotations

from html import escape

from docutils import nodes

from commissioning.book import Book
from commissioning.book.lives import Meeting, lives
from commissioning.book.pages import Person
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.the_book import WORDS, book_of, note_files, tag


class PeoplePage(BookDirective):
    """Everyone with a part, in the order of the file."""

    def run(self) -> list[nodes.Node]:
        """A definition list: the name, then what they do, what they want and the telling detail."""
        book = book_of(self.env)
        if "people" not in book.about:
            return self.warn("{people} needs book/people.yaml.")
        note_files(self.env, ["people.yaml"])
        note_files(self.env, (one.path.relative_to(book.root / "book") for one in book.sheets))
        met = lives(book)
        rows = (self.row(book, name, person, met[name]) for name, person in book.about["people"].model.larkmere.items())
        return [raw(tag("dl", "".join(rows), class_="people"))]

    def row(self, book: Book, name: str, person: Person, met: list[Meeting]) -> str:
        """One person, and the decisions in which they are met, by month."""
        called = f"{person.title} {person.name}".strip()
        does = WORDS["then_and_now"].format(then=person.then, now=person.now) if person.then else person.now
        said = WORDS["wants_and_known_by"].format(wants=person.wants, known_by=person.known_by)
        first = does[0].upper() + does[1:]
        return tag("dt", escape(called), id_=name) + tag(
            "dd", tag("p", escape(first) + ".") + tag("p", escape(said)) + self.scenes(book, met)
        )

    def scenes(self, book: Book, met: list[Meeting]) -> str:
        """A fold with a line for each scene: its month, and its decision, linked. Empty if there is none."""
        if not met:
            return ""
        lines = (tag("li", f"{one.begins:%B %Y}: {self.there(book, one)}") for one in met)
        summary = tag("summary", WORDS["met_in"].format(n=len(met)) if len(met) > 1 else WORDS["met_once"])
        return tag("details", summary + tag("ul", "".join(lines)), class_="more")

    def there(self, book: Book, met: Meeting) -> str:
        """A link to a decision, by its title."""
        page = self.env.app.builder.get_relative_uri(self.env.docname, book.chapter_of(met.decision).docname)
        return tag("a", escape(met.sheet.model.title), href=f"{page}#{met.decision}")
