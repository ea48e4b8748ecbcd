"""One run of Jupyter Book in a process of its own: a copy of this one where the system can fork, else a new one.

A copy has loaded already what this process has (two seconds of a build), and leaves nothing behind in it.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from commissioning.source.quick import without

NEW = """
from commissioning.source.quick import without
with without():
    from jupyter_book.cli.main import main
    import nbformat
main()
"""
ARGUMENTS = ["build", "-q", "-n", "-W", "--keep-going"]
FORKS = sys.platform == "linux"
"""Elsewhere a copy of a process that has loaded the system's own libraries may not call them (macOS), or is none."""
GARBAGE = 100_000
"""How many things are made before Python looks for those that nobody holds: at 700 it looks all the time."""
Run = Callable[[Path, dict[str, str]], int]


def jupyter_book(folder: Path, environment: dict[str, str]) -> int:
    """Run Jupyter Book over a book's folder, with these environment variables; its exit code."""
    if not FORKS:
        command = [sys.executable, "-c", NEW, *ARGUMENTS, str(folder)]
        return subprocess.run(command, check=False, cwd=folder, env=environment).returncode
    sys.stdout.flush()
    sys.stderr.flush()
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        code = _in_a_copy(folder, environment)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _in_a_copy(folder: Path, environment: dict[str, str]) -> int:
    gc.set_threshold(GARBAGE)  # most of what a build makes lives as long as it does
    os.environ.update(environment)
    os.chdir(folder)
    with without():
        import nbformat  # noqa: F401
        from jupyter_book.cli.main import main
    try:
        main([*ARGUMENTS, str(folder)], standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException as error:  # told as Jupyter Book itself would; the process that was copied lives on
        print(error, file=sys.stderr)
        return 1
    return 0
