"""{engine-room} and {class-look-up}: what the rules of First Hundred Days say, for reading and for playing on paper.

Both are made from `rules.yaml`, so that no number of the game is typed twice. Formulas are plain letters, signs and
words in HTML: they need no script, no typeface and no picture, and a screen reader says them as they stand.
{role-card} holds one card to cut out: two go on a printed sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import floor
from pathlib import Path
from typing import Any

from docutils import nodes
from ruamel.yaml import YAML
from sphinx.application import Sphinx

from commissioning import game
from commissioning.scenario import Rules, as_name
from commissioning.scenario.shape import Step
from commissioning.scenario.steps import Steps
from commissioning.site.around import table
from commissioning.site.base import BookDirective
from commissioning.site.blocks import block, raw
from commissioning.site.the_book import note_files, tag
from commissioning.source import markdown
from commissioning.source.expression import Tree, compile_expression, evaluate, names_in
from commissioning.source.faults import Faults, did_you_mean

W: dict[str, Any] = YAML(typ="safe").load((Path(__file__).parent / "game_extras.yaml").read_text("utf-8"))
SAYS: dict[str, Any] = W["phrases"]
SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − ", "==": " = ", "!=": " ≠ ", ">=": " ≥ ", "<=": " ≤ "}
TIGHT = {"or": 1, "and": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "/": 5}
"""How tightly each sign holds what stands beside it; brackets go round what is held less tightly."""
SHARES = {"activity": 1.0, "blended": 0.5, "fixed": 0.0}
PAPER = {"severity": 1.0}
"""On paper every event is of middling force."""
FREE = ("owed", "lent", "committed", "bonus", "secret")
STYLE = (
    "<style>.card { border-top: 2px solid; padding: 0.8rem 0; } @media print { .card { break-inside: avoid; "
    "min-height: 118mm; border: 1px dashed; padding: 6mm; margin: 0 0 4mm; } .card.small-card { min-height: 0; } }"
    "</style>"
)


# -- expressions ---------------------------------------------------------------------------------------------------


def number(x: float, most: int = 3) -> str:
    """4,000; 0.42; −12: thousands by comma, a true minus, no noughts at the end."""
    text = f"{abs(x):,.{most}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if x < 0 and text != "0" else text


def signed(x: float, most: int = 1) -> str:
    """+8 or −12: both signs shown, since on paper either may be meant."""
    return f"+{number(x, most)}" if x > 0 else number(x, most)


def whole(x: float) -> float:
    """To the nearest whole point, halves away from nought."""
    return float(floor(abs(x) + 0.5)) * (1 if x >= 0 else -1)


def pounds(x: float) -> str:
    """−£1,200k."""
    return f"{'−' if x < 0 else ''}£{number(abs(x), 0)}k"


def name_html(name: str) -> str:
    """The letter of something that is counted, or its words; a choice as a condition."""
    first, _, rest = name.partition(".")
    if rest and first == "attention":
        return str(SAYS["points_on"].format(name=name_html(rest)))
    if rest:
        return chosen(first, rest)
    if name == "secret":
        return str(SAYS["kept_quiet"])
    sign = str(W["symbols"].get(name) or W["accounts"].get(name) or name.replace("_", " "))
    return f"<var>{escape(sign)}</var>" if len(sign) == 1 else escape(sign)


def chosen(decision: str, option: str) -> str:
    """support is “In house”; stance is sovereignty."""
    names = {as_name(slug): words for slug, words in W["options"].get(decision, {}).items()}
    words = escape(str(names.get(option, option)))
    if decision == "stance":
        return str(SAYS["stance"].format(option=words.lower()))
    title = str(W["decisions"].get(decision, decision)).lower()
    return str(SAYS["choice"].format(decision=escape(title), option=words))


def symbols(tree: Tree, *, round_to: int = 3) -> str:
    """A compiled tree as signs and letters in one line of HTML."""
    if not isinstance(tree, list):
        return number(tree, round_to)
    if inner := _to_a_tenth(tree):
        return str(SAYS["tenth"].format(value=symbols(inner, round_to=round_to)))
    return _sign(tree, round_to)


def _sign(tree: list[Any], round_to: int) -> str:
    head, parts = tree[0], tree[1:]
    if head == "var":
        return name_html(parts[0])
    if head == "-" and parts[0] == 0:
        return f"−{_held(parts[1], 5, round_to)}"
    if head in TIGHT:
        tight = TIGHT[head]
        joined = SIGNS.get(head, f" {head} ")
        held = [_held(part, tight + (place > 0 and head in "-/"), round_to) for place, part in enumerate(parts)]
        return escape(joined, quote=False).join(held)
    if head == "if":
        return "; ".join(_cases(tree, round_to))
    said = [symbols(part, round_to=round_to) for part in parts]
    if head == "clamp":
        return str(SAYS["clamp"].format(value=said[0], low=said[1], high=said[2]))
    signs = {"sqrt": "√", "cbrt": "∛", "not": "not "}
    if head in signs:
        return (
            f"{signs[head]}({said[0]})"
            if isinstance(parts[0], list) and parts[0][0] != "var"
            else signs[head] + said[0]
        )
    return f"{head}({', '.join(said)})"


def _held(tree: Tree, tight: int, round_to: int) -> str:
    """A part, in brackets where the sign outside holds it more tightly."""
    text = symbols(tree, round_to=round_to)
    loose = isinstance(tree, list) and TIGHT.get(tree[0], 9) < tight and tree[:2] != ["-", 0]
    return f"({text})" if loose or (isinstance(tree, list) and tree[0] == "if") else text


def _cases(tree: Tree, round_to: int) -> Iterator[str]:
    while isinstance(tree, list) and tree[0] == "if":
        said = {"value": symbols(tree[2], round_to=round_to), "test": symbols(tree[1], round_to=round_to)}
        yield SAYS["case"].format(**said)
        tree = tree[3]
    yield SAYS["else"].format(value=symbols(tree, round_to=round_to))


def _to_a_tenth(tree: list[Any]) -> Tree | None:
    """What stands inside `floor(… * 10 + 0.5) / 10`, the rules' way to round to one decimal."""
    match tree:
        case ["/", ["floor", ["+", ["*", inner, 10], 0.5]], 10]:
            return inner
    return None


