"""A small book that Jupyter Book builds, for the tests of builds, and what no two of them need work out.

Most of what the first build of a book takes is working out the labs' figures (fifteen seconds of a processor), and the
kernel that runs its page. So one such book is built once in a run of the tests, by whichever worker comes first; others
begin with what it keeps between builds (figures, outputs of pages, schemas), and never with its pages.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import copies
import pytest
from built_book import shared_by_workers
from fixture_book import ROOT

from commissioning.source.turns import one_at_a_time

HEADER = """\
---
jupytext: {notebook_metadata_filter: all, text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
chapter:
  number: 6
  stage: Understand the context
  standfirst: A list is not a plan yet.
  case: colin-thome-2013
  speaks: A columnist, and people who are invented.
  reading_minutes: 20
  lab_minutes: 25
  outcomes: {see: "**see** one", say: "**say** two", do: "**do** three"}
  maps_to: {rcgp: [Medical complexity]}
  portfolio: What else could explain it? Write three lines.
---
"""
CHAPTER = (
    HEADER
    + """
# Finding people at risk

```{chapter-head}
```

## The case

:::{case} summer 2013
:source: colin-thome-2013

A {term}`matron <community-matron>` asked. It cost {fact}`F221`, in {fact}`32 practices <F217>`.
:::

:::{claims}
- What the author claims: it *works*.
- What supports it: {source}`colin-thome-2013`.
:::

## Then and now

::::{times}
:::{then}
A group.
:::
:::{now}
A board.
:::
::::

```{code-cell} ipython3
from commissioning import decision
decision("matron")
```

```{portfolio}
```
"""
)
FILES = {
    "_toc.yml": """\
        format: jb-book
        root: book/index
        parts:
          - caption: Chapters
            chapters: [{file: book/risk/index}]
          - caption: Around the book
            chapters: [{file: book/around}, {file: book/glossary}, {file: book/sources}]
        """,
    "book/index.md": "# The Commissioning Casebook\n\nBegin with {term}`community matrons <community-matron>`.\n",
    "book/glossary.md": "# Glossary\n\n```{glossary-list}\n```\n",
    "book/sources.md": "# Sources\n\n```{facts-list}\n```\n",
    "book/risk/index.md": CHAPTER,
    "book/risk/decisions/matron.yaml": """\
        title: The matron
        kind: best-answer
        era: then
        minutes: 4
        outcomes: [see]
        situation: A chart, and [a cost](F221).
        ask: What do you say?
        options:
          yes-please: {text: Pay for it, consequence: It is paid., explanation: Right if it was tested.}
          not-yet: {text: Compare first, consequence: You compare., explanation: Like with like is fair.}
          never: {text: Stop it, consequence: It stops., explanation: Nothing shown is not nothing there.}
          half: {text: Pay half, consequence: Half is paid., explanation: A guess that sounds moderate.}
        key: not-yet
        """,
    "book/facts.yaml": """\
        F217: {claim: There were 32 practices, value: "32", as_at: "2013", source: snooks-2019,
               confidence: verified, checked: 2026-11-21, review_by: 2027-05-31}
        F221: {claim: It cost about £76 a head, value: about £76, as_at: "2014", source: snooks-2019,
               confidence: verified, checked: 2026-11-21, review_by: 2027-05-31}
        """,
    "book/references.bib": """\
        @article{snooks-2019, author = {Snooks, Helen and Bailey-Jones, Kerry and others},
          title = {Effects of a tool}, journal = {BMJ Quality & Safety}, year = {2019}, doi = {10.1136/x}}
        @misc{colin-thome-2013, author = {Colin-Thomé, David}, title = {A column},
          journal = {Health Service Journal}, year = {2013}}
        """,
    "book/around.md": """\
        # Around

        ## Pictures

        ```{system}
        ```

        ## Things

        ```{then-and-now} techniques
        ```

        ## Dates

        ```{timeline} line
        ```

        ```{timeline} table
        ```

        ## Rows

        ```{coverage} count
        ```

        ```{coverage} mechanisms
        ```
        """,
    "book/then-and-now.yaml": """\
        prism:
          {name: Prism, group: techniques, then: "It cost [about £76](F221).", since: It was counted.,
           today: "A [tool](F217).", as_at: "2014", named_in: [colin-thome-2013], chapters: [risk]}
        """,
    "book/timeline.yaml": """\
        trial: {date: "2013-04-01", title: "[32 practices](F217) begin.", why: To see., facts: [F217],
                turning_point: true, holder: nobody}
        costs: {date: "2014", title: A sum would follow., why: To know., facts: [F221], planned: true,
                turning_point: true}
        """,
    "book/system.yaml": """\
        past:
          title: One system
          as_at: "2013"
          takeaway: One pays.
          nodes: {payer: {name: Payer, tier: 1}, clinic: {name: Clinic, tier: 2}}
          flows: [{from: payer, to: clinic, kind: money, says: "It pays [about £76](F221)."}]
        present:
          title: One system
          as_at: "2013"
          takeaway: One pays.
          nodes: {payer: {name: Payer, tier: 1}, clinic: {name: Clinic, tier: 2}}
          flows: [{from: payer, to: clinic, kind: money, says: "It pays [about £76](F221)."}]
        left_out: Much.
        """,
    "book/coverage.yaml": """\
        count: 2
        planned: {9: Later}
        rows:
          lists: {name: Lists, kind: mechanisms, articles: [colin-thome-2013], taught: {risk: [matron]}}
          rest: {name: The rest, kind: mechanisms, articles: [colin-thome-2013], to_come: {9: a lab}}
        """,
    "book/glossary.yaml": """\
        community-matron: {term: Community matron, short: A senior nurse who visits., era: both,
                           now: advanced practitioner}
        """,
}

KEPT = ("_build/read", "_build/executed", ".schemas")
"""What a book keeps between builds. Whatever of it another book, or other code, cannot use, its build makes again."""


def write_book(folder: Path, files: dict[str, str] = FILES) -> Path:
    """Lay a book's files into a folder, over those that are there, with our own `_config.yml`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "_config.yml", folder)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(text), encoding="utf-8")
    return folder


def begun(factory: pytest.TempPathFactory, folder: Path, files: dict[str, str] = FILES) -> Path:
    """`write_book`, beginning with what the first book of this run keeps between builds."""
    shared = shared_by_workers(factory)
    first = shared / "small-book"
    with one_at_a_time(shared / "small-book.lock"):
        if not first.is_dir():
            made = write_book(shared / "small-book-being-built")
            done = build(made)
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
            made.rename(first)
    for name in KEPT:
        shutil.copytree(first / name, folder / name)
    return write_book(folder, files)


def build(folder: Path, **variables: str) -> copies.Ended:
    """Build the book of a folder with Jupyter Book, with these variables set; how that ended, and what it said."""
    arguments = ("build", ".", "-nW", "--keep-going")
    return copies.run(copies.JUPYTER_BOOK, *arguments, folder=folder, **variables)


def start(folder: Path) -> copies.Running:
    """Begin `commissioning build` of the book of a folder."""
    return copies.start(copies.COMMISSIONING, "build", "--book", folder, folder=folder)
