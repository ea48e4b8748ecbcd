"""Each proposal's place in the list at the mean weights of each role."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import up, words
from commissioning.labs.weights.pictures.marked import SHORT, drawn
from commissioning.labs.weights.pictures.one_weight import LOUDEST, SAID
from commissioning.labs.weights.values import ranks
from commissioning.place.proposals import NAMES

SHOWN = {"GP": "GPs", "Hospital doctor": "Hospital", "Nurse or therapist": "Nurses", "Manager": "Managers",
         "Patient": "Patients"}  # fmt: skip


WORDS = ("no", "one", "two", "three", "four", "five")


def roles_chart(scores: pd.DataFrame, people: pd.DataFrame, scored_by: str) -> Chart:
    """Place up, first at the top; roles across. The two with most first places are marked, and the virtual hub."""
    table = ranks(scores, people)
    firsts = (table == 1).sum(axis=1).sort_values(ascending=False, kind="stable")
    marked = [*[str(name) for name in firsts.index[:2]], LOUDEST]
    leaders = {role: NAMES[str(table[role].idxmin())] for role in table}
    different = len(set(leaders.values()))
    hub = sorted(set(table.loc[LOUDEST]))
    shown = table.set_axis([SHOWN[str(role)] for role in table], axis=1)
    shown.insert(0, "Proposal", [NAMES[str(name)] for name in table.index])
    return chart(
        _picture(table, marked),
        id=f"roles-{scored_by}",
        takeaway=f"On {SAID[scored_by]}, the weights of five roles put {WORDS[different]} different proposals first.",
        description=(
            "Synthetic data. Across: five roles, eight people each. Up: the place of each of ten proposals at that "
            "role's mean weights, first at the top. "
            + " ".join(f"{SHOWN[str(role)]} put first: {name}." for role, name in leaders.items())
            + f" The virtual hub's place is {' or '.join(str(place) for place in hub)}."
        ),
        table=shown.reset_index(drop=True),
        note=f"Larkmere, synthetic data: {SAID[scored_by]}, and 40 people's weights.",
    )


def _picture(table: pd.DataFrame, marked: list[str]) -> HasDict:
    roles = [SHOWN[str(role)] for role in table]
    rows = table.set_axis(range(len(roles)), axis=1).rename_axis("proposal").reset_index()
    rows = rows.melt("proposal", var_name="x", value_name="y")
    rows["x"] = rows["x"].astype(int)
    names = " : ".join(f"datum.value == {at} ? '{role}'" for at, role in enumerate(roles)) + " : ''"
    across = alt.Axis(
        title=None, values=list(range(len(roles))), labelExpr=names, grid=False, labelOverlap=False, labelAngle=-40
    )
    x = alt.X("x:Q", axis=across, scale=alt.Scale(domain=[-0.2, 6.9], nice=False))
    scale = alt.Scale(domain=[len(table) + 0.4, 0.6], nice=False)
    y = alt.Y("y:Q", axis=up("Place", values=list(range(1, len(table) + 1)), grid=False), scale=scale)
    last = len(roles) - 1
    places = table[table.columns[-1]].to_dict()
    ends = [(last, float(places[name]), SHORT[name]) for name in marked]
    return alt.layer(*drawn(rows, marked, x, y), words(ends, x, y, align="left", dx=9, dy=4)).properties(
        width="container", height=340
    )
