"""What each column of each table means: unit, identifiability tag, words. Read by learners, files and tests."""

from __future__ import annotations

import pandas as pd

BANNER = "synthetic; do not cite as fact about any place"

TAGS = {
    "D": "direct identifier: names a person by itself",
    "P": "pseudonym: links records, and names a person to whoever holds the key",
    "Q": "quasi-identifier: may identify a person in combination with others",
    "S": "sensitive: something a person may not want known",
    "N": "neither",
}
"""Identifiability tags, each with its meaning. A column may carry two, such as "Q S"."""

_COLUMNS = [
    ("persons", "pid", "none", "P", "Pseudonym of one person, the same in every table"),
    ("persons", "age_band", "years", "Q", "Age at the start of year 1, in six bands"),
    ("persons", "sex", "F or M", "Q", "Sex as the GP record holds it"),
    ("persons", "imd_quintile", "fifth, 1 to 5", "Q", "Deprivation of the home: 1 most deprived, 5 least"),
    ("persons", "practice_id", "none", "Q", "Practice where the person is registered"),
    ("persons", "ltc_count", "conditions, 0 to 8", "S", "Long-term conditions on the GP record"),
    ("persons", "frailty", "score, 0 to 1", "S", "Frailty score from the GP record: 0 fit, 1 very frail"),
    ("persons", "risk_score", "probability, 0 to 1", "S", "Scored chance of any emergency admission in year 2"),
    ("persons", "adm_y1", "admissions in the year", "S", "Emergency admissions from September 2011 to August 2012"),
    ("persons", "adm_y2", "admissions in the year", "S", "Emergency admissions from September 2012 to August 2013"),
    ("persons", "matron", "Y or N", "S", "Whether offered a matron: two or more in adm_y1, practice drawn"),
    ("persons", "latent_rate", "admissions per year", "N", "The lasting risk we planted; in no learner's copy"),
    ("practices", "practice_id", "none", "N", "Practice"),
    ("practices", "neighbourhood", "number, 1 to 5", "N", "Neighbourhood to which the practice belongs"),
    ("practices", "list_size", "people", "N", "People registered"),
    ("practices", "imd_mean", "mean fifth, 1 to 5", "N", "Mean fifth of its people: the lower, the more deprived"),
    ("practices", "matron", "Y or N", "N", "Whether the practice was drawn to offer a matron"),
    ("admissions", "adm_id", "none", "P", "One admission"),
    ("admissions", "pid", "none", "P", "Pseudonym of the person admitted"),
    ("admissions", "year", "1 or 2", "N", "Year of data: 1 begins in September 2011, 2 in September 2012"),
    ("admissions", "date", "date", "Q", "Day of admission; every row is an emergency admission"),
    ("admissions", "los", "days", "S", "Length of stay in nights: 0 is home the same day"),
    ("admissions", "provider", "none", "Q", "Where: Larkmere General, or elsewhere"),
]

DATA_DICTIONARY = pd.DataFrame(_COLUMNS, columns=["table", "column", "unit", "tag", "meaning"])
"""One row per column of each table: table, column, unit, tag (see `TAGS`), meaning."""
