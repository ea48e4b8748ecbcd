"""One answer: what its score says of it, and the answer itself in a few words."""

from __future__ import annotations

from typing import Any, Literal

from commissioning import kinds, page
from commissioning.record.shapes import Taken
from commissioning.record.views.index import LETTERED, Entry

Met = Literal["right", "not-yet", "done"]


def met(score: dict[str, Any] | None) -> Met | None:
    """What a score says of an answer: right, not yet, or done where nothing is marked. None: it cannot be scored.

    Of marks, cards, passages and self-marked points two thirds are asked for; of a ranking, half of the way from chance
    to the key; of decision rights, that every row is valid.
    """
    if score is None:
        return None
    if "right" in score:
        good = bool(score["right"])
    elif "recall" in score:
        good = 3 * len(score["hits"]) >= 2 * score["key"]
    elif "agreement" in score:
        good = score["valid"] == len(score["rows"])
    elif "had" in score:
        good = 3 * score["had"] >= 2 * score["of"]
    elif "better_than_chance" in score:
        good = (score["better_than_chance"] or 0) >= 0.5
    elif "marks" in score and "of" in score:
        good = 3 * score["marks"] >= 2 * score["of"]
    else:
        return "done"
    return "right" if good else "not-yet"


def is_marked(one: Entry) -> bool:
    """Whether an answer to it can be right or wrong."""
    return bool(one.marking) and "ranges" not in one.marking


def score(one: Entry, taken: Taken) -> dict[str, Any] | None:
    """The score of one answer, if it was given on this edition; {} where nothing is marked."""
    if taken.edition != one.edition or one.kind not in kinds.KINDS:
        return None
    return kinds.score(one.kind, one.marking, taken.response) if one.marking else {}


def tell(one: Entry | None, response: dict[str, Any]) -> str:
    """A response in words, whole, for any kind of exercise."""
    names = one.options if one else {}
    lettered = one is not None and one.kind in LETTERED

    def name(of: Any) -> str:
        if not isinstance(of, str) or of not in names:
            return str(of)
        return f"{page.LETTERS[list(names).index(of)]}, {names[of]}" if lettered else names[of]

    unit = one.unit if one else ""
    if isinstance(response.get("choice"), str):
        sure = response.get("certainty")
        words = page.words()["browser"]["sure"]
        return name(response["choice"]) + (f", {words[sure - 1]}" if type(sure) is int and 1 <= sure <= 3 else "")
    if isinstance(response.get("choices"), list):
        return "; ".join(sorted(map(name, response["choices"])) if lettered else map(name, response["choices"]))
    ranks = response.get("ranks")
    if isinstance(ranks, dict) and all(_is_number(rank) for rank in ranks.values()):
        return "; ".join(name(item) for item in sorted(ranks, key=lambda item: ranks[item]))
    values = response.get("values", [response.get("prediction")])
    if isinstance(values, list) and values and all(map(_is_number, values)):
        return ", ".join(page.shown(value, page.typed_digits(value, unit), unit) for value in values)
    if isinstance(response.get("text"), str):
        return str(response["text"])
    told = page.words()["record"]["says"]["told"]
    if isinstance(response.get("tags"), dict) and isinstance(response.get("missing"), list):
        return str(told["marked"]).format(x=len(response["tags"]), n=len(response["missing"]))
    turns = response.get("turns")
    if isinstance(turns, list) and turns and isinstance(turns[-1], dict):
        return str(told["turns"]).format(n=len(turns), x=name(turns[-1].get("move", "–")))
    if isinstance(response.get("path"), list):
        return str(told["path"]).format(n=len(response["path"]))
    if isinstance(response.get("spend"), dict):
        return ", ".join(f"{name(of)} £{said(money, {})}k" for of, money in response["spend"].items())
    inner = next(iter(response.values())) if len(response) == 1 else response
    return said(inner, names)


def said(value: Any, names: dict[str, str], depth: int = 0) -> str:
    """Any plain JSON in words: names where there are names."""
    if isinstance(value, dict):
        between, colon = ("; ", ":") if depth == 0 else (", ", "")
        return between.join(
            f"{names.get(key, key)}{colon} {said(part, names, depth + 1)}" for key, part in value.items()
        )
    if isinstance(value, list):
        return ", ".join(said(part, names, depth + 1) for part in value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    return names.get(value, value) if isinstance(value, str) else page.shown(value, page.typed_digits(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
