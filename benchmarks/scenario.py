"""How many games of the capstone a second: `python benchmarks/scenario.py`. In Python, and in Chromium.

The class report and the checks of a scenario's balance play thousands; a page plays one step and must not be felt.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from chromium import ARGUMENTS, find_chromium  # noqa: E402
from scenario_plays import compiled, random_play  # noqa: E402

from commissioning import page, scenario  # noqa: E402

GAMES = 1000
IN_CHROMIUM = """text => {
  const { rules, plays } = JSON.parse(text);
  const { scenario } = globalThis.commissioning;
  const began = performance.now();
  for (const { seed, choices } of plays) { let turn = 0; scenario.play(rules, () => choices[turn++], seed); }
  return performance.now() - began;
}"""


def main() -> None:
    """Print games a second in both, and milliseconds for one turn."""
    rules = compiled("first-hundred-days")
    plays = [random_play(rules, number)[0] for number in range(GAMES)]
    began = time.perf_counter()
    for play in plays:
        turns = iter(play.choices)
        scenario.play(rules, lambda *_, turns=turns: next(turns), seed=play.seed)
    python = time.perf_counter() - began
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        blank = browser.new_page()
        blank.add_script_tag(content=page.as_classic(page.front("decision.js")))
        given = json.dumps({"rules": rules, "plays": [vars(play) for play in plays]})
        chromium = blank.evaluate(IN_CHROMIUM, given) / 1000
        browser.close()
    print("| where | games a second | ms a turn |\n|---|---:|---:|")
    for where, seconds in (("Python", python), ("Chromium", chromium)):
        print(f"| {where} | {GAMES / seconds:,.0f} | {1000 * seconds / GAMES / rules['turns']:.3f} |")


if __name__ == "__main__":
    main()
