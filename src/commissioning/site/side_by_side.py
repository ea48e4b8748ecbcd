"""Runs the notebooks of a build side by side, before Sphinx reads its pages one after another.

Nearly all that a page's execution takes is the start of its own kernel and the loading of the same libraries. So the
pages that are about to be read and are not in Jupyter Cache yet are run in as few kernels as there are processors, each
kernel one page after another, cleared between two. They go into the cache, where MyST-NB finds them as if it had run
each by itself. It runs one that failed again, in a kernel of its own, and says so where it stands.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_client.manager import AsyncKernelManager
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from commissioning.site.progress import tell
from commissioning.site.the_book import AuthorsError, book_of
from commissioning.source.faults import Fault
from commissioning.source.sheets import read_utf8
from commissioning.source.whole import write_whole

LOGGER = logging.getLogger(__name__)
CLEAR = "import os\nget_ipython().reset(new_session=True)\n__import__('os').chdir({folder!r})"
QUIET = ["--log-level=ERROR"]
"""A kernel's own warnings are about its sockets on this machine, and would stand among the book's."""
SEED = "PYTHONHASHSEED"
PAGES = "pages.json"
FIGURES = "from commissioning import labs; [*labs.figures()]"
"""Works out what all pages ask for, meanwhile, and keeps it (source/cache.py). Where it fails, a page will say so."""
TABLE = re.compile(r"\bT_[0-9a-f]{5}(?=_|\b)")
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}\b")
Page = tuple[Path, NotebookNode]
Run = tuple[Path, NotebookNode, float]


def execute(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Fill the cache with whatever of these pages it lacks."""
    config: Any = env.mystnb_config  # type: ignore[attr-defined]  # set by MyST-NB
    if config.execution_mode != "cache":
        return
    known = _Known(Path(config.execution_cache_path))
    asked = {docname: known.digest(env, docname) for docname in docnames}
    if not (new := [docname for docname, digest in asked.items() if digest not in known.digests]):
        return
    cache = get_cache(config.execution_cache_path)
    lacking = list(_lacking(env, cache, new))
    known.add(asked[docname] for docname in new if Path(env.doc2path(docname)) not in {path for path, _ in lacking})
    if not lacking:
        return
    kernels = min(os.cpu_count() or 1, len(lacking))
    book_of(env)  # what is kept of its files (source/cache.py) is there before the kernels ask for it
    LOGGER.info("running %d pages in %d kernels", len(lacking), kernels)
    tell(f"running the cells of {len(lacking)} pages first")
    figures = subprocess.Popen([sys.executable, "-c", FIGURES], cwd=env.srcdir, stderr=subprocess.DEVNULL)
    try:
        for path, notebook, seconds in asyncio.run(_run_all(lacking, kernels, timeout=config.execution_timeout)):
            uri = cache.add_nb_to_project(str(path)).uri
            bundle = CacheBundleIn(notebook, uri, data={"execution_seconds": seconds})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        figures.wait(timeout=config.execution_timeout)
    except subprocess.TimeoutExpired:
        LOGGER.info("the labs' figures are worked out where they are asked for")
    finally:
        figures.kill()


class _Known:
    """The pages whose outputs were found in the cache before, by their text: these are not taken apart to ask again.

    Kept in the cache's own folder, which is named after all that outputs depend on besides (`executed.py`).
    """

    def __init__(self, kept: Path) -> None:
        self.file, self.digests = kept / PAGES, set[str]()
        with suppress(OSError, ValueError):
            self.digests = set(json.loads(self.file.read_text(encoding="utf-8")))

    def digest(self, env: BuildEnvironment, docname: str) -> str:
        """Of a page's name and text."""
        return hashlib.sha256(f"{docname}\0{read_utf8(Path(env.doc2path(docname)))}".encode()).hexdigest()

    def add(self, digests: Iterable[str]) -> None:
        """Note pages that need not be asked about again."""
        self.digests |= set(digests)
        if self.file.parent.is_dir():
            write_whole(self.file, json.dumps(sorted(self.digests)), can_be_made_again=True)


