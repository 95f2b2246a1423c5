"""Has files read by a limited process, and says what became of it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog

from bot.documents.answers import fail_with, load_bill
from bot.documents.kinds import find_kind
from bot.documents.limits import LIMITS, Limits
from flows.reading.bills.types import Bill

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "/nonexistent"  # the child keeps nothing
COMMAND = (sys.executable, "-m", "bot.documents.child")
OUT_OF_TIME = (-signal.SIGXCPU,)
OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGTRAP)  # how native libraries end when they get no more
MOST_BYTES = 1_000_000  # of an answer: a year of figures has a few thousand
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A file as it came; type and name are what the sender says, and are not believed."""

    content: bytes
    content_type: str = ""
    name: str = ""


def read_files(
    files: Sequence[DocumentFile],
    country: str = "US",
    limits: Limits = LIMITS,
    command: Sequence[str] = COMMAND,
) -> Bill:
    """One bill out of all files; what went wrong is among its problems. Never raises for a file's sake.

    `country`: ISO 3166, says how dates and money are meant. `command`: the process that reads.
    """
    if too_large := find_excess(files, limits):
        return too_large
    kinds = [find_kind(file.content) for file in files]
    if "pdf" not in kinds and set(kinds) <= {"other"}:
        return fail_with("wrong_type")
    pictures = sum(kind == "picture" for kind in kinds) + kinds.count("pdf") * limits.recognised_pages
    seconds = limits.allow_seconds(pictures)
    wish = {"sizes": [len(file.content) for file in files], "country": country, "limits": asdict(limits)}
    head = json.dumps({**wish, "seconds": seconds, "parent": os.getpid()}).encode()
    return run_reader(command, b"\n".join([head, b"".join(file.content for file in files)]), seconds)


def find_excess(files: Sequence[DocumentFile], limits: Limits) -> Bill | None:
    sizes = [len(file.content) for file in files]
    if not files or not any(sizes):
        return fail_with("unreadable")
    if max(sizes) > limits.file_bytes or sum(sizes) > limits.all_bytes or len(files) > limits.files:
        return fail_with("too_large")
    return None


def run_reader(command: Sequence[str], given: bytes, seconds: float) -> Bill:
    """The child sees nothing of our environment, and whatever it started ends with it. `given` goes through a pipe:
    a process that is killed leaves nothing of a bill on a disk."""
    environment = {
        "HOME": NOWHERE,
        "TMPDIR": NOWHERE,
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
        "MALLOC_MMAP_THRESHOLD_": "1048576",  # large blocks go back at once: a third less memory
        "MALLOC_TRIM_THRESHOLD_": "1048576",
    }
    starting = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with starting as child, ThreadPoolExecutor(3) as pool:
        pool.submit(feed, child, given)
        answer, said = (pool.submit(pipe.read, MOST_BYTES) for pipe in (child.stdout, child.stderr) if pipe)
        try:
            child.wait(seconds)  # one that says more than is read stands still until then
        except subprocess.TimeoutExpired:
            return fail_with("time_out")
        finally:
            end_group(child)
    return judge(child.returncode, answer.result(), said.result().decode(errors="replace"))


def feed(child: "subprocess.Popen[bytes]", given: bytes) -> None:
    if child.stdin:
        with contextlib.suppress(BrokenPipeError), child.stdin:  # it may end before it has read everything
            child.stdin.write(given)


def end_group(child: "subprocess.Popen[bytes]") -> None:
    """With whatever it started, as long as its number is still its own."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def judge(code: int, answer: bytes, said: str) -> Bill:
    """What the child said, or what its end means."""
    if code in OUT_OF_TIME:
        return fail_with("time_out")
    if code in OUT_OF_MEMORY:
        return fail_with("too_large")
    try:
        if code == 0:
            return load_bill(json.loads(answer))
    except (ValueError, KeyError, TypeError, RecursionError):
        log.warning("documents.no_answer", code=code)
    log.warning("documents.child_failed", code=code, said=said[-400:])
    return fail_with("unreadable")
