"""{engine-room} and {class-look-up}: what the rules of First Hundred Days say, for reading and for playing on paper.

Both are made from `rules.yaml`, so that no number of the game is typed twice. Formulas are plain letters, signs and
words in HTML: they need no script, no typeface and no picture, and a screen reader says them as they stand.
{role-card} holds one card to cut out: two go on a printed sheet.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from commissioning import game
from commissioning.scenario import Rules
from commissioning.site.base import BookDirective
from commissioning.site.blocks import block, raw
from commissioning.site.game_class import CARDS, STYLE, class_look_up_html
from commissioning.site.game_room import engine_room_html
from commissioning.site.the_book import note_files, tag
from commissioning.source import markdown
from commissioning.source.faults import Faults


class HasCards(BookDirective):
    """A directive that may put cards on a page."""

    def style(self) -> str:
        """How cards look, once on each page."""
        first, self.env.temp_data["commissioning_cards"] = "commissioning_cards" not in self.env.temp_data, True
        return STYLE if first else ""


class GameDirective(HasCards):
    """Reads the game's rules, and says where they are wrong."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The part that the argument names."""
        root = Path(self.env.srcdir)
        note_files(self.env, [f"{Path(game.FOLDER).name}/rules.yaml"])
        try:
            return [raw(self.made(root, game.rules_sheet(root).model, self.arguments[0]))]
        except LookupError as error:
            return self.warn(f"{{{self.name}}}: {error.args[0]}")
        except Faults as faults:
            return self.warn(f"{{{self.name}}}: {faults}")

    def made(self, root: Path, rules: Rules, part: str) -> str:
        """The HTML of a part."""
        raise NotImplementedError


class EngineRoom(GameDirective):
    """The rules as they stand. Argument: a table, or the name of a block."""

    def made(self, root: Path, rules: Rules, part: str) -> str:
        """Exact numbers and whole formulas."""
        return engine_room_html(rules, part)


class ClassLookUp(GameDirective):
    """The rules for paper: whole points, both signs, and every event of middling force. Argument: which table."""

    def made(self, root: Path, rules: Rules, part: str) -> str:
        """Cards take their words from the telling of 2013, if it is there."""
        words = None
        if part in CARDS and game.rules_path(root).with_name("words-2013.yaml").is_file():
            note_files(self.env, [f"{Path(game.FOLDER).name}/words-2013.yaml"])
            words = game.words(root, "2013")
        style = self.style() if part in CARDS else ""
        return style + class_look_up_html(rules, part, words, inline=_bare)


def _bare(text: str) -> str:
    """A line of Markdown without its links: a card on a table leads nowhere."""
    return markdown.inline_html(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text), lambda target: {})


class Card(HasCards):
    """One role card, to print and cut out: two to a sheet. Argument: whose it is. The page is a tutor's."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A section that is not torn between two sheets."""
        title = raw(self.style() + tag("h3", escape(self.arguments[0])))
        return [block("section", title, *self.parsed(), class_="card")]


class TutorsPage(BookDirective):
    """Marks the page it stands on as a tutor's, as {session} does: search does not lead learners to it."""

    def run(self) -> list[nodes.Node]:
        """Nothing in the page."""
        self.env.metadata[self.env.docname] |= {"commissioning_tutor": True, "nosearch": True}
        return []


def setup(app: Sphinx) -> None:
    """Make them known under the names an author types."""
    given = {"engine-room": EngineRoom, "class-look-up": ClassLookUp, "role-card": Card, "tutors-page": TutorsPage}
    for name, directive in given.items():
        app.add_directive(name, directive)
