"""Signs that no author means to write: those that cannot be seen, and the marks that a merge leaves behind.

A text of two zero-width spaces is not blank to a program; a sign that turns the direction of writing shows a line in
another order than it is read in. Whatever is pasted from a web page or a word processor may bring such signs along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Control characters; signs without a width or with a direction; line separators; what no font shows; lost letters."""
PICTURE = re.compile(
    "\U0001f3f4[\U000e0020-\U000e007f]+|[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*\u200d"
)
"""Where an unseen sign belongs to a picture: the flag of England, a woman with a stethoscope."""
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
NAMES = {"\ufeff": "a byte order mark", "\ufffd": "the sign for a letter that was lost", "\xad": "a soft hyphen"}
Told = tuple[int, str, str]
"""The line on which something stands (from 1), what is wrong with it and what would be right."""


def unseen_in(text: str) -> Iterator[tuple[int, str]]:
    """Where each sign stands that cannot be seen, counted in characters, and the sign."""
    if text.isascii() and text.isprintable():
        return
    first = UNSEEN.search(text)
    if first is None:
        return
    pictured = {place for found in PICTURE.finditer(text) for place in range(found.start() + 1, found.end())}
    for found in UNSEEN.finditer(text, first.start()):
        if found.start() not in pictured:
            yield found.start(), found[0]


def named(sign: str) -> str:
    """A sign that cannot be seen, in words: "a zero width space, U+200B"."""
    name = NAMES.get(sign) or f"a {unicodedata.name(sign, 'control character').lower()}"
    return f"{name}, U+{ord(sign):04X}"


def find_signs(text: str, first_line: int = 1) -> Iterator[Told]:
    """What is wrong with the signs of a file's text: one finding a line."""
    line, seen, told = first_line, 0, 0
    for place, sign in unseen_in(text):
        line, seen = line + text.count("\n", seen, place), place
        if line != told:
            told = line
            right = "Delete it." if sign != "\ufffd" else "Type the letter again, and save the file as UTF-8."
            yield line, f"a character that cannot be seen stands here ({named(sign)}).", right
    line, seen = first_line, 0
    for mark in CONFLICT.finditer(text):
        wrong = f"'{mark[0][:40]}' is a mark that a merge left here."
        line, seen = line + text.count("\n", seen, mark.start()), mark.start()
        yield line, wrong, "Keep one of the two versions, and delete the marks."
