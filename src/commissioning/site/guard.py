"""The end of every build: nothing of the finished site asks another host, and nothing from outside the book is in it.

What the builder wrote is parsed (`check.requests`), whoever wrote it: an author, a library's template, an old build. A
file that was found clean is not parsed again until it changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.misc import Raw
from sphinx.application import Sphinx
from sphinx.directives.patches import CSVTable
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from commissioning.check import requests
from commissioning.page import policy
from commissioning.site.freshness import PACKAGE
from commissioning.source.cache import digest_of
from commissioning.source.whole import write_whole

KEPT = "guarded.json"
MADE_BY_CELLS = "jupyter_execute"
"""Where MyST-NB lays the pictures that notebooks make, beside the site."""
LOGGER = logging.getLogger(__name__)
AUTHORS = (".md", ".yaml", ".bib", ".ipynb", ".svg")
RIGHT = "Keep a copy in the book's folder, or make it a link that a reader may follow; scripts are the package's own."


def guard(app: Sphinx, error: Exception | None) -> None:
    """Fail the build, naming every place, where the site would ask anybody else."""
    if error is not None or app.builder.format != "html":
        return
    site, inline = Path(app.outdir), policy.INLINE
    for docname in _refused(app.env):
        Path(app.builder.get_outfilename(docname)).unlink(missing_ok=True)  # type: ignore[attr-defined]
    kept = Path(app.doctreedir).parent / KEPT
    code = digest_of("check/requests.py", "page/policy.py")
    before, now = _read(kept, code), dict[str, str]()
    for path in sorted(path for path in site.rglob("*") if path.suffix.lower() in requests.SUFFIXES):
        name, found = path.relative_to(site).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
        asked = [] if before.get(name) == found else requests.requests_of(path, inline)
        for one in dict.fromkeys(asked):
            _tell(app, path, one)
        if not asked:
            now[name] = found
    write_whole(kept, json.dumps({"code": code, "clean": now}), can_be_made_again=True)


def _read(kept: Path, code: str) -> dict[str, str]:
    """The files that were found clean by this very code, with their digests."""
    try:
        told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return dict(told["clean"]) if told["code"] == code else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _tell(app: Sphinx, path: Path, asked: requests.Asked) -> None:
    """An error at the author's line if one holds what is asked, otherwise at the built file's; the build has failed."""
    file, line = next(_lines_with(app, path, asked.what.rstrip(">")), (path, asked.line))
    LOGGER.error("%s: %s is not the book's own. %s", asked.where, asked.what, RIGHT, location=f"{file}:{line}")
    app.statuscode = 1


def _lines_with(app: Sphinx, path: Path, what: str) -> Iterator[tuple[Path, int]]:
    """The places in the files beside a page's source, then in the whole book, that hold the words."""
    source = Path(app.srcdir, path.relative_to(app.outdir)).parent
    for folder in (source, Path(app.srcdir, "book")):
        for file in sorted(folder.rglob("*")) if folder.is_dir() and folder != Path(app.srcdir) else ():
            if file.suffix in AUTHORS and file.is_file():
                for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                    if what in line:
                        yield file, number


def from_outside(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Refuse pages, pictures, downloads and included files that lie in no book and no package, links followed."""
    roots = [path.resolve() for path in (Path(env.srcdir), PACKAGE, Path(app.outdir).parent / MADE_BY_CELLS)]
    refused = set[str]()
    for name, docname in sorted(_taken(env)):
        path = Path(env.srcdir, name)
        if any(path.resolve().is_relative_to(root) for root in roots):
            continue
        refused.add(docname)
        lines = Path(env.doc2path(docname)).read_text(encoding="utf-8", errors="replace").splitlines()
        line = next((number for number, line in enumerate(lines, 1) if path.name in line), 1)
        LOGGER.error("'%s' lies outside the book. Keep a copy in the book's folder.", name, location=(docname, line))
        for files in (env.images, env.dlfiles):
            for known in [known for known in files if str(known) == name]:  # Sphinx 8 has paths here
                del files[known]  # what is not in these is not copied
        app.statuscode = 1
    env.commissioning_refused = refused  # type: ignore[attr-defined]
    return sorted(refused)


def _taken(env: BuildEnvironment) -> set[tuple[str, str]]:
    """What the pages take in, as (file, page)."""
    taken = {(str(env.doc2path(docname)), docname) for docname in env.found_docs}
    taken |= {(str(name), docname) for docname, names in env.dependencies.items() for name in names}
    for files in (env.images, env.dlfiles):
        taken |= {(str(name), docname) for name, (docnames, _) in files.items() for docname in docnames}
    return taken


def _refused(env: BuildEnvironment) -> set[str]:
    """The pages that took in what lies outside the book: not shown, and read again by the next build."""
    return set(getattr(env, "commissioning_refused", ())) & env.found_docs


def refused_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """For Sphinx, which reads a page again only when it has changed."""
    return sorted(_refused(env))


class OwnRaw(Raw):
    """Raw HTML as it stands: never fetched from an address while the book is built."""

    option_spec: ClassVar[dict[str, Any]] = {k: kind for k, kind in (Raw.option_spec or {}).items() if k != "url"}


class OwnTable(CSVTable):
    """A table from a file of the book: never fetched from an address while the book is built."""

    option_spec: ClassVar[dict[str, Any]] = {k: kind for k, kind in (CSVTable.option_spec or {}).items() if k != "url"}


UNHEARD = {
    "doctree-resolved": ("sphinx_thebe",),
    "html-page-context": ("pydata_sphinx_theme", "sphinx_book_theme", "sphinx_thebe", "jupyter_book"),
}
"""Who is not asked about a page. Sphinx-Thebe writes two scripts into each, whether asked for or not; the themes fill
in dozens of templates that our own shell does not show, which took a third of the writing."""


def without_what_is_not_shown(app: Sphinx) -> None:
    """Take these listeners off."""
    for event, whose in UNHEARD.items():
        for listener in list(app.events.listeners.get(event, ())):
            if listener.handler.__module__.split(".")[0] in whose:
                app.disconnect(listener.id)


def setup(app: Sphinx) -> None:
    """After everything else has been written."""
    directives.register_directive("raw", OwnRaw)
    app.add_directive("csv-table", OwnTable, override=True)
    app.connect("builder-inited", without_what_is_not_shown)
    app.connect("env-get-outdated", refused_again)
    app.connect("env-updated", from_outside)
    app.connect("build-finished", guard, priority=990)
