"""What an author writes as a block: case, story, claims, times, then, now, tutor; the rest in heads and lists."""

from __future__ import annotations

from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from commissioning.site import around, blocks
from commissioning.site.base import BookDirective
from commissioning.site.blocks import block, raw
from commissioning.site.cover import Cover
from commissioning.site.game_page import FirstHundredDays
from commissioning.site.heads import ChapterHead, Outcomes, Portfolio
from commissioning.site.later import After
from commissioning.site.lists import FactsList, GlossaryList, SessionPage
from commissioning.site.people_page import PeoplePage
from commissioning.site.record_page import RecordPage
from commissioning.site.routes_page import Routes
from commissioning.site.the_book import WORDS, book_of, day, note_files, tag
from commissioning.source.faults import did_you_mean


class Case(BookDirective):
    """An article retold in story type. Argument: when ("summer 2013"). `source`: whom we retell."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"source": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The label is set above the heading that the case stands under (see PlaceLabels)."""
        when = f" · {self.arguments[0]}" if self.arguments else ""
        label = raw(tag("p", escape(WORDS["the_case"] + when), class_="label case-label"))
        label["before_title"] = True
        return [label, block("div", *self.parsed(), class_="case story"), *self.credit()]

    def credit(self) -> list[nodes.Node]:
        """ "Retold from …", with a link to the citation."""
        name = self.options.get("source")
        if not name:
            return []
        sources = book_of(self.env).sources
        note_files(self.env, ["references.bib"])
        if name not in sources:
            return self.warn(f"there is no source '{name}'. {did_you_mean(name, sources)}".strip())
        link = tag("a", escape(sources[name].short), class_="fact", href=f"#src-{name}")
        return [raw(tag("p", WORDS["retold"].format(source=link), class_="small credit"))]


class Story(BookDirective):
    """What happens to people, in story type: an opening scene, a letter, an account."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The content, with its first paragraph no larger than the rest."""
        return [block("div", *self.parsed(), class_="story")]


class PlaceLabels(SphinxPostTransform):
    """Sets a case's label above the heading it belongs to, where a reader expects it."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Move each label to the front of its section."""
        for label in list(self.document.findall(nodes.raw)):
            section = label.parent
            if label.get("before_title") and isinstance(section, nodes.section):
                section.remove(label)
                section.insert(0, label)


class Claims(BookDirective):
    """Three rows under a rule: a list whose items read "What the author claims: …"."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """A definition list; what stands before the first colon of an item is its term."""
        items = [item for node in self.parsed() for item in node.findall(nodes.list_item)]
        if not items:
            return self.warn("{claims} needs a list, each item like 'What the author claims: …'.")
        return [block("dl", *(row(item) for item in items), class_="claims")]


def row(item: nodes.list_item) -> blocks.Block:
    """One list item as a term and its description."""
    term, first = split_at_colon(item)
    return block("div", block("dt", nodes.Text(term)), block("dd", nodes.paragraph("", "", *first), *item.children[1:]))


def split_at_colon(item: nodes.list_item) -> tuple[str, list[nodes.Node]]:
    """The words before the first colon, and the rest of the first paragraph's nodes."""
    paragraph = item.children[0]
    [opening, *rest] = paragraph.children
    term, _, after = opening.astext().partition(":")
    kept = nodes.Text(after.lstrip()) if isinstance(opening, nodes.Text) else nodes.Text("")
    return term.strip(), [kept, *rest]


class Times(BookDirective):
    """Holds a {then} and a {now}: a broken line that runs into a whole one."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Both, beside each other where there is room."""
        return [block("div", *self.parsed(), class_="times")]


class Then(BookDirective):
    """England, 2012 to 2014. Argument: another span of time."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    name_of = "then"

    def when(self) -> str:
        """What stands beside the word."""
        return str(self.arguments[0] if self.arguments else WORDS["then_when"])

    def run(self) -> list[nodes.Node]:
        """A section whose shape says which time it is."""
        title = raw(f"<h3>{WORDS[self.name_of]} <span>{escape(self.when())}</span></h3>")
        return [block("section", title, *self.parsed(), class_=self.name_of)]


class Now(Then):
    """The state on the book's `commissioning_as_of` date, which stands beside it."""

    name_of = "now"

    def when(self) -> str:
        """As at 21 November 2026."""
        as_of = self.arguments[0] if self.arguments else day(self.config.commissioning_as_of)
        return str(WORDS["now_when"].format(when=as_of))


class Tutor(BookDirective):
    """Words for tutors: a black edge, and the word."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """An aside that is told from the learner's text by shape and by name."""
        label = raw(tag("p", WORDS["tutor"], class_="label"))
        return [block("div", label, *self.parsed(), class_="tutor", role="note")]


class DecisionYaml(BookDirective):
    """The file a decision is made from, folded away: what an author would have typed."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The YAML of the decision that the argument names."""
        try:
            sheet = book_of(self.env).chapter_of(self.arguments[0]).decisions[self.arguments[0]]
        except LookupError as error:
            return self.warn(str(error))
        self.env.note_dependency(str(sheet.path))
        code = nodes.literal_block("", sheet.path.read_text("utf-8").rstrip(), language="yaml")
        summary = tag("summary", WORDS["yaml_of"].format(name=sheet.path.name))
        return [raw(f'<details class="more source-file">{summary}'), code, raw("</details>")]


def setup(app: Sphinx) -> None:
    """Make every directive known under the name an author types."""
    blocks.setup(app)
    app.add_post_transform(PlaceLabels)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)


DIRECTIVES: dict[str, type[BookDirective]] = {
    "after": After,
    "chapter-head": ChapterHead,
    "outcomes": Outcomes,
    "cover": Cover,
    "case": Case,
    "story": Story,
    "claims": Claims,
    "times": Times,
    "then": Then,
    "now": Now,
    "portfolio": Portfolio,
    "tutor": Tutor,
    "facts-list": FactsList,
    "glossary-list": GlossaryList,
    "then-and-now": around.ThenAndNow,
    "timeline": around.Timeline,
    "system": around.SystemPictures,
    "coverage": around.CoverageTable,
    "record": RecordPage,
    "routes": Routes,
    "people": PeoplePage,
    "first-hundred-days": FirstHundredDays,
    "session": SessionPage,
    "decision-yaml": DecisionYaml,
}
