"""Files through the limited process: what is read, and what is said of those that cannot be."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bot.documents import LIMITS, DocumentFile, read_files
from bot.documents.ask import COMMAND
from bot.documents.child import refuse_outside
from bot.documents.kinds import find_kind
from flows.reading.bills.types import Problem
from tests.bills.draw import draw
from tests.documents import hostile
from tests.source import ROOT

HURRIED = replace(LIMITS, seconds=0.5, seconds_a_picture=0.0)


def test_a_pdf_with_text_is_read() -> None:
    bill = read_files([DocumentFile(hostile.write_pdf(), "application/pdf", "bill.pdf")])
    assert (bill.utility, bill.kwh, bill.amount, bill.currency) == ("Con Edison", 512.0, 140.2, "USD")
    assert (bill.period_start, bill.period_end) == ("2025-10-03", "2025-11-04")
    assert bill.account is not None
    assert bill.account.endswith("2345")
    assert "0000" not in bill.account


def test_a_pdf_locked_against_changes_is_read() -> None:
    assert read_files([DocumentFile(hostile.lock_pdf(""))]).kwh == 512.0


def test_many_pages_are_read_to_the_limit() -> None:
    bill = read_files([DocumentFile(hostile.write_pdf(500))])
    assert bill.kwh == 512.0
    assert "too_many_pages" in bill.problems


def test_a_photo_taken_sideways_is_read_within_its_memory() -> None:
    """The first seed of the layout whose phone was held sideways."""
    drawn = draw(7, "spain", "photo")
    bill = read_files([DocumentFile(drawn.content, "image/jpeg")], "ES")
    assert (bill.kwh, bill.amount) == (drawn.truth["kwh"], drawn.truth["amount"])
    assert (bill.period_start, bill.period_end) == (drawn.truth["period_start"], drawn.truth["period_end"])
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000, "more than 1 GB"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (hostile.lock_pdf("secret"), "encrypted"),
        (hostile.write_pdf()[:400], "unreadable"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "unreadable"),
        (hostile.write_laughs(), "unreadable"),
        (hostile.write_outside(), "unreadable"),
        (b'<?xml version="1.0"?>' + b"<feed>" * 100_000, "unreadable"),
        (b"name,colour\nDana,red\nMilo,blue\n", "not_a_bill"),
        (hostile.write_png_bomb(12_000, 12_000), "too_large"),
    ],
    ids=["locked", "cut", "noise", "laughs", "outside", "deep", "no bill", "bomb"],
)
def test_a_bad_file_is_named(content: bytes, problem: Problem) -> None:
    bill = read_files([DocumentFile(content)])
    assert bill.problems == (problem,)
    assert bill.kwh is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (hostile.write_zip(), "wrong_type"),
        (b"<!DOCTYPE html><html>hello</html>", "wrong_type"),
        (b"hello there", "wrong_type"),
        (b"MZ\0\0" + bytes(500), "wrong_type"),
        (b"", "unreadable"),
        (bytes(LIMITS.file_bytes + 1), "too_large"),
    ],
    ids=["zip", "page", "text", "program", "empty", "large"],
)
def test_what_is_no_document_starts_no_process(content: bytes, problem: Problem) -> None:
    bill = read_files([DocumentFile(content, "application/pdf", "bill.pdf")], command=["/nowhere"])
    assert bill.problems == (problem,)


def test_what_unpacks_without_end_is_stopped() -> None:
    limits = replace(LIMITS, memory=300_000_000)
    bill = read_files([DocumentFile(hostile.write_unpacking_pdf(120_000_000))], limits=limits)
    assert set(bill.problems) <= {"too_large", "unreadable"}
    assert bill.problems


def test_a_process_that_hangs_is_ended() -> None:
    hung = [sys.executable, "-c", "import signal; signal.pause()"]
    assert read_files([DocumentFile(hostile.write_pdf())], limits=HURRIED, command=hung).problems == ("time_out",)


@pytest.mark.parametrize(
    ("number", "problem"),
    [(signal.SIGSEGV, "unreadable"), (signal.SIGABRT, "too_large"), (signal.SIGXCPU, "time_out"), (0, "unreadable")],
)
def test_a_process_that_ends_without_an_answer_is_a_problem(number: int, problem: Problem) -> None:
    dying = [sys.executable, "-c", f"import os; os.kill(os.getpid(), {int(number)}); print('[]')"]
    assert read_files([DocumentFile(hostile.write_pdf())], command=dying).problems == (problem,)


def test_the_process_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "ours")
    telling = answer_unless("'SECRET_KEY' in os.environ")
    assert read_files([DocumentFile(hostile.write_pdf())], command=telling).kwh == 1.0


def test_no_file_lies_on_a_disk_while_it_is_read(tmp_path: Path) -> None:
    """A worker that is killed could not take it away: seen in a worker of its own, whose temporary folder is empty."""
    telling = answer_unless(f"os.listdir({str(tmp_path)!r})")
    worker = (
        "from bot.documents import DocumentFile, read_files; from tests.documents import hostile; "
        f"print(read_files([DocumentFile(hostile.write_pdf())], command={telling!r}).kwh)"
    )
    surroundings = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", worker], env=surroundings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1.0"


def test_the_process_ends_with_the_worker_that_wants_its_answer() -> None:
    """The real one, waiting for bytes that its killed parent no longer sends while somebody holds the pipe open."""
    reading, writing = os.pipe()
    starting = "import signal, subprocess, sys; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); signal.pause()"
    worker = subprocess.Popen(
        [sys.executable, "-c", starting, *COMMAND], stdin=reading, stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert worker.stdout is not None
    with worker.stdout, os.fdopen(writing, "wb", buffering=0) as pipe:
        child = int(worker.stdout.readline())
        wish = {"sizes": [5], "country": "US", "limits": asdict(LIMITS), "seconds": 60, "parent": worker.pid}
        pipe.write(json.dumps(wish).encode() + b"\n")
        worker.kill()
        worker.wait()
        end = time.monotonic() + 10
        while lives(child):
            assert time.monotonic() < end, "it reads on for nobody"
            time.sleep(0.05)
    os.close(reading)


def lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


def answer_unless(condition: str) -> list[str]:
    """A process that says 1 kWh, or fails."""
    answer = '{"utility": null, "account": null, "period_start": null, "period_end": null, "kwh": 1.0, "amount": null, '
    answer += (
        '"currency": null, "service_address": null, "monthly_kwh": null, "confidence": 0, "sure": [], "problems": []}'
    )
    return [sys.executable, "-c", f"import os, sys; sys.exit(bool({condition} or print({answer!r})))"]


@pytest.mark.parametrize(
    "event",
    ["socket.__new__", "socket.connect", "socket.sendto", "socket.getaddrinfo", "subprocess.Popen", "os.system",
     "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.remove", "os.rename", "os.kill"],
)  # fmt: skip
def test_a_document_reaches_nobody(event: str) -> None:
    with pytest.raises(PermissionError):
        refuse_outside(event, ())


def test_a_document_writes_nothing_down(tmp_path: Path) -> None:
    with pytest.raises(PermissionError):
        refuse_outside("open", (str(tmp_path / "written"), "w", os.O_WRONLY | os.O_CREAT))
    refuse_outside("open", (str(tmp_path / "read"), "r", os.O_RDONLY | os.O_CLOEXEC))


def test_the_confined_process_cannot_write_even_natively(tmp_path: Path) -> None:
    """What the hook does not see, the system refuses."""
    trying = (
        "import ctypes, os, sys; from bot.documents.limits import *; confine_process(LIMITS, 9); "
        "place = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY); print(ctypes.CDLL(None).write(place, b'bill', 4))"
    )
    place = tmp_path / "written"
    told = subprocess.run([sys.executable, "-c", trying, place], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (told.stdout, place.read_bytes()) == ("-1\n", b"")


def test_kinds_are_told_by_content() -> None:
    kinds = {name: find_kind(content) for name, content in _list_contents().items()}
    assert kinds == {name: name.split()[0] for name in kinds}


def _list_contents() -> dict[str, bytes]:
    return {
        "pdf": hostile.write_pdf(),
        "pdf after noise": b"\n\n\0" + hostile.write_pdf(),
        "picture": hostile.write_jpeg(),
        "xml": b'\xef\xbb\xbf<?xml version="1.0"?><feed/>',
        "csv": "Fecha;Consumo_kWh\r\n01/02/2025;1,5\r\n".encode("utf-16"),
        "other": hostile.write_zip(),
        "other mark-up": b"<!doctype html><p>a,b\nc,d</p>",
    }


def test_whoever_asks_loads_no_library_that_reads() -> None:
    show = "import json, sys, bot.documents; print(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(json.loads(answer.stdout))
    assert "bot.documents.ask" in modules
    assert not modules & {"cv2", "onnxruntime", "rapidocr", "PIL", "numpy", "pypdfium2", "defusedxml"}


def test_an_answer_without_end_is_not_kept() -> None:
    """A child that says more than an answer can hold stands still until its time is over."""
    flooding = [sys.executable, "-c", "import sys\nwhile True: sys.stdout.write('x' * 65536)"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_files([DocumentFile(hostile.write_pdf())], limits=HURRIED, command=flooding).problems == ("time_out",)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


@pytest.mark.parametrize("answer", ["'[' * 200_000", "'{' * 200_000", "'\\0'", "'null'"])
def test_an_answer_that_is_none_is_a_problem(answer: str) -> None:
    telling = [sys.executable, "-c", f"print({answer})"]
    assert read_files([DocumentFile(hostile.write_pdf())], command=telling).problems == ("unreadable",)
