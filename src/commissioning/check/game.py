"""What is wrong with the capstone's words: ids, lengths, links, conditions, and what shows only when it is played.

`find` is called by `check.find`, which hands in its own finder of links that lead nowhere. Two thousand seeded games
are played, so that no turn of any of them leaves the reader with nothing to read; what they showed is kept between
processes under a digest of the rules and the words. Over 300 lines and in one piece: it is one list of questions.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from commissioning import scenario
from commissioning.book import Book
from commissioning.game.words import (
    ATTENTION,
    FEWEST_SHOWN,
    LEDGER,
    SCRUTINY,
    SKINS,
    STANCE,
    UNSEEN,
    Conditions,
    Then,
    Words,
    has_game,
    holds,
    rules_sheet,
    said,
    told,
    words_sheet,
)
from commissioning.scenario import Rules, State
from commissioning.scenario.steps import told_of
from commissioning.source import markdown
from commissioning.source.cache import cached, digest_of
from commissioning.source.expression import ExpressionError, Tree
from commissioning.source.faults import Fault, Faults, did_you_mean
from commissioning.source.sheets import Sheet, read_utf8
from commissioning.source.tree import Trail

Links = Callable[[Book, Sheet[Any], Any, Trail], Iterator[Fault]]
Found = tuple[Trail, str, str]
MOST = {
    "premise": 150, "situation": 90, "consequence": 40, "explanation": 70, "papers": 90, "then": 40, "late": 40,
    "says": 60, "letter": 80, "paid": 45, "portrait": 90,
}  # fmt: skip
MOST_SAID, FEWEST_PARAGRAPHS, PLAYS = 45, 3, 2000


def find(book: Book, links: Links) -> Iterator[Fault]:
    """Every fault of the capstone; none if the book has no capstone."""
    if not has_game(book.root):
        return
    try:
        rules = rules_sheet(book.root).model
    except Faults as error:
        yield from error.faults
        return
    for skin in SKINS:
        try:
            sheet = words_sheet(book.root, skin)
        except Faults as error:
            yield from error.faults
            continue
        yield from find_in_words(book, rules, sheet, links)


def sheets(root: Path) -> list[Sheet[Words]]:
    """The tellings that can be read, for checks that go over every text of the book."""
    found = []
    for skin in SKINS if has_game(root) else ():
        try:
            found.append(words_sheet(root, skin))
        except Faults:
            continue
    return found


def find_in_words(book: Book, rules: Rules, sheet: Sheet[Words], links: Links) -> Iterator[Fault]:
    """Every fault of one telling."""
    words = sheet.model
    if f"words-{words.year}.yaml" != sheet.path.name:
        yield sheet.fault(("year",), f"this is {sheet.path.name}, and says {words.year}.", "")
    for trail, wrong, right in (*_in_ids(rules, words), *_in_lengths(words), *_in_explanations(words)):
        yield sheet.fault(trail, wrong, right)
    known = {**book.facts, **book.sources}
    for index, name in enumerate(words.sources):
        if name not in known:
            yield sheet.fault(("sources", index), f"there is no source '{name}'.", did_you_mean(name, known))
    if "people" in book.about:
        people = book.about["people"].model.larkmere
        for index, message in enumerate(words.messages):
            if message.who not in people:
                wrong = f"'{message.who}' is not one of the people."
                yield sheet.fault(("messages", index, "who"), wrong, did_you_mean(message.who, people))
    yield from links(book, sheet, words.model_dump(by_alias=True), ())
    conditions = Conditions(rules)
    bad = list(_in_conditions(conditions, rules, words))
    for trail, wrong, right in bad or _in_plays(sheet, rules, words, conditions):
        yield sheet.fault(trail, wrong, right)


# -- ids -----------------------------------------------------------------------------------------------------------


def _in_ids(rules: Rules, words: Words) -> Iterator[Found]:
    """Ids of the rules that this telling has no words for, and words for what is not there."""
    decided = {n: d for n, d in rules.decisions.items() if n not in (STANCE, ATTENTION)}
    stances = list(rules.decisions[STANCE].options)
    yield from _same(("accounts",), words.accounts, rules.accounts)
    yield from _same(("variables",), words.variables, [name for name in rules.variables if name not in UNSEEN])
    yield from _same(("lenses",), words.lenses, [name for name in rules.reports if name not in LEDGER])
    yield from _same(("channels",), words.channels, rules.decisions[ATTENTION].points)
    yield from _same(("stances",), words.stances, stances)
    yield from _same(("turns",), words.turns, range(1, rules.turns + 1))
    yield from _same(("decisions",), words.decisions, decided)
    for name in words.decisions.keys() & decided.keys():
        yield from _same(("decisions", name, "options"), words.decisions[name].options, decided[name].options)
    cards = [name for name in rules.events if name != SCRUTINY]
    yield from _same(("events",), words.events, cards)
    for name in words.events.keys() & set(cards):
        yield from _same(("events", name, "stances"), words.events[name].stances, stances)


def _same(trail: Trail, given: Mapping[Any, Any], wanted: Collection[Any]) -> Iterator[Found]:
    missing = [str(key) for key in wanted if key not in given]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        yield trail, f"there are no words for {', '.join(missing[:3])}{more}.", "Every id of the rules has its words."
    for key in given:
        if key not in wanted:
            yield (*trail, key), f"'{key}' is not an id of the rules.", did_you_mean(key, map(str, wanted))


# -- texts ---------------------------------------------------------------------------------------------------------


def _after_a_choice(words: Words) -> Iterator[tuple[Trail, Any]]:
    """Everything that has a consequence and an explanation: options, and stances to events."""
    for name, decision in words.decisions.items():
        for option, text in decision.options.items():
            yield ("decisions", name, "options", option), text
    for name, event in words.events.items():
        for stance, reply in event.stances.items():
            yield ("events", name, "stances", stance), reply


def _thens(words: Words) -> Iterator[tuple[Trail, list[Then]]]:
    for trail, part in _after_a_choice(words):
        yield (*trail, "then"), part.then
    for name, event in words.events.items():
        yield ("events", name, "then"), event.then


def _measured(words: Words) -> Iterator[tuple[Trail, str, int]]:
    yield ("premise",), words.premise, MOST["premise"]
    for number, turn in words.turns.items():
        for index, paper in enumerate(turn.papers):
            yield ("turns", number, "papers", index, "text"), paper.text, MOST["papers"]
    for name, decision in words.decisions.items():
        yield ("decisions", name, "situation"), decision.situation, MOST["situation"]
        for index, position in enumerate(decision.disagreement):
            yield ("decisions", name, "disagreement", index, "says"), position.says, MOST["says"]
    for name, event in words.events.items():
        yield ("events", name, "text"), event.text, MOST["situation"]
    yield ("scrutiny", "text"), words.scrutiny.text, MOST["situation"]
    for part in ("secret", "open", "clear", "unclear"):
        yield ("scrutiny", part), getattr(words.scrutiny, part), MOST["explanation"]
    for trail, part in _after_a_choice(words):
        yield (*trail, "consequence"), part.consequence, MOST["consequence"]
        yield (*trail, "explanation"), part.explanation, MOST["explanation"]
        if part.late:
            yield (*trail, "late"), part.late, MOST["late"]
    for trail, lines in _thens(words):
        for index, line in enumerate(lines):
            yield (*trail, index, "text"), line.text, MOST["then"]
    for index, message in enumerate(words.messages):
        yield ("messages", index, "text"), message.text, MOST_SAID
    groups: list[tuple[str, Any, int]] = [
        ("letter", words.letter, MOST["letter"]),
        ("paid", words.paid, MOST["paid"]),
        ("endings", words.endings, MOST["portrait"]),
    ]
    for group, lines, most in groups:
        for index, line in enumerate(lines):
            yield (group, index, "text"), line.text, most


def _in_lengths(words: Words) -> Iterator[Found]:
    for trail, text, most in _measured(words):
        count = markdown.words(text)
        if count > most:
            yield trail, f"this has {count} words.", f"At most {most}."


def _in_explanations(words: Words) -> Iterator[Found]:
    """Two choices that are told the same, in what happens or in why."""
    first: dict[tuple[str, str], Trail] = {}
    for trail, part in _after_a_choice(words):
        for role in ("consequence", "explanation"):
            key = (role, " ".join(markdown.plain(getattr(part, role)).lower().split()))
            if key in first:
                other = first[key]
                wrong = f"the {role} is the same as that of {other[1]}, '{other[3]}'."
                yield (*trail, role), wrong, "Give each its own."
            first.setdefault(key, trail)


# -- conditions ----------------------------------------------------------------------------------------------------


def _whens(words: Words) -> Iterator[tuple[Trail, str]]:
    for group in ("messages", "letter", "paid", "endings"):
        for index, line in enumerate(getattr(words, group)):
            yield (group, index), line.when
    for trail, lines in _thens(words):
        for index, line in enumerate(lines):
            yield (*trail, index), line.when


def _in_conditions(conditions: Conditions, rules: Rules, words: Words) -> Iterator[Found]:
    for trail, text in _whens(words):
        try:
            conditions.tree(text)
        except ExpressionError as error:
            yield (*trail, "when"), *told_of(error, text, conditions.names)
    moves = [*rules.variables, *rules.accounts, "late"]
    for trail, lines in _thens(words):
        for index, line in enumerate(lines):
            if line.sign and line.sign not in moves:
                wrong = f"'{line.sign}' is no variable and no account."
                yield (*trail, index, "sign"), wrong, did_you_mean(line.sign, moves)
            if (line.when == "1" and not line.sign) != (index == len(lines) - 1):
                wrong = "the last line, and only the last, stands without 'when' and 'sign'."
                yield (*trail, index), wrong, "Otherwise nothing, or too much, may be told."


# -- playing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Played:
    """What one game showed: the values before each turn, at day 100, and in the letter."""

    turns: list[dict[str, float | None]]
    hundred: dict[str, float | None]
    letter: dict[str, float | None]


def _in_plays(sheet: Sheet[Words], rules: Rules, words: Words, conditions: Conditions) -> list[Found]:
    """What shows only when it is played. Kept, for it takes some seconds."""
    compiled = json.dumps(scenario.compile_rules(rules))
    text = "\0".join([digest_of("game", "scenario", "source/expression.py"), compiled, read_utf8(sheet.path)])
    return cached(
        text, sheet.path, Path(__file__), list[Found], lambda: list(_find_by_playing(compiled, words, conditions))
    )


def _find_by_playing(rules_json: str, words: Words, conditions: Conditions) -> Iterator[Found]:
    trees = {group: [conditions.tree(line.when) for line in getattr(words, group)] for group in
             ("messages", "letter", "paid", "endings")}  # fmt: skip
    speakers = [message.who for message in words.messages]
    used: dict[str, Counter[int]] = {group: Counter() for group in trees}
    wrong: dict[Trail, tuple[str, str, int]] = {}

    def note(trail: Trail, what: str, right: str) -> None:
        wrong[trail] = (what, right, wrong.get(trail, ("", "", 0))[2] + 1)

    for number, played in enumerate(plays(rules_json), start=1):
        before: list[int] = []
        for turn, values in enumerate(played.turns, start=1):
            shown = said(trees["messages"], speakers, values, before)
            before += shown
            if len(shown) < FEWEST_SHOWN:
                what = f"in turn {turn} fewer than {FEWEST_SHOWN} people have something to say (game {number} was one)"
                note(("messages",), what, "Add messages whose 'when' is wider.")
        used["messages"].update(before)
        for group, values, least in (("letter", played.letter, FEWEST_PARAGRAPHS), ("paid", played.hundred, 1)):
            lines = _holding(trees[group], values)
            used[group].update(lines)
            if len(lines) < least:
                note((group,), f"fewer than {least} of these are told (game {number} was one)", "Add wider ones.")
        ended = _holding(trees["endings"], played.hundred)
        used["endings"].update(ended[:1])
        if not ended:
            note(("endings",), f"no portrait is told (game {number} was one)", "Let the last have no 'when'.")
    for trail, (what, right, count) in wrong.items():
        yield trail, f"{what}; {count} of {PLAYS} games.", right
    for group, seen in used.items():
        for index in range(len(trees[group])):
            if not seen[index]:
                yield (group, index), f"nobody was told this in {PLAYS} games.", "Widen its 'when', or delete it."


def _holding(trees: list[Tree], values: Mapping[str, float | None]) -> list[int]:
    return [index for index, tree in enumerate(trees) if holds(tree, values)]


@lru_cache(maxsize=2)
def plays(rules_json: str) -> list[Played]:
    """Seeded games, half of them by players who keep to one stance and few people, so that extremes are met too."""
    compiled = json.loads(rules_json)
    return [_played(compiled, number) for number in range(PLAYS)]


def _played(rules: dict[str, Any], number: int) -> Played:
    dice = random.Random(number)
    channels = rules["decisions"][ATTENTION]["points"]
    minded = dice.sample(channels, dice.choice([1, 2, 3])) if number % 2 else channels
    stance = dice.choice(list(rules["decisions"][STANCE]["options"])) if number % 2 else None

    def policy(_: Any, state: State) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for name, open_now in scenario.options(rules, state).items():
            if name == ATTENTION:
                spread = Counter(dice.choice(minded) for _ in range(dice.choice([0, 6, 6, 6])))
                chosen[name] = dict(spread)
            else:
                chosen[name] = stance if name == STANCE and stance else dice.choice(open_now)
        return chosen

    dials = {name: dice.choice([low, (low + high) / 2, high]) for name, (low, high) in rules["dials"].items()}
    states = scenario.play(rules, policy, seed=number, dials=dials)
    later = scenario.afterwards(rules, states[-1])
    return Played([told(rules, state) for state in states[:-1]], told(rules, states[-1], later), told(rules, later))
