"""Larkmere as files for a class without Python at hand. The only part of `place` that touches the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EEXIST
from pathlib import Path

import pandas as pd

from commissioning.place.bills import bills
from commissioning.place.contracts import contract_activity, contract_offers
from commissioning.place.decision_log import decisions
from commissioning.place.deductions import allocation_lines
from commissioning.place.dictionary import BANNER, DATA_DICTIONARY, REAL, TAGS
from commissioning.place.extract import extract
from commissioning.place.larkmere import DEFAULT_SEED, PATIENTS
from commissioning.place.ledger import building, ledger
from commissioning.place.projects import projects
from commissioning.place.proposals import panel_weights, proposal_scores
from commissioning.place.services import fortnight, services
from commissioning.place.signals import signals_monthly
from commissioning.place.spending import fair_shares, spend_series
from commissioning.place.support import csu_costs, csu_kpi, user_survey
from commissioning.place.tables import admissions, persons, practices
from commissioning.place.variation import ed_attendances, practice_years
from commissioning.place.weekly import town_attendances, weekly_attendances
from commissioning.place.workshops import design_groups, design_meetings
from commissioning.source.whole import write_whole

TABLES: dict[str, Callable[[int, int], pd.DataFrame]] = {
    "persons": persons,
    "practices": practices,
    "admissions": admissions,
    "practice_years": practice_years,
    "ed_attendances": ed_attendances,
    "extract": extract,
    "bills": bills,
}
SMALL_TABLES: dict[str, Callable[[int], pd.DataFrame]] = {
    "csu_kpi": csu_kpi,
    "user_survey": user_survey,
    "csu_costs": csu_costs,
    "projects": projects,
    "decisions": decisions,
    "ledger": ledger,
    "building": building,
    "allocation_lines": allocation_lines,
    "spend_series": spend_series,
    "fair_shares": fair_shares,
    "proposal_scores": proposal_scores,
    "panel_weights": panel_weights,
    "weekly_attendances": weekly_attendances,
    "town_attendances": town_attendances,
    "contract_activity": contract_activity,
    "contract_offers": contract_offers,
    "design_groups": design_groups,
    "design_meetings": design_meetings,
    "signals_monthly": signals_monthly,
}
"""Tables that do not grow with the number of people: they take a seed alone."""
KEPT_TABLES: dict[str, Callable[[], pd.DataFrame]] = {"services": services, "fortnight": fortnight}
"""Tables that nobody draws: they are kept as they are."""
SAMPLE = 25_000
README = "README.txt"
LICENCE = "CC0 1.0: do with them what you like; no permission needed"


def write_tables(
    folder: str | Path, *, patients: int = PATIENTS, seed: int = DEFAULT_SEED, replace: bool = False
) -> list[Path]:
    """Write the learner's tables, a sample of persons, the data dictionary and a README. Returns their paths.

    The first line of each CSV is a banner after "#": read them with `pandas.read_csv(path, comment="#")`. Raises
    FileExistsError, before anything is written, where a file of such a name is there, unless `replace`.
    """
    folder = Path(folder)
    names = [*TABLES, *SMALL_TABLES, *KEPT_TABLES, "persons-sample", "data-dictionary"]
    taken = [path for path in [*(folder / f"{name}.csv" for name in names), folder / README] if os.path.lexists(path)]
    if taken and not replace:
        raise FileExistsError(EEXIST, "this file is there already, and would be overwritten", str(taken[0]))
    tables = {name: table(patients, seed) for name, table in TABLES.items()}
    tables |= {name: table(seed) for name, table in SMALL_TABLES.items()}
    tables |= {name: table() for name, table in KEPT_TABLES.items()}
    if patients > SAMPLE:
        tables["persons-sample"] = tables["persons"].sample(SAMPLE, random_state=seed).sort_index()
    tables["data-dictionary"] = DATA_DICTIONARY[DATA_DICTIONARY["column"] != "latent_rate"]
    written = [_write_csv(folder / f"{name}.csv", table) for name, table in tables.items()]
    write_whole(folder / README, _readme(tables, patients, seed))
    return [*written, folder / README]


def _write_csv(path: Path, table: pd.DataFrame) -> Path:
    banner = REAL if path.stem == "services" else BANNER
    first = f"# commissioning-table/1 {path.stem}: {banner}. Licence {LICENCE.partition(':')[0]}\n"
    write_whole(path, first + table.to_csv(index=False, lineterminator="\n"))
    return path


def _readme(tables: dict[str, pd.DataFrame], patients: int, seed: int) -> str:
    files = "\n".join(f"  {name}.csv  {len(table):,} rows" for name, table in tables.items())
    tags = "\n".join(f"  {tag}  {meaning}" for tag, meaning in TAGS.items())
    return f"""Larkmere: {BANNER}.

No real person, practice or contract is in these files or behind them.
Drawn for The Commissioning Casebook: {patients:,} people, seed {seed}.
Licence {LICENCE}.

services.csv alone is {REAL}.

Files
{files}

The first line of each CSV is this banner, after "#". In Python: pandas.read_csv(path, comment="#").
data-dictionary.csv gives the unit of each column, its meaning, and how far it could identify somebody:
{tags}
"""
