"""A cell that ends its kernel: the build says which, in words, and stops."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_book import FILES, begun, start

ENDS = """
```{code-cell} ipython3
2 + 2
```

```{code-cell} ipython3
import os
os._exit(1)
```
"""


@pytest.mark.book
@pytest.mark.slow
def test_a_cell_that_ends_python_is_named_with_its_file_and_line(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = FILES["book/risk/index.md"] + ENDS
    folder = begun(tmp_path_factory, tmp_path / "book", FILES | {"book/risk/index.md": page})
    done = start(folder).ended()
    assert done.returncode != 0
    line = next(number for number, text in enumerate(page.splitlines(), 1) if text == "import os")
    said = " ".join((done.stdout + done.stderr).split())
    assert f"risk/index.md:{line}" in said or f"risk/index.md:{line - 1}" in said
    assert "Python ended while it ran this cell: import os" in said
    assert "Traceback" not in said