# -- steps ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Telling:
    """How the rules are told: as they stand, or for paper, where every change is a whole number of points."""

    rules: Rules
    paper: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that an expression of these rules may read."""
        return frozenset({*Steps(self.rules).names, *self.rules.reports})

    def tree(self, text: str) -> Tree:
        """A compiled expression of the rules."""
        made = compile_expression(text, self.names, rules=True)
        return _at_paper(made) if self.paper else made

    def items(self, steps: Iterable[Step]) -> list[str]:
        """Each thing that happens, as the inside of one list item."""
        return [item for step in steps for item in self.item(step)]

    def listed(self, steps: Iterable[Step], kind: str = "ul") -> str:
        """What happens, as a list; a sentence if nothing does."""
        items = self.items(steps)
        return tag(kind, "".join(tag("li", item) for item in items)) if items else tag("p", escape(SAYS["nothing"]))

    def item(self, step: Step) -> Iterator[str]:
        """One step: a change, a payment, or a condition with a list below it."""
        for name, text in step.up.items():
            yield self.change(name, self.tree(text))
        for name, text in step.add.items():
            yield self.sum(name, self.tree(text))
        for name, text in step.set.items():
            yield self.becomes(name, self.tree(text))
        for name, text in step.let.items():
            if not self.paper:
                yield SAYS["is"].format(name=name_html(name), value=symbols(self.tree(text)))
        for payment in step.pay:
            amount = money(self.tree(payment.amount))
            accounts = {"payer": W["accounts"][payment.from_], "payee": W["accounts"][payment.to]}
            yield SAYS["pay"].format(amount=amount, **accounts)
        yield from self.conditional(step)

    def conditional(self, step: Step) -> Iterator[str]:
        """Whatever holds other steps."""
        if step.if_ or step.chance:
            key, text = ("if", step.if_) if step.if_ else ("chance", step.chance)
            said = symbols(self.tree(text)) if step.if_ else in_100(self.tree(text))
            first = SAYS[key].format(test=said, chance=said)
            yield self.under(first, step.then)
            if step.else_ and self.items(step.else_):
                yield self.under(SAYS["otherwise"], step.else_)
        if step.at_turn:
            yield self.under(SAYS["at_turn"].format(turn=symbols(self.tree(step.at_turn))), step.do)
        if step.in_turns:
            yield self.under(SAYS["in_turns"].format(turns=symbols(self.tree(step.in_turns))), step.do)
        if step.repeat:
            yield self.under(SAYS["repeat"].format(times=step.repeat), step.do)
        if step.run != "none":
            yield SAYS["run"].format(block=SAYS["blocks"].get(step.run, step.run))
        if step.event != "none":
            yield SAYS["event"].format(event=W["events"].get(step.event, step.event))

    def under(self, first: str, steps: Iterable[Step]) -> str:
        """A condition, and what follows from it: in the same line if that is one thing."""
        items = self.items(steps)
        if len(items) == 1 and "<ul" not in items[0]:
            return f"{first} {items[0]}"
        return first + self.listed(steps)

    def change(self, name: str, tree: Tree) -> str:
        """E +8, or what E moves by."""
        if not names_in(tree):
            x = evaluate(tree, {}) or 0
            return f"{name_html(name)} {signed(whole(x) if self.paper else x)}"
        return str(SAYS["moves"].format(name=name_html(name), value=symbols(tree, round_to=2 if self.paper else 3)))

    def sum(self, name: str, tree: Tree) -> str:
        """A plain sum: no share of the room left."""
        if name == "committed":
            return str(SAYS["promised"].format(value=symbols(tree)))
        if names_in(tree):
            return str(SAYS["grows"].format(name=name_html(name), value=symbols(tree)))
        return str(SAYS["adds"].format(name=name_html(name), value=pounds(evaluate(tree, {}) or 0)))

    def becomes(self, name: str, tree: Tree) -> str:
        """A new value, said in words where it is a promise, a spare point or a secret."""
        words = {"committed": "promised", "bonus": "to_spare", "secret": "quiet"}
        if name in words and not names_in(tree) and tree:
            return str(SAYS[words[name]].format(value=symbols(tree)))
        return str(SAYS["becomes"].format(name=name_html(name), value=symbols(tree)))


def _at_paper(tree: Tree) -> Tree:
    """Events of middling force: z is 1, and disappears from products."""
    if not isinstance(tree, list):
        return tree
    if tree[0] == "var":
        return PAPER.get(tree[1], tree)
    parts = [_at_paper(part) for part in tree[1:]]
    if tree[0] == "*" and 1 in parts:
        return parts[0] if parts[1] == 1 else parts[1]
    return [tree[0], *parts]


def money(tree: Tree) -> str:
    """£1,200k; a formula is in thousands of pounds too."""
    return f"£k {symbols(tree)}" if names_in(tree) else pounds(evaluate(tree, {}) or 0)


def in_100(tree: Tree) -> str:
    """60 in 100; a formula is left as a share of 1."""
    return SAYS["in_100"].format(x=number(100 * (evaluate(tree, {}) or 0), 0)) if not names_in(tree) else symbols(tree)


# -- the engine room -----------------------------------------------------------------------------------------------


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


# -- the look-up for a class ---------------------------------------------------------------------------------------


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


# -- directives ----------------------------------------------------------------------------------------------------


class HasCards(BookDirective):
    """A directive that may put cards on a page."""

    def style(self) -> str:
        """How cards look, once on each page."""
        first, self.env.temp_data["commissioning_cards"] = "commissioning_cards" not in self.env.temp_data, True
        return STYLE if first else ""


class GameDirective(HasCards):
    """Reads the game's rules, and says where they are wrong."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The part that the argument names."""
        root = Path(self.env.srcdir)
        note_files(self.env, [f"{Path(game.FOLDER).name}/rules.yaml"])
        try:
            return [raw(self.made(root, game.rules_sheet(root).model, self.arguments[0]))]
        except LookupError as error:
            return self.warn(f"{{{self.name}}}: {error.args[0]}")
        except Faults as faults:
            return self.warn(f"{{{self.name}}}: {faults}")

    def made(self, root: Path, rules: Rules, part: str) -> str:
        """The HTML of a part."""
        raise NotImplementedError


