"""The log that the game's page hands a reader, as text: what was chosen in each turn, with which seed and dial."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "commissioning-game-log/1"
TURNS = 5


class LogError(ValueError):
    """Text that is not the log of a whole game; says what is wrong with it, in words."""


@dataclass(frozen=True)
class Log:
    """One game as it was played. `play(log)` plays it again."""

    seed: int
    skin: str
    dials: dict[str, float]
    turns: tuple[dict[str, Any], ...]
    edition: str = ""


def edition(rules: Mapping[str, Any]) -> str:
    """Twelve digits that change with the rules, however little: the same choices may then lead elsewhere.

    A digest of the rules as the game's page holds them (`page.safe_json`).
    """
    compact = json.dumps(rules, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(compact.replace("<", "\\u003c").encode()).hexdigest()[:12]


def read_log(text: str, rules: Mapping[str, Any] | None = None) -> Log:
    """The game that a log tells of: the text of the file that the game's page saves. Raises LogError.

    With `rules`, warns of a log that other rules led to: played again, it may end elsewhere.

    {"format": "commissioning-game-log/1", "skin": "2013", "seed": 2013, "dials": {"k_w": 0.004},
     "turns": [{"governance": "workshop", ..., "stance": "diplomacy", "attention": {"improvement": 3, ...}}, ...]}
    """
    try:
        told = json.loads(text)
    except (TypeError, ValueError):
        raise LogError("this is not a log: copy all of it from the game's page, from { to }.") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise LogError(f"this is not a log of this game: it must begin with the format '{FORMAT}'.")
    seed, turns = told.get("seed"), told.get("turns")
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise LogError("the log names no seed, so its luck cannot be dealt again.")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise LogError("the log has no list of turns.")
    if len(turns) != TURNS:
        raise LogError(f"the log has {len(turns)} turns of {TURNS}: play the game to its end and copy it again.")
    played_by = str(told.get("edition", ""))
    if rules is not None and played_by not in ("", edition(rules)):
        warnings.warn("this game was played by other rules: played again, it may end elsewhere.", stacklevel=3)
    return Log(seed, str(told.get("skin", "")), _dials(told.get("dials")), tuple(turns), played_by)


def _dials(told: Any) -> dict[str, float]:
    told = {} if told is None else told
    numbers = isinstance(told, dict) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in told.values()
    )
    if not numbers:
        raise LogError("the log's dials are not numbers.")
    return {str(name): float(value) for name, value in told.items()}
