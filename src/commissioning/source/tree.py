"""YAML's text to plain dicts, lists and values, with the line of everything, and nothing that an author wrote lost.

YAML is richer than what authors need, and every extra swallows words: `&c` names a value, `!` gives it a type, ` #`
ends it, `<<` merges, `%` commands. Whoever writes prose means none of these, so each is named with its line. The parser
is libyaml's, through PyYAML (its own where libyaml is not there); what values mean is YAML 1.2: `no` is a word, and 010
is ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from commissioning.source.signs import Told, find_signs, named, unseen_in
from commissioning.source.syntax import ALIAS, DIRECTIVE, QUOTE, in_words

Trail = tuple[str | int, ...]
DEEPEST = 30
MOST_IN_A_FILE, MOST_IN_A_TEXT, MOST_IN_A_KEY = 1_000_000, 20_000, 200
"""How many characters a file, a text and a key may have."""
MOST_TOLD = 100
"""How many faults of one file are told: whoever mends these sees the rest."""
LARGEST = 10**15
"""Above this, neighbouring whole numbers are soon the same double."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ANCHOR = "YAML takes '&{}' for a name of what follows, and drops it."
TAG = "YAML takes '{}' for the type of what follows, and drops it."
CUT = "YAML takes all behind ' #' for a comment, and this text ends before it."
OR_BLOCK = "Put quotes round the whole text, or write it below '>-'; a comment has a line of its own."


class Unreadable(ValueError):  # noqa: N818 (it is what an author is told)
    """A text that is not what authors may write. `told` holds every finding up to where reading had to stop."""

    def __init__(self, told: list[Told]) -> None:
        super().__init__("; ".join(f"line {line}: {wrong}" for line, wrong, _ in told))
        self.told = told


def read_tree(text: str) -> tuple[Any, list[tuple[Trail, int]]]:
    """The plain tree of a text, and the line of every key and item in it, counted from 1. Raises Unreadable."""
    if len(text) > MOST_IN_A_FILE:
        raise Unreadable([too_large(len(text))])
    if signs := list(islice(find_signs(text), MOST_TOLD)):
        raise Unreadable(signs)
    reader = _Reader(text)
    tree = reader.whole()
    if reader.told:
        raise Unreadable(reader.told)
    return tree, reader.lines


def too_large(size: int) -> Told:
    """What to say of a file of `size` characters or bytes."""
    return 1, f"the file is too large: {size:,} characters, and at most {MOST_IN_A_FILE:,} are read.", "Divide it."


