"""MyST blocks as plain Markdown: `:::{case}`, ```` ```{portfolio} ```` and the rest.

In: lines of a chapter. Out: lines that any Markdown reader shows, with roles still in them (`chapters` resolves those).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from commissioning.book import Chapter
from commissioning.jupyter.notebooks.shape import words

OPENING = re.compile(r"^(?P<fence>:{3,}|`{3,})\{(?P<name>[\w-]+)\}[ \t]*(?P<argument>.*)$")
CODE = re.compile(r"^(`{3,}|~{3,})(?!\{)")
OPTION = re.compile(r"^:(?P<name>[\w-]+):[ \t]*(?P<value>.*)$")
WRITE_HERE = "<!-- a cell of the reader's own -->"
"""Where a cell ends and an empty one follows."""


@dataclass(frozen=True)
class Block:
    """A directive: its name, what stands behind the name, its options, and its lines."""

    name: str
    argument: str
    options: dict[str, str]
    lines: list[str]


def plain_lines(lines: list[str], chapter: Chapter) -> Iterator[str]:
    """The lines with every directive turned into headings, lists and quotations; targets and comments left out."""
    rest = iter(lines)
    for line in rest:
        opened = OPENING.match(line.strip())
        if opened:
            inside = _until(rest, opened["fence"])
            yield from _plain_block(_block(opened, inside), chapter)
        elif fence := CODE.match(line.strip()):
            yield from (line, *_until(rest, fence[1]), fence[1])
        elif not line.startswith("% ") and not re.match(r"^\([\w-]+\)=\s*$", line):
            yield line


def _until(rest: Iterator[str], fence: str) -> list[str]:
    """The lines up to the fence that closes this one, which is left out."""
    inside = []
    for line in rest:
        if re.fullmatch(f"{re.escape(fence[0])}{{{len(fence)},}}", line.strip()):
            break
        inside.append(line)
    return inside


def _block(opened: re.Match[str], inside: list[str]) -> Block:
    options = {}
    while inside and (found := OPTION.match(inside[0])):
        options[found["name"]] = found["value"]
        inside = inside[1:]
    return Block(opened["name"], opened["argument"].strip(), options, inside)


def _plain_block(block: Block, chapter: Chapter) -> Iterator[str]:
    make = BLOCKS.get(block.name, _note)
    yield from ("", *make(block, chapter), "")


def quoted(lines: list[str]) -> list[str]:
    """The lines as a quotation, without empty lines at its ends."""
    text = "\n".join(lines).strip("\n")
    return [f"> {line}".rstrip() for line in text.split("\n")] if text else []


def _note(block: Block, chapter: Chapter) -> list[str]:
    """Any other directive: its title and its content, quoted."""
    title = block.argument or block.name.replace("-", " ").capitalize()
    return quoted([f"**{title}**", "", *_inside(block, chapter)]) if block.lines else []


def _nothing(block: Block, chapter: Chapter) -> list[str]:
    """Left out: it is for tutors, or it is a list that a notebook has at its end."""
    return []


def _inside(block: Block, chapter: Chapter) -> list[str]:
    """The block's own lines, plain, without empty lines at their ends."""
    return "\n".join(plain_lines(block.lines, chapter)).strip("\n").split("\n")


def _head(block: Block, chapter: Chapter) -> list[str]:
    head, said = chapter.head.model, words()
    time = said["time"].format(reading=head.reading_minutes, lab=head.lab_minutes, decisions=len(chapter.order))
    outcomes = [f"{number}. {text}" for number, text in enumerate(head.outcomes.values(), 1)]
    speaks = said["who_speaks"].format(who=head.speaks)
    return [f"*{head.standfirst}*", "", time, "", speaks, "", said["by_the_end"], "", *outcomes]


def _case(block: Block, chapter: Chapter) -> list[str]:
    title = f"**{words()['the_case']}{', ' if block.argument else ''}{block.argument}.**"
    source = block.options.get("source")
    retold = ["*" + words()["retold"].format(source=f"{{source}}`{source}`") + "*"] if source else []
    return quoted([" ".join([title, *retold]), "", *_inside(block, chapter)])


def _claims(block: Block, chapter: Chapter) -> list[str]:
    """A list whose items begin with their own name: `- What supports it: …`."""
    return quoted([re.sub(r"^- ([^:]+):", r"- **\1:**", line) for line in plain_lines(block.lines, chapter)])


def _era(name: str) -> Callable[[Block, Chapter], list[str]]:
    def made(block: Block, chapter: Chapter) -> list[str]:
        title = f"**{words()[name]}{', ' if block.argument else ''}{block.argument}.**"
        return quoted([title, "", *_inside(block, chapter)])

    return made


def _portfolio(block: Block, chapter: Chapter) -> list[str]:
    prompt = "\n".join(block.lines).strip() or chapter.head.model.portfolio
    return [*quoted([prompt]), "", words()["portfolio"].strip(), "", WRITE_HERE]


BLOCKS: dict[str, Callable[[Block, Chapter], list[str]]] = {
    "chapter-head": _head,
    "case": _case,
    "claims": _claims,
    "times": _inside,
    "then": _era("then"),
    "now": _era("now"),
    "portfolio": _portfolio,
    "tutor": _nothing,
    "session": _nothing,
    "outcomes": _nothing,
    "facts-list": _nothing,
    "glossary-list": _nothing,
}
