"""The published book: what Sphinx and MyST-NB need to show decisions, facts and charts in the book's own shell.

The only part of the package that imports Sphinx, docutils or MyST-NB; `_config.yml` names it under `extra_extensions`.
`mime` turns notebook outputs into exercises, `roles` and `directives` are what authors write, `evidence` gathers the
sources and meanings of a page, `shell` and `assets` make the page round it, `freshness`, `shown` and
`by_content` decide what is built again, `side_by_side` runs the notebooks of a build.
"""

from __future__ import annotations

import os
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from commissioning.site import (
    again,
    assets,
    by_content,
    by_page,
    directives,
    evidence,
    finding,
    freshness,
    game_extras,
    guard,
    later,
    mime,
    progress,
    roles,
    shell,
    shown,
    side_by_side,
    sittings,
)
from commissioning.site.mime import ExerciseMimePlugin

__all__ = ["ExerciseMimePlugin", "setup"]

FEW = 5
"""Pages that one process reads and writes sooner than it could make others to help."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Add everything the book needs to a Sphinx application."""
    parts = (
        progress,
        freshness,
        mime,
        roles,
        directives,
        game_extras,
        evidence,
        shell,
        shown,
        assets,
        finding,
        by_content,
        by_page,
        side_by_side,
        again,
    )
    for part in (*parts, sittings, later, guard):
        part.setup(app)
    app.connect("env-before-read-docs", use_all_processors)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def use_all_processors(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Pages are read and written side by side where there are many. (Jupyter Book has no option for it.)

    Two extensions do not say that they can be so used. All that they do, they do for LaTeX and before pages are read.
    """
    if len(docnames) <= FEW:
        return
    app.parallel = (os.cpu_count() or 1) + 1  # Sphinx keeps one of them to hand out work
    for name in ("sphinx_jupyterbook_latex", "sphinx_multitoc_numbering"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
