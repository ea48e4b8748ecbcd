"""What a kind of decision owes the rest of the book: functions, files and words, declared in one place.

A kind is one folder: `__init__.py` offers what `Kind` lists, and beside it lie `FILES`. `what_is_missing` names what is
not there; a test and `commissioning check` ask it of every kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from commissioning.kinds.told import With

Trail = tuple[str | int, ...]
FILES = {
    "form.html": "the form and what follows it, complete without JavaScript",
    "live.js": "one section of the page's script: kinds['<name>'] = { score, read, write, show, tell }; half, resume",
    "told.js": "what My record makes of an answer: told['<name>'] = { met, told, verdict, isMarked }, as Python has it",
    "starter.yaml": "a commented decision to begin from, which `commissioning new decision` writes",
}
"""What lies in a kind's folder beside its `__init__.py`."""
ELSEWHERE = {
    "tests/test_kinds_{module}.py": "its own tests",
    "tests/contract/{name}.json": "at least ten cases computed by hand, which Python and a browser both run",
    "book/kinds-of-decision/decisions/example-{name}.yaml": "an example for the gallery, shown by a cell of its page",
}
"""What else a kind owes in the repository, by the path of each file from its root."""


@dataclass(frozen=True)
class Given:
    """What the book hands a kind besides the author's own words: the labs' figures and tables, by id."""

    figures: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Given()


@runtime_checkable
class Kind(Protocol):
    """What the module of a kind offers."""

    NAME: str
    """The word in YAML's `kind:`; the folder has the same name, with _ for -."""
    MARKED: bool
    """Whether an answer can be right or wrong, so that My record says which; where not, it is done or not done. A kind
    of which only some exercises are marked also offers `is_marked(marking)`."""
    Decision: Any
    """The model of decisions/<id>.yaml, or None."""
    Question: Any
    """The model of one entry of questions.yaml, or None."""

    def find(self, exercise: Any, given: Given = NOTHING) -> Iterator[tuple[Trail, str, str]]:
        """Its own faults of sense, as (trail, what is wrong, what would be right)."""

    def compiled(self, exercise: Any, given: Given = NOTHING) -> dict[str, Any]:
        """Plain JSON: all that scoring and the browser need, and nothing that is only wording."""

    def score(self, marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
        """Plain JSON, or None where the response cannot be scored. Never raises."""

    def met(self, score: dict[str, Any]) -> bool | None:
        """What My record makes of a score: good enough or not yet; None where nothing in it is right or wrong."""

    def told(self, response: Mapping[str, Any], with_: With) -> str | None:
        """An answer in a few words, for My record; None for a record to say it as it stands."""

    def explained(self, exercise: Any) -> Iterator[tuple[Trail, str, str]]:
        """Every text that stands after a choice, as (trail, "consequence" or "explanation", text)."""


def folder_of(kind: ModuleType) -> Path:
    """Where a kind lies."""
    assert kind.__file__ is not None
    return Path(kind.__file__).parent


def what_is_missing(kind: ModuleType) -> Iterator[str]:
    """What a kind owes and has not, in words, with the file that it belongs in."""
    folder = folder_of(kind)
    for name in ("NAME", "MARKED", "Decision", "Question"):
        if not hasattr(kind, name):
            yield f"{folder.name}/__init__.py: {name} is missing."
    for name in ("find", "compiled", "score", "met", "told", "explained"):
        offered = getattr(kind, name, None)
        if not callable(offered):
            yield f"{folder.name}/__init__.py: {name}() is missing. {(getattr(Kind, name).__doc__ or '').strip()}"
        elif not (offered.__doc__ or "").strip():
            yield f"{folder.name}/__init__.py: {name}() does not say what it promises."
    for name, what in FILES.items():
        if not (folder / name).is_file() and not (name == "starter.yaml" and kind.Decision is None):
            yield f"{folder.name}/{name} is missing: {what}."
    if folder.name != getattr(kind, "NAME", "").replace("-", "_"):
        yield f"{folder.name}/: its NAME is '{getattr(kind, 'NAME', '')}', which belongs in another folder."


def explained_options(exercise: Any) -> Iterator[tuple[Trail, str, str]]:
    """What most kinds explain: the consequence and the explanation of each option, and of what may go wrong near it."""
    groups = {name: getattr(exercise, name, {}) for name in ("options", "ranges", "cards", "spans", "elements")}
    for group, members in groups.items():
        for name, option in members.items():
            if hasattr(option, "consequence"):
                yield (group, name, "consequence"), "consequence", option.consequence
            yield (group, name, "explanation"), "explanation", option.explanation
            for tag, message in getattr(option, "near", {}).items():
                yield (group, name, "near", tag), "explanation", message
    for name, error in getattr(exercise, "common_errors", {}).items():
        yield ("common_errors", name, "message"), "explanation", error.message
    for index, region in enumerate(getattr(exercise, "regions", [])):
        yield ("regions", index, "explanation"), "explanation", region.explanation
