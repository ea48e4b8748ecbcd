"""A page that is made of other pages is read again when what it shows has changed, and not when a file has."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from fixture_book import ROOT, Copy

from commissioning.book import read_book
from commissioning.page.compiled import compiled
from commissioning.site import shown

DECISION = "chapter/decisions/first-step.yaml"


def digests(copy: Copy) -> dict[str, str]:
    shown.begin(SimpleNamespace())  # type: ignore[arg-type]
    book = read_book(copy.root)
    return {name: shown._digest(book, name) for name in shown.SHOWN}


@pytest.mark.parametrize(
    ("file", "old", "new", "changes"),
    [
        ("chapter/decisions/count-again.yaml", "minutes: 1", "minutes: 2", set()),
        (DECISION, "title: ", "title: Another ", {"exercises", "record"}),
        ("chapter/index.md", "\n# ", "\n# Another ", {"chapters", "citations", "record"}),
    ],
    ids=["minutes", "title", "heading"],
)
def test_only_what_shows_an_edit_has_changed(copy: Copy, file: str, old: str, new: str, changes: set[str]) -> None:
    before = digests(copy)
    copy.change(file, old, new)
    after = digests(copy)
    assert {name for name in before if before[name] != after[name]} == changes


def test_pages_are_named_that_show_what_is_no_longer_so(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "book_of", lambda env: read_book(copy.root))
    env: Any = SimpleNamespace(docname="table", found_docs={"table", "list"})
    shown.begin(env)
    shown.note_shown(env, "exercises")
    env.docname = "list"
    shown.note_shown(env, "chapters")
    assert shown.changed(env, env) == []
    copy.change(DECISION, "title: ", "title: Another ")
    shown.begin(env)
    assert shown.changed(env, env) == ["table"]
    shown.NOTED.forget(env, env, "table")
    assert shown.changed(env, env) == []


def test_compiled_templates_count_as_no_file_of_the_package() -> None:
    """Else each build that compiled one would read every page again."""
    kept = compiled()
    assert kept is not None
    assert kept.pattern.endswith(".pyc")
    from commissioning.site.freshness import SEEN_IN_BROWSERS, SEEN_IN_PAGES, files_of

    taken = files_of((*SEEN_IN_PAGES, *SEEN_IN_BROWSERS))
    assert not [path.relative_to(ROOT).as_posix() for path in taken if "__pycache__" in path.parts]
