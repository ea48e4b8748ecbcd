"""Who buys what: the table of services keeps its promises, the methods count by hand, the chart says what they say."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pandas as pd
import pytest
import vl_convert
from fixture_book import ROOT
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.book import Book
from commissioning.labs import buyers, figures
from commissioning.labs.buyers.contracts import GP, HOLDS_GP
from commissioning.labs.buyers.pictures.then_and_now import MARKS
from commissioning.labs.buyers.tasks import TASKS
from commissioning.labs.charts import THEMES, Chart
from commissioning.labs.checks import check
from commissioning.place.services import CONFIDENCE, NOT_ESTABLISHED, WITH, YEARS

BODIES = {2013: {"CCG", "NHS England", "council"}, 2026: {"ICB", "NHS England", "council"}}
FROM_CCG = "2022-07-01"
"""The day on which groups ended and boards began."""


@pytest.fixture
def listed() -> pd.DataFrame:
    return place.services()


@pytest.fixture
def contacts() -> pd.DataFrame:
    return buyers.contacts()


@pytest.fixture
def five() -> pd.DataFrame:
    """Five contacts small enough to count: one shared, one blank, one of the practice that another body pays for."""
    rows = [
        ("GP", "GP practice", GP, "NHS England", "ICB", "2021-04-01; 2022-07-01"),
        ("Jab", "GP practice", GP, "NHS England", "NHS England", ""),
        ("Ward", "Hospital", "standard", "CCG", "ICB", FROM_CCG),
        ("Bed", "Store", "pooled", "CCG + council", "ICB + council", FROM_CCG),
        ("Class", "Club", NOT_ESTABLISHED, NOT_ESTABLISHED, NOT_ESTABLISHED, ""),
    ]
    names = ["what", "provider", "contract", "commissioner_2013", "commissioner_2026", "moved"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(payer_2013=table["commissioner_2013"], payer_2026=table["commissioner_2026"])


# ---- the table of services, which is not synthetic -----------------------------------------------------------------


def test_no_service_stands_twice(listed: pd.DataFrame) -> None:
    assert listed["service_id"].is_unique
    assert listed["name"].is_unique
    assert listed["service_id"].str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*").all()


def test_every_source_of_a_service_is_in_the_books_list(listed: pd.DataFrame) -> None:
    cited = {name for names in listed["evidence"] for name in names.split()}
    known = set(re.findall(r"^@\w+\{([^,\s]+),", (ROOT / "book" / "references.bib").read_text(encoding="utf-8"), re.M))
    assert cited - known == set()


def test_every_service_says_how_sure_it_is_and_why(listed: pd.DataFrame) -> None:
    assert set(listed["confidence"]) == set(CONFIDENCE)
    sure = listed[listed["confidence"] != "unsure"]
    assert (sure["evidence"] != "").all()
    for day in sure["as_at"]:
        assert dt.date(2012, 1, 1) <= dt.date.fromisoformat(day) <= dt.date(2026, 11, 21), day


def test_what_we_could_not_establish_is_marked_and_nothing_else_is(listed: pd.DataFrame) -> None:
    blank = (listed[[f"commissioner_{year}" for year in YEARS]] == NOT_ESTABLISHED).any(axis=1)
    assert (blank == (listed["confidence"] == "unsure")).all()
    assert (listed.loc[blank, "note"] != "").all()


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("what", ["commissioner", "payer"])
def test_every_buyer_and_payer_is_a_body_of_its_year(listed: pd.DataFrame, what: str, year: int) -> None:
    assert set(buyers.bodies(listed[f"{what}_{year}"])) <= BODIES[year]
    assert (listed[f"{what}_{year}"] != "").all()


def test_the_days_of_moving_tell_the_same_story_as_the_buyers(listed: pd.DataFrame) -> None:
    """Who stayed has no day; what a group bought moved once, on the day that boards began; the rest moved by day."""
    known = listed[listed["confidence"] != "unsure"]
    assert (buyers.changed(known) == (buyers.moves(known) > 0)).all()
    by_group = known["commissioner_2013"].str.startswith("CCG")
    assert set(known.loc[by_group, "moved"]) == {FROM_CCG}
    for days in known["moved"]:
        assert days.split("; ") == sorted(days.split("; "))


def test_only_what_nhs_england_bought_can_be_delegated_by_it(listed: pd.DataFrame) -> None:
    known = listed[listed["confidence"] != "unsure"]
    passed_on = (known["commissioner_2013"] == "NHS England") & (known["commissioner_2026"] == "ICB")
    assert ((known["delegated"] == "Y") == passed_on).all()
    assert set(listed["delegated"]) == {"", "Y"}


def test_the_file_of_services_does_not_call_itself_synthetic(tmp_path) -> None:  # type: ignore[no-untyped-def]
    written = {path.stem: path for path in place.write_tables(tmp_path, patients=1_000, seed=7)}
    first = {name: written[name].read_text(encoding="utf-8").partition("\n")[0] for name in ("services", "fortnight")}
    assert "not synthetic" in first["services"]
    assert place.BANNER in first["fortnight"]
    back = pd.read_csv(written["services"], comment="#", keep_default_na=False)
    pd.testing.assert_frame_equal(back, place.services())


# ---- the fortnight, which is ---------------------------------------------------------------------------------------


def test_the_fortnight_is_thirty_contacts_in_order_of_days() -> None:
    fortnight = place.fortnight()
    assert fortnight["contact"].tolist() == list(range(1, 31))
    assert fortnight["day"].is_monotonic_increasing
    assert fortnight["day"].between(1, 14).all()
    assert not fortnight.duplicated(["day", "service_id"]).any()


def test_every_contacts_service_exists_and_the_join_loses_nobody(contacts: pd.DataFrame) -> None:
    assert set(place.fortnight()["service_id"]) <= set(place.services()["service_id"])
    assert contacts["contact"].tolist() == place.fortnight()["contact"].tolist()


def test_the_join_of_a_learner_is_the_join_of_the_lab(contacts: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(place.fortnight().merge(place.services(), on="service_id"), contacts)


def test_a_contact_without_a_service_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = place.services()
    monkeypatch.setattr(place, "services", lambda: listed[listed["service_id"] != "dialysis"])
    with pytest.raises(LookupError, match="no service is called 'dialysis'"):
        buyers.contacts()


def test_a_learner_who_changes_a_table_changes_no_other() -> None:
    mine = place.services()
    mine["commissioner_2013"] = "me"
    assert "me" not in set(place.services()["commissioner_2013"])


# ---- methods, by hand ----------------------------------------------------------------------------------------------


def test_bodies_are_not_names(five: pd.DataFrame) -> None:
    assert five["commissioner_2013"].nunique() == 4
    assert buyers.buyers(five, 2013) == ["CCG", "NHS England", "council"]
    assert buyers.buyers(five, 2026) == ["ICB", "NHS England", "council"]


def test_a_shared_contact_counts_for_both_bodies(five: pd.DataFrame) -> None:
    counted = buyers.by_body(five).to_dict()
    assert counted[2013] == {"CCG": 2, "ICB": 0, "NHS England": 2, "council": 1, NOT_ESTABLISHED: 1}
    assert counted[2026] == {"CCG": 0, "ICB": 3, "NHS England": 1, "council": 1, NOT_ESTABLISHED: 1}


def test_a_contract_is_a_provider_a_kind_and_a_holder(five: pd.DataFrame) -> None:
    """The jab belongs to the practice's contract in both years; the class has none."""
    then, now = (buyers.contracts(five, year) for year in YEARS)
    assert then.tolist()[:2] == ["NHS England with GP practice: GP contract"] * 2
    assert now.tolist()[:2] == ["ICB with GP practice: GP contract"] * 2
    assert (then.nunique(), now.nunique()) == (3, 3)
    assert then.isna().tolist() == [False] * 4 + [True]


