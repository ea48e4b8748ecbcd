"""What in a learner's own words may identify somebody. It warns; only the learner can know."""

from __future__ import annotations

import re

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY, YEAR = r"[0-3]?[0-9](?:st|nd|rd|th)?", r"(?:1[89]|20)[0-9]{2}"
DATES = (
    r"[0-3]?[0-9][ ./-][01]?[0-9][ ./-](?:1[89]|20)?[0-9]{2}",
    rf"{YEAR}[./-][01]?[0-9][./-][0-3]?[0-9]",
    rf"{DAY}[ -](?:of )?{MONTH}[ ,-]+{YEAR}",
    rf"{MONTH} {DAY},? {YEAR}",
)
IDENTIFYING = {
    "birth": rf"\b(?:{'|'.join(DATES)})\b",
    "number": r"\b(?:[0-9][ .-]?){9}[0-9]\b",
    "postcode": r"\b(?:[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][abd-hjlnp-uw-z]{2}|gir ?0aa)\b",
}
"""Patterns that both engines read alike: a date, ten digits, a postcode. They warn; only the learner can know."""


def find_identifying(text: str) -> list[tuple[str, str]]:
    """What may be a date of birth, an NHS number or a postcode, as ("birth" | "number" | "postcode", the words)."""
    plain = re.sub(r"[\u00a0\u2000-\u200b\u202f]", " ", text)
    return [
        (what, found[0].strip())
        for what, pattern in IDENTIFYING.items()
        for found in re.finditer(pattern, plain, re.IGNORECASE | re.ASCII)
    ]
