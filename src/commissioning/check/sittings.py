"""A chapter is read in three to five sittings of 8 to 20 minutes, each of which begins with a heading of the page.

The minutes are computed: the words of the page (`minutes`), its decisions (`deciding`) and its questions, which are
said or chosen and then looked at. A chapter that takes less than three of the shortest sittings needs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from commissioning.book import Book, Chapter, cells
from commissioning.book import sittings as cutting
from commissioning.check import around, deciding, minutes
from commissioning.kinds import AnyQuestion
from commissioning.source import markdown
from commissioning.source.faults import Fault, did_you_mean

FEWEST, MOST, SHORTEST, LONGEST = 3, 5, 8, 20
SAID = 30
"""Seconds to say a short answer to oneself, and as many for each option that is weighed before one is chosen."""
WEIGHED = 8


def takes(book: Book, chapter: Chapter, part: cutting.Part) -> float:
    """The minutes of one sitting: its words, its decisions and its questions."""
    read = minutes.met_words(book, around.FENCE.sub("", part.text)) / minutes.SILENT
    decide = sum(
        deciding.minutes(chapter.decisions[name].model) for name in part.decisions if name in chapter.decisions
    )
    return read + decide + sum(asking(one) for one in _questions(book, chapter, part))


def questions(book: Book, chapter: Chapter) -> float:
    """The minutes of all that a chapter asks from memory, which its head's total leaves out."""
    everything = cutting.Part("", "", 0, chapter.text, tuple(cells.shown(chapter.text)))
    return sum(asking(one) for one in _questions(book, chapter, everything))


def asking(question: AnyQuestion) -> float:
    """The minutes of one question: to read it, to say or choose the answer, and to read what is said of it."""
    options = getattr(question, "options", {})
    texts = [
        question.ask,
        *markdown.texts_of(options),
        *getattr(question, "points", []),
        getattr(question, "answer", ""),
    ]
    seconds = WEIGHED * len(options) if options else SAID
    return sum(markdown.words(text) for text in texts) / minutes.SILENT + seconds / 60


def _questions(book: Book, chapter: Chapter, part: cutting.Part) -> Iterator[AnyQuestion]:
    for one in part.holds:
        if one.call == "questions" and chapter.questions:
            yield from chapter.questions.model.values()
        if one.call == "from_before":
            for slug, _, name in (asked.partition("--") for asked in chapter.head.model.from_before):
                before = book.chapters.get(slug)
                if before and before.questions and name in before.questions.model:
                    yield before.questions.model[name]


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Chapters without sittings, with too few or too many, sittings that begin nowhere, too short or too long ones."""
    for slug, chapter in book.chapters.items():
        yield from ((slug, fault) for fault in (*_in_number(book, chapter), *_in_headings(chapter)))
        yield from ((slug, fault) for fault in _in_minutes(book, chapter))


def whole(book: Book, chapter: Chapter) -> float:
    """The minutes of a whole chapter, without its notebook."""
    everything = cutting.Part("", "", 0, chapter.text, tuple(cells.shown(chapter.text)))
    return takes(book, chapter, everything)


def _in_number(book: Book, chapter: Chapter) -> Iterator[Fault]:
    many, all_of_it = len(chapter.head.model.sittings), whole(book, chapter)
    right = f"Name {FEWEST} to {MOST} in 'sittings', each with its 'title' and the heading it 'begins' with."
    if not many and all_of_it >= FEWEST * SHORTEST:
        yield chapter.head.fault((), f"the chapter takes {all_of_it:.0f} minutes, and has no sittings.", right)
    elif many and not FEWEST <= many <= MOST:
        yield chapter.head.fault(("sittings",), f"there are {many} sittings.", right)


def _in_headings(chapter: Chapter) -> Iterator[Fault]:
    on_page = [one.words for one in cutting.sections(chapter)]
    last = -1
    for index, one in enumerate(chapter.head.model.sittings):
        at = ("sittings", index, "begins")
        if on_page.count(one.begins) != 1:
            many = "no heading" if one.begins not in on_page else f"{on_page.count(one.begins)} headings"
            right = did_you_mean(one.begins, on_page) or "Give one of them other words."
            yield chapter.head.fault(at, f"{many} of the page, '##' or '###', reads '{one.begins}'.", right)
        elif not index and on_page[0] != one.begins:
            yield chapter.head.fault(at, "the first sitting begins later.", f"Begin it with '{on_page[0]}'.")
        elif (place := on_page.index(one.begins)) <= last:
            yield chapter.head.fault(at, "this heading stands above that of the sitting before.", "Keep their order.")
        else:
            last = place


def _in_minutes(book: Book, chapter: Chapter) -> Iterator[Fault]:
    order = [one.begins for one in chapter.head.model.sittings]
    for part in cutting.cut(chapter):
        long = round(takes(book, chapter, part))
        if not SHORTEST <= long <= LONGEST:
            wrong = f"'{part.title}' takes {long} minutes."
            right = f"{SHORTEST} to {LONGEST}: begin it, or the next one, with another heading."
            yield chapter.head.fault(("sittings", order.index(part.heading)), wrong, right)
