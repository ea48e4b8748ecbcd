"""What one page loads that others may not: a script with its own kinds, the styles they wear, the data of its charts.

Each is a file named by a digest of what it holds, so that pages which hold the same share it and no browser shows an
old one. What no page names any more is taken out when a build has finished.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx

from commissioning import page
from commissioning.page import scripts, styles
from commissioning.site import lean
from commissioning.source.whole import write_if_new

FOLDER = "_static/commissioning"
START = '\ndocument.addEventListener("DOMContentLoaded", () => commissioning.start());\n'
"""Whatever was not made live while the page was parsed (see mime.py) is made live at its end."""
KIND = re.compile(r'<decision-exercise\b[^>]*? data-kind="([\w-]+)"')
SPEC = re.compile(r'\n?<script type="application/json" data-spec>(.*?)</script>', re.DOTALL)
CHART = re.compile(r'<figure class="cb-chart" id="([\w-]+)"')
HIGHLIGHT = re.compile(r'<div class="highlight">.*?</pre></div>', re.DOTALL)
MARKED = re.compile(r'<span class="([\w -]+)">([^<]*)</span>')
TAG = re.compile(r"<[a-z][^>]*>")
REMARK = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
SET_BY = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`|\.\w+(?=\s*(?:[?]{2}|[|]{2})?=[^=>])|\w+(?=\s*:)")
"""How a script names what something wears: in a text, as a property that it sets, as a key."""
LAID = r"(?:decision|charts|find|still)-[0-9a-f]{12}\.(?:js|css|svg)"
"""The names of the files that this module lays."""
NAMED = re.compile(f"^{LAID}$")
GAME = ("core/story.js",)
"""What the game's own script asks of decision.js."""


def kinds_on(body: str) -> list[str]:
    """The kinds of decision that a page holds, in the order of their first one."""
    return list(dict.fromkeys(KIND.findall(body)))


def script_for(body: str, *, recalls: bool, plays: bool) -> str:
    """decision.js with what a page needs of it beside `shared.js`: its kinds; for My record, which scores them, all."""
    if recalls:
        return page.front("decision.js", shared=False)
    return scripts.decision_script(kinds_on(body), GAME if plays else (), shared=False)


def lay_script(app: Sphinx, script: str) -> str:
    """Lay a page's script into the site; its name."""
    return lay(app, "decision", "js", lean.script(page.as_classic(script) + START))


def lay_styles(app: Sphinx, sheets: Iterable[str], body: str, script: str) -> str:
    """Lay the rules of stylesheets that a page can wear into the site, as one; its name, or nothing if there are none.

    A page can wear what its tags name, and what its scripts say in quotes or set. Words between tags, and what else a
    script calls by a name, dress nothing.
    """
    said = worn_by(body, script)
    rules = "".join(styles.worn(sheet, said) for sheet in sheets)
    return lay(app, "decision", "css", lean.style(rules)) if rules.strip() else ""


def worn_by(body: str, script: str) -> str:
    """The words of a page and its scripts that may be classes, ids or attributes."""
    return "".join(TAG.findall(body)) + " ".join(SET_BY.findall(REMARK.sub(" ", script)))


def without_specs(body: str) -> tuple[str, dict[str, str]]:
    """A page without the data of its charts, and these by the chart's id: they are wanted when Vega is."""
    found = dict(zip(CHART.findall(body), SPEC.findall(body), strict=True))
    return SPEC.sub("", body), found


def plain_code(body: str, css: str) -> str:
    """A page whose code keeps the marks that the stylesheet colours, and none of the many that it does not."""
    worn = frozenset(re.findall(r"\.highlight \.(\w+)", css))

    def kept(mark: re.Match[str]) -> str:
        return mark[0] if worn & set(mark[1].split()) else mark[2]

    return HIGHLIGHT.sub(lambda code: MARKED.sub(kept, code[0]), body)


BLOCK = (
    "article|aside|dd|details|div|dl|dt|fieldset|figure|form|h\\d|li|nav|ol|p|section|summary|table|tbody|thead|tr|ul"
)
IDLE = re.compile(rf"(?<=>)\s+(?=</?(?:{BLOCK}|decision-exercise)[ >])| reference internal(?=\")")
"""Space before a block, which shows nothing, and docutils' own names for a link, which nothing dresses."""


def without_idle(body: str) -> str:
    """A page without what neither shows nor says anything; what stands in code or a text box stays as it is."""
    parts = re.split(r"(<(?:pre|textarea|script)\b.*?</(?:pre|textarea|script)>)", body, flags=re.DOTALL)
    return "".join(part if place % 2 else IDLE.sub("", part) for place, part in enumerate(parts))


def lay_charts(app: Sphinx, specs: dict[str, str]) -> str:
    """Lay the data of a page's charts into the site, as a script that a page read from disk may load too."""
    data = ",".join(f'"{name}":{spec}' for name, spec in specs.items())
    return lay(app, "charts", "js", f"globalThis.commissioningCharts={{{data}}};\n")


def lay(app: Sphinx, stem: str, suffix: str, text: str) -> str:
    """Write a file under the digest of what it holds, unless it stands there; its name."""
    content = text.encode()
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    write_if_new(Path(app.outdir, FOLDER, name), content, can_be_made_again=True)
    return name


def prune(app: Sphinx, error: Exception | None) -> None:
    """Take out what no page names."""
    if error is not None or app.builder.format != "html":
        return
    named = {name for path in pages(Path(app.outdir)) for name in names_in(path.read_text(encoding="utf-8"))}
    for path in Path(app.outdir, FOLDER).glob("*-*.*"):
        if NAMED.match(path.name) and path.name not in named:
            path.unlink()


def pages(site: Path) -> Iterator[Path]:
    """Every page of a built site."""
    return (path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts)


def names_in(html: str) -> set[str]:
    """The files of this module that a page names."""
    return set(re.findall(f"{FOLDER}/({LAID})", html))


def setup(app: Sphinx) -> None:
    """After the pages of pages that are no more have gone (again.py)."""
    app.connect("build-finished", prune, priority=960)
