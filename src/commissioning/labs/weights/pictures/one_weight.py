"""Each proposal's value as the weight on one criterion goes from nothing to a half."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import up, words
from commissioning.labs.weights.pictures.marked import SHORT, drawn
from commissioning.labs.weights.turning import flips, moved
from commissioning.labs.weights.values import values
from commissioning.place.proposals import NAMES

STOPS = (0, 10, 20, 30, 40, 50)
"""Per cent of the weight."""
LOUDEST = "virtual-hub"
MATTERS = {"wanted": "what patients asked for", "health": "health gained"}
"""What a criterion is called in a sentence, where its own name will not do."""
SAID = {"staff": "the staff's scores", "patients": "the patients' scores"}


def one_weight_chart(scores: pd.DataFrame, weights: pd.Series[float], criterion: str, scored_by: str) -> Chart:
    """Value up, the weight on one criterion across; the other weights keep their proportions."""
    matter = MATTERS.get(criterion, criterion)
    at = {stop: values(scores, moved(weights, criterion, stop / 100)) for stop in STOPS}
    table = pd.DataFrame(at).loc[scores.index]
    turns = flips(scores, weights, criterion)
    turns = turns[turns["at"] <= STOPS[-1] / 100]
    marked = [*dict.fromkeys(turns["first"]), LOUDEST][:3]
    said = [
        f"the {SHORT[name].lower()} from {100 * where:.0f}%" if where else f"the {SHORT[name].lower()}"
        for where, name in turns.itertuples(index=False)
    ]
    ends = ", ".join(f"{NAMES[name]} ({table.loc[name, 0]:.1f} to {table.loc[name, 50]:.1f})" for name in marked)
    shown = table.round(1).set_axis([f"{stop}%" for stop in STOPS], axis=1)
    shown.insert(0, "Proposal", [NAMES[str(name)] for name in table.index])
    return chart(
        _picture(table, marked, criterion),
        id=f"one-weight-{scored_by}-{criterion}",
        takeaway=f"As the weight on {matter} grows, {SAID[scored_by]} put {' first, and '.join(said)}.",
        description=(
            f"Synthetic data. Across: the weight on {matter}, from nothing to 50 per cent of all weight. Up: value, "
            f"of 100. Ten straight lines, {len(marked)} of them marked: {ends}. "
            f"The 40 people's own mean weight on {matter} is {100 * weights[criterion]:.0f} per cent."
        ),
        table=shown.reset_index(drop=True),
        note=f"Larkmere, synthetic data: {SAID[scored_by]}. The other five weights keep their proportions.",
    )


def _picture(table: pd.DataFrame, marked: list[str], criterion: str) -> HasDict:
    rows = table.rename_axis("proposal").reset_index().melt("proposal", var_name="x", value_name="y")
    rows["x"] = rows["x"].astype(int)
    rows["y"] = rows["y"].round(2)
    low, high = 10 * int(rows["y"].min() // 10), 10 * int(rows["y"].max() // 10) + 10
    across = alt.Axis(title=f"Weight on {MATTERS.get(criterion, criterion)}, %", values=list(STOPS), grid=False)
    x = alt.X("x:Q", axis=across, scale=alt.Scale(domain=[-1, 80], nice=False))
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("y:Q", axis=up("Value, of 100", tickCount=5), scale=scale)
    names = [(STOPS[-1], float(table[STOPS[-1]].to_dict()[name]), SHORT[name]) for name in marked]
    return alt.layer(*drawn(rows, marked, x, y), words(names, x, y, align="left", dx=9, dy=4)).properties(
        width="container", height=340
    )
