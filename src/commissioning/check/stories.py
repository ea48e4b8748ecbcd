"""Stories compute: what a scenario's texts say is true on every path that tells them.

Every path is walked (`scenario.paths`; more than 100,000 are sampled, and the fault says so). Found are: a sentence
that no path tells; an ending left without words; a number that has no value, or that is told without a sign where it
may go either way; a typed number beside the name of a variable that on some path is neither its value, nor its change,
nor its start; a quoted choice that was not taken; and, in an ending, a sentence that says what the reader did without a
condition of its own or of the ending's. In a negotiation, points that are typed must be points of its terms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from commissioning.book import Book
from commissioning.check.figures import Figure, figures
from commissioning.check.prose import sentences as sentences_of
from commissioning.kinds import scenario
from commissioning.kinds.scenario.telling import ALWAYS, Place, Sentence, Telling, sentences
from commissioning.scenario import find as rules_faults
from commissioning.scenario import paths
from commissioning.scenario.graph import find_circle
from commissioning.scenario.steps import as_name
from commissioning.source import markdown, told
from commissioning.source.expression import evaluate
from commissioning.source.faults import Fault
from commissioning.source.sheets import Sheet

Trail = tuple[str | int, ...]
Found = Iterator[tuple[Trail, str, str]]
AHEAD, BEHIND = 6, 4
"""How many words after a typed number, and before it, name what it counts."""
DID = (
    "asked|ate|became|began|bought|broke|brought|built|called|came|chose|closed|cut|did|drew|fell|felt|found|gave|got|had"
    "|heard|held|hid|kept|knew|led|left|lent|let|lost|made|met|paid|put|ran|rang|read|said|sat|saw|sent|shared|shut|sold"
    "|spent|spoke|stood|stuck|taught|thought|told|took|went|won|wrote|\\w{2,}ed"
)
YOU_DID = re.compile(rf"\b(?:You|you)(?:'ve|’ve| have)? (?:\w+ly )?(?:{DID})\b")
NOT_DONE = re.compile(
    r"\b(?:if|would|could|might|what|when|where|that|which|whom?|than|once|as|before|after|until|had|whether|how)\s+$",
    re.I,
)
"""What stands before 'you did' where nothing is said to have been done, or only in passing."""
QUOTED = re.compile(r"[“\"]([^”\"]{8,})[”\"]")
CLAUSE = re.compile(r"[.,;:!?](?:\s|$)|\band\b|\bbut\b")
LIMITS: dict[str, Callable[[float], Callable[[float], bool]]] = {
    "below": lambda limit: lambda value: value < limit,
    "under": lambda limit: lambda value: value < limit,
    "less than": lambda limit: lambda value: value < limit,
    "fewer than": lambda limit: lambda value: value < limit,
    "above": lambda limit: lambda value: value > limit,
    "over": lambda limit: lambda value: value > limit,
    "more than": lambda limit: lambda value: value > limit,
    "at least": lambda limit: lambda value: value >= limit,
    "at most": lambda limit: lambda value: value <= limit,
    "reached": lambda limit: lambda value: value >= limit,
}
NEITHER = re.compile(r"\b(?:neither|not|never)\b[^.;:]*$", re.I)
LIMIT = re.compile(rf"\b({'|'.join(LIMITS)})\s+$", re.I)
POINTS = re.compile(r"\bpoints?\b")


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Every such fault, with the page whose decision it is in."""
    for slug, chapter in book.pages.items():
        for sheet in chapter.decisions.values():
            for trail, wrong, right in find_in(sheet):
                yield slug, sheet.fault(trail, wrong, right)


def find_in(sheet: Sheet[Any]) -> Found:
    """The faults of one decision, as (trail, what is wrong, what would be right)."""
    if sheet.model.kind == "negotiation":
        yield from _in_terms(sheet.model)
    if sheet.model.kind == scenario.NAME and can_be_walked(sheet.model):
        yield from _Story(sheet.model).find()


def can_be_walked(exercise: Any) -> bool:
    """Whether its rules and its texts can be read, and no path leads back into itself; its kind says what is wrong."""
    if list(rules_faults(scenario.rules(exercise))) or list(scenario.telling(exercise).find()):
        return False
    compiled = scenario.compiled(exercise)
    return not find_circle(compiled, compiled["first"], (), {"end"})


