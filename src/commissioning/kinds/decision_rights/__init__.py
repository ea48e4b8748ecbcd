"""Decision rights: for each of several decisions, who does the work, who answers for it, who is asked, who is told.

A grid of parties and decisions. Each cell takes one letter, or none (a RACI chart):

    R  does the work     A  answers for it     C  is consulted before     I  is informed after

By the published rule a row is valid if exactly one party answers (A) and at least one other does the work (R). The
authors allow one or more letters in each cell, each with a reason; agreement = allowed letters / letters given. A blank
counts neither way. What commonly goes wrong is named in words and blocks nothing.

Response: {"grid": {decision: {party: "R", "A", "C" or "I"}}}; a cell without a letter is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "decision-rights"
MARKED = True
LETTERS = ("R", "A", "C", "I")
MOST_ALIKE = 0.75

Letter = Literal["R", "A", "C", "I"]
Found = Iterator[tuple[tuple[str | int, ...], str, str]]


class Party(shapes.Shape):
    """One body or person that may have a part in a decision."""

    name: shapes.Text
    short: shapes.Text = Field(description="What heads its column: one or two words.")


class Cell(shapes.Shape):
    """The letters that the authors would accept for one party in one decision, and why."""

    allowed: list[Letter] = Field(min_length=1, max_length=3, description="Each letter that can be defended here.")
    explanation: shapes.Text = Field(description="Why, and what would change it: at most 70 words.")
    letters: dict[Letter, shapes.Text] = Field(default={}, description="What to say to somebody who chose that letter.")


class Row(shapes.Shape):
    """One decision that several parties share, and what follows when one, several or none of them answers for it."""

    text: shapes.Text
    one_answers: shapes.Text = Field(description="What happens when one party answers: at most 40 words.")
    two_answer: shapes.Text = Field(description="What happens when two or more do: at most 40 words.")
    none_answers: shapes.Text = Field(description="What happens when nobody does: at most 40 words.")
    explanation: shapes.Text = Field(description="Whose it can be, and on what that depends: at most 70 words.")
    cells: dict[shapes.Slug, Cell] = Field(description="One for each party.")

    def happens(self) -> dict[str, str]:
        """What follows, by how many parties answer."""
        return {"one": self.one_answers, "two": self.two_answer, "none": self.none_answers}


class Decision(shapes.Decision, shapes.Keyed):
    """Three to eight parties, and the two to seven decisions that they share."""

    kind: Literal["decision-rights"]
    parties: dict[shapes.Slug, Party] = Field(min_length=3, max_length=8)
    decisions: dict[shapes.Slug, Row] = Field(min_length=2, max_length=7)


Question = None


def explained(exercise: Decision) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every (place, role, text) that stands after a choice, for the checker's rules on their length and difference."""
    yield from explained_options(exercise)
    for name, row in exercise.decisions.items():
        for part in ("one_answers", "two_answer", "none_answers"):
            yield ("decisions", name, part), "consequence", getattr(row, part)
        yield ("decisions", name, "explanation"), "explanation", row.explanation
        for party, cell in row.cells.items():
            at = ("decisions", name, "cells", party)
            yield (*at, "explanation"), "explanation", cell.explanation
            for letter, text in cell.letters.items():
                yield (*at, "letters", letter), "explanation", text


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Cells of nobody, cells that are lacking, rows that cannot be filled well, and grids one letter would fill."""
    for name, row in exercise.decisions.items():
        yield from _find_in_row(exercise, name, row)
    for letter in LETTERS:
        allowed = [letter in cell.allowed for row in exercise.decisions.values() for cell in row.cells.values()]
        if sum(allowed) > MOST_ALIKE * len(allowed):
            wrong = f"the key is unbalanced: '{letter}' is allowed in {sum(allowed)} of {len(allowed)} cells."
            yield ("decisions",), wrong, "Allow fewer, or one letter everywhere would agree."


def _find_in_row(exercise: Decision, name: str, row: Row) -> Found:
    at = ("decisions", name, "cells")
    for party in row.cells:
        if party not in exercise.parties:
            yield (*at, party), f"there is no party '{party}'.", did_you_mean(party, exercise.parties)
    for party in exercise.parties:
        if party not in row.cells:
            yield at, f"'{party}' has no cell here.", "Give each party one."
    for party, cell in row.cells.items():
        if len(set(cell.allowed)) < len(cell.allowed):
            yield (*at, party, "allowed"), "a letter is named twice.", "Name each once."
        for letter in cell.letters:
            if letter in cell.allowed and len(cell.allowed) == 1:
                right = "Its explanation says why already."
                yield (*at, party, "letters", letter), f"'{letter}' is the one letter allowed.", right
    if not _can_be_filled(row):
        wrong = "the letters allowed here cannot give one party A and another R."
        yield at, wrong, "Allow A to one and R to another."


def _can_be_filled(row: Row) -> bool:
    pairs = permutations(row.cells.values(), 2)
    return any("A" in one.allowed and "R" in other.allowed for one, other in pairs)


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"parties": [ids], "rows": [[decision, {party: [letters allowed]}]]}"""
    rows = [
        [name, {party: cell.allowed for party, cell in row.cells.items()}] for name, row in exercise.decisions.items()
    ]
    return {"parties": list(exercise.parties), "rows": rows}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"rows": {decision: {"valid", "patterns": [names]}}, "valid", "allowed", "filled": counts, "agreement": share,
    "only_consulted": [parties with a C in every row]}.

    Patterns: two-answer, none-answers, nobody-does, all-consulted, none-informed. None if a name or a letter is
    unknown, or if no cell has a letter.
    """
    grid = response.get("grid") if isinstance(response, dict) else None
    if not isinstance(grid, dict) or not all(_is_row(marking, name, cells) for name, cells in grid.items()):
        return None
    parties = marking["parties"]
    given = {name: [grid.get(name, {}).get(party) for party in parties] for name, _ in marking["rows"]}
    pairs = [
        (letter, allowed[party])
        for name, allowed in marking["rows"]
        for party, letter in zip(parties, given[name], strict=True)
        if letter
    ]
    if not pairs:
        return None
    rows = {name: {"valid": _is_valid(letters), "patterns": _patterns(letters)} for name, letters in given.items()}
    agreed = sum(letter in allowed for letter, allowed in pairs)
    return {
        "rows": rows,
        "valid": sum(row["valid"] for row in rows.values()),
        "allowed": agreed,
        "filled": len(pairs),
        "agreement": agreed / len(pairs),
        "only_consulted": [p for i, p in enumerate(parties) if all(letters[i] == "C" for letters in given.values())],
    }


def _is_row(marking: dict[str, Any], name: Any, cells: Any) -> bool:
    known = any(name == row for row, _ in marking["rows"]) and isinstance(cells, dict)
    return known and all(party in marking["parties"] and letter in LETTERS for party, letter in cells.items())


def _is_valid(letters: list[str | None]) -> bool:
    return letters.count("A") == 1 and "R" in letters


def _patterns(letters: list[str | None]) -> list[str]:
    """What commonly goes wrong in a row, in the order in which it matters."""
    answer, informed = letters.count("A"), letters.count("I")
    found = {
        "two-answer": answer > 1,
        "none-answers": answer == 0,
        "nobody-does": answer > 0 and "R" not in letters,
        "all-consulted": letters.count("C") >= 2 and all(letter in ("R", "A", "C") for letter in letters),
        "none-informed": informed == 0 and None in letters and answer > 0,
    }
    return [name for name, holds in found.items() if holds]


def met(score: dict[str, Any]) -> bool | None:
    """Whether every row is valid."""
    return bool(score["valid"] == len(score["rows"]))


told = plainly