def test_two_contracts_with_one_provider_become_one_when_their_buyers_do() -> None:
    two = pd.DataFrame(
        {
            "provider": "Hospital",
            "contract": "standard",
            "commissioner_2013": ["CCG", "NHS England"],
            "commissioner_2026": "ICB",
        }
    )
    assert [buyers.contracts(two, year).nunique() for year in YEARS] == [2, 1]


def test_who_holds_the_practices_contract_is_who_buys_the_gp(listed: pd.DataFrame) -> None:
    gp = listed.set_index("service_id").loc["gp-consultation"]
    assert {year: gp[f"commissioner_{year}"] for year in YEARS} == HOLDS_GP


def test_moves_and_changes_are_counted_by_row(five: pd.DataFrame) -> None:
    assert buyers.moves(five).tolist() == [2, 0, 1, 1, 0]
    assert buyers.changed(five).tolist() == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda table: buyers.buyers(table, 2020), r"year must be one of 2013, 2026 \(got 2020\)"),
        (lambda table: buyers.by_body(table, "owner"), r"what must be one of commissioner, payer \(got 'owner'\)"),
    ],
)
def test_what_is_not_there_is_told_what_is(five: pd.DataFrame, call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call(five)


NAMES = st.sampled_from(["CCG", "NHS England", "council"])
CELLS = st.one_of(NAMES, st.just(NOT_ESTABLISHED), st.tuples(NAMES, NAMES).map(WITH.join))


@given(st.lists(CELLS, min_size=1, max_size=30))
def test_bodies_are_never_more_than_three_and_never_depend_on_order_or_doubles(cells: list[str]) -> None:
    found = buyers.bodies(cells)
    assert found == buyers.bodies(list(reversed(cells)) * 2)
    assert set(found) <= {"CCG", "NHS England", "council"}


# ---- what the fortnight says ---------------------------------------------------------------------------------------

PRINTED = {
    "L1-contacts": "30",
    "L1-buyers-then": "3",
    "L1-buyers-now": "3",
    "L1-contracts-then": "15",
    "L1-contracts-now": "14",
    "L1-providers": "14",
    "L1-moved": "25",
    "L1-from-national": "12",
    "L1-stayed": "4",
    "L1-moved-twice": "2",
    "L1-england-then": "14",
    "L1-england-now": "2",
    "L1-england-accountable": "14",
    "L1-ccg-then": "13",
    "L1-icb-now": "25",
    "L1-share-then": "47%",
    "L1-share-now": "83%",
    "L1-england-pays-then": "16",
    "L1-listed": "44",
    "L1-verified": "28",
    "L1-seen": "10",
    "L1-unsure": "6",
    "L1-unsure-contact": "8",
}


@pytest.mark.parametrize(("name", "text"), PRINTED.items())
def test_the_figures_are_those_that_the_chapter_prints(name: str, text: str) -> None:
    assert figures()[name].text == text


def test_every_contact_moved_stayed_or_is_not_established() -> None:
    kept = figures()
    assert kept["L1-moved"].value + kept["L1-stayed"].value + 1 == kept["L1-contacts"].value
    levels = sum(kept[f"L1-{level}"].value for level in CONFIDENCE)
    assert levels == kept["L1-listed"].value


def test_nhs_england_buys_less_and_answers_for_as_much() -> None:
    kept = figures()
    assert kept["L1-england-now"].value + kept["L1-delegated"].value == kept["L1-england-accountable"].value
    assert kept["L1-england-accountable"].value == kept["L1-england-then"].value


def test_buyers_are_as_many_and_one_pair_of_contracts_became_one(contacts: pd.DataFrame) -> None:
    """Not what we had expected to find: see the lab's section in the chapter."""
    then, now = (set(buyers.contracts(contacts, year).dropna()) for year in YEARS)
    renamed = {name.replace("CCG", "ICB") for name in then}
    gone = [name for name in renamed if name.replace("NHS England", "ICB") in now and name not in now]
    assert len(then) - len(now) == 1
    assert [name for name in gone if name.replace("NHS England", "ICB") in renamed] == [
        "NHS England with Larkmere General: NHS Standard Contract"
    ]


def test_the_second_week_is_not_the_answer_to_the_whole(contacts: pd.DataFrame) -> None:
    weeks = [contacts[contacts["day"] <= 7], contacts[contacts["day"] > 7]]
    assert [len(week) for week in weeks] == [15, 15]
    assert [[buyers.contracts(week, year).nunique() for year in YEARS] for week in weeks] == [[10, 9], [10, 10]]
    assert [[len(buyers.buyers(week, year)) for year in YEARS] for week in weeks] == [[2, 2], [3, 3]]


# ---- checks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "answer", "slip"),
    [
        ("buyers-then", 5, "names-for-bodies"),
        ("buyers-then", 4, "one-name-too-many"),
        ("buyers-then", 2, "one-short"),
        ("buyers-now", 2, "still-buys-a-little"),
        ("buyers-now", 1, "largest-alone"),
        ("contracts-then", 14, "providers-for-contracts"),
        ("contracts-then", 16, "blank-for-a-contract"),
        ("contracts-now", 15, "flu-jab-apart"),
        ("contracts-now", 3, "buyers-for-contracts"),
        ("moved-twice", 25, "moved-at-all"),
        ("moved-twice", 1, "services-for-contacts"),
        ("nobody-knows", 4, "day-for-contact"),
        ("nobody-knows", 18, "seen-for-unsure"),
        ("england-pays-then", 14, "bought-for-paid"),
        ("england-pays-now", 14, "accountable-for-pays"),
        ("england-pays-now", 27, "another-payer"),
    ],
)
def test_a_known_slip_is_named(task: str, answer: int, slip: str) -> None:
    assert check(task, answer).slip == slip


