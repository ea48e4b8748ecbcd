"""Test-wise guessers: readers of form alone, who answer every keyed item of the book and may not beat chance.

Each guesser scores the options of an item by one habit of item-writers that gives keys away, and chooses the highest
scores: the longest option, the one without "so", the most hedged, the fewest absolutes, and so on. The habits are the
item-writing flaws of Haladyna, Downing and Rodriguez (2002, Applied Measurement in Education 15:309-334, guidelines 17
to 28: keep the length of choices equal, avoid specific determiners, avoid clues to the right answer) and of the NBME
item-writing guide ("flaws related to test-wiseness": grammatical cues, absolute terms, long correct answer, word
repeats, convergence). The last guesser reads the page just above, without understanding it: it chooses the option that
shares the most rare words with it.

What is right by chance is exact. An item has n options, of which k are keyed, and a guesser chooses k; tied options
share a choice. If the keys stood at random, the guesser's hits would have the mean k*k/n and the variance of the total
of a sample without replacement, k*(1 - k/n)*S2, where S2 is the variance of its choices over the options (Cochran 1977,
2.5). Items are taken as independent, so both add up. A guesser beats chance when its hits exceed the mean by more than
two standard errors: over the book, or within one kind of item.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from commissioning.book import Book, Chapter
from commissioning.check import around
from commissioning.source import markdown
from commissioning.source.faults import Fault
from commissioning.source.sheets import Sheet
from commissioning.source.tree import Trail

THE_BOOK = "the book"
MOST_ERRORS = 2.0
LEAST_ITEMS = 4
"""Fewer items of a kind are no test: two right of two at one in four is 2.4 standard errors, and one chance in 16."""
MOST_LONGEST = 0.4
"""Of a chapter's items with one key, the share whose key may be the longest option."""
SLACK = 1e-9
CAUSAL = re.compile(r"\b(?:so|since|because|therefore|thus|hence|as a result|which is why)\b", re.I)
HEDGE = re.compile(
    r"\b(?:may|might|could|can|some|sometimes|often|usually|perhaps|probably|likely|about|around|most|many|few|seems?|"
    r"suggests?|appears?|at least|unless|until|if|whether|only|partly|less|more|rather|not shown|cannot|yet)\b",
    re.I,
)
ABSOLUTE = re.compile(
    r"\b(?:all|every|everyone|everybody|everything|always|never|none|no|nobody|nothing|must|any|entirely|wholly|"
    r"completely|whole|each|certainly|proves?|will)\b",
    re.I,
)
NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter)\b", re.I
)


@dataclass(frozen=True)
class Item:
    """One thing with a key: its options as printed, which of them are keyed, and what stands above it on the page."""

    sheet: Sheet[Any]
    trail: Trail
    chapter: str
    kind: str
    name: str
    texts: tuple[str, ...]
    key: frozenset[int]
    above: str = field(default="", repr=False)
    rarity: Callable[[str], float] = field(default=lambda word: 1.0, repr=False, compare=False)

    @property
    def label(self) -> str:
        """The item by its chapter and id."""
        return f"{self.chapter}/{self.name}"

    @cached_property
    def words(self) -> list[set[str]]:
        """The words of each option that not every option has."""
        sets = [around.stems(text) for text in self.texts]
        shared: set[str] = set.intersection(*sets)
        return [own - shared for own in sets]


def _rare_words(item: Item) -> list[float]:
    above = around.stems(item.above)
    return [sum(item.rarity(word) for word in sorted(own & above)) for own in item.words]


def _counting(pattern: re.Pattern[str], sign: int) -> Callable[[Item], list[float]]:
    return lambda item: [sign * len(pattern.findall(text)) for text in item.texts]


def _standing(place: Callable[[int], float]) -> Callable[[Item], list[float]]:
    return lambda item: [-abs(index - place(len(item.texts))) for index in range(len(item.texts))]


