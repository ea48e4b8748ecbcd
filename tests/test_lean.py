"""Scripts and styles as they are sent: shorter, the same, and made anywhere, also in a process that has divided."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from commissioning import page
from commissioning.site import lean

ROOT = Path(__file__).resolve().parents[1]
NEEDED = pytest.mark.skipif(not lean.is_known(), reason=f"{lean.PACKAGE} has no build for this machine")
LONG = '(() => {\n  // a remark\n  const chosen = "one", other = 2;\n  window.said = [chosen, other, chosen];\n})();\n'


@NEEDED
def test_names_are_shortened_and_words_and_properties_are_not() -> None:
    short = lean.script(LONG)
    assert '"one"' in short
    assert "window.said=" in short
    assert "chosen" not in short and "remark" not in short  # noqa: PT018


@NEEDED
def test_what_other_scripts_ask_for_keeps_its_name() -> None:
    shared = lean.script(page.shared_script())
    for name in ("makeShelf", "makeSlot", "guarded", "steady", "printWhole", "giveFile"):
        assert f"function {name}(" in shared


@NEEDED
def test_a_script_that_no_browser_could_read_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        lean.script("const a = 1;\nconst = 2;\n")


@NEEDED
def test_a_process_that_was_divided_shortens_too() -> None:
    """Sphinx writes pages in divided processes; what shortens, loaded before, stood still in them for ever."""
    fresh = LONG.replace("a remark", f"{id(LONG)}")
    lean.script(fresh)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(lean.script, (fresh + "\n",)).get(timeout=60) == lean.script(fresh)


def test_without_it_a_script_keeps_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lean, "_known", lambda: "")
    assert "chosen" in lean.script(LONG)
    assert "remark" not in lean.script(LONG)


@NEEDED
def test_what_shortens_scripts_leaves_arithmetic_as_it_is() -> None:
    """It wrote Math.sqrt(x) as x**.5, which may differ in the last bit and does of a nought below zero."""
    rooted = [
        path.name for path in (ROOT / "src/commissioning").rglob("*.js") if "Math.sqrt(" in path.read_text("utf-8")
    ]
    assert rooted == [], "write exact.sqrt(x), of core/expression.js"
    assert "**.5" not in lean.script("const exact = { sqrt: Math.sqrt }; globalThis.root = (x) => exact.sqrt(x);")
