"""Files are written beside their place and then renamed into it: nobody ever finds half of one, whatever stops us."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(path: Path, content: str | bytes, *, can_be_made_again: bool = False) -> None:
    """Write a file as a whole, or leave what was there; text as UTF-8 with the line ends it has. Makes its folder.

    A link is written through: what it leads to changes, and it stays a link. Raises OSError, with nothing left behind.
    What can be made again does not wait for the disk: whoever reads it checks it.
    """
    place = path.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name[:60]}.", delete=False) as beside:
        try:
            beside.write(content.encode("utf-8") if isinstance(content, str) else content)
            beside.flush()
            if not can_be_made_again:
                os.fsync(beside.fileno())
            beside.close()
            Path(beside.name).chmod(_mode(place))
            Path(beside.name).replace(place)
        except BaseException:
            beside.close()
            with contextlib.suppress(OSError):
                Path(beside.name).unlink()
            raise


def _mode(place: Path) -> int:
    """The mode of the file that is there; for a new one what this process gives to new files."""
    with contextlib.suppress(OSError):
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
