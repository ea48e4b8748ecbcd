"""Charts: readable without sight, without colour, without a kernel and without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
import vl_convert

from commissioning import place
from commissioning.labs import (
    allocations,
    decision_log,
    disclosure,
    indicators,
    ledger,
    projects,
    risk,
    risk_share,
    signals,
    weights,
)
from commissioning.labs.charts import JUPYTER_MIME, MIME, THEMES, TOKENS, Chart, chart
from commissioning.labs.ledger.figures import once
from commissioning.labs.signals.figures import LAST, scored
from commissioning.labs.weights.figures import mean, scores

MAKERS: dict[str, Callable[[], Chart]] = {
    "before-after": lambda: risk.before_after_chart(place.persons()),
    "year-by-year": lambda: risk.year_by_year_chart(place.persons()),
    "threshold": lambda: risk.threshold_chart(place.persons(matron_effect=0.0)),
    "practices": lambda: risk.practices_chart(place.persons()),
    "weeks": lambda: projects.weeks_chart(place.projects()),
    "in-use": lambda: projects.in_use_chart(place.projects()),
    "shuffles": lambda: projects.shuffles_chart(place.projects(), "B", "C"),
    "crowd": lambda: decision_log.crowd_chart(place.decisions()),
    "days": lambda: decision_log.days_chart(place.decisions()),
    "tiles": lambda: indicators.tiles_chart(place.csu_kpi(), place.user_survey()),
    "satisfaction-links": lambda: indicators.links_chart(place.csu_kpi(), place.user_survey()),
    "bridge": lambda: ledger.bridge_chart(ledger.of_year(place.ledger(), "2012/13"), once("2012/13")),
    "building": lambda: ledger.building_chart(place.building(), 20),
    "alone": lambda: disclosure.alone_chart(place.extract()),
    "queries": lambda: disclosure.queries_chart(place.bills()),
    "lines-larkmere-general": lambda: allocations.lines_chart(
        allocations.of_group(place.allocation_lines(), "Larkmere"), ("general",)
    ),
    "lines-north-vale-general-elsewhere": lambda: allocations.lines_chart(
        allocations.of_group(place.allocation_lines(), "North Vale")
    ),
    "three-lines-general-practice": lambda: allocations.three_lines_chart(place.spend_series(), "General practice"),
    "leaving": indicators.leaving_chart,
    "one-weight-staff-fairness": lambda: weights.one_weight_chart(scores("staff"), mean(), "fairness", "staff"),
    "one-weight-patients-wanted": lambda: weights.one_weight_chart(scores("patients"), mean(), "wanted", "patients"),
    "roles-staff": lambda: weights.roles_chart(scores("staff"), place.panel_weights(), "staff"),
    "rules-the-general-emergency": lambda: risk_share.rules_chart(
        risk_share.done(place.contract_activity(), "Larkmere General", "emergency", "2014/15"),
        42_000,
        30,
        named="The General, emergency",
    ),
    "attendance": lambda: risk_share.attendance_chart(place.design_meetings()),
    "six-ward-6-2014-02": lambda: signals.six_chart(scored("General"), "Ward 6", LAST),
    "sums-ward-6-alone": lambda: signals.sums_chart(scored("General"), "Ward 6", LAST),
    "sums-team-4-joint": lambda: signals.sums_chart(
        scored("Fenside"), "Team 4", LAST, signals.together(scored("Fenside"))
    ),
}
"""Every lab's charts, by id."""


@cache
def made(name: str) -> Chart:
    return MAKERS[name]()


@pytest.fixture(params=MAKERS)
def lab_chart(request: pytest.FixtureRequest) -> Chart:
    chart_of_that_name = made(request.param)
    assert chart_of_that_name.id == request.param
    return chart_of_that_name


def small(**words: Any) -> Chart:
    table = pd.DataFrame({"Year": ["1", "2"], "Mean": [2.3, float("nan")]})
    picture = alt.Chart(table).mark_line(style="data-1").encode(x="Year:N", y="Mean:Q")
    said = {"id": "small", "takeaway": "It <fell>.", "description": "A line.", "table": table}
    return chart(picture, **(said | words))


