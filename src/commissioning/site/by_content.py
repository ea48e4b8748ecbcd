"""A page is read again when the bytes of a file that it was read from have changed, whatever the file's time says.

Sphinx compares times alone, and reads a page again when a file of it is younger. A file that comes out of an archive, a
checkout or a copy may be older than the one it takes the place of. So each page keeps a digest of its files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from commissioning.site.noted import Noted

FILES = Noted("files")
"""The files that each page was read from."""


@cache
def _digest(path: Path) -> str:
    """Of a file as this build saw it first; "" of one that is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def begin(app: Sphinx) -> None:
    """A new build looks at the files afresh."""
    _digest.cache_clear()


def changed(app: Sphinx, env: BuildEnvironment, *_: Iterable[str]) -> list[str]:
    """The pages of which a file is not what it was when they were read."""
    root = Path(env.srcdir)
    return FILES.outdated(env, lambda name: _digest(root / name))


def before(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Look at the pages before they are read: what is saved while they are belongs to the next build."""
    for docname in docnames:
        _digest(Path(env.doc2path(docname)))


def note(app: Sphinx, doctree: object) -> None:
    """Keep what the page that has been read was read from."""
    env = app.env
    page, root = Path(env.doc2path(env.docname)), Path(env.srcdir)
    names = {page.relative_to(root).as_posix(), *map(str, env.dependencies[env.docname])}
    FILES.of(env)[env.docname] = {name: _digest(root / name) for name in sorted(names)}


def setup(app: Sphinx) -> None:
    """Compare before the pages are read."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", changed)
    app.connect("env-before-read-docs", before)
    app.connect("doctree-read", note)
    FILES.connect(app)
