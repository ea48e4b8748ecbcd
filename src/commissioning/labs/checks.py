"""`check("fall", answer)`: says at once and in words whether an answer is right, and which slip a wrong one looks like.

In: a task's name and what a learner worked out. Out: a `Verdict`, which Jupyter shows as a sentence. Nothing is kept
and nothing is sent. No message holds a number, so that no check gives an answer away.

    from commissioning.labs.checks import check
    check("fall", None)      # Not answered yet. Put your answer where `None` stands, and run the cell again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from numbers import Real
from typing import Any

from commissioning.labs.figures import LABS, part_of
from commissioning.labs.shapes import Task, is_close, nearest_slip
from commissioning.source.tree import read_tree

__all__ = ["Verdict", "check"]


@dataclass(frozen=True)
class Verdict:
    """What a check says. `slip` names the mistake, where it is a known one."""

    task: str
    right: bool
    words: str
    slip: str | None = None

    def __repr__(self) -> str:
        return self.words

    def _repr_markdown_(self) -> str:
        for first in (words()["right"], words()["wrong"]):
            if self.words.startswith(first):
                return str(words()["mark"].format(first=first, rest=self.words.removeprefix(first).strip()))
        return self.words


@cache
def words() -> dict[str, Any]:
    """What a check can say of any task: checks.yaml of this folder."""
    return _loaded("commissioning.labs")


@cache
def words_of(lab: str) -> dict[str, dict[str, Any]]:
    """What a check can say of the `tasks` and the `slips` of one lab: its own checks.yaml."""
    return _loaded(f"commissioning.labs.{lab}")


def _loaded(package: str) -> dict[str, Any]:
    text = files(package).joinpath("checks.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_tree(text)[0]
    return loaded


@cache
def tasks() -> dict[str, tuple[str, Callable[[], Task]]]:
    """Every task by name: its lab, and what works it out when it is first asked for."""
    return {name: (lab, task) for lab in LABS.values() for name, task in part_of(lab, "tasks").TASKS.items()}


def check(task: str, answer: object) -> Verdict:
    """Whether an answer to a task is right, and if not, why it may have gone wrong.

    `task` is a name in `tasks()`; an unknown one raises LookupError and names the nearest. Falls and effects are in per
    cent, slopes in admissions per admission, sample sizes in people in each group; "includes-zero" is True or False.
    An answer that cannot be read (None, text, NaN, a whole column) is answered in words too, and is not right.
    """
    lab, asked = _task(task)
    unreadable = _cannot_read(asked, _unwrapped(answer))
    if unreadable:
        return Verdict(task, False, unreadable)
    if isinstance(asked.answer, bool):
        return _verdict(lab, asked, _as_bool(answer) == asked.answer)
    number = float(_unwrapped(answer))
    slip = nearest_slip(asked, number)
    return _verdict(lab, asked, is_close(asked, number), slip.name if slip else None)


def _task(name: str) -> tuple[str, Task]:
    known = tasks()
    if name in known:
        lab, worked_out = known[name]
        return lab, worked_out()
    near = get_close_matches(str(name), known, n=1)
    right = f"Did you mean '{near[0]}'?" if near else f"It must be one of: {', '.join(known)}."
    raise LookupError(f"there is no task '{name}'. {right}")


def _verdict(lab: str, task: Task, is_right: bool, slip: str | None = None) -> Verdict:
    said = words_of(lab)["tasks"][task.name]
    if slip:
        return Verdict(task.name, False, f"{words()['wrong']} {words_of(lab)['slips'][slip]}", slip)
    if is_right:
        return Verdict(task.name, True, f"{words()['right']} {said['right']}")
    return Verdict(task.name, False, f"{words()['wrong']} {said['otherwise']}")


# ---- answers that cannot be read -----------------------------------------------------------------------------------


def _unwrapped(answer: Any) -> Any:
    """A number out of a NumPy box (a scalar, or an array without dimensions)."""
    is_boxed = hasattr(answer, "item") and getattr(answer, "shape", None) == ()
    return answer.item() if is_boxed else answer


def _cannot_read(task: Task, answer: Any) -> str:
    """Why an answer cannot be marked; empty if it can."""
    said: Mapping[str, str] = words()["cannot_read"]
    if answer is None or answer is Ellipsis:
        return said["unanswered"]
    if isinstance(task.answer, bool):
        return "" if _as_bool(answer) is not None else said["number" if isinstance(answer, Real) else "yes-no-other"]
    if isinstance(answer, bool):
        return said["yes-or-no"]
    return _not_finite(answer) if isinstance(answer, Real) else _not_a_number(answer)


def _as_bool(answer: Any) -> bool | None:
    """True or False, also in words; None if it is neither."""
    answer = _unwrapped(answer)
    if isinstance(answer, bool):
        return answer
    return {"yes": True, "no": False, "true": True, "false": False}.get(str(answer).strip().lower())


def _not_finite(number: Real) -> str:
    said: Mapping[str, str] = words()["cannot_read"]
    if math.isnan(number):
        return said["not-a-number"]
    return said["infinite"] if math.isinf(number) else ""


def _not_a_number(answer: Any) -> str:
    """What to say to an answer that is no number, by what it is."""
    said: Mapping[str, str] = words()["cannot_read"]
    kind = type(answer).__name__
    if isinstance(answer, str):
        return said["text"]
    if is_dataclass(answer) and not isinstance(answer, type):
        return said["figures"].format(kind=kind, field=fields(answer)[0].name)
    if callable(answer):
        return said["not-run"]
    several = hasattr(answer, "__len__") or hasattr(answer, "__iter__")
    return said["several" if several else "other"].format(kind=kind)
