"""Larkmere, the fictional place whose synthetic data every lab uses. Nothing in it describes a real place or person.

`services()` alone is not synthetic: it says who bought which service in England, in 2013 and in 2026.

`persons()`, `practices()` and `admissions()` draw their tables from a seed; `DATA_DICTIONARY` says what each column
means, in which unit, and how far it could identify somebody; `write_tables(folder)` writes them as CSV for a class.
"""

from commissioning.place.bills import bills
from commissioning.place.contracts import contract_activity, contract_offers
from commissioning.place.decision_log import decisions
from commissioning.place.deductions import allocation_lines
from commissioning.place.dictionary import BANNER, DATA_DICTIONARY, TAGS
from commissioning.place.extract import extract
from commissioning.place.files import write_tables
from commissioning.place.larkmere import DEFAULT_SEED, MATRON_EFFECT, PATIENTS
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

__all__ = [
    "BANNER",
    "DATA_DICTIONARY",
    "DEFAULT_SEED",
    "MATRON_EFFECT",
    "PATIENTS",
    "TAGS",
    "admissions",
    "allocation_lines",
    "bills",
    "building",
    "contract_activity",
    "contract_offers",
    "csu_costs",
    "csu_kpi",
    "decisions",
    "design_groups",
    "design_meetings",
    "ed_attendances",
    "extract",
    "fair_shares",
    "fortnight",
    "ledger",
    "panel_weights",
    "persons",
    "practice_years",
    "practices",
    "projects",
    "proposal_scores",
    "services",
    "signals_monthly",
    "spend_series",
    "town_attendances",
    "user_survey",
    "weekly_attendances",
    "write_tables",
]
