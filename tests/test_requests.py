"""Nothing in a finished page asks another host: parsed as browsers do, over hostile pages, stylesheets and pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from commissioning.check import requests
from commissioning.page import policy

OTHER_HOSTS = {
    "quoted": '<img src="https://other.example/a.png">',
    "single quotes": "<img src='http://other.example/a.png'>",
    "without quotes": "<img src=https://other.example/a.png>",
    "without a scheme": "<script src=//other.example/a.js></script>",
    "backslashes": r"<img src='\\other.example\a.png'>",
    "one of each slash": r"<img src='/\other.example/a.png'>",
    "a blank before": "<img src=' \n//other.example/a.png'>",
    "a line break inside": "<img src='ht\ntps://other.example/a.png'>",
    "as entities": "<img src='&#104;ttps&colon;//other.example/a.png'>",
    "capitals": "<IMG SRC=HTTPS://OTHER.EXAMPLE/A.PNG>",
    "slashes between": "<img/src=//other.example/a.png/>",
    "nothing between": '<img alt="a"src="//other.example/a.png">',
    "iframe": "<iframe src=page.html></iframe>",
    "iframe with its page": "<iframe srcdoc='<img src=a.png>'></iframe>",
    "object": "<object data=a.svg></object>",
    "embed": "<embed src=a.svg>",
    "base": "<base href=/elsewhere/>",
    "stylesheet": "<link rel=stylesheet href=//other.example/a.css>",
    "resolved beforehand": "<link rel=dns-prefetch href=//other.example>",
    "connected beforehand": "<link rel=preconnect href=https://other.example>",
    "several sizes": "<img srcset='a.png 1x, //other.example/b.png 2x'>",
    "preloaded sizes": "<link rel=preload as=image imagesrcset='https://other.example/a.png 1x'>",
    "poster": "<video poster=//other.example/a.png></video>",
    "source": "<picture><source srcset=https://other.example/a.png></picture>",
    "track": "<track src=//other.example/a.vtt>",
    "form": "<form action=https://other.example></form>",
    "button of a form": "<button formaction=//other.example>Go</button>",
    "told of a click": "<a href=a.html ping=https://other.example>a</a>",
    "old background": "<table background=//other.example/a.png></table>",
    "led on": "<meta http-equiv=refresh content='0; url=https://other.example'>",
    "event": "<img src=a.png onerror=alert(1)>",
    "event in capitals": "<svg OnLoad=alert(1)></svg>",
    "script in a link": "<a href='javascript:alert(1)'>a</a>",
    "script in a link, broken": "<a href=' java\nscript:alert(1)'>a</a>",
    "page in a link": "<a href='data:application/xhtml+xml,x'>a</a>",
    "another scheme": "<a href='ftp://other.example/a'>a</a>",
    "script": "<script>fetch('//other.example')</script>",
    "module": "<script type=module>import '//other.example/a.js'</script>",
    "rules of speculation": """<script type=speculationrules>{"prefetch":[{"urls":["//other.example"]}]}</script>""",
    "script of data": "<script src='data:text/javascript,1'></script>",
    "script without an end": "<script>fetch('//other.example')",
    "style without an end": "<style>a{background:url(//other.example/a.png)}",
    "style": "<p style='background:url(//other.example/a.png)'>a</p>",
    "style without quotes": "<p style=background:url(https://other.example/a.png)>a</p>",
    "style with escapes": r"<p style='background:\75 rl(//other.example/a.png)'>a</p>",
    "style sheet": "<style>@import '//other.example/a.css';</style>",
    "style sheet with escapes": r"<style>@\69mport '//other.example/a.css';</style>",
    "style sheet's picture": "<style>a{background:url( 'https://other.example/a.png' )}</style>",
    "image set": "<style>a{background:image-set('//other.example/a.png' 1x)}</style>",
    "behind a comment of styles": "<style>a{b:url(/*)}*/c{d:url(//other.example/a.png)}</style>",
    "svg image": "<svg><image href=//other.example/a.png /></svg>",
    "svg image by xlink": "<svg><image xlink:href='https://other.example/a.png'/></svg>",
    "svg use": "<svg><use href='//other.example/a.svg#b'/></svg>",
    "svg filter": "<svg><feImage href='//other.example/a.png'/></svg>",
    "svg fill": "<svg><path fill='url(//other.example/a.svg#b)'/></svg>",
    "svg animated": "<svg><a><animate attributeName=href values='a.html;javascript:alert(1)'/></a></svg>",
    "svg set": "<svg><image><set attributeName=href to=//other.example/a.png /></image></svg>",
    "svg style that browsers take for markup": "<svg><style><img src=//other.example/a.png></style></svg>",
    "a comment that browsers end at once": "<!--><img src=//other.example/a.png>-->",
    "a comment that browsers end sooner": "<!-- --!><img src=//other.example/a.png>-->",
    "a comment in a title": "<title><!--</title><img src=//other.example/a.png>--></title>",
    "an attribute in a title": '<title><a title="</title><img src=//other.example/a.png>"></title>',
    "a section of characters": "<![CDATA[><img src=//other.example/a.png>]]>",
    "without a script": "<noscript><img src=//other.example/a.png></noscript>",
    "in a template": "<template><img src=//other.example/a.png></template>",
    "in the data of a page": '<script type="application/json">{"a":"</x><img src=//other.example/a.png>"}</script>',
}


@pytest.mark.parametrize("text", OTHER_HOSTS.values(), ids=OTHER_HOSTS.keys())
def test_whatever_asks_another_host_or_runs_a_script_is_found(text: str) -> None:
    assert requests.in_html(f"<!doctype html><html><body><p>before</p>\n{text}</body></html>")


OUR_OWN = {
    "a link out": "<a href='https://www.gov.uk/a?b=c#d'>a</a>",
    "a letter": "<a href='mailto:a@b.example'>a</a>",
    "a way inside": "<a href='../b/index.html#c'>a</a><a href=#d>a</a>",
    "our files": "<link rel=stylesheet href='../a.css?1'><script src=a.js></script><img src=_images/a.png>",
    "no icon": '<link rel="icon" href="data:,">',
    "a picture of its own data": "<img src='data:image/png;base64,AAAA'>",
    "a form": "<form action=../search.html></form>",
    "an address in words": "<p title='see https://other.example, url(//other.example)'>https://other.example</p>",
    "a pattern": "<svg><path fill='url(#a)' marker-end=\"url('#b')\"/></svg>",
    "a style": "<p style='--years:1; width: calc(1px + 2px)'>a</p><style>a::after{content:'//'}</style>",
    "data": '<script type="application/json">{"a":"https://other.example"}</script>',
    "led on": "<meta http-equiv=refresh content='0; url=book/index.html'>",
    "ours": f"<script>{policy.MOUNT}</script>",
}


@pytest.mark.parametrize("text", OUR_OWN.values(), ids=OUR_OWN.keys())
def test_what_stays_in_the_book_and_links_that_a_reader_may_follow_are_let_be(text: str) -> None:
    assert requests.in_html(text, policy.INLINE) == []


def test_a_request_is_named_with_its_line() -> None:
    found = requests.in_html("<p>a</p>\n<p>b</p>\n<p><img src=//other.example/a.png></p>")
    assert found == [requests.Asked(3, "<img>", "//other.example/a.png")]


@pytest.mark.parametrize(
    "inner",
    [
        "<image href='https://other.example/a.png'/>",
        "<image xlink:href='//other.example/a.png'/>",
        "<script>alert(1)</script>",
        "<style>@import url(a.css);</style>",
        "<rect onload='alert(1)'/>",
        "<rect style='fill:url(//other.example/a.svg#b)'/>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='a.html'/></foreignObject>",
        "<unclosed>",
    ],
)
def test_a_picture_is_read_as_the_document_that_it_is(tmp_path: Path, inner: str) -> None:
    start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    picture = tmp_path / "a.svg"
    picture.write_text(f"{start}<path d='M0 0' fill='url(#a)'/></svg>", encoding="utf-8")
    assert requests.requests_of(picture) == []
    picture.write_text(f"{start}{inner}</svg>", encoding="utf-8")
    assert requests.requests_of(picture)


def test_a_picture_that_names_entities_or_a_stylesheet_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    for start in ("<!DOCTYPE svg [<!ENTITY a SYSTEM 'a.txt'>]>", "<?xml-stylesheet href='//a.example'?>"):
        picture.write_text(f'{start}<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
        assert requests.requests_of(picture)


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a { background: url(//other.example/a.png) }", ["//other.example/a.png"]),
        ("@import 'a.css';", ["@import"]),
        ("/* why */ a { background: url(a.png), url(data:image/png;base64,AA) }", []),
        ("@font-face { src: url('besley.woff2') format('woff2') }", []),
    ],
)
def test_a_stylesheet_asks_for_its_own_files_only(tmp_path: Path, css: str, found: list[str]) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text(css, encoding="utf-8")
    assert [one.what for one in requests.requests_of(sheet)] == found


def test_a_policy_lets_our_scripts_run_and_names_no_host() -> None:
    made = policy.policy()
    assert made.startswith("default-src 'none'; ")
    assert "unsafe-inline" not in made.split("script-src")[1].split(";")[0]
    assert "unsafe-eval" not in made
    assert "http" not in made
    assert made.count("sha256-") == len(policy.INLINE)