GUESSERS: dict[str, Callable[[Item], list[float]]] = {
    "the longest": lambda item: [len(text) for text in item.texts],
    "the shortest": lambda item: [-len(text) for text in item.texts],
    "no 'so', 'since' or 'because'": _counting(CAUSAL, -1),
    "the most hedged": _counting(HEDGE, 1),
    "the most commas": lambda item: [text.count(",") for text in item.texts],
    "the fewest absolutes": _counting(ABSOLUTE, -1),
    "the most numbers": _counting(NUMBER, 1),
    "the first": _standing(lambda many: 0),
    "the middle": _standing(lambda many: (many - 1) / 2),
    "the last": _standing(lambda many: many - 1),
    "the most rare words of the page above": _rare_words,
}
"""Each guesser by what it chooses: the options' scores, of which it takes the highest."""


@dataclass(frozen=True)
class Guess:
    """How one guesser does over some items: what it got right, what chance would, and the standard error of that."""

    guesser: str
    items: tuple[Item, ...]
    right: float
    chance: float
    error: float
    hits: tuple[float, ...] = ()

    @property
    def beats(self) -> bool:
        """Whether it beats chance by more than two standard errors."""
        return self.right - self.chance > MOST_ERRORS * self.error + SLACK

    @property
    def errors(self) -> float:
        """By how many standard errors it differs from chance."""
        return (self.right - self.chance) / self.error if self.error else 0.0


def items(book: Book) -> list[Item]:
    """Every keyed item of the book, in the order of the pages: decisions, then closing questions."""
    found: list[Item] = []
    rare = around.rarity(book)
    for chapter in book.pages.values():
        for name, sheet in chapter.decisions.items():
            above = f"{around.above(chapter, 'decision', name)} {sheet.model.situation} {sheet.model.ask}"
            found += _of(sheet, (), chapter, name, sheet.model, above, rare)
        if chapter.questions:
            above = around.above(chapter, "questions", chapter.slug)
            for name, question in chapter.questions.model.items():
                found += _of(chapter.questions, (name,), chapter, name, question, f"{above} {question.ask}", rare)
    return found


def _of(
    sheet: Sheet[Any], at: Trail, chapter: Chapter, name: str, content: Any, above: str, rare: Callable[[str], float]
) -> Iterator[Item]:
    kind = content.kind if not at else "closing question"
    if content.kind == "concordance":
        yield from _of_panel(sheet, chapter, name, content, above, rare)
    if content.kind not in ("best-answer", "claim", "choose-three", "ranking"):
        return
    names = list(content.options)
    keys = [content.key] if isinstance(content.key, str) else list(content.key)
    if content.kind == "ranking":
        keys = keys[:1]
    texts = tuple(markdown.plain(option.text) for option in content.options.values())
    if set(keys) <= set(names):
        yield Item(sheet, (*at, "key"), chapter.slug, kind, name, texts, frozenset(map(names.index, keys)), above, rare)


def _of_panel(
    sheet: Sheet[Any], chapter: Chapter, name: str, content: Any, above: str, rare: Callable[[str], float]
) -> Iterator[Item]:
    """A concordance's facts are keyed only where a real panel has answered: by the commonest of its answers."""
    for fact, item in content.items.items():
        best = [place for place, count in enumerate(item.panel) if count == max(item.panel)]
        if len(best) == 1:
            label, at = f"{name}, {fact}", ("items", fact, "panel")
            yield Item(
                sheet, at, chapter.slug, "concordance", label, tuple(content.scale), frozenset(best), above, rare
            )


def choices(scores: list[float], many: int) -> list[float]:
    """The share of each option in a guesser's `many` choices: the highest scores, the tied ones sharing."""
    taken = [0.0] * len(scores)
    left = many
    for score in sorted(set(scores), reverse=True):
        tied = [index for index, own in enumerate(scores) if own == score]
        for index in tied:
            taken[index] = min(1.0, left / len(tied))
        left -= min(left, len(tied))
        if not left:
            break
    return taken


