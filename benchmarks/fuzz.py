"""Fuzz what reads other people's files: authors' YAML and learners' records. Only our own clear errors may come out.

`python benchmarks/fuzz.py [how many of each]` prints what was tried, what was taken in, and how long it took. Inputs
are mutations of the test fixtures from a fixed seed, so a finding can be made again.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from commissioning import record
from commissioning.book import SHAPES
from commissioning.source.faults import Faults
from commissioning.source.sheets import read_text

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
Seed = tuple[str, str]
"""What kind of file it is, and a whole one."""
EACH = 26_000
SLOW = 5.0  # seconds for one input: a hang
SCRAPS = [
    "",
    ": ",
    "- ",
    "&a ",
    "*a",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "\t",
    "\n",
    "\0",
    "\ufeff",
    "null",
    "yes",
    "1e999",
    "!!python/object:os.system",
    "<<: *a",
    "---\n",
    "...\n",
    "%TAG",
    "\u202e",
    "😀",
    "key:",
    "kind: ranking",
    "9" * 400,
    "-0",
    ".nan",
    "2026-02-30",
    "\\u0000",
    "</script>",
    "true",
    "[[[[[[[[",
    "? ",
    "|\n",
    ">-\n",
]


def mutated(text: str, chance: random.Random) -> str:
    """The text with one to three places cut, doubled, moved or overwritten."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 1, 2, 8, 40]))
        piece = chance.choice(
            [*SCRAPS, text[start:end] * 2, text[: chance.randrange(60)], chr(chance.randrange(1, 0x2FFF))]
        )
        text = text[:start] + piece + text[end:]
    return text


def fuzz(seeds: list[Seed], take: Callable[[str, str], object], *, times: int, seed: int) -> dict[str, float]:
    """Feed mutations to `take`; count what it takes in and what it refuses in words. Anything else is raised."""
    chance, taken, refused, longest = random.Random(seed), 0, 0, 0.0
    began = time.perf_counter()
    for _ in range(times):
        shape, whole = chance.choice(seeds)
        text = mutated(whole, chance)
        at = time.perf_counter()
        try:
            take(text, shape)
            taken += 1
        except (Faults, record.RecordError) as error:
            if not str(error).strip():
                raise AssertionError(f"refused without a word: {text!r}") from error
            refused += 1
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error}, from {text!r}") from error
        longest = max(longest, time.perf_counter() - at)
        if longest > SLOW:
            raise AssertionError(f"took {longest:.1f} s: {text!r}")
    seconds = time.perf_counter() - began
    return {"inputs": times, "taken in": taken, "refused in words": refused, "longest ms": 1000 * longest, "s": seconds}


def shape_of(path: Path) -> str:
    """The kind of file that a fixture is: decision, questions, session, facts or glossary."""
    return "decision" if path.parent.name == "decisions" else path.stem


def yaml_seeds() -> list[Seed]:
    """Whole YAML files of the fixture book, short enough for many turns."""
    paths = sorted(FIXTURES.rglob("book/**/*.yaml"))
    read = [(shape_of(path), path.read_text(encoding="utf-8")) for path in paths if shape_of(path) in SHAPES]
    return [(shape, text) for shape, text in read if len(text) < 2_500]


def record_seeds() -> list[Seed]:
    """Record files that the tests take in or refuse."""
    cases = json.loads((FIXTURES / "record" / "files.json").read_text(encoding="utf-8"))
    return [("record", case["text"]) for case in cases if isinstance(case.get("text"), str) and case["text"]]


READERS: dict[str, tuple[Callable[[], list[Seed]], Callable[[str, str], object]]] = {
    "YAML": (yaml_seeds, lambda text, shape: read_text(text, SHAPES[shape], Path("fuzzed.yaml"))),
    "record": (record_seeds, lambda text, shape: record.read_text(text)),
}


def main() -> None:
    """Fuzz both readers and print a table."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else EACH
    print("| reader | inputs | taken in | refused in words | longest, ms | seconds |\n|---|--:|--:|--:|--:|--:|")
    for name, (seeds, take) in READERS.items():
        row = fuzz(seeds(), take, times=times, seed=7)
        cells = [f"{row[key]:,.0f}" for key in ("inputs", "taken in", "refused in words", "longest ms", "s")]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
