"""A command of `commissioning`, typed in this process."""

from __future__ import annotations

import sys

import pytest

from commissioning import cli

Ended = tuple[int, str, str]


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Ended:
    """Exit code, what was printed, and what was complained of."""
    monkeypatch.setattr(sys, "argv", ["commissioning", *map(str, arguments)])
    code = 0
    try:
        cli.main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err
