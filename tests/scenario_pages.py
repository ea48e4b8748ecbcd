"""A scenario of 279 routes as a page of its own, with the words, the look and the script that the book gives it."""

from __future__ import annotations

from fixture_book import FIXTURES

from commissioning import page
from commissioning.book.compile import Exercise, edition
from commissioning.kinds import scenario
from commissioning.source.sheets import Sheet, read_yaml

EXAMPLE = FIXTURES / "scenario" / "example-scenario.yaml"
NAME = "example-scenario"


def example() -> Sheet[scenario.Decision]:
    """The scenario as read."""
    return read_yaml(EXAMPLE, scenario.Decision)


def told() -> Sheet[scenario.Decision]:
    """A small story whose numbers and sentences are all told from state."""
    return read_yaml(FIXTURES / "scenario" / "told.yaml", scenario.Decision)


def exercise(content: scenario.Decision | None = None) -> Exercise:
    """A scenario, compiled (that of the fixtures unless another is given); its sources are the book's affair."""
    content = content or example().model
    marking = scenario.compiled(content)
    return Exercise(NAME, "scenario", "kinds-of-decision", "1", content, marking, edition("scenario", marking), ())


def html(*, script: bool = True, content: scenario.Decision | None = None) -> str:
    """A whole page."""
    live = page.as_classic(page.front("decision.js")) + "commissioning.start();"
    words = f'<script type="application/json" data-commissioning-words>{page.page_words_json()}</script>'
    scripts = f"{words}<script>{live}</script>"
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Scenario</title>
<meta name="viewport" content="width=device-width"><style>{page.front("tokens.css")}{page.front("decision.css")}
body {{ margin: 0; }} main {{ max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }}</style></head>
<body><main><h1>Scenario</h1><h2>One</h2>{page.render(exercise(content))}</main>
{scripts if script else ""}</body></html>"""
