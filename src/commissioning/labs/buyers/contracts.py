"""Contracts, counted by a rule: one for each provider, each kind of contract, and each body that holds it.

The rule is ours. It counts few rather than many: all that one body buys from one provider under one kind of contract is
one contract, so that where two buyers become one, two contracts become one as well. An enhanced service, such as the
flu jab, belongs to the practice's GP contract, whoever pays for it.
"""

from __future__ import annotations

import pandas as pd

from commissioning.labs.buyers.bodies import column
from commissioning.place.services import NOT_ESTABLISHED

GP = "GP contract"
HOLDS_GP = {2013: "NHS England", 2026: "ICB"}
"""Who held practices' contracts. Tests compare it with the row of the GP consultation."""


def contracts(table: pd.DataFrame, year: int) -> pd.Series[str]:
    """The contract behind each contact in a year, by name; nothing (None) where the kind could not be established."""
    holder = table[column("commissioner", year)].mask(table["contract"] == GP, HOLDS_GP[year])
    named = holder + " with " + table["provider"] + ": " + table["contract"]
    return named.where(table["contract"] != NOT_ESTABLISHED, None).rename(f"contract_{year}")
