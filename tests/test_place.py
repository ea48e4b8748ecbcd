"""Larkmere: the truths we planted, at the tolerances that the lab prints, and what its files promise."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from commissioning import place
from commissioning.labs import risk
from commissioning.place import files
from commissioning.place.dictionary import REAL
from commissioning.place.larkmere import happened, larkmere

SEEDS = (place.DEFAULT_SEED, 7, 2013)
SMALL = 20_000


@pytest.mark.parametrize("seed", SEEDS)
def test_people_with_two_or_more_admissions_fall_by_68_percent_with_no_matron(seed: int) -> None:
    change = risk.before_after_fall(place.persons(seed=seed, matron_effect=0.0))
    assert change.fall == pytest.approx(68, abs=3)
    assert change.people == pytest.approx(3_757, abs=200)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_slope_is_what_the_theory_of_gamma_and_poisson_says(seed: int) -> None:
    assert risk.slope(place.persons(seed=seed, matron_effect=0.0)) == pytest.approx(0.10 / 0.35, abs=0.03)


@pytest.mark.parametrize("seed", SEEDS)
def test_about_8_in_100_people_are_admitted_in_a_year(seed: int) -> None:
    assert (place.persons(seed=seed, matron_effect=0.0)["adm_y1"] > 0).mean() == pytest.approx(0.0807, abs=0.003)


def test_the_default_seed_prints_what_the_chapter_prints() -> None:
    town = place.persons(matron_effect=0.0)
    change = risk.before_after_fall(town)
    assert change.people == 3_768
    assert (f"{change.before:.2f}", f"{change.after:.2f}", f"{change.fall:.0f}%") == ("2.28", "0.73", "68%")
    shares = [f"{risk.share_of_admissions(town, year):.0f}%" for year in ("adm_y1", "adm_y2")]
    assert shares == ["34%", "11%"]


def test_the_matron_averts_5_percent_of_the_admissions_she_could() -> None:
    """Both worlds share their draws, so over three seeds the planted effect shows to within two points."""
    hers, none = 0, 0
    for seed in SEEDS:
        town = larkmere(place.PATIENTS, seed)
        hers += int((~happened(town, seed, place.MATRON_EFFECT)).sum())
        none += int(town.adm_y2[town.offered].sum())
    assert -100 * hers / none == pytest.approx(-5, abs=2)


def test_a_larger_effect_averts_the_same_admissions_and_more() -> None:
    worlds = [place.persons(SMALL, 7, matron_effect=effect)["adm_y2"] for effect in (0.0, -0.05, -0.5, -1.0)]
    for milder, stronger in pairwise(worlds):
        assert (stronger <= milder).all()
        assert stronger.sum() < milder.sum()


def test_only_people_who_were_offered_a_matron_differ_between_the_worlds() -> None:
    with_her, without = place.persons(SMALL, 7, matron_effect=-1.0), place.persons(SMALL, 7, matron_effect=0.0)
    offered = with_her["matron"] == "Y"
    assert (with_her.loc[offered, "adm_y2"] == 0).all()
    pd.testing.assert_frame_equal(with_her[~offered], without[~offered])
    pd.testing.assert_frame_equal(with_her.drop(columns="adm_y2"), without.drop(columns="adm_y2"))


def test_a_matron_is_offered_to_two_or_more_admissions_at_practices_drawn_by_lot() -> None:
    town = place.persons().merge(place.practices(), on="practice_id", suffixes=("", "_drawn"))
    expected = (town["adm_y1"] >= 2) & (town["matron_drawn"] == "Y")
    assert ((town["matron"] == "Y") == expected).all()
    assert (place.practices()["matron"] == "Y").sum() == 12


def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    pd.testing.assert_frame_equal(place.persons(SMALL, 3), place.persons(SMALL, 3))
    assert (place.persons(SMALL, 3)["adm_y1"] != place.persons(SMALL, 4)["adm_y1"]).any()


def test_what_a_learner_does_to_a_table_stays_with_the_learner() -> None:
    mine = place.persons(SMALL, 3)
    mine["adm_y2"] = 0
    mine.loc[0, "risk_score"] = 1.0
    assert place.persons(SMALL, 3)["adm_y2"].sum() > 0
    assert place.persons(SMALL, 3).loc[0, "risk_score"] < 1


def test_every_person_has_one_pseudonym_and_a_practice_that_counts_them() -> None:
    town, practices = place.persons(), place.practices()
    assert town["pid"].is_unique
    assert town["pid"].str.fullmatch("L[2-9B-DF-HJ-NP-TV-XZ]{6}").all()
    counted = town["practice_id"].value_counts().reindex(practices["practice_id"])
    assert counted.tolist() == practices["list_size"].tolist()
    assert practices["list_size"].sum() == len(town) == place.PATIENTS
    assert practices.groupby("neighbourhood").size().to_dict() == dict.fromkeys(range(1, 6), 5)


def test_admissions_counted_by_person_are_the_persons_columns() -> None:
    town = place.persons(SMALL, 7)
    counted = place.admissions(SMALL, 7).groupby(["pid", "year"]).size().unstack(fill_value=0)
    counted = counted.reindex(town["pid"], fill_value=0)
    assert counted[1].tolist() == town["adm_y1"].tolist()
    assert counted[2].tolist() == town["adm_y2"].tolist()


def test_admissions_run_over_two_years_that_end_before_the_board_meets() -> None:
    admissions = place.admissions()
    assert admissions["date"].is_monotonic_increasing
    assert admissions["date"].min() == pd.Timestamp("2011-09-01")
    assert admissions["date"].max() == pd.Timestamp("2013-08-31")
    in_year_2 = admissions["date"] >= pd.Timestamp("2012-09-01")
    assert (admissions["year"] == in_year_2 + 1).all()
    assert admissions["adm_id"].is_unique
    assert admissions["los"].between(0, 365).all()


def test_the_score_follows_the_truth_but_does_not_know_it() -> None:
    town = place.persons(matron_effect=0.0, truth=True)
    assert town["risk_score"].between(0, 1).all()
    assert 0.72 < _c_statistic(town["risk_score"], town["adm_y2"] > 0) < 0.83
    assert town["risk_score"].rank().corr(town["latent_rate"].rank()) < 0.8


def test_the_score_is_right_on_average_in_each_tenth_but_the_safest() -> None:
    town = place.persons(matron_effect=0.0)
    tenth = town["risk_score"].rank(method="first", pct=True).mul(10).clip(upper=9.999).astype(int)
    rows = town.assign(admitted=town["adm_y2"] > 0).groupby(tenth)[["risk_score", "admitted"]].mean().loc[3:]
    np.testing.assert_allclose(rows["risk_score"], rows["admitted"], rtol=0.4)
    assert town["risk_score"].mean() == pytest.approx((town["adm_y2"] > 0).mean(), abs=0.005)


def test_a_list_by_score_reaches_what_the_chapter_says() -> None:
    """With gamma risk of this shape, knowing each rate exactly would put 7.7% of admissions in the top 0.5%."""
    town = place.persons(matron_effect=0.0)
    reached = [risk.reach(town, share).share_of_admissions for share in (0.5, 5, 20)]
    assert reached == pytest.approx([6, 31, 63], abs=2)


@pytest.mark.parametrize("column", ["ltc_count", "frailty"])
def test_frailer_people_with_more_conditions_are_admitted_more(column: str) -> None:
    town = place.persons()
    assert town[column].corr(town["adm_y1"]) > 0.08


def test_older_and_poorer_people_are_admitted_more() -> None:
    town = place.persons()
    assert town.groupby("age_band", observed=True)["adm_y1"].mean().is_monotonic_increasing
    assert town.groupby("imd_quintile")["adm_y1"].mean().is_monotonic_decreasing
    assert town["imd_quintile"].value_counts(normalize=True).tolist() == pytest.approx([0.2] * 5, abs=0.001)


def test_every_column_has_a_unit_a_tag_and_a_meaning() -> None:
    """A column without them must not be handed out: add its row to `place/dictionary.py`."""
    tables = {
        **{name: table(SMALL, 7) for name, table in files.TABLES.items()},
        **{name: table(7) for name, table in files.SMALL_TABLES.items()},
        **{name: table() for name, table in files.KEPT_TABLES.items()},
        "persons": place.persons(SMALL, 7, truth=True),
    }
    said = place.DATA_DICTIONARY
    assert set(said["table"]) == set(tables)
    for name, table in tables.items():
        assert said.loc[said["table"] == name, "column"].tolist() == table.columns.tolist(), name
    assert (said[["unit", "tag", "meaning"]].apply(lambda texts: texts.str.strip()) != "").all(axis=None)
    assert {tag for tags in said["tag"] for tag in tags.split()} <= set(place.TAGS)


def test_the_truth_is_not_in_a_learners_copy() -> None:
    assert "latent_rate" not in place.persons(SMALL, 7)
    assert "latent_rate" in place.persons(SMALL, 7, truth=True)


def test_the_files_say_that_they_are_synthetic_and_read_back(tmp_path: Path) -> None:
    written = {path.name: path for path in place.write_tables(tmp_path / "larkmere", patients=SMALL, seed=7)}
    tables = [*files.TABLES, *files.SMALL_TABLES, *files.KEPT_TABLES, "data-dictionary"]
    assert set(written) == {*(f"{name}.csv" for name in tables), "README.txt"}
    for name, path in written.items():
        banner = REAL if name == "services.csv" else place.BANNER
        assert banner in path.read_text(encoding="utf-8").partition("\n")[0], name
    assert "CC0" in written["README.txt"].read_text(encoding="utf-8")
    assert "latent_rate" not in "".join(path.read_text(encoding="utf-8") for path in written.values())
    back = pd.read_csv(written["persons.csv"], comment="#")
    assert back["adm_y2"].tolist() == place.persons(SMALL, 7)["adm_y2"].tolist()


def test_a_large_town_comes_with_a_sample_for_small_machines(tmp_path: Path) -> None:
    place.write_tables(tmp_path, patients=30_000, seed=7)
    sample = pd.read_csv(tmp_path / "persons-sample.csv", comment="#")
    assert len(sample) == 25_000
    assert (tmp_path / "persons-sample.csv").stat().st_size < 2_000_000


def test_a_town_too_small_for_25_practices_is_refused() -> None:
    with pytest.raises(ValueError, match=r"patients must be at least 1,000, .* \(got 10\)"):
        place.persons(10)


@pytest.mark.parametrize("effect", [5, 0.05, -1.2])
def test_an_effect_in_the_wrong_unit_is_told_the_right_one(effect: float) -> None:
    with pytest.raises(ValueError, match=r"from -1 .* to 0 .*; -0.05 is 5% fewer \(got"):
        place.persons(SMALL, 7, matron_effect=effect)


def _c_statistic(score: pd.Series, admitted: pd.Series) -> float:
    """The chance that somebody admitted scored above somebody who was not. (Hanley and McNeil 1982)"""
    ranks, yes = score.rank(), int(admitted.sum())
    return float((ranks[admitted].sum() - yes * (yes + 1) / 2) / (yes * (len(score) - yes)))
