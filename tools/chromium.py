"""Finds the Chromium that the browser tests drive: `CHROMIUM`, else on PATH."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "The browser tests need Chromium: set CHROMIUM to its program, or have chromium, chromium-browser or google-chrome "
    "on PATH."
)


class ChromiumMissing(RuntimeError):
    """There is no Chromium; the message says what to do."""


def find_chromium() -> str:
    """The path of the program; raises ChromiumMissing."""
    wanted = [given] if (given := os.environ.get("CHROMIUM", "")) else NAMES
    for name in wanted:
        if found := shutil.which(name):
            return found
    raise ChromiumMissing(MISSING)


if __name__ == "__main__":
    try:
        print(find_chromium())
    except ChromiumMissing as problem:
        sys.exit(str(problem))
