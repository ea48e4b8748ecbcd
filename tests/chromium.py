"""Find a Chromium for the tests: an installed one first, and only then try to fetch one.

`python tests/chromium.py --install` prints its path, or says in words what to do where none can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    """Install a Chromium: with Debian's packages where we may, otherwise with Playwright's download."""
    if shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo")):
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            subprocess.run([*prefix, *command], check=False, env=environment, stdout=subprocess.DEVNULL)
    if not find_chromium():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if "--install" in sys.argv and not find_chromium():
        install()
    path = find_chromium()
    if not path:
        sys.exit("No Chromium was found or could be installed. Install one and name it: CHROMIUM=/path/to/chromium")
    print(path)
