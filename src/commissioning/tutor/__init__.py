"""What a tutor takes to class. Nothing made here may stand in a page for learners."""

from __future__ import annotations

from commissioning.tutor.session import session_html

__all__ = ["session_html"]
