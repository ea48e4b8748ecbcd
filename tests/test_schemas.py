"""JSON Schemas: what an author's editor completes and validates from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fixture_book import FIXTURES, ROOT
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from commissioning.book import SHAPES
from commissioning.book import pages as model_pages
from commissioning.check.schemas import schema, write_schemas
from commissioning.kinds import KINDS

FILES = {"decision": "book/*/decisions/*.yaml", "questions": "book/*/questions.yaml", "session": "book/*/session.yaml"}
FILES |= {"facts": "book/facts.yaml", "glossary": "book/glossary.yaml"}
FILES |= {name: f"book/{name}.yaml" for name in model_pages.SHAPES}
WRITTEN = [(shape, path) for root in (ROOT, FIXTURES / "book") for shape in FILES for path in root.glob(FILES[shape])]


def as_an_editor_reads_it(path: Path) -> Any:
    """YAML as JSON: keys are text, and so are days."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(path), default=str))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_schema_that_is_one(shape: str) -> None:
    Draft202012Validator.check_schema(schema(shape))


@pytest.mark.parametrize(("shape", "path"), WRITTEN, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_an_editor_finds_no_fault_where_the_check_finds_none(shape: str, path: Path) -> None:
    errors = list(Draft202012Validator(schema(shape)).iter_errors(as_an_editor_reads_it(path)))
    assert [error.message[:200] for error in errors] == []


SEEN_BY_EDITORS = [
    "decision-missing-key",
    "decision-misspelt-key",
    "decision-unknown-kind",
    "decision-too-few-options",
    "decision-wrong-era",
    "decision-panel-of-three",
    "decision-hours",
    "questions-one-point",
    "session-two-exchanges",
    "facts-wrong-confidence",
    "glossary-misspelt-key",
]


@pytest.mark.parametrize("name", SEEN_BY_EDITORS)
def test_an_editor_sees_the_commonest_faults_while_an_author_types(name: str) -> None:
    bad = as_an_editor_reads_it(FIXTURES / "bad" / f"{name}.yaml")
    assert not Draft202012Validator(schema(name.split("-")[0])).is_valid(bad)


def test_a_decision_is_told_apart_by_its_kind() -> None:
    assert set(schema("decision")["discriminator"]["mapping"]) == {
        name for name, kind in KINDS.items() if kind.Decision
    }


@pytest.mark.parametrize(("shape", "path"), WRITTEN, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_the_first_line_of_each_file_leads_to_its_schema(shape: str, path: Path) -> None:
    root = next(parent for parent in path.parents if (parent / "_toc.yml").exists())
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
    assert found
    assert (path.parent / found.group(1)).resolve() == root / ".schemas" / f"{shape}.schema.json"


def test_schemas_are_written_for_every_shape(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "deep" / "er")
    assert {path.name for path in written} >= {f"{shape}.schema.json" for shape in SHAPES}
    for path in written:
        assert json.loads(path.read_text(encoding="utf-8"))["$schema"].endswith("2020-12/schema")
