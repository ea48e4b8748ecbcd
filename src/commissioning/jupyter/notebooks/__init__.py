"""Notebooks: exercises made from solutions, and a learner's own copy of the chapters.

`commissioning notebooks` calls `stale` and `write_exercises`, `copy` calls `note_copied`, `lab` calls `write_lab`.
"""

from commissioning.source.quick import without

with without():  # nbformat would spend two seconds on a grammar that nothing here needs
    from commissioning.jupyter.notebooks.exercises import exercise, note_copied, stale, write_exercises
    from commissioning.jupyter.notebooks.folder import write_lab

__all__ = ["exercise", "note_copied", "stale", "write_exercises", "write_lab"]
