"""The words are spelt, and in the British way: codespell's own list of mistakes, and its list of American spellings."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import codespell_lib
from fixture_book import ROOT

WRITTEN = ("book/**/*.md", "book/**/*.yaml", "solutions/*.ipynb", "*.md", "src/commissioning/**/*.yaml")
NOT_OURS = {"articles.txt"}
ALSO_BRITISH = {
    "practice",
    "practices",
    "story",
    "stories",
    "biased",
    "license",
    "specialty",
    "meter",
    "meters",
    "judgment",
}
"""American spellings of one word that are British spellings of another; "license" is also a file's name,
"specialty" is the medical word, and "judgment" is a court's."""


def written() -> Iterator[Path]:
    yield from (path for pattern in WRITTEN for path in sorted(ROOT.glob(pattern)) if path.name not in NOT_OURS)


def american() -> dict[str, str]:
    """Each American spelling, with the British one."""
    listed = Path(codespell_lib.__file__).parent / "data" / "dictionary_en-GB_to_en-US.txt"
    pairs = (line.split("->") for line in listed.read_text(encoding="utf-8").splitlines() if "->" in line)
    return {there.strip(): here for here, spelt in pairs for there in spelt.split(",") if there.strip()}


def test_nothing_is_misspelt() -> None:
    command = [sys.executable, "-m", "codespell_lib", "--toml", str(ROOT / "pyproject.toml"), *map(str, written())]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stdout == ""


def test_nothing_is_spelt_the_american_way() -> None:
    spellings, found = american(), []
    assert spellings["center"] == "centre"
    for path in written():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for word in re.findall(r"[a-z]+", re.sub(r"https?://\S+|`[^`]*`", "", line.lower())):
                if word in spellings and word not in ALSO_BRITISH:
                    found.append(f"{path.relative_to(ROOT)}:{number}: {word} -> {spellings[word]}")
    assert found == []
