"""The lab "Your run against six thousand": places, money a year on, and what its charts say of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
import vl_convert

from commissioning.game.play import LENSES, changed, play, reference, runs, strategies
from commissioning.game.reference import SEED
from commissioning.labs import figures, hundred_days, tables
from commissioning.labs.charts import THEMES, Chart
from commissioning.labs.hundred_days import tariff

# ---- places --------------------------------------------------------------------------------------------------------


def test_a_place_is_the_share_at_or_below() -> None:
    among = pd.Series([1.0, 2.0, 2.0, 4.0])
    assert [hundred_days.place(among, value) for value in (0.5, 1, 2, 3, 4, 9)] == [0, 25, 75, 75, 100, 100]


def test_places_set_each_lens_against_itself_alone() -> None:
    ladder = pd.DataFrame({lens: [float(step + lift) for step in range(1, 101)] for lift, lens in enumerate(LENSES)})
    run = pd.DataFrame([dict.fromkeys(LENSES, 0.0), dict.fromkeys(LENSES, 50.0)])
    told = hundred_days.places(run, ladder)
    assert list(told.index) == list(LENSES)
    assert list(told["place"]) == [50, 49, 48, 47, 46, 45, 44]
    assert list(told["yours"]) == [50] * 7
    assert told.loc["money", "middle"] == 50.5


def test_the_reference_of_the_page_and_the_lab_give_a_run_the_same_place() -> None:
    """The page counts quantiles, the lab counts runs: never more than one per cent apart."""
    quantiles, among = reference(), hundred_days.six_thousand()
    for name in strategies():
        end = play(name, seed=2013).iloc[-1]
        for column in (*LENSES, "position", "day_365"):
            by_quantiles = int((quantiles[column] <= end[column]).sum()) - 1
            assert abs(max(by_quantiles, 0) - hundred_days.place(among[column], end[column])) <= 1, (name, column)


def test_the_six_thousand_cannot_be_spoilt_by_who_reads_them() -> None:
    mine = hundred_days.six_thousand()
    mine["money"] = 0.0
    assert hundred_days.six_thousand()["money"].max() > 70


def test_no_method_of_the_lab_makes_one_number_of_the_lenses() -> None:
    assert not {"total", "score", "average", "mean"} & set(dir(hundred_days))
    assert not [name for name in figures() if name.startswith("L14-") and "total" in name]


# ---- money a year on -----------------------------------------------------------------------------------------------


def test_money_by_strategy_is_the_mean_of_its_games() -> None:
    table = hundred_days.money_by_strategy("optimistic", payment="fixed")
    ends = runs(200, strategy=changed("Rescuer", payment="fixed"), dials="optimistic")
    assert table.loc["Rescuer", "day_100"] == ends["position"].mean()
    assert table.loc["Rescuer", "day_365"] == ends["day_365"].mean()
    assert sorted(table["rank_365"]) == [1, 2, 3, 4, 5, 6]


def test_a_lead_is_one_mean_less_the_other() -> None:
    table = hundred_days.money_by_strategy()
    money = table["day_365"]
    assert hundred_days.lead("Builder", "Bookkeeper") == pytest.approx(money["Builder"] - money["Bookkeeper"])
    assert hundred_days.lead("Bookkeeper", "Builder") == -hundred_days.lead("Builder", "Bookkeeper")


@pytest.mark.parametrize("first", [1, 201, 5001])
def test_what_the_lab_says_holds_for_other_seeds_too(first: int) -> None:
    """First on day 100, fourth, first a year on, at each setting; and level once both are paid alike."""

    def mean(strategy: Any, on: str, dials: str = "central") -> float:
        return float(runs(200, seed=first, strategy=strategy, dials=dials)[on].mean())

    alike = changed("Bookkeeper", payment="blended")
    assert mean("Builder", "position") - mean("Bookkeeper", "position") == pytest.approx(-1640, abs=150)
    assert mean("Builder", "day_365") - mean("Bookkeeper", "day_365") == pytest.approx(1100, abs=150)
    assert mean("Builder", "day_365", "sceptical") - mean("Bookkeeper", "day_365", "sceptical") > 500
    assert abs(mean("Builder", "day_365") - mean(alike, "day_365")) < 150
    assert mean("Builder", "day_365", "sceptical") < mean(alike, "day_365", "sceptical")


# ---- figures -------------------------------------------------------------------------------------------------------

PRINTED = {
    "L14-runs": "6,000",
    "L14-bookkeeper-day-100": "−1.5",
    "L14-bookkeeper-day-365": "−5.6",
    "L14-builder-day-100": "−3.2",
    "L14-builder-day-365": "−4.5",
    "L14-builder-rank-100": "4",
    "L14-builder-rank-365": "1",
    "L14-builder-rank-365-sceptical": "1",
    "L14-rescuer-rank-365": "6",
    "L14-lead-365": "1.1",
    "L14-lead-sceptical": "0.7",
    "L14-lead-same-payment": "0.0",
    "L14-redesign-saved": "0.7",
    "L14-sovereign-rank-365-blended": "1",
    "L14-builder-place-money": "34%",
    "L14-builder-place-365": "78%",
    "L14-above-70": "0",
    "L14-careful-lowest": "71%",
    "L14-still-top": "55%",
    "L14-top-blended": "73%",
}


@pytest.mark.parametrize(("name", "text"), PRINTED.items())
def test_a_figure_prints_as_the_chapter_prints_it(name: str, text: str) -> None:
    assert figures()[name].text == text


def test_another_draw_of_six_thousand_keeps_the_figures_within_their_tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    lab, places = (import_module(f"commissioning.labs.hundred_days.{part}") for part in ("figures", "places"))
    kept, others = lab.figures(), runs(6000, seed=77_001)
    monkeypatch.setattr(lab, "six_thousand", lambda: others)
    monkeypatch.setattr(places, "_six_thousand", lambda: others)
    for name, figure in lab.figures.__wrapped__().items():
        assert abs(figure.value - kept[name].value) <= kept[name].tolerance, name


# ---- the rule of 2013 that the game leaves out ---------------------------------------------------------------------


def test_with_the_whole_price_the_changed_rules_are_the_games_own() -> None:
    own, same = hundred_days.money_by_strategy(), tariff.money_with(1)
    assert list(same["day_365"]) == list(own["day_365"])


def test_under_the_rule_of_2013_the_order_is_as_the_page_tells_it() -> None:
    """Sovereign, Delegator, Builder; and of the payments, leaving it alone costs least and a fixed sum most."""
    ranks = tariff.money_with()["rank_365"]
    assert [ranks[name] for name in ("Sovereign", "Delegator", "Builder")] == [1, 2, 3]
    for seed in (SEED, 77_001):
        means = tariff.by_payment_with(seed=seed)
        assert means["activity"] > means["blended"] > means["fixed"]
        for payment, mean in means.items():
            figure = figures()[f"L14-{payment}-day-365-tariff"]
            assert abs(mean / 1000 - figure.value) <= figure.tolerance


def test_rules_without_the_line_are_refused() -> None:
    changed, found = tariff._replaced({"blocks": [["if", ["==", ["var", "payment"], 3], 0.5, 0.9]]}, [])
    assert (changed["blocks"], found) == ([["if", ["==", ["var", "payment"], 3], 0.5, 0.9]], 0)


def test_the_tables_of_the_dial_hold_the_three_named_settings() -> None:
    own, alike = tables()["day-365-by-dial"], tables()["day-365-by-dial-blended"]
    assert own["over"] == alike["over"] == [0, 1, 2, 3, 4, 5, 6, 7, 8]
    for at, dials in ((0, "sceptical"), (4, "central"), (8, "optimistic")):
        for table, choices in ((own, {}), (alike, {"payment": "blended"})):
            money = hundred_days.money_by_strategy(dials, **choices)["day_365"]
            for name in strategies():
                assert table["columns"][name.lower()][at] == pytest.approx(money[name] / 1000, abs=0.001)


def test_more_belief_in_redesign_never_worsens_a_letter() -> None:
    for table in ("day-365-by-dial", "day-365-by-dial-blended"):
        for letters in tables()[table]["columns"].values():
            assert letters == sorted(letters)


# ---- charts --------------------------------------------------------------------------------------------------------


@cache
def made(name: str) -> Chart:
    if name == "money":
        return hundred_days.money_chart(hundred_days.money_by_strategy())
    run = play(changed("Delegator", payment="blended"), seed=2013)
    before = play("Delegator", seed=2013) if name == "lenses-before" else None
    return hundred_days.lenses_chart(run, before=before, name="The Delegator")


@pytest.fixture(params=["money", "lenses", "lenses-before"])
def lab_chart(request: pytest.FixtureRequest) -> Chart:
    return made(str(request.param))


def test_a_charts_takeaway_is_one_sentence_and_its_data_are_called_synthetic(lab_chart: Chart) -> None:
    assert lab_chart.takeaway.endswith(".")
    assert not re.search(r"[.!?] ", lab_chart.takeaway)
    assert len(lab_chart.takeaway) < 140
    assert "ynthetic" in lab_chart.description
    assert "synthetic data" in lab_chart.note


def test_a_chart_takes_its_colours_from_the_page_and_fits_a_phone(lab_chart: Chart) -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", json.dumps(lab_chart.spec))
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', lab_chart.svg)) - {"none", "transparent"}
    assert all(colour.startswith("var(--cb-") for colour in colours), colours
    root = ElementTree.fromstring(lab_chart.svg)
    assert float(root.get("width", 0)) <= 430
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', lab_chart.svg)) >= 16
    assert len(json.dumps(lab_chart.spec)) < 20_000


def test_jupyterlabs_own_vega_lite_draws_the_chart_in_both_schemes(lab_chart: Chart) -> None:
    svg = vl_convert.vegalite_to_svg(lab_chart.jupyter_spec, vl_version="5.21")
    assert svg.count("<path") + svg.count("<text") > 10
    dark = vl_convert.vegalite_to_svg({**lab_chart.spec, "width": 400, "config": THEMES["dark"]})
    light = vl_convert.vegalite_to_svg({**lab_chart.spec, "width": 400, "config": THEMES["light"]})
    assert re.findall(r">([^<]+)</text>", dark) == re.findall(r">([^<]+)</text>", light)


def test_two_series_differ_by_shape_before_colour() -> None:
    for name in ("money", "lenses-before"):
        assert {"circle", "diamond"} <= {mark for key, mark in walk(made(name).spec) if key == "shape"}


def test_what_the_charts_say_is_what_the_games_say() -> None:
    assert made("money").takeaway == "Bookkeeper is first on day 100 and Builder on day 365."
    assert made("lenses").takeaway == (
        "The Delegator is highest among the 6,000 on oversight (above nearly all), "
        "lowest on the redesign (below nearly all)."
    )
    assert "Builder: −3.2 and 4th, then −4.5 and 1st." in made("money").description
    assert made("lenses-before").table["The run before"].iloc[0] == 41.7


def test_where_one_strategy_stays_first_the_chart_says_so() -> None:
    alike = hundred_days.money_chart(hundred_days.money_by_strategy(payment="blended"), told="all blended")
    assert alike.takeaway == "Sovereign is first on money, on day 100 and on day 365 (all blended)."


def test_no_mark_of_a_chart_lies_outside_it_at_any_setting_of_the_dial() -> None:
    for dials in ("sceptical", "optimistic"):
        chart = hundred_days.money_chart(hundred_days.money_by_strategy(dials))
        low, high = next(value for key, value in walk(chart.spec) if key == "domain")
        drawn = chart.table[["Day 100 (£ million)", "Day 365 (£ million)"]].to_numpy()
        assert low < drawn.min()
        assert drawn.max() < high


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)
