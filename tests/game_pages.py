"""The game as a page of its own, in a telling made for tests or in the book's, with the book's look and script.

The telling says what it is at every place ("Consequence of governance.template."), so that a test can look for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from fixture_book import ROOT

from commissioning import game, page
from commissioning.book import read_book
from commissioning.book.pages import Person
from commissioning.game.words import UNSEEN, Words
from commissioning.page.game import REFERENCE, Parts, game_html, parts_of, script

NAMED = ("Ann Ash", "Bea Birch", "Cy Cedar", "Dee Dogwood", "Eli Elm", "Fay Fir")
PEOPLE = {
    name.lower().replace(" ", "-"): Person(name=name, then="then", now="now", wants="peace", known_by="hats")
    for name in NAMED
}
RULES = game.rules(ROOT)
SHEET = game.rules_sheet(ROOT).model
SHELL = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Play the first hundred days</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>{styles}</style></head><body>
<header class="bar"><a class="brand" href="#main"><span>The Casebook</span></a></header>
<div class="shell"><nav class="contents" aria-label="Contents"></nav>
<main id="main" tabindex="-1"><article class="page"><section id="play"><h1>Play the first hundred days</h1>
<p>Five turns of twenty days, in about half an hour. Play it again as often as you like.</p>
{body}</section></article></main></div><footer class="foot"><p>Larkmere is invented.</p></footer>
{scripts}</body></html>"""
NAMES = {"governance": "Who decides what", "buying": "Buying help", "request": "The data", "deficit": "An old debt"}


def link(target: str) -> dict[str, str]:
    """As the book links to the sources at the end of a page."""
    return {"class": "fact", "href": f"#src-{target}"}


def named(*ids: str, **more: str) -> dict[str, dict[str, str]]:
    """A name and a meaning for each id."""
    return {name: {"name": f"the {name}", "meaning": f"Meaning of {name}.", **more} for name in ids}


def telling(skin: str) -> Words:
    """A whole telling that says where each of its texts belongs."""
    options = {name: list(part.options) for name, part in SHEET.decisions.items() if part.options and name != "stance"}
    stances = list(SHEET.decisions["stance"].options)
    events = [name for name in RULES["events"] if name != "scrutiny"]
    lenses = [name for name, _ in RULES["reports"] if name not in ("position", "day_365")]
    return Words.model_validate(
        {
            "title": "First Hundred Days",
            "year": skin,
            "premise": f"You lead Larkmere in {skin}. [A fact](F001) stands here.",
            "as_at": "as at 21 November 2026",
            "money": 1 if skin == "2013" else 2.5,
            "money_note": "Two and a half times as much.",
            "provisional": skin == "2026",
            "accounts": named(*SHEET.accounts),
            "variables": named(*(v for v in SHEET.variables if v not in UNSEEN), low="Low.", high="High."),
            "lenses": {
                name: {
                    "name": f"Lens {name}",
                    "meaning": f"Meaning of {name}.",
                    "sentences": {level: f"{name} is {level}." for level in ("low", "middle", "high")},
                }
                for name in lenses
            },
            "channels": {
                name: {"name": f"channel {name}", "text": f"About {name}."}
                for name in SHEET.decisions["attention"].points
            },
            "stances": {name: {"text": f"Stance {name}", "meaning": f"Meaning of {name}."} for name in stances},
            "turns": {
                n: {
                    "title": f"Days {20 * n - 19} to {20 * n}",
                    "papers": [
                        {"from": "Ann Ash", "title": f"Paper {n}", "text": f"Text of paper {n}, with [a source](F002)."}
                    ],
                }
                for n in range(1, 6)
            },
            "decisions": {name: decision(name, ids) for name, ids in options.items()},
            "events": {
                name: {
                    "title": f"Event {name}",
                    "text": f"Text of {name}.",
                    "then": [{"when": "buying.csu", "text": f"{name} after csu."}, {"text": f"{name} otherwise."}],
                    "stances": {
                        one: {
                            "consequence": f"Consequence of {name}.{one}.",
                            "explanation": f"Explanation of {name}.{one}.",
                            **({"late": "Late of top-slice."} if name == "top-slice" else {}),
                        }
                        for one in stances
                    },
                }
                for name in events
            },
            "scrutiny": {
                "title": "Event scrutiny",
                "text": "Text of scrutiny.",
                **{part: f"Scrutiny {part}." for part in ("secret", "open", "clear", "unclear")},
            },
            "messages": messages(),
            "letter": [{"when": f"day_365 < {-1000 * n}", "text": f"Letter below {-1000 * n}."} for n in range(14)],
            "paid": [{"when": f"{name} < 50", "text": f"Paid by {name}."} for name in lenses] + [{"text": "Paid."}] * 3,
            "endings": [
                {"name": f"Portrait {n}", "when": f"partners > {90 - 5 * n}", "text": "A portrait."} for n in range(5)
            ]
            + [{"name": "Portrait last", "text": "The last portrait."}],
            "debrief": {
                "reactions": ["What was it like?", "What surprised you?"],
                "description": ["What happened?", "In which order?"],
                "analysis": [{"theme": f"Theme {n}", "look_at": f"Look {n}.", "ask": f"Ask {n}?"} for n in range(7)],
                "application": "What will you do on Monday?",
            },
            "sources": [],
        }
    )


