"""One learner's record as a file: what a browser or a notebook keeps, read with care, joined without loss.

    from commissioning import record
    record()                                     # in a notebook: what you decided in notebooks on this machine
    record("my-record.json")                     # the same, joined with that file, for the exercises here too
    mine = record.read_record("my-record.json")
    record.write_record(record.merge(mine, theirs), "my-record.json")

The module can be called, so that a notebook needs one name. `front/record/` follows the same rules; cases in
`tests/fixtures/record` are run by both. What a record says of a book is in `views`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from commissioning.record.joining import merge
from commissioning.record.kernel import keep, keep_aside, keep_drafts, kept, path, take
from commissioning.record.reading import as_json, read_record, read_text, write_record
from commissioning.record.shapes import Record, RecordError
from commissioning.record.views import as_csv, as_dataframe, as_html, as_markdown, find_identifying

__all__ = [
    "Record", "RecordError", "as_csv", "as_dataframe", "as_html", "as_json", "as_markdown", "find_identifying", "keep",
    "keep_aside", "keep_drafts", "kept", "merge", "path", "read_record", "read_text", "take", "write_record",
]  # fmt: skip

Record.shown = {"html": as_html, "markdown": as_markdown}


class _Callable(ModuleType):
    def __call__(self, *paths: str | Path) -> Record:
        """What was decided in notebooks, joined with the records in these files. Shows as a table in a notebook.

        The exercises of this kernel show what stands in these files too.
        """
        for found in list(map(read_record, paths)):
            take(found)
        return kept()


sys.modules[__name__].__class__ = _Callable
