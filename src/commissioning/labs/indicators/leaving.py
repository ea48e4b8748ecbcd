"""Leaving a supplier: what it costs once, what the dip costs, and the month by which savings have paid for both."""

from __future__ import annotations

import math

import pandas as pd

ONE_OFF = 420_000
"""Pounds: redundancy and transfer of staff, new systems, and what the contract asks of whoever ends it. Assumed."""
DIP_A_MONTH, DIP_MONTHS = 40_000, 3
"""Pounds a month while reports are late or missing and others do the work twice, and for how long. Assumed."""


def saving_a_month(costs: pd.DataFrame) -> float:
    """Pounds a month that the same work would cost less without the supplier, on average."""
    return float((costs["fee"] - costs["replacement"]).mean())


def break_even(*, one_off: float, dip: float, saving: float) -> float:
    """Months from leaving until savings have paid for what leaving cost: (one_off + dip) / saving.

    All in one unit, £ or £k; `saving` is of one month. Infinite where nothing is saved. Nothing is discounted, and the
    dip is assumed to be over before the month it names.
    """
    _require_costs(one_off=one_off, dip=dip)
    return (one_off + dip) / saving if saving > 0 else math.inf


def balance(month: float, *, one_off: float, saving: float, dip_a_month: float, dip_months: float) -> float:
    """Where one stands so many months after leaving: below zero until it has paid for itself."""
    _require_costs(one_off=one_off, dip=dip_a_month, dip_months=dip_months)
    return saving * month - one_off - dip_a_month * min(month, dip_months)


def _require_costs(**costs: float) -> None:
    for name, value in costs.items():
        if value < 0:
            raise ValueError(f"{name} must be 0 or more (got {value})")
