"""What each column of each table means: unit, identifiability tag, words. Read by learners, files and tests."""

from __future__ import annotations

import pandas as pd

BANNER = "synthetic; do not cite as fact about any place"
REAL = "not synthetic: public knowledge about England, each row with its confidence; cite its sources, not this file"
"""What stands in place of `BANNER` on the one table that is not synthetic, `services`."""

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
    ("csu_kpi", "indicator", "none", "N", "Number of the indicator in Meridian's report, K01 to K33"),
    ("csu_kpi", "name", "none", "N", "What the indicator measures"),
    ("csu_kpi", "type", "none", "N", "timeliness, volume, accuracy or usefulness, as the book's authors class it"),
    ("csu_kpi", "unit", "none", "N", "Unit of target and value"),
    ("csu_kpi", "better", "higher or lower", "N", "Which way is good"),
    ("csu_kpi", "target", "as unit says", "N", "What the agreement asks for"),
    ("csu_kpi", "month", "year and month", "N", "Month, from November 2012 to October 2013"),
    ("csu_kpi", "value", "as unit says", "N", "What Meridian reported for the month"),
    ("user_survey", "report", "none", "N", "One report"),
    ("user_survey", "month", "year and month", "N", "Month in which it came"),
    ("user_survey", "used_in_decision", "Y or N", "N", "Whether it changed a decision, as whoever asked for it says"),
    ("user_survey", "minutes", "minutes", "N", "Time that its reader spent on it"),
    ("user_survey", "satisfaction", "score, 0 to 10", "N", "How satisfied its reader was: 10 is most"),
    ("user_survey", "comment_code", "none", "N", "What the reader's comment was about"),
    ("csu_costs", "month", "year and month", "N", "Month"),
    ("csu_costs", "fee", "pounds", "N", "What Meridian charged for reports"),
    ("csu_costs", "replacement", "pounds", "N", "What the same work would have cost without Meridian, estimated"),
    ("services", "service_id", "none", "N", "Service"),
    ("services", "name", "none", "N", "What it is called"),
    ("services", "commissioner_2013", "none", "N", "Kind of body that bought it in 2013; two bodies are joined by +"),
    ("services", "payer_2013", "none", "N", "Public body whose money paid for it in 2013; charges to people left out"),
    ("services", "commissioner_2026", "none", "N", "Kind of body that buys it in 2026"),
    ("services", "payer_2026", "none", "N", "Public body whose money pays for it in 2026"),
    ("services", "contract", "none", "N", "Kind of contract under which it is bought, the same in both years"),
    ("services", "delegated", "Y or nothing", "N", "Y: the ICB buys in place of NHS England, which stays accountable"),
    ("services", "moved", "dates", "N", "Days by which the buying had passed to another kind of body"),
    ("services", "evidence", "none", "N", "Sources, by their ids in the book's list"),
    ("services", "as_at", "date", "N", "Last day for which a source speaks; judged, where a source shows no day"),
    ("services", "confidence", "none", "N", "verified, seen or unsure: how far a source was read"),
    ("services", "note", "none", "N", "What to be careful about"),
    ("fortnight", "contact", "number, 1 to 30", "N", "One contact, in order; of an invented person"),
    ("fortnight", "day", "number, 1 to 14", "N", "Day of the fortnight: 1 is a Monday"),
    ("fortnight", "what", "none", "N", "What happened"),
    ("fortnight", "service_id", "none", "N", "Service, as in `services`"),
    ("fortnight", "provider", "none", "N", "Who gave it, the same in both years"),
    ("projects", "project_id", "none", "N", "Change of service, numbered as they began"),
    ("projects", "service", "none", "N", "What the project was about"),
    ("projects", "model", "A, B or C", "N", "A managers design, GPs sign; B GPs design, then buy; C all together"),
    ("projects", "complexity", "1 to 5", "N", "How hard it was: 1 easy, 5 very hard"),
    ("projects", "weeks_to_signoff", "weeks", "N", "Weeks from start to sign-off"),
    ("projects", "clinician_hours", "hours", "N", "Hours that clinicians of all kinds spent on the design"),
    ("projects", "implemented_12m", "Y or N", "N", "Whether in use twelve months after sign-off"),
    ("projects", "cost_k", "thousands of pounds", "N", "Cost of the design, staff time included"),
    ("decisions", "decision_id", "none", "N", "Decision, numbered as they were taken"),
    ("decisions", "topic", "none", "N", "What was decided"),
    ("decisions", "n_bodies", "bodies, 2 to 7", "N", "Bodies that had to agree"),
    ("decisions", "single_lead", "Y or N", "N", "Whether one named person led it"),
    ("decisions", "days", "days", "N", "Days from first discussion to decision"),
    ("decisions", "reversed_6m", "Y or N", "N", "Whether reversed within six months"),
    ("decisions", "value_k", "thousands of pounds a year", "N", "What it would cost or save in a year"),
]

DATA_DICTIONARY = pd.DataFrame(_COLUMNS, columns=["table", "column", "unit", "tag", "meaning"])
"""One row per column of each table: table, column, unit, tag (see `TAGS`), meaning."""
