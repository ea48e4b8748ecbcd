"""Deciding by mouse, one test for each kind: your own choice first, the score in words, focus on the feedback."""

from __future__ import annotations

from collections.abc import Callable

import reader as r
from playwright.sync_api import Page, expect


def feedback(page: Page, name: str) -> tuple[str, str, str]:
    """The state, the title and the score of what followed a decision; checks that they were said and focused."""
    title, score = r.words(page, name, ".after-title"), r.words(page, name, ".score")
    assert r.focused(page) == f"{name} .after-title"
    said = r.exercise(page, name).locator("> p[role=status], > details > p[role=status]").inner_text()
    assert said == score  # the title says itself, as what is focused: each is said once
    expect(r.exercise(page, name).locator(".go")).to_be_hidden()
    return r.words(page, name, ".state"), title, score


def test_a_wrong_and_very_sure_best_answer_costs_six_and_is_explained_first(chapter: Page) -> None:
    wrong = r.wrong_options(r.marking(chapter, r.BEST))[1]
    mine, best = r.letter(chapter, r.BEST, wrong), r.letter(chapter, r.BEST, r.marking(chapter, r.BEST)["key"])
    r.choose(chapter, r.BEST, wrong)
    assert r.words(chapter, r.BEST, ".state") == "deciding"
    r.be_sure(chapter, r.BEST, 3)
    r.press_decide(chapter, r.BEST)
    assert feedback(chapter, r.BEST) == (
        "decided",
        f"You chose {mine}, very sure",
        f"That scores −6 of a possible 3. As we see it, the answer best supported is {best}.",
    )
    assert r.open_branches(chapter, r.BEST) == [wrong]
    assert first_branch(chapter, r.BEST) == wrong
    assert r.words(chapter, r.BEST, ".branch .yours") == "Your choice"


def test_a_right_and_fairly_sure_best_answer_earns_two(chapter: Page) -> None:
    key = r.marking(chapter, r.BEST)["key"]
    r.choose(chapter, r.BEST, key)
    r.be_sure(chapter, r.BEST, 2)
    r.press_decide(chapter, r.BEST)
    _, title, score = feedback(chapter, r.BEST)
    assert title == f"You chose {r.letter(chapter, r.BEST, key)}, fairly sure"
    assert score == "That scores +2 of a possible 3. As we see it, that is the answer best supported."
    assert r.words(chapter, r.BEST, ".branch[open] .tag.best") == "Best supported"


def test_three_of_eight_earn_four_marks_each_and_open_first(chapter: Page) -> None:
    marked = r.marking(chapter, r.THREE)
    chosen = [*marked["key"][:2], r.wrong_options(marked)[0]]
    r.choose(chapter, r.THREE, *chosen)
    assert r.words(chapter, r.THREE, ".count") == "3 chosen."
    r.press_decide(chapter, r.THREE)
    a, b, c = sorted(r.letter(chapter, r.THREE, option) for option in chosen)
    assert feedback(chapter, r.THREE) == (
        "decided",
        f"You chose {a}, {b} and {c}",
        "In the authors’ key: 2 of your three. Marks: 8 of 12; guessing earns 4.5 on average.",
    )
    assert sorted(r.open_branches(chapter, r.THREE)) == sorted(chosen)
    order = r.exercise(chapter, r.THREE).locator(".branch").evaluate_all("all => all.map(b => b.dataset.option)")
    assert sorted(order[:3]) == sorted(chosen)
    assert sorted(order) == sorted(marked["options"])


def test_the_claim_that_the_plot_does_not_support_is_named_with_the_one_that_it_does(chapter: Page) -> None:
    marked = r.marking(chapter, r.CLAIM)
    wrong = r.wrong_options(marked)[0]
    r.choose(chapter, r.CLAIM, wrong)
    r.press_decide(chapter, r.CLAIM)
    state, title, score = feedback(chapter, r.CLAIM)
    assert (state, title) == ("decided", f"You chose {r.letter(chapter, r.CLAIM, wrong)}")
    right = r.letter(chapter, r.CLAIM, marked["key"])
    assert score == f"What is shown does not support that sentence. It supports this one: {right}."
    assert r.open_branches(chapter, r.CLAIM) == [wrong]


