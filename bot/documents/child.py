"""`python -m bot.documents.child`: reads the files it is given within limits and answers one bill in JSON."""

import json
import sys
import time
from typing import Any

from bot.documents.answers import write_bill
from bot.documents.limits import Limits, confine_process, end_with_parent
from bot.documents.reading import read_contents

FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.bind",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
)
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


def refuse_outside(event: str, _: tuple[Any, ...]) -> None:
    """A file has nobody to talk to."""
    if event in FORBIDDEN:
        raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main())
