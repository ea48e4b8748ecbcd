"""Bodies out of cells: a cell may name one body, two that share, or none that could be established.

A year is 2013 or 2026. A body is counted once however often it appears, two that share are two, and "not established"
is the name of no body.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commissioning.place.services import NOT_ESTABLISHED, WITH, YEARS


def bodies(cells: Iterable[str]) -> list[str]:
    """The different bodies that cells name, by alphabet."""
    return sorted({body for cell in cells for body in cell.split(WITH)} - {NOT_ESTABLISHED})


def buyers(table: pd.DataFrame, year: int) -> list[str]:
    """The different bodies that bought the services of a table in a year."""
    return bodies(table[column("commissioner", year)])


def payers(table: pd.DataFrame, year: int) -> list[str]:
    """The different public bodies whose money paid in a year. What people pay themselves is left out."""
    return bodies(table[column("payer", year)])


def by_body(table: pd.DataFrame, what: str = "commissioner") -> pd.DataFrame:
    """Contacts that each body bought (`what="commissioner"`) or paid for (`"payer"`): a row a body, a column a year.

    A contact that two bodies share counts for both; one that could not be established has a row of its own. A column
    may therefore add up to more than there are contacts.
    """
    counted = {year: table[column(what, year)].str.split(WITH, regex=False).explode().value_counts() for year in YEARS}
    return pd.DataFrame(counted).fillna(0).astype(int).rename_axis("body")


def changed(table: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row's buyer in 2026 is another kind of body than in 2013. An ICB is not a CCG."""
    return table[column("commissioner", 2013)] != table[column("commissioner", 2026)]


def moves(table: pd.DataFrame) -> pd.Series[int]:
    """How often the buying of each row passed to another kind of body between the years."""
    return table["moved"].map(lambda days: len([day for day in days.split("; ") if day]))


def column(what: str, year: int) -> str:
    """A column's name. Raises ValueError for what is not there, and says what is."""
    if what not in ("commissioner", "payer"):
        raise ValueError(f"what must be one of commissioner, payer (got {what!r})")
    if year not in YEARS:
        raise ValueError(f"year must be one of {', '.join(map(str, YEARS))} (got {year!r})")
    return f"{what}_{year}"
