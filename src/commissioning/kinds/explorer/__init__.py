"""What-if explorer: sliders over a compiled table and a few lines of arithmetic, with a prediction asked first.

Nothing is marked. The score says how far the prediction was from what the model gives at the setting asked about.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes
from commissioning.source.expression import ExpressionError, compile_expression, evaluate
from commissioning.source.faults import did_you_mean

NAME = "explorer"
MARKED = False


class Input(shapes.Shape):
    """One slider with its number box."""

    label: shapes.Text
    min: float
    max: float
    step: float = Field(gt=0)
    start: float
    unit: str = ""


class Table(shapes.Shape):
    """A table that a lab computes over the settings of one input."""

    from_: shapes.Slug = Field(alias="from")
    over: shapes.Name


class Output(shapes.Shape):
    """One read-out: arithmetic over inputs, `table.column` and the outputs above it."""

    label: shapes.Text
    unit: str = ""
    expression: shapes.Text
    digits: int = Field(default=0, ge=-3, le=4, description="Decimals shown; -2 rounds to hundreds.")


class Prediction(shapes.Shape):
    """What the learner must say before the sliders open."""

    ask: shapes.Text
    unit: str = ""
    output: shapes.Name
    at: dict[shapes.Name, float]


class Region(shapes.Shape):
    """What a part of the model means. `when` gives [from, to] for inputs or outputs; the last region has none."""

    when: dict[shapes.Name, tuple[float, float]] = Field(default={})
    name: shapes.Text
    text: shapes.Text
    explanation: shapes.Text


class Decision(shapes.Decision):
    """Inputs, tables, outputs and the regions they lead to."""

    kind: Literal["explorer"]
    prediction: Prediction
    inputs: dict[shapes.Name, Input] = Field(min_length=1, max_length=3)
    tables: dict[shapes.Name, Table] = Field(default={})
    outputs: dict[shapes.Name, Output] = Field(min_length=1, max_length=8)
    regions: list[Region] = Field(min_length=2)
    bar: shapes.Name | None = Field(default=None, description="An output in per cent, drawn as a bar.")


Question = None
Found = Iterator[tuple[tuple[str | int, ...], str, str]]


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Names that do not exist, arithmetic that is none, starts out of bounds, and regions that leave a gap."""
    for name, box in exercise.inputs.items():
        if not box.min <= box.start <= box.max:
            yield ("inputs", name, "start"), f"start is {box.start:g}, outside {box.min:g} to {box.max:g}.", ""
    for name, table in exercise.tables.items():
        if table.from_ not in given.tables:
            right = did_you_mean(table.from_, given.tables)
            yield ("tables", name, "from"), f"'{table.from_}' is not a table of any lab.", right
        if table.over not in exercise.inputs:
            wrong = f"'{table.over}' is not an input."
            yield ("tables", name, "over"), wrong, did_you_mean(table.over, exercise.inputs)
    yield from _find_in_prediction(exercise)
    yield from _find_in_regions(exercise)
    if all(table.from_ in given.tables for table in exercise.tables.values()):
        yield from _find_in_outputs(exercise, given)
    if exercise.bar and exercise.bar not in exercise.outputs:
        yield ("bar",), f"'{exercise.bar}' is not an output.", did_you_mean(exercise.bar, exercise.outputs)


def _find_in_prediction(exercise: Decision) -> Found:
    asked = exercise.prediction
    if asked.output not in exercise.outputs:
        right = did_you_mean(asked.output, exercise.outputs)
        yield ("prediction", "output"), f"'{asked.output}' is not an output.", right
    if sorted(asked.at) != sorted(exercise.inputs):
        yield ("prediction", "at"), "'at' must give one setting for each input.", ""


def _find_in_regions(exercise: Decision) -> Found:
    for index, region in enumerate(exercise.regions):
        for name in region.when:
            if name not in (*exercise.inputs, *exercise.outputs):
                right = did_you_mean(name, (*exercise.inputs, *exercise.outputs))
                yield ("regions", index, "when", name), f"'{name}' is neither an input nor an output.", right
        if not region.when and index < len(exercise.regions) - 1:
            yield ("regions", index), "only the last region may have no 'when'.", "Those below it would never be shown."
    last = len(exercise.regions) - 1
    if exercise.regions[last].when:
        yield ("regions", last), "the last region must have no 'when'.", "It holds for all the rest."


def _find_in_outputs(exercise: Decision, given: Given) -> Found:
    known = _names(exercise, given)
    for name, output in exercise.outputs.items():
        try:
            compile_expression(output.expression, known)
        except ExpressionError as error:
            wrong = f"column {error.column} of '{output.expression}': {error}"
            yield ("outputs", name, "expression"), wrong, ""
        known.append(name)


def _names(exercise: Decision, given: Given) -> list[str]:
    tables = exercise.tables.items()
    columns = [f"{name}.{column}" for name, table in tables for column in given.tables[table.from_]["columns"]]
    return [*exercise.inputs, *columns]


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """Inputs, compiled tables and outputs, the bounds of each region, and the setting of the prediction."""
    known = _names(exercise, given)
    outputs = []
    for name, output in exercise.outputs.items():
        outputs.append([name, compile_expression(output.expression, known), output.digits])
        known.append(name)
    return {
        "inputs": {name: [box.min, box.max, box.step, box.start] for name, box in exercise.inputs.items()},
        "tables": {name: {"by": t.over, **given.tables[t.from_]} for name, t in exercise.tables.items()},
        "outputs": outputs,
        "regions": [{name: list(span) for name, span in region.when.items()} for region in exercise.regions],
        "prediction": [exercise.prediction.output, exercise.prediction.at],
    }


def results(marking: dict[str, Any], settings: dict[str, float]) -> dict[str, float | None]:
    """Every output at one setting of the inputs. A table is read at its nearest row."""
    values: dict[str, float | None] = {name: float(value) for name, value in settings.items()}
    for name, table in marking["tables"].items():
        at = settings[table["by"]]
        row = min(range(len(table["over"])), key=lambda i: abs(table["over"][i] - at))
        values |= {f"{name}.{column}": float(cells[row]) for column, cells in table["columns"].items()}
    for name, tree, _ in marking["outputs"]:
        values[name] = evaluate(tree, values)
    return {name: values[name] for name, _, _ in marking["outputs"]}


def region(marking: dict[str, Any], settings: dict[str, float]) -> int:
    """The place of the first region that holds at one setting; an output without a value lies in no span."""
    values = {**settings, **results(marking, settings)}
    for place, when in enumerate(marking["regions"]):
        if all(_is_within(values[name], span) for name, span in when.items()):
            return place
    return len(marking["regions"]) - 1


def _is_within(value: float | None, span: list[float]) -> bool:
    return value is not None and span[0] <= value <= span[1]


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"actual": value, "off": prediction - actual} for {"prediction": number}. Shown, never marked."""
    guess = response.get("prediction") if isinstance(response, dict) else None
    if isinstance(guess, bool) or not isinstance(guess, int | float) or not abs(guess) <= sys.float_info.max:
        return None
    output, at = marking["prediction"]
    actual = results(marking, at)[output]
    return {"actual": actual, "off": None if actual is None else guess - actual}


def met(score: dict[str, Any]) -> bool | None:
    """None: nothing here is right or wrong."""
    return None


told = plainly
