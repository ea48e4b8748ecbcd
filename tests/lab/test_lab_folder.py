"""`commissioning lab FOLDER --no-start`: a learner's own copies, which nobody overwrites."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "finding-people-at-risk.ipynb"


@pytest.mark.slow
def test_the_command_writes_what_is_missing_and_keeps_what_a_learner_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "my casebook"
    mine = folder / "exercises" / CHAPTER
    mine.parent.mkdir(parents=True)
    mine.write_text("my own words", encoding="utf-8")

    command = [
        str(Path(sys.executable).with_name("commissioning")),
        "lab",
        str(folder),
        "--no-start",
        "--book",
        str(ROOT),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert said.returncode == 0, said.stderr
    assert mine.read_text(encoding="utf-8") == "my own words"
    assert f"kept  {mine}" in said.stdout
    written = [Path(line.removeprefix("wrote ")) for line in said.stdout.splitlines() if line.startswith("wrote ")]
    assert any(path.name == CHAPTER for path in written)
    assert all(path.is_file() for path in written)
