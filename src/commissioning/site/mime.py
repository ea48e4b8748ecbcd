"""Notebook outputs that are ours: `decision("…")`, `questions("…")` and charts become HTML when the book is built.

The output carries ids (or a chart's data) only, so an execution from the cache never shows an old wording: the words
are read from the YAML whenever the page is built, and the page is built again when the YAML changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from commissioning import page
from commissioning.book.compile import compile_decision, compile_from_before, compile_questions
from commissioning.page import policy, stills
from commissioning.site.the_book import EVIDENCE, book_of, note_files

DECISION = "application/vnd.commissioning.decision+json"
QUESTIONS = "application/vnd.commissioning.questions+json"
CHART = "application/vnd.commissioning.chart+json"
STILL = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
VEGA = re.compile(r"application/vnd\.vega(lite)?\.v\d")
MOUNT = f"<script>{policy.MOUNT}</script>"
LOGGER = logging.getLogger(__name__)
TOKENS = Path(__file__).parent.parent / "page" / "front" / "tokens.css"


class ExerciseMimePlugin:
    """MyST-NB's entry point `myst_nb.mime_renderers`: prefers our MIME types to the widget beside them."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = tuple(
        ("*", mime, 1) for mime in (DECISION, QUESTIONS, CHART)
    )

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The output as one raw node, or None for a MIME type that is not ours."""
        if VEGA.match(data.mime_type):
            return []  # Altair's own form of a chart, for notebooks: ours stands beside it
        make = MAKERS.get(data.mime_type)
        if make is None or inline:
            return None
        env: BuildEnvironment = renderer.renderer.sphinx_env
        content = json.loads(data.content) if isinstance(data.content, str) else dict(data.content)
        try:
            html = make(env, content, heading_level(renderer))
        except LookupError as error:
            LOGGER.warning(str(error).strip("'\""), location=(env.docname, data.line), type="commissioning")
            return []
        return [nodes.raw("", html, format="html", commissioning=data.mime_type)]


def heading_level(renderer: NbElementRenderer) -> int:
    """One below the heading that the cell stands under: 2, 3 or 4."""
    open_levels: dict[int, Any] = getattr(renderer.renderer, "_level_to_section", {1: None})
    return min(max(max(open_levels) + 1, 2), 4)


def decision_html(env: BuildEnvironment, data: dict[str, Any], heading: int) -> str:
    """One decision; its YAML and the facts it cites become dependencies of the page."""
    book, name = book_of(env), data["id"]
    chapter = book.chapter_of(name)
    note_files(env, [chapter.file(f"decisions/{name}.yaml"), *EVIDENCE])
    return live_at_once(page.render(compile_decision(book, name), heading=heading))


def questions_html(env: BuildEnvironment, data: dict[str, Any], heading: int) -> str:
    """The closing questions of a chapter."""
    note_files(env, [f"{data['chapter']}/questions.yaml", *EVIDENCE])
    again = bool(data.get("from_before"))
    book, slug = book_of(env), data["chapter"]
    for name in book.chapter(slug).head.model.from_before if again else []:
        note_files(env, [f"{name.partition('--')[0]}/questions.yaml"])
    asked = (compile_from_before if again else compile_questions)(book, slug)
    return live_at_once(page.questions_html(asked, heading=heading))


def live_at_once(html: str) -> str:
    """Each exercise followed by a line that makes it live while the page is still being read.

    Measured: on a long chapter the first decision is ready in about half the time it takes to wait for the page's end.
    """
    return html.replace("</decision-exercise>", f"</decision-exercise>{MOUNT}")


def chart_html(env: BuildEnvironment, data: dict[str, Any], heading: int) -> str:
    """One chart with its takeaway, its data table, and a still picture that follows the scheme."""
    env.metadata[env.docname]["commissioning_chart"] = True
    return STILL.sub(lambda still: stills.lean(one_image(follow_scheme(still[0]))), page.chart_html(data))


MAKERS: dict[str, Callable[[BuildEnvironment, dict[str, Any], int], str]] = {
    DECISION: decision_html,
    QUESTIONS: questions_html,
    CHART: chart_html,
}


def follow_scheme(svg: str) -> str:
    """The picture with the light scheme's colours replaced by their tokens, so that it turns dark with the page."""
    for colour, token in light_tokens().items():
        svg = re.sub(rf'="{colour}"', f'="var(--cb-{token})"', svg, flags=re.IGNORECASE)
    return svg


def one_image(svg: str) -> str:
    """The picture with one name, its own: Vega gives a role to each of hundreds of parts, and a name to few."""
    start, _, parts = svg.partition(">")
    return f"{start}>" + re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", parts)


def light_tokens() -> dict[str, str]:
    """Colour -> name of the first token of the light scheme that has it; white is paper and black is ink."""
    block = TOKENS.read_text("utf-8").split("/* ---- light", 1)[1].split("}", 1)[0]
    found = {"white": "paper", "#fff": "paper", "black": "ink", "#000": "ink"}
    for token, colour in re.findall(r"--cb-([\w-]+): (#[0-9a-f]{6});", block):
        found.setdefault(colour, token)
    return found


class UnwrapExercises(SphinxPostTransform):
    """A cell that only shows an exercise is no notebook cell to a reader: neither its code nor its frame is shown."""

    default_priority = 6  # just after MyST-NB has chosen one MIME type of each output (4)

    def run(self, **kwargs: Any) -> None:
        """Put each exercise in the place of its whole cell, and each chart in the place of its output."""
        for cell in list(self.document.findall(nodes.container)):
            ours = [raw for raw in cell.findall(nodes.raw) if raw.get("commissioning")]
            is_chart = any(raw["commissioning"] == CHART for raw in ours)
            if ours and cell.get("nb_element") == ("cell_code_output" if is_chart else "cell_code"):
                cell.replace_self(ours)


def setup(app: Sphinx) -> None:
    """The plugin itself comes in through its entry point."""
    app.add_post_transform(UnwrapExercises)
