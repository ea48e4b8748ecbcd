"""What follows a decision and would give its answer: `{after}` and the decision's id, right behind its cell.

From there to the next heading, activity or end of a sitting everything is folded until that decision is taken. The HTML
is open; `front/core/again.js` closes it while the page is still being read, so that it is open without a script.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from commissioning.page import policy
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.mime import DECISION, QUESTIONS
from commissioning.site.the_book import WORDS, book_of, tag
from commissioning.source.faults import did_you_mean

END = f"</details><script>{policy.MOUNT}</script>"


class After(BookDirective):
    """Where what waits for a decision begins. Argument: the decision's id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A mark, which `FoldAfter` replaces once the page's cells are exercises."""
        name, book = self.arguments[0], book_of(self.env)
        try:
            chapter = book.chapter_of(name)
        except LookupError as error:
            return self.warn(str(error))
        if name not in chapter.order:
            return self.warn(f"the page shows no decision '{name}'. {did_you_mean(name, chapter.order)}".strip())
        mark = raw("")
        mark["after"] = name
        mark["called"] = chapter.number_of(name) or chapter.decisions[name].model.title
        return [mark]


class FoldAfter(SphinxPostTransform):
    """Wraps what follows a mark, up to the next heading, exercise, mark or end of a sitting."""

    default_priority = 7  # just after exercises have taken the place of their cells (mime.UnwrapExercises)

    def run(self, **kwargs: Any) -> None:
        """The folded part between two raw nodes, so that its own nodes stay where they are."""
        for mark in [one for one in self.document.findall(nodes.raw) if one.get("after")]:
            parent = mark.parent
            begins = parent.index(mark)
            ends = next((n for n in range(begins + 1, len(parent)) if _stops(parent[n])), len(parent))
            words = WORDS["later"].format(number=mark["called"])
            summary = tag("summary", f"{words} <span>{WORDS['read_on']}</span>")
            parent.insert(ends, raw(END))
            mark.replace_self(raw(f'<details class="waits" data-after="{mark["after"]}" open>{summary}'))


def _stops(node: nodes.Node) -> bool:
    if isinstance(node, nodes.section):
        return True
    marked = isinstance(node, nodes.raw) and (node.get("after") or node.get("pause"))
    return bool(marked) or (isinstance(node, nodes.raw) and node.get("commissioning") in (DECISION, QUESTIONS))


def setup(app: Sphinx) -> None:
    """The directive comes in with the others."""
    app.add_post_transform(FoldAfter)
