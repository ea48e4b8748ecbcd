"""What a build would stop at is found by the check, told in our words with file and line, and nothing is run."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_book import CHAPTER, ROOT, Copy

from commissioning.check.written import BLOCKS, OUR_BLOCKS, OUR_ROLES, ROLES, find_in_page

PAGE = Path("page.md")
CELL = "```{code-cell} ipython3\n:tags: [remove-input]\nfrom commissioning import decision\n\n"


def faults(text: str) -> list[str]:
    """The faults of a page as lines of "line: words"."""
    return [f"{fault.line}: {fault.wrong} {fault.right}".strip() for fault in find_in_page(PAGE, text)]


SLIPS = [
    ("{fcat}`F1`", "1: there is no role '{fcat}'. Did you mean 'fact'?"),
    ("one\n\n:::{storey}\nx\n:::", "3: there is no block '{storey}'. Did you mean 'story'?"),
    (":::{story}\nx\n", "1: ':::{story}' is not closed. End it with a line that is ':::'."),
    ("```{portfolio}\n", "1: '```{portfolio}' is not closed. End it with a line that is '```'."),
    (CELL + 'decision("a")\n\nMore.', "1: '```{code-cell}' is not closed. End it with a line that is '```'."),
    (CELL + 'decision("a")\n\n```{portfolio}\n```', "1: '```{code-cell}' is not closed."),
    ("::::{times}\n:::{then}\nx\n:::\n", "1: '::::{times}' is not closed."),
    ("::::{times}\nx\n:::\n::::", "3: this ':::' closes nothing. '::::{times}' of line 1 ends with '::::'."),
    ("x\n:::\n", "2: this ':::' closes nothing. Take it out."),
    (CELL + 'decison("a")\n```', "5: 'decison' is not known here. Did you mean 'decision'?"),
    (CELL + 'decision("a"\n```', "5: a bracket opens here and is not closed. Close it."),
    (CELL + 'decision("a))\n```', "5: a quotation mark opens here and does not close. Close it."),
    (CELL + 'decision("a"))\n```', "5: a bracket closes here that was not opened. Open it, or take it out."),
    (CELL + 'decision("a")\ndecision("b")\n```', "5: the page would not show this decision(...): it is not the last"),
    (CELL + "decision a\n```", "5: this is not Python. Compare it with a cell that works."),
    (
        '```{code-cell}\ndecision("a")\n```',
        "2: 'decision' is not known here. Write 'from commissioning import decision'",
    ),
    (
        "```{code-cell}\nfrom commissioning import decison\n```",
        "2: there is no 'decison' to import from commissioning.",
    ),
]


@pytest.mark.parametrize(("text", "said"), SLIPS, ids=[said[:50] for _, said in SLIPS])
def test_a_slip_is_told_with_its_line(text: str, said: str) -> None:
    found = faults(text)
    assert len(found) == 1
    assert found[0].startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "---\nchapter:\n  number: 1\n---\n# A\n\n::::{times}\n:::{then}\nx\n:::\n:::{now}\ny\n:::\n::::\n",
        CELL + 'shown = [x for x in range(3)]\n%matplotlib inline\ndecision("a")\n```\n\n```{code-cell}\nshown\n```\n',
        "```python\ndecison(\n```\n",
        "`` {fcat}`x` `` and `{portfolio}` are typed so.\n",
        "{fact}`many\nlines <F1>` and {place}`68% <L6-fall>` and {figure}`68% <L6-fall>`\n",
        "````{story}\n```{code}\n:::\n```\n````\n",
    ],
)
def test_what_is_well_written_has_no_fault(text: str) -> None:
    assert faults(text) == []


def test_what_an_author_may_write_is_what_the_build_knows() -> None:
    from docutils.parsers.rst import directives, roles
    from sphinx.domains.std import StandardDomain
    from sphinx.roles import specific_docroles

    from commissioning.site import directives as ours
    from commissioning.site import game_extras
    from commissioning.site import roles as our_roles

    class App:
        """Hears what the site makes known."""

        def __init__(self) -> None:
            self.directives: set[str] = set()
            self.roles: set[str] = set()

        def __getattr__(self, name: str) -> object:
            return lambda *args, **named: None

        def add_directive(self, name: str, directive: object, **named: object) -> None:
            self.directives.add(name)

        def add_role(self, name: str, role: object, **named: object) -> None:
            self.roles.add(name)

        def add_role_to_domain(self, domain: str, name: str, role: object, **named: object) -> None:
            self.roles.add(name)

    heard = App()
    for part in (ours, game_extras, our_roles):
        part.setup(heard)  # type: ignore[arg-type]
    assert heard.directives == OUR_BLOCKS
    assert heard.roles == OUR_ROLES
    known = {*directives._directive_registry, *directives._directives, "code-block", "code-cell"}  # type: ignore[attr-defined]
    assert (BLOCKS - OUR_BLOCKS) - known == set()
    more = {*roles._role_registry, *roles._roles, *specific_docroles, *StandardDomain.roles, "sub", "sup"}  # type: ignore[attr-defined]
    assert (ROLES - OUR_ROLES) - more == set()


# -- the contents and the notebooks --------------------------------------------------------------------------------


def test_an_entry_without_a_page_is_named_then_a_page_without_an_entry_and_one_that_stands_twice(copy: Copy) -> None:
    toc = copy.root / "_toc.yml"
    begun = toc.read_text(encoding="utf-8")
    copy.path("people.md").write_text("# People\n", encoding="utf-8")
    toc.write_text(f"{begun}chapters:\n  - file: book/peple\n", encoding="utf-8")
    [fault] = copy.faults()
    assert fault.endswith("there is no page 'book/peple'. Did you mean 'book/people'?")
    toc.write_text(begun, encoding="utf-8")
    assert copy.faults() == [
        "people.md:1\n  the contents do not name this page. "
        "Add a line '- file: book/people' to _toc.yml, where it belongs."
    ]
    toc.write_text(f"{begun}chapters:\n  - file: book/people\n  - file: book/people\n", encoding="utf-8")
    [fault] = copy.faults()
    assert fault.endswith("_toc.yml:5  book/people\n  the page stands in line 4 already. Keep one of the two.")


def test_minutes_for_a_lab_need_a_notebook_and_a_notebook_needs_minutes(copy: Copy) -> None:
    copy.change("chapter/index.md", "lab_minutes: 0", "lab_minutes: 25")
    (fault,) = copy.faults()
    assert "lab_minutes\n  25 minutes for a lab, and there is no notebook solutions/waiting-for-a-scan.ipynb." in fault
    copy.change("chapter/index.md", "lab_minutes: 25", "lab_minutes: 0")
    (copy.root / "solutions").mkdir()
    (copy.root / "solutions" / f"{CHAPTER}.ipynb").write_bytes((ROOT / "solutions" / "buying-help.ipynb").read_bytes())
    assert [fault for fault in copy.faults() if "there is a notebook" in fault]


def test_two_chapters_of_one_number_are_named(copy: Copy) -> None:
    from commissioning.book import chapters

    chapters.new_chapter(copy.root, "second", "A second")
    copy.change("second/index.md", "number: 2", "number: 1")
    assert [f for f in copy.faults() if "'second' is chapter 1 too" in f or f"'{CHAPTER}' is chapter 1 too" in f]


def test_what_a_chapter_does_not_show_is_told_once(copy: Copy) -> None:
    copy.change("chapter/index.md", 'decision("how-long-a-queue")\n', 'decision("how-long-a-queue")\n"x"\n')
    told = [fault for fault in copy.faults() if "index.md" in fault.splitlines()[0]]
    assert len(told) == 1
    assert "is written here, and no cell shows it" in told[0]


def test_what_jupyter_keeps_beside_a_page_is_no_page(copy: Copy) -> None:
    kept = copy.root / "book" / ".ipynb_checkpoints" / "index-checkpoint.md"
    kept.parent.mkdir()
    kept.write_text(":::{storey}\n", encoding="utf-8")
    assert copy.faults() == []


def test_a_label_that_two_pages_give_is_named(copy: Copy) -> None:
    """A build that reads its pages side by side would not say so."""
    copy.enter("book/other")
    copy.path("other.md").write_text("# Another page\n\n(by-itself)=\n\nWords.\n\n(same-place)=\n\n## Here\n", "utf-8")
    chapter = copy.path("chapter/index.md")
    chapter.write_text(f"{chapter.read_text('utf-8')}\n(by-itself)=\n\nWords.\n\n(same-place)=\n## There\n", "utf-8")
    (told,) = [fault for fault in copy.faults() if "the label" in fault]
    assert told.startswith("chapter/index.md:")
    assert "the label 'same-place' stands at book/other.md:7 too." in told
