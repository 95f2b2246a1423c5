"""Writes docs/bench.md: the last table, and the machine that it was measured on."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tools.bench.table import Result, format_table

REPORT = Path(__file__).resolve().parent.parent.parent / "docs" / "bench.md"
METHOD = """\
`make bench` writes this table to the terminal, `python -m tools.bench --write` to this file; `--quick` shows in two
minutes that everything runs, and names of lines (`engine web webhook backlog traffic`) choose some. It never fails for
being slow.

How it is measured:

- **Ratios** compare two sides that take turns within one run, round by round, on the same private PostgreSQL (fsync
  on) and Redis (append-only file), with the same gunicorn command and the same engine settings. The ratio is that of
  the medians; the rounds behind it stand beside it, and so does the CPU time that each side took: where other programs
  share the machine, that is the steadier number.
- **engine**: CPU seconds of one process, so that neighbours on the machine count little.
- **webhook**: new connections from eight threads, 200 known contacts, every MessageSid new. The bare route checks the
  same signature, inserts one row through the ORM, commits and enqueues. A thread empties the queue on both sides as a
  worker would, so that ours rings as often as it does in earnest. Ours also keeps when the contact was last heard.
- **backlog**: homeowners with ten messages each, taken from the scripts in `tools/bench/homeowners.toml`. The bare loop
  reads and writes the same rows with ORM objects and commits as often; it knows beforehand what each turn decides, so
  that reading, engine and doorbells are on our side alone.
- **webhook to reply**: the product's processes as in the Procfile, the sandbox's Twilio and the homeowners share the
  machine. Each homeowner writes every eight seconds, through a whole conversation, menus and stored project included;
  Twilio calls back with `queued`, `sent` and `delivered` for each reply. Times come from Twilio's ledger: at the calm
  rate from calling the webhook to the reply's POST; at the higher rates from when the homeowner wrote, so that
  nothing hides in a queue. Held means: p95 within 2 s and every expected reply there exactly once. The notes say how
  much of the machine was idle and how much went to programs that have nothing to do with this.

Where a message's CPU time goes (milliseconds, all of it on two cores): four webhooks of its own, one for the message
and three for the statuses of its reply, take about as much in gunicorn as turn and send together take in the workers;
PostgreSQL commits eight times; the sandbox, which is no part of the product, makes up a sixth. At the calm rate the
lingering workers look for work a hundred times a second, which is why a message costs more there.
"""


def write_report(results: Sequence[Result]) -> None:
    day = datetime.now(UTC).date().isoformat()
    REPORT.write_text(f"# How fast\n\n{day}, {describe_machine()}.\n\n{format_table(results)}\n\n{METHOD}")


def describe_machine() -> str:
    """Processor, cores, memory, system and Python, in words."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_name_processor()}, {cores} cores, {memory:.0f} GB, Linux, Python " + (platform.python_version())


def _name_processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
