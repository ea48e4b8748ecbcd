"""A learner's own folder, and the chapters copied into it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest
from fixture_book import ROOT
from lab_notebooks import NAME, all_prose, code_cells
from nbformat import NotebookNode

from commissioning.book import Book, Chapter
from commissioning.jupyter import notebooks
from commissioning.jupyter.notebooks.blocks import plain_lines
from commissioning.jupyter.notebooks.chapters import chapter_notebook
from commissioning.jupyter.notebooks.evidence import Evidence, link
from commissioning.jupyter.notebooks.folder import copies
from commissioning.jupyter.notebooks.shape import to_bytes
from commissioning.source.faults import Faults
from commissioning.source.whole import write_whole

MYST = re.compile(r"\{[a-z:-]+\}`|^\s*:::|```\{|^\([\w-]+\)=", re.M)


# ---- a learner's own folder ----------------------------------------------------------------------------------------


def test_a_lab_folder_holds_chapters_and_exercises_and_nothing_else(real_book: Book, tmp_path: Path) -> None:
    written = list(notebooks.write_lab(ROOT, tmp_path / "mine"))
    names = {path.relative_to(tmp_path / "mine").as_posix() for path, _ in written}
    chapters = {f"chapters/{slug}.ipynb" for slug in real_book.chapters}
    assert names == chapters | {f"exercises/{path.name}" for path in (ROOT / "solutions").glob("*.ipynb")}
    assert all(is_new for _, is_new in written)
    assert sorted(p for p in (tmp_path / "mine").rglob("*") if p.is_file()) == sorted(path for path, _ in written)


def test_a_lab_folder_is_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "exercises" / f"{NAME}.ipynb"
    mine.parent.mkdir()
    mine.write_text("my own work")
    assert dict(notebooks.write_lab(ROOT, tmp_path))[mine] is False
    assert not any(is_new for _, is_new in notebooks.write_lab(ROOT, tmp_path))
    assert mine.read_text() == "my own work"


def test_a_link_that_leads_nowhere_is_kept_too(tmp_path: Path) -> None:
    mine = tmp_path / "chapters" / f"{NAME}.ipynb"
    mine.parent.mkdir()
    mine.symlink_to(tmp_path / "elsewhere.ipynb")
    assert dict(notebooks.write_lab(ROOT, tmp_path))[mine] is False
    assert not (tmp_path / "elsewhere.ipynb").exists()


def test_two_learners_at_once_get_one_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one who comes second finds the other's file, though it was not there when they looked."""
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(b"the first")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert write_whole(path, b"the second", replace=False) is False
    assert path.read_bytes() == b"the first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_text("")
    with pytest.raises(Faults, match=r"^mine:1\n  this is a file. Name a folder, which may be new.$"):
        list(notebooks.write_lab(ROOT, tmp_path / "mine"))


def test_nothing_of_the_tutors_is_copied(real_book: Book, chapter: Chapter) -> None:
    whole = b"".join(copies(ROOT).values()).decode()
    assert chapter.session is not None
    session = chapter.session.model
    for said in [exchange.you for exchange in session.expect] + [step.do for step in session.plan]:
        assert said not in whole
    assert "solutions/" not in whole.replace("solutions/, then type: commissioning notebooks", "")


# ---- a chapter as a notebook ---------------------------------------------------------------------------------------


def test_a_copied_chapter_is_plain_markdown(copied: NotebookNode) -> None:
    assert MYST.findall(all_prose(copied)) == []
    nbformat.validate(copied)


def test_a_copied_chapter_is_the_same_every_time(real_book: Book, chapter: Chapter, copied: NotebookNode) -> None:
    assert to_bytes(chapter_notebook(real_book, chapter)) == to_bytes(copied)


def test_every_code_cell_of_the_chapter_is_there_and_shown(copied: NotebookNode, chapter: Chapter) -> None:
    fenced = re.findall(r"^```\{code-cell\}.*?\n(.*?)^```$", chapter.text, re.S | re.M)
    written = [re.sub(r"^:tags:.*\n", "", text).strip() for text in fenced]
    assert [part.source for part in code_cells(copied)] == written
    assert all(part.metadata == {} for part in code_cells(copied))