@pytest.mark.parametrize("name", TASKS)
def test_only_the_whole_number_is_right(name: str) -> None:
    answer = TASKS[name]().answer
    assert check(name, answer).right
    assert not check(name, answer + 0.5).right
    assert check(name, 999).slip is None


# ---- the chart -----------------------------------------------------------------------------------------------------


@pytest.fixture
def drawn(contacts: pd.DataFrame) -> Chart:
    return buyers.then_and_now_chart(contacts)


def test_the_chart_says_what_the_figures_say(drawn: Chart) -> None:
    assert drawn.takeaway == (
        "25 of these 30 contacts have another buyer in 2026 than in 2013; "
        "the other 5 have the same, or none that is known."
    )
    assert "In 2026: ICB 25, NHS England 2, council 3, not established 1." in drawn.description


def test_the_chart_tells_buyers_apart_by_shape_and_in_words(drawn: Chart) -> None:
    looks = [(mark.shape, mark.filled) for mark in MARKS.values()]
    assert len(set(looks)) == len(looks)
    for mark in MARKS.values():
        assert f">{mark.words}</text>" in drawn.svg


def test_the_charts_table_has_every_contact_with_its_flag(drawn: Chart) -> None:
    rows = drawn.payload["table"]["rows"]
    assert len(rows) == 30
    assert rows[7] == ["8", "4", "Strength exercises at home", NOT_ESTABLISHED, NOT_ESTABLISHED, "unsure"]


