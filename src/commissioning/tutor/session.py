"""A chapter's session plan as HTML, for the pages under *For tutors*."""

from __future__ import annotations

from commissioning import page
from commissioning.book.compile import TutorGuide


def session_html(guide: TutorGuide) -> str:
    """The plan of one session: what it needs, its steps by the minute, what usually happens."""
    return page.filled("session.html", guide=guide, s=guide.session, md=page.plain_md, w=page.words())
