"""Of a stylesheet, what one page can wear: rules whose classes and attributes the page and its script never name go.

A rule stays as soon as one of its selectors could match, now or after a script has set a class; so a page looks the
same with what is left as with the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

INSIDE = ("@media", "@container", "@supports", "@layer")
"""At-rules that hold other rules. What stands in any other (a typeface, a page) is kept as it is."""


def worn(css: str, said: str) -> str:
    """The rules of a stylesheet without comments that can match where `said` (HTML and scripts) is all there is."""
    words = frozenset(re.findall(r"[\w-]+", said))
    return "\n".join(_kept(css, words)) + "\n"


def dropped(css: str, said: str) -> list[str]:
    """Every selector that `worn` leaves out, for a test to look for in the page as it was used."""
    words = frozenset(re.findall(r"[\w-]+", said))
    return [one for one in selectors(css) if not _may_match(one, words)]


def selectors(css: str) -> Iterator[str]:
    """Every selector of a stylesheet, those inside at-rules too."""
    for prelude, block in rules(css):
        if prelude.startswith(INSIDE):
            yield from selectors(block)
        elif block and not prelude.startswith("@"):
            yield from _listed(prelude)


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule as (what stands before its brace, what stands inside); a statement without one has an empty inside."""
    at = depth = opened = 0
    for place in range(len(css)):
        sign = css[place]
        if sign == "{":
            depth += 1
            opened = opened or place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[at:opened].strip(), css[opened + 1 : place].strip()
                at, opened = place + 1, 0
        elif sign == ";" and depth == 0:
            yield css[at : place + 1].strip(), ""
            at = place + 1


def _kept(css: str, words: frozenset[str]) -> Iterator[str]:
    for prelude, block in rules(css):
        if prelude.startswith(INSIDE):
            inner = "\n".join(_kept(block, words))
            if inner:
                yield f"{prelude} {{\n{inner}\n}}"
        elif prelude.startswith("@"):
            yield f"{prelude} {{ {block} }}" if block else prelude
        else:
            mine = [one for one in _listed(prelude) if _may_match(one, words)]
            if mine:
                yield f"{', '.join(mine)} {{ {block} }}"


def _listed(prelude: str) -> list[str]:
    """The selectors of a rule; a comma inside brackets divides none."""
    found, depth = [""], 0
    for sign in prelude:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [one.strip() for one in found if one.strip()]


def _may_match(selector: str, words: frozenset[str]) -> bool:
    """Whether every class, id and attribute that the selector asks for is named; what `:not()` holds asks nothing."""
    bare, before = selector, ""
    while bare != before:
        before, bare = bare, re.sub(r":[\w-]+\([^()]*\)", "", bare)
    classes = re.findall(r"\.([A-Za-z_][\w-]*)", re.sub(r"\[[^\]]*\]", "", bare))
    attributes = re.findall(r"\[([\w-]+)", bare)
    ids = re.findall(r"#([A-Za-z_][\w-]*)", bare)
    return all(name in words for name in [*classes, *ids]) and all(_is_named(name, words) for name in attributes)


def _is_named(attribute: str, words: frozenset[str]) -> bool:
    """Whether an attribute is written out, or set by a script as `dataset.itsName`."""
    first, *rest = attribute.removeprefix("data-").split("-")
    return attribute in words or (attribute.startswith("data-") and first + "".join(map(str.title, rest)) in words)
