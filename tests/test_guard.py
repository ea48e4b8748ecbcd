"""The end of a build: a site that would ask another host, or that holds what is not the book's, is refused in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from copies import Ended
from small_book import FILES, begun, build, write_book

pytestmark = [pytest.mark.book, pytest.mark.slow]
ASKING = """\
# The Commissioning Casebook

A plain line, with a [link](https://www.gov.uk/).

![a plan](https://other.example/plan.png)

<p style=background:url(//other.example/a.png)>words</p>

<a href=ftp://other.example/b>a way</a>

```{raw} html
<iframe src=a.html></iframe><script>alert(1)</script>
```
"""
TAKING = """\
# The Commissioning Casebook

![a plan](../../outside/plan.png)

{download}`the plan <../../outside/plan.txt>`

```{literalinclude} ../../outside/plan.txt
```

```{csv-table} far
:url: https://other.example/a.csv
```

![a link](linked.png)
"""


def said(built: Ended) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", built.stdout + built.stderr)


def test_what_would_ask_another_host_is_refused_at_the_authors_line_until_it_is_mended(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    book = begun(tmp_path_factory, tmp_path, FILES | {"book/index.md": ASKING})
    for again in (False, True):  # a failed build stays failed
        built = build(book)
        assert built.returncode != 0, again
        told = said(built)
        for line, what in (
            (5, "https://other.example/plan.png"),
            (7, "//other.example/a.png"),
            (9, "ftp://other.example/b"),
            (12, "<iframe>"),
            (12, "alert(1)"),
        ):
            assert re.search(rf"book/index\.md:{line}: ERROR: <\w+>: {re.escape(what)} is not the book's own", told), (
                what
            )
        assert "gov.uk" not in told
        assert "Traceback" not in told
    write_book(tmp_path, {"book/index.md": FILES["book/index.md"]})
    assert build(book).returncode == 0


def test_nothing_from_outside_the_book_is_copied_into_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "plan.txt").write_text("a plan\n", encoding="utf-8")
    (outside / "plan.png").write_bytes(b"a plan")
    book = begun(
        tmp_path_factory, tmp_path / "casebook", FILES | {"book/index.md": TAKING, "_toc.yml": FILES["_toc.yml"]}
    )
    (book / "book" / "linked.png").symlink_to(outside / "plan.png")
    built = build(book)
    assert built.returncode != 0
    told = said(built)
    for name in ("outside/plan.png", "outside/plan.txt", "book/linked.png"):
        assert re.search(rf"'\S*{name}' lies outside the book", told), name
    assert "Unknown option keys: ['url']" in told
    assert "Traceback" not in told
    assert not (book / "_build" / "html" / "book" / "index.html").exists()
    assert build(book).returncode != 0
    for name in ("plan.png", "plan.txt", "linked.png"):
        assert list((book / "_build" / "html").rglob(name)) == [], name
