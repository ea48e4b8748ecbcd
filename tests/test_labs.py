"""What holds of every lab: its figures, its tasks, and what its checks say."""

from __future__ import annotations

import importlib
import math
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from test_promises import SOURCE, imports, ours

from commissioning import labs
from commissioning.labs import LABS, figures, tables
from commissioning.labs.checks import check, tasks, words, words_of
from commissioning.labs.figures import USED, part_of
from commissioning.labs.shapes import Slip
from commissioning.source.faults import Faults

TASKS = tasks()


def everything_said(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in everything_said(part)]
    return [str(value)]


def slips(name: str) -> tuple[Slip, ...]:
    return TASKS[name][1]().slips


def test_every_figure_says_what_it_means_and_how_far_it_may_move() -> None:
    for name, figure in figures().items():
        assert figure.meaning.strip(), name
        assert figure.tolerance >= 0, name
        assert math.isfinite(figure.value), name


@pytest.mark.parametrize(("mark", "lab"), LABS.items())
def test_the_ids_of_a_labs_figures_begin_with_its_mark_and_can_be_linked_to(mark: str, lab: str) -> None:
    ids = part_of(lab, "figures").figures()
    assert ids
    for name in ids:
        assert re.fullmatch(rf"{mark}(-[A-Za-z0-9]+)+", name), name


def test_no_two_labs_name_a_task_or_a_table_alike() -> None:
    for part, names in (("tasks", "TASKS"), ("figures", "TABLES")):
        kept = [name for lab in LABS.values() for name in getattr(part_of(lab, part), names)]
        assert len(kept) == len(set(kept))


def test_an_unknown_figure_is_not_there_and_runs_no_lab() -> None:
    assert "L99-nothing" not in figures()
    assert "snooks-2019" not in figures()


def test_every_table_has_a_value_for_each_step_of_its_grid() -> None:
    for name, table in tables().items():
        assert all(len(values) == len(table["over"]) for values in table["columns"].values()), name


@pytest.mark.parametrize("part", ["labs", "place"])
def test_whatever_a_lab_is_made_of_is_what_its_kept_figures_and_outputs_depend_on(part: str) -> None:
    for path in sorted((SOURCE / part).rglob("*.py")):
        assert ours(imports(path)) <= {*USED, "labs.hundred_days", "charts", "kept", "root"}, path


@pytest.mark.parametrize("name", TASKS)
def test_the_answer_to_a_task_is_right(name: str) -> None:
    assert check(name, TASKS[name][1]().answer).right


@pytest.mark.parametrize("name", TASKS)
def test_no_slip_is_taken_for_another_nor_for_the_answer(name: str) -> None:
    for slip in slips(name):
        verdict = check(name, slip.value)
        assert verdict.slip == slip.name, slip
        assert not verdict.right


@pytest.mark.parametrize("lab", LABS.values())
def test_each_slip_and_task_of_a_lab_has_its_words_and_no_words_are_left_over(lab: str) -> None:
    own = part_of(lab, "tasks").TASKS
    assert set(words_of(lab)["tasks"]) == set(own)
    assert set(words_of(lab)["slips"]) == {slip.name for name in own for slip in slips(name)}


@pytest.mark.parametrize("lab", LABS.values())
def test_no_message_holds_a_number_and_none_is_said_twice(lab: str) -> None:
    said = everything_said(words_of(lab))
    assert not [text for text in [*said, *everything_said(words())] if re.search(r"\d", text)]
    assert len(said) == len(set(said))
    assert all(len(text.split()) >= 8 for text in said)


# -- a lab that is being added -------------------------------------------------------------------------------------


def test_every_folder_of_a_lab_is_named_in_labs() -> None:
    folders = {path.parent.name for path in (SOURCE / "labs").glob("*/__init__.py")}
    assert folders == set(LABS.values())


def test_what_a_new_lab_still_owes_is_named_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labs, "__path__", [*labs.__path__, str(tmp_path)])
    mine = tmp_path / "queues"

    def anew(part: str) -> ModuleType:
        importlib.invalidate_caches()
        for name in [name for name in sys.modules if name.startswith("commissioning.labs.queues")]:
            del sys.modules[name]
        return part_of("queues", part)

    def owed(part: str) -> str:
        with pytest.raises(Faults) as raised:
            anew(part)
        return str(raised.value)

    assert "queues/figures.py:1  the lab 'queues'\n  it is not there. CONTRIBUTING, *Adding a lab*" in owed("figures")
    mine.mkdir()
    (mine / "__init__.py").write_text("", encoding="utf-8")
    assert "it is not there." in owed("tasks")
    (mine / "tasks.py").write_text("", encoding="utf-8")
    assert "it has no TASKS." in owed("tasks")
    (mine / "figures.py").write_text("def figures(): return {}\n", encoding="utf-8")
    assert "it has no TABLES." in owed("figures")
    (mine / "figures.py").write_text("import no_such_library\n", encoding="utf-8")
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        anew("figures")
