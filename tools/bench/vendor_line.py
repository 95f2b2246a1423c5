"""A burst of vendors' webhooks: how soon each is answered and all are processed, and what chat replies feel of it."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import create_engine, func, select

from db.vendor_calls import VendorCall
from db.vendor_events import VendorEventRow
from tools.bench.ground import Ground
from tools.bench.load import time_all
from tools.bench.solar_homes import Home, design_homes, make_burst, settle_homes
from tools.bench.stack import Stack, run_stack
from tools.bench.table import Result, take_share
from tools.bench.traffic import Outcome, gather_crowd, send_crowd

HOMES = 50
WEBHOOKS = 1000
AT_ONCE = 20  # connections that the vendor keeps busy
CHATS_A_SECOND = 10
ANSWER_TARGET = 0.300
PROCESS_TARGET = 60.0
SLOWER_TARGET = 1.2
PATIENCE_SECONDS = 150.0


@dataclass
class Burst:
    """`answers` are the seconds that each webhook took, `processed` those from the first one until the last was done
    with (None: it never was), `told` how many messages the homeowners got of it, `reads` how often projects were read.
    """

    answers: list[float] = field(default_factory=list)
    took: float = 0.0
    processed: float | None = None
    told: int = 0
    reads: int = 0
    failure: Exception | None = None


def measure_vendors(ground: Ground, quick: bool) -> list[Result]:
    """The same chat twice, the second time with the burst in its midst."""
    seconds = 15 if quick else 75
    with run_stack(ground, with_opensolar=True) as stack:
        homes = settle_homes(stack, HOMES)
        design_homes(stack, homes)
        send_crowd(stack, gather_crowd(0, CHATS_A_SECOND, 5), CHATS_A_SECOND)  # connections are opened
        calm = send_crowd(stack, gather_crowd(10_000, CHATS_A_SECOND, seconds), CHATS_A_SECOND)
        burst = Burst()
        firing = threading.Timer(2.0, fire, (stack, homes, burst))
        firing.start()
        busy = send_crowd(stack, gather_crowd(20_000, CHATS_A_SECOND, seconds), CHATS_A_SECOND)
        firing.join()
    if burst.failure:
        raise burst.failure
    return [*show_burst(burst), *show_chat(calm, busy, seconds)]


def fire(stack: Stack, homes: Sequence[Home], burst: Burst) -> None:
    """Sends the burst and waits until everything of it is done with."""
    try:
        requests = make_burst(stack.web_port, homes, WEBHOOKS)
        before = count_told(stack, homes)
        began = time.monotonic()
        burst.answers = time_all(stack.web_port, requests, AT_ONCE)
        burst.took = time.monotonic() - began
        if await_processed(stack, began + PATIENCE_SECONDS):
            burst.processed = time.monotonic() - began
        time.sleep(5.0)  # whatever is told too often has the time to be
        burst.told = count_told(stack, homes) - before
        burst.reads = count_reads(stack)
    except Exception as error:
        burst.failure = error


def await_processed(stack: Stack, until: float) -> bool:
    engine = create_engine(stack.database)
    done = select(func.count()).select_from(VendorEventRow).where(VendorEventRow.status == "processed")
    try:
        while time.monotonic() < until:
            with engine.connect() as connection:
                if connection.scalar(done) == WEBHOOKS:
                    return True
            time.sleep(0.1)  # the pause of a poll with a deadline
        return False
    finally:
        engine.dispose()


def count_reads(stack: Stack) -> int:
    """Answered calls for a project's designs: one in each read."""
    engine = create_engine(stack.database)
    calls = select(func.count()).select_from(VendorCall)
    try:
        with engine.connect() as connection:
            answered = (VendorCall.path.like("%/systems/"), VendorCall.http_status == 200)
            return int(connection.scalar(calls.where(*answered)) or 0)
    finally:
        engine.dispose()


def count_told(stack: Stack, homes: Sequence[Home]) -> int:
    addresses = {f"whatsapp:{home.phone}" for home in homes}
    return sum(fact["kind"] == "message_accepted" and fact["to"] in addresses for fact in stack.read_ledger())


def show_burst(burst: Burst) -> list[Result]:
    p99 = take_share(burst.answers, 0.99)
    p50 = take_share(burst.answers, 0.5)
    note = (
        f"{WEBHOOKS:,} webhooks over {HOMES} projects, {AT_ONCE} connections, in {burst.took:.1f} s; "
        f"p50 {p50 * 1000:.0f} ms; {burst.reads} reads; {burst.told} messages told {HOMES} transitions"
    )
    processed = f"{burst.processed:.1f} s" if burst.processed is not None else "never"
    soon = burst.processed is not None and burst.processed <= PROCESS_TARGET and burst.told == HOMES
    line = "burst of vendors' webhooks"
    return [
        Result(f"{line}, p99", f"{p99 * 1000:.0f} ms", f"≤ {ANSWER_TARGET * 1000:.0f} ms", p99 <= ANSWER_TARGET, note),
        Result(f"{line}, all processed", processed, f"≤ {PROCESS_TARGET:.0f} s", soon, note),
    ]


def show_chat(calm: Outcome, busy: Outcome, seconds: float) -> list[Result]:
    """Replies with the burst over replies without it."""
    note = f"{calm.sent} messages in {seconds:.0f} s each time"
    rows = []
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        quiet, loud = calm.received_share(share), busy.received_share(share)
        times = f"{name} {loud * 1000:.0f} against {quiet * 1000:.0f} ms"
        note = f"{note}; {times}"
        target = f"≤ {SLOWER_TARGET:.2f} ×"
        rows.append((f"replies with the burst, {name}", f"{loud / quiet:.2f} ×", target, loud / quiet <= SLOWER_TARGET))
    return [Result(*row, note) for row in rows]
