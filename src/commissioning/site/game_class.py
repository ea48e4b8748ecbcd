"""What a class looks up to play on paper, and its cards. Made from the same `rules.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from commissioning import game
from commissioning.scenario import Rules
from commissioning.scenario.shape import Step
from commissioning.site.around import table
from commissioning.site.game_room import decisions_html, events_html
from commissioning.site.game_rules import (
    FREE,
    SHARES,
    Telling,
    W,
    name_html,
    number,
    pounds,
    signed,
    whole,
)
from commissioning.site.the_book import tag
from commissioning.source import markdown
from commissioning.source.expression import evaluate
from commissioning.source.faults import did_you_mean

STYLE = (
    "<style>.card { border-top: 2px solid; padding: 0.8rem 0; } @media print { .card { break-inside: avoid; "
    "min-height: 118mm; border: 1px dashed; padding: 6mm; margin: 0 0 4mm; } .card.small-card { min-height: 0; } }"
    "</style>"
)


def effects(rules: Rules, block_name: str) -> dict[str, str]:
    """What a block moves, and by what: the last expression written for each name."""
    return {name: text for step in rules.blocks[block_name] for name, text in step.up.items()}


def attention_html(rules: Rules) -> str:
    """What none to six points on one thing are worth in a turn, neglect and all, in whole points."""
    told, c = Telling(rules), W["columns"]
    counts = range(7)
    rows = []
    for channel in rules.decisions["attention"].points:
        moves = [told.tree(s.up[channel]) for s in rules.blocks["attention"] if channel in s.up]
        worth = [sum(evaluate(m, {f"attention.{channel}": n, "thin": 1}) or 0 for m in moves) for n in counts]
        rows.append(
            [f"{name_html(channel)} {escape(rules.variables[channel].meaning)}", *map(signed, map(whole, worth))]
        )
    return table([c["points"], *map(str, counts)], rows)


def redesign_html(rules: Rules) -> str:
    """How far the redesign comes in a turn, from its smallest component and the average of the other two."""
    told, c = Telling(rules), W["columns"]
    rate = next(told.tree(step.let["rate"]) for step in rules.blocks["braking"] if "rate" in step.let)
    step = next(told.tree(s.up["redesign"]) for s in _every(rules.blocks["redesigning"]) if "redesign" in s.up)
    grid = (10, 30, 50, 70, 90)

    def gain(low: int, other: int) -> str:
        values = {"backing": low, "leading": other, "capacity": other}
        made = evaluate(step, {"rate": evaluate(rate, values)}) or 0
        return signed(whole(made)) if other >= low else ""

    rows = [[number(low), *(gain(low, other) for other in grid)] for low in grid]
    return table([c["lowest"], *(c["others"].format(x=x) for x in grid)], rows)


def _every(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _every([*step.then, *step.else_, *step.do])


def hospital_html(rules: Rules) -> str:
    """What a turn's emergency activity costs the reserve, by how the hospital is paid, to the nearest £10k."""
    told, c = Telling(rules), W["columns"]
    amount = next(told.tree(s.pay[0].amount) for s in rules.blocks["overperformance"] if s.pay)

    def cost(activity: int, share: float) -> str:
        x = evaluate(amount, {"activity": activity, "spell": 0, "share": share}) or 0
        return pounds(whole(x / 10) * 10)

    head = [name_html("activity"), *(escape(W["options"]["payment"][name]) for name in SHARES)]
    rows = [[str(a), *(cost(a, share) for share in SHARES.values())] for a in range(98, 111)]
    return table(head, rows, caption=c["cost"])


def recoveries_html(rules: Rules) -> str:
    """What usable data bring back into the reserve each turn."""
    told = Telling(rules)
    paid = next(step for step in _every(rules.blocks["recoveries"]) if step.pay)
    amount = told.tree(paid.pay[0].amount)
    head = [name_html("data"), escape(W["accounts"]["reserve"].capitalize())]
    return table(head, [[str(d), pounds(evaluate(amount, {"data": d}) or 0)] for d in range(40, 101, 10)])


