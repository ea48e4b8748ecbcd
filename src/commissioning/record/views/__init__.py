"""What a record says of a book: what was decided in words, outcomes met, what is due, how sure one was.

In: a Record and the Index of a book. Out: plain values, Markdown, CSV, a DataFrame, HTML for a notebook. Nothing here
is a mark: no total, no rank. `front/record/` says the same in the browser, from the same index (`index_json`).
"""

from __future__ import annotations

from commissioning.record.views.answers import is_marked, met, said, score, tell
from commissioning.record.views.begun import Begun, begun
from commissioning.record.views.identifying import IDENTIFYING, find_identifying
from commissioning.record.views.index import COLUMNS, Entry, Index, entry, index, index_json, make_index, short
from commissioning.record.views.progress import STEPS, calibration, due, is_confident_but_wrong, local_day, outcomes
from commissioning.record.views.tables import ENOUGH, as_csv, as_dataframe, as_html, rows, safe
from commissioning.record.views.texts import as_markdown, plain_md, quoted_md, said_day

__all__ = [
    "COLUMNS",
    "ENOUGH",
    "IDENTIFYING",
    "STEPS",
    "Begun",
    "Entry",
    "Index",
    "as_csv",
    "as_dataframe",
    "as_html",
    "as_markdown",
    "begun",
    "calibration",
    "due",
    "entry",
    "find_identifying",
    "index",
    "index_json",
    "is_confident_but_wrong",
    "is_marked",
    "local_day",
    "make_index",
    "met",
    "outcomes",
    "plain_md",
    "quoted_md",
    "rows",
    "safe",
    "said",
    "said_day",
    "score",
    "short",
    "tell",
]