@dataclass
class _Said:
    """One sentence of a text, where it stands, and every set of values that it is told from."""

    trail: Trail
    place: Place
    one: Sentence
    told: list[dict[str, float]] = field(default_factory=list)
    taken: list[frozenset[tuple[str, str]]] = field(default_factory=list)


class _Story:
    """A scenario with everything that its paths tell."""

    def __init__(self, exercise: Any) -> None:
        self.exercise, self.rules = exercise, scenario.compiled(exercise)
        self.telling: Telling = scenario.telling(exercise)
        self.texts: list[list[_Said]] = []
        for trail, place, part in self.telling.texts():
            at = [trail] if isinstance(part, str) else [(*trail, index) for index in range(len(part))]
            self.texts.append([_Said(t, place, one) for t, one in zip(at, sentences(part), strict=True)])
        self.silent: dict[Trail, tuple[str, ...]] = {}
        self._walk()

    def _walk(self) -> None:
        by_place: dict[Place, list[list[_Said]]] = defaultdict(list)
        trees = {id(said): self.telling.tree(said.one.when) for text in self.texts for said in text}
        for text in self.texts:
            by_place[text[0].place].append(text)
        for path, place, values in self.telling.told_once(self.rules):
            taken = frozenset((move.node, move.choice) for move in path)
            for text in by_place[place]:
                holding = [said for said in text if evaluate(trees[id(said)], values)]
                for said in holding:
                    said.told.append(values)
                    said.taken.append(taken)
                if not holding:
                    self.silent.setdefault(text[0].trail, tuple(move.choice for move in path))

    def find(self) -> Found:
        more = "" if paths.is_whole(self.rules) else f" (of {paths.MOST_PATHS:,} paths drawn)"
        for trail, path in self.silent.items():
            wrong = f"nothing is told here after {', '.join(repr(choice) for choice in path)}."
            yield trail[:-1], wrong, "Give one sentence no condition."
        for text in self.texts:
            for said in text:
                if not said.told:
                    if len(text) > 1 or said.one.when != ALWAYS:
                        yield said.trail, f"no path tells this sentence{more}.", "Change its 'when', or leave it out."
                    continue
                yield from self._in_numbers(said)
                yield from self._in_figures(said)
                if said.place[0] == "ending":
                    yield from self._in_quotations(said)
                    yield from self._in_deeds(said)

    def _in_numbers(self, said: _Said) -> Found:
        for written, number in self.telling.numbers(said.one.text).items():
            if any(evaluate(number.tree, values) is None for values in said.told):
                yield said.trail, f"'{{{written}}}' has no value on some path.", "Do not divide by what may be 0."
            name = written.removesuffix("_change")
            if written.endswith("_change") and name in self.exercise.variables and said.place[0] in ("node", "ending"):
                start = self.rules["start"][name]
                if any(v[name] < start for v in said.told) and any(v[name] > start for v in said.told):
                    wrong = f"'{{{written}}}' is told without a sign, and it rises on some paths and falls on others."
                    yield said.trail, wrong, "Write a sentence for each, with 'when'."

    def _in_figures(self, said: _Said) -> Found:
        text = markdown.plain(told.PLACE.sub("…", said.one.text))
        for figure in figures(text):
            for name, variable in self.exercise.variables.items():
                value = _in_unit(figure, variable.unit)
                if value is None or not _beside(text, figure, variable):
                    continue
                start = self.rules["start"][name]
                limit = _limit(text[: figure.at], value)
                strange = [
                    v for v in said.told if not limit(v[name]) and value not in (v[name], v[f"{name}_change"], start)
                ]
                if strange:
                    is_, by = sorted({v[name] for v in strange}), sorted({v[f"{name}_change"] for v in strange})
                    wrong = (
                        f"'{figure.written}' is typed beside '{variable.label}', which here is {_span(is_)}"
                        f" and has changed by {_span(by)}."
                    )
                    yield said.trail, wrong, f"Write {{{name}}}, {{{name}_change}} or a sum with them."

    def _in_quotations(self, said: _Said) -> Found:
        for quoted in QUOTED.findall(said.one.text):
            for node, key, choice in _choices(self.exercise):
                if _same(quoted, choice.text) and any((node, key) not in taken for taken in said.taken):
                    wrong = f"it quotes the choice '{key}' of '{node}', which was not made on every path to here."
                    yield said.trail, wrong, f"Give the sentence 'when: {as_name(node)}.{as_name(key)}'."

    def _in_deeds(self, said: _Said) -> Found:
        if said.one.when != ALWAYS or said.one.always or self._names_a_choice(said.place[1]):
            return
        for sentence in sentences_of(markdown.plain(said.one.text)):
            done = (found for found in YOU_DID.finditer(sentence) if not NOT_DONE.search(sentence[: found.start()]))
            if did := next(done, None):
                wrong = f"'{did.group()} …' says what the reader did, and is told on every path to this ending."
                yield said.trail, wrong, "Write it as a sentence with its 'when', or say why it is 'always' true."
                return

    def _names_a_choice(self, ending: str) -> bool:
        when = self.exercise.endings[ending].when
        return any(f"{as_name(node)}.{as_name(key)}" in when for node, key, _ in _choices(self.exercise))