def test_links_within_a_copied_chapter_lead_to_its_headings(copied: NotebookNode) -> None:
    prose = all_prose(copied)
    headings = {heading.replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", prose, re.M)}
    assert set(re.findall(r"\]\(#([^ )]+)", prose)) <= headings
    assert "](#The-bare-case)" in prose


def test_links_between_copied_notebooks_lead_to_one(copied: NotebookNode) -> None:
    linked = re.findall(r"\]\((\.\./[^ )]+)", all_prose(copied))
    assert linked == [f"../exercises/{NAME}.ipynb"]
    assert linked[0].removeprefix("../") in copies(ROOT)


def test_every_fact_of_a_copied_chapter_has_its_source(copied: NotebookNode) -> None:
    prose = all_prose(copied)
    cited = {int(number) for number in re.findall(r"\[\[(\d+)\]\]\(", prose)}
    listed = {int(number) for number in re.findall(r"^(\d+)\. .+Checked", prose, re.M)}
    assert cited == listed == set(range(1, len(cited) + 1))


def test_the_portfolio_prompt_is_followed_by_a_cell_to_write_in(copied: NotebookNode, chapter: Chapter) -> None:
    prompt = " ".join(chapter.head.model.portfolio.split())
    at = next(n for n, part in enumerate(copied.cells) if prompt in part.source)
    assert copied.cells[at + 1].cell_type == "markdown"
    assert copied.cells[at + 1].source == ""
    assert [n for n, part in enumerate(copied.cells) if part.source == ""] == [at + 1]


def plain(text: str, chapter: Chapter) -> str:
    return "\n".join(plain_lines(text.split("\n"), chapter)).strip()


def test_blocks_become_quotations_and_lists(chapter: Chapter) -> None:
    assert plain(":::{case} summer 2013\n:source: a-1\n\nHe asked.\n:::", chapter) == (
        "> **The case, summer 2013.** *Retold from {source}`a-1`. Our words, except those in quotation marks.*\n"
        ">\n"
        "> He asked."
    )
    assert plain(":::{claims}\n- What supports it: A poll.\n:::", chapter) == "> - **What supports it:** A poll."
    assert plain("::::{times}\n:::{then} 2013\nA group.\n:::\n:::{now}\nA board.\n:::\n::::", chapter) == (
        "> **Then, 2013.**\n>\n> A group.\n\n\n> **Now.**\n>\n> A board."
    )
    assert plain("```{warning}\nThe step is loose.\n```", chapter) == "> **Warning**\n>\n> The step is loose."


def test_what_is_for_tutors_or_for_the_machine_is_left_out(chapter: Chapter) -> None:
    assert plain(":::{tutor}\nAsk them twice.\n:::\n% a note\n(a-target)=\n## Next", chapter) == "## Next"


def test_a_block_of_code_is_left_as_it_is(chapter: Chapter) -> None:
    text = "```python\n% not a comment\n:::{case}\n```"
    assert plain(text, chapter) == text


def test_roles_become_words_with_their_evidence(real_book: Book) -> None:
    evidence = Evidence(real_book)
    name, fact = next((n, f) for n, f in real_book.facts.items() if real_book.sources[f.source].url)
    url = real_book.sources[fact.source].url
    assert evidence.fact("these words", name).startswith(f"these words [[1]]({url} ")
    assert evidence.fact(name, name).startswith(f"{fact.value} [[1]]({url} ")
    assert evidence.place("so far", "L6-fall").startswith("so far[†](#Synthetic-figures ")
    assert evidence.place("L6-fall", "L6-fall").startswith("68%[†](")
    assert evidence.term("Matrons", "community-matron").startswith("[Matrons](#Words-in-this-chapter ")
    assert evidence.term("what", "no-such-word") == "what"
    assert [text.splitlines()[0] for text in evidence.lists()] == [
        "## Words in this chapter",
        "## Synthetic figures",
        "## Sources",
    ]


def test_a_title_cannot_break_its_link() -> None:
    made = link("words", "#There", 'A "so-called" *list*\nof `names`')
    assert made == "[words](#There \"A 'so-called' list of names\")"
