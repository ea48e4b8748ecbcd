"""Measure what the book promises: `make bench`, or `python benchmarks/run.py --only bytes,first,record,check`.

Prints Markdown tables, writes _build/benchmarks.json, and ends with exit code 1 and words if a promise is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict

from books import ROOT, Books
from browser import chromium
from builds import builds
from checking import checking
from feedback import feedback
from first_decision import first_decision
from game import game
from joining import joining
from page_bytes import page_bytes
from paint import paint
from pairs import dominated
from playwright.sync_api import Browser
from record import record
from tables import Table

BENCHMARKS: dict[str, Callable[[Browser, Books], list[Table]]] = {
    "bytes": page_bytes,
    "first": first_decision,
    "paint": paint,
    "feedback": feedback,
    "record": record,
    "joining": joining,
    "game": game,
    "check": checking,
    "pairs": dominated,
    "build": builds,
}
FORMAT = "commissioning-benchmarks/1"


def main() -> int:
    """Run the benchmarks that were asked for, all without `--only`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(BENCHMARKS), help="which, with commas between: %(default)s")
    names = parser.parse_args().only.split(",")
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"must be among {', '.join(BENCHMARKS)} (got {', '.join(unknown)})")
    started = time.perf_counter()
    books, tables = Books(), []
    with chromium() as browser:
        machine = f"Chromium {browser.version}, Python {platform.python_version()}"
        print(f"{machine}. {busy()}\n")
        for name in names:
            for table in BENCHMARKS[name](browser, books):
                tables.append(table)
                print(table.markdown(), flush=True)
    write(tables, machine)
    print(f"{time.perf_counter() - started:.0f} seconds in all. {busy()}")
    missed = [words for table in tables for words in table.missed]
    for words in missed:
        print(f"MISSED: {words}", file=sys.stderr)
    return 1 if missed else 0


def busy() -> str:
    """How busy the machine is with other work: on a busy one, times say little."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    return f"Load {load:.1f} on {cores} cores{': busy, so times are too long' if load > cores else ''}."


def write(tables: list[Table], machine: str) -> None:
    """The same tables as JSON."""
    path = ROOT / "_build" / "benchmarks.json"
    path.parent.mkdir(exist_ok=True)
    found = {"format": FORMAT, "machine": machine, "tables": [asdict(table) for table in tables]}
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