def test_the_payload_holds_what_the_book_needs_and_is_json() -> None:
    payload = json.loads(json.dumps(small().payload, allow_nan=False))
    assert set(payload) == {"id", "takeaway", "description", "note", "spec", "config", "table", "svg"}
    assert payload["table"] == {
        "caption": "It <fell>.",
        "columns": ["Year", "Mean"],
        "rows": [["1", "2.3"], ["2", ""]],
    }
    assert payload["spec"]["config"] == THEMES["light"]


def test_a_tables_numbers_are_written_as_they_are_read() -> None:
    table = pd.DataFrame({"who": ["a", "b"], "people": [12_500, 7], "mean": [2.28, 0.7], "share": [5.0, 20.0]})
    rows = small(table=table).payload["table"]["rows"]
    assert rows == [["a", "12,500", "2.28", "5"], ["b", "7", "0.70", "20"]]


def test_jupyter_gets_a_live_chart_under_its_takeaway() -> None:
    bundle = small(note="Synthetic.")._repr_mimebundle_()
    assert set(bundle) == {MIME, JUPYTER_MIME, "image/svg+xml", "text/plain"}
    assert bundle[JUPYTER_MIME]["title"] == {"text": ["It <fell>."], "subtitle": ["Synthetic."]}
    assert bundle["text/plain"] == "It <fell>.\nA line."


def test_words_of_an_author_cannot_become_markup() -> None:
    table = pd.DataFrame({"Year": ["<b>1</b>"], "Mean": [2.3]})
    picture = alt.Chart(table).mark_text().encode(text="Year:N")
    made_of_it = chart(picture, id="small", takeaway="It <fell>.", description="A line.", table=table)
    assert "&lt;b&gt;1&lt;/b&gt;" in made_of_it.svg
    assert "<b>" not in made_of_it.svg


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"takeaway": " "}, "a chart needs its takeaway in words"),
        ({"description": ""}, "a chart needs its description in words"),
        ({"id": "Before After"}, "small letters, digits and hyphens, like 'before-after'"),
        ({"table": pd.DataFrame({"x": []})}, "chart 'small' needs a data table"),
    ],
)
def test_a_chart_without_its_words_or_table_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small(**wrong)


def test_a_plain_vega_lite_dict_will_do_and_is_not_changed() -> None:
    picture = {"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}, "config": {"a": 1}}
    before = json.dumps(picture)
    plain = chart(picture, id="plain", takeaway="One.", description="One.", table=pd.DataFrame({"x": [1]}))
    assert "config" not in plain.spec
    assert json.dumps(picture) == before


def test_colours_are_those_of_the_tokens_in_the_stylesheet_of_the_book() -> None:
    """If `front/tokens.css` changes, change `TOKENS` in charts.py: Vega-Lite cannot read CSS."""
    css = _tokens_css()
    for scheme, colours in TOKENS.items():
        block = css.split(f'html[data-theme="{scheme}"]')[1].split("}")[0]
        for name, colour in colours.items():
            assert re.search(rf"--cb-{name}:\s*{colour}", block, flags=re.IGNORECASE), (scheme, name)


def _tokens_css() -> str:
    from importlib.resources import files

    path = files("commissioning.page") / "front" / "tokens.css"
    if not path.is_file():
        pytest.skip("front/tokens.css is not there")
    return path.read_text(encoding="utf-8")


# ---- the labs' charts -----------------------------------------------------------------------------------------------


def test_no_colour_stands_outside_the_theme(lab_chart: Chart) -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", json.dumps(lab_chart.spec))


def test_the_still_picture_takes_its_colours_from_the_page(lab_chart: Chart) -> None:
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', lab_chart.svg)) - {"none", "transparent"}
    assert colours
    assert all(colour.startswith("var(--cb-") for colour in colours), colours


def test_the_still_picture_is_well_formed_fits_a_phone_and_has_ids_of_its_own(lab_chart: Chart) -> None:
    root = ElementTree.fromstring(lab_chart.svg)
    assert "max-width: 100%" in root.get("style", "")
    assert all(name.startswith(lab_chart.id) for name in re.findall(r' id="([^"]+)"', lab_chart.svg))
    assert float(root.get("width", 0)) <= 430


def test_nothing_in_a_picture_is_smaller_than_16_px(lab_chart: Chart) -> None:
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)px"', lab_chart.svg)}
    assert sizes
    assert min(sizes) >= 16


