"""Find a Chromium for the tests: an installed one first, and only then try to fetch one.

The tests prefer Chromium's headless shell: the same engine without a browser's windows, which opens a page for less
than half the work. What a benchmark measures is measured in a whole browser.

`python tests/chromium.py --install` prints its path, or says in words what to do where none can be had. On Debian it
installs the shell too where it may.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_shell() -> str | None:
    """The path of what the tests run in: $CHROMIUM, Chromium's headless shell, otherwise a whole browser."""
    return os.environ.get("CHROMIUM") or shutil.which(SHELL) or find_chromium()


def find_chromium() -> str | None:
    """The path of an installed browser: $CHROMIUM, one on the PATH, a macOS application, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    on_path = [found for name in NAMES if (found := shutil.which(name))]
    apps = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC]
    installed = next((path for path in [named, *on_path, *apps] if path and Path(path).exists()), None)
    return installed or _playwrights()


def _playwrights() -> str | None:
    """The browser that Playwright has downloaded, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install what is missing: with Debian's packages where we may, otherwise a browser with Playwright's download."""
    if shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo")):
        missing = [] if shutil.which(SHELL) else [SHELL]
        apt("update")
        for package in missing if find_chromium() else [*missing, "chromium"]:
            apt("install", "-y", package)  # by itself: a distribution that lacks one may have the other
    if not find_shell():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def apt(*words: str) -> None:
    """Ask apt-get, if need be as the administrator and if that takes no password; whether it did is seen after."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "-qq", *words], check=False, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if "--install" in sys.argv and not (shutil.which(SHELL) or os.environ.get("CHROMIUM")):
        install()
    path = find_shell()
    if not path:
        sys.exit("No Chromium was found or could be installed. Install one and name it: CHROMIUM=/path/to/chromium")
    print(path)
