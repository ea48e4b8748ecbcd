"""What a chapter's notebook cites: numbered sources, synthetic figures and words, listed at its end.

In: the roles of a chapter's sentences, one by one. Out: plain Markdown for each, and the closing lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from commissioning import labs
from commissioning.book import Book
from commissioning.book.compile import Note, note
from commissioning.jupyter.notebooks.shape import words
from commissioning.source.shapes import Term

WITH_TARGET = re.compile(r"^(?P<words>.*?)\s*<(?P<target>[^<>]+)>$", re.S)


@dataclass
class Evidence:
    """Everything cited so far, in the order in which it was cited."""

    book: Book
    notes: dict[str, Note] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)

    def fact(self, shown: str, name: str) -> str:
        """The fact's words with a numbered link to its source; its value, if it stands alone."""
        fact = self.book.facts.get(name)
        said = fact.value if fact and shown == name else shown
        return f"{said} {self._numbered(name)}".strip()

    def source(self, shown: str, name: str) -> str:
        """A citation, linked to where the source can be read."""
        source = self.book.sources.get(name)
        if source is None:
            return shown
        said = source.short if shown == name else shown
        return f"{said} {self._numbered(name)}" if not source.url else link(said, source.url, source.title)

    def place(self, shown: str, name: str) -> str:
        """A synthetic figure, marked as one."""
        figure = labs.figures().get(name)
        if figure is None:
            return shown
        self.figures[name] = f"{figure.text}: {figure.meaning[:1].lower()}{figure.meaning[1:].rstrip('.')}"
        return f"{figure.text if shown == name else shown}{link('†', anchor(words()['synthetic']), figure.meaning)}"

    def term(self, shown: str, name: str) -> str:
        """A word, linked to its meaning, which also shows under the pointer."""
        slug = self._slug(name)
        if slug is None:
            return shown
        self.terms[slug] = self.book.glossary[slug]
        return link(shown, anchor(words()["words"]), self.terms[slug].short)

    def _slug(self, name: str) -> str | None:
        by_name = {term.term.lower(): slug for slug, term in self.book.glossary.items()}
        spelled = name.lower()
        tried = (
            by_name.get(form) or (form if form in self.book.glossary else None)
            for form in (spelled, spelled.removesuffix("s"), spelled.replace(" ", "-"))
        )
        return next((slug for slug in tried if slug), None)

    def _numbered(self, name: str) -> str:
        """[3], linked to the source that stands as number 3 at the end."""
        found = note(self.book, name)
        if found is None:
            return ""
        self.notes[name] = found
        number = f"[{list(self.notes).index(name) + 1}]"
        return link(number, found.url or anchor(words()["sources"]), found.label or found.claim)

    def lists(self) -> list[str]:
        """The closing cells: words, synthetic figures, sources; none that would be empty."""
        terms = sorted(self.terms.values(), key=lambda term: term.term.lower())
        figures = "\n".join(f"- {text}." for text in self.figures.values())
        return [
            f"## {title}\n\n{text}"
            for title, text in (
                (words()["words"], "\n".join(map(_meaning, terms))),
                (words()["synthetic"], f"{words()['synthetic_note'].strip()}\n\n{figures}" if figures else ""),
                (words()["sources"], "\n".join(f"{n}. {_citation(x)}" for n, x in enumerate(self.notes.values(), 1))),
            )
            if text
        ]


def split(content: str) -> tuple[str, str]:
    """A role's words and its target: `32 practices <F217>`, or `F217` for both."""
    found = WITH_TARGET.match(content)
    return (found["words"], found["target"].strip()) if found else (content, content)


def link(shown: str, address: str, title: str = "") -> str:
    """A Markdown link whose title, shown under the pointer, cannot break it."""
    hover = " ".join(re.sub(r"[*_`\\]", "", title).replace('"', "'").split())
    return f'[{shown}]({address} "{hover}")' if hover else f"[{shown}]({address})"


def anchor(heading: str) -> str:
    """Where JupyterLab takes a link to a heading."""
    return "#" + heading.strip().replace(" ", "-")


def _meaning(term: Term) -> str:
    today = f" {words()['today'].format(name=term.now.rstrip('.'))}" if term.now else ""
    return f"- **{term.term}.** {term.short}{today}"


def _citation(found: Note) -> str:
    dates = [words()["as_at"].format(x=found.as_at)] if found.as_at else []
    dates += [words()["unsure"]] if found.unsure else []
    dates += [words()["checked"].format(x=found.checked)] if found.checked else []
    opened = [link(words()["open_source"], found.url) + "."] if found.url else []
    return " ".join([found.claim, found.citation, *dates, *opened])