def decision(name: str, ids: list[str]) -> dict[str, Any]:
    """One decision of the telling."""
    made = {
        "title": NAMES.get(name, f"Title of {name}"),
        "situation": f"Situation of {name}. " + "Somebody wants an answer by Friday. " * 4,
        "ask": f"Ask of {name}?",
        "options": {
            key: {
                "text": f"Option {name}.{key}",
                "consequence": f"Consequence of {name}.{key}. " + "People talk about it in the corridor. " * 3,
                "explanation": f"Explanation of {name}.{key}, by [a trial](F003). " + "It depends on the day. " * 4,
                "late": f"Late of {name}.{key}.",
            }
            for key in ids
        },
        "disagreement": [{"who": "One side", "says": f"Yes to {name}."}, {"who": "Another", "says": f"No to {name}."}],
    }
    if name == "deficit":
        made["options"]["dispute"]["then"] = [{"sign": "owed", "text": "Dispute won."}, {"text": "Dispute lost."}]
    return made


def messages() -> list[dict[str, str]]:
    """Something from everybody in every state, and more in some."""
    own = [
        {"who": who, "when": f"{name} < 50 and turn > 1", "text": f"{who} worries about {name}."}
        for who in PEOPLE
        for name in ("clinicians", "public", "oversight", "data", "engagement", "mandate")
    ]
    return own + [{"who": who, "text": f"{who} says something in every turn. " + "It goes on. " * 5} for who in PEOPLE]


def reference() -> dict[str, Any]:
    """The reference runs that the package ships."""
    made: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return made


def fixture_parts() -> Parts:
    """The book's rules in the tests' tellings."""
    told = {skin: telling(skin) for skin in ("2013", "2026")}
    return Parts(RULES, told, partial(game.condition, ROOT), PEOPLE, reference())


def book_parts() -> Parts:
    """The game as the book has it."""
    people: Mapping[str, Person] = read_book(ROOT).about["people"].model.larkmere
    return parts_of(ROOT, people, reference())


def html(parts: Parts | None = None, *, script_too: bool = True, look: str = "") -> str:
    """A whole page, in a shell as wide and as high as the book's."""
    body = game_html(parts or fixture_parts(), link)
    engine = page.as_classic(page.front("decision.js"))
    scripts = f"<script>{engine}</script><script>{script()}</script>" if script_too else ""
    styles = "".join(page.front(name) for name in ("tokens.css", "book.css", "game.css")) + look
    return SHELL.format(styles=styles, body=body, scripts=scripts)
