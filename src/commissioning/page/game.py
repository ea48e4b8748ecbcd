"""From the rules and their tellings to the game's HTML: everything to read stands in it, with or without JavaScript.

In: compiled rules, one `Words` for each telling, the people, the reference runs. Out: one `<div class="game">`, whose
texts `front/game/` takes by their `data-w` to play with, so that each stands in the page once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from commissioning import game, page
from commissioning.book.pages import Person
from commissioning.game.log import edition
from commissioning.game.words import LEDGER, SCRUTINY, SKINS, UNSEEN, Then, Words
from commissioning.source import markdown
from commissioning.source.expression import Tree

NAMES = ("game.js", "game.css")
REFERENCE = Path(game.__file__).with_name("reference.json")
MARK = "data-game"
"""By this attribute the book knows a page that needs the game's script and its stylesheet."""
START = '\ndocument.addEventListener("DOMContentLoaded", () => commissioning.game.start());\n'
Condition = Callable[[str], Tree]


@dataclass(frozen=True)
class Parts:
    """What a page of the game is made of."""

    rules: Mapping[str, Any]
    tellings: Mapping[str, Words]
    condition: Condition
    people: Mapping[str, Person]
    reference: Mapping[str, Any] | None


def parts_of(root: Path, people: Mapping[str, Person], reference: Mapping[str, Any] | None) -> Parts:
    """The game of a book. Raises Faults, or ExpressionError for a `when` that `commissioning check` would name."""
    tellings = {skin: game.words(root, skin) for skin in SKINS}
    return Parts(game.rules(root), tellings, partial(game.condition, root), people, reference)


def game_html(parts: Parts, link: markdown.Link) -> str:
    """The whole game below a page's title: what it needs to play, an empty stage, and every telling to read."""
    tellings = [Markup(telling_html(parts, skin, link)) for skin in parts.tellings]
    data = Markup(page.safe_json(public(parts)))
    return page.filled("game.html", data=data, tellings=tellings, g=page.words()["game"]["page"])


def telling_html(parts: Parts, skin: str, link: markdown.Link) -> str:
    """One telling, complete: papers, decisions with what every option leads to, events, people, endings."""
    told = parts.tellings[skin]
    return page.filled(
        "game-telling.html",
        t=told,
        skin=skin,
        rules=parts.rules,
        turns=turns_of(parts.rules),
        speakers={who: speaker(parts.people, who, skin) for who in sorted({m.who for m in told.messages})},
        scrutiny=SCRUTINY,
        g=page.words()["game"]["page"],
        letters=page.LETTERS,
        md=lambda text: Markup(markdown.html(text, link)),
        line=lambda text: Markup(markdown.inline_html(text, link)),
        bare=lambda text: Markup(markdown.inline_html(markdown.LINK.sub(r"\1", text), link)),
    )


def turns_of(rules: Mapping[str, Any]) -> dict[int, list[str]]:
    """Turn -> its set-piece decisions, in the order of the rules."""
    single = {name: part["turns"] for name, part in rules["decisions"].items() if len(part["turns"]) == 1}
    return {turn: [name for name, turns in single.items() if turn in turns] for turn in range(1, rules["turns"] + 1)}


def speaker(people: Mapping[str, Person], who: str, skin: str) -> tuple[str, str]:
    """Name and part of somebody of Larkmere, in the telling's year."""
    person = people.get(who)
    if person is None:
        return who, ""
    part = person.then if skin == "2013" and person.then else person.now
    return f"{person.title} {person.name}".strip(), part


# -- what the script needs ---------------------------------------------------------------------------------------------


def public(parts: Parts) -> dict[str, Any]:
    """Rules, conditions and words for `front/game/`; no text of a telling, which it reads from the page."""
    rules = dict(parts.rules)
    return {
        "edition": edition(rules),
        "rules": rules,
        "lenses": [name for name, _ in rules["reports"] if name not in LEDGER],
        "unseen": list(UNSEEN),
        "dials": dials(rules),
        "skins": {skin: telling_data(parts, skin) for skin in parts.tellings},
        "reference": reference_data(parts.reference),
        "words": page.words()["game"]["says"],
    }


def dials(rules: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """The three settings by name: every dial at its least, as it starts, and at its most."""
    bounds, start = rules["dials"], rules["start"]
    return {
        "sceptical": {name: low for name, (low, _) in bounds.items()},
        "central": {name: start[name] for name in bounds},
        "optimistic": {name: high for name, (_, high) in bounds.items()},
    }


def telling_data(parts: Parts, skin: str) -> dict[str, Any]:
    """What of one telling is no text: money, year, and when each conditional text holds."""
    told, tree = parts.tellings[skin], parts.condition
    return {
        "year": told.year,
        "title": markdown.plain(told.title),
        "money": told.money,
        "provisional": told.provisional,
        "as_at": markdown.plain(told.as_at),
        "messages": [[message.who, tree(message.when)] for message in told.messages],
        "letter": [tree(line.when) for line in told.letter],
        "paid": [tree(line.when) for line in told.paid],
        "endings": [tree(portrait.when) for portrait in told.endings],
        "then": {name: [[tree(one.when), one.sign] for one in lines] for name, lines in conditional(told)},
    }


def conditional(told: Words) -> Iterator[tuple[str, list[Then]]]:
    """Every place of a telling whose lines depend on how it went, by its key."""
    for name, decision in told.decisions.items():
        for key, option in decision.options.items():
            yield f"decisions.{name}.{key}", option.then
    for name, event in told.events.items():
        yield f"events.{name}", event.then
        for key, reply in event.stances.items():
            yield f"events.{name}.{key}", reply.then


def reference_data(reference: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Of the reference runs, what the ending shows: how many, and the quantiles of each lens."""
    return {"games": reference["games"], "lenses": reference["lenses"]} if reference else None


# -- files -------------------------------------------------------------------------------------------------------------


def script(*, shared: bool = True) -> str:
    """`front/game/` as the classic script that a page loads after decision.js; it starts by itself.

    Without `shared` it asks for what the page's `shared.js` holds.
    """
    return page.as_classic(page.front("game.js", shared=shared), known_as="commissioning.game") + START
