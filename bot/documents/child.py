"""`python -m bot.documents.child`: reads the files it is given within limits and answers one bill in JSON."""

import json
import os
import sys
import time
from typing import Any

from bot.documents.answers import write_bill
from bot.documents.limits import Limits, confine_process, end_with_parent
from bot.documents.reading import read_contents

FORBIDDEN = ("socket.", "subprocess.", "shutil.", "os.")
"""How the names of events begin that nothing which reads has use for: network, programs, other files."""
HARMLESS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.add_dll_directory", "os.putenv", "os.unsetenv")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
SPARE = 0.8  # of the time: what was read until then is better than nothing


def main() -> int:
    wish = json.loads(sys.stdin.buffer.readline())
    end_with_parent(wish["parent"])
    limits = Limits(**wish["limits"])
    confine_process(limits, wish["seconds"])
    sys.addaudithook(refuse_outside)
    contents = [sys.stdin.buffer.read(size) for size in wish["sizes"]]
    deadline = time.monotonic() + wish["seconds"] * SPARE
    bill = read_contents(contents, wish["country"], limits, lambda: time.monotonic() > deadline)
    sys.stdout.write(json.dumps(write_bill(bill)))
    return 0


def refuse_outside(event: str, about: tuple[Any, ...]) -> None:
    """A file has nobody to talk to, and nothing to write down. Native code is not asked."""
    if event.startswith(FORBIDDEN) and event not in HARMLESS:
        raise PermissionError(event)
    if event == "open" and about[2] & WRITING and about[0] != os.devnull:
        raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main())
