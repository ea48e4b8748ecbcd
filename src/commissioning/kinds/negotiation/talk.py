"""The talk of a negotiation: each move, the other side's small rule, and the score. `__init__` prints the rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from commissioning.kinds.negotiation.deals import (
    Picks,
    Points,
    _beats,
    as_package,
    as_picks,
    best_joint,
    packages,
    worth,
)

INSULT = 5
TURNING = 3
LAST = ("accept", "leave")


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


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """What a whole negotiation came to; None unless every turn can be played and the last one ends it.

    {"deal": package or None, "by": "you", "them" or None, "you", "them", "joint", "best": points, "created": joint /
    best, "claimed": your share of joint (both None without a deal, or if joint is not above 0), "relation", "beaten":
    how many packages are better for one and no worse for the other, "better": the one of them with most points for both
    or None, "learnt": [interests], "log": [{"move", "change", "relation", "need", "reply", "put", "counter",
    "learnt"}], "turning": [up to three places in the log]}. Without a deal, points are those of the alternatives.
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
        "created": joint / best if talk.deal and best > 0 else None,
        "claimed": own[0] / joint if talk.deal and joint > 0 else None,
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
