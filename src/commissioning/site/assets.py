"""Which stylesheet and scripts a page loads: ours, from one folder, and only what the page uses.

The theme's own (666 KB gzipped on a plain page, two hosts, one error) are left out of the page and of the site.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from commissioning import page
from commissioning.check.schemas import write_schemas
from commissioning.page import game as game_page
from commissioning.page import letters, policy
from commissioning.page.typeface import Typeface, typeface
from commissioning.site import by_page, lean, pictures
from commissioning.site.by_page import FOLDER
from commissioning.site.the_book import book_of
from commissioning.source.cache import cached_in_book
from commissioning.source.root import INSTALLED, user_cache
from commissioning.source.whole import write_if_new, write_whole

FORMULAS = (nodes.math, nodes.math_block)
LOGGER = logging.getLogger(__name__)
FRONT = Path(__file__).parent.parent / "page" / "front"
FACE = (
    '@font-face { font-family: "Besley Variable"; src: url("besley.woff2") format("woff2"); '
    "font-weight: 400 600; font-display: swap; }\n"
)
BOOK = ("tokens.css", "book.css", "way.css")
"""What book.css is put together from."""
UNUSED = """
styles scripts vendor images locales webpack-macros.html sbt-webpack-macros.html basic.css pygments.css
alabaster.css sphinx_highlight.js clipboard.min.js copybutton.js copybutton.css copybutton_funcs.js
check-solid.svg copy-button.svg play-solid.svg togglebutton.js togglebutton.css sphinx-thebe.js sphinx-thebe.css
design-tabs.js sphinx-design.min.css mystnb.*.css file.png minus.png plus.png translations.js
searchtools.js language_data.js documentation_options.js doctools.js
"""
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" fill="none" stroke-linecap="round">'
    '<path d="M20 37V27C20 17 6 19 6 5M20 27C20 17 20 19 20 5" stroke="#83788a" stroke-width="3"/>'
    '<path d="M20 37V27C20 17 34 19 34 5" stroke="#ffc94a" stroke-width="10"/>'
    '<path d="M20 37V27C20 17 34 19 34 5" stroke="#231a28" stroke-width="4"/></svg>\n'
)


def page_assets(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the page template its `assets`. The theme's and the extensions' lists are not used."""
    body, specs = by_page.without_specs(context.get("body", ""))
    body = context["body"] = by_page.plain_code(body, page.front("book.css"))
    decides, recalls, plays = "<decision-exercise" in body, "data-record-index" in body, f" {game_page.MARK}>" in body
    front = app.config.commissioning_front
    script = by_page.script_for(body, recalls=recalls, plays=plays) if decides or recalls or plays else ""
    said = page.shared_script() + script

    def ours(name: str) -> str:
        return str(context["pathto"](f"{FOLDER}/{name}", 1)) + f"?{front}"

    def laid(name: str) -> str:
        return str(context["pathto"](f"{FOLDER}/{name}", 1))

    def own(path: str) -> str:
        return str(context["pathto"](f"_static/{path}", 1))

    body = context["body"] = by_page.without_idle(pictures.apart(app, body, laid))
    made = said + "".join(page.front(name) for name in our_scripts(recalls, plays))
    sheets = ["around.css", *(["decision.css"] if decides else [])]
    worn = by_page.lay_styles(app, [bare(page.front(name)) for name in sheets], dressed(context), made)
    context["assets"] = {
        "policy": policy.policy(),
        "scheme": policy.SCHEME,
        "find": ours("find.js"),
        "find_index": laid("find-index.js"),
        "styles": [
            ours("book.css"),
            *([laid(worn)] if worn else []),
            *map(ours, our_styles(recalls, plays)),
            *map(own, extra(app, "css")),
        ],
        "shared": ours("shared.js"),
        "first": laid(by_page.lay_script(app, script)) if script else "",
        "scripts": [*map(ours, our_scripts(recalls, plays)), *map(own, extra(app, "js"))],
        "icon": ours("icon.svg"),
        "vega": ours("vega.js") if specs else "",
        "charts": laid(by_page.lay_charts(app, specs)) if specs else "",
        "data": words_for_script(said) if decides else "",
    }
    refuse(pagename, body, doctree)


def dressed(context: dict[str, Any]) -> str:
    """What a page's own rules dress: its body, and what of its shell says which sheet it is."""
    found = '<div id="search-results">' if context["pagename"] == "search" else ""
    return f'<body class="{context["shell"]["kind"]}">{found}{context.get("body", "")}'


def our_styles(recalls: bool, plays: bool) -> list[str]:
    """Of the stylesheets that a page takes whole, those that it needs beside the book's own."""
    needed = {"record.css": recalls, "game.css": plays}
    return [name for name, is_needed in needed.items() if is_needed]


def our_scripts(recalls: bool, plays: bool = False) -> list[str]:
    """Of our scripts, those that a page needs: record and game build on what decision.js holds."""
    return ["book.js", *(["record.js"] if recalls else []), *(["game.js"] if plays else [])]


