"""What a parser of YAML says to programmers, in words that an author can act on. Called by `tree`."""

from __future__ import annotations

import yaml

from commissioning.source.signs import Told

QUOTE = "Put quotes round it."
ALIAS = ("a * begins this text, which makes it an alias to YAML.", "Put quotes round it, or write it out.")
DIRECTIVE = (
    "a % begins this line, which makes it a command to YAML.",
    "Delete the line, or put quotes round the text.",
)


def in_words(error: yaml.YAMLError, text: str) -> Told:
    """What a parser says to programmers, as an author needs it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return 1, "this cannot be read as YAML.", "Check the indentation and the brackets."
    context, problem = str(getattr(error, "context", "")), str(getattr(error, "problem", None) or "")
    line, opened = mark.line + 1, getattr(error, "context_mark", None) or mark
    if "end of stream" in problem or "document indicator" in problem:
        if "quoted scalar" in context:
            return opened.line + 1, "a quotation mark opens here and does not close.", "Close it, or delete it."
        return line, "the file ends in the middle of something.", "Close what is open."
    if text[mark.index : mark.index + 1] == "\t" or "tab character" in problem:
        return line, "a tab stands where YAML wants spaces.", "Indent with spaces."
    if "expected key" in problem or "'-' indicator" in problem:
        before = text[: mark.index].rpartition("\n")[2].rstrip()
        if before.endswith(("'", '"')):
            return (
                line,
                "words stand behind the closing quotation mark.",
                "Put the whole text in quotes, or below '>-'.",
            )
    for part, wrong, right in NOT_YAML:
        if part in f"{context}: {problem}":
            return line, wrong, right
    return line, f"this is not valid YAML: {problem or context}.", "Check the indentation and the brackets."


NOT_YAML = [
    ("directive", *DIRECTIVE),
    ("incompatible YAML", *DIRECTIVE),
    ("duplicate %", *DIRECTIVE),
    ("escape c", "a \\ stands here before a sign that it does not go with.", "Write \\\\, or use single quotes."),
    (
        "<document start>",
        "something stands here behind the end of the file's content.",
        "Indent it, or delete the '---'.",
    ),
    ("',' or", "a bracket opens here, or above, and does not close.", "Close it, or put quotes round the text."),
    ("scanning an anchor", "text may not begin with this sign.", QUOTE),
    ("scanning an alias", *ALIAS),
    ("tag", "a ! begins this text, which makes it a type to YAML.", QUOTE),
    ("expected key", "this line is not indented like the others beside it.", "Indent it as they are."),
    ("'-' indicator", "this line is not indented like the others beside it.", "Indent it as they are."),
    ("<block end>", "this line is not indented like the others beside it.", "Indent it as they are."),
    ("mapping values", "a colon stands where none may.", "Check the indentation, or put quotes round text with ': '."),
    ("cannot start any token", "text may not begin with this sign.", QUOTE),
    ("node content", "text may not begin with this sign.", QUOTE),
    ("expected ':'", "this line, or the one above it, lacks a colon after its key.", ""),
    ("block scalar", "words stand behind the | or >.", "Begin the text on the next line."),
]
"""A part of what the parser says, what it means to an author, and what to do."""