def test_the_takeaway_is_one_sentence(lab_chart: Chart) -> None:
    assert lab_chart.takeaway.endswith(".")
    assert not re.search(r"[.!?] ", lab_chart.takeaway)
    assert len(lab_chart.takeaway) < 140


def test_a_chart_says_in_words_that_it_is_synthetic(lab_chart: Chart) -> None:
    assert "ynthetic" in lab_chart.description
    assert "synthetic data" in lab_chart.note


def test_a_chart_holds_sums_and_not_people(lab_chart: Chart) -> None:
    assert len(json.dumps(lab_chart.spec)) < 20_000
    assert not re.search(r"L[2-9A-Z]{6}", json.dumps(lab_chart.spec))


def test_a_chart_asks_nobody_for_its_data(lab_chart: Chart) -> None:
    assert not [value for key, value in _walk(lab_chart.spec) if key == "url"]


def test_jupyterlabs_own_vega_lite_draws_it(lab_chart: Chart) -> None:
    """JupyterLab 4 brings Vega-Lite 5; Altair writes for 6. The chart must do in both."""
    svg = vl_convert.vegalite_to_svg(lab_chart.jupyter_spec, vl_version="5.21")
    assert svg.count("<path") + svg.count("<text") > 10


def test_both_schemes_draw_the_same_words(lab_chart: Chart) -> None:
    dark = vl_convert.vegalite_to_svg({**lab_chart.spec, "width": 400, "config": THEMES["dark"]})
    light = vl_convert.vegalite_to_svg({**lab_chart.spec, "width": 400, "config": THEMES["light"]})
    assert re.findall(r">([^<]+)</text>", dark) == re.findall(r">([^<]+)</text>", light)
    assert dark != light


@pytest.mark.parametrize("name", ["before-after", "threshold", "practices", "weeks", "days"])
def test_two_series_differ_by_shape_before_colour(name: str) -> None:
    marks = [value for key, value in _walk(made(name).spec) if key == "shape"]
    assert {"circle", "diamond"} <= {mark for mark in marks if isinstance(mark, str)}


def test_the_slider_moves_what_the_chart_says_with_no_kernel() -> None:
    threshold = made("threshold")
    (slider,) = threshold.spec["params"]
    assert (slider["value"], slider["bind"]["min"], slider["bind"]["max"]) == (5, 0.5, 20)
    said = {cut: _texts_at(threshold, cut) for cut in (0.5, 5, 20)}
    assert "Riskiest 0.5%: 1,250 people" in said[0.5]
    assert {"Riskiest 5%: 12,500 people", "31% of all admissions", "42 of 100 listed are admitted"} <= said[5]
    assert {"Riskiest 20%: 50,000 people", "64% of all admissions", "24 of 100 listed are admitted"} <= said[20]


def _texts_at(threshold: Chart, cut: float) -> set[str]:
    spec = {**threshold.spec, "width": 400, "params": [{**threshold.spec["params"][0], "value": cut}]}
    return set(re.findall(r">([^<]+)</text>", vl_convert.vegalite_to_svg(spec)))


def test_a_start_off_the_sliders_grid_is_refused() -> None:
    with pytest.raises(ValueError, match=r"start must be one of 0.5, 1, 1.5 … 20, in per cent of the list \(got 0.7\)"):
        risk.threshold_chart(place.persons(2_000, 7), start=0.7)


def test_what_the_charts_say_is_what_the_data_say() -> None:
    assert made("before-after").takeaway == (
        "Admissions fell by 70% where a matron was offered, and by 68% where there was none."
    )
    assert made("practices").takeaway == (
        "Compared fairly, admissions were 5% lower at practices with a matron (95% interval: 16% lower to 8% higher)."
    )
    assert "about 0.29 more in year 2" in made("year-by-year").description


def test_every_group_with_an_admission_lies_below_the_diagonal_as_the_description_says() -> None:
    table = made("year-by-year").table
    below = table["Year 2 mean"] < table["Year 1 mean"]
    assert below.tolist() == [False, True, True, True, True]


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)