def _choices(exercise: Any) -> Iterator[tuple[str, str, Any]]:
    for node, part in exercise.nodes.items():
        for key, choice in part.choices.items():
            yield node, key, choice


def _in_unit(figure: Figure, unit: str) -> float | None:
    """A figure as a value of a variable of this unit; None where they are of different kinds."""
    if unit.startswith("£"):
        scale = 1_000_000 if unit.startswith("£m") else 1_000 if unit.startswith("£k") else 1
        return figure.value / scale if figure.kind == "money" else None
    return figure.value if figure.kind == ("share" if unit == "%" else "count") else None


def _beside(text: str, figure: Figure, variable: Any) -> bool:
    """Whether the words round a typed number, in its own clause, name this variable.

    All of its label must stand there, or its unit and a word of its label. One without a unit is a mark out of so many,
    and is named before its number: "candour is 60"; in "three practices" practices are counted.
    """
    after = _words(CLAUSE.split(text[figure.at + len(figure.written) :])[0])[:AHEAD] if variable.unit else []
    near = {*map(_stem, _words(CLAUSE.split(text[: figure.at])[-1])[-BEHIND:]), *map(_stem, after)}
    label = {_stem(word) for word in _words(variable.label) if word not in ("the", "of", "them", "these", "a")}
    unit = "" if variable.unit.startswith(told.PRINTED_UNITS) else " ".join(_words(variable.unit))
    if unit and f" {unit} " in f" {' '.join(after)} ":
        return bool(label & near)
    return bool(label) and label <= near


def _limit(before: str, limit: float) -> Callable[[float], bool]:
    """Whether a value keeps what the words before a typed number say of it: "below 60", "at least 50"."""
    said = LIMIT.search(before)
    if not said:
        return lambda _: False
    keeps = LIMITS[said.group(1).lower()](limit)
    return (lambda value: not keeps(value)) if NEITHER.search(before) else keeps


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z][a-z'’-]*", text.lower())


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|ing|ed|es|s)$", "", word)


def _span(values: list[float]) -> str:
    return f"{values[0]:g}" if len(values) == 1 else f"{values[0]:g} to {values[-1]:g}"


def _same(quoted: str, choice: str) -> bool:
    words, whole = _words(quoted), " ".join(_words(markdown.plain(choice)))
    return len(words) >= 3 and " ".join(words) in whole


def _in_terms(exercise: Any) -> Found:
    """Typed points of a negotiation that are no points of its terms, nor a sum or a difference of two."""
    whole = set[float]()
    for name, issue in exercise.issues.items():
        own = _worths(issue.options.values())
        whole |= own
        for key, term in issue.options.items():
            yield from _strange_points(("issues", name, "options", key, "explanation"), term.explanation, own)
    for name, interest in exercise.interests.items():
        yield from _strange_points(("interests", name, "explanation"), interest.explanation, whole)


def _worths(terms: Iterable[Any]) -> set[float]:
    points = [(term.you, term.them, term.you + term.them) for term in terms]
    apart = {abs(a - b) for one, other in combinations(points, 2) for a, b in zip(one, other, strict=True)}
    return {abs(value) for term in points for value in term} | apart


def _strange_points(trail: Trail, text: str, known: set[float]) -> Found:
    for sentence in sentences_of(markdown.plain(text)):
        if POINTS.search(sentence):
            for figure in figures(sentence):
                if figure.kind == "count" and figure.value > 2 and figure.value not in known:
                    wrong = f"'{figure.written}' is no number of points that these terms have, or differ by."
                    yield trail, wrong, "Write the points of the terms."