def test_the_chart_keeps_the_rules_of_charts(drawn: Chart) -> None:
    spec = json.dumps(drawn.spec)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", spec)
    assert len(spec) < 20_000
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn.svg)) - {"none", "transparent"}
    assert all(colour.startswith("var(--cb-") for colour in colours), colours
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn.svg)) >= 16
    assert "synthetic data" in drawn.note
    assert float(ElementTree.fromstring(drawn.svg).get("width", 0)) <= 430


def test_both_schemes_and_jupyters_own_vega_lite_draw_it(drawn: Chart) -> None:
    pictures = [vl_convert.vegalite_to_svg({**drawn.spec, "width": 400, "config": theme}) for theme in THEMES.values()]
    words = [re.findall(r">([^<]+)</text>", picture) for picture in pictures]
    assert words[0] == words[1]
    assert vl_convert.vegalite_to_svg(drawn.jupyter_spec, vl_version="5.21").count("<path") >= 60


def test_no_name_runs_into_a_mark_on_a_phone(drawn: Chart) -> None:
    """At 350 pixels the first mark stands at 0.74 of the width; letters of 16 px are about 7.4 wide on average."""
    longest = max(len(f"{row[0]} {row[2]}") for row in drawn.payload["table"]["rows"])
    assert longest * 7.6 < 0.74 * 340 - 8


def test_a_week_alone_is_drawn_with_its_own_key(contacts: pd.DataFrame) -> None:
    week = buyers.then_and_now_chart(contacts[contacts["day"] <= 7])
    assert week.takeaway.startswith("13 of these 15 contacts have another buyer")
    assert ">Shared with council</text>" not in week.svg


def test_the_numbers_need_no_altair() -> None:
    asked = "import sys; from commissioning.labs.buyers.figures import figures; figures()"
    subprocess.run([sys.executable, "-c", f"{asked}; assert 'altair' not in sys.modules"], check=True)


def test_the_chapter_prints_no_figure_of_this_lab_that_is_not_there(real_book: Book) -> None:
    printed = set(re.findall(r"\bL1-[A-Za-z0-9-]+", real_book.chapters["what-commissioning-is"].text))
    assert printed <= set(figures())
