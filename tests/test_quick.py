"""`make check` runs what an author's change may break, and the tests of what has changed; `make test` runs the rest."""

from __future__ import annotations

import re

import pytest
from fixture_book import ROOT
from hypothesis import settings
from quick import AUTHORS, MOST, chosen


def test_every_module_that_authors_need_is_there() -> None:
    assert [name for name in AUTHORS if not (ROOT / name).is_file()] == []
    assert chosen([]) == sorted(AUTHORS)


@pytest.mark.parametrize(
    ("file", "module"),
    [
        ("tests/test_cache.py", "tests/test_cache.py"),
        ("src/commissioning/kinds/ranking/__init__.py", "tests/test_kinds_ranking.py"),
        ("src/commissioning/kinds/ranking/live.js", "tests/test_kinds_ranking.py"),
        ("src/commissioning/book/contents.py", "tests/test_chapters.py"),
    ],
)
def test_a_change_is_tested_by_the_modules_that_use_it(file: str, module: str) -> None:
    found = chosen([file])
    assert module in found
    assert len(found) <= len(AUTHORS) + MOST + 1


def test_a_change_of_prose_runs_no_test_of_the_package() -> None:
    assert chosen(["book/buying-help/index.md", "README.md"]) == sorted(AUTHORS)


TELLS = {"test_quick.py", "test_scenario.py"}
"""This one, and one that prints how long both engines took and judges neither."""


def test_no_test_has_a_deadline_or_a_stopwatch() -> None:
    """Times are measured in benchmarks/: a busy machine fails no test."""
    assert settings.default.deadline is None  # type: ignore[attr-defined]
    clocks = re.compile(r"\b(?:perf_counter|monotonic|process_time|time\.time|time\(\))|deadline\s*=\s*(?!None)")
    modules = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    found = {p.name: clocks.findall(t) for p, t in modules.items() if clocks.search(t) and p.name not in TELLS}
    assert found == {}
