"""What is to be in the notebook of each lab, and how tests look into a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

NAME = "finding-people-at-risk"
"""The chapter whose copy is looked at closely. Exercises are looked at for every lab: see `NOTEBOOKS`."""
BARE = "bare"


@dataclass(frozen=True)
class Lab:
    """What is to be in a lab's notebook: its headings, its tasks in order, the bare case's parts and decisions.

    `on_paper` holds what a learner would work out without code from what the cells show, rounded as they are shown.
    """

    worked: str
    half_worked: str
    half: tuple[str, ...]
    bare: tuple[str, ...]
    parts: str
    decisions: tuple[str, ...]
    on_paper: dict[str, float]

    @property
    def tasks(self) -> list[str]:
        return [*self.half, *self.bare]


NOTEBOOKS = {
    "finding-people-at-risk": Lab(
        worked="people admitted once",
        half_worked="people with three or more",
        half=("half-fall", "half-slope", "half-effect", "half-sample-size"),
        bare=("fall", "slope", "effect", "includes-zero", "sample-size"),
        parts="abcd",
        decisions=("how-far-it-fell", "what-the-gap-shows", "choose-the-comparison"),
        on_paper={
            "half-fall": 100 * (3.297 - 1.090) / 3.297,
            "half-slope": 0.0633 / 0.2000,
            "half-effect": 100 * (1.021 / 1.090 - 1),
            "half-sample-size": 4 * 474,
            "fall": 100 * (2.294 - 0.763) / 2.294,
            "slope": 0.0687 / 0.2253,
            "effect": 100 * (0.797 / 0.763 - 1),
            "sample-size": 4 * 613,
        },
    ),
    "what-commissioning-is": Lab(
        worked="the first week",
        half_worked="the second week",
        half=("half-buyers-then", "half-contracts-now"),
        bare=(
            *("buyers-then", "buyers-now", "contracts-then", "contracts-now"),
            *("moved-twice", "nobody-knows", "england-pays-then", "england-pays-now"),
        ),
        parts="abcde",
        decisions=("how-many-buyers", "the-contact-nobody-can-place", "what-moved"),
        on_paper={"contracts-now": 15 - 1, "england-pays-then": 14 + 2},
    ),
    "three-meanings": Lab(
        worked="model B, and B beside A",
        half_worked="model A, and A beside C",
        half=("half-signoff-median", "half-in-use-low", "half-shuffle", "half-projects-needed"),
        bare=("signoff-median", "in-use-low", "shuffle", "convincing", "projects-needed"),
        parts="abcd",
        decisions=("how-long-to-sign-off", "an-honest-sentence", "how-many-projects"),
        on_paper={
            "half-signoff-median": (8 + 10) / 2,
            "half-in-use-low": 14,
            "half-shuffle": (21 + 285 + 1232 + 1224 + 299 + 25) / 5000,
            "half-projects-needed": 250 / 4,
            "signoff-median": (20 + 22) / 2,
            "in-use-low": 31,
            "shuffle": (6 + 97 + 692 + 670 + 98 + 2) / 5000,
            "projects-needed": 32,
        },
    ),
    "who-decides": Lab(
        worked="the earlier half",
        half_worked="the later half",
        half=("half-crude-slope", "half-led-median", "half-not-led-slope", "half-reversed"),
        bare=("crude-slope", "led-median", "not-led-median", "led-slope", "not-led-slope"),
        parts="abcd",
        decisions=("crowd-or-lead", "not-for-one-lead"),
        on_paper={
            "half-crude-slope": 16.58 / 2.85,
            "half-led-median": 27,
            "half-not-led-slope": 0.74 / 2.12,
            "half-reversed": 100 * 6 / 29,
            "crude-slope": (63 - 38) / 5,
            "led-median": 31,
            "not-led-median": 64,
            "led-slope": -0.13,
            "not-led-slope": -0.29,
        },
    ),
    "knowing-a-population": Lab(
        worked="2013/14",
        half_worked="2012/13",
        half=("half-funnel-limit", "half-funnel-outside", "half-homes", "half-fair-hours"),
        bare=("funnel-limit", "funnel-outside", "same-day", "still-outside", "fair-hours"),
        parts="abcd",
        decisions=("first-step-for-p23",),
        on_paper={
            "half-funnel-limit": 100 * 566.5 / 521.8,
            "half-funnel-outside": 3 + 2,
            "half-homes": 102.8 - 100,
            "half-fair-hours": (148.9 + 131.0 + 112.0 + 97.3 + 80.9) / (191.8 + 161.9 + 141.1 + 122.3 + 104.4),
            "funnel-limit": 754.0 * 111.4 / 100,
            "funnel-outside": 3,
            "same-day": 110.2 - 100,
            "fair-hours": (513.1 + 460.9 + 400.3 + 337.1 + 296.8) / (587.6 + 503.6 + 433.2 + 385.5 + 325.2),
        },
    ),
    "may-we-use-these-data": Lab(
        worked="the day, the year and one check",
        half_worked="the month, small groups and lines billed twice",
        half=("half-alone", "half-groups", "half-month", "half-left"),
        bare=("practice-alone", "practice-groups", "bare-left", "bare-two", "bare-wrong", "bare-cheap"),
        parts="abcde",
        decisions=("which-check-needs-whom",),
        on_paper={
            "half-alone": 22.4,
            "half-groups": 100 * (1_397 + 1_916 + 3_363 + 5_580) / 250_000,
            "half-month": 873,
            "half-left": 63_040 - 40 * 168,
            "practice-alone": 69.9,
            "practice-groups": 100 * (6_266 + 14_796 + 23_892 + 29_596) / 250_000,
            "bare-left": 63_040 + 56_265 + 120_350 + 4_258 + 24_675 - 40 * (168 + 144 + 127 + 180 + 239),
            "bare-two": (120_350 - 40 * 127) + (63_040 - 40 * 168),
            "bare-wrong": 50 + 50 + 44 + 54 + 203,
            "bare-cheap": 4_258 - 20 * 180,
        },
    ),
    "where-the-money-comes-from": Lab(
        worked="Larkmere",
        half_worked="counted twice, and prescribing",
        half=("half-twice", "half-real", "half-share"),
        bare=("bare-alone", "bare-hole", "bare-lines", "bare-real", "bare-share"),
        parts="abcd",
        decisions=("ten-thousand-names",),
        on_paper={
            "half-twice": 180 + 140 + 120,
            "half-real": 100 * (38.5 / (31.35 * 100 / 80.07) - 1),
            "half-share": 100 * 38.5 / 299.5,
            "bare-alone": 1500 - 380,
            "bare-hole": 1500 - 380 - 1210,
            "bare-lines": 2 + 3,
            "bare-real": 100 * (61.0 / (43.89 * 100 / 80.07) - 1),
            "bare-share": 100 * 61.0 / 299.5,
        },
    ),
    "choosing": Lab(
        worked="the staff's scores",
        half_worked="another weight, and the people",
        half=("half-flip", "half-people"),
        bare=("bare-value", "bare-flip", "bare-dominated", "bare-people", "bare-stays"),
        parts="abcde",
        decisions=("how-often-first",),
        on_paper={
            "half-flip": 26.30,
            "half-people": 8 + 8 + 3,
            "bare-value": (22.5 * 60 + 16.7 * 46 + 17.5 * 89 + 12.8 * 48 + 15.6 * 59 + 14.9 * 65) / 100,
            "bare-flip": 100 * (64.9 - 52.2) / (64.9 - 52.2 + 86 - 46),
            "bare-dominated": 0,
            "bare-people": 21,
            "bare-stays": 90.9,
        },
    ),
    "contracts-competition-payment": Lab(
        worked="Larkmere General",
        half_worked="planned operations, and who was asked",
        half=("half-fixed-sum", "half-at-half", "half-asked"),
        bare=("bare-share-quarrel", "bare-baseline-quarrel", "bare-turning", "bare-hospital-left"),
        parts="abcde",
        decisions=("the-last-hour",),
        on_paper={
            "half-fixed-sum": 30_600 - 29_400,
            "half-at-half": 30_600 - (30_600 - 29_400) / 2,
            "half-asked": 100 * 19 / 33,
            "bare-share-quarrel": 0.2 * (30_300 - 27_000),
            "bare-baseline-quarrel": 0.7 * (27_200 - 27_000),
            "bare-turning": 27_000 + 140 / 0.2,
            "bare-hospital-left": -0.3 * (30_300 - 27_000),
        },
    ),
    "changing-a-service": Lab(
        worked="as reported",
        half_worked="on one rule",
        half=("half-lower-limit", "half-first-signal", "half-on-one-rule"),
        bare=("bare-lower-limit", "bare-first-signal", "bare-how-many-signals", "bare-worst-month"),
        parts="abcd",
        decisions=("four-towns",),
        on_paper={
            "half-lower-limit": 420.1 - 2.66 * 26.88,
            "half-first-signal": 68,
            "half-on-one-rule": 100 * (1 - 405.6 / 420.1),
            "bare-lower-limit": 346.0 - 2.66 * 19.93,
            "bare-first-signal": 32,
            "bare-how-many-signals": 0,
            "bare-worst-month": 100 * (1 - (290 + 295 + 281 + 297) / (321 + 330 + 300 + 311)),
        },
    ),
    "buying-help": Lab(
        worked="the report as Meridian sent it",
        half_worked="accuracy, long reads and the amber one",
        half=("half-indicator-share", "half-report-cost", "half-satisfaction-link", "half-leaving-month"),
        bare=("months-met", "hour-cost", "use-link", "chance-twice", "dearest-exit"),
        parts="abcd",
        decisions=("how-many-measure-use", "what-green-hides", "break-even"),
        on_paper={
            "half-indicator-share": 100 * 7 / 33,
            "half-report-cost": 792_000 / 88,
            "half-satisfaction-link": 0.13,
            "half-leaving-month": (300 + 2 * 30) / 20,
            "months-met": 100 * 13 / 36,
            "hour-cost": 792_000 / (6337 / 60),
            "use-link": 0.84,
            "chance-twice": 2 * 33 / 20,
            "dearest-exit": 24 * (66 - 38) - 3 * 40,
        },
    ),
    "sovereignty-and-diplomacy": Lab(
        worked="Ward 6",
        half_worked="a line at 3",
        half=("half-alarms-expected", "half-alarms-counted", "half-joint-score"),
        bare=("bare-team-alone", "bare-team-together", "bare-team-joint", "bare-team-expected", "bare-team-counted"),
        parts="abcde",
        decisions=("what-may-she-write",),
        on_paper={
            "half-alarms-expected": 480 * 0.00135,
            "half-alarms-counted": 15,
            "half-joint-score": 9.31 / (6 + 30 * 0.260) ** 0.5,
            "bare-team-alone": 7.4 / 2.449,
            "bare-team-together": 0.02,
            "bare-team-joint": 7.4 / (6 + 30 * 0.024) ** 0.5,
            "bare-team-expected": 12 * 24 * 0.02275,
            "bare-team-counted": 6,
        },
    ),
    "your-first-hundred-days": Lab(
        worked="the Bookkeeper",
        half_worked="the Delegator",
        half=("half-place", "half-later", "half-one-change", "half-sceptical"),
        bare=("place-hundred", "place-year", "lead-year", "lead-sceptical", "needs-redesign", "same-dispute"),
        parts="abcdef",
        decisions=("builder-and-bookkeeper", "annual-report-line"),
        on_paper={
            "half-place": 100 * 4380 / 6000,
            "half-later": 7945 - 2201,
            "half-one-change": 7945 - 4381,
            "half-sceptical": 8943 - 7945,
            "place-hundred": 61,
            "place-year": 100 * 1294 / 6000,
            "lead-year": 8336 - 6793,
            "lead-sceptical": 9341 - 8469,
            "same-dispute": 7864 - 6793,
        },
    ),
}
"""Each lab that has a notebook, by its chapter."""


def code_cells(made: NotebookNode) -> list[NotebookNode]:
    return [part for part in made.cells if part.cell_type == "code"]


def all_prose(made: NotebookNode) -> str:
    return "\n\n".join(part.source for part in made.cells if part.cell_type == "markdown")


def after(made: NotebookNode, name: str) -> list[NotebookNode]:
    ids = [part.id for part in made.cells]
    return list(made.cells[ids.index(name) :])