class _Reader:
    """Walks the parser's events once. What can be stepped over is gathered in `told`; the rest is raised."""

    def __init__(self, text: str) -> None:
        self.text, self.told, self.depth = text, list[Told](), 0
        self.lines: list[tuple[Trail, int]] = []
        self.events: Iterator[Event] = yaml.parse(text, Loader=LOADER)
        self.hashed = {number for number, line in enumerate(text.split("\n")) if "#" in line}

    def whole(self) -> Any:
        try:
            return self.document()
        except yaml.YAMLError as error:
            raise Unreadable([*self.told, in_words(error, self.text)]) from None

    def document(self) -> Any:
        next(self.events)
        start = next(self.events)
        if isinstance(start, StreamEndEvent):
            raise Unreadable([(1, "nothing is written here.", "")])
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            self.tell(start, *DIRECTIVE)
        tree = self.node(next(self.events), (), 0)
        next(self.events)
        if not isinstance(more := next(self.events), StreamEndEvent):
            self.tell(more, "a second document begins here.", "Keep one in a file: delete the '---'.")
        if tree is None and not self.told:
            raise Unreadable([(1, "nothing is written here.", "")])
        return tree

    def tell(self, event: Event, wrong: str, right: str = "") -> None:
        """Go on reading: whoever mends one word wants to hear of the next one too."""
        self.told.append((event.start_mark.line + 1, wrong, right))
        if len(self.told) >= MOST_TOLD:
            raise Unreadable(self.told)

    def stop(self, event: Event, wrong: str, right: str = "") -> Unreadable:
        return Unreadable([*self.told, (event.start_mark.line + 1, wrong, right)])

    def node(self, event: Event, trail: Trail, column: int) -> Any:
        if isinstance(event, ScalarEvent):
            return self.scalar(event, column)
        if isinstance(event, AliasEvent):
            raise self.stop(event, *ALIAS)
        assert isinstance(event, CollectionStartEvent)
        self.find_properties(event)
        if self.depth > DEEPEST:
            raise self.stop(event, f"this is nested more than {DEEPEST} deep.")
        self.depth += 1
        made = self.mapping(trail) if isinstance(event, MappingStartEvent) else self.sequence(trail)
        self.depth -= 1
        return made

    def sequence(self, trail: Trail) -> list[Any]:
        made: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            here = (*trail, len(made))
            self.lines.append((here, event.start_mark.line + 1))
            made.append(self.node(event, here, event.start_mark.column - 1))
        return made

    def mapping(self, trail: Trail) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.key(event)
            here = (*trail, key)
            if key in made:
                self.tell(event, f"'{key}' stands here twice.", "Keep one of the two.")
            self.lines.append((here, event.start_mark.line + 1))
            made[key] = self.node(next(self.events), here, event.start_mark.column)
        return made

    def key(self, event: Event) -> Any:
        if isinstance(event, AliasEvent):
            raise self.stop(event, *ALIAS)
        if not isinstance(event, ScalarEvent):
            raise self.stop(event, "a list stands here as a key; a key is a word or two, without brackets.")
        if len(event.value) > MOST_IN_A_KEY:
            raise self.stop(event, f"a key of {len(event.value):,} characters stands here.", "A key is a word or two.")
        if event.value == "<<" and not event.style:
            self.tell(event, "'<<' merges another mapping into this one.", "Write its lines out here.")
        return self.scalar(event, event.start_mark.column)

    def scalar(self, event: ScalarEvent, column: int) -> Any:
        """The value of one scalar; `column` is that of the key, or of the dash, before it."""
        self.find_properties(event)
        value: str = event.value
        if len(value) > MOST_IN_A_TEXT:
            most = f"at most {MOST_IN_A_TEXT:,} are read."
            raise self.stop(event, f"a text of {len(value):,} characters begins here, and {most}", "Divide it.")
        if event.style == '"':
            for _, sign in unseen_in(value):
                self.tell(event, f"a character that cannot be seen is written here ({named(sign)}).", "Delete it.")
                break
        plain = not event.style and event.implicit[0]
        meant = self.meant(event, value) if plain else value
        if self.hashed and event.style not in ("|", ">"):
            self.find_cut(event, meant, column)
        return meant

    def find_properties(self, event: Any) -> None:
        """A name or a type before a value: prose that began with & or !."""
        if event.anchor is not None:
            self.tell(event, ANCHOR.format(event.anchor[:40]), QUOTE)
        if event.tag is not None:
            self.tell(event, TAG.format(event.tag[:60].replace("tag:yaml.org,2002:", "!!")), QUOTE)

    def find_cut(self, event: ScalarEvent, meant: Any, column: int) -> None:
        """A comment that begins on the line where a value ends may be the rest of the author's own words."""
        end = event.end_mark
        plain_text = isinstance(meant, str) and not event.style
        if end.line in self.hashed:
            rest = self.text[end.index : self.text.find("\n", end.index) % (len(self.text) + 1)]
            behind = COMMENT.match(rest)
            if behind and meant is None and not event.value:
                self.tell(event, "a # begins a comment, so that nothing is written here.", OR_BLOCK)
            elif behind and (WORDY.match(behind[2]) or (plain_text and (" " in meant or behind[1] == " "))):
                self.tell(event, CUT, OR_BLOCK)
        elif plain_text and " " in meant and end.line + 1 in self.hashed:
            below = BELOW.match(self.text, self.text.find("\n", end.index))
            if below and len(below[1]) > column:
                self.tell(event, "the line below begins with #, so that YAML leaves it out of this text.", OR_BLOCK)

    def meant(self, event: ScalarEvent, value: str) -> Any:
        """What a value without quotes means: a number, a day, true, false, nothing, or its own words."""
        first = value[:1]
        if first in "tTfFnN~":
            return WORDS.get(value, value)
        if first not in "-+.0123456789":
            return value
        try:
            return self.number(event, value)
        except ValueError:
            return value

    def number(self, event: ScalarEvent, value: str) -> Any:
        """The number or day of a text that begins like one. Raises ValueError where it is neither."""
        if found := DAY.match(value):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                self.tell(event, f"there is no such day as {value}.", "A day is written as in 2026-11-21.")
        if INT.match(value):
            if len(value) > MOST_IN_A_KEY or abs(whole := _whole(value)) > LARGEST:
                wrong = f"a number of {len(value):,} figures stands here, and {LARGEST:,} is the largest."
                self.tell(event, wrong, "If it is text, put quotes round it.")
                return 0
            return whole
        if len(value) <= MOST_IN_A_KEY and FLOAT.match(value):
            return float(value.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))
        return value


COMMENT = re.compile(r"([ \t]+)(#.*)")
WORDY = re.compile(r"#+[^#\s]")
BELOW = re.compile(r"\n([ \t]+)#")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$", re.ASCII)
INT = re.compile(r"^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9_]+)$")
FLOAT = re.compile(
    r"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
    r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
)


def _whole(value: str) -> int:
    sign = -1 if value[0] == "-" else 1
    digits = value.lstrip("+-").replace("_", "")
    return sign * int(digits, {"0b": 2, "0o": 8, "0x": 16}.get(digits[:2], 10))
