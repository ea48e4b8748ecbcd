"""How many games of the capstone a second: `python benchmarks/scenario.py`. In Python, and in Chromium.

The class report and the checks of a scenario's balance play thousands; a page plays one step and must not be felt.
With `--many`: games a second and core when thousands are played at once, how good an all-rounder a search finds, and
for each option the lens on which policies with it stand highest. With `--parity`: 10,000 games, bit by bit the same in
both, or it fails.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from chromium import ARGUMENTS, find_chromium  # noqa: E402
from scenario_plays import compiled, random_play  # noqa: E402

from commissioning import page, scenario  # noqa: E402

GAMES, ALIKE, WHOLE = 1000, 10_000, 300
SIZES = (10**3, 10**4, 10**5)
STARTS, SEEDS = 24, (1, 2, 3)
IN_CHROMIUM = """text => {
  const { rules, plays } = JSON.parse(text);
  const { scenario } = globalThis.commissioning;
  const began = performance.now();
  for (const { seed, choices } of plays) { let turn = 0; scenario.play(rules, () => choices[turn++], seed); }
  return performance.now() - began;
}"""


def main() -> None:
    """Print games a second in both, and milliseconds for one turn."""
    if "--many" in sys.argv:
        many_at_once()
        return
    from playwright.sync_api import sync_playwright

    rules = compiled("first-hundred-days")
    if "--parity" in sys.argv:
        from test_scenario import compare

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            blank = browser.new_page()
            blank.add_script_tag(content=page.as_classic(page.front("decision.js")))
            print(compare(blank, rules, ALIKE, WHOLE))
            browser.close()
        return
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


# ---- thousands at once -----------------------------------------------------------------------------------------------


def many_at_once() -> None:
    """Print the three tables of `--many`. One core: NumPy's own threads are for matrices, of which there are none."""
    speed()
    all_rounders()
    best_of_each_option()


def speed() -> None:
    from commissioning.game.play import random_policies, the_rules
    from commissioning.scenario.many import play_many

    rules = the_rules()
    play_many(rules, random_policies(100, 1), range(100))
    print("| games at once | seconds | games a second and core |\n|---:|---:|---:|")
    for size in SIZES:
        policies, taken = random_policies(size, 1), []
        for _ in range(3):
            began = time.process_time()
            play_many(rules, policies, range(size))
            taken.append(time.process_time() - began)
        print(f"| {size:,} | {min(taken):.3f} | {size / min(taken):,.0f} |")
    print(f"\nWhole games with their letters from day 365; best of three; {os.cpu_count()} cores, one used.\n")


def all_rounders() -> None:
    """The worst lens of the best all-rounder: among 6,000 random policies, and climbing from some of them."""
    from commissioning.game.play import LENSES, random_policies

    drawn = random_policies(6000, 0)
    among = {lens: np.sort(column) for lens, column in _lenses(drawn).items()}

    def worst(policies: Any) -> Any:
        ends = _lenses(policies)
        places = [np.searchsorted(among[lens], ends[lens], side="right") / 6000 for lens in LENSES]
        return np.minimum.reduce(places)

    at_random = worst(drawn)
    tops = [_climbed(drawn[start : start + 1], worst) for start in np.argsort(-at_random)[:STARTS]]
    print(f"Best worst-lens percentile of 6,000 random policies: {100 * at_random.max():.0f}.")
    print(f"Climbing from the best {STARTS} of them, all single changes at each step: {100 * max(tops):.0f}")
    print(f"(from {100 * min(tops):.0f} to {100 * max(tops):.0f}; the design's bound is 85).\n")


def _lenses(policies: Any) -> dict[str, Any]:
    """Each lens of each policy: the mean of three games."""
    from commissioning.game.play import LENSES, the_rules
    from commissioning.scenario.many import play_many

    ends = [play_many(the_rules(), policies, [seed] * len(policies)) for seed in SEEDS]
    return {lens: sum(end.reports[lens] for end in ends) / len(ends) for lens in LENSES}


def _climbed(policy: Any, worst: Any) -> float:
    best = float(worst(policy)[0])
    while True:
        near = _neighbours(policy)
        scores = worst(near)
        at = int(scores.argmax())
        if scores[at] <= best:
            return best
        policy, best = near[at : at + 1], float(scores[at])


def _neighbours(policy: Any) -> Any:
    """Every policy that differs in one decision, or by one point of attention moved."""
    from commissioning.game.play import the_rules
    from commissioning.scenario.policies import Policies

    made: list[Policies] = []
    for name, decision in the_rules()["decisions"].items():
        for place in range(1, len(decision.get("options", ())) + 1):
            other = {**policy.places, name: np.full_like(policy.places[name], place)}
            made.append(Policies(other, policy.points))
        for one in range(len(decision.get("points", ()))):
            for two in range(len(decision["points"])):
                points = policy.points[name].copy()
                points[..., one] -= 1
                points[..., two] += 1
                if points.min() >= 0:
                    made.append(Policies(policy.places, {**policy.points, name: points}))
    return Policies(
        {n: np.concatenate([part.places[n] for part in made]) for n in policy.places},
        {n: np.concatenate([part.points[n] for part in made]) for n in policy.points},
    )


def best_of_each_option() -> None:
    """The lens on which policies with an option stand highest, on the mean and in the top quarter (a report)."""
    from commissioning.game.play import LENSES, runs, the_rules

    among = runs(6000, seed=2013)
    places = among[list(LENSES)].rank(pct=True)
    print("| option | best lens | mean percentile there | in its top quarter |\n|---|---|---:|---:|")
    for name, decision in the_rules()["decisions"].items():
        for option in decision.get("options", {}):
            with_it = places[among[name] == option]
            lens = str(with_it.mean().idxmax())
            share = 100 * float((with_it[lens] >= 0.75).mean())
            print(f"| {name}: {option} | {lens} | {100 * with_it[lens].mean():.0f} | {share:.0f}% |")


if __name__ == "__main__":
    main()
