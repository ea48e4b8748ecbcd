"""Plain words: write a short text for people who were not in the room, then mark it yourself against a list.

The learner writes first and sees nothing. Then come the list, with what each point is for; one to three good texts; and
a bad one, in which each passage that fails its readers is `{id: its words}` and has its own explanation. What counts is
the learner's own marking, so how long the text is stands beside it and is no part of it.

Response: {"text": str, "points": [ids ticked]}. Words are counted between spaces, as people count them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given
from commissioning.kinds.told import plainly
from commissioning.source import markdown, shapes

NAME = "plain-words"
MARKED = True
WORD = re.compile("[^ \t\r\n\u00a0\u2028\u2029]+")
"""A word, the same here and in the browser: whatever stands between spaces and the ends of lines."""
PASSAGE = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*):([^{}\n]+)\}")
Found = Iterator[tuple[tuple[str | int, ...], str, str]]


class Length(shapes.Shape):
    """How many words are asked for, from the fewest that could do it to the most that will be read."""

    least: int = Field(ge=20, le=400)
    most: int = Field(ge=30, le=400)


class Point(shapes.Shape):
    """One thing to look for in one's own text."""

    text: shapes.Text = Field(description="What to look for, as something that is there or is not.")
    explanation: shapes.Text = Field(description="What readers do with it, and when to leave it out: at most 70 words.")


class Model(shapes.Shape):
    """A good answer. There are others."""

    title: shapes.Text
    text: shapes.Text
    explanation: shapes.Text = Field(description="What it does well, and what it gives up: at most 70 words.")


class Span(shapes.Shape):
    """One passage of the bad answer."""

    explanation: shapes.Text = Field(description="What it does to those who read it: at most 70 words.")


class Decision(shapes.Decision, shapes.Keyed):
    """A text to write, a list to mark it by, one to three good answers, and a bad one explained."""

    kind: Literal["plain-words"]
    length: Length
    points: dict[shapes.Slug, Point] = Field(min_length=4, max_length=8)
    models: dict[shapes.Slug, Model] = Field(min_length=1, max_length=3)
    bad: shapes.Text = Field(description="Markdown, in which a passage that fails its readers is {id: its words}.")
    spans: dict[shapes.Slug, Span] = Field(min_length=2, max_length=8)

    def passages(self) -> list[tuple[str, str]]:
        """(id, words) of each passage of the bad answer that `spans` knows, in reading order."""
        return [(m[1], m[2].strip()) for m in PASSAGE.finditer(self.bad) if m[1] in self.spans]

    def bad_text(self) -> str:
        """The bad answer as Markdown, each passage followed by its number in brackets."""
        order = [name for name, _ in self.passages()]

        def numbered(match: re.Match[str]) -> str:
            number = f" **({order.index(match[1]) + 1})**" if match[1] in order else ""
            return f"{match[2].strip()}{number}"

        return PASSAGE.sub(numbered, self.bad)


Question = None


def words_of(text: str) -> int:
    """How many words a text has, as the browser counts them."""
    return len(WORD.findall(text))


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Lengths that leave no room, good answers that break them, and passages that one of the two places lacks."""
    length = exercise.length
    if length.least >= length.most:
        yield ("length",), f"from {length.least} to {length.most} words leaves no room.", "'most' is more than 'least'."
    for name, model in exercise.models.items():
        count = words_of(markdown.plain(model.text))
        if not length.least <= count <= length.most:
            wrong = f"a good answer has {count} words, and {length.least} to {length.most} are asked for."
            yield ("models", name, "text"), wrong, "Keep to the length that learners have, or ask for another."
    marked = Counter(match[1] for match in PASSAGE.finditer(exercise.bad))
    for name, times in marked.items():
        if name not in exercise.spans:
            yield ("bad",), f"it marks '{name}', which is not in 'spans'.", "Say under 'spans' what is wrong with it."
        elif times > 1:
            yield ("bad",), f"it marks '{name}' {times} times.", "Give each passage its own id."
    for name in exercise.spans:
        if name not in marked:
            yield ("spans", name), "the bad answer does not mark this passage.", f"Write {{{name}: its words}} there."
    if re.search(r"[{}]", PASSAGE.sub("", exercise.bad)):
        yield ("bad",), "a bracket opens or closes no passage.", "A passage is {id: its words}, on one line."
    for name, times in Counter(point.text for point in exercise.points.values()).items():
        if times > 1:
            yield ("points",), f"two points are the same: '{name}'.", "Each is something else to look for."


def explained(exercise: Decision) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What each point is for, what each good answer gives up, and what each bad passage does to its readers."""
    for group in ("points", "models", "spans"):
        for name, one in getattr(exercise, group).items():
            yield (group, name, "explanation"), "explanation", one.explanation


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"points": [ids], "least": n, "most": n}"""
    return {"points": list(exercise.points), "least": exercise.length.least, "most": exercise.length.most}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"had", "of", "words", "over"} for {"text": str, "points": [ids]}: the learner's own marking, counted.

    `over` is how many words the text has beyond the most that were asked for, or 0. None for a text without a word, and
    for a point that is not on the list.
    """
    if not isinstance(response, dict) or not isinstance(response.get("text"), str):
        return None
    points, count = response.get("points"), words_of(response["text"])
    if not count or not isinstance(points, list):
        return None
    if not all(isinstance(point, str) and point in marking["points"] for point in points):
        return None
    over = max(0, count - marking["most"])
    return {"had": len(set(points)), "of": len(marking["points"]), "words": count, "over": over}


def met(score: dict[str, Any]) -> bool | None:
    """Whether at least two thirds of the points were ticked by the learner."""
    return bool(3 * score["had"] >= 2 * score["of"])


told = plainly
