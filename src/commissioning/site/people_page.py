"""{people}: the people of Larkmere, from people.yaml, so that a reader may look up who somebody is."""

from __future__ import annotations

from html import escape

from docutils import nodes

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
        rows = (self.row(name, person) for name, person in book.about["people"].model.larkmere.items())
        return [raw(tag("dl", "".join(rows), class_="people"))]

    @staticmethod
    def row(name: str, person: Person) -> str:
        """One person."""
        called = f"{person.title} {person.name}".strip()
        does = WORDS["then_and_now"].format(then=person.then, now=person.now) if person.then else person.now
        said = WORDS["wants_and_known_by"].format(wants=person.wants, known_by=person.known_by)
        first = does[0].upper() + does[1:]
        return tag("dt", escape(called), id_=name) + tag("dd", tag("p", escape(first) + ".") + tag("p", escape(said)))
