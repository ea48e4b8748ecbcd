"""Commands run as copies of one process that has loaded what they need, instead of each loading it anew.

Loading Jupyter Book takes four seconds of a processor, which is most of what a small build takes. Each worker of the
tests has one such process; a command is a copy of it (as `commissioning build` itself builds: press/runs.py), with a
folder, variables and output of its own. What must differ from the start (Python's seed of hashes), and whatever runs
where processes cannot be copied, is a new process.

    python tests/copies.py        reads one request a line, as JSON; the answers are files
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from commissioning.press.runs import FORKS, GARBAGE

Ended = subprocess.CompletedProcess[str]
PATIENCE = 600  # seconds; a machine that also does other things
COMMISSIONING, JUPYTER_BOOK = "commissioning.cli:main", "jupyter_book.cli.main:main"
SPHINX = "sphinx.cmd.build:main"
LOADED_TOO = ("commissioning.cli", "commissioning.press.build", "commissioning.check", "commissioning.press.serve")


@dataclass
class Running:
    """A command that was started: `ended()` waits for it."""

    arguments: list[str]
    place: TemporaryDirectory[str]
    process: subprocess.Popen[bytes]

    def ended(self) -> Ended:
        """How it ended, and what it said."""
        place, until = Path(self.place.name), time.monotonic() + PATIENCE
        while not (place / "code").is_file():
            code = self.process.poll()
            if code is not None and not (place / "code").is_file():
                (place / "code").write_text(str(code), encoding="utf-8")
            assert time.monotonic() < until, f"{self.arguments} did not end in {PATIENCE} seconds"
            time.sleep(0.01)
        said = [(place / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err")]
        ended = Ended(self.arguments, int((place / "code").read_text(encoding="utf-8")), *said)
        self.place.cleanup()
        return ended


def start(call: str, *arguments: object, folder: Path, **variables: str | None) -> Running:
    """Start a `module:function` as a command, in a folder, with our variables and these (None: without it)."""
    place = TemporaryDirectory()
    asked = [call.partition(":")[0].partition(".")[0], *map(str, arguments)]
    environment = {name: value for name, value in (os.environ | variables).items() if value is not None}
    if not FORKS or "PYTHONHASHSEED" in variables:
        module, _, name = call.partition(":")
        command = [sys.executable, "-c", f"import sys; from {module} import {name}; sys.exit({name}())", *asked[1:]]
        with Path(place.name, "out").open("wb") as out, Path(place.name, "err").open("wb") as err:
            made = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=err)
        return Running(asked, place, made)
    request = {"call": call, "arguments": asked, "folder": str(folder), "environment": environment, "place": place.name}
    original = _original()
    assert original.stdin is not None
    original.stdin.write(json.dumps(request).encode() + b"\n")
    original.stdin.flush()
    return Running(asked, place, original)


def run(call: str, *arguments: object, folder: Path, **variables: str | None) -> Ended:
    """`start`, and wait for the end."""
    return start(call, *arguments, folder=folder, **variables).ended()


@cache
def _original() -> subprocess.Popen[bytes]:
    """The process of this worker that is copied."""
    made = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE)

    def end() -> None:
        assert made.stdin is not None
        made.stdin.close()
        made.wait()

    atexit.register(end)
    return made


# -- on the other side -----------------------------------------------------------------------------------------------


def serve() -> None:
    """Load everything, then start a copy for each line that comes in."""
    from commissioning.press.warm import LOADED
    from commissioning.source.quick import without

    with without():
        for name in (*LOADED, *LOADED_TOO):
            with suppress(ImportError):
                import_module(name)
        for version in ((4, 4), (4, 5)):
            import_module("nbformat.validator").get_validator(*version)
    gc.freeze()  # what was loaded is nobody's garbage
    for line in sys.stdin:
        if not os.fork():
            _see_to(json.loads(line))
        while True:
            with suppress(ChildProcessError):
                if os.waitpid(-1, os.WNOHANG)[0]:
                    continue
            break


def _see_to(request: dict[str, object]) -> None:
    """In a copy: one more copy does what was asked; this one notes how that ended, whatever became of it."""
    place = Path(str(request["place"]))
    if not (child := os.fork()):
        _do(request, place)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    half = place / "code.half"
    half.write_text(str(code), encoding="utf-8")
    half.rename(place / "code")
    os._exit(0)


def _do(request: dict[str, object], place: Path) -> None:
    code = 1
    try:
        for name, number in (("out", 1), ("err", 2)):
            os.dup2(os.open(place / name, os.O_WRONLY | os.O_CREAT), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        gc.set_threshold(GARBAGE)
        os.environ.clear()
        os.environ.update(request["environment"])  # type: ignore[call-overload]
        os.chdir(str(request["folder"]))
        sys.argv = list(request["arguments"])  # type: ignore[call-overload]
        module, _, name = str(request["call"]).partition(":")
        code = _called(module, name)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _called(module: str, name: str) -> int:
    """The exit code of a command's function, as Python would end with it."""
    try:
        return int(getattr(import_module(module), name)() or 0)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        import traceback

        traceback.print_exc()
        return 1


if __name__ == "__main__":
    serve()
