"""Starting files: one for each kind of decision, whole and without faults, written once and never over another."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import commands
import pytest
from commands import Ended
from fixture_book import CHAPTER, ROOT, Copy
from ruamel.yaml import YAML

from commissioning import check
from commissioning.book import Book, read_book, starters
from commissioning.book.compile import compile_decision
from commissioning.check.exercises import find_in_exercise
from commissioning.kinds import KINDS
from commissioning.page import render

FOLDER = ROOT / "src" / "commissioning" / "kinds"
DECISIONS = [name for name, kind in KINDS.items() if kind.Decision]
Said = Callable[..., Ended]


@pytest.fixture
def said(copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Exit code, what was printed, and what was complained of, by `commissioning new decision` in a copy of a book."""

    def run(*arguments: str) -> Ended:
        return commands.said(capsys, monkeypatch, "new", "decision", *arguments, "--book", copy.root)

    return run


def test_every_kind_of_decision_has_a_starting_file_and_there_are_no_others() -> None:
    found = [path.parent.name.replace("_", "-") for path in FOLDER.glob("*/starter.yaml")]
    assert sorted(found) == sorted(DECISIONS)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book itself, with a starting file of every kind in its first chapter."""
    root = tmp_path_factory.mktemp("begun")
    (root / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
    for path in sorted((ROOT / "book").rglob("*")):
        if path.suffix in (".md", ".yaml", ".bib") and "decisions" not in path.parts:
            copied = root / path.relative_to(ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(path.read_bytes())
    for kind in DECISIONS:
        starters.write_starter(root, kind, "finding-people-at-risk")
    return read_book(root)


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_starting_file_reads_and_has_no_faults(begun: Book, kind: str) -> None:
    chapter = begun.chapter("finding-people-at-risk")
    sheet = chapter.decisions[f"new-{kind}"]
    assert sheet.model.kind == kind
    assert [str(fault) for fault in find_in_exercise(begun, chapter, sheet, ())] == []
    assert render(compile_decision(begun, f"new-{kind}"))


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_starting_file_names_its_schema_and_has_a_note_for_each_part(kind: str) -> None:
    lines = starters.starter(kind).splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../../../.schemas/decision.schema.json"
    parts = {line.partition(":")[0]: lines[at - 1] for at, line in enumerate(lines) if re.match(r"[a-z_]+:", line)}
    same_breath = {"kind", "bins", "step", "sectors", "relation", "signs_at", "open_at", "them", "between"}
    assert [part for part, above in parts.items() if part not in same_breath and not above.startswith("#")] == []
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_starting_file_cites_nothing_and_says_what_is_invented(kind: str) -> None:
    text = starters.starter(kind)
    whole = YAML(typ="safe", pure=True).load(text)
    assert whole["sources"] == []
    assert "invented" in whole["situation"]
    assert len(whole["disagreement"]) >= 2
    without_notes = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert "](" not in without_notes


# -- the command ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_begun_decision_lacks_only_the_cell_that_the_command_prints_and_an_authors_words(
    copy: Copy, said: Said, kind: str
) -> None:
    code, out, err = said("--kind", kind, "--chapter", CHAPTER)
    assert (code, err) == (0, "")
    assert out.startswith(f"Wrote book/{CHAPTER}/decisions/new-{kind}.yaml\n")
    shown, untouched = sorted(check.find_all(copy.root), key=lambda fault: fault.line)
    assert "no cell of the chapter shows this decision" in str(shown)
    assert "lines of this file are still the starting file's" in str(untouched)
    [cell] = re.findall(r"^```\{code-cell\}.*?^```$", out, re.S | re.M)
    page = copy.path("chapter/index.md")
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{cell}\n", encoding="utf-8")
    [fault] = copy.faults()
    assert "lines of this file are still the starting file's" in fault


def test_it_is_written_under_the_name_that_is_asked_for(copy: Copy, said: Said) -> None:
    code, out, _ = said("--kind", "claim", "--chapter", CHAPTER, "--name", "what-march-shows")
    assert code == 0
    assert 'decision("what-march-shows")' in out
    assert copy.path("chapter/decisions/what-march-shows.yaml").is_file()


def test_it_meets_the_first_outcome_of_its_chapter(copy: Copy) -> None:
    starters.write_starter(copy.root, "ranking", CHAPTER)
    chapter = read_book(copy.root).chapter(CHAPTER)
    assert chapter.decisions["new-ranking"].model.outcomes == [next(iter(chapter.head.model.outcomes))]


def test_a_page_that_imports_nothing_yet_gets_a_cell_that_does(tmp_path: Path) -> None:
    page = tmp_path / "index.md"
    page.write_text("# A page\n", encoding="utf-8")
    path = tmp_path / "decisions" / "first.yaml"
    assert "from commissioning import decision\n" in starters.cell_for(path)
    page.write_text("from commissioning import decision, place\n", encoding="utf-8")
    assert "import" not in starters.cell_for(path)


def test_nothing_is_ever_written_over(copy: Copy, said: Said) -> None:
    path = copy.path("chapter/decisions/first-step.yaml")
    before = path.read_bytes()
    code, out, err = said("--kind", "claim", "--chapter", CHAPTER, "--name", "first-step")
    assert (code, out) == (2, "")
    assert err == f"book/{CHAPTER}/decisions/first-step.yaml is there already. Give another id with --name.\n"
    assert path.read_bytes() == before


def test_an_id_that_another_chapter_uses_is_refused_too(copy: Copy) -> None:
    other = copy.root / "book" / "another"
    (other / "decisions").mkdir(parents=True)
    other.joinpath("index.md").write_text(copy.path("chapter/index.md").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"first-step\.yaml is there already"):
        starters.write_starter(copy.root, "claim", "another", name="first-step")


def test_a_fault_elsewhere_in_the_book_keeps_nobody_from_beginning(copy: Copy, said: Said) -> None:
    copy.change("chapter/decisions/first-step.yaml", "era: then", "era: soon")
    assert said("--kind", "claim", "--chapter", CHAPTER)[0] == 0


MISTAKES = {
    "allocasion": (CHAPTER, "x", "'allocasion' is not a kind of decision. Did you mean 'allocation'?\n"),
    "quiz": (CHAPTER, "x", "'quiz' is not a kind of decision. It must be one of 'best-answer', 'ranking', "),
    "short-answer": (CHAPTER, "x", "'short-answer' is not a kind of decision."),
    "claim": ("waiting-for-a-scam", "x", f"there is no chapter 'waiting-for-a-scam'. Did you mean '{CHAPTER}'?\n"),
    "ranking": (CHAPTER, "Two Words", "'Two Words' will not do as a decision's id. Use small letters and figures "),
    "sorting": (CHAPTER, "../../x", "'../../x' will not do as a decision's id. "),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_told_in_words_and_writes_nothing(copy: Copy, said: Said, kind: str) -> None:
    chapter, name, words = MISTAKES[kind]
    before = sorted(copy.root.rglob("*"))
    code, out, err = said("--kind", kind, "--chapter", chapter, "--name", name)
    assert (code, out) == (2, "")
    assert err.startswith(words)
    assert sorted(copy.root.rglob("*")) == before


def test_a_folder_whose_page_has_no_chapter_in_it_holds_no_decisions(copy: Copy) -> None:
    page = copy.root / "book" / "around" / "index.md"
    page.parent.mkdir()
    page.write_text("# Around\n", encoding="utf-8")
    with pytest.raises(LookupError, match=r"around/index\.md has no 'chapter:' in its front matter"):
        starters.write_starter(copy.root, "claim", "around")