def extra(app: Sphinx, kind: str) -> list[str]:
    """Files that the book's own `_config.yml` asks for on every page."""
    named = app.config.html_css_files if kind == "css" else app.config.html_js_files
    files = [one if isinstance(one, str) else one[0] for one in named]
    return [name for name in files if name and not name.startswith("http")]


def words_for_script(script: str) -> str:
    """The words that a page's script says, once per page."""
    return f'<script type="application/json" data-commissioning-words>{page.page_words_json(script)}</script>'


def refuse(pagename: str, body: str, doctree: nodes.document | None) -> None:
    """Say what a page would need and the book does not load: MathJax, sphinx-design. (For other hosts: guard.py.)"""
    if doctree is not None and next(doctree.findall(lambda node: isinstance(node, FORMULAS)), None) is not None:
        LOGGER.warning("this page holds a formula; write it in words, as a table or as a chart.", location=pagename)
    if re.search(r'class="(?:[^"]* )?sd-', body):
        LOGGER.warning("this page uses sphinx-design; the book has no cards, tabs or grids.", location=pagename)


def write_assets(app: Sphinx, error: Exception | None) -> None:
    """Lay our files into the site and take the unused ones out of it."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    files = front_files(app)
    for name, content in files.items():
        write_if_new(folder / name, content)
    if any(data.get("commissioning_chart") for data in app.env.metadata.values()):
        write_whole(folder / "vega.js", kept_vega(with_package(app) / "type").read_bytes(), can_be_made_again=True)
    for path in write_schemas(Path(app.srcdir, ".schemas")):
        write_whole(Path(app.outdir, "schemas", path.name), path.read_bytes(), can_be_made_again=True)
    prune(Path(app.outdir, "_static"))
    Path(app.outdir, "searchindex.js").unlink(missing_ok=True)
    for name in ("decision.js", "decision.css"):  # of before pages had their own: see by_page.py
        (folder / name).unlink(missing_ok=True)


def front_files(app: Sphinx) -> dict[str, bytes]:
    """Name -> bytes of everything in our folder but Vega, which is large and seldom needed."""
    face = typeface(with_package(app) / "type")
    if face is None:
        LOGGER.info("The story typeface could not be fetched with npm: this build shows its fallback faces.")
    files = {
        "book.css": lean.style((FACE if face else "") + "".join(map(bare, map(page.front, BOOK)))),
        "record.css": lean.style(bare(page.front("record.css"))),
        "game.css": lean.style(bare(page.front("game.css"))),
        "shared.js": lean.script(page.shared_script()),
        "record.js": lean.script(page.front("record.js", shared=False)),
        "game.js": lean.script(game_page.script(shared=False)),
        "book.js": lean.script(page.front("book.js", shared=False)),
        "find.js": lean.script(page.front("find.js")),
        "charts.js": lean.script(page.front("charts.js")),
        "paper.js": lean.script(page.front("paper.js")),
        "icon.svg": ICON,
    }
    fonts = {"besley.woff2": story_face(app, face), "besley-LICENSE.txt": face.licence} if face else {}
    return {name: text.encode() for name, text in files.items() if text} | fonts


def story_face(app: Sphinx, face: Typeface) -> bytes:
    """The typeface with what the built pages print."""
    root = book_of(app.env).root
    pages = (path.read_text(encoding="utf-8") for path in by_page.pages(Path(app.outdir)))
    printed = {sign for html in pages for sign in _letters_of(html, root)}
    return letters.cut(face.font, "".join(sorted(printed)), with_package(app) / "type")


def _letters_of(html: str, root: Path) -> str:
    """What one page prints, gathered once for each state of it: most pages are as the last build left them."""
    made_by = Path(letters.__file__)
    return cached_in_book(html, root, made_by, str, lambda: letters.letters_of([html]))


def with_package(app: Sphinx) -> Path:
    """Where cleaning a build leaves what is kept: the user's cache for an installed package, which nothing is written
    into; beside the site where the package cannot be written."""
    if INSTALLED.is_dir():
        return user_cache()
    return FRONT if os.access(FRONT, os.W_OK) else Path(app.outdir).parent


def bare(css: str) -> str:
    """A stylesheet without its comments and indents: nothing else is changed."""
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


END = "})();\n"
"""How the script of the charts ends: one without it is half of itself."""


def kept_vega(folder: Path) -> Path:
    """Vega, Vega-Lite and Vega-Embed in one script of our own: 300 KB gzipped, loaded when a chart comes into view.

    Made once for each version of vl-convert, which takes three seconds.
    """
    path = folder / f"vega-{version('vl-convert-python')}.bundle"
    with suppress(OSError):
        if path.read_bytes().endswith(END.encode()):
            return path
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    write_whole(path, "(() => {" + bundle + END)
    return path


def prune(static: Path) -> None:
    """Take out what no page asks for, so that a downloaded book is small. Sphinx lays it there again at each build."""
    for pattern in UNUSED.split():
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app: Sphinx) -> None:
    """After every extension that lays files or adds scripts."""
    app.connect("html-page-context", page_assets, priority=900)
    app.connect("build-finished", write_assets, priority=950)
