"""First Hundred Days on its own page: {first-hundred-days} puts both tellings there, which `front/game/` plays."""

from __future__ import annotations

import json

from docutils import nodes

from commissioning import game
from commissioning.page.game import REFERENCE, game_html, parts_of
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.the_book import EVIDENCE, book_of, link, note_files
from commissioning.source.expression import ExpressionError
from commissioning.source.faults import Faults


class FirstHundredDays(BookDirective):
    """The whole game below the page's title. It needs the rules, their tellings and the people of the book."""

    def run(self) -> list[nodes.Node]:
        """Read again when the rules, a telling, the people, a source or the reference runs change."""
        book = book_of(self.env)
        if not game.has_game(book.root) or "people" not in book.about:
            return self.warn(f"{{first-hundred-days}} needs {game.FOLDER}/rules.yaml and book/people.yaml.")
        folder = game.FOLDER.name
        words = [f"{folder}/words-{skin}.yaml" for skin in game.SKINS]
        note_files(self.env, [f"{folder}/rules.yaml", *words, "people.yaml", *EVIDENCE])
        self.env.note_dependency(str(REFERENCE))
        reference = json.loads(REFERENCE.read_text("utf-8")) if REFERENCE.is_file() else None
        try:
            parts = parts_of(book.root, book.about["people"].model.larkmere, reference)
        except (Faults, ExpressionError) as faults:
            return self.warn(str(faults))
        return [raw(game_html(parts, link))]