def test_two_unmarked_estimates_open_the_ranges_they_fall_in(chapter: Page) -> None:
    r.type_numbers(chapter, r.RANGES, 80, 20)
    r.press_decide(chapter, r.RANGES)
    assert feedback(chapter, r.RANGES) == ("decided", "You said 80%, then 20%", "")
    ranges = r.marking(chapter, r.RANGES)["ranges"]
    mine = {name for name, low, high in ranges for number in (80, 20) if low <= number < high}
    assert set(r.open_branches(chapter, r.RANGES)) == mine


def test_a_right_number_is_right_and_a_common_slip_is_recognised(chapter: Page) -> None:
    marked = r.marking(chapter, r.NUMBER)
    r.type_numbers(chapter, r.NUMBER, marked["errors"][0][1])
    r.press_decide(chapter, r.NUMBER)
    _, _, score = feedback(chapter, r.NUMBER)
    slip = r.exercise(chapter, r.NUMBER).locator(f'[data-error="{marked["errors"][0][0]}"]').text_content() or ""
    assert score.startswith("Not yet. ")
    assert score.removeprefix("Not yet. ") in slip
    assert r.open_branches(chapter, r.NUMBER) == []
    r.press_again(chapter, r.NUMBER)
    r.type_numbers(chapter, r.NUMBER, round(marked["value"], 1))
    r.press_decide(chapter, r.NUMBER)
    assert feedback(chapter, r.NUMBER)[2].startswith("That is right. Your first answer, kept: ")
    assert r.open_branches(chapter, r.NUMBER) == ["right"]


def test_a_number_of_no_common_slip_gets_the_general_hint(chapter: Page) -> None:
    r.type_numbers(chapter, r.NUMBER, 99)
    r.press_decide(chapter, r.NUMBER)
    hint = (r.exercise(chapter, r.NUMBER).locator(".otherwise").text_content() or "").strip()
    assert feedback(chapter, r.NUMBER)[2] == f"Not yet. {hint}"


def test_an_order_is_compared_place_by_place_with_the_authors(chapter: Page) -> None:
    key = r.marking(chapter, r.RANKING)["key"]
    for place, option in enumerate(key[1::-1] + key[2:]):
        row = r.exercise(chapter, r.RANKING).locator(f'.ladder [data-option="{option}"]')
        row.locator("select").select_option(index=place)
    r.press_decide(chapter, r.RANKING)
    state, title, score = feedback(chapter, r.RANKING)
    assert (state, title) == ("decided", "Your order and the authors’")
    assert score == (
        "Marks: 18 of 20. A random order would earn 12 on average; "
        "yours is 75% of the way from chance to the authors’ order."
    )
    tags = r.exercise(chapter, r.RANKING).locator(".ranks").all_text_contents()
    assert tags[0] == "You 2 · Authors 1 · one place apart"
    assert tags[4] == "You 5 · Authors 5 · the same place"
    assert r.open_branches(chapter, r.RANKING) == [key[0]]


def test_a_prediction_opens_the_sliders_and_is_kept_beside_the_models_figure(chapter: Page) -> None:
    expect(r.exercise(chapter, r.EXPLORER).locator(".dials")).to_be_hidden()
    r.type_numbers(chapter, r.EXPLORER, 500)
    r.press_decide(chapter, r.EXPLORER)
    state, _, score = feedback(chapter, r.EXPLORER)
    assert state == "you predicted £500"
    assert score.startswith("You predicted £500. The model gives £")
    expect(r.exercise(chapter, r.EXPLORER).locator("[data-range]").first).to_be_visible()
    assert r.words(chapter, r.EXPLORER, ".region-name")


