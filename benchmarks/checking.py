"""How long an author waits for `commissioning check`, and a lab for the people of Larkmere, in processor seconds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from books import ROOT, Books
from playwright.sync_api import Browser
from tables import Table, middle

CHECK, PEOPLE = 2.0, 2.0  # processor seconds


def checking(browser: Browser, books: Books) -> list[Table]:
    """The median of three of each. (The browser is not needed.)"""
    command = [str(Path(sys.executable).with_name("commissioning")), "check", "--book", str(ROOT)]
    worked(command)  # what is read and found is kept from here on
    check = middle([worked(command) for _ in range(3)])
    people = middle([seconds_of_people(seed) for seed in (97, 98, 99)])
    rows: list[list[str | float]] = [["commissioning check, nothing changed", check], ["place.persons()", people]]
    table = Table("checking", "Checking and making", ["what", "processor seconds"], rows)
    table.promise(check <= CHECK, f"the check of an unchanged book takes {check:.1f} s of a processor, over {CHECK:g}")
    table.promise(people <= PEOPLE, f"a quarter of a million people take {people:.1f} s, over {PEOPLE:g}")
    return [table]


def worked(command: list[str]) -> float:
    """Processor seconds of a command, those of its children too."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    before = os.times()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def seconds_of_people(seed: int) -> float:
    """Processor seconds of one Larkmere of another seed."""
    from commissioning import place

    start = time.process_time()
    place.persons(seed=seed)
    return time.process_time() - start
