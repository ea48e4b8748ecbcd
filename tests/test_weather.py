"""Builds as authors meet them: what failed stays failed, a change is built whatever its time, nothing is left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from copies import Running
from small_book import begun, start

pytestmark = [pytest.mark.book, pytest.mark.slow]
RISK, FIRST = "book/risk/index.md", "book/index.md"
FAILS = {
    "a cell": (RISK, "\n```{code-cell} ipython3\n1/0\n```\n", "ZeroDivisionError"),
    "a fact": (FIRST, "\nIt cost {fact}`F999`.\n", "F999"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book that has been built."""
    folder = begun(tmp_path_factory, tmp_path_factory.mktemp("weather"))
    assert ended(start(folder)) == 0
    return folder


def ended(build: Running, *says: str) -> int:
    """How a build ended; it must have said these words."""
    done = build.ended()
    said = done.stdout + done.stderr
    assert [words for words in says if words not in said] == [], said[-3000:]
    return done.returncode


def test_a_build_that_failed_fails_again_until_it_is_mended(small: Path) -> None:
    """Each fault is said in each build: none is taken for mended since its page was read."""
    whole = {name: (small / name).read_text(encoding="utf-8") for name, _, _ in FAILS.values()}
    for name, more, _ in FAILS.values():
        (small / name).write_text(whole[name] + more, encoding="utf-8")
    says = [words for _, _, words in FAILS.values()]
    assert [ended(start(small), *says) != 0 for _ in range(2)] == [True, True]
    first, *others = FAILS.values()
    (small / first[0]).write_text(whole[first[0]], encoding="utf-8")
    assert ended(start(small), *(words for _, _, words in others)) != 0
    for name, text in whole.items():
        (small / name).write_text(text, encoding="utf-8")
    assert ended(start(small)) == 0


def test_a_file_that_arrives_with_an_older_time_is_built(small: Path) -> None:
    page = small / FIRST
    page.write_text(page.read_text(encoding="utf-8") + "\nLong ago it was otherwise.\n", encoding="utf-8")
    os.utime(page, (1_000_000_000, 1_000_000_000))
    assert ended(start(small)) == 0
    assert "Long ago" in (small / "_build" / "html" / "book" / "index.html").read_text(encoding="utf-8")


def test_a_page_that_was_taken_out_leaves_the_site_and_two_builds_at_once_end_well(small: Path) -> None:
    contents, gone = small / "_toc.yml", small / "_build" / "html" / "book" / "glossary.html"
    assert gone.is_file()
    text = contents.read_text(encoding="utf-8")
    contents.write_text(text.replace("{file: book/glossary}, ", ""), encoding="utf-8")
    (small / "book" / "glossary.md").unlink()
    assert [ended(build) for build in [start(small), start(small)]] == [0, 0]
    assert not gone.exists()
