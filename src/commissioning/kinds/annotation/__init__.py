"""Annotation: mark up a document, passage by passage, and say what it leaves out.

The document is Markdown, one numbered line to a line, in which each passage that can be marked is `{id: its words}`:

    Please send {everyone: a record for every patient}, with {postcode: the full postcode}.

A passage in `spans` names the `tags` that the authors accept for it; one that names none needs no mark. Recall is the
share of passages needing a mark that carry an accepted one; precision the share of the learner's marks that are
accepted (in the sense of information retrieval: Van Rijsbergen 1979). A tag under `near` gets a message, not a mark.
`elements` are things a good document of this sort may need: some are left out of it (`missing: true`), some are not.

Response: {"tags": {span: tag}, "missing": [elements ticked]}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import With
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean, listed

NAME = "annotation"
MARKED = True
PASSAGE = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*):([^{}\n]+)\}")
OPENS, NAMED, CLOSES = "\ue000", "\ue001", "\ue002"
Found = Iterator[tuple[tuple[str | int, ...], str, str]]


class Span(shapes.Shape):
    """What the authors say of one passage."""

    tags: list[shapes.Slug] = Field(default=[], description="The tags accepted for it. None: it needs no mark.")
    offer: list[shapes.Slug] = Field(default=[], description="The tags to choose from here, if not all of them.")
    near: dict[shapes.Slug, shapes.Text] = Field(
        default={}, description="Tags that nearly fit, and what to say to each."
    )
    explanation: shapes.Text = Field(description="Why it needs this mark, or none: at most 70 words.")


class Element(shapes.Shape):
    """Something that such a document may need."""

    text: shapes.Text
    missing: bool = Field(description="Whether this document needs it and leaves it out.")
    explanation: shapes.Text = Field(description="Why it is missed, or where it is, or why nobody needs it.")


class Decision(shapes.Decision, shapes.Keyed):
    """A document to mark up with two to six tags, and, if wished, a list of what it may leave out."""

    kind: Literal["annotation"]
    document: shapes.Text = Field(description="Markdown, a numbered line to a line; a passage is {id: its words}.")
    tags: dict[shapes.Slug, shapes.Text] = Field(min_length=1, max_length=6)
    spans: dict[shapes.Slug, Span] = Field(min_length=3, max_length=30)
    elements: dict[shapes.Slug, Element] = Field(default={}, max_length=10)

    def lines(self) -> list[str]:
        """The document's lines, each passage between marks that outlast Markdown and become HTML in the template."""
        clean = re.sub(f"[{OPENS}-{CLOSES}]", "", self.document)
        marked = PASSAGE.sub(lambda m: f"{OPENS}{m.group(1)}{NAMED}{m.group(2).strip()}{CLOSES}", clean)
        return [line.strip() for line in marked.splitlines() if line.strip()]

    def passages(self) -> list[tuple[str, str, int]]:
        """(id, words, number of its line) of each passage that `spans` knows, in reading order."""
        lines = [line for line in self.document.splitlines() if line.strip()]
        found = ((m, number) for number, line in enumerate(lines, start=1) for m in PASSAGE.finditer(line))
        return [(m.group(1), m.group(2).strip(), number) for m, number in found if m.group(1) in self.spans]

    def offered(self, span: str) -> list[str]:
        """The tags that one may choose from for a passage."""
        return self.spans[span].offer or list(self.tags)


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Passages that the document or `spans` lacks, tags that do not exist, and documents with nothing to find."""
    yield from _find_in_document(exercise)
    for name, span in exercise.spans.items():
        yield from _find_in_span(exercise, name, span)
    if not any(span.tags for span in exercise.spans.values()):
        yield ("spans",), "no passage needs a mark.", "Give 'tags' to those that do."
    elif all(span.tags for span in exercise.spans.values()):
        yield ("spans",), "every passage needs a mark.", "Add some that need none, or precision says nothing."
    if exercise.elements and len({element.missing for element in exercise.elements.values()}) == 1:
        yield ("elements",), "the key is unbalanced: all are missing, or none is.", "Mix the two."


def _find_in_document(exercise: Decision) -> Found:
    marked = [(match.group(1), match.group(2)) for match in PASSAGE.finditer(exercise.document)]
    names = [name for name, _ in marked]
    for name, words in dict(marked).items():
        if not words.strip():
            yield ("document",), f"the document marks '{name}', but none of its words.", f"Write {{{name}: its words}}."
        if name not in exercise.spans:
            wrong = f"the document marks '{name}', which is not in 'spans'."
            yield ("document",), wrong, did_you_mean(name, exercise.spans)
        if names.count(name) > 1:
            yield ("document",), f"the document marks '{name}' {names.count(name)} times.", "Give each its own id."
    for name in exercise.spans:
        if name not in names:
            yield ("spans", name), "the document does not mark this passage.", f"Write {{{name}: its words}} there."
    if re.search(r"[{}]", PASSAGE.sub("", exercise.document)):
        wrong = "a bracket in the document opens or closes no passage."
        yield ("document",), wrong, "A passage is {id: its words}, on one line."


def _find_in_span(exercise: Decision, name: str, span: Span) -> Found:
    groups: dict[str, list[str]] = {"tags": span.tags, "offer": span.offer, "near": list(span.near)}
    for group, tags in groups.items():
        for tag in tags:
            if tag not in exercise.tags:
                yield ("spans", name, group), f"there is no tag '{tag}'.", did_you_mean(tag, exercise.tags)
            elif group != "offer" and tag not in exercise.offered(name):
                wrong = f"'{tag}' is not offered here."
                yield ("spans", name, group), wrong, f"'offer' has {listed(exercise.offered(name))}."
    if both := [tag for tag in span.near if tag in span.tags]:
        yield ("spans", name, "near"), f"'{both[0]}' is accepted, so it is not a near miss.", "Keep one of the two."


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"tags": [ids], "spans": [[id, [accepted], [near]]] in reading order, "elements": [[id, is missing]]}."""
    spans = [[name, exercise.spans[name].tags, list(exercise.spans[name].near)] for name, _, _ in exercise.passages()]
    elements = [[name, element.missing] for name, element in exercise.elements.items()]
    return {"tags": list(exercise.tags), "spans": spans, "elements": elements}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"hits", "near", "marked", "key", "recall", "precision", "found", "lacking", "extra"}.

    hits, near, found: ids. marked: passages with a mark; key: passages that need one; lacking: how many elements are
    missing; extra: how many ticked that are not. Precision is None where nothing is marked. The whole is None where the
    response names a passage, tag or element that does not exist.
    """
    if not isinstance(response, dict):
        return None
    tags, ticked = response.get("tags"), response.get("missing")
    if not isinstance(tags, dict) or not isinstance(ticked, list):
        return None
    spans, elements = [span for span, _, _ in marking["spans"]], [name for name, _ in marking["elements"]]
    known = all(span in spans and tag in marking["tags"] for span, tag in tags.items())
    if not known or not all(name in elements for name in ticked):
        return None
    hits = [span for span, accepted, _ in marking["spans"] if tags.get(span) in accepted]
    key = sum(bool(accepted) for _, accepted, _ in marking["spans"])
    return {
        "hits": hits,
        "near": [span for span, _, near in marking["spans"] if tags.get(span) in near],
        "marked": len(tags),
        "key": key,
        "recall": len(hits) / key,
        "precision": len(hits) / len(tags) if tags else None,
        "found": [name for name, missing in marking["elements"] if missing and name in ticked],
        "lacking": sum(missing for _, missing in marking["elements"]),
        "extra": sum(not missing and name in ticked for name, missing in marking["elements"]),
    }


def met(score: dict[str, Any]) -> bool | None:
    """Whether at least two thirds of the key's passages are marked."""
    return bool(3 * len(score["hits"]) >= 2 * score["key"])


def told(response: Mapping[str, Any], with_: With) -> str | None:
    """How many passages were marked, and how many things named as missing."""
    tags, missing = response.get("tags"), response.get("missing")
    if not isinstance(tags, dict) or not isinstance(missing, list):
        return None
    return with_.words["marked"].format(x=len(tags), n=len(missing))
