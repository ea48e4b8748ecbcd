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
any package gives both; value claimed = your points / points of both (Lax and Sebenius 1986). Both are computed over
every package, and so is the frontier: packages than which no other is better for one and no worse for the other. Value
created, value claimed and relation stand side by side; nothing adds them up.

Response: {"turns": [{"move": id, "package": {issue: option}}, …, {"move": "accept" or "leave"}]}; a move that only
talks has no package, and no turn follows their yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.source import shapes

NAME = "negotiation"
INSULT = 5
TURNING = 3
MOST_PACKAGES = 700
LAST = ("accept", "leave")

Points = tuple[int, int]
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


# -- packages: one place in its list of options for each issue -----------------------------------------------------

Picks = tuple[int, ...]


def packages(marking: dict[str, Any]) -> list[Picks]:
    """Every package, in the order of listing: the last issue changes fastest."""
    return list(product(*(range(len(options)) for _, options in marking["issues"])))


def worth(marking: dict[str, Any], picks: Picks) -> Points:
    """(your points, their points) of a package."""
    terms = [options[pick] for (_, options), pick in zip(marking["issues"], picks, strict=True)]
    return sum(term[1] for term in terms), sum(term[2] for term in terms)


def as_package(marking: dict[str, Any], picks: Picks) -> dict[str, str]:
    """{issue: option}"""
    return {name: options[pick][0] for (name, options), pick in zip(marking["issues"], picks, strict=True)}


def as_picks(marking: dict[str, Any], package: Any) -> Picks | None:
    """The places of a package's options; None if an issue is lacking or unknown, or an option is."""
    if not isinstance(package, dict) or len(package) != len(marking["issues"]):
        return None
    picks = []
    for name, options in marking["issues"]:
        known = [option for option, _, _ in options]
        if package.get(name) not in known:
            return None
        picks.append(known.index(package[name]))
    return tuple(picks)


def best_joint(marking: dict[str, Any]) -> int:
    """The most points that any package gives both sides together."""
    return max(sum(worth(marking, picks)) for picks in packages(marking))


def frontier(marking: dict[str, Any]) -> list[Picks]:
    """Packages than which no other is better for one and no worse for the other; best for you first."""
    worths = {picks: worth(marking, picks) for picks in packages(marking)}
    kept = [picks for picks, own in worths.items() if not any(_beats(other, own) for other in worths.values())]
    return sorted(kept, key=lambda picks: -worths[picks][0])


def _beats(one: Points, other: Points) -> bool:
    return one != other and one[0] >= other[0] and one[1] >= other[1]


# -- the talk ------------------------------------------------------------------------------------------------------


@dataclass
class Talk:
    """Where a negotiation stands. `table` is what they have put; `log` has one entry a turn."""

    relation: int
    pressure: int = 0
    round: int = 0
    over: bool = False
    deal: Picks | None = None
    by: str | None = None
    table: Picks | None = None
    used: list[str] = field(default_factory=list)
    learnt: list[str] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)


def start(marking: dict[str, Any]) -> Talk:
    """A negotiation before its first round."""
    return Talk(relation=marking["relation"])


def turn(marking: dict[str, Any], talk: Talk, given: Any) -> bool:
    """Play one turn. False, and nothing has changed, where it cannot be played."""
    move = given.get("move") if isinstance(given, dict) else None
    if talk.over or not isinstance(move, str):
        return False
    if move in LAST:
        return _end(talk, move)
    if move not in marking["moves"] or talk.round == marking["rounds"]:
        return False
    gain, pressure, puts, asks = marking["moves"][move]
    picks = as_picks(marking, given.get("package")) if puts else None
    if puts and picks is None:
        return False
    talk.round += 1
    before = talk.relation
    insult = picks is not None and worth(marking, picks)[1] < marking["alternatives"][1]
    gain = 0 if gain > 0 and move in talk.used else gain
    talk.relation = min(100, max(0, talk.relation + gain - (INSULT if insult else 0)))
    talk.pressure += pressure
    talk.used.append(move)
    entry = {"move": move, "change": talk.relation - before, "relation": talk.relation, "need": need(marking, talk)}
    talk.log.append(entry | _answer(marking, talk, picks, insult) | {"learnt": _learn(marking, talk) if asks else None})
    return True


def _end(talk: Talk, move: str) -> bool:
    if move == "accept" and talk.table is None:
        return False
    talk.over = True
    if move == "accept":
        talk.deal, talk.by = talk.table, "you"
    return True


