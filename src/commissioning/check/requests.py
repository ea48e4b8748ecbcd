"""What a finished page, stylesheet or picture would ask of another host: read as a browser reads it, not by pattern.

In: a file of the site. Out: each thing in it that would be fetched from elsewhere, run as a script or sent away. The
parser sees more than a browser does, never less: what stands in comments and inside attributes is looked through too,
since parsers differ on where these end.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

LOADING = [
    "src",
    "srcset",
    "imagesrcset",
    "data",
    "poster",
    "background",
    "manifest",
    "codebase",
    "archive",
    "classid",
    "profile",
    "longdesc",
    "lowsrc",
    "dynsrc",
    "href",
    "action",
    "formaction",
    "ping",
    "attributionsrc",
]
"""Attributes whose value a browser fetches or sends to, on whatever element they stand."""
ANIMATED = ("to", "from", "by", "values")
WORDS = ("alt", "title", "value", "placeholder", "content", "label", "summary")
REFUSED = [
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "portal",
    "fencedframe",
    "bgsound",
    "plaintext",
    "xmp",
    "noembed",
    "noframes",
]
LINKED = ("http", "https", "mailto")
DATA = ("application/json",)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(.))", re.DOTALL)
COMMENT = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?(?:\*/|\Z)""", re.DOTALL)
URL = re.compile(r"""(?:url|src)\(\s*["']?\s*([^"')]*)""", re.IGNORECASE)
STRING = re.compile(r""""([^"\n]*)"|'([^'\n]*)'""")
TAGS = re.compile(r"<[a-zA-Z/!?]")
PLAIN_END = re.compile(r"</[a-z][a-z0-9-]*>")
SUFFIXES = (".html", ".htm", ".xhtml", ".css", ".svg")


class Asked(NamedTuple):
    """One request: its line, what stands there, and the address (or whatever else) that is refused."""

    line: int
    where: str
    what: str


