"""The join: every contact with what is known of its service."""

from __future__ import annotations

import pandas as pd

from commissioning import place


def contacts() -> pd.DataFrame:
    """The fortnight, one row for each contact in its order, with the columns of its service.

    Raises if a contact's service is missing or stands twice in the table of services.
    """
    joined = place.fortnight().merge(place.services(), on="service_id", how="left", validate="many_to_one")
    missing = joined.loc[joined["name"].isna(), "service_id"].unique()
    if len(missing):
        raise LookupError(f"no service is called {', '.join(map(repr, missing))}")
    return joined
