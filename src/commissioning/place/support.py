"""What Meridian Commissioning Support sells Larkmere, and how it is measured: 33 indicators, 220 reports, 12 bills.

Planted, and the same for every seed: 31 of 33 indicators are green, one is amber and one is red; three measure
usefulness, the red and the amber among them; 40 of 220 reports changed a decision; the fees come to £792,000, and the
same work would cost £28,000 a month less. Drawn: each month's values and each reader's answers. One thing that changes
from month to month, how well the question is understood, moves both the red indicator and what readers say. The other
32 indicators know nothing of it; among so many, some will seem to.

The seed is the town's own and was not chosen for these tables: it was the first that was tried. Called by `place`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Flags, Floats, Ints

MONTHS = [f"{year}-{month:02d}" for year, months in ((2012, (11, 12)), (2013, range(1, 11))) for month in months]
"""From November 2012, in the shadow year, to October 2013: what the board reads in November 2013."""
REPORTS = 220
CHANGED = 40
"""Reports that changed a decision, as the person who had asked for them says: 18%."""
FEE, REPLACEMENT = 66_000, 38_000
"""Pounds a month, on average: what Meridian charges for reports, and what the same work would cost without it."""
UNDERSTOOD = "K31"
"""The one red indicator, which shares its ups and downs with what readers say."""


@dataclass(frozen=True)
class Indicator:
    """One line of Meridian's monthly report: what is measured, its target, where it usually lies and how it moves."""

    name: str
    type: str
    unit: str
    target: float
    level: float
    wobble: float

    @property
    def better(self) -> str:
        """Which way is good. An indicator usually lies on the good side of its target; the useful two do not."""
        return "lower" if self.unit == "days" or "mistake" in self.name else "higher"


INDICATORS = (
    Indicator("Monthly reports sent by the tenth working day", "timeliness", "%", 95, 97.4, 1.0),
    Indicator("Invoices paid within 30 days", "timeliness", "%", 95, 97.0, 0.9),
    Indicator("Payslips sent by the agreed day", "timeliness", "%", 98, 99.2, 0.4),
    Indicator("Help desk calls answered within three minutes", "timeliness", "%", 80, 86.0, 2.5),
    Indicator("Help desk requests closed within five days", "timeliness", "%", 85, 90.5, 2.2),
    Indicator("Board papers sent a week before the meeting", "timeliness", "%", 90, 94.0, 2.0),
    Indicator("Freedom of information replies sent on time", "timeliness", "%", 90, 95.0, 2.0),
    Indicator("Contract queries raised before their deadline", "timeliness", "%", 90, 93.5, 1.8),
    Indicator("Invoices checked before they are due", "timeliness", "%", 92, 95.5, 1.4),
    Indicator("Complaints acknowledged on time", "timeliness", "%", 95, 97.5, 1.1),
    Indicator("Hospital data loaded within five days", "timeliness", "%", 90, 95.0, 2.1),
    Indicator("Meeting notes sent within five days", "timeliness", "%", 85, 92.0, 2.6),
    Indicator("Time to answer a request for data", "timeliness", "days", 10, 7.8, 0.7),
    Indicator("Time to set up a new member of staff", "timeliness", "days", 3, 2.2, 0.3),
    Indicator("Reports produced", "volume", "a month", 12, REPORTS / 12, 2.0),
    Indicator("Dashboards kept up to date", "volume", "a month", 24, 29.0, 1.5),
    Indicator("Pages of analysis delivered", "volume", "a month", 600, 742.0, 60.0),
    Indicator("Contract meetings attended", "volume", "a month", 10, 12.5, 1.2),
    Indicator("Training sessions run", "volume", "a month", 4, 5.8, 0.9),
    Indicator("Hospital records processed", "volume", "thousand a month", 30, 34.0, 1.8),
    Indicator("Invoices processed", "volume", "a month", 1_400, 1_620.0, 90.0),
    Indicator("Help desk calls taken", "volume", "a month", 350, 412.0, 30.0),
    Indicator("Press enquiries handled", "volume", "a month", 8, 11.0, 1.6),
    Indicator("Payslips without an error", "accuracy", "%", 99, 99.6, 0.15),
    Indicator("Invoices matched to an order", "accuracy", "%", 90, 94.0, 1.5),
    Indicator("Records with a valid NHS number", "accuracy", "%", 97, 98.6, 0.5),
    Indicator("Reports issued again after a mistake", "accuracy", "%", 3, 1.6, 0.6),
    Indicator("Ledger entries under the right code", "accuracy", "%", 96, 98.0, 0.7),
    Indicator("Records with a practice code", "accuracy", "%", 98, 99.1, 0.3),
    Indicator("Data loads that passed every check", "accuracy", "%", 95, 97.6, 1.0),
    Indicator("Reports that answered the question, says the asker", "usefulness", "%", 80, 58.0, 9.0),
    Indicator("Staff who would ask Meridian first next time", "usefulness", "%", 70, 68.0, 1.6),
    Indicator("Requests closed with the asker's agreement", "usefulness", "%", 85, 89.0, 1.9),
)
"""Every indicator in the order of Meridian's report; the first is K01. All but the red and the amber one are green."""