def patients_html(rules: Rules) -> str:
    """How outcomes and fairness move in a turn, in whole points, with activity at what it starts from."""
    told, grid = Telling(rules), (0, 20, 40, 60, 80)
    moves = effects(rules, "outcomes_of_it")
    start = {name: part.start for name, part in rules.variables.items()}

    def moved(what: str, **given: float) -> str:
        return signed(whole(evaluate(told.tree(moves[what]), {**start, **given}) or 0))

    head = [f"{name_html('outcomes')}: {name_html('redesign')} ↓ {name_html('clinicians')} →", *map(str, grid)]
    rows = [[str(w), *(moved("outcomes", redesign=w, clinicians=c) for c in grid)] for w in grid]
    head_f = [f"{name_html('fairness')}: {name_html('data')} ↓ {name_html('public')} →", *map(str, grid)]
    rows_f = [[str(d), *(moved("fairness", data=d, public=v) for v in grid)] for d in grid]
    return table(head, rows) + table(head_f, rows_f)


def ledger_html(rules: Rules) -> str:
    """The money lens, by position."""
    told = Telling(rules)
    lens = told.tree(rules.reports["money"])
    rows = [[pounds(x), number(evaluate(lens, {"position": x}) or 0, 0)] for x in range(-7000, 1001, 1000)]
    return table([escape(W["symbols"]["position"].capitalize()), escape(W["lenses"]["money"])], rows)


def board_html(rules: Rules) -> str:
    """The board: a row for each letter and each purse, where it starts, and a square for the end of each turn."""
    c, turns = W["columns"], range(1, rules.turns + 1)
    kept = {name_html(name) + " " + escape(part.meaning): number(part.start) for name, part in rules.variables.items()
            if name not in FREE}  # fmt: skip
    purses = {
        escape(W["accounts"][name]).capitalize(): pounds(rules.accounts[name].start) for name in ("reserve", "running")
    }
    debts = {name_html(name).capitalize(): pounds(rules.variables[name].start) for name in ("lent", "owed")}
    rows = [[name, start, *("" for _ in turns)] for name, start in {**kept, **purses, **debts}.items()]
    return table([c["symbol"], c["starts"], *(f"{c['turn']} {n}" for n in turns)], rows)


def decision_cards(rules: Rules, words: game.Words | None, *, inline: Callable[[str], str]) -> str:
    """One card for each decision: what it is about, and what may be chosen, without what it does."""
    made = []
    for name, decision in rules.decisions.items():
        if not decision.turns:
            continue
        told = words.decisions.get(name) if words else None
        title = f"{W['columns']['turn']} {decision.turns[0]}: {escape(told.title if told else W['decisions'][name])}"
        about = tag("p", inline(told.situation)) + tag("p", inline(told.ask)) if told else ""
        options = (inline(told.options[o].text) if told else escape(W["options"][name][o]) for o in decision.options)
        made.append(card_html(title, about + tag("ul", "".join(tag("li", o) for o in options))))
    return "".join(made)


def event_cards(rules: Rules, words: game.Words | None, *, inline: Callable[[str], str]) -> str:
    """One card for each event: what arrives, and below it what it does, for the facilitator to read out."""
    told, made = Telling(rules, paper=True), []
    for name, steps in rules.events.items():
        event = words.events.get(name) if words else None
        if words and name == "scrutiny":
            event = words.scrutiny  # type: ignore[assignment]  # it has a title and a text too
        title = escape(event.title if event else W["events"][name])
        about = tag("p", inline(event.text)) if event else ""
        made.append(card_html(title, about + told.listed(steps)))
    return "".join(made)


def card_html(title: str, inner: str) -> str:
    """One card, small enough for four on a sheet."""
    return tag("section", tag("h3", title) + inner, class_="card small-card")


CLASS: dict[str, Callable[[Rules], str]] = {
    "board": board_html,
    "decisions": lambda rules: decisions_html(rules, paper=True),
    "events": lambda rules: events_html(rules, paper=True),
    "attention": attention_html,
    "redesign": redesign_html,
    "hospital": hospital_html,
    "recoveries": recoveries_html,
    "patients": patients_html,
    "ledger": ledger_html,
}
CARDS = {"decision-cards": decision_cards, "event-cards": event_cards}


def class_look_up_html(
    rules: Rules, part: str, words: game.Words | None = None, *, inline: Callable[[str], str] = markdown.plain
) -> str:
    """One part of the paper game: a table of effects in whole points, or its cards. Raises LookupError."""
    if part in CLASS:
        return CLASS[part](rules)
    if part in CARDS:
        return CARDS[part](rules, words, inline=inline)
    raise LookupError(f"there is no part '{part}'. {did_you_mean(part, [*CLASS, *CARDS])}".strip())
