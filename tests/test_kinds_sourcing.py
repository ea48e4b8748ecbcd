"""Sourcing. Golden reports: tests/contract/sourcing.json."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from fixture_book import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from commissioning import page
from commissioning.book import SHAPES, Book
from commissioning.book.compile import Exercise, compile_decision, edition
from commissioning.check import exercises
from commissioning.kinds import sourcing
from commissioning.source import markdown
from commissioning.source.sheets import read_yaml

EXAMPLE = ROOT / "book" / "kinds-of-decision" / "decisions" / "example-sourcing.yaml"


def cell(cost: int, month: int = 0) -> dict[str, Any]:
    late = {"later": {"month": month, "text": f"Later, {cost}."}} if month else {}
    return {"cost": cost, "consequence": f"Then {cost}.", "explanation": f"Since {cost}.", **late}


FUNCTIONS = {
    "x": {"text": "x", "cells": {"a": cell(5), "b": cell(3, 9)}},
    "y": {"text": "y", "cells": {"a": cell(6, 3), "b": cell(4), "c": cell(2)}},
    "z": {"text": "z", "cells": {"a": cell(7), "b": cell(1)}},
}


def model_of(**change: Any) -> sourcing.Decision:
    """A board of three functions and three suppliers without a fault, or with one."""
    made: dict[str, Any] = {
        "title": "t",
        "kind": "sourcing",
        "era": "now",
        "minutes": 3,
        "outcomes": ["o"],
        "situation": "s",
        "ask": "a",
        "total": 12,
        "suppliers": {name: {"text": name.upper(), "short": name} for name in "abc"},
        "functions": FUNCTIONS,
    }
    return sourcing.Decision.model_validate(made | change)


def faults(**change: Any) -> list[str]:
    return [wrong for _, wrong, _ in sourcing.find(model_of(**change))]


def remark(**when: Any) -> dict[str, Any]:
    return {"remarks": [{"when": {"supplier": "a", **when}, "month": 3, "text": "It was noticed."}]}


def boards(content: sourcing.Decision) -> list[dict[str, str]]:
    """Every board, those that cost too much as well."""
    names = list(content.functions)
    offers = product(*(content.functions[name].cells for name in names))
    return [dict(zip(names, board, strict=True)) for board in offers]


# ---- sense ---------------------------------------------------------------------------------------------------------


def test_a_sound_board_has_no_fault() -> None:
    assert faults() == []
    assert faults(**remark(at_least=1)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"total": 5}, "even the cheapest board costs £6k."),
        ({"total": 18}, "even the dearest board costs only £18k, so money decides nothing."),
        (
            {"functions": {**FUNCTIONS, "w": {"text": "w", "cells": {"a": cell(1), "d": cell(2)}}}, "total": 12},
            "there is no supplier 'd'.",
        ),
        (remark(supplier="d", at_least=1), "there is no supplier 'd'."),
        (remark(of=["x", "v"], at_least=1), "there is no function 'v'."),
        (remark(at_least=3), "no board that fits the total comes to this."),
        (remark(at_least=4), "no board that fits the total comes to this."),
        (remark(at_most=2), "every board that fits the total comes to this."),
        (remark(supplier="c", of=["x", "z"], at_least=1), "no board that fits the total comes to this."),
        (remark(supplier="c", of=["x", "z"], at_most=0), "every board that fits the total comes to this."),
    ],
)
def test_what_does_not_hold_is_named(change: dict[str, Any], told: str) -> None:
    assert faults(**change) == [told]


def test_a_cell_and_a_remark_may_not_be_alone() -> None:
    with pytest.raises(ValidationError, match="at least 2 items"):
        model_of(functions={"x": {"text": "x", "cells": {"a": cell(5)}}, "y": FUNCTIONS["y"]})
    with pytest.raises(ValidationError, match="give 'at_least' or 'at_most'"):
        model_of(**remark())


@given(st.integers(6, 17), st.sets(st.sampled_from("xyz")), st.integers(0, 3), st.none() | st.integers(0, 3))
def test_a_remark_that_no_board_or_every_board_sets_off_is_found_without_trying_them(
    total: int, of: set[str], low: int, high: int | None
) -> None:
    if not low and high is None:
        return
    content = model_of(total=total, **remark(of=sorted(of), at_least=low, at_most=high))
    made = [sourcing.score(sourcing.compiled(content), {"chosen": board}) for board in boards(content)]
    fires = [[what for _, what, _ in one["arrives"] if what == "remark"] == ["remark"] for one in made if one]
    never, always = (f"{which} board that fits the total comes to this." for which in ("no", "every"))
    found = [wrong for _, wrong, _ in sourcing.find(content)]
    assert (never in found, always in found) == (not any(fires), all(fires))


# ---- score ---------------------------------------------------------------------------------------------------------


def test_every_board_costs_its_cells_and_none_over_the_total_is_an_answer() -> None:
    content = model_of()
    marking = sourcing.compiled(content)
    for board in boards(content):
        cost = sum(content.functions[name].cells[who].cost for name, who in board.items())
        made = sourcing.score(marking, {"chosen": board})
        assert (made is None) == (cost > 12)
        if made:
            assert (made["cost"], made["left"], sum(made["with"].values())) == (cost, 12 - cost, 3)


def test_what_is_late_arrives_in_order_of_month_and_within_a_month_effects_come_before_remarks() -> None:
    content = model_of(**remark(at_least=1))
    made = sourcing.score(sourcing.compiled(content), {"chosen": {"x": "b", "y": "a", "z": "b"}})
    assert made is not None
    assert made["arrives"] == [[3, "cell", "y"], [3, "remark", 0], [9, "cell", "x"]]


def test_an_edit_of_prices_or_months_makes_a_new_edition_and_an_edit_of_words_does_not() -> None:
    dearer = {**FUNCTIONS, "x": {"text": "x", "cells": {"a": cell(5), "b": cell(4, 9)}}}
    later = {**FUNCTIONS, "x": {"text": "x", "cells": {"a": cell(5), "b": cell(3, 8)}}}
    digests = [edition("sourcing", sourcing.compiled(model_of(functions=one))) for one in (FUNCTIONS, dearer, later)]
    assert len(set(digests)) == 3
    assert edition("sourcing", sourcing.compiled(model_of(title="Other"))) == digests[0]


# ---- page ----------------------------------------------------------------------------------------------------------


def html(content: sourcing.Decision) -> str:
    made = sourcing.compiled(content)
    return page.render(Exercise("e", "sourcing", "c", "", content, made, edition("sourcing", made), ()))


def example() -> sourcing.Decision:
    made: sourcing.Decision = read_yaml(EXAMPLE, SHAPES["decision"]).model
    return made


def test_the_page_holds_every_cell_with_its_price_and_says_where_nothing_is_offered() -> None:
    content = example()
    made = html(content)
    cells = [cell for function in content.functions.values() for cell in function.cells.values()]
    assert made.count('type="radio"') == made.count("data-supplier=") == len(cells) == 11
    assert made.count("not offered") == 1
    assert made.count("data-late=") == sum(bool(cell.later) for cell in cells) + len(content.remarks)
    for function in content.functions.values():
        for one in function.cells.values():
            assert f"£{one.cost}k" in made


def test_a_board_that_shares_out_no_jobs_says_what_it_shares_out() -> None:
    usual = html(example())
    assert "Make, share or buy" in usual
    assert ">Job<" in usual
    assert "Everybody who offers it" in usual
    own = html(example().model_copy(update={"label": "Who is in the room", "row": "Who", "every": "All three ways"}))
    assert "Who is in the room" in own
    assert ">Who<" in own
    assert "All three ways" in own
    assert not any(words in own for words in ("Make, share or buy", ">Job<", "Everybody who offers it"))


def test_a_pattern_is_said_in_words() -> None:
    made = html(example())
    assert "Larkmere General: 3 or more<" in made
    assert "The practices’ own staff: none<" in made
    assert "The charity on the Quays: 2 or more of these: Answering the team’s phone; Driving people" in made
    assert "A: at most 1<" in html(model_of(**remark(at_most=1)))
    assert "A: 1 to 2<" in html(model_of(**remark(at_least=1, at_most=2)))


def test_without_a_script_nothing_of_the_feedback_is_hidden_but_the_months_that_repeat_it() -> None:
    made = html(example())
    after = made[made.index('<div class="after">') :]
    hidden = [part.rsplit("<", 1)[1] for part in after.split(" hidden>")[:-1]]
    assert {one.split('"')[1] for one in hidden} <= {"tags ranks", "arrivals"}


def test_the_example_lets_a_reader_be_over_and_keeps_to_the_limits_of_length(real_book: Book) -> None:
    content = compile_decision(real_book, "example-sourcing").content
    texts = [(role, text) for _, role, text in sourcing.explained(content)]
    most = {"explanation": exercises.MOST_EXPLAINED, "consequence": exercises.MOST_HAPPENING}
    assert [text for role, text in texts if not 4 <= markdown.words(text) <= most[role]] == []
    assert len(set(texts)) == len(texts)
    made = [sourcing.score(sourcing.compiled(content), {"chosen": board}) for board in boards(content)]
    assert 0 < sum(one is None for one in made) < len(made) / 2
    arrived = {tuple(map(str, one[1:])) for board in made if board for one in board["arrives"]}
    assert len(arrived) == 4 + 3, "something late of each job, and every remark, can arrive"
