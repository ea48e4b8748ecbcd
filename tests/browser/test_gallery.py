"""The gallery: every kind of decision on one page, finished by keyboard, heard, kept, read without a script, touched.

Tests share two pages of this module: one decided by keyboard kind by kind, one decided by mouse. No test needs another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import reader as r
from fixture_book import ROOT
from playwright.sync_api import Browser, Page, StorageState, expect
from test_axe import CONTRAST, faults
from test_deciding_by_keyboard import stand_before, tab_to
from test_sizes import SMALL, TOUCH, WIDER

from commissioning.book.book import sheet
from commissioning.source.told import PLACE

pytestmark = pytest.mark.xdist_group("gallery")

Fresh = Callable[..., Page]
DECISIONS = ROOT / "book/kinds-of-decision/decisions"
EXAMPLES = sorted(path.stem for path in DECISIONS.glob("*.yaml"))
RIGHTS, DEAL, STORY = "example-decision-rights", "example-negotiation", "example-scenario"
DESK, PHONE, SMALLEST = ({"width": wide, "height": high} for wide, high in ((1280, 900), (390, 844), (320, 640)))
CONTROLS = {"button", "checkbox", "combobox", "DisclosureTriangle", "link", "listbox", "radio", "slider", "spinbutton"}
CONTROLS |= {"textbox", "group", "form"}
TOLD = """all => Object.fromEntries(all.map(one => [one.id, {
  after: one.querySelector(".after").innerText,
  talk: one.querySelector(".talk")?.innerText ?? "",
  form: [...one.querySelectorAll("form input, form select, form textarea")].filter(box => box.checkVisibility())
    .map(box => ["radio", "checkbox"].includes(box.type) ? box.checked : box.value),
  order: [...one.querySelectorAll("form [data-option]")].map(row => row.dataset.option),
  marks: [...one.querySelectorAll("[data-given]")].map(span => [span.dataset.span, span.dataset.given]),
}]))"""
# What a reader has come to by Tab; `moved` is false when nothing has moved the focus since the last look.
AT = """() => {
  const at = document.activeElement, exercise = at.closest("decision-exercise"), last = globalThis.lastAt;
  globalThis.lastAt = at;
  const count = what => exercise?.querySelectorAll(what).length ?? 0;
  return { moved: at !== last, exercise: exercise?.id ?? "", kind: exercise?.dataset.kind ?? "",
           state: exercise?.dataset.state ?? "", tag: at.tagName.toLowerCase(), type: at.type ?? "",
           checked: !!at.checked, empty: at.value === "", list: at.matches("[data-list]"), go: at.matches(".go"),
           away: at.matches("[aria-disabled=true]"), next: at.matches("[data-go='1']"),
           done: at.matches(".mark-menu button"), passage: at.matches(".passage"),
           reason: at.matches(".reason summary"),
           up: at.matches("[data-step='1'], [data-move='1']"), end: at.matches("[data-accept], [data-leave]"),
           canSay: [...exercise?.querySelectorAll(".go") ?? []].some(go => go.checkVisibility()),
           ticked: count("form input[name]:checked"), given: count("[data-given]"), used: count("[data-used]"),
           opened: count(".reason[open]") };
}"""


def open_everything(page: Page) -> None:
    """Open all that is folded. One author's file stands for all: the others are the same element, and 8,000 more."""
    page.locator(".source-file").evaluate_all("all => all.slice(1).forEach(one => one.remove())")
    r.open_everything(page)


@contextmanager
def opened(chromium: Browser, address: str) -> Iterator[Page]:
    """The gallery in a browser that has kept nothing; no error may be thrown or written to the console."""
    troubles: list[str] = []
    context = chromium.new_context(viewport=DESK)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    context.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    page = context.new_page()
    page.goto(address + r.GALLERY)
    yield page
    context.close()
    assert troubles == []


@pytest.fixture(scope="module")
def gallery(chromium: Browser, address: str) -> Iterator[Page]:
    """The gallery, each kind untouched until the test of that kind."""
    with opened(chromium, address) as page:
        yield page