def requests_of(path: Path, inline: Iterable[str] = ()) -> list[Asked]:
    """What a file of the site would ask of others. `inline` are the scripts that may stand inside a page.

    Files that are no page, stylesheet or picture ask nothing. Raises OSError where the file cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        return []
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix.lower() == ".css":
        return [Asked(1, "stylesheet", found) for found in in_css(text)]
    return in_svg(text) if path.suffix.lower() == ".svg" else in_html(text, inline)


def in_html(text: str, inline: Iterable[str] = ()) -> list[Asked]:
    """What a page would ask of others."""
    reader = _Reader(frozenset(inline))
    reader.feed(text)
    reader.close()
    return reader.found


def in_svg(text: str) -> list[Asked]:
    """What a picture would ask of others when it is opened by itself."""
    found = [Asked(1, "picture", word) for word in ("<!ENTITY", "<?xml-stylesheet") if word in text]
    if found:
        return found
    try:
        parts = list(ET.fromstring(text.encode()).iter())
    except ET.ParseError as error:
        return [Asked(error.position[0], "picture", f"not XML: {error.msg}")]
    for part in parts:
        name = _local(part.tag)
        attributes = [(_local(key), value) for key, value in part.attrib.items()]
        found += [Asked(1, f"<{name}>", what) for what in in_element(name, attributes)]
        if name == "script":
            found.append(Asked(1, "<script>", (part.text or "a script").strip()[:80]))
        if name == "style":
            found += [Asked(1, "<style>", what) for what in in_css(part.text or "")]
    return found


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2].lower()


def in_element(tag: str, attributes: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """What one element would ask of others, by its name and attributes (in small letters, without a prefix)."""
    if tag in REFUSED:
        yield f"<{tag}>"
    given = {name: value or "" for name, value in attributes}
    for name, value in given.items():
        if name.startswith("on"):
            yield f'{name}="{value[:80]}"'
        elif name == "srcdoc":
            yield "srcdoc"
        elif name == "href" and tag in ("a", "area"):
            if scheme_of(value) not in (*LINKED, "") and not _is_own_file(value):
                yield value
        elif name in LOADING:
            yield from (url for url in _urls(name, value) if not is_local(url, data=tag in ("img", "link", "image")))
        elif name in ANIMATED:
            yield from (part.strip() for part in value.split(";") if not is_local(part, data=False))
        elif name not in WORDS and not name.startswith(("aria-", "data-")):
            yield from in_css(value)
    if tag == "meta" and given.get("http-equiv", "").strip().lower() == "refresh":
        target = re.split(r"url\s*=", given.get("content", ""), maxsplit=1, flags=re.IGNORECASE)
        yield from (url for url in target[1:] if not is_local(url.strip(" '\""), data=False))


def _urls(name: str, value: str) -> list[str]:
    """A `srcset` names several addresses, each with a size."""
    return re.split(r",\s+|\s+", value.strip()) if name in ("srcset", "imagesrcset", "ping", "archive") else [value]


def _is_own_file(url: str) -> bool:
    """A text that the page hands out itself."""
    return clean(url).lower().startswith("data:text/")


def clean(url: str) -> str:
    """An address as a browser reads it: no outer blanks or controls, no line breaks, every slash a forward one."""
    return re.sub(r"[\t\r\n]", "", url.strip("".join(map(chr, range(33))))).replace("\\", "/")


def scheme_of(url: str) -> str:
    """The scheme of an address in small letters; "//" where it names only a host; empty for one of this site."""
    bare = clean(url)
    found = SCHEME.match(bare)
    return found[1].lower() if found else "//" if bare.startswith("//") else ""


def is_local(url: str, *, data: bool = True) -> bool:
    """Whether an address leads to this site, or holds its own data where that is no script."""
    scheme = scheme_of(url)
    return not scheme or (data and scheme == "data")


def in_css(text: str) -> Iterator[str]:
    """What a stylesheet, or the value of a `style`, would ask of others: addresses, and every `@import`."""
    if "\\" not in text and "(" not in text and "@" not in text:
        return
    bare = COMMENT.sub(lambda found: found[1] or " ", text)
    seen: dict[str, None] = {}
    for form in (text, bare, _unescaped(bare)):
        lower = form.lower()
        seen |= dict.fromkeys(["@import"] if "@import" in lower else [])
        seen |= dict.fromkeys(url for url in URL.findall(form) if not is_local(url))
        if "image-set" in lower or "src(" in lower:
            strings = (one or two for one, two in STRING.findall(form))
            seen |= dict.fromkeys(url for url in strings if not is_local(url))
    yield from seen


def _unescaped(css: str) -> str:
    """A stylesheet with its escapes undone: `\\75 rl(` is `url(`."""

    def character(found: re.Match[str]) -> str:
        number = int(found[1], 16) if found[1] else None
        return found[2] if number is None else chr(number) if 0 < number < 0x110000 else "\ufffd"

    return ESCAPE.sub(character, css)


class _Reader(HTMLParser):
    """Gathers what a page asks of others. A start tag that asked nothing is not taken apart when it comes again."""

    def __init__(self, inline: frozenset[str], line: int = 0, harmless: set[str] | None = None) -> None:
        super().__init__(convert_charrefs=True)
        self.inline, self.base, self.found = inline, line, list[Asked]()
        self.harmless = set[str]() if harmless is None else harmless
        self.raw: tuple[str, str] | None = None
        self.text = ""

    def parse_starttag(self, i: int) -> int:
        """The place after a start tag, as the library finds it; a tag known to ask nothing is stepped over."""
        end: int = self.check_for_whole_start_tag(i)
        tag = self.rawdata[i:end] if end > 0 else ""
        if tag in self.harmless:
            return end
        before, raw = len(self.found), self.raw
        after = super().parse_starttag(i)
        if tag and after == end and len(self.found) == before and self.raw is raw and self.cdata_elem is None:
            self.harmless.add(tag)
        return after

    def parse_endtag(self, i: int) -> int:
        """The place after an end tag. Outside a script or a style it says nothing to us."""
        plain = PLAIN_END.match(self.rawdata, i) if self.raw is None and self.cdata_elem is None else None
        return plain.end() if plain else super().parse_endtag(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _local(tag)
        attributes = [(_local(name), value) for name, value in attrs]
        for what in in_element(tag, attributes):
            self._ask(f"<{tag}>", what)
        for _, value in attributes:
            self._within(value or "")
        if tag in ("script", "style"):
            kinds = [(value or "").strip().lower() for name, value in attributes if name == "type"]
            elsewhere = any(name in ("src", "href") for name, _ in attributes)
            self.raw, self.text = (tag, "src" if elsewhere else kinds[0] if kinds else ""), ""

    def handle_data(self, data: str) -> None:
        if self.raw:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if self.raw and _local(tag) == self.raw[0]:
            self._end_raw(*self.raw)
            self.raw = None

    def handle_comment(self, data: str) -> None:
        self._within(data)

    def handle_decl(self, decl: str) -> None:
        self._within(decl)

    def unknown_decl(self, data: str) -> None:
        self._within(data)

    def handle_pi(self, data: str) -> None:
        self._within(data)

    def close(self) -> None:
        left = self.rawdata
        super().close()
        if self.raw:
            self.text = self.text or left
            self._end_raw(*self.raw)
            self.raw = None

    def _end_raw(self, tag: str, kind: str) -> None:
        if tag == "style":
            for what in in_css(self.text):
                self._ask("<style>", what)
            self._within(self.text)
        elif kind in DATA:
            self._within(self.text)
        elif self.text not in self.inline and (self.text.strip() or kind not in ("", "src")):
            self._ask("<script>", self.text.strip()[:80] or kind)

    def _within(self, text: str) -> None:
        """Look through what may be markup to another parser."""
        if TAGS.search(text):
            reader = _Reader(self.inline, self.base + self.getpos()[0] - 1, self.harmless)
            reader.feed(text)
            reader.close()
            self.found += reader.found

    def _ask(self, where: str, what: str) -> None:
        self.found.append(Asked(self.base + self.getpos()[0], where, what))