class EngineRoom(GameDirective):
    """The rules as they stand. Argument: a table, or the name of a block."""

    def made(self, root: Path, rules: Rules, part: str) -> str:
        """Exact numbers and whole formulas."""
        return engine_room_html(rules, part)


class ClassLookUp(GameDirective):
    """The rules for paper: whole points, both signs, and every event of middling force. Argument: which table."""

    def made(self, root: Path, rules: Rules, part: str) -> str:
        """Cards take their words from the telling of 2013, if it is there."""
        words = None
        if part in CARDS and game.rules_path(root).with_name("words-2013.yaml").is_file():
            note_files(self.env, [f"{Path(game.FOLDER).name}/words-2013.yaml"])
            words = game.words(root, "2013")
        style = self.style() if part in CARDS else ""
        return style + class_look_up_html(rules, part, words, inline=_bare)


def _bare(text: str) -> str:
    """A line of Markdown without its links: a card on a table leads nowhere."""
    return markdown.inline_html(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text), lambda target: {})


class Card(HasCards):
    """One role card, to print and cut out: two to a sheet. Argument: whose it is. The page is a tutor's."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A section that is not torn between two sheets."""
        title = raw(self.style() + tag("h3", escape(self.arguments[0])))
        return [block("section", title, *self.parsed(), class_="card")]


class TutorsPage(BookDirective):
    """Marks the page it stands on as a tutor's, as {session} does: search does not lead learners to it."""

    def run(self) -> list[nodes.Node]:
        """Nothing in the page."""
        self.env.metadata[self.env.docname] |= {"commissioning_tutor": True, "nosearch": True}
        return []


def setup(app: Sphinx) -> None:
    """Make them known under the names an author types."""
    given = {"engine-room": EngineRoom, "class-look-up": ClassLookUp, "role-card": Card, "tutors-page": TutorsPage}
    for name, directive in given.items():
        app.add_directive(name, directive)