@pytest.fixture(scope="module")
def finished(chromium: Browser, address: str) -> Iterator[Page]:
    """The gallery with every kind decided by mouse."""
    with opened(chromium, address) as page:
        for name in EXAMPLES:
            r.decide(page, name)
        yield page


@pytest.fixture(scope="module")
def kept_all(finished: Page) -> StorageState:
    """What that browser has kept."""
    return finished.context.storage_state()


def test_every_kind_of_the_book_is_in_the_gallery(gallery: Page) -> None:
    assert sorted(r.exercises(gallery)) == EXAMPLES
    kinds = {name: f"example-{r.kind(gallery, name)}" for name in EXAMPLES}
    assert {name: kind for name, kind in kinds.items() if name.startswith("example-")} == {
        name: name for name in EXAMPLES if name.startswith("example-")
    }
    assert set(kinds.values()) <= set(kinds), "what else the page asks is of a kind that it has shown"


# -- by keyboard alone ---------------------------------------------------------------------------------------------


def keys_for(at: dict[str, Any]) -> list[str]:
    """What a reader presses who has come to an element; "=…" is typed."""
    match at:
        case {"go": True}:
            return ["Enter"]
        case {"end": True, "canSay": False} | {"next": True, "away": False} | {"done": True}:
            return ["Enter"]
        case {"type": "radio", "checked": False}:
            return ["Space", "ArrowDown"] if at["kind"] in ("best-answer", "claim", "sourcing") else ["Space"]
        case {"type": "checkbox", "checked": False, "list": False}:
            return ["Space"] if at["ticked"] < (3 if at["kind"] == "choose-three" else 1) else []
        case {"type": "number", "kind": "estimate" | "explorer" | "priorities"}:
            return ["=50"]
        case {"tag": "select", "empty": True}:
            return ["ArrowDown"]
        case {"passage": True, "given": 0} | {"reason": True, "opened": 0} | {"up": True, "ticked": 0, "away": False}:
            return ["Enter"]
        case {"tag": "textarea", "empty": True}:
            return ["=Because of the third fact."]
    return []


def finish(page: Page, name: str) -> None:
    """Tab through an exercise from just before it, pressing what is needed, until it is decided."""
    stand_before(page, name)
    for _ in range(250):
        page.keyboard.press("Tab")
        while (at := page.evaluate(AT))["moved"]:
            if at["exercise"] != name:
                pytest.fail(f"Tab left {name} undecided")
            if at["state"] == "decided":
                return
            for key in keys_for(at):
                page.keyboard.type(key[1:]) if key[0] == "=" else page.keyboard.press(key)
    pytest.fail(f"{name} never ended")


