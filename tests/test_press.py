"""A book that is built, served and watched: what failed stays failed, and answers keep their address."""

from __future__ import annotations

import json
import re
import socket
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from fixture_book import CHAPTER, ROOT, Copy
from ruamel.yaml import YAML

from commissioning.book.unfinished import AGAIN, MARK
from commissioning.press import build as press
from commissioning.press import serve
from commissioning.source.faults import Faults


def printed(copy: Copy, *, without: str = "") -> Callable[[Path, dict[str, str]], int]:
    """A printer that lays the pages of a book into its site with their exercises, all but one."""

    def run(folder: Path, environment: dict[str, str]) -> int:
        for chapter in press.read_book(folder).pages.values():
            page = folder / "_build" / "html" / f"{chapter.docname}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            rest = [name for name in press._expected(chapter) if name not in chapter.order]
            names = [name for name in (*chapter.order, *rest) if name != without]
            page.write_text("".join(f'<decision-exercise id="{name}">' for name in names), encoding="utf-8")
        return 0

    return run


def test_a_build_that_succeeds_leaves_nothing_to_be_read_again(copy: Copy) -> None:
    assert press.build(copy.root, run=printed(copy))
    assert not (copy.root / MARK).exists()


@pytest.mark.parametrize(("left", "again"), [("*\n", "*"), ("book/one\nbook/two\n", "book/one\nbook/two"), ("", "*")])
def test_the_pages_that_a_build_did_not_finish_are_read_again_by_the_next(copy: Copy, left: str, again: str) -> None:
    (copy.root / MARK).parent.mkdir()
    (copy.root / MARK).write_text(left, encoding="utf-8")
    asked: list[str] = []

    def run(folder: Path, environment: dict[str, str]) -> int:
        asked.append(environment[AGAIN])
        return printed(copy)(folder, environment)

    assert press.build(copy.root, run=run)
    assert press.build(copy.root, run=run)
    assert asked == [again, ""]


def test_a_build_that_is_cut_short_leaves_all_pages_to_the_next(copy: Copy) -> None:
    def run(folder: Path, environment: dict[str, str]) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        press.build(copy.root, run=run)
    assert (copy.root / MARK).read_text(encoding="utf-8") == "*\n"


def test_a_build_with_warnings_has_failed_and_stays_marked(copy: Copy) -> None:
    assert not press.build(copy.root, run=lambda folder, environment: 1)
    assert (copy.root / MARK).is_file()


def test_a_slip_of_an_author_is_told_before_anything_is_built(copy: Copy) -> None:
    copy.change("chapter/decisions/first-step.yaml", "key: telephone", "key: nobody")
    copy.change("chapter/decisions/count-again.yaml", "minutes: 1", "minutes: one")
    ran: list[Path] = []
    with pytest.raises(Faults, match=r"count-again\.yaml:5"):
        press.build(copy.root, run=lambda folder, environment: ran.append(folder) or 0)
    assert ran == []


def test_a_page_that_lacks_an_exercise_is_named(copy: Copy) -> None:
    with pytest.raises(Faults, match="the built page does not show 'first-step'"):
        press.build(copy.root, run=printed(copy, without="first-step"))
    assert (copy.root / MARK).is_file()


def test_an_exercise_in_a_comment_or_a_template_is_not_on_the_page() -> None:
    page = """<!-- <decision-exercise id="a"> --><template><decision-exercise id="b"></template>
        <script type="application/json">"<decision-exercise id='c'>"</script>
        <decision-exercise class=x id=d><decision-exercise\nid='e'>"""
    assert press.exercises_in(page) == ["d", "e"]


