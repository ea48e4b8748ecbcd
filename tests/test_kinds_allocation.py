"""Allocation. Golden reports: tests/contract/allocation.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from contract_cases import cases
from fixture_book import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from commissioning import page
from commissioning.book import SHAPES
from commissioning.book.compile import Exercise, edition
from commissioning.kinds import allocation
from commissioning.source.sheets import read_yaml

EXAMPLE = ROOT / "book" / "kinds-of-decision" / "decisions" / "example-allocation.yaml"
Answer = tuple[dict[str, Any], dict[str, int]]
calm = settings(deadline=None)
COMMON = {
    "title": "T",
    "kind": "allocation",
    "era": "now",
    "minutes": 3,
    "outcomes": ["o"],
    "situation": "S",
    "ask": "A",
    "total": 500,
    "gain": {"unit": "people helped", "leaves_out": "The rest."},
    "group": {"name": "people on the Quays", "percent": 20},
    "sectors": {"in": "hospital"},
}


def use(**more: Any) -> dict[str, Any]:
    words = {"text": "A use", "consequence": "It is paid for", "explanation": "It helps", "without": "It is not"}
    curve = {} if "saturates" in more else {"gains": [[0, 0, 0, 0], [300, 10, 20, 30]]}
    return words | {"losers": "Somebody", "lag": 0, "equity": 20} | curve | more


def decision(**more: Any) -> allocation.Decision:
    options = {"a": use(), "b": use(), "c": use()} | more.pop("options", {})
    stances = {who: {"who": who, "spend": {"a": 100}, "says": "So"} for who in ("x", "y")} | more.pop("stances", {})
    whole = COMMON | {"options": options, "stances": stances} | more
    made: allocation.Decision = TypeAdapter(allocation.Decision).validate_python(whole)
    return made


def faults(exercise: allocation.Decision) -> list[str]:
    return [wrong for _, wrong, _ in allocation.find(exercise)]


# -- what an author may get wrong ----------------------------------------------------------------------------------


def test_a_sound_allocation_has_no_fault() -> None:
    saturates = {"limit": [1, 2, 3], "half": 50, "most": 300}
    assert faults(decision(options={"c": use(saturates=saturates, sector="in", floor=50)}, stances={
        who: {"who": who, "spend": {"c": 50}, "says": "So"} for who in ("x", "y")
    })) == []  # fmt: skip


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"step": 300}, "steps of £300k do not make £500k."),
        ({"total": 900}, "everything can be paid for, so nothing has to be chosen."),
        ({"options": {"a": use(floor=400)}}, "the floor is £400k, but it can use only £300k."),
        ({"options": {"a": use(sector="out")}}, "'out' is not a sector."),
        ({"options": {"a": use(gains=[[50, 1, 2, 3], [300, 4, 5, 6]])}}, "the curve must begin at [0, 0, 0, 0]."),
        ({"options": {"a": use(gains=[[0, 0, 0, 0], [300, 4, 2, 6]])}}, "4, 2, 6 are not low, most likely and high."),
        ({"options": {"a": use(gains=[[0, 0, 0, 0], [300, 1, 2, 3], [300, 2, 3, 4]])}}, "£300k does not come after"),
        ({"options": {"a": use(gains=[[0, 0, 0, 0], [200, 1, 2, 3], [300, 1, 1, 4]])}}, "more money gives less here."),
        ({"stances": {"x": {"who": "X", "spend": {"z": 10}, "says": "So"}}}, "'z' is not an option."),
        ({"stances": {"x": {"who": "X", "spend": {"a": 400}, "says": "So"}}}, "£400k for 'a' is not between"),
        (
            {"stances": {"x": {"who": "X", "spend": {"a": 300, "b": 300}, "says": "So"}}},
            "this comes to £600k, more than the total of £500k.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_shared_is_said(more: dict[str, Any], told: str) -> None:
    assert any(wrong.startswith(told) for wrong in faults(decision(**more)))


def test_floors_beyond_the_total_are_said() -> None:
    heavy = {name: use(floor=200) for name in "abc"}
    assert "the floors alone come to more than the total." in faults(decision(options=heavy))


@pytest.mark.parametrize("curve", [{"gains": []}, {"saturates": {"limit": [1, 2, 3], "half": 1, "most": 9}}])
def test_a_use_has_one_curve_and_not_two_or_none(curve: dict[str, Any]) -> None:
    bad = use(gains=[[0, 0, 0, 0], [300, 1, 2, 3]]) | curve
    with pytest.raises(ValidationError, match="either 'gains'"):
        decision(options={"a": bad})


# -- properties ----------------------------------------------------------------------------------------------------

amount = st.floats(0, 1e4).map(lambda x: round(x, 2))
three = st.tuples(amount, amount, amount).map(sorted)


@st.composite
def curves(draw: st.DrawFn) -> Any:
    if draw(st.booleans()):
        return {"limit": draw(three), "half": draw(st.integers(1, 5000))}
    ends = sorted(draw(st.sets(st.integers(1, 5000), min_size=1, max_size=5)))
    columns = [sorted(draw(st.lists(amount, min_size=len(ends), max_size=len(ends)))) for _ in range(3)]
    rows = [sorted(row) for row in zip(*columns, strict=True)]
    return [[0, 0, 0, 0], *([end, *row] for end, row in zip(ends, rows, strict=True))]


@st.composite
def markings(draw: st.DrawFn) -> dict[str, Any]:
    items = {}
    for name in "abcde"[: draw(st.integers(1, 5))]:
        curve = draw(curves())
        most = curve[-1][0] if isinstance(curve, list) else draw(st.integers(1, 5000))
        lag, equity = draw(st.integers(0, 60)), draw(st.integers(0, 100))
        floor, sector = draw(st.integers(0, most)), draw(st.sampled_from(["in", "out", None]))
        items[name] = {"floor": floor, "most": most, "gains": curve, "lag": lag, "equity": equity, "sector": sector}
    total = sum(item["floor"] for item in items.values()) + draw(st.integers(1, 9000))
    stances = {"x": {name: item["floor"] for name, item in items.items()}}
    common = {"total": total, "step": draw(st.integers(1, 500)), "months": 12, "optimism": 20}
    return common | {"items": items, "stances": stances}


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    marking = draw(markings())
    spend = {name: item["floor"] for name, item in marking["items"].items()}
    for name in draw(st.permutations(list(spend))):
        room = min(marking["items"][name]["most"] - spend[name], marking["total"] - sum(spend.values()))
        spend[name] += draw(st.integers(0, room))
    return marking, spend


def report(marking: dict[str, Any], spend: Any) -> dict[str, Any]:
    made = allocation.score(marking, {"spend": spend})
    assert made is not None
    return made


@given(answers())
@calm
def test_spending_and_reserve_always_make_the_total(answer: Answer) -> None:
    marking, spend = answer
    made = report(marking, spend)
    assert made["spent"] + made["reserve"] == marking["total"]
    assert made["reserve"] >= 0
    assert all(type(made[key]) is int for key in ("spent", "reserve"))
    assert sum(made["sectors"].values()) <= made["spent"]


@given(answers(), st.integers(1, 10**6))
@calm
def test_more_than_the_total_is_never_scored(answer: Answer, more: int) -> None:
    marking, spend = answer
    over = marking | {"total": sum(spend.values()) - more}
    assert allocation.score(over, {"spend": spend}) is None


@given(curves(), st.integers(0, 6000), st.integers(0, 6000))
@calm
def test_more_money_never_gives_less(curve: Any, one: int, other: int) -> None:
    less, more = (allocation.gain(curve, spend) for spend in sorted((one, other)))
    assert all(a <= b for a, b in zip(less, more, strict=True))


@given(curves(), st.integers(0, 6000))
@calm
def test_low_is_never_above_likely_nor_likely_above_high(curve: Any, spend: int) -> None:
    low, likely, high = allocation.gain(curve, spend)
    slack = 1e-9 * (1 + high)
    assert 0 <= low <= likely + slack
    assert likely <= high + slack


@given(answers(), st.randoms(use_true_random=False))
@calm
def test_the_order_of_display_changes_nothing(answer: Answer, dice: Any) -> None:
    marking, spend = answer
    shuffled = {name: marking["items"][name] for name in dice.sample(list(spend), len(spend))}
    back = {name: spend[name] for name in dice.sample(list(spend), len(spend))}
    assert report(marking | {"items": shuffled}, back) == report(marking, spend)


@given(answers())
@calm
def test_a_distance_lies_from_0_to_1_and_is_0_only_for_the_same_pattern(answer: Answer) -> None:
    marking, spend = answer
    distance = report(marking, spend)["stances"]["x"]
    assert 0 <= distance <= 1
    assert (distance == 0) == (spend == marking["stances"]["x"])
    assert report(marking | {"stances": {"me": spend}}, spend)["stances"]["me"] == 0


def moves(marking: dict[str, Any], spend: dict[str, int]) -> Iterator[float]:
    """What every move of whole steps from one place to another gains, in the plainest way."""
    worth = {name: lambda money, item=item: allocation.gain(item["gains"], money)[1]
             for name, item in marking["items"].items()}  # fmt: skip
    reserve, step = marking["total"] - sum(spend.values()), marking["step"]
    for money in range(step, (allocation.MOST_STEPS + 1) * step, step):
        for source in [None] if reserve >= step else spend:
            room = reserve if source is None else spend[source] - marking["items"][source]["floor"]
            for name in spend:
                if name != source and money <= room and spend[name] + money <= marking["items"][name]["most"]:
                    lost = 0 if source is None else worth[source](spend[source]) - worth[source](spend[source] - money)
                    yield worth[name](spend[name] + money) - worth[name](spend[name]) - lost


@given(answers())
@calm
def test_the_opportunity_is_the_move_that_gains_most_or_none_gains(answer: Answer) -> None:
    marking, spend = answer
    made = report(marking, spend)
    found, gains = made["opportunity"], list(moves(marking, spend))
    if found is None:
        assert not gains or max(gains) <= 1e-6
        return
    assert (found["from"] is None) == (made["reserve"] >= marking["step"])
    assert found["would_give"] - found["gave"] == pytest.approx(max(gains), abs=1e-6)
    assert found["money"] % marking["step"] == 0
    if found["from"] is None:
        assert found["money"] <= made["reserve"]


@given(answers())
@calm
def test_a_lump_gives_more_for_each_step_than_the_next_step_does(answer: Answer) -> None:
    marking, spend = answer
    for name, use_ in report(marking, spend)["items"].items():
        if use_["lump"]:
            money, gives = use_["lump"]
            assert gives / (money / marking["step"]) > use_["next"]
            assert spend[name] + money <= marking["items"][name]["most"]


@given(answers())
@calm
def test_the_first_year_and_the_reach_never_exceed_the_whole(answer: Answer) -> None:
    made = report(*answer)
    assert made["first_year_cautious"] <= made["first_year"] <= made["gain"][1] * (1 + 1e-9)
    assert made["equity"] is None or 0 <= made["equity"] <= 100 * (1 + 1e-9)


# -- the page ------------------------------------------------------------------------------------------------------


def example() -> allocation.Decision:
    made: allocation.Decision = read_yaml(EXAMPLE, SHAPES["decision"]).model
    return made


def html(content: allocation.Decision) -> str:
    made = allocation.compiled(content)
    return page.render(Exercise("e", "allocation", "c", "", content, made, edition("allocation", made), ()))


def test_the_example_is_sound_and_every_stance_in_it_can_be_scored() -> None:
    content = example()
    assert faults(content) == []
    marking = allocation.compiled(content)
    for name, stance in marking["stances"].items():
        assert report(marking, stance)["stances"][name] == 0


def test_the_ward_that_opens_whole_or_not_at_all_is_neither_half_opened_nor_hidden() -> None:
    """Half a locked door helps nobody; and who keeps £1.1 million hears what the ward would have given for £600,000."""
    marking = allocation.compiled(example())
    floors = {name: item["floor"] for name, item in marking["items"].items()}
    kept = report(marking, floors)
    assert kept["items"]["winter-ward"]["next"] == 0
    assert kept["items"]["winter-ward"]["lump"] == [600, 110]
    assert kept["opportunity"] == {"from": None, "money": 600, "gave": 0, "to": "winter-ward", "would_give": 110}
    for money in (1, 500, 550, 599):
        assert report(marking, floors | {"winter-ward": money})["items"]["winter-ward"]["gain"] == [0, 0, 0]
    assert report(marking, floors | {"winter-ward": 600})["items"]["winter-ward"]["gain"] == [60, 110, 150]


def test_what_saturates_has_no_whole_points() -> None:
    with pytest.raises(ValidationError, match="what saturates has no points"):
        decision(options={"a": use(saturates={"limit": [1, 2, 3], "half": 1, "most": 9}, whole=True)})


def test_the_page_has_a_paper_token_for_every_step_and_every_word_without_javascript() -> None:
    content = example()
    made = html(content)
    tokens = sum(-(-use.most // content.step) for use in content.options.values()) + content.total // content.step
    assert made.count("<i></i>") + made.count('<i class="fixed"></i>') == tokens
    for part in ("What happens", "Best supported"):
        assert part not in made
    assert made.count("If you do not") == len(content.options)


def test_author_text_is_shown_as_text() -> None:
    nasty = "<script>alert(1)</script> \"'& 😀 שלום"
    made = html(decision(title=nasty, options={"a": use(text=nasty, losers=nasty, without=nasty)}))
    assert "<script>alert" not in made
    assert "&lt;script&gt;alert" in made


def test_a_changed_curve_makes_a_new_edition_and_a_changed_word_does_not() -> None:
    digest = [edition("allocation", allocation.compiled(decision(options={"a": use(**more)}))) for more in (
        {}, {"text": "Other words"}, {"gains": [[0, 0, 0, 0], [300, 10, 20, 31]]}
    )]  # fmt: skip
    assert digest[0] == digest[1] != digest[2]


def test_golden_cases_cover_reserve_threshold_tie_and_refusals() -> None:
    assert sum(case.score is None for case in cases("allocation")) >= 15