def assert_heard(page: Page, name: str) -> None:
    """Decided, with the focus on the feedback's heading and the outcome said in the live region."""
    made = r.exercise(page, name)
    expect(made).to_have_attribute("data-state", "decided")
    expect(made.locator(".after-title")).to_be_focused()
    title, score, said = (
        made.locator(part).inner_text().strip() for part in (".after-title", ".score", "> p[role=status]")
    )
    assert title
    assert said == score  # the title says itself, as what is focused
    assert r.kept(page, name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_kind_is_finished_by_keyboard_alone(gallery: Page, name: str) -> None:
    finish(gallery, name)
    assert_heard(gallery, name)


def test_decision_rights_are_settled_row_by_row_on_a_phone_by_keyboard(fresh: Fresh, address: str) -> None:
    page = fresh(viewport=PHONE)
    page.goto(address + r.GALLERY)
    rows = r.exercise(page, RIGHTS).locator("tr[data-row]")
    first = r.exercise(page, RIGHTS).locator("tr[data-row]:visible")
    expect(first).to_have_count(1)
    stand_before(page, RIGHTS)
    tab_to(page, RIGHTS, "[data-go='1']")
    page.keyboard.press("Enter")
    expect(rows.nth(0)).to_be_hidden()
    expect(rows.nth(1).locator("select").first).to_be_focused()
    tab_to(page, RIGHTS, "[data-go='-1']")
    page.keyboard.press("Space")
    expect(rows.nth(0).locator("select").first).to_be_focused()
    finish(page, RIGHTS)
    assert_heard(page, RIGHTS)
    grid = r.kept(page, RIGHTS)["last"]["response"]["grid"]  # type: ignore[index]
    assert len(grid) == rows.count()


@pytest.mark.parametrize(("end", "move"), [("accept", "trade"), ("leave", "anchor")])
def test_a_negotiation_is_ended_by_keyboard(fresh: Fresh, address: str, end: str, move: str) -> None:
    page = fresh()
    page.goto(address + r.GALLERY)
    r.negotiate_once(page, DEAL, list(r.marking(page, DEAL)["moves"]).index(move))
    tab_to(page, DEAL, f"[data-{end}]")
    page.keyboard.press("Enter")
    assert_heard(page, DEAL)
    turns = r.kept(page, DEAL)["last"]["response"]["turns"]  # type: ignore[index]
    assert [turn["move"] for turn in turns] == [move, end]


def test_a_choice_in_the_scenario_is_taken_back_by_keyboard(fresh: Fresh, address: str) -> None:
    page = fresh()
    page.goto(address + r.GALLERY)
    now = r.exercise(page, STORY).locator(".paragraph.current")
    start = now.get_attribute("data-node")
    stand_before(page, STORY)
    tab_to(page, STORY, ".current .path:not([hidden]) input")
    page.keyboard.press("Space")
    tab_to(page, STORY, ".go")
    page.keyboard.press("Enter")
    assert now.get_attribute("data-node") != start
    expect(r.exercise(page, STORY).locator(".news")).to_be_focused()
    tab_to(page, STORY, "[data-back]")
    page.keyboard.press("Enter")
    assert now.get_attribute("data-node") == start
    assert r.focused(page) == f"{STORY} .radio"


# -- axe and the accessibility tree --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "size", "first", "other", "then"),
    [("untouched", SMALLEST, "light", DESK, "dark"), ("decided", DESK, "dark", SMALLEST, "light")],
    ids=["untouched", "decided"],
)
def test_axe_finds_nothing_serious_in_any_kind(
    fresh: Fresh,
    address: str,
    kept_all: StorageState,
    state: str,
    size: dict[str, int],
    first: str,
    other: dict[str, int],
    then: str,
) -> None:
    """Every rule in one scheme and size; in the other scheme, at the other size, contrast, which depends on them."""
    kept = {"storage_state": kept_all} if state == "decided" else {}
    page = fresh(reduced_motion="reduce", viewport=size, color_scheme=first, **kept)
    page.goto(address + r.GALLERY)
    assert {r.state(page, name) for name in EXAMPLES} == {state}
    open_everything(page)
    assert faults(page, "main") == []
    page.set_viewport_size(other)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=then)  # type: ignore[arg-type]
    assert faults(page, "main", **CONTRAST) == []


