"""What a page loads and others do not: scripts and styles by its kinds, stills without idle bytes, a cut typeface."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from commissioning import page
from commissioning.kinds import KINDS
from commissioning.page import letters, scripts, stills, styles
from commissioning.page.typeface import typeface
from commissioning.site import by_page

LIVE = {name: scripts.decision_script([name]) for name in KINDS}


# -- scripts -----------------------------------------------------------------------------------------------------------


def test_a_notebook_is_given_all_kinds_and_helpers_and_its_own_part() -> None:
    served = set(scripts.parts("decision.js"))
    assert {scripts.FRONT / part for part in (*scripts.HELPERS, *scripts.NOTEBOOK)} <= served
    own = (scripts.FRONT / scripts.NOTEBOOK[0]).read_text(encoding="utf-8")
    assert page.front("decision.js").replace(f"{own}\n", "") == scripts.decision_script(KINDS, scripts.HELPERS)


@pytest.mark.parametrize("name", KINDS)
def test_a_page_of_one_kind_is_sent_no_other(name: str) -> None:
    own = set(re.findall(r"^kinds(?:\.(\w+)|\[\"([\w-]+)\"\]) = ", LIVE[name], re.MULTILINE))
    assert {first or second for first, second in own} == {name}
    assert len(LIVE[name]) < len(page.front("decision.js")) / 2


@pytest.mark.parametrize("name", ["decision.js", "book.js", "record.js", "game.js"])
def test_a_script_is_sent_without_what_all_share_and_with_all_else(name: str) -> None:
    whole, own = scripts.parts(name), page.front(name, shared=False)
    missing = [part for part in whole if part.read_text(encoding="utf-8") not in own]
    assert missing == [scripts.FRONT / part for part in scripts.SHARED]
    assert all(part.read_text(encoding="utf-8") in page.shared_script() for part in missing)


def test_the_order_of_kinds_on_a_page_changes_nothing() -> None:
    assert scripts.decision_script(["claim", "ranking"]) == scripts.decision_script(["ranking", "claim", "claim"])


@pytest.mark.slow
def test_the_compiler_finds_every_name_in_the_script_of_each_kind(tmp_path: Path) -> None:
    """What one kind borrows of another goes into the core, as a part of its own: see HELPERS in page/scripts.py."""
    from test_javascript_types import OPTIONS, install_typescript, npm

    if not install_typescript(tmp_path):
        pytest.skip("npm could not fetch the TypeScript compiler")
    for name, script in LIVE.items():
        (tmp_path / f"{name}.js").write_text(script, encoding="utf-8")
    compiler = tmp_path / "node_modules" / "typescript" / "bin" / "tsc"
    command = [npm().parent / "node", compiler, *OPTIONS, *sorted(tmp_path.glob("*.js"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_a_page_is_told_the_words_that_its_script_says() -> None:
    assert len(page.page_words_json(LIVE["claim"])) < len(page.page_words_json()) / 2
    for name, script in LIVE.items():
        said = page.page_words_json(script)
        for key in re.findall(r"\b(?:words|w)\.([a-z_]+)\b", script):
            assert f'"{key}":' in said, (name, key)


# -- styles ------------------------------------------------------------------------------------------------------------

SHEET = """
@font-face { font-family: "B"; src: url("b.woff2"); }
a.one, b .two[data-set] { color: red; }
.three:not(.gone) { color: red; }
p:is(.six, .seven:not(.x, .y)), .eight { color: red; }
@media print { .four { color: red; } .one { color: blue; } }
@media print { .five { color: red; } }
x { --v: 1; }
"""


def test_rules_that_a_page_cannot_wear_are_left_out() -> None:
    left = styles.worn(SHEET, '<a class="one three">x</a>')
    assert "a.one { color: red; }" in left
    assert "two" not in left
    assert ".three:not(.gone)" in left
    assert "p:is(.six, .seven:not(.x, .y)) { color: red; }" in left
    assert "five" not in left and "four" not in left  # noqa: PT018
    assert "@media print {\n.one { color: blue; }\n}" in left
    assert "@font-face" in left and "x { --v: 1; }" in left  # noqa: PT018


def test_an_attribute_that_a_script_sets_counts() -> None:
    assert "two" in styles.worn(SHEET, 'two; row.dataset.set = "";')


@pytest.mark.parametrize("name", ["decision.css", "book.css", "around.css", "record.css", "game.css"])
def test_a_stylesheet_is_read_whole(name: str) -> None:
    """Nothing of ours is lost between the braces: with every word named, every selector stays."""
    css = re.sub(r"/\*.*?\*/", "", page.front(name), flags=re.DOTALL)
    assert styles.dropped(css, css) == []
    assert list(styles.selectors(styles.worn(css, css))) == list(styles.selectors(css))


# -- stills ------------------------------------------------------------------------------------------------------------


def test_a_still_loses_what_nobody_sees() -> None:
    svg = (
        '<svg class="marks" version="1.1"><g class="mark-group"><g transform="translate(0,0)"><path class="background" '
        'd="M0,0h0v0h0Z" pointer-events="none"/><g class="mark-text"><text transform="translate(53.428571,24.96)" '
        'font-family="A" opacity="1">2.1234</text><text font-family="A">3</text><text font-family="B">4</text></g></g>'
        '<g stroke="red"><g></g></g></g></svg>'
    )
    assert stills.lean(svg) == (
        '<svg font-family="A"><text transform="translate(53.4,25)">2.1234</text><text>3</text>'
        '<text font-family="B">4</text></svg>'
    )


def test_a_page_loses_space_that_shows_nothing_and_keeps_what_shows() -> None:
    body = '<div>\n\n<p>One <b>two</b>\n<i>three</i></p>\n<p><a class="fact reference internal">x</a></p>\n</div>\n'
    body += "<pre>\n<p>\n</p></pre>"
    assert by_page.without_idle(body) == (
        '<div><p>One <b>two</b>\n<i>three</i></p><p><a class="fact">x</a></p></div>\n<pre>\n<p>\n</p></pre>'
    )


# -- the typeface ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole() -> bytes:
    """The story typeface as its makers give it."""
    face = typeface(scripts.FRONT / "type")
    if face is None:
        pytest.skip("npm could not fetch the typeface")
    return face.font


def test_the_typeface_holds_what_the_book_prints_and_no_more(whole: bytes, tmp_path: Path) -> None:
    printed = letters.letters_of(["<p>Séance → β = {x}</p><code>\\</code>", "<script>¬ ñ</script>"])
    made = letters.cut(whole, printed, tmp_path)
    assert len(made) < 0.7 * len(whole)
    has = set(TTFont(BytesIO(made)).getBestCmap())
    assert {ord(sign) for sign in "Séance ñAz09£“”’–"} <= has
    assert not {ord(sign) for sign in "\\¬={}"} & has
    weights = TTFont(BytesIO(made))["fvar"].axes[0]
    assert (weights.minValue, weights.maxValue) == letters.WEIGHTS
    assert TTFont(BytesIO(made))["head"].unitsPerEm == letters.UNITS


def test_a_whole_alphabet_of_it_is_light_and_as_wide_as_it_was(whole: bytes, tmp_path: Path) -> None:
    made = letters.cut(whole, letters.ALWAYS, tmp_path)
    assert len(made) < 16 * 1024
    before, after = TTFont(BytesIO(whole)), TTFont(BytesIO(made))
    for sign, name in after.getBestCmap().items():
        was = before["hmtx"][before.getBestCmap()[sign]][0] / before["head"].unitsPerEm
        assert abs(after["hmtx"][name][0] / letters.UNITS - was) <= 0.5 / letters.UNITS + 1e-9, chr(sign)


def test_it_is_cut_once_and_the_same_way(whole: bytes, tmp_path: Path) -> None:
    made = letters.cut(whole, "abc", tmp_path / "one")
    assert letters.cut(whole, "abc", tmp_path / "two") == made
    (kept,) = (tmp_path / "one").iterdir()
    kept.write_bytes(made[:100])  # half of it
    assert letters.cut(whole, "abc", tmp_path / "one") == made
    letters.cut(whole, "abcd", tmp_path / "one")
    assert len(list((tmp_path / "one").iterdir())) == 1


def test_what_is_no_typeface_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no variable font"):
        letters.cut(b"wOF2", "abc", tmp_path)


def test_every_weight_that_the_styles_ask_of_the_story_typeface_is_in_it() -> None:
    rules = [block for sheet in scripts.FRONT.glob("*.css") for _, block in _all_rules(sheet.read_text("utf-8"))]
    asked = {
        int(weight)
        for block in rules
        if "--cb-story" in block and "--cb-story:" not in block
        for weight in re.findall(r"font(?:-weight)?: (\d{3})\b", block)
    }
    assert asked
    assert all(letters.WEIGHTS[0] <= weight <= letters.WEIGHTS[1] for weight in asked)


def _all_rules(css: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for prelude, block in styles.rules(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        found += _all_rules(block) if prelude.startswith(styles.INSIDE) else [(prelude, block)]
    return found


# -- code --------------------------------------------------------------------------------------------------------------


def test_code_keeps_the_marks_that_are_coloured() -> None:
    code = '<div class="highlight"><pre><span class="k">def</span> <span class="n">x</span></pre></div>'
    css = ".highlight .k { color: red; }"
    assert by_page.plain_code(code + '<span class="n">y</span>', css) == (
        '<div class="highlight"><pre><span class="k">def</span> x</pre></div><span class="n">y</span>'
    )
