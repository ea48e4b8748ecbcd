"""What an author got wrong, said once and in words.

Every reader and checker yields `Fault`s; whoever started the work gathers them, sorts them and prints them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in one file: where it is, what is wrong and what would be right.

    `line` counts from 1; `trail` names the place by the author's own ids ("option 'joint-visit'").
    """

    path: Path
    line: int
    trail: str
    wrong: str
    right: str = ""

    def __str__(self) -> str:
        where = f"{shown(self.path)}:{self.line}" + (f"  {self.trail}" if self.trail else "")
        return f"{where}\n  {self.wrong}" + (f" {self.right}" if self.right else "")


class Faults(ValueError):  # noqa: N818 (it is what an author reads about: the faults)
    """Every fault found in one go. `str()` of it is what the author reads."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(path: Path) -> str:
    """The path as the author would type it: relative to where they stand, if it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest known word, as in "Did you mean 'x'?"; if none is near, all of them; if they are many, nothing."""
    choices: Sequence[str] = sorted(set(known))
    near = get_close_matches(str(word), choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    if len(choices) == 1:
        return f"It must be '{choices[0]}'."
    return f"It must be one of {listed(choices)}." if 0 < len(choices) <= 12 else ""


def listed(words: Iterable[str]) -> str:
    """'a', 'b' or 'c', in the order given."""
    quoted = [f"'{word}'" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