def tree(page: Page) -> list[dict[str, Any]]:
    """What a screen reader is given of the page, in order: role, name and level (0 where there is none)."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    ordered: list[dict[str, Any]] = []

    def walk(node: dict[str, Any]) -> None:
        if not node["ignored"]:
            levels = [held["value"]["value"] for held in node.get("properties", []) if held["name"] == "level"]
            name = str(node.get("name", {}).get("value", "")).strip()
            ordered.append({"role": node["role"]["value"], "name": name, "level": (levels or [0])[0]})
        for child in node.get("childIds", []):
            if child in by_id:
                walk(by_id[child])

    walk(nodes[0])
    return ordered


@pytest.mark.parametrize("state", ["untouched", "decided"])
def test_a_screen_reader_is_given_a_name_for_every_exercise_and_control_and_headings_in_order(
    fresh: Fresh, address: str, kept_all: StorageState, state: str
) -> None:
    page = fresh(**({"storage_state": kept_all} if state == "decided" else {}))
    page.goto(address + r.GALLERY)
    open_everything(page)
    heard = tree(page)
    titles = page.locator("decision-exercise .decision-title").all_inner_texts()
    assert [one["name"] for one in heard if one["role"] == "form" and one["name"] in titles] == titles
    assert len(titles) == len(EXAMPLES)
    assert [one for one in heard if one["role"] in CONTROLS - {"group"} and not one["name"]] == []
    headings = [one for one in heard if one["role"] == "heading"]
    main = headings[next(i for i, one in enumerate(headings) if one["level"] == 1) :]
    assert [one["name"] for one in main if not one["name"]] == []
    levels = [one["level"] for one in main]
    jumps = [main[i + 1]["name"] for i in range(len(levels) - 1) if levels[i + 1] > levels[i] + 1]
    assert jumps == []
    unnamed = "all => all.filter(one => !one.querySelector(':scope > legend')?.innerText.trim()).length"
    assert page.locator("decision-exercise fieldset").evaluate_all(unnamed) == 0


# -- what is kept --------------------------------------------------------------------------------------------------


def test_every_kind_stands_as_it_was_after_a_reload(finished: Page) -> None:
    before = finished.locator("decision-exercise").evaluate_all(TOLD)
    finished.reload()
    assert {r.state(finished, name) for name in EXAMPLES} == {"decided"}
    r.show_decided(finished)
    after = finished.locator("decision-exercise").evaluate_all(TOLD)
    for name in EXAMPLES:
        assert after[name] == before[name], name


def test_nothing_is_kept_but_our_own_keys(finished: Page) -> None:
    assert sorted(r.keys(finished)) == [f"{r.KEPT}decision:{name}" for name in EXAMPLES]
    assert finished.context.cookies() == []
    assert finished.evaluate("() => sessionStorage.length") == 0
    assert finished.evaluate("async () => (await indexedDB.databases()).length") == 0


# -- without a script ----------------------------------------------------------------------------------------------


def prose(model: Any, found: list[str]) -> list[str]:
    """Every explanation and consequence in what an author typed, at any depth."""
    if isinstance(model, dict):
        for key, value in model.items():
            if key in ("explanation", "consequence", "says") and isinstance(value, str):
                found.append(value)
            prose(value, found)
    elif isinstance(model, list):
        for value in model:
            prose(value, found)
    return found


def letters(text: str) -> str:
    """A text without its Markdown, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)).lower()


def test_without_javascript_every_explanation_consequence_and_objection_can_be_read(fresh: Fresh, address: str) -> None:
    page = fresh(java_script_enabled=False)
    page.goto(address + r.GALLERY)
    r.open_everything(page)
    for name in EXAMPLES:
        typed = prose(sheet(DECISIONS / f"{name}.yaml", "decision").model.model_dump(), [])
        shown = letters(r.exercise(page, name).inner_text())
        assert len(typed) >= 4, name
        parts = [part for text in typed for part in PLACE.split(text)[::2]]  # numbers from state are told in words
        assert [part for part in parts if letters(part) not in shown] == [], name


# -- on the smallest phone -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["untouched", "decided"])
def test_at_320_pixels_nothing_runs_off_the_side_and_everything_can_be_touched(
    fresh: Fresh, address: str, kept_all: StorageState, state: str
) -> None:
    page = fresh(viewport=SMALLEST, **({"storage_state": kept_all} if state == "decided" else {}))
    page.goto(address + r.GALLERY)
    r.open_everything(page)
    if state == "untouched":
        r.exercise(page, "example-annotation").locator("[data-list]").check()
    assert page.evaluate(WIDER) == []
    assert page.evaluate(SMALL, TOUCH) == []
    low = "(all, touch) => all.filter(one => one.checkVisibility() && one.offsetHeight < touch - 0.5).length"
    assert page.locator(".scale label, .near, .stance > summary").evaluate_all(low, TOUCH) == 0
