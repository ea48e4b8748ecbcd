"""How hard a chapter is to read: the Flesch reading ease of each paragraph (0 hard, 100 easy), and their median.

Flesch R. A new readability yardstick. Journal of Applied Psychology 1948;32:221-33: 206.835 - 1.015 words per sentence
- 84.6 syllables per word. Counted by textstat, over what a reader sees: no code, no directives, no names of facts.
Short lines (headings, captions, lists of a few words) are left out: the measure means little there.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from commissioning.check.words import of_page

SHORTEST = 15
"""Words below which a paragraph is not scored."""


def scores(page: Path) -> list[float]:
    """The reading ease of every paragraph of a page that is long enough. Needs textstat, which tests install."""
    import textstat

    texts = [passage.text for passage in of_page(page) if not passage.text.startswith(("#", "|"))]
    return [float(textstat.flesch_reading_ease(text)) for text in texts if len(text.split()) >= SHORTEST]


def reading_ease(page: Path) -> float:
    """The median over a page's paragraphs."""
    return median(scores(page))
