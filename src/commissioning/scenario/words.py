"""The words of a story, which stand apart from its rules: one telling is one skin."""

from __future__ import annotations

from collections.abc import Iterator

from commissioning.scenario.shape import Rules
from commissioning.source.faults import did_you_mean

Found = tuple[tuple[str | int, ...], str, str]


def choosable(rules: Rules) -> dict[str, list[str]]:
    """The options of every decision, and the choices of every node."""
    decided = {name: list(decision.options) for name, decision in rules.decisions.items()}
    return {**decided, **{name: list(node) for name, node in rules.nodes.items()}}


def ids(rules: Rules) -> list[str]:
    """Every id that a skin needs a word for: `engagement`, `support`, `support.mixed`, `support.mixed.why`."""
    made = [*rules.variables, *rules.accounts, *rules.dials, *rules.events, *rules.reports, *rules.endings]
    for name, options in choosable(rules).items():
        made.append(name)
        for option in options:
            made += [f"{name}.{option}", f"{name}.{option}.happens", f"{name}.{option}.why"]
    return [*dict.fromkeys(made)]


def find_in_words(rules: Rules) -> Iterator[Found]:
    """Ids that a skin has no word for, and words for what is not there."""
    wanted = ids(rules)
    for name, skin in rules.skins.items():
        missing = [key for key in wanted if key not in skin.words]
        if missing:
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            yield ("skins", name, "words"), f"there is no word for {', '.join(missing[:3])}{more}.", ""
        for key in skin.words:
            if key not in wanted:
                yield ("skins", name, "words", key), f"'{key}' is not an id of these rules.", did_you_mean(key, wanted)
