"""A process that has loaded all that a build needs, and builds whenever it is told to: `commissioning read --watch`.

    python -m commissioning.press.warm FOLDER

Each line on its input names the pages to read again; each line of its output is the exit code of that build.

Where the system can fork, each build runs in a copy of this process, so that nothing of one build is left for the next.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from commissioning.book import read_book
from commissioning.book.unfinished import AGAIN, TELL
from commissioning.press.runs import jupyter_book
from commissioning.source.faults import Faults
from commissioning.source.quick import without

LOADED = (
    *("nbformat", "jupyter_book.cli.main", "jupyter_book.sphinx", "commissioning.site", "commissioning.labs"),
    *("commissioning.tutor", "myst_nb.sphinx_ext", "myst_nb.sphinx_", "sphinx.builders.html", "sphinx.search.en"),
    *("sphinx.ext.intersphinx", "sphinx.ext.mathjax", "sphinx_book_theme", "sphinx_comments", "sphinx_copybutton"),
    *("sphinx_design", "sphinx_external_toc", "sphinx_jupyterbook_latex", "sphinx_multitoc_numbering", "sphinx_thebe"),
    "sphinx_togglebutton",
)
"""What Jupyter Book loads in each build: its own parts, and the extensions that it names."""


class Builder:
    """The other end: starts such a process and asks it for builds."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "commissioning.press.warm", str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder)

    def __call__(self, folder: Path, environment: dict[str, str]) -> int:
        """One build; its exit code. Without forks, or if the process has died, an ordinary one."""
        if self.process.poll() is not None:
            return jupyter_book(folder, environment)
        ask, answer = self.process.stdin, self.process.stdout
        assert ask is not None
        assert answer is not None
        ask.write(environment.get(AGAIN, "") + "\n")
        ask.flush()
        return int(answer.readline() or 1)

    def close(self) -> None:
        """Let the process end."""
        self.process.terminate()
        self.process.wait()


def main() -> None:
    """Load, then build once for each line that comes in."""
    folder = Path(sys.argv[1])
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a build prints goes where its warnings go: our own output carries exit codes only
    _load(folder)
    for line in sys.stdin:
        print(_build(folder, line.strip()), file=out, flush=True)


def _load(folder: Path) -> None:
    """All that a build would load and read, as far as it is there: what is lacking, the build itself names."""
    with without():
        for name in LOADED:
            with suppress(ImportError):
                import_module(name)
    with suppress(Faults, OSError):
        read_book(folder)
    with suppress(ImportError):
        for version in ((4, 4), (4, 5)):
            import_module("nbformat.validator").get_validator(*version)


def _build(folder: Path, again: str) -> int:
    return jupyter_book(folder, {**os.environ, AGAIN: again, "COMMISSIONING_BOOK": str(folder), TELL: "1"})


if __name__ == "__main__":
    main()
