"""{routes}: ways through the book by reader or by time, each with its steps and the minutes they truly take."""

from __future__ import annotations

from html import escape

from docutils import nodes

from commissioning.book import routes
from commissioning.book.pages import Route
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.cover import strip
from commissioning.site.shown import note_shown
from commissioning.site.the_book import WORDS, book_of, link, note_files, tag
from commissioning.source import markdown

HOUR = 60


class Routes(BookDirective):
    """The routes of routes.yaml that are sorted `by` what the directive names: time or reader."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One card for each route."""
        book, by = book_of(self.env), self.arguments[0]
        if "routes" not in book.about:
            return self.warn("{routes} needs book/routes.yaml.")
        note_files(self.env, ["routes.yaml"])
        note_shown(self.env, "legs")
        kept: dict[str, Route] = book.about["routes"].model
        chosen = {name: route for name, route in kept.items() if route.by == by}
        try:
            cards = "".join(self.card(name, route) for name, route in chosen.items())
        except routes.UnknownStopError as error:
            return self.warn(f"{{routes}}: {error.args[0]}")
        return [raw(tag("div", cards, class_="routes"))]

    def card(self, name: str, route: Route) -> str:
        """A title with the minutes, why, and the steps in order."""
        book = book_of(self.env)
        minutes = tag("span", escape(time_in_words(route.minutes)), class_="minutes")
        title = tag("h3", escape(route.title) + " " + minutes, id_=f"route-{name}")
        legs = routes.legs(book, route)
        steps = tag("ol", "".join(tag("li", self.step(leg)) for leg in legs))
        opened = tag("details", tag("summary", WORDS["its_steps"]) + steps, class_="more")
        return tag("section", title + markdown.html(route.why, link) + strip(book, legs) + opened, class_="route")

    def step(self, leg: routes.Leg) -> str:
        """A link, what to do there, and its minutes."""
        address = self.env.app.builder.get_relative_uri(self.env.docname, leg.docname)
        href = f"{address}#{leg.anchor}" if leg.anchor else address
        title = WORDS["session_of"].format(title=leg.title) if leg.is_session else leg.title
        note = f" {escape(leg.note)}" if leg.note else ""
        minutes = tag("span", escape(time_in_words(leg.minutes)), class_="minutes")
        return tag("a", escape(title), href=href) + note + " " + minutes


def time_in_words(minutes: int) -> str:
    """45 minutes; 2 hours; 2½ hours."""
    if minutes < 2 * HOUR or minutes % (HOUR // 2):
        return str(WORDS["minutes"].format(minutes=minutes))
    return str(WORDS["hours"].format(hours=f"{minutes // HOUR}{'½' if minutes % HOUR else ''}"))
