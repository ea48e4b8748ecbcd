"""Who buys what: services that a frail older person may touch, and one invented person's fortnight among them.

`services()` is not synthetic. It says, for England, which kind of body bought each service in 2013 and buys it in 2026,
as far as we could read it in a source; `confidence` says how far that was, and `as_at` the last day for which a source
of ours speaks. `fortnight()` is invented: thirty contacts of one person in Larkmere, the same in both years, so that
nothing differs between the years but the buyers.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pandas as pd

CONFIDENCE = {
    "verified": "read in a source's own words, for both years",
    "seen": "read for one year or one place, and taken to hold for the other",
    "unsure": "we could not establish it",
}
"""How sure we are of a row of `services()`, from most to least."""

NOT_ESTABLISHED = "not established"
"""What stands where a buyer or payer could not be found out. It is the name of no body."""

WITH = " + "
"""What stands between two bodies that buy or pay together."""

YEARS = (2013, 2026)


def services() -> pd.DataFrame:
    """Services, one row each: who buys and pays in each year, under which kind of contract, and how we know.

    `delegated` is "Y" where in 2026 the ICB buys in place of NHS England, which stays accountable. `moved` holds days
    by which the buying had passed to another kind of body, with "; " between them, and `evidence` the ids of sources.
    """
    return _read("services").copy()


def fortnight() -> pd.DataFrame:
    """One invented person's contacts with services over 14 days, one row each. Synthetic."""
    return _read("fortnight").copy()


@cache
def _read(name: str) -> pd.DataFrame:
    with files("commissioning.place").joinpath(f"{name}.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, keep_default_na=False)