def test_a_slider_dragged_moves_its_number_the_results_and_the_explanation(chapter: Page) -> None:
    r.type_numbers(chapter, r.EXPLORER, 500)
    r.press_decide(chapter, r.EXPLORER)
    slider = r.exercise(chapter, r.EXPLORER).locator("[data-range]").first
    before = r.words(chapter, r.EXPLORER, ".readouts")
    box = slider.bounding_box()
    assert box
    chapter.mouse.click(box["x"] + box["width"] - 5, box["y"] + box["height"] / 2)
    assert r.words(chapter, r.EXPLORER, ".readouts") != before
    number = r.exercise(chapter, r.EXPLORER).locator("[data-box]").first
    assert number.input_value() == slider.input_value() == slider.get_attribute("max")


def test_a_short_answer_shows_a_good_one_and_counts_the_points_you_tick(chapter: Page) -> None:
    r.decide(chapter, r.RECALL)
    assert feedback(chapter, r.RECALL)[1] == "One good answer"
    for tick in r.exercise(chapter, r.RECALL).locator(".near").all()[:2]:
        tick.click()
    assert r.words(chapter, r.RECALL, ".score") == "Points that you had: 2 of 3."
    kept = r.kept(chapter, r.RECALL)
    assert kept
    assert kept["last"]["response"]["points"] == [0, 1]


def test_disagreement_sources_and_every_other_branch_can_be_opened_after_deciding(chapter: Page) -> None:
    r.decide(chapter, r.BEST)
    made = r.exercise(chapter, r.BEST)
    expect(made.locator(".differ .who").first).to_be_visible()
    for branch in made.locator("details.branch:not([open])").all():
        branch.locator("summary").click()
        break
    assert len(r.open_branches(chapter, r.BEST)) == 2
    made.locator(".sources > summary").click()
    expect(made.locator(".sources a.fact").first).to_be_visible()
    assert r.words(chapter, r.BEST, ".key-status") == "The key is the authors’ view, not a panel’s."


def test_nothing_chosen_is_refused_in_words_and_the_focus_goes_there(chapter: Page) -> None:
    refusals: list[tuple[str, str, Callable[[], object]]] = [
        (r.BEST, "Choose one of the options first.", lambda: None),
        (r.BEST, "Say how sure you are first.", lambda: r.choose(chapter, r.BEST, "harm-shown")),
        (r.CLAIM, "Choose one of the options first.", lambda: None),
        (r.THREE, "Choose 3 more first.", lambda: None),
        (r.THREE, "Choose 1 more first.", lambda: r.choose(chapter, r.THREE, "send-to-all", "publish-the-count")),
        (r.RANGES, "Type a number from 0 to 100 first.", lambda: r.type_numbers(chapter, r.RANGES, 80, 101)),
        (r.NUMBER, "Type a number from 0 to 400 first.", lambda: r.type_numbers(chapter, r.NUMBER, -1)),
        (r.EXPLORER, "Type what you expect first.", lambda: None),
    ]
    for name, refusal, first in refusals:
        first()
        r.press_decide(chapter, name)
        assert r.words(chapter, name, ".need") == refusal
        assert r.focused(chapter).startswith(name)
        assert r.state(chapter, name) == "untouched"
        assert r.kept(chapter, name) is None


def test_a_fourth_choice_is_not_taken_and_the_reason_is_said(chapter: Page) -> None:
    options = r.marking(chapter, r.THREE)["options"]
    r.choose(chapter, r.THREE, *options[:4])
    need = r.exercise(chapter, r.THREE).locator(".need").first
    expect(need).to_have_text("Three are chosen already. Untick one to choose another.")
    ticked = r.exercise(chapter, r.THREE).locator("input:checked").evaluate_all("all => all.map(one => one.value)")
    assert ticked == options[:3]
    r.choose(chapter, r.THREE, options[0])
    assert r.words(chapter, r.THREE, ".count") == "2 chosen. Choose one more."


def test_what_was_said_to_be_missing_is_forgotten_once_it_is_there(chapter: Page) -> None:
    r.press_decide(chapter, r.CLAIM)
    r.choose(chapter, r.CLAIM, r.marking(chapter, r.CLAIM)["key"])
    expect(r.exercise(chapter, r.CLAIM).locator(".need")).to_be_hidden()


def first_branch(page: Page, name: str) -> str | None:
    """The option of the branch that stands first."""
    return r.exercise(page, name).locator(".branch").first.get_attribute("data-option")
