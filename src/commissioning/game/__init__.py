"""The capstone, First Hundred Days: its rules, and its words in two tellings.

    rules = game.rules(root)                 compiled JSON for the scenario engine, in Python or in the browser
    told = game.words(root, "2013")          one telling, as a model
    game.condition(root, "engagement < 40")  the compiled tree of a `when` of the words

`game.check` is the check of both, which `commissioning check` calls.
"""

from __future__ import annotations

from commissioning.game.words import (
    FOLDER,
    SKINS,
    Words,
    condition,
    has_game,
    rules,
    rules_path,
    rules_sheet,
    told,
    words,
    words_sheet,
)

__all__ = [
    "FOLDER",
    "SKINS",
    "Words",
    "condition",
    "has_game",
    "rules",
    "rules_path",
    "rules_sheet",
    "told",
    "words",
    "words_sheet",
]
