"""What is half-made and not decided: what it belongs to, where to go on, and the words that stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from commissioning.record.shapes import Draft, Record
from commissioning.record.views.index import Entry, Index

AGAIN = ":again"
"""Behind the id of a question: it is asked again in a later chapter, and was begun there."""


@dataclass(frozen=True)
class Begun:
    """One answer that is half-made. `entry` is None where the book no longer has the exercise."""

    name: str
    entry: Entry | None
    chapter: str
    draft: Draft

    @property
    def call(self) -> str:
        """What shows it in a notebook, to go on; nothing for what the book no longer has."""
        if self.entry is None:
            return ""
        if self.name.endswith(AGAIN):
            return f'from_before("{self.chapter}")'
        return f'questions("{self.chapter}")' if self.entry.is_question else f'decision("{self.entry.id}")'

    @property
    def words(self) -> str:
        """What the learner typed, with empty lines between: every text of the form that is more than one word."""
        texts = [text for _, text in sorted(self.draft.fields.items()) if isinstance(text, str)]
        return "\n\n".join(text for text in texts if " " in text.strip(" "))


def begun(record: Record, known: Index) -> list[Begun]:
    """What is half-made, in reading order; what the book no longer has comes last. None of it counts as decided."""
    there = [name + end for name in known.exercises for end in ("", AGAIN) if name + end in record.drafts]
    gone = sorted(set(record.drafts) - set(there))
    return [_begun(name, record.drafts[name], known) for name in (*there, *gone)]


def _begun(name: str, draft: Draft, known: Index) -> Begun:
    one = known.exercises.get(name.removesuffix(AGAIN))
    chapter = one.chapter if one else ""
    if one and name.endswith(AGAIN):
        chapter = next((slug for slug in known.chapters if one.id in known.asked_again(slug)), chapter)
    return Begun(name, one, chapter, draft)
