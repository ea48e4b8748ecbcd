"""The capstone's words: their shape, their ids, their lengths, and what shows only when they are played."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from fixture_book import ROOT, Copy
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from scenario_plays import FIXTURES, compiled

from commissioning import game, scenario
from commissioning.check import game as game_check
from commissioning.check.evidence import find_in_links
from commissioning.check.schemas import schema
from commissioning.game import SKINS
from commissioning.game.words import Conditions, holds, said
from commissioning.source.expression import ExpressionError
from commissioning.source.faults import Faults

RULES = compiled("first-hundred-days")
STORY = game.rules_sheet(ROOT).model
FOLDER = ROOT / game.FOLDER
STRATEGIES: dict[str, Any] = {
    vector["strategy"]: vector["choices"]
    for vector in json.loads((FIXTURES / "prototype-vectors.json").read_text(encoding="utf-8"))["vectors"]
    if vector["strategy"] != "random"
}


# -- the book's own ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("skin", SKINS)
def test_a_telling_reads_as_itself(skin: str) -> None:
    told = game.words(ROOT, skin)
    assert told.year == skin
    assert told.provisional == (skin == "2026")
    assert len(told.messages) >= 40
    assert sum(line.when != "1" for line in told.letter) >= 14


@pytest.mark.parametrize("name", ["words-2013", "words-2026", "rules"])
def test_an_editor_finds_no_fault_in_these_files(name: str) -> None:
    shape = schema("rules" if name == "rules" else "game-words")
    Draft202012Validator.check_schema(shape)
    tree = json.loads(json.dumps(YAML(typ="safe", pure=True).load(FOLDER / f"{name}.yaml"), default=str))
    assert [error.message[:200] for error in Draft202012Validator(shape).iter_errors(tree)] == []


def test_the_two_tellings_share_next_to_no_sentences() -> None:
    """What is told in 2026 is not 2013 with its nouns changed; labels, and what people are known by, may stay."""
    texts = {skin: set(sentences(game.words(ROOT, skin).model_dump())) for skin in SKINS}
    both = {text for text in texts["2013"] & texts["2026"] if not re.search(r"[<>=]", text)}
    assert len(texts["2013"]) > 500
    assert len(both) <= 5, both


def sentences(value: Any) -> list[str]:
    """Sentences of eight words or more."""
    if isinstance(value, str):
        return [part for part in re.split(r"[.?] ", value) if len(part.split()) >= 8]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [one for part in parts for one in sentences(part)]


@pytest.mark.parametrize("skin", SKINS)
def test_each_named_strategy_ends_with_a_portrait_of_its_own(skin: str) -> None:
    told = game.words(ROOT, skin)
    trees = [game.condition(ROOT, line.when) for line in told.endings]
    ends = {}
    for name, choices in STRATEGIES.items():
        last = scenario.play(RULES, choices, seed=2013)[-1]
        values = game.told(RULES, last, scenario.afterwards(RULES, last))
        ends[name] = next(line.name for line, tree in zip(told.endings, trees, strict=True) if holds(tree, values))
    assert len(set(ends.values())) == len(STRATEGIES) == 6, ends


# -- what conditions read ------------------------------------------------------------------------------------------


def test_an_event_has_come_once_its_turn_is_over() -> None:
    state = scenario.start(RULES, 1)
    assert state["deck"][0] == "support-fails"
    assert game.told(RULES, state)["came.support_fails"] == 0
    state = scenario.step(RULES, state, {"governance": "workshop", "buying": "csu", "stance": "comply"})
    values = game.told(RULES, state)
    assert (values["came.support_fails"], values["came.top_slice"], values["came.scrutiny"]) == (1, 0, 0)
    assert holds(game.condition(ROOT, "governance.workshop and buying.csu and not buying.mixed"), values)
    assert not holds(game.condition(ROOT, "model.managers or route.tender"), values)


def test_the_letter_and_the_ending_read_the_same_day_365() -> None:
    last = scenario.play(RULES, STRATEGIES["Builder"], seed=1)[-1]
    later = scenario.afterwards(RULES, last)
    ending, letter = game.told(RULES, last, later), game.told(RULES, later)
    assert ending["position"] == letter["position"] == -3131
    assert ending["day_365"] == letter["day_365"] != ending["position"]
    assert ending["redesigned"] == 63.6 < (letter["redesigned"] or 0)
    assert ending["came.scrutiny"] == 1


def test_a_condition_may_name_only_what_there_is() -> None:
    with pytest.raises(ExpressionError, match="'moral' is not known here"):
        game.condition(ROOT, "moral > 3")


def test_nobody_says_the_same_thing_twice() -> None:
    conditions = Conditions(STORY)
    trees = [conditions.tree(when) for when in ("turn > 1", "turn > 2", "1", "engagement > 200", "1")]
    speakers = ["helen", "helen", "yusuf", "lien", "helen"]
    values = game.told(RULES, scenario.start(RULES))
    assert said(trees, speakers, values, []) == [2, 4]
    assert said(trees, speakers, values, [4]) == [2]
    values["turn"] = 3
    assert said(trees, speakers, values, [2, 4]) == [0]
    assert said(trees, speakers, values, [0, 2, 4]) == [1]


# -- broken copies -------------------------------------------------------------------------------------------------


class Broken:
    """A fixture book that holds the capstone as well, to be broken one thing at a time."""

    def __init__(self, copy: Copy) -> None:
        self.root = copy.root
        self.folder = copy.root / game.FOLDER
        shutil.copytree(FOLDER, self.folder, ignore=shutil.ignore_patterns("*.md", "decisions", "questions*", "ses*"))

    def change(self, old: str, new: str, name: str = "words-2013.yaml", times: int = 1) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, old
        (self.folder / name).write_text(text.replace(old, new, times), encoding="utf-8")

    def faults(self) -> list[str]:
        """Faults of the telling of 2013, but not that this small book lacks the facts which it cites."""
        from commissioning.book import read_book

        found = game_check.find(read_book(self.root), find_in_links)
        told = [" ".join(str(fault).split()) for fault in found if fault.path.name != "words-2026.yaml"]
        return [text.split(": ", 1)[-1] for text in told if "there is no source" not in text]


@pytest.fixture
def broken(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    monkeypatch.setattr(game_check, "PLAYS", 60)
    game_check.plays.cache_clear()
    yield Broken(copy)
    game_check.plays.cache_clear()


def some(broken: Broken, words: str) -> str:
    """The one fault that has these words in it; among 60 plays a rare line may go unsaid, which is another matter."""
    found = [fault for fault in broken.faults() if "nobody was told this" not in fault]
    matching = [fault for fault in found if words in fault]
    assert len(matching) == 1 == len(found), found
    return matching[0]


def test_a_book_without_a_capstone_has_no_faults_of_one(copy: Copy) -> None:
    assert not game.has_game(copy.root)
    assert game_check.sheets(copy.root) == []
    assert copy.faults() == []


def test_what_is_not_broken_has_no_fault(broken: Broken) -> None:
    assert [fault for fault in broken.faults() if "nobody was told this" not in fault] == []


def test_a_missing_file_is_a_fault(broken: Broken) -> None:
    (broken.folder / "words-2013.yaml").unlink()
    assert "the file is missing." in some(broken, "missing")
    with pytest.raises(Faults, match="the file is missing"):
        game.words(broken.root)


SHAPES = [
    ('year: "2013"', 'year: "1948"', "year"),
    ("    name: Money\n", "    nam: Money\n", "'nam' is not a key here"),
    ("  application: ", "  applications: ", "'applications' is not a key here"),
    ("provisional: false", "provisional: false\ntotal: 7", "'total' is not a key here"),
    ("  1:\n    title: Days 1 to 20, April", "  first:\n    title: Days 1 to 20, April", "first"),
]


@pytest.mark.parametrize(("old", "new", "words"), SHAPES)
def test_a_fault_of_shape_has_its_file_and_line(broken: Broken, old: str, new: str, words: str) -> None:
    broken.change(old, new)
    with pytest.raises(Faults) as caught:
        game.words(broken.root)
    told = str(caught.value)
    assert words in told
    assert "words-2013.yaml:" in told


SENSE: list[tuple[str, str, list[str]]] = [
    ("  owed: {name", "  owned: {name", ["there are no words for owed", "'owned' is not an id"]),
    ("      chair:\n", "      chairman:\n", ["there are no words for chair", "'chairman' is not an id"]),
    ("  support-fails:\n", "  support-fail:\n", ["no words for support-fails", "Did you mean 'support-fails'"]),
    ('{when: model.gps, text: "The con', '{when: model.gp, text: "The con', ["'model.gp' is not known here"]),
    ('when: lent > 0, text: "The centre', 'when: lent >, text: "The centre', ["this is not arithmetic"]),
    ("{sign: owed, text", "{sign: owned, text", ["'owned' is no variable and no account"]),
    ('{text: "The answer comes', '{sign: owed, text: "The answer comes', ["the last line, and only the last"]),
    ("consequence: Nothing happens.", f"consequence: Nothing happens{' at all' * 20}.", ["At most 40."]),
    (
        "consequence: You note it. It is noted again the next month, by which time there is a form for noting it.",
        "consequence: You pay in four days, and the area team tells other groups that you did.",
        ["the consequence is the same as that of property-charge, 'comply'"],
    ),
]


@pytest.mark.parametrize(("old", "new", "words"), SENSE, ids=[", ".join(row[2])[:40] for row in SENSE])
def test_a_fault_of_sense_is_told_in_words(broken: Broken, old: str, new: str, words: list[str]) -> None:
    broken.change(old, new)
    found = [fault for fault in broken.faults() if "nobody was told this" not in fault]
    assert len(found) == len(words)
    assert all(any(word in fault for fault in found) for word in words), found


def test_somebody_who_is_not_one_of_the_people_is_a_fault(broken: Broken) -> None:
    shutil.copy(ROOT / "book" / "people.yaml", broken.root / "book")
    broken.change("{who: maureen-gill, when: turn == 1", "{who: maureen-gil, when: turn == 1")
    assert "Did you mean 'maureen-gill'?" in some(broken, "is not one of the people")


def test_a_turn_in_which_too_few_speak_is_found_by_playing(broken: Broken) -> None:
    broken.change("when: turn == 1, text", "when: turn == 9, text", times=9)
    assert "in turn 1 fewer than 3 people have something to say" in some(broken, "fewer than 3")


def test_an_ending_that_leaves_somebody_out_is_found_by_playing(broken: Broken) -> None:
    broken.change("  - name: A little of each\n", "  - name: A little of each\n    when: money > 99\n")
    assert "no portrait is told" in some(broken, "portrait")


def test_a_line_that_nobody_is_ever_told_is_found_by_playing(broken: Broken) -> None:
    broken.change('when: lent > 0, text: "The centre', 'when: lent > 900000, text: "The centre')
    assert any("'paid', 0" in fault or "nobody was told this" in fault for fault in broken.faults())


def test_a_changed_rule_without_words_is_found(broken: Broken) -> None:
    broken.change("      template: {do:", "      elders: {do: []}\n      template: {do:", "rules.yaml")
    assert "there are no words for elders" in "\n".join(broken.faults())


def test_rules_that_cannot_be_read_are_told_once(broken: Broken) -> None:
    broken.change("turns: 5", "turns: five", "rules.yaml")
    found = broken.faults()
    assert len(found) == 1
    assert "whole number" in found[0] or "turns" in found[0]
