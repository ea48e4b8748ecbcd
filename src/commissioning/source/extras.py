"""What to type for a part that is not installed: a line that works although the package stands on no index."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

NAME = "commissioning-casebook"


def install_line(extra: str) -> str:
    """The command that installs what an extra of this package asks for, in the Python that runs now."""
    try:
        asked = requires(NAME) or []
    except PackageNotFoundError:
        asked = []
    wanted = [line.partition(";")[0].strip() for line in asked if re.search(rf"extra == ['\"]{extra}['\"]", line)]
    named = " ".join(f'"{line}"' for line in wanted) or f'"{NAME}[{extra}]"'
    return f"{shown_python()} -m pip install {named}"


def shown_python() -> str:
    """This Python as it can be typed here."""
    python = Path(sys.executable)
    try:
        return python.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return f'"{python}"' if " " in str(python) else str(python)
