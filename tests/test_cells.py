"""What a page shows is found from its cells, cut as MyST-NB cuts them and read as Jupyter runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_book import ROOT, Copy
from myst_nb.core.read import read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig

from commissioning.book import cells

AS_BUILT = MdParserConfig(enable_extensions={"colon_fence", "deflist", "substitution", "attrs_inline"})
CELL = "```{code-cell} ipython3\n:tags: [remove-input]\nfrom commissioning import decision\n\ndecision('a')\n```\n"
PAGES = {
    "a cell": f"# T\n\n{CELL}",
    "two": f"{CELL}\nwords\n\n{CELL.replace('```', '````')}",
    "tildes": CELL.replace("```", "~~~"),
    "options as yaml": "```{code-cell}\n---\ntags: [remove-input]\n---\ndecision('a')\n```\n",
    "in a comment": f"<!--\n{CELL}-->\n\nwords\n",
    "in a comment with blank lines": f"<!-- a\n\n{CELL}\n\n-->\n\n{CELL}",
    "after an empty comment": f"<!-- -->\n{CELL}",
    "in a directive of colons": f":::{{note}}\n{CELL}:::\n\n{CELL}",
    "in one within another": f"::::{{note}}\n:::{{note}}\n{CELL}:::\n{CELL}::::\n{CELL}",
    "in a directive that does not end": f":::{{note}}\n{CELL}",
    "in a directive of backticks": f"````{{note}}\n{CELL}````\n{CELL}",
    "in a list": "- item\n\n" + "".join(f"  {line}\n" for line in CELL.splitlines()),
    "in a quotation": "".join(f"> {line}\n" for line in CELL.splitlines()),
    "indented as code": "".join(f"    {line}\n" for line in CELL.splitlines()),
    "in a block of html": f"<div>\n{CELL}</div>\n\n{CELL}",
    "in a script": f"<script>\n\n{CELL}</script>\n",
    "without an end": CELL.rsplit("```", 1)[0],
    "in the middle of a paragraph": f"words\n{CELL}words\n",
    "commented out by lines": "".join(f"% {line}\n" for line in CELL.splitlines()),
    "another block": CELL.replace("{code-cell}", "{code-block}"),
    "two spaces before": "".join(f"  {line}\n" for line in CELL.splitlines()),
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
def test_cells_are_cut_as_in_the_build(text: str) -> None:
    theirs = [part.source for part in read_myst_markdown_notebook(text, AS_BUILT).cells if part.cell_type == "code"]
    assert [part.code.strip() for part in cells.cells(text)] == [source.strip() for source in theirs]


@pytest.mark.parametrize(
    "page", sorted((ROOT / "book").rglob("*.md")), ids=lambda page: f"{page.parent.name}/{page.name}"
)
def test_the_books_own_cells_are_cut_as_in_the_build(page: Path) -> None:
    text = page.read_text("utf-8")
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    test_cells_are_cut_as_in_the_build(body)
    for part in cells.cells(body):
        assert body.splitlines()[part.line : part.line + part.code.count("\n") + 1] == part.code.split("\n")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("decision('a')", ["a"]),
        ("from commissioning import decision\n\ndecision('a')\n", ["a"]),
        ("commissioning.decision('a')  # why", ["a"]),
        ("%matplotlib inline\ndecision('a')", ["a"]),
        ("display(decision('a'))\ndecision('b')", ["a", "b"]),
        ("d = decision('a')", []),
        ("d = decision('a')\nd", []),
        ("decision('a');", []),
        ("decision('a')\n1", []),
        ("# decision('a')", []),
        ("'''decision('a')'''", []),
        ("if False:\n    decision('a')", []),
        ("print(decision('a'))", []),
        ("decision('a').score", []),
        ("decision(name)", []),
        ("decision('a'", []),
        ("decision('a'), decision('b')", []),
    ],
)
def test_an_exercise_is_shown_where_its_value_is(code: str, names: list[str]) -> None:
    assert [one.name for one in cells.shown(f"```{{code-cell}}\n{code}\n```\n")] == names


@pytest.mark.parametrize("tag", cells.HIDING)
def test_a_cell_whose_output_is_hidden_shows_nothing(tag: str) -> None:
    assert cells.shown(CELL.replace("remove-input", tag)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('decision("first-step")', 'd = decision("first-step")'),
        ('decision("first-step")', 'decision("first-step");'),
        ('decision("first-step")', 'decision("first-step")\nNone'),
        ('decision("first-step")', '# decision("first-step")'),
    ],
)
def test_an_exercise_that_no_cell_shows_is_told_with_its_line(copy: Copy, old: str, new: str) -> None:
    copy.change("chapter/index.md", old, new)
    lines = copy.path("chapter/index.md").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if 'decision("first-step")' in text)
    told = copy.faults()
    assert any(
        fault.startswith(f"chapter/index.md:{line}\n  decision('first-step') is written here, and no cell shows it.")
        for fault in told
    ), told
    assert any("no cell of the chapter shows this decision" in fault for fault in told), told


def test_an_exercise_in_a_comment_is_told(copy: Copy) -> None:
    page = copy.path("chapter/index.md")
    text = page.read_text("utf-8")
    start = text.rindex("```{code-cell}", 0, text.index('decision("first-step")'))
    end = text.index("```", text.index('decision("first-step")')) + 3
    page.write_text(f"{text[:start]}<!--\n{text[start:end]}\n-->\n{text[end:]}", encoding="utf-8")
    assert any("decision('first-step') is written here, and no cell shows it." in fault for fault in copy.faults())
