"""Bills through the limited process, start to end: a PDF with text, and a photo on one core."""

import importlib
import resource
import time

from bot.documents import DocumentFile, read_files
from tools.bench.table import Result, take_median

TEXT_SECONDS = 1.0
PHOTO_SECONDS = 12.0
PHOTO_MEGABYTES = 1000
LAYOUTS = ("con_edison", "pge", "spain", "pseg")


def measure_bills(quick: bool) -> list[Result]:
    """Wall clock of the PDF; CPU seconds of the photo, which no other program's work changes, and its memory."""
    rounds = 3 if quick else 15
    draw = importlib.import_module("tests.bills.draw").draw  # drawn by what the tests draw with
    texts = [draw(number, LAYOUTS[number % 4], "pdf").content for number in range(rounds)]
    photos = [draw(number, LAYOUTS[number % 4], "photo").content for number in range(1 if quick else 6)]
    walls = [clock_reading(content)[0] for content in texts]
    spent = [clock_reading(content)[1] for content in photos]
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    note = f"{len(photos)} photos, one thread; slowest {max(spent):.1f} s"
    return [
        _compare_most(
            "bill as PDF with text", take_median(walls), TEXT_SECONDS, "s", f"median of {rounds}, whole call"
        ),
        _compare_most("bill as photo, CPU", take_median(spent), PHOTO_SECONDS, "s", note),
        _compare_most("bill as photo, memory", megabytes, PHOTO_MEGABYTES, "MB", "the most that any process took"),
    ]


def clock_reading(content: bytes) -> tuple[float, float]:
    """Wall clock and the process's CPU seconds."""
    began, before = time.perf_counter(), _count_cpu()
    bill = read_files([DocumentFile(content)])
    if bill.period_start is None:
        raise RuntimeError(f"a bill was not read: {bill.problems}")
    return time.perf_counter() - began, _count_cpu() - before


def _count_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _compare_most(line: str, value: float, most: float, unit: str, note: str) -> Result:
    shown = f"{value:,.2f}" if unit == "s" else f"{value:,.0f}"
    return Result(line, f"{shown} {unit}", f"≤ {most:,.0f} {unit}", value <= most, note)