def guess(name: str, asked: list[Item]) -> Guess:
    """How the guesser of this name does over these items."""
    right = chance = variance = 0.0
    hits: list[float] = []
    for item in asked:
        many, key = len(item.texts), len(item.key)
        taken = choices(GUESSERS[name](item), key)
        hits.append(sum(taken[index] for index in item.key))
        mean = key / many
        spread = sum((share - mean) ** 2 for share in taken) / (many - 1)
        right, chance = right + hits[-1], chance + key * mean
        variance += key * (1 - mean) * spread
    return Guess(name, tuple(asked), right, chance, math.sqrt(variance), tuple(hits))


def by_kind(asked: list[Item]) -> dict[str, list[Item]]:
    """The items of the whole book, then those of each kind."""
    kinds = Counter(item.kind for item in asked)
    return {THE_BOOK: asked, **{kind: [item for item in asked if item.kind == kind] for kind in kinds}}


def longest(asked: list[Item]) -> tuple[float, int]:
    """How many of these items with one key have it as their longest option (joint longest counts by its share)."""
    one = [item for item in asked if len(item.key) == 1 and item.kind not in ("ranking", "concordance")]
    return guess("the longest", one).right, len(one)


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Guessers that beat chance over the book or within a kind, and chapters whose keys are too often the longest."""
    asked = items(book)
    for group, members in by_kind(asked).items():
        for name in GUESSERS:
            outcome = guess(name, members)
            if outcome.beats and (group == THE_BOOK or len(members) >= LEAST_ITEMS):
                yield "the-book", _fault(group, outcome)
    for slug, chapter in book.chapters.items():
        own = [item for item in asked if item.chapter == slug]
        hits, many = longest(own)
        if many and hits > MOST_LONGEST * many + SLACK:
            wrong = f"the key is the longest option in {hits:.3g} of {many} items with one key{_named(own)}."
            at = chapter.questions or chapter.head
            yield slug, at.fault((), wrong, f"At most {MOST_LONGEST:.0%}: lengthen a wrong option, or shorten the key.")


def _named(own: list[Item]) -> str:
    one = [item for item in own if longest([item])[0] > 0.5]
    return f" ({', '.join(item.name for item in one)})" if one else ""


def _fault(group: str, outcome: Guess) -> Fault:
    means = [len(item.key) ** 2 / len(item.texts) for item in outcome.items]
    guessed = [item for item, hit, mean in zip(outcome.items, outcome.hits, means, strict=True) if hit > mean + SLACK]
    where = "the whole book" if group == THE_BOOK else f"the kind '{group}'"
    wrong = (
        f"over {where}, one who reads no content and chooses {outcome.guesser} gets {outcome.right:.1f} right in "
        f"{len(outcome.items)} items; chance gets {outcome.chance:.1f}, give or take {outcome.error:.1f}."
    )
    named = ", ".join(item.label for item in guessed)
    right = f"At most two standard errors above chance. Reword options where that works: {named}."
    return guessed[0].sheet.fault(guessed[0].trail, wrong, right)


def table(book: Book) -> Iterator[str]:
    """The lines of a table: for the book and each kind, what each guesser gets right against chance."""
    asked = items(book)
    for group, members in by_kind(asked).items():
        yield f"{group}: {len(members)} items"
        for name in GUESSERS:
            made = guess(name, members)
            mark = "  BEATS CHANCE" if made.beats else ""
            yield f"  {name:40}{made.right:6.1f}{made.chance:8.1f} ± {made.error:3.1f}{made.errors:+7.1f} SE{mark}"
    yield "the key is the longest option, of items with one key (at most 40%)"
    for slug in book.pages:
        hits, many = longest([item for item in asked if item.chapter == slug])
        if many:
            held = slug in book.chapters and hits > MOST_LONGEST * many + SLACK
            yield f"  {slug:40}{hits:6.1f} of {many}{'  TOO MANY' if held else ''}"
