"""The engine room: what the rules of the game say, as tables. Made from `rules.yaml`; no number is typed twice."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from commissioning.scenario import Rules
from commissioning.site.around import table
from commissioning.site.game_rules import FREE, SAYS, Telling, W, name_html, number, pounds, symbols
from commissioning.site.the_book import tag
from commissioning.source.faults import did_you_mean


def letters_html(rules: Rules) -> str:
    """Every letter: what it stands for, where it starts, and between what it is kept."""
    c = W["columns"]
    rows = [
        [name_html(name), escape(part.meaning), number(part.start), f"{number(part.min)} and {number(part.max)}"]
        for name, part in rules.variables.items()
        if name not in FREE
    ]
    return table([c["symbol"], c["stands_for"], c["starts"], c["bounds"]], rows)


def accounts_html(rules: Rules) -> str:
    """Every account, and what is in it on the first day."""
    c = W["columns"]
    rows = [[escape(W["accounts"][name].capitalize()), pounds(a.start)] for name, a in rules.accounts.items()]
    return table([c["account"], c["starts"]], rows)


def decisions_html(rules: Rules, *, paper: bool = False) -> str:
    """What each choice does, by turn."""
    told, c = Telling(rules, paper), W["columns"]
    made = []
    for name, decision in rules.decisions.items():
        if decision.turns:
            rows = [[escape(W["options"][name][o]), told.listed(option.do)] for o, option in decision.options.items()]
            caption = f"{c['turn']} {decision.turns[0]}: {escape(W['decisions'][name])}"
            made.append(table([c["option"], c["does"]], rows, caption=caption, kind="rules-of-game"))
    return "".join(made)


def events_html(rules: Rules, *, paper: bool = False) -> str:
    """What each event does, by stance."""
    told, c = Telling(rules, paper), W["columns"]
    rows = [[escape(W["events"][name]), told.listed(steps)] for name, steps in rules.events.items()]
    return table([c["event"], c["does"]], rows, kind="rules-of-game")


def lenses_html(rules: Rules) -> str:
    """What each lens is made of. There is no total to make anything of."""
    told, c = Telling(rules), W["columns"]
    rows = [[escape(W["lenses"][n]), symbols(told.tree(text))] for n, text in rules.reports.items() if n in W["lenses"]]
    return table([c["lens"], c["made_of"]], rows)


def block_html(rules: Rules, name: str) -> str:
    """One block of the rules, step by step."""
    return Telling(rules).listed(rules.blocks[name], "ol")


def dial_html(rules: Rules) -> str:
    """The settings of the dial, from the least to the most, and what each supposes."""
    c, dial = W["columns"], rules.dials["k_w"]
    values = {"sceptical": dial.min, "central": dial.start, "optimistic": dial.max}
    rows = [[escape(W["dial"][name][0]), number(x), escape(W["dial"][name][1])] for name, x in values.items()]
    return table([c["dial"], name_html("k_w"), c["supposes"]], rows)


def deck_html(rules: Rules) -> str:
    """Which events are shuffled, which is put in where, and between what numbers their force is drawn."""
    deck = rules.deck
    assert deck is not None
    shuffled = [escape(W["events"][name].lower()) for name in deck.shuffle]
    put_in = [
        SAYS["put_in"].format(event=escape(W["events"][name].lower()), first=a, last=b)
        for name, (a, b) in deck.between.items()
    ]
    low, high = map(number, deck.severity)
    says = [SAYS["shuffled"].format(events="; ".join(shuffled)), *put_in, SAYS["force"].format(low=low, high=high)]
    return tag("ul", "".join(tag("li", item) for item in says))


ROOM: dict[str, Callable[[Rules], str]] = {
    "dial": dial_html,
    "deck": deck_html,
    "letters": letters_html,
    "accounts": accounts_html,
    "decisions": decisions_html,
    "events": events_html,
    "lenses": lenses_html,
    "position": lambda rules: tag("p", symbols(Telling(rules).tree(rules.reports["position"]))),
    "lending": lambda rules: Telling(rules).listed(rules.when_lent),
    "afterwards": lambda rules: Telling(rules).listed(rules.afterwards, "ol"),
}


def engine_room_html(rules: Rules, part: str) -> str:
    """One part of the engine room: a table, or a block of the rules by its name. Raises LookupError."""
    if part in ROOM:
        return ROOM[part](rules)
    if part in rules.blocks:
        return block_html(rules, part)
    raise LookupError(f"there is no part '{part}'. {did_you_mean(part, [*ROOM, *rules.blocks])}".strip())
