"""Kept outputs of executed pages: they depend on everything that a page's code used, and damage to them is seen."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import source_from_cache
from pathlib import Path

import pytest
from fixture_book import CHAPTER, ROOT, Copy

from commissioning.site import executed
from commissioning.source import cache
from commissioning.source.rooms import ROOMS, up_to

PACKAGE = Path(executed.__file__).parents[1]
TRACED = """
import json, sys
opened = set()
def hear(event, given):
    if event == "open" and isinstance(given[0], str):
        opened.add(given[0])
sys.addaudithook(hear)
from commissioning import place
from commissioning.game import play
from commissioning.labs import buyers, decision_log, hundred_days, indicators, projects, risk
from commissioning.labs.figures import LABS, part_of
for lab in LABS.values():
    part_of(lab, "figures")
    part_of(lab, "tasks")
place.practices(1_000, 7), place.services(), place.fortnight(), place.decisions(7)
play.strategies(), play.the_rules(), play.reference()
json.dump(sorted(opened), open(sys.argv[1], "w"))
"""


def traced(tmp_path: Path) -> set[Path]:
    """Every file that is opened when a page's code loads the labs, draws Larkmere and reads the game."""
    told = tmp_path / "opened.json"
    subprocess.run([sys.executable, "-c", TRACED, str(told)], check=True, cwd=ROOT)
    names = json.loads(told.read_text(encoding="utf-8"))
    return {Path(source_from_cache(name)) if "__pycache__" in name else Path(name) for name in names}


def test_every_module_and_data_file_that_a_page_used_is_one_it_depends_on(tmp_path: Path) -> None:
    rooms = {PACKAGE / room for room in executed.rooms_of(ROOT)} | {PACKAGE / name for name in executed.SHOWN_BY}
    known = rooms | set(executed.data_of(ROOT))
    opened = {path.resolve() for path in traced(tmp_path) if not path.name.endswith(".pyc.tmp")}
    ours = {path for path in opened if path.is_relative_to(PACKAGE) or path.is_relative_to(ROOT / "book")}
    assert len(ours) > 30, "the test heard what was opened"
    assert {path for path in ours if not any(path.is_relative_to(one) for one in known) and path.is_file()} == set()


def test_the_rooms_are_all_that_the_imports_of_any_page_can_reach(copy: Copy) -> None:
    assert executed.rooms_of(copy.root) == up_to("labs") == ("source", "scenario", "place", "game", "labs")
    page = copy.path("chapter/index.md")
    page.write_text(
        page.read_text(encoding="utf-8") + IMPORTING.format("from commissioning import (decision, record)"), "utf-8"
    )
    assert executed.rooms_of(copy.root) == ROOMS[: ROOMS.index("record") + 1]
    page.write_text(
        page.read_text(encoding="utf-8") + IMPORTING.format("import commissioning.tutor.session as s"), "utf-8"
    )
    assert executed.rooms_of(copy.root) == ROOMS[: ROOMS.index("tutor") + 1]


IMPORTING = "\n```{{code-cell}} ipython3\n{}\n```\n"


@pytest.mark.parametrize("name", [f"book/{CHAPTER}/rules.yaml", f"book/{CHAPTER}/beds.csv", "book/data/beds.json"])
def test_another_byte_in_a_data_file_among_the_pages_is_another_folder(copy: Copy, name: str) -> None:
    digests = [executed.depends_on(copy.root)]
    for content in ("a", "b"):
        (copy.root / name).parent.mkdir(exist_ok=True)
        (copy.root / name).write_text(content, encoding="utf-8")
        digests.append(executed.depends_on(copy.root))
    assert len(set(digests)) == 3


@pytest.mark.parametrize(
    "name", ["chapter/index.md", "chapter/decisions/first-step.yaml", "facts.yaml", "references.bib"]
)
def test_words_that_only_the_build_reads_execute_nothing_again(copy: Copy, name: str) -> None:
    before = executed.depends_on(copy.root)
    copy.path(name).write_text(copy.path(name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert executed.depends_on(copy.root) == before


@pytest.mark.parametrize("room", up_to("labs"))
def test_another_byte_in_any_module_or_table_of_those_rooms_is_another_folder(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    other = tmp_path / "commissioning"
    shutil.copytree(PACKAGE, other, ignore=shutil.ignore_patterns("__pycache__", "_book", "type"))
    monkeypatch.setattr(cache, "__file__", str(other / "source" / "cache.py"))
    cache.digest_of.cache_clear()
    before = executed.depends_on(copy.root)
    (other / room / "new.csv").write_text("1", encoding="utf-8")
    cache.digest_of.cache_clear()
    assert executed.depends_on(copy.root) != before
    cache.digest_of.cache_clear()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Outputs as a build leaves them: notebooks, and the database that names them."""
    folder = tmp_path / "kept"
    (folder / "executed" / "a").mkdir(parents=True)
    (folder / "executed" / "a" / "base.ipynb").write_text('{"cells": []}', encoding="utf-8")
    with closing(sqlite3.connect(folder / "global.db")) as database:
        database.execute("CREATE TABLE t (words TEXT)")
        database.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 100)
        database.commit()
    executed.write_sums(folder)
    return folder


def test_whole_outputs_are_kept(kept: Path) -> None:
    assert executed.drop_damaged(kept)
    assert (kept / "executed" / "a" / "base.ipynb").is_file()


@pytest.mark.parametrize("name", ["executed/a/base.ipynb", "global.db", "whole.json"])
@pytest.mark.parametrize("damage", ["cut", "turned", "gone", "another"])
def test_damaged_outputs_are_made_again(kept: Path, name: str, damage: str) -> None:
    path = kept / name
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        turned = bytes([data[0] ^ 1]) + data[1:]
        path.write_bytes({"cut": data[: len(data) // 2], "turned": turned, "another": b"{}"}[damage])
    assert not executed.drop_damaged(kept)
    assert not kept.exists()


def test_outputs_that_no_build_finished_are_not_trusted(kept: Path) -> None:
    (kept / "executed" / "b").mkdir()
    (kept / "executed" / "b" / "base.ipynb").write_text('{"cel', encoding="utf-8")
    assert not executed.drop_damaged(kept)
    assert not executed.drop_damaged(kept / "never there")
