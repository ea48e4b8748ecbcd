"""Sense checks over a whole book: one faultless book, broken one thing at a time."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from fixture_book import FIXTURES, Copy

from commissioning import check
from commissioning.book import Book, read_book

D = "chapter/decisions/"
FIRST, ORDER, EIGHT, CLAIM = (f"{D}{n}.yaml" for n in ("first-step", "in-what-order", "three-of-eight", "what-the-plot-says"))
GUESS, COUNT, DIAL = (f"{D}{n}.yaml" for n in ("how-long-a-queue", "count-again", "turn-the-dial"))
PAGE, QUESTIONS, SESSION = "chapter/index.md", "chapter/questions.yaml", "chapter/session.yaml"

BROKEN: list[tuple[str, str, str, str, list[str]]] = json.loads(
    (FIXTURES / "broken.json").read_text(encoding="utf-8")
)["cases"]
