"""A chapter is begun, renamed, moved and taken out by one command each, and nothing that an author wrote is lost."""

from __future__ import annotations

from collections.abc import Callable

import commands
import pytest
from commands import Ended
from fixture_book import CHAPTER, ROOT, Copy

from commissioning.book import chapters, contents, naming, read_book
from commissioning.check.written import OUR_BLOCKS
from commissioning.source.faults import Faults

Said = Callable[..., Ended]
NEW = "a-queue"
TOC = (ROOT / "_toc.yml").read_text(encoding="utf-8")
ORDER = [slug for slug in map(contents.chapter_of, (e.page for e in contents.entries(TOC))) if slug]
ORDER = list(dict.fromkeys(slug for slug in ORDER if slug != "kinds-of-decision"))


@pytest.fixture
def said(copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Exit code, what was printed, and what was complained of, by a command in a copy of a book."""

    def run(*arguments: str) -> Ended:
        return commands.said(capsys, monkeypatch, *arguments, "--book", copy.root)

    return run


def begun(copy: Copy, *, number: int | None = None) -> None:
    chapters.new_chapter(copy.root, NEW, "A queue at eight", number=number)


# -- beginning one -------------------------------------------------------------------------------------------------


def test_a_new_chapter_lacks_nothing_but_an_authors_own_words(copy: Copy, said: Said) -> None:
    code, out, err = said("new", "chapter", NEW, "--title", "A queue at eight")
    assert (code, err) == (0, "")
    assert f"Wrote book/{NEW}/index.md\n" in out
    faults = copy.faults()
    assert len(faults) == 4
    assert all("lines of this file are still the starting file's." in fault for fault in faults)
    chapter = read_book(copy.root).chapter(NEW)
    assert (chapter.title, chapter.head.model.number, chapter.order) == ("A queue at eight", 2, (f"{NEW}-first",))


def test_a_third_chapter_recalls_questions_of_the_first(copy: Copy) -> None:
    begun(copy)
    chapters.new_chapter(copy.root, "third", "A third")
    chapters.new_chapter(copy.root, "fourth", "A fourth")
    asked = read_book(copy.root).chapter("fourth").head.model.from_before
    assert asked == [f"{NEW}--who-waits", f"{CHAPTER}--who-waits"]
    assert 'from_before("fourth")' in copy.path("fourth/index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([CHAPTER, "--title", "T"], "is there already"),
        (["A Queue", "--title", "T"], "will not do as a folder's name"),
        (["queue", "--title", "T", "--number", "1"], f"number 1 is that of '{CHAPTER}'"),
        (["queue", "--title", "T", "--number", "0"], "begin at 1"),
        (["queue", "--title", "T", "--case", "clinic-2031"], "Did you mean 'clinic-2013'?"),
    ],
)
def test_what_cannot_be_begun_is_told_and_writes_nothing(
    copy: Copy, said: Said, arguments: list[str], words: str
) -> None:
    before = sorted(copy.root.rglob("*"))
    code, out, err = said("new", "chapter", *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert sorted(path for path in copy.root.rglob("*") if "_build" not in path.parts) == before


# -- the contents --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(len(ORDER) + 1))
def test_a_chapter_stands_in_the_contents_between_its_neighbours(place: int) -> None:
    order = [*ORDER[:place], NEW, *ORDER[place:]]
    text = contents.with_pages(TOC, [f"book/{NEW}/index", f"book/{NEW}/session"], order)
    for name in ("index", "session"):
        pages = [e.page for e in contents.entries(text) if contents.chapter_of(e.page) in order]
        assert [contents.chapter_of(page) for page in pages if page.endswith(f"/{name}")] == order
    assert contents.without(text, NEW) == TOC


@pytest.mark.parametrize("slug", ORDER)
@pytest.mark.parametrize("place", range(len(ORDER)))
def test_a_moved_chapter_takes_all_its_pages_along(slug: str, place: int) -> None:
    rest = [one for one in ORDER if one != slug]
    order = [*rest[:place], slug, *rest[place:]]
    text = contents.moved(TOC, slug, order)
    pages = [entry.page for entry in contents.entries(text)]
    assert sorted(pages) == sorted(entry.page for entry in contents.entries(TOC))
    for part in (pages[: pages.index("book/my-record")], pages[pages.index("book/for-tutors") :]):
        assert list(dict.fromkeys(c for c in map(contents.chapter_of, part) if c in order)) == order
    assert contents.moved(text, slug, ORDER) == TOC


FLOW = """\
format: jb-book
root: book/index
chapters: [{file: book/one/index}, {file: book/two/index.md}]
"""


def test_a_page_is_found_however_the_contents_name_it() -> None:
    """A parser of its own that went line by line missed these: the chapter stayed in the contents when it was gone."""
    assert contents.entries(FLOW) == [(2, "book/index"), (3, "book/one/index"), (3, "book/two/index")]
    assert contents.entries('chapters:\n  - {"file": "book/one/index"}\n') == [(2, "book/one/index")]
    assert contents.entries("chapters:\n  - title: One\n    file: book/one/index  # first\n")[0].line == 3


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: contents.without(text, "one"),
        lambda text: contents.moved(text, "one", ["two", "one"]),
        lambda text: contents.with_pages(text, ["book/new/index"], ["one", "new", "two"]),
    ],
    ids=["without", "moved", "with_pages"],
)
def test_contents_that_cannot_be_edited_line_by_line_are_named_and_left(edit: Callable[[str], str]) -> None:
    with pytest.raises(
        Faults, match=r"_toc\.yml:3\s+the page 'book/two/index' shares its line\..*\n?.*- file: book/two"
    ):
        edit(FLOW)
    with pytest.raises(Faults, match=r"_toc\.yml:"):
        edit("chapters: [")


# -- moving, renaming, taking out ----------------------------------------------------------------------------------


def test_a_chapter_that_takes_anothers_number_moves_it_up(copy: Copy, said: Said) -> None:
    begun(copy)
    code, out, _ = said("move", NEW, "--to", "1")
    assert code == 0
    assert f"Chapter 2 is now 1: {NEW}\nChapter 1 is now 2: {CHAPTER}\n" in out
    assert list(read_book(copy.root).chapters) == [NEW, CHAPTER]
    assert not [fault for fault in copy.faults() if "starting file" not in fault]


def test_a_chapter_that_is_moved_before_one_it_recalls_is_named(copy: Copy, said: Said) -> None:
    begun(copy)
    chapters.new_chapter(copy.root, "third", "A third")
    code, out, _ = said("move", CHAPTER, "--to", "4")
    assert code == 0
    assert f"'{CHAPTER}--who-waits' is no closing question of a chapter at least two before this one" in out
    assert "third/index.md" in out


COVERAGE = """\
count: 1
planned:
  2: To come
  4: Much later
rows:
  clinic:
    name: The clinic
    kind: bodies
    articles: [clinic-2013]
    to_come:
      2: all of it
"""


def test_planned_chapters_move_up_too_and_words_with_an_old_number_are_named(copy: Copy, said: Said) -> None:
    copy.path("coverage.yaml").write_text(COVERAGE, encoding="utf-8")
    copy.change("chapter/index.md", "Then somebody has to begin.", "Chapter 2 will say who begins.")
    begun(copy, number=5)
    code, out, _ = said("move", NEW, "--to", "1")
    assert code == 0
    assert out.startswith(
        f"Chapter 5 is now 1: {NEW}\nChapter 1 is now 2: {CHAPTER}\nChapter 2 is now 3: To come (planned)\n"
    )
    text = copy.path("coverage.yaml").read_text(encoding="utf-8")
    assert text == COVERAGE.replace("  2:", "  3:")
    assert f"name a chapter by its old number:\n\nbook/{CHAPTER}/index.md:39\n" in out


def test_a_title_is_changed_by_one_command_in_one_place(copy: Copy, said: Said) -> None:
    begun(copy)
    code, out, _ = said("rename", NEW, "--title", "The telephones")
    assert (code, out) == (0, f"Changed book/{NEW}/index.md\n")
    assert read_book(copy.root).chapter(NEW).title == "The telephones"
    left = [path for path in copy.root.rglob("*.md") if "A queue at eight" in path.read_text(encoding="utf-8")]
    assert left == []


def test_the_books_own_titles_stand_in_one_place() -> None:
    """A page that names a chapter says [](chapter/index.md) or {chapter-title}`chapter`; the build fills it in."""
    titles = {chapter.title: chapter.path / "index.md" for chapter in read_book(ROOT).chapters.values()}
    pages = {path: path.read_text(encoding="utf-8") for path in (ROOT / "book").rglob("*.md")}
    typed = {title: [p for p, t in pages.items() if f"[{title}](" in t or f"\n# {title}" in t] for title in titles}
    assert typed == {title: [page] for title, page in titles.items()}


def test_a_folder_is_renamed_wherever_it_is_named(copy: Copy, said: Said) -> None:
    begun(copy)
    chapters.new_chapter(copy.root, "third", "A third")
    chapters.new_chapter(copy.root, "fourth", "A fourth")
    code, out, _ = said("rename", NEW, "--folder", "telephones")
    assert code == 0
    assert "My record" in out
    assert "Changed book/telephones/index.md\n" in out
    repeated = ("starting file", "reads no content")  # three chapters of the same words are easy to guess
    assert not [fault for fault in copy.faults() if not any(words in fault for words in repeated)]
    assert not copy.path(NEW).exists()
    assert "telephones--who-waits" in read_book(copy.root).chapter("fourth").head.model.from_before


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", "chapters: [@, who-else]\n@: [x]\n- @\nsay: who goes\n"),
        (".yaml", "- {chapter: @, lab: true}\n- {session: @}\n"),
        (".md", "who goes to [a](../@/index.md), @--q1\n```{session} @\n"),
        (".md", 'questions("@")\nfrom_before(\'@\')\ndecision("who")'),
        (".md", "# {chapter-title}`@`: a plan"),
        (".ipynb", '"chapter": "@"\n"questions(\\"@\\")"'),
        (".py", 'book.chapters["who"]'),
    ],
)
def test_a_name_is_changed_and_a_word_is_not(suffix: str, text: str) -> None:
    assert naming.renamed(text.replace("@", "who"), "who", "what", suffix) == text.replace("@", "what")


def test_a_chapter_that_is_taken_out_is_kept_and_where_it_is_named_is_told(copy: Copy, said: Said) -> None:
    begun(copy)
    page = copy.path(f"{NEW}/index.md").read_bytes()
    copy.path("then-and-now.md").write_text(f"See [that]({NEW}/index.md).\n", encoding="utf-8")
    code, out, _ = said("remove", NEW)
    assert code == 0
    assert (copy.root / "removed" / NEW / "index.md").read_bytes() == page
    assert NEW not in (copy.root / contents.FILE).read_text(encoding="utf-8")
    assert "book/then-and-now.md:1\n" in out
    assert said("remove", NEW)[0] == 2


def test_a_name_that_is_no_chapter_is_told_with_the_nearest(said: Said) -> None:
    for command in (["move", "waiting-for-scan", "--to", "3"], ["remove", "waiting-for-scan"]):
        code, out, err = said(*command)
        assert (code, out) == (2, "")
        assert f"Did you mean '{CHAPTER}'?" in err or f"It must be '{CHAPTER}'" in err


def test_the_blocks_of_the_starter_are_the_houses() -> None:
    text = (chapters.STARTER / "index.md").read_text(encoding="utf-8")
    assert all(f"{{{name}}}" in text for name in ("chapter-head", "story", "portfolio"))
    assert {"chapter-head", "story", "portfolio"} <= OUR_BLOCKS
