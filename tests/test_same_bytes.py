"""The same book, the same bytes: wherever it lies, in whatever order Python keeps its sets, from a cache or afresh."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_book import FILES, begun, build, write_book

pytestmark = [pytest.mark.book, pytest.mark.slow]
MORE = """
```{code-cell} ipython3
from commissioning import place
from commissioning.labs import risk

risk.year_by_year_chart(place.persons(matron_effect=0.0), nobody_called=True)
```

```{code-cell} ipython3
import pandas as pd

pd.DataFrame({"practice": ["a", "b"], "patients": [1, 2]}).style.format(precision=1)
```

```{code-cell} ipython3
print({"practice", "patients", "lists"}, object())
```
"""


def bytes_of(book: Path) -> dict[str, bytes]:
    """Every file of the built site but Sphinx's note to itself, by path."""
    site = book / "_build" / "html"
    files = (path for path in site.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def built(book: Path, **variables: str) -> dict[str, bytes]:
    done = build(book, **variables)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return bytes_of(book)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_two_books_of_the_same_files_are_the_same_bytes(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = FILES | {"book/risk/index.md": FILES["book/risk/index.md"] + MORE}
    first_book = begun(tmp_path_factory, tmp_path / "first", files)
    first = built(first_book, PYTHONHASHSEED="1")
    assert len(first) > 10
    second_book = write_book(tmp_path / "ein anderes Büchlein" / "b", files)
    assert differing(first, built(second_book, PYTHONHASHSEED="2")) == []
    words = FILES["book/index.md"]
    write_book(first_book, {"book/index.md": words.replace("Begin", "Begin now")})
    assert differing(first, built(first_book)) != []
    write_book(first_book, {"book/index.md": words})
    assert differing(first, built(first_book)) == []