def _lacking(env: BuildEnvironment, cache: JupyterCacheAbstract, docnames: list[str]) -> Iterator[Page]:
    """The notebooks among these pages that the cache does not hold."""
    for docname in docnames:
        path = Path(env.doc2path(docname))
        text = read_utf8(path)
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)  # type: ignore[attr-defined]
        if reader is None:
            continue
        notebook = reader.read(text)
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            yield path, notebook


async def _run_all(pages: list[Page], kernels: int, *, timeout: int) -> list[Run]:
    """The executed pages with their seconds, in their order; those that failed are left out."""
    waiting: deque[Page] = deque(pages)
    done: list[Run] = []
    await asyncio.gather(*(_run_some(waiting, done, timeout) for _ in range(kernels)))
    return sorted(done, key=lambda one: one[0])


async def _run_some(waiting: deque[Page], done: list[Run], timeout: int) -> None:
    """Run pages in one kernel for as long as any wait. After a failure the kernel is not used again."""
    kernel: AsyncKernelManager | None = None
    while waiting:
        path, notebook = waiting.popleft()
        if kernel is None:
            kernel = AsyncKernelManager(kernel_name="python3")
            await kernel.start_kernel(extra_arguments=QUIET, cwd=str(path.parent), env=os.environ | {SEED: "0"})
        else:
            code = {"cell_type": "code", "source": CLEAR.format(folder=str(path.parent)), "outputs": [], "metadata": {}}
            clear = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [code]})  # type: ignore[no-untyped-call]
            await _run(clear, kernel, timeout, store_history=False)
        begun = time.monotonic()
        if await _run_whole(path, notebook, kernel, timeout):
            steady(notebook)
            done.append((path, notebook, time.monotonic() - begun))
            LOGGER.info("ran %s", path.parent.name)
            tell(f"  ran {path.parent.name}")
        else:
            await kernel.shutdown_kernel(now=True)
            kernel = None
    if kernel is not None:
        await kernel.shutdown_kernel(now=True)


async def _run_whole(path: Path, notebook: NotebookNode, kernel: AsyncKernelManager, timeout: int) -> bool:
    """As `_run`. Raises AuthorsError where a cell ends its kernel: run again, it would end that one too."""
    try:
        return await _run(notebook, kernel, timeout)
    except DeadKernelError:
        code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        ran = [index for index in code if notebook.cells[index].get("execution_count")]
        at = next((index for index in code if index not in ran), code[-1])
        line = (notebook.metadata.get("source_map") or [0] * len(notebook.cells))[at] + 1
        first = notebook.cells[at].source.strip().partition("\n")[0]
        wrong = f"Python ended while it ran this cell: {first}"
        right = "Does it call exit(), or need more memory than there is? Run it by itself in JupyterLab."
        raise AuthorsError(f"\n{Fault(path, line, '', wrong, right)}") from None


async def _run(notebook: NotebookNode, kernel: AsyncKernelManager, timeout: int, *, store_history: bool = True) -> bool:
    """Whether all cells ran. The notebook is filled with their outputs."""
    client = NotebookClient(notebook, km=kernel, timeout=timeout, record_timing=False)
    try:
        async with client.async_setup_kernel():
            for index, cell in enumerate(notebook.cells):
                await client.async_execute_cell(cell, index, store_history=store_history)
            client.set_widgets_metadata()
    except CellControlSignal:
        return False
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
    return True


def steady(notebook: NotebookNode) -> None:
    """What differs from run to run, made the same: the drawn ids of pandas' styled tables, and addresses in memory."""
    ids: dict[str, str] = {}

    def same(text: str) -> str:
        named = TABLE.sub(lambda found: ids.setdefault(found[0], f"T_{len(ids):05x}"), text)
        return ADDRESS.sub("at 0x0", named)

    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "text" in output:
                output["text"] = same(output["text"])
            for kind, value in output.get("data", {}).items():
                if kind.startswith("text/") and isinstance(value, str):
                    output["data"][kind] = same(value)


def setup(app: Sphinx) -> None:
    """Just before the pages are read, when Sphinx knows which."""
    app.connect("env-before-read-docs", execute)
