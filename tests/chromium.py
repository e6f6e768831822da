"""Find a Chromium, or get one. A missing browser is a failure with a sentence, never a skip."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MISSING = "no Chromium was found and none could be installed: install Chromium or Google Chrome, or name one in the variable CHROMIUM"


def find() -> str | None:
    """Return the path of a browser: $CHROMIUM, one on the PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    for path in (named, *map(shutil.which, NAMES)):
        if path and os.path.exists(path):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        own = play.chromium.executable_path
    return own if os.path.exists(own) else None


def provide() -> str:
    """Return the path of a browser, fetching Playwright's own or Debian's package when there is none.

    Raises:
        SystemExit: with a sentence, when there is none to be had.
    """
    if path := find():
        return path
    subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False)
    if path := find():
        return path
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo"]
        subprocess.run([*root, "apt-get", "update", "-qq"], check=False)
        subprocess.run([*root, "apt-get", "install", "-y", "-qq", "chromium"], check=False)
    if path := find():
        return path
    raise SystemExit(MISSING)