def need(marking: dict[str, Any], talk: Talk) -> int:
    """What a package must be worth to them now."""
    least, rounds = marking["alternatives"][1], marking["rounds"]
    best = sum(max(term[2] for term in options) for _, options in marking["issues"])
    more = (best - least) * (rounds - talk.round + 1) * (100 - talk.relation) // (100 * rounds)
    return int(max(least, least + more - talk.pressure))


def _answer(marking: dict[str, Any], talk: Talk, picks: Picks | None, insult: bool) -> dict[str, Any]:
    """{"reply", "put": [you, them] or None, "counter": package or None}, and what it does to the talk."""
    put = list(worth(marking, picks)) if picks is not None else None
    if talk.relation < marking["signs_at"]:
        talk.table = None
        return {"reply": "refuses", "put": put, "counter": None}
    if picks is None or put is None:
        return {"reply": "talks", "put": None, "counter": None}
    least = need(marking, talk)
    if put[1] >= least:
        talk.over, talk.deal, talk.by = True, picks, "them"
        return {"reply": "accepts", "put": put, "counter": None}
    talk.table = counter(marking, picks, least, generous=talk.relation >= marking["open_at"])
    reply = "insulted" if insult else "counters"
    return {"reply": reply, "put": put, "counter": as_package(marking, talk.table)}


def counter(marking: dict[str, Any], picks: Picks, least: int, *, generous: bool) -> Picks:
    """What they put instead: worth at least `least` to them, or the most that any package is worth to them."""

    def rank(other: Picks) -> tuple[int, int]:
        changed = sum(one != two for one, two in zip(picks, other, strict=True))
        return changed, -worth(marking, other)[0 if generous else 1]

    every = packages(marking)
    enough = [other for other in every if worth(marking, other)[1] >= least]
    return min(enough, key=rank) if enough else max(every, key=lambda other: worth(marking, other)[1])


def _learn(marking: dict[str, Any], talk: Talk) -> str | None:
    left = [name for name in marking["interests"] if name not in talk.learnt]
    if not left or talk.relation < marking["open_at"]:
        return None
    talk.learnt.append(left[0])
    return str(left[0])


# -- what it came to -----------------------------------------------------------------------------------------------


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """What a whole negotiation came to; None unless every turn can be played and the last one ends it.

    {"deal": package or None, "by": "you", "them" or None, "you", "them", "joint", "best": points, "created": joint /
    best, "claimed": your share of joint (None if joint is not above 0), "relation", "beaten": how many packages are
    better for one and no worse for the other, "better": the one of them with most points for both or None, "learnt":
    [interests], "log": [{"move", "change", "relation", "need", "reply", "put", "counter", "learnt"}], "turning": [up to
    three places in the log]}. Without a deal, points are those of the alternatives.
    """
    turns = response.get("turns") if isinstance(response, dict) else None
    if not isinstance(turns, list):
        return None
    talk = start(marking)
    if not all(turn(marking, talk, given) for given in turns) or not talk.over:
        return None
    own: Points = worth(marking, talk.deal) if talk.deal else (marking["alternatives"][0], marking["alternatives"][1])
    joint, best = sum(own), best_joint(marking)
    better = _better(marking, own) if talk.deal else []
    return {
        "deal": as_package(marking, talk.deal) if talk.deal else None,
        "by": talk.by,
        "you": own[0],
        "them": own[1],
        "joint": joint,
        "best": best,
        "created": joint / best if best > 0 else None,
        "claimed": own[0] / joint if joint > 0 else None,
        "relation": talk.relation,
        "beaten": len(better),
        "better": as_package(marking, max(better, key=lambda p: sum(worth(marking, p)))) if better else None,
        "learnt": talk.learnt,
        "log": talk.log,
        "turning": turning(marking, talk.log),
    }


def _better(marking: dict[str, Any], own: Points) -> list[Picks]:
    return [picks for picks in packages(marking) if _beats(worth(marking, picks), own)]


def turning(marking: dict[str, Any], log: list[dict[str, Any]]) -> list[int]:
    """The three rounds after which most was different: |change of relation| + |change of what your package gives both|.

    Before the first package stands no deal. Of equals the earlier; in order of play.
    """
    stands, swings = sum(marking["alternatives"]), []
    for entry in log:
        now = sum(entry["put"]) if entry["put"] else stands
        swings.append(abs(entry["change"]) + abs(now - stands))
        stands = now
    by_swing = sorted(range(len(log)), key=lambda place: -swings[place])
    return sorted(by_swing[:TURNING])