def test_a_page_that_shows_what_was_not_checked_or_in_another_order_is_named(copy: Copy) -> None:
    def changed(change: Callable[[str], str]) -> Callable[[Path, dict[str, str]], int]:
        def run(folder: Path, environment: dict[str, str]) -> int:
            printed(copy)(folder, environment)
            page = folder / "_build" / "html" / "book" / CHAPTER / "index.html"
            page.write_text(change(page.read_text("utf-8")), encoding="utf-8")
            return 0

        return run

    with pytest.raises(Faults, match="shows 'from-elsewhere', which was not checked"):
        press.build(copy.root, run=changed(lambda text: text + '<decision-exercise id="from-elsewhere">'))
    swapped = {"first-step": "in-what-order", "in-what-order": "first-step"}
    with pytest.raises(
        Faults, match="shows its decisions in another order: how-long-a-queue, in-what-order, first-step"
    ):
        press.build(copy.root, run=changed(lambda text: re.sub("|".join(swapped), lambda one: swapped[one[0]], text)))


def test_two_builds_of_one_book_wait_for_one_another(copy: Copy) -> None:
    first_runs, go_on, order = threading.Event(), threading.Event(), list[str]()

    def slow(folder: Path, environment: dict[str, str]) -> int:
        first_runs.set()
        go_on.wait(30)
        order.append("first")
        return printed(copy)(folder, environment)

    def quick(folder: Path, environment: dict[str, str]) -> int:
        order.append("second")
        return printed(copy)(folder, environment)

    one = threading.Thread(target=press.build, args=(copy.root,), kwargs={"run": slow})
    two = threading.Thread(target=press.build, args=(copy.root,), kwargs={"run": quick})
    one.start()
    first_runs.wait(30)
    two.start()
    go_on.set()
    one.join(30)
    two.join(30)
    assert order == ["first", "second"]


# -- reading -------------------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_build" / "html").mkdir(parents=True)
    page = tmp_path / "_build" / "html" / "index.html"
    page.write_text("<html><body>here</body></html>", encoding="utf-8")
    return tmp_path


def fetched(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as reply:
        text: str = reply.read().decode()
        return text


def test_a_book_is_served_on_this_machine_only_as_it_was_built(site: Path) -> None:
    with serve.server(site, 0) as made:
        host, port = made.server_address[:2]
        threading.Thread(target=made.serve_forever, daemon=True).start()
        assert host == "127.0.0.1"
        assert fetched(int(port), "/index.html") == "<html><body>here</body></html>"
        assert json.loads(fetched(int(port), serve.WHO)) == {"book": str(site)}
        assert serve.running(int(port), site)
        assert not serve.running(int(port), ROOT)
        made.shutdown()


def test_a_port_that_another_program_has_is_not_exchanged_for_one_without_the_answers(site: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(serve.PortTaken, match=f"port {port} of this machine is taken.*--port {port + 1}"):
            serve.server(site, port).__enter__()
    assert not serve.running(port, site)


def test_a_watched_page_hears_of_each_build(site: Path) -> None:
    book, built, stop = site / "book", threading.Semaphore(0), threading.Event()
    book.mkdir()
    watch = serve.Watch([book], built.release, every=0.01)
    with serve.server(site, 0, watch.version) as made:
        port = int(made.server_address[1])
        threading.Thread(target=made.serve_forever, daemon=True).start()
        threading.Thread(target=watch.run, args=(stop,), daemon=True).start()
        assert f'<script src="{serve.RELOADS}"></script></body>' in fetched(port, "/")
        assert "location.reload()" in fetched(port, serve.RELOADS)
        assert fetched(port, f"{serve.CHANGED}?null") == "0"
        while not built.acquire(timeout=0.05):  # the watcher may still be taking its first look
            (book / "a.yaml").write_text(f"{threading.get_ident()} {len(list(book.iterdir()))}\n" * 3, encoding="utf-8")
            (book / "a.yaml").touch()
        assert int(fetched(port, f"{serve.CHANGED}?0")) >= 1
        stop.set()
        made.shutdown()


def test_only_the_books_own_folder_is_built_and_a_learners_copy_is_not_committed() -> None:
    """`make lab` lays `my-casebook/` beside `book/`; `make read` must not build it, nor `git add` take it."""
    config = YAML(typ="safe").load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert config["sphinx"]["config"]["include_patterns"] == ["book/**"]
    assert "my-casebook/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
