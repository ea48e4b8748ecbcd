"""Which files are an author's: not hidden ones and locks. Names nearly right are named, and so is what is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fixture_book import CHAPTER, ROOT, Copy

from commissioning.book import read_book
from commissioning.check import addresses
from commissioning.source.faults import Faults
from commissioning.source.files import authored, find_misnamed


def read_faults(copy: Copy) -> str:
    """What reading the book says, before anything is checked."""
    with pytest.raises(Faults) as caught:
        read_book(copy.root)
    return str(caught.value)


@pytest.mark.parametrize("name", ["._first-step.yaml", ".#first-step.yaml", ".first-step.yaml.swp", ".~lock.x.yaml#"])
def test_what_a_system_or_an_editor_hides_beside_a_decision_is_no_decision(copy: Copy, name: str) -> None:
    folder = copy.path("chapter/decisions")
    (folder / name).write_bytes(b"\x00\x05\x16\x07")
    (folder / ".#lock.yaml").symlink_to("someone@a-machine.1234")
    (copy.path("chapter").parent / ".ipynb_checkpoints").mkdir()
    (copy.path("chapter").parent / ".ipynb_checkpoints" / "index.md").write_text(
        "---\nchapter: x\n---\n", encoding="utf-8"
    )
    assert len(read_book(copy.root).chapters[CHAPTER].decisions) == 7
    assert copy.faults() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("chapter/questions.yaml", "chapter/Questions.yaml", "'Questions.yaml' is not read: its name is not quite"),
        ("chapter/questions.yaml", "chapter/QUESTIONS.YAML", "Call it 'questions.yaml'."),
        ("chapter/session.yaml", "chapter/session.yml", "Call it 'session.yaml'."),
        ("chapter/index.md", "chapter/Index.md", "Call it 'index.md'."),
        ("chapter/decisions", "chapter/Decisions", "Call it 'decisions'."),
        ("chapter/decisions/first-step.yaml", "chapter/decisions/first-step.YAML", "Call it 'first-step.yaml'."),
        ("chapter/decisions/first-step.yaml", "chapter/decisions/first-step.yaml.txt", "Call it 'first-step.yaml'."),
        ("facts.yaml", "Facts.yaml", "Call it 'facts.yaml'."),
        ("glossary.yaml", "glossary.yml", "Call it 'glossary.yaml'."),
        ("references.bib", "references.BIB", "Call it 'references.bib'."),
        ("chapter/index.md", "chapter/page.md", "the chapter's page is missing, but its decisions are there."),
    ],
)  # fmt: skip
def test_a_name_that_is_nearly_right_is_named(copy: Copy, old: str, new: str, said: str) -> None:
    copy.path(old).rename(copy.path(new))
    assert said in read_faults(copy)


def test_a_copy_beside_the_right_one_is_named(copy: Copy) -> None:
    copy.path("chapter/questions.yml").write_text("{}", encoding="utf-8")
    assert "'questions.yml' stands beside 'questions.yaml', and is not read. Keep one of them." in read_faults(copy)


def test_a_page_that_the_contents_name_and_that_is_not_there_is_named_with_its_line(copy: Copy) -> None:
    contents = copy.root / "_toc.yml"
    text = contents.read_text(encoding="utf-8").replace(f"{CHAPTER}/index", f"{CHAPTER.title()}/index")
    contents.write_text(text, encoding="utf-8")
    line = text[: text.index("/index")].count("\n") + 1
    assert f"_toc.yml:{line}" in read_faults(copy)
    assert f"there is no page 'book/{CHAPTER.title()}/index'. Did you mean 'book/{CHAPTER}/index'?" in read_faults(copy)


@pytest.mark.parametrize("name", ["questions.yaml", "notes.txt", "x.yaml~", "#x.yaml#", "picture.PNG", "other.yaml"])
def test_other_names_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert list(find_misnamed(tmp_path, ["questions.yaml"])) == []
    assert [path.name for path in authored(tmp_path, "*")] == [name]


# -- marks of a merge, signs that cannot be seen, and addresses that are taken, in pages too -------------------------


@pytest.mark.parametrize(
    ("name", "put", "said"),
    [
        ("chapter/index.md", "<<<<<<< HEAD\n", "'<<<<<<< HEAD' is a mark that a merge left here."),
        ("references.bib", ">>>>>>> theirs\n", "'>>>>>>> theirs' is a mark that a merge left here."),
        ("facts.yaml", "<<<<<<< HEAD\n", "'<<<<<<< HEAD' is a mark that a merge left here."),
        ("chapter/index.md", "A wo\u200brd.\n", "(a zero width space, U+200B)"),
        ("chapter/index.md", "\u202eA word.\n", "(a right-to-left override, U+202E)"),
    ],
)
def test_what_nobody_means_to_write_is_named_in_every_kind_of_file(copy: Copy, name: str, put: str, said: str) -> None:
    path = copy.path(name)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{put}", encoding="utf-8")
    assert f":{text.count(chr(10)) + 2}\n" in read_faults(copy)
    assert said in read_faults(copy)


@pytest.mark.parametrize("heading", ["## Contents", "### *Find*", "## first step", "(main)=", "## First-step title"])
def test_a_heading_that_takes_a_reserved_address_is_named_with_its_line(copy: Copy, heading: str) -> None:
    page = copy.path("chapter/index.md")
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n{heading}\n\nWords.\n", encoding="utf-8")
    (fault,) = addresses.find(read_book(copy.root))
    assert (fault.path.name, fault.line) == ("index.md", text.count("\n") + 2)
    assert "which is that of" in fault.wrong


def test_the_reserved_addresses_are_those_of_the_templates() -> None:
    assert {"contents", "main", "find"} <= addresses.reserved()


# -- line endings ----------------------------------------------------------------------------------------------------


def test_every_text_of_the_repository_has_its_own_line_ends_whatever_git_is_told() -> None:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    for line in git("ls-files", "--eol").splitlines():
        stored = line.split()[0]
        assert stored in ("i/lf", "i/-text", "i/none"), line
        assert stored == "i/-text" or "eol=lf" in line, line
