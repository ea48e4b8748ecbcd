"""From a compiled exercise to HTML, with the scripts, styles and words that its page needs.

render(compile_decision(read_book(), "matrons-triumph"))
"""

from __future__ import annotations

from commissioning.page.html import LETTERS, chart_html, filled, plain_md, questions_html, render, shown, typed_digits
from commissioning.page.scripts import as_classic, decision_script, front, shared_script
from commissioning.page.words import page_words_json, safe_json, words

__all__ = [
    "LETTERS", "as_classic", "chart_html", "decision_script", "filled", "front", "page_words_json", "plain_md",
    "questions_html", "render", "safe_json", "shared_script", "shown", "typed_digits", "words",
]  # fmt: skip
