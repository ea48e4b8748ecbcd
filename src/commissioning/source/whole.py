"""Files are written beside their place and then given their name: nobody ever finds half of one, whatever stops us."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(path: Path, content: str | bytes, *, replace: bool = True, can_be_made_again: bool = False) -> bool:
    """Write a file whole or not at all; text as UTF-8, with the line ends it has. Makes its folder.

    One that stands there is kept, unless `replace`; says whether it was written. A link in its place is replaced (or
    kept) as any file is: what it leads to is never changed. What `can_be_made_again` does not wait for the disk, and
    whoever reads it checks it. Raises OSError, which names the file, with nothing left behind.
    """
    if os.path.lexists(path) and not replace:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = _half(path, content.encode("utf-8") if isinstance(content, str) else content, not can_be_made_again)
        try:
            return _put(half, path, replace)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise type(error)(error.errno, error.strerror or str(error), str(path)) from None


def write_if_new(path: Path, content: str | bytes, *, can_be_made_again: bool = False) -> bool:
    """`write_whole`, unless that very content stands there already; says whether it was written. Raises OSError."""
    body = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == body:
        return False
    return write_whole(path, body, can_be_made_again=can_be_made_again)


def _half(path: Path, content: bytes, sure: bool) -> Path:
    """The content in a file beside its place, with the mode that the file there has, or that new files get."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:50]}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            if sure:
                os.fsync(file.fileno())
            Path(file.name).chmod(_mode(path))
        except BaseException:
            file.close()
            Path(file.name).unlink(missing_ok=True)
            raise
    return Path(file.name)


def _mode(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _put(half: Path, path: Path, replace: bool) -> bool:
    """Give the finished file its name. Without `replace`, by a link, which fails where someone was quicker."""
    if replace:
        half.replace(path)
        return True
    try:
        path.hardlink_to(half)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):  # a file system without links
        half.rename(path)
    return True