COMMENTS = ("answers-another-question", "too-long", "nobody-to-ask", "late", "helped", "none")
"""What a reader's comment was about, as coded by the group's own staff. "late" is rare: it is what is measured."""


def csu_kpi(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """33 indicators in 12 months, one row each: indicator, name, type, unit, better, target, month, value."""
    understood, reports = _understood(seed), _reports_by_month(seed)
    rows = []
    for place, one in enumerate(INDICATORS):
        code = f"K{place + 1:02d}"
        noise = _settled(np.random.default_rng([seed, 10, 1, place]).standard_normal(len(MONTHS)))
        if code == UNDERSTOOD:
            noise = _settled(understood + 0.4 * noise)
        values = reports if one.name == "Reports produced" else _as_reported(one, one.level + one.wobble * noise)
        rows += [
            (code, one.name, one.type, one.unit, one.better, one.target, month, float(value))
            for month, value in zip(MONTHS, values, strict=True)
        ]
    columns = ["indicator", "name", "type", "unit", "better", "target", "month", "value"]
    return pd.DataFrame(rows, columns=columns)


def _as_reported(one: Indicator, values: Floats) -> Floats:
    """Percentages between 0 and 100; whole numbers where things are counted, else one decimal."""
    kept = np.clip(values, 0, 100) if one.unit == "%" else np.maximum(values, 0)
    rounded: Floats = np.round(kept, 0 if one.unit == "a month" else 1)
    return rounded


def _settled(noise: Floats) -> Floats:
    """The same ups and downs with mean 0 and spread 1, so that a year's average is as planted for every seed."""
    settled: Floats = (noise - noise.mean()) / noise.std()
    return settled


@lru_cache(maxsize=4)
def _understood(seed: int) -> Floats:
    """How well Meridian understood what it was asked, by month."""
    return _settled(np.random.default_rng([seed, 10, 0]).standard_normal(len(MONTHS)))


@lru_cache(maxsize=4)
def _reports_by_month(seed: int) -> Ints:
    """Reports in each month, 220 in all and never fewer than 13."""
    extra = np.random.default_rng([seed, 10, 2]).multinomial(REPORTS - 13 * len(MONTHS), [1 / len(MONTHS)] * 12)
    return np.asarray(13 + extra, dtype=np.int64)


def user_survey(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """The year's 220 reports, one row each, as whoever asked for it answered.

    Columns: report, month, used_in_decision (Y or N), minutes (reading it), satisfaction (0 to 10), comment_code.
    """
    rng = np.random.default_rng([seed, 10, 3])
    month = np.repeat(np.arange(len(MONTHS)), _reports_by_month(seed))
    liking = 5.2 + 0.9 * _understood(seed)[month] + 1.5 * rng.standard_normal(REPORTS)
    satisfaction = np.clip(np.rint(liking), 0, 10).astype(np.int64)
    used = np.zeros(REPORTS, dtype=np.bool_)
    used[np.argsort(liking + 2.0 * rng.standard_normal(REPORTS))[-CHANGED:]] = True
    return pd.DataFrame(
        {
            "report": [f"R{number:03d}" for number in range(1, REPORTS + 1)],
            "month": np.array(MONTHS)[month],
            "used_in_decision": np.where(used, "Y", "N"),
            "minutes": np.maximum(2, np.rint(rng.lognormal(3.2, 0.7, REPORTS))).astype(np.int64),
            "satisfaction": satisfaction,
            "comment_code": _comments(used, satisfaction, rng),
        }
    )


def _comments(used: Flags, satisfaction: Ints, rng: np.random.Generator) -> list[str]:
    """A comment to each report: mostly that it helped where it was used, that it missed the question where disliked."""
    chances = {
        "used": (0.03, 0.10, 0.07, 0.02, 0.58, 0.20),
        "liked": (0.15, 0.22, 0.15, 0.02, 0.16, 0.30),
        "disliked": (0.50, 0.15, 0.17, 0.02, 0.00, 0.16),
    }
    kinds = np.where(used, "used", np.where(satisfaction > 5, "liked", "disliked"))
    return [str(rng.choice(COMMENTS, p=chances[kind])) for kind in kinds]


def csu_costs(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """What reports cost in each of 12 months, £: Meridian's `fee`, and `replacement`, the same work without it."""
    fee, replacement = (
        base + _evened(np.random.default_rng([seed, 10, 4, place]), spread)
        for place, (base, spread) in enumerate(((FEE, 2_500), (REPLACEMENT, 900)))
    )
    return pd.DataFrame({"month": MONTHS, "fee": fee, "replacement": replacement})


def _evened(rng: np.random.Generator, spread: float) -> Ints:
    """Twelve whole hundreds that come to nothing together: six draws, and the same six with the sign turned."""
    draws = 100 * np.rint(rng.standard_normal(6) * spread / 100).astype(np.int64)
    evened: Ints = rng.permutation(np.concatenate([draws, -draws]))
    return evened
