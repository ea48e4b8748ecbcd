"""What a story tells from its state: numbers in braces, and sentences that are said only where they are true.

`Telling` reads every text of a scenario once. It says what is wrong with one (`find`), tells a whole path in plain
words (`told`, as a record does), and gives the page's templates a text as HTML, which `live.js` fills from the same
trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from commissioning.scenario import Rules, State, compile_rules, ending
from commissioning.scenario.paths import Move, Path, Values, is_whole, moments, since_start, walk
from commissioning.scenario.shape import Expression
from commissioning.scenario.steps import Steps, placed, told_of
from commissioning.source import shapes, told
from commissioning.source.expression import ExpressionError, Tree, compile_expression, evaluate
from commissioning.source.told import Number, Print, Quantity

Trail = tuple[str | int, ...]
Found = Iterator[tuple[Trail, str, str]]
Place = tuple[str, ...]
"""Where a text is told: ("node", n), ("choice", n, c), ("late", block) or ("ending", e)."""
ALWAYS = "1"


class Sentence(shapes.Shape):
    """A sentence or two of an ending, told only where its condition holds."""

    text: shapes.Text
    when: Expression = Field(default=ALWAYS, description="Told only where this holds: 'day_12.publish', 'gap < 3'.")
    in_words: str = Field(default="", description="The same condition for readers on paper: 'If you published'.")
    always: str = Field(default="", description="Why it is true of every reader, where it says what the reader did.")


Told = Annotated[
    Annotated[shapes.Text, Tag("text")] | Annotated[list[Sentence], Tag("sentences"), Field(min_length=1)],
    Discriminator(lambda value: "sentences" if isinstance(value, list) else "text"),
]
"""One text, or sentences with their conditions."""


def sentences(part: str | list[Sentence]) -> list[Sentence]:
    """A text as sentences; a plain one is told always."""
    return [Sentence(text=part)] if isinstance(part, str) else part


def whole(part: str | list[Sentence]) -> str:
    """Every sentence of a text, whatever its condition."""
    return part if isinstance(part, str) else " ".join(one.text for one in part)


class Telling:
    """Every text of a scenario that is told from state, read once."""

    def __init__(self, exercise: Any, rules: Rules) -> None:
        self.exercise, self.rules = exercise, rules
        steps = Steps(rules)
        self._places = steps.places
        self._names = {*steps.names, *(f"{name}_change" for name in rules.variables)}
        self.quantities = {
            **{name: Quantity(v.label, v.digits, v.unit) for name, v in exercise.variables.items()},
            **{f"{name}_change": Quantity(v.label, v.digits, v.unit) for name, v in exercise.variables.items()},
        }

    # -- texts -----------------------------------------------------------------------------------------------------

    def texts(self) -> Iterator[tuple[Trail, Place, str | list[Sentence]]]:
        """(place in the file, where it is told, the text) of everything that may hold a number from state."""
        for name, node in self.exercise.nodes.items():
            yield ("nodes", name, "text"), ("node", name), node.text
            for key, choice in node.choices.items():
                at: Trail = ("nodes", name, "choices", key)
                for role in ("consequence", "explanation"):
                    yield (*at, role), ("choice", name, key), getattr(choice, role)
                for index, late in enumerate(choice.late):
                    yield (*at, "late", index, "text"), ("late", f"{name}.{key}~{index + 1}"), late.text
        for name, end in self.exercise.endings.items():
            yield ("endings", name, "text"), ("ending", name), end.text
            yield ("endings", name, "explanation"), ("ending", name), end.explanation

    def tree(self, expression: str) -> Tree:
        """A condition or a number of a text. Raises ExpressionError."""
        return placed(compile_expression(expression, self._names, rules=True), self._places)

    def number(self, written: str) -> Number:
        """One number of a text. Raises ExpressionError."""
        return told.number(written, self.tree(written), self.quantities)

    def numbers(self, text: str) -> dict[str, Number]:
        """Every number of a text, by what stands between its braces. Raises ExpressionError."""
        return {place: self.number(place) for place in told.written(text)}

    @cached_property
    def is_told(self) -> bool:
        """Whether any text needs the state at all."""
        parts = [part for _, _, part in self.texts()]
        return any(isinstance(part, list) or told.written(part) for part in parts)

    def find(self) -> Found:
        """Braces and conditions that cannot be read, and conditions that readers on paper are not told."""
        for trail, _, part in self.texts():
            for index, one in enumerate(sentences(part)):
                at = trail if isinstance(part, str) else (*trail, index)
                for expression in [*told.written(one.text), one.when]:
                    try:
                        self.tree(expression)
                    except ExpressionError as error:
                        yield at, *told_of(error, expression, self._names)
                if (one.when == ALWAYS) == bool(one.in_words):
                    yield at, "'when' and 'in_words' need each other.", "Say the condition for readers on paper."
                if one.always and one.when != ALWAYS:
                    yield at, "a sentence with 'when' is not told always.", "Leave out one of the two."
        for trail, text in _untold(self.exercise):
            for place in told.written(text):
                yield trail, f"'{{{place}}}' stands where no state is told.", "Say it in words here."

    # -- paths -----------------------------------------------------------------------------------------------------

    def told_at(self, compiled: dict[str, Any], path: Path) -> Iterator[tuple[Place, Values]]:
        """Every place that a path tells, in order, with the values to tell it from."""
        for move in path:
            yield from self._told_by(compiled, move)
        yield self._told_last(compiled, path)

    def told_once(self, compiled: dict[str, Any]) -> Iterator[tuple[Path, Place, Values]]:
        """The same over every path, what paths have in common once: a path with it, the place, the values."""
        met: dict[int, Move] = {}
        for path in walk(compiled):
            for move in path:
                if id(move) not in met:
                    met[id(move)] = move
                    yield from ((path, *one) for one in self._told_by(compiled, move))
            yield path, *self._told_last(compiled, path)

    def _told_by(self, compiled: dict[str, Any], move: Move) -> Iterator[tuple[Place, Values]]:
        yield ("node", move.node), since_start(compiled, move.before)
        for moment in moments(compiled, move):
            yield moment.place, moment.values

    def _told_last(self, compiled: dict[str, Any], path: Path) -> tuple[Place, Values]:
        last: State = path[-1].after
        return ("ending", ending(compiled, last) or ""), since_start(compiled, last)

    def told(self, path: Path, shown: Print) -> list[tuple[Place, str]]:
        """What a reader of one path is told, in plain words and in order: `live.js` shows the same."""
        compiled, made = compile_rules(self.rules), []
        texts = [(place, part) for _, place, part in self.texts()]
        for place, values in self.told_at(compiled, path):
            said = [self.filled(part, values, shown) for other, part in texts if other == place]
            made += [(place, text) for text in said]
        return made

    def filled(self, part: str | list[Sentence], values: Mapping[str, float], shown: Print) -> str:
        """A text told from one state: its numbers filled in, and only the sentences that hold."""
        said = [one for one in sentences(part) if evaluate(self.tree(one.when), values)]
        return " ".join(told.filled(one.text, self.numbers(one.text), values, shown) for one in said)

    @cached_property
    def reach(self) -> dict[tuple[Place, str, str], set[float | None]]:
        """Every value that a number takes on some path that tells it, by (place, the sentence's `when`, the number)."""
        compiled = compile_rules(self.rules)
        wanted: dict[Place, dict[tuple[str, str], tuple[Tree, Tree]]] = {}
        for _, place, part in self.texts():
            for one in sentences(part):
                for written in told.written(one.text):
                    trees = self.tree(one.when), self.tree(written)
                    wanted.setdefault(place, {})[one.when, written] = trees
        made: dict[tuple[Place, str, str], set[float | None]] = {}
        for _, place, values in self.told_once(compiled) if wanted else ():
            for (when, written), (condition, tree) in wanted.get(place, {}).items():
                if evaluate(condition, values):
                    made.setdefault((place, when, written), set()).add(evaluate(tree, values))
        return made if is_whole(compiled) else {key: values | {None} for key, values in made.items()}

    # -- the page --------------------------------------------------------------------------------------------------

    def html(
        self,
        part: str | list[Sentence],
        *place: str,
        line: Callable[[str], str],
        md: Callable[[str], str],
        shown: Print,
    ) -> str:
        """A text as HTML: each number in an element of its own, each sentence with its condition.

        Where no script runs, a number that is the same on every path stands there, and any other says what it counts.
        """
        if isinstance(part, str):
            return self._marked(Sentence(text=part), place, md, shown)
        return f"<p>{' '.join(self._sentence(one, place, line, shown) for one in part)}</p>"

    def _sentence(self, one: Sentence, place: Place, line: Callable[[str], str], shown: Print) -> str:
        made = self._marked(one, place, line, shown)
        if one.when == ALWAYS:
            return made
        tree = told.attribute(self.tree(one.when))
        return f'<span data-if="{tree}"><span class="small told-if">{line(one.in_words)}</span> {made}</span>'

    def _marked(self, said: Sentence, place: Place, render: Callable[[str], str], shown: Print) -> str:
        def still(one: Number) -> str:
            values = self.reach.get((place, said.when, one.written), set())
            if len(values) == 1 and None not in values:
                return shown(next(iter(values)), one.digits, one.unit)
            return f"[{told.in_labels(one.written, self.quantities)}]"

        marked = told.Marked(said.text, self.numbers(said.text), still)
        return marked.put_back(render(marked.text))


def _untold(exercise: Any) -> Iterator[tuple[Trail, str]]:
    """Texts that stand there before or beside any state."""
    for role in ("title", "situation", "ask", "would_settle_it", "closing"):
        yield (role,), getattr(exercise, role) or ""
    for name, node in exercise.nodes.items():
        yield ("nodes", name, "title"), node.title
        for key, choice in node.choices.items():
            yield ("nodes", name, "choices", key, "text"), choice.text
    for name, end in exercise.endings.items():
        yield ("endings", name, "name"), end.name
