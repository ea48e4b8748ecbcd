"""What is built again, and what is run again.

Notebook outputs are kept between builds (`execute_notebooks: cache`). They depend on the page's code and on the package
that the code calls, so the folder they are kept in is named after a digest of that part of the package.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from commissioning.site import executed

PACKAGE = Path(__file__).parent.parent
SEEN_IN_PAGES = ("**/*.py", "**/templates/*", "kinds/**/*.html", "**/*.yaml", "**/*.json", "**/*.csv")
SEEN_IN_BROWSERS = (
    "page/front/**/*.css",
    "page/front/**/*.js",
    "kinds/*/*.js",
    "site/templates/*",
    "site/words.yaml",
)


def digest(files: Iterable[Path]) -> str:
    """Twelve hexadecimal digits of the files' names and bytes."""
    seen = hashlib.sha256()
    for path in sorted(files):
        seen.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:12]


def files_of(patterns: Iterable[str]) -> set[Path]:
    """The package's files that match any of the patterns."""
    return {path for pattern in patterns for path in PACKAGE.glob(pattern) if path.is_file()}


def set_digests(app: Sphinx, config: Config) -> None:
    """Name the cache after the code it depends on; a change of the rest reads or writes the pages again.

    `numfig`, which an extension for LaTeX turns on, would have every page of the book loaded to count its figures.
    """
    config.numfig = False
    kept = Path(app.outdir).parent / "executed" / executed.depends_on(Path(app.srcdir))
    executed.drop_damaged(kept)
    config.nb_execution_cache_path = str(kept)
    config.commissioning_code = digest(files_of(SEEN_IN_PAGES))
    config.commissioning_front = digest(files_of(SEEN_IN_BROWSERS))


def note_whole(app: Sphinx, error: Exception | None) -> None:
    """What was executed is noted, however the build ended: the next one trusts what is as it was noted."""
    executed.write_sums(Path(app.config.nb_execution_cache_path))


def setup(app: Sphinx) -> None:
    """`commissioning_as_of` is the book's date and `commissioning_book` its name in the keys of readers' browsers; the
    others are set here, for Sphinx to compare with the last build."""
    app.add_config_value("commissioning_as_of", "", "env", (str, date))
    app.add_config_value("commissioning_book", "", "html", (str,))
    app.add_config_value("commissioning_code", "", "env", (str,))
    app.add_config_value("commissioning_front", "", "html", (str,))
    app.connect("config-inited", set_digests, priority=900)
    app.connect("build-finished", note_whole, priority=900)
