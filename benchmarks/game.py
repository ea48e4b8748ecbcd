"""The game in its page: `python benchmarks/game.py`. Bytes beyond an ordinary page, and how long a turn takes.

The page stands alone, with the shell of the tests. Bytes as a host sends them (gzip -6). A turn is timed in the page,
from the press of "End turn" to the laid-out account of what happened; the engine's part is timed by itself as well.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from browser import chromium as measuring
from browser import cold_page
from playwright.sync_api import Browser
from tables import KB, Table, middle, p95

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

import game_pages  # noqa: E402

from commissioning import page  # noqa: E402
from commissioning.page.game import game_html, script  # noqa: E402
from commissioning.site import lean  # noqa: E402
from commissioning.site.assets import bare  # noqa: E402

LIMIT, TURN = 150, 16  # KB; ms
GAMES = 40
PLAY = """async games => {
  const took = { press: [], engine: [] };
  const stage = document.querySelector("[data-stage]");
  const at = (sel) => stage.querySelector(sel);
  const data = JSON.parse(document.querySelector("[data-game-data]").textContent);
  const { scenario, game } = commissioning;
  for (let g = 0; g < games; g++) {
    localStorage.clear();
    location.hash = `telling=${g % 2 ? "2026" : "2013"}&seed=${g + 1}&dial=central`;
    await new Promise((done) => setTimeout(done, 20));
    at(".begin .go").click();
    for (let turn = 0; turn < 5; turn++) {
      for (const section of stage.querySelectorAll("section[data-choice]:not(.attention)")) {
        const radios = section.querySelectorAll("[data-decides]");
        radios[(g + turn) % radios.length].click();
      }
      for (let n = 0; n < 6; n++) at(`[data-step="1"][data-channel]`).parentElement.parentElement.parentElement
        .children[(n + g) % 7].querySelector('[data-step="1"]').click();
      const box = at("#game-expect");
      box.selectedIndex = 1 + ((g + turn) % 7);
      box.dispatchEvent(new Event("change", { bubbles: true }));
      const began = performance.now();
      at("[data-end]").click();
      document.body.offsetHeight;
      took.press.push(performance.now() - began);
      if (document.querySelector(".game").dataset.phase !== "happened") throw new Error(at("[data-need]").textContent);
      const log = JSON.parse(localStorage.getItem(`commissioning:game:${g % 2 ? "2026" : "2013"}`)).log;
      let state = scenario.start(data.rules, log.seed, null, data.dials[log.dial]);
      log.turns.slice(0, -1).forEach((choices) => { state = scenario.step(data.rules, state, choices); });
      const then = performance.now();
      game.resolve(data.rules, state, log.turns.at(-1));
      took.engine.push(performance.now() - then);
      at(".act .go").click();
    }
  }
  return took;
}"""


def size() -> Table:
    """What the game's page asks for beyond an ordinary page of the book."""
    files = {
        "the page's own HTML: two tellings, rules, conditions, reference runs": game_html(
            game_pages.book_parts(), game_pages.link
        ),
        "game.js": lean.script(script(shared=False)),
        "game.css": lean.style(bare(page.front("game.css"))),
        "decision.js, which holds the engine": lean.script(page.as_classic(page.front("decision.js"))),
    }
    packed = {name: len(gzip.compress(text.encode(), 6, mtime=0)) / KB for name, text in files.items()}
    table = Table("game-bytes", "The game: bytes beyond an ordinary page", ["part", "KB as sent"], [*packed.items()])
    whole = sum(packed.values())
    table.rows = [*table.rows, ["**all**", whole]]
    table.notes.append(f"Limit: {LIMIT} KB. Nothing else is asked for while one plays.")
    table.promise(whole <= LIMIT, f"the game asks for {whole:.0f} KB; the limit is {LIMIT} KB.")
    return table


def turns(browser: Browser) -> Table:
    """How long a turn takes to resolve, and to be shown."""
    html = game_pages.html(game_pages.book_parts())
    with cold_page(browser) as opened:
        opened.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        opened.goto("http://127.0.0.1/game.html")
        took = opened.evaluate(PLAY, GAMES)
    names = {"engine": "the turn itself, cut into its parts", "press": "from the press to the laid-out account"}
    rows = [[label, middle(took[name]), p95(took[name]), max(took[name])] for name, label in names.items()]
    head = ["what", "median ms", "p95 ms", "most ms"]
    table = Table("game-turns", f"The game: a turn resolves ({5 * GAMES} turns)", head, rows)
    table.promise(p95(took["engine"]) < TURN, f"a turn takes {p95(took['engine']):.1f} ms; the limit is {TURN} ms.")
    table.notes.append(f"Limit: {TURN} ms at the 95th percentile for the turn itself. The rest is building and layout.")
    return table


def game(browser: Browser, books: object = None) -> list[Table]:
    """Both tables, as `run.py` takes them."""
    return [size(), turns(browser)]


if __name__ == "__main__":
    with measuring() as opened:
        tables = game(opened)
    print("\n".join(table.markdown() for table in tables))
    if missed := [words for table in tables for words in table.missed]:
        sys.exit(json.dumps(missed))
