"""Chance from a seed: mulberry32, a generator whose whole state is one whole number of 32 bits.

Public domain, by Tommy Ettinger. The browser has the same nine lines, so one seed makes one story on every machine.
"""

from __future__ import annotations

WORD = 0xFFFFFFFF


def draw(dice: int) -> tuple[float, int]:
    """A number from 0 up to, never reaching, 1, drawn evenly; and the dice as they lie afterwards."""
    dice = (dice + 0x6D2B79F5) & WORD
    t = ((dice ^ (dice >> 15)) * (dice | 1)) & WORD
    t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & WORD)) & WORD
    return (t ^ (t >> 14)) / 4294967296, dice
