"""Annotation. Golden scores: tests/contract/annotation.json."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from commissioning import page
from commissioning.book.compile import Exercise, edition
from commissioning.kinds import annotation

TEXT = """
**Minute**

It was {fall: a great *fall*}; the {rest: rest} follow.
{next: Next meeting on Friday.}
"""


def span(*tags: str, **more: Any) -> dict[str, Any]:
    return {"tags": list(tags), "explanation": "So it is", **more}


def element(*, missing: bool) -> dict[str, Any]:
    return {"text": "The cost", "missing": missing, "explanation": "Nobody says"}


SPANS = {"rest": span("owner", near={"claim": "Nearly"}), "fall": span("claim"), "next": span()}


def decision(**more: Any) -> annotation.Decision:
    common = {
        "title": "T",
        "kind": "annotation",
        "era": "now",
        "minutes": 3,
        "outcomes": ["o"],
        "situation": "S",
        "ask": "A",
        "document": TEXT,
        "tags": {"claim": "A claim", "owner": "No owner"},
        "spans": SPANS,
    }
    made: annotation.Decision = TypeAdapter(annotation.Decision).validate_python(common | more)
    return made


def html(content: annotation.Decision) -> str:
    marking = annotation.compiled(content)
    return page.render(Exercise("e", "annotation", "c", "", content, marking, edition("annotation", marking), ()))


def faults(**more: Any) -> list[str]:
    return [wrong for _, wrong, _ in annotation.find(decision(**more))]


def test_a_sound_document_has_no_fault() -> None:
    assert faults() == []
    assert faults(elements={"cost": element(missing=True), "day": element(missing=False)}) == []


def test_passages_come_in_reading_order_with_their_line() -> None:
    assert decision().passages() == [
        ("fall", "a great *fall*", 2),
        ("rest", "rest", 2),
        ("next", "Next meeting on Friday.", 3),
    ]
    assert [name for name, _, _ in annotation.compiled(decision())["spans"]] == ["fall", "rest", "next"]


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"document": TEXT + "{more: more}"}, "the document marks 'more', which is not in 'spans'."),
        ({"document": TEXT + "{rest: again}"}, "the document marks 'rest' 2 times."),
        ({"document": TEXT.replace("{rest: rest}", "rest")}, "the document does not mark this passage."),
        ({"document": TEXT.replace("{rest: rest}", "{rest: }")}, "the document marks 'rest', but none of its words."),
        ({"document": TEXT + "{open"}, "a bracket in the document opens or closes no passage."),
        ({"document": TEXT + "{rest: {fall: x}}"}, "a bracket in the document opens or closes no passage."),
        ({"spans": SPANS | {"fall": span("loud")}}, "there is no tag 'loud'."),
        ({"spans": SPANS | {"fall": span("claim", offer=["owner"])}}, "'claim' is not offered here."),
        (
            {"spans": SPANS | {"fall": span("claim", near={"claim": "x"})}},
            "'claim' is accepted, so it is not a near miss.",
        ),
        ({"spans": {name: span() for name in SPANS}}, "no passage needs a mark."),
        ({"spans": {name: span("claim") for name in SPANS}}, "every passage needs a mark."),
        ({"elements": {"cost": element(missing=True)}}, "the key is unbalanced: all are missing, or none is."),
    ],
)
def test_a_fault_of_sense_is_named(parts: dict[str, Any], wrong: str) -> None:
    assert wrong in faults(**parts)


def test_the_document_is_written_with_its_passages_in_place() -> None:
    made = html(decision())
    assert '<li>It was <span class="passage" data-span="fall">a great <em>fall</em></span>; the ' in made
    assert made.count('class="passage"') == 3


def test_a_passage_can_offer_fewer_tags() -> None:
    narrow = html(decision(spans=SPANS | {"fall": span("claim", offer=["claim"])}))
    assert html(decision()).count('<option value="owner">') == 3
    assert narrow.count('<option value="owner">') == 2


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '" onclick="x', "\ue000fall\ue001\ue002", "</script>"])
def test_what_an_author_writes_stays_text(nasty: str) -> None:
    made = html(decision(document=TEXT + nasty, tags={"claim": nasty + "x", "owner": "No owner"}))
    assert made.count("<script") == 1
    assert '" onclick' not in made
    assert made.count('class="passage"') == 3


@settings(deadline=None)
@given(st.text(alphabet="{}ab: -\n*", max_size=60))
def test_no_document_breaks_the_reader(text: str) -> None:
    try:
        content = decision(document=TEXT + text)
    except ValidationError as refused:  # signs that Markdown would take for its own are named, not lost
        if "would not be seen" not in str(refused):
            raise
        return
    assert isinstance(content.lines(), list)
    assert all(number >= 1 for _, _, number in content.passages())
    list(annotation.find(content))


MARKING: dict[str, Any] = {
    "tags": ["t", "u"],
    "spans": [["a", ["t"], []], ["b", ["t", "u"], []], ["c", [], ["u"]], ["d", ["u"], ["t"]]],
    "elements": [],
}


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("tu")))
def test_recall_and_precision_are_shares_and_one_more_good_mark_lowers_neither(tags: dict[str, str]) -> None:
    before = annotation.score(MARKING, {"tags": tags, "missing": []})
    after = annotation.score(MARKING, {"tags": tags | {"a": "t"}, "missing": []})
    assert before
    assert after
    assert 0 <= before["recall"] <= after["recall"] <= 1
    assert 0 <= (before["precision"] or 0) <= after["precision"] <= 1


def test_marking_everything_finds_all_and_pays_for_it_in_precision() -> None:
    score = annotation.score(MARKING, {"tags": dict.fromkeys("abcd", "u"), "missing": []})
    assert score
    assert (score["recall"], score["precision"], score["near"]) == (2 / 3, 2 / 4, ["c"])
