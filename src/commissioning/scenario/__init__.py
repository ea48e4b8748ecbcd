"""The scenario engine: rules once, as data; Python and the browser are two small interpreters of one compiled form.

    sheet = scenario.read(path)                 YAML -> rules; every fault with its file and line
    rules = scenario.compile_rules(sheet.model) rules -> plain JSON
    state = scenario.start(rules, seed=2013, skin="2013")
    state = scenario.step(rules, state, {"governance": "workshop", ...})
    states = scenario.play(rules, policy, seed=2013)

Every state is plain JSON. Nothing in here adds up reports into one number.
"""

from __future__ import annotations

from commissioning.scenario.compiler import compile_rules, find, read
from commissioning.scenario.engine import (
    ScenarioError,
    State,
    afterwards,
    ending,
    is_over,
    options,
    play,
    reports,
    start,
    step,
)
from commissioning.scenario.shape import Rules
from commissioning.scenario.steps import as_name
from commissioning.scenario.words import ids

__all__ = [
    "Rules",
    "ScenarioError",
    "State",
    "afterwards",
    "as_name",
    "compile_rules",
    "ending",
    "find",
    "ids",
    "is_over",
    "options",
    "play",
    "read",
    "reports",
    "start",
    "step",
]
