"""The rooms of this package, in their order: each may import only those before it, and a test holds it to that."""

from __future__ import annotations

ROOMS = (
    "source", "scenario", "place", "game", "labs", "kinds", "book", "page", "record", "check", "tutor", "jupyter",
    "site", "press",
)  # fmt: skip


def up_to(*rooms: str) -> tuple[str, ...]:
    """Every room that code in these may use: themselves, and whatever stands before the last of them.

    Raises ValueError for a name that is no room.
    """
    return ROOMS[: max(map(ROOMS.index, rooms), default=-1) + 1]
