"""What pydantic finds wrong with the shape of a file, in words an author can act on. Called by `read`."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from commissioning.source.faults import Fault, did_you_mean, listed
from commissioning.source.tree import Trail

KEY = "[key]"
"""The last step that pydantic gives to the place of a mapping's key, where the key itself is wrong."""

MUST_BE = {
    "string_type": ("text", "Put quotes round it."),
    "int_type": ("a whole number", ""),
    "int_parsing": ("a whole number", ""),
    "int_from_float": ("a whole number", ""),
    "float_type": ("a number", ""),
    "float_parsing": ("a number", ""),
    "finite_number": ("a finite number", ""),
    "list_type": ("a list", "Begin each item with '- ', or write [a, b]."),
    "tuple_type": ("a list", "Write [a, b]."),
    "dict_type": ("a mapping", "Write lines of 'key: value'."),
    "model_type": ("a mapping", "Write lines of 'key: value'."),
    "model_attributes_type": ("a mapping", "Write lines of 'key: value'."),
    "date_type": ("a day such as 2026-11-21", ""),
    "date_parsing": ("a day such as 2026-11-21", ""),
    "date_from_datetime_parsing": ("a day such as 2026-11-21", ""),
    "greater_than": ("more than {gt:g}", ""),
    "greater_than_equal": ("at least {ge:g}", ""),
    "less_than_equal": ("at most {le:g}", ""),
}
"""What pydantic's errors mean to an author: "'x' must be …", and what would be right."""


def faults_of_shape(
    fault: Callable[..., Fault], known: Container[Trail], shape: Any, error: ValidationError
) -> Iterator[Fault]:
    """One fault a place: of a value that might have been one of two things, the first is what it should have been.

    `fault(trail, what is wrong, what would be right)` makes one; `known` holds every place that has a line of its own.
    """
    told: set[Trail] = set()
    for item in error.errors(include_url=False):
        trail = _known_part(known, item)
        if trail not in told:
            told.add(trail)
            yield _in_words(fault, shape, trail, item)


def _known_part(known: Container[Trail], error: Any) -> Trail:
    """The place of an error without the steps that pydantic adds for unions and for keys of mappings."""
    trail: Trail = ()
    for index, step in enumerate(error["loc"]):
        is_missing = error["type"] == "missing" and index == len(error["loc"]) - 1
        if (*trail, step) in known or is_missing:
            trail = (*trail, step)
    return trail


def _in_words(fault: Callable[..., Fault], shape: Any, trail: Trail, error: Any) -> Fault:
    kind, context, loc = error["type"], error.get("ctx", {}), tuple(error["loc"])
    if kind == "missing":
        last = trail[-1]
        wrong = f"'{trail[-2]}' needs {last + 1} numbers." if isinstance(last, int) else f"'{last}' is missing."
        return fault(trail[:-1], wrong)
    if kind == "extra_forbidden":
        known = _schema_at(shape, loc[:-1]).get("properties", {})
        return fault(trail, f"{_last(trail)} is not a key here.", did_you_mean(str(trail[-1:] and trail[-1]), known))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tags, tag = list(_schema_at(shape, loc)["discriminator"]["mapping"]), str(context.get("tag"))
        wrong = "'kind' is missing." if tag == "None" else f"{_got(tag)} is not a kind."
        return fault((*trail, "kind"), wrong, did_you_mean(tag, tags) or f"It must be one of {listed(sorted(tags))}.")
    if kind == "invalid_key":
        return fault(
            trail, f"{_got(error['input'])} will not do as a key.", "A key is a word or two, without brackets."
        )
    if loc and loc[-1] == KEY:
        right = f"It must be {context['expected']}." if kind == "literal_error" else _pattern_in_words(context)
        right = "Put quotes round it." if kind == "string_type" else right
        return fault(trail, f"{_last(trail)} will not do as a key.", right)
    return fault(trail, *_value_in_words(_named(shape, trail, loc), error))


def _last(trail: Trail) -> str:
    """The key that a place ends in; a key that is null has no place of its own."""
    return f"'{trail[-1]}'" if trail else "a blank"


def _value_in_words(name: str, error: Any) -> tuple[str, str]:
    kind, context, value, got = error["type"], error.get("ctx", {}), error["input"], _got(error["input"])
    if kind == "value_error":
        return f"{context['error']}.", ""
    if kind == "string_too_short" or value is None:
        return f"{name} is blank.", ""
    if kind == "literal_error":
        return f"{name} must be {context['expected']} (got {got}).", ""
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        return f"{name} needs {bound} (has {context['actual_length']}).", ""
    if kind == "string_pattern_mismatch":
        return f"{got} will not do for {name}.", _pattern_in_words(context)
    if kind not in MUST_BE:
        return f"{name} will not do: {error['msg'][:1].lower()}{error['msg'][1:]} (got {got}).", ""
    must_be, right = MUST_BE[kind]
    is_quotable = kind != "string_type" or not isinstance(value, list | dict)
    return f"{name} must be {must_be.format(**context)} (got {got}).", right if is_quotable else ""


def _named(shape: Any, trail: Trail, loc: Trail) -> str:
    """'title'; item 2 of 'outcomes'; the file."""
    if trail and isinstance(trail[-1], int) and _schema_at(shape, loc[:-1]).get("type") == "array":
        return f"item {trail[-1] + 1} of '{trail[-2]}'"
    return f"'{trail[-1]}'" if trail else "the file"


@lru_cache(maxsize=32)
def _schema(shape: Any) -> dict[str, Any]:
    """The JSON Schema of a shape, made once: it takes half a second for all kinds of decision."""
    return TypeAdapter(shape).json_schema()


def _schema_at(shape: Any, loc: Trail) -> dict[str, Any]:
    """The JSON Schema of the part of `shape` where `loc`, as pydantic gives it, stands."""
    whole = _schema(shape)
    part: dict[str, Any] = whole
    for step in loc:
        part = _inside(part, step)
        part = whole["$defs"][part["$ref"].rsplit("/")[-1]] if "$ref" in part else part
    return part


def _inside(part: dict[str, Any], step: str | int) -> dict[str, Any]:
    if "discriminator" in part:
        return {"$ref": part["discriminator"]["mapping"][step]}
    members = [part.get("items"), part.get("properties", {}).get(step), part.get("additionalProperties")]
    return next((found for found in [*members, *part.get("patternProperties", {}).values()] if found), {})


def _pattern_in_words(context: dict[str, Any]) -> str:
    pattern = context.get("pattern", "")
    if pattern.startswith("^(author"):
        return "It must be 'author', or 'panel(n)' for a real panel of ten or more."
    if pattern.startswith("^[a-z][a-z0-9_]"):
        return "Use small letters, figures and _, beginning with a letter, such as 'predictive_value'."
    if pattern.startswith("^[a-z0-9]"):
        return "Use small letters and figures with single hyphens between them, such as 'a-list-of-names'."
    return "Use letters and figures with single hyphens or stops between them, such as 'roland-2005'."


def _got(value: Any) -> str:
    """A value as a message quotes it: short, and in words where it is not one."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    text = str(value)
    return f"'{text[:57]}...'" if len(text) > 60 else f"'{text}'"
