"""The built pages are valid HTML: by the checker of the web where Java and npm are at hand; three rules anywhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from test_javascript_types import npm

CHECKER = "vnu-jar@26.9.27"
ROLES = re.compile(r"^The “role” attribute must not be used on a “(td|th|tr)” element which has a “table” ancestor")
"""Our tables become blocks on a narrow screen, and say that they are tables: some screen readers would lose it else."""
SHAPES = {"g", "path", "circle", "rect", "text", "line", "svg"}


def level(heading: object) -> int:
    """The level of a heading, however it is marked."""
    given = heading.get("aria-level")  # type: ignore[attr-defined]
    return int(given or heading.name[1])  # type: ignore[attr-defined]


def test_no_id_stands_twice_on_a_page(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        twice = [name for name, count in Counter(part["id"] for part in page.find_all(id=True)).items() if count > 1]
        assert twice == [], path


def test_headings_skip_no_level(pages: dict[str, BeautifulSoup]) -> None:
    """In what a page says; the contents beside it are a list of their own."""
    for path, page in pages.items():
        main = page.find("main")
        found = (
            main.find_all(lambda tag: bool(re.fullmatch("h[1-6]", tag.name)) or tag.get("role") == "heading")
            if main
            else []
        )
        levels = [level(heading) for heading in found]
        skipped = [
            heading.get_text(" ", strip=True)
            for before, now, heading in zip([0, *levels], levels, found, strict=False)
            if now > before + 1
        ]
        assert skipped == [], path


def test_nothing_drawn_is_hidden_by_an_attribute_of_html(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        drawn = [part for part in page.find_all(hidden=True) if part.name in SHAPES]
        assert drawn == [], path


@pytest.mark.slow
def test_the_checker_of_the_web_finds_no_error(site: Path, tmp_path: Path) -> None:
    """Mend what it names: its page, its line and the words there."""
    if not shutil.which("java"):
        pytest.skip("there is no Java to run the checker")
    install = [npm(), "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", CHECKER]
    if subprocess.run(install, cwd=tmp_path, capture_output=True, timeout=240, check=False).returncode:
        pytest.skip("npm could not fetch the checker")
    jar = tmp_path / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json", "--exit-zero-always", site]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stderr[done.stderr.index("{") :])["messages"]
    errors = [
        f"{one['url'].partition(site.name)[2]}:{one.get('lastLine')} {one['message']} {one.get('extract', '')[:100]}"
        for one in said
        if one["type"] == "error" and not ROLES.match(one["message"])
    ]
    assert errors == []
