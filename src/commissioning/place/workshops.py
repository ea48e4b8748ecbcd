"""Eight groups of clinicians who designed services, and whether each came to each meeting.

In: a seed. Out: two tables. Four groups were told at the first meeting that the service would be advertised, and four
learned it from the notice. Planted for every seed: before the notice 78% of seats were filled in both; after it 60%
where they had been told, and 41% where they had not. Of 24 clinicians who joined in each, 5 and 10 never came again.
But to fill those 24 seats 33 people were asked where they were told, and 26 where they were not: so of all who were
asked, 19 of 33 and 14 of 26 were still coming. Who stayed away, and when, differs from seed to seed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Flags

SEATS, BEFORE, AFTER = 6, 9, 9
"""Clinicians in each group, and meetings before and after the notice."""
TOLD, UNTOLD = "at the first meeting", "by the notice"


class Arm(NamedTuple):
    """Groups that learned of it in one way: their services, people asked for each, who left, and seats filled."""

    services: tuple[str, ...]
    asked: tuple[int, ...]
    left: int
    filled_before: int
    filled_after: int


ARMS = {
    TOLD: Arm(("Heart failure", "Leg ulcers", "Stroke rehabilitation", "Falls"), (8, 9, 8, 8), 5, 168, 130),
    UNTOLD: Arm(("Diabetes", "Breathlessness", "Back pain", "Memory clinic"), (6, 7, 7, 6), 10, 168, 89),
}


def design_groups(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """The eight groups: the service, how clinicians learned that it would be advertised, how many were asked, joined.

    Nothing in it is drawn: every seed has the same groups.
    """
    rows = [
        (service, told, asked, SEATS)
        for told, arm in ARMS.items()
        for service, asked in zip(arm.services, arm.asked, strict=True)
    ]
    return pd.DataFrame(rows, columns=["service", "told", "asked", "joined"])


def design_meetings(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """A row for each seat at each meeting: the clinician, and whether they came.

    Meeting 1 is the first after the notice; those before it are numbered from -9 to -1.
    """
    dice = [np.random.default_rng([seed, 12, 100 + number]) for number in range(len(ARMS))]
    tables = [_of_arm(told, arm, rng) for (told, arm), rng in zip(ARMS.items(), dice, strict=True)]
    return pd.concat(tables, ignore_index=True)


def _of_arm(told: str, arm: Arm, rng: np.random.Generator) -> pd.DataFrame:
    people = len(arm.services) * SEATS
    left = np.zeros(people, dtype=np.bool_)
    left[rng.permutation(people)[: arm.left]] = True
    came = np.hstack(
        [
            _filled(np.ones(people, dtype=np.bool_), BEFORE, arm.filled_before, rng),
            _filled(~left, AFTER, arm.filled_after, rng),
        ]
    )
    first = 1 if told == TOLD else 25
    names = [f"C{number:02d}" for number in range(first, first + people)]
    meetings = [*range(-BEFORE, 0), *range(1, AFTER + 1)]
    rows = [
        (arm.services[person // SEATS], told, meeting, names[person], "Y" if came[person, at] else "N")
        for at, meeting in enumerate(meetings)
        for person in range(people)
    ]
    return pd.DataFrame(rows, columns=["service", "told", "meeting", "clinician", "attended"])


def _filled(here: Flags, meetings: int, seats: int, rng: np.random.Generator) -> Flags:
    """People by meetings, with exactly this many seats filled by those who are here, each of whom comes at least once.

    The seats are dealt at random; one last seat is kept for anyone to whom none fell, so that who left can be seen.
    """
    came = np.zeros((len(here), meetings), dtype=np.bool_)
    people = np.flatnonzero(here)
    came[people, rng.integers(0, meetings, len(people))] = True
    free = np.argwhere(~came & here[:, None])
    for person, at in free[rng.permutation(len(free))[: seats - len(people)]]:
        came[person, at] = True
    return came
