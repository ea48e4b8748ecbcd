"""What a chapter's page takes from its front matter: {chapter-head}, {outcomes} and {portfolio}."""

from __future__ import annotations

from html import escape

from docutils import nodes

from commissioning.book import Chapter
from commissioning.site import paper
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.the_book import WORDS, line, note_files, tag
from commissioning.source import markdown

SAVE = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"/></svg>'


class ChapterHead(BookDirective):
    """Standfirst, time, decisions, who speaks, outcomes and curricula, all from the front matter."""

    def run(self) -> list[nodes.Node]:
        """The head; the label above the title is the shell's."""
        chapter = self.chapter()
        if chapter is None:
            return self.needs_chapter()
        note_files(self.env, [chapter.file(f"decisions/{name}.yaml") for name in chapter.order])
        head = chapter.head.model
        times = count_words(len(chapter.order))
        rows = {"time": time_words(chapter), "you_decide": times, "who_speaks": line(head.speaks)}
        terms = "".join(tag("dt", WORDS[name]) + tag("dd", words) for name, words in rows.items())
        return [
            raw(tag("p", line(head.standfirst), class_="standfirst") + tag("dl", terms, class_="terms")),
            sittings_place(),
            raw(outcomes_html(chapter) + maps_html(head.maps_to) + paper.ways_html()),
        ]


class Outcomes(BookDirective):
    """The outcomes alone, for a page that shows them elsewhere."""

    def run(self) -> list[nodes.Node]:
        """The numbered list."""
        chapter = self.chapter()
        return self.needs_chapter() if chapter is None else [raw(outcomes_html(chapter))]


def sittings_place() -> nodes.raw:
    """Where `sittings` puts the list of them; nothing where a chapter names none."""
    place = raw("")
    place["sittings"] = True
    return place


def time_words(chapter: Chapter) -> str:
    """About 75 minutes: 20 to read, 30 to decide, 25 for the lab."""
    head = chapter.head.model
    decide = sum(chapter.decisions[name].model.minutes for name in chapter.order if name in chapter.decisions)
    parts = {"to_read": head.reading_minutes, "to_decide": decide, "for_lab": head.lab_minutes}
    said = [WORDS[name].format(minutes=minutes) for name, minutes in parts.items() if minutes]
    return str(WORDS["time_parts"].format(total=sum(parts.values()), parts=", ".join(said)))


def count_words(count: int) -> str:
    """once; 5 times."""
    return str(WORDS["once"] if count == 1 else WORDS["times"].format(count=count))


def outcomes_html(chapter: Chapter) -> str:
    """ "By the end you can": numbered, with the verb in bold as the author set it."""
    items = "".join(tag("li", f"<span>{line(text)}</span>") for text in chapter.head.model.outcomes.values())
    label = tag("p", WORDS["by_the_end"], class_="label")
    return tag("div", label + tag("ol", items), class_="outcomes-list")


def maps_html(maps_to: dict[str, list[str]]) -> str:
    """The curricula that a chapter counts towards, one press away."""
    if not maps_to:
        return ""
    named = {WORDS["maps"].get(name.lower(), name): items for name, items in maps_to.items()}
    rows = "".join(tag("dt", escape(name)) + tag("dd", "; ".join(map(line, items))) for name, items in named.items())
    summary = tag("summary", WORDS["counts_towards"])
    return tag("details", summary + tag("dl", rows, class_="terms"), class_="more")


class Portfolio(BookDirective):
    """The chapter's portfolio prompt and a box for the learner's words, kept in their browser."""

    def run(self) -> list[nodes.Node]:
        """`front/book.js` keeps what is typed, and when, under `commissioning:reflection:<chapter>`."""
        chapter = self.chapter()
        if chapter is None:
            return self.needs_chapter()
        name = f"reflection-{chapter.slug}"
        ask, mark, rest = markdown.plain(chapter.head.model.portfolio).partition("? ")
        more = tag("p", escape(rest)) if rest else ""
        return [
            raw(
                f'<section class="prompt" data-reflection="{chapter.slug}" aria-labelledby="{name}-label">'
                f'<p class="label">{WORDS["portfolio"]}</p>'
                f'<label for="{name}" id="{name}-label">{escape(ask + mark.strip())}</label>{more}'
                f'<textarea id="{name}" placeholder=" " autocomplete="off" aria-describedby="{name}-note"></textarea>'
                f'<p class="small" id="{name}-note">{WORDS["portfolio_note"]}</p>'
                f'<div class="need" role="alert" data-not-saved="{escape(WORDS["not_saved"])}" '
                f'data-forgotten="{escape(WORDS["forgotten_elsewhere"])}" '
                f'data-back="{escape(WORDS["put_back"])}"></div>'
                f'<p class="does"><button class="quiet" type="button" data-download="{chapter.slug}.txt" '
                f'data-no-file="{escape(WORDS["no_file"])}" data-copy="{escape(WORDS["copy_text"])}" '
                f'data-copied="{escape(WORDS["copied"])}">'
                f"{SAVE}{WORDS['download_text']}</button></p></section>"
            )
        ]
