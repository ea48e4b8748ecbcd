"""Negotiation: a deal over several issues with somebody whose interests you have to find out.

Each side has private points for every option of every issue, and an alternative: what no deal is worth. In each round
the learner makes one move: some moves put a package (one option of each issue), others only talk. The other side
follows one small rule, which the page prints when all is over. In round n of N, after the move's own effects:

    relation   0 to 100. A move's gain counts once, its cost every time; a package that is worth less to them than no
               deal costs INSULT more.
    need       alternative + floor((best - alternative) * (N - n + 1) * (100 - relation) / (100 * N)) - pressure, and
               never less than their alternative; `best` is the package worth most to them, `pressure` what moves took
               off so far.
    they       accept a package worth at least their need. Below `signs_at` they sign nothing, and whatever they had
               offered is withdrawn. Otherwise they put a package worth at least their need to them: the one that
               changes fewest of your terms; of several, the one worth most to you if relation is at least `open_at`,
               otherwise the one worth most to them; of equals, the first as listed.
    interests  a move that asks learns the next one, where relation is at least `open_at`.

What they have put last can be accepted, and one can leave at any time. Value created = points of both / the most that
any package gives both; value claimed = your points / points of both (Lax and Sebenius 1986); without a deal neither is
told, since nothing was made. The frontier is over every package too: those than which no other is better for one and no
worse for the other. Value created, value claimed and relation stand side by side; nothing adds them up.

Response: {"turns": [{"move": id, "package": {issue: option}}, …, {"move": "accept" or "leave"}]}; a move that only
talks has no package, and no turn follows their yes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.negotiation.deals import (
    Picks,
    Points,
    as_package,
    as_picks,
    best_joint,
    frontier,
    packages,
    worth,
)
from commissioning.kinds.negotiation.talk import INSULT, LAST, TURNING, Talk, counter, need, score, start, turn, turning
from commissioning.kinds.told import With
from commissioning.source import shapes

__all__ = [
    "INSULT",
    "LAST",
    "NAME",
    "TURNING",
    "Decision",
    "Picks",
    "Points",
    "Question",
    "Talk",
    "as_package",
    "as_picks",
    "best_joint",
    "compiled",
    "counter",
    "explained",
    "find",
    "frontier",
    "need",
    "packages",
    "score",
    "start",
    "turn",
    "turning",
    "worth",
]
NAME = "negotiation"
MARKED = False
MOST_PACKAGES = 700
Found = Iterator[tuple[tuple[str | int, ...], str, str]]


class Side(shapes.Shape):
    """One side: its name, and what it does, and has, without a deal."""

    name: shapes.Text
    alternative: int = Field(description="Points of no deal.")
    otherwise: shapes.Text = Field(description="What this side does if there is no deal.")


class Counterpart(Side):
    """The other side. The words are theirs in the story."""

    person: shapes.Text = Field(description="Who speaks for it, as a colleague would say it.")
    accepts: shapes.Text
    counters: shapes.Text
    refuses: shapes.Text = Field(description="When relation is too low to sign anything.")
    insulted: shapes.Text = Field(description="When a package is worth less to them than no deal.")


class Term(shapes.Option):
    """One option of an issue, and its private worth to both sides."""

    you: int = Field(ge=-100, le=100)
    them: int = Field(ge=-100, le=100)


class Issue(shapes.Shape):
    """Something to settle."""

    text: shapes.Text
    options: dict[shapes.Slug, Term] = Field(min_length=2, max_length=5)


class Move(shapes.Option):
    """What one can do in a round. `consequence` is what it brings at once, `thought` what they think of it."""

    thought: shapes.Text
    relation: int = Field(default=0, ge=-50, le=50, description="What it does to relation, of 100.")
    pressure: int = Field(default=0, ge=-20, le=20, description="Points that it takes off what they need.")
    puts: bool = Field(default=True, description="Whether a package is put with it.")
    asks: bool = Field(default=False, description="Whether it can learn a hidden interest.")


class Interest(shapes.Shape):
    """What they want and do not say unless asked."""

    name: shapes.Text
    says: shapes.Text = Field(description="How they say it when asked well.")
    explanation: shapes.Text = Field(
        description="What it is worth to them and could cost you little: at most 70 words."
    )


class Decision(shapes.Decision):
    """Two sides, two to five issues, and a few rounds to find a deal."""

    kind: Literal["negotiation"]
    rounds: int = Field(ge=3, le=10)
    relation: int = Field(default=50, ge=0, le=100, description="Where relation begins.")
    signs_at: int = Field(default=30, ge=0, le=100, description="The relation below which they sign nothing.")
    open_at: int = Field(default=55, ge=0, le=100, description="The relation from which they are open with you.")
    you: Side
    them: Counterpart
    issues: dict[shapes.Slug, Issue] = Field(min_length=2, max_length=5)
    moves: dict[shapes.Slug, Move] = Field(min_length=3, max_length=10)
    interests: dict[shapes.Slug, Interest] = Field(min_length=1, max_length=5)

    @property
    def insult(self) -> int:
        """What a package that is worth less to them than no deal costs, in points of relation."""
        return INSULT

    @property
    def most_for_them(self) -> int:
        """The points of the package worth most to them."""
        return sum(max(term.them for term in issue.options.values()) for issue in self.issues.values())

    @property
    def first_need(self) -> int:
        """What they need in the first round, where the move leaves relation as it began."""
        return need(compiled(self), Talk(relation=self.relation, round=1))

    def frontier(self) -> list[dict[str, Any]]:
        """[{"package": {issue: option}, "you", "them", "joint", "best"}], best for you first. Computed, never typed."""
        rules = compiled(self)
        best = best_joint(rules)
        made = [(as_package(rules, picks), worth(rules, picks)) for picks in frontier(rules)]
        return [
            {"package": names, "you": you, "them": them, "joint": you + them, "best": you + them == best}
            for names, (you, them) in made
        ]

    def every_worth(self) -> list[Points]:
        """The worth of every package to both sides, each once."""
        rules = compiled(self)
        return sorted({worth(rules, picks) for picks in packages(rules)})


Question = None


def explained(exercise: Decision) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every (place, role, text) that stands after a choice, for the checker's rules on their length and difference."""
    yield from explained_options(exercise)
    for name, issue in exercise.issues.items():
        for option, term in issue.options.items():
            yield ("issues", name, "options", option, "consequence"), "consequence", term.consequence
            yield ("issues", name, "options", option, "explanation"), "explanation", term.explanation
    for name, move in exercise.moves.items():
        yield ("moves", name, "consequence"), "consequence", move.consequence
        yield ("moves", name, "explanation"), "explanation", move.explanation
        yield ("moves", name, "thought"), "consequence", move.thought
    for name, interest in exercise.interests.items():
        yield ("interests", name, "explanation"), "explanation", interest.explanation


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Deals that cannot be had or need no skill, moves that collide with accepting, and interests nobody can learn."""
    rules = compiled(exercise)
    for name in LAST:
        if name in exercise.moves:
            yield ("moves", name), f"'{name}' is how every negotiation can end.", "Choose another id."
    if not any(move.puts for move in exercise.moves.values()):
        yield ("moves",), "no move puts a package.", "Let at least one have 'puts: true'."
    if not any(move.asks for move in exercise.moves.values()):
        yield ("moves",), "no move asks, so the interests stay hidden.", "Let at least one have 'asks: true'."
    if exercise.signs_at > exercise.relation:
        wrong = f"relation begins at {exercise.relation}, below the {exercise.signs_at} at which they sign."
        yield ("relation",), wrong, ""
    if exercise.open_at < exercise.signs_at:
        yield ("open_at",), "they are open with you before they would sign.", "Set it at 'signs_at' or above."
    count = prod(len(options) for _, options in rules["issues"])
    if count > MOST_PACKAGES:
        yield ("issues",), f"the options make {count} packages.", f"At most {MOST_PACKAGES}: leave some out."
    else:
        yield from _find_in_deals(rules)


def _find_in_deals(rules: dict[str, Any]) -> Found:
    yours, theirs = rules["alternatives"]
    worths = [worth(rules, picks) for picks in packages(rules)]
    if not any(you > yours and them > theirs for you, them in worths):
        yield ("issues",), "no package is better for both than no deal.", "Then there is nothing to negotiate."
    if len(frontier(rules)) < 2:
        yield ("issues",), "one package is best for both, so nothing has to be traded.", "Let some interests oppose."


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"rounds", "relation", "signs_at", "open_at", "alternatives": [you, them], "interests": [ids],
    "issues": [[id, [[option, you, them]]]], "moves": {id: [relation, pressure, puts, asks]}}"""
    return {
        "rounds": exercise.rounds,
        "relation": exercise.relation,
        "signs_at": exercise.signs_at,
        "open_at": exercise.open_at,
        "alternatives": [exercise.you.alternative, exercise.them.alternative],
        "issues": [
            [name, [[option, term.you, term.them] for option, term in issue.options.items()]]
            for name, issue in exercise.issues.items()
        ],
        "moves": {name: [m.relation, m.pressure, m.puts, m.asks] for name, m in exercise.moves.items()},
        "interests": list(exercise.interests),
    }


def met(score: dict[str, Any]) -> bool | None:
    """None: nothing here is right or wrong."""
    return None


def told(response: Mapping[str, Any], with_: With) -> str | None:
    """How many turns there were at the table, and the last of them."""
    turns = response.get("turns")
    if not isinstance(turns, list) or not turns or not isinstance(turns[-1], dict):
        return None
    return with_.words["turns"].format(n=len(turns), x=with_.name(turns[-1].get("move", "–")))
