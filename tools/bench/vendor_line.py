"""A burst of vendors' webhooks: how soon each is answered and all are processed, and what chat replies feel of it."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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
AT_ONCE = 10  # connections that the vendor keeps busy
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
    """The same chat without and with the burst in its midst, in turn."""
    rounds, seconds = (1, 15) if quick else (2, 60)
    calm: list[Outcome] = []
    busy: list[Outcome] = []
    bursts: list[Burst] = []
    with run_stack(ground, with_opensolar=True) as stack:
        homes = settle_homes(stack, HOMES)
        chat(stack, 0, 5)  # connections are opened
        for number in range(rounds):
            design_homes(stack, homes, kw=6.2 + number)
            calm.append(chat(stack, 20_000 * number + 10_000, seconds))
            requests = make_burst(stack.web_port, homes, WEBHOOKS, first=WEBHOOKS * number)
            bursts.append(Burst())
            firing = threading.Timer(2.0, fire, (stack, homes, requests, bursts[-1]))
            firing.start()
            busy.append(chat(stack, 20_000 * number + 20_000, seconds))
            firing.join()
            if failure := bursts[-1].failure:
                raise failure
    return [*show_bursts(bursts), *show_chat(calm, busy, seconds)]


def chat(stack: Stack, first: int, seconds: float) -> Outcome:
    return send_crowd(stack, gather_crowd(first, CHATS_A_SECOND, seconds), CHATS_A_SECOND)


def fire(stack: Stack, homes: Sequence[Home], requests: Sequence[bytes], burst: Burst) -> None:
    """Sends the burst and waits until everything of it is done with."""
    try:
        told, reads, done = count_told(stack, homes), count_reads(stack), count_processed(stack)
        began = time.monotonic()
        burst.answers = time_all(stack.web_port, requests, AT_ONCE)
        burst.took = time.monotonic() - began
        while count_processed(stack) - done < len(requests) and time.monotonic() < began + PATIENCE_SECONDS:
            time.sleep(0.1)  # the pause of a poll with a deadline
        if count_processed(stack) - done == len(requests):
            burst.processed = time.monotonic() - began
        time.sleep(5.0)  # whatever is told too often has the time to be
        burst.told, burst.reads = count_told(stack, homes) - told, count_reads(stack) - reads
    except Exception as error:
        burst.failure = error


def count_processed(stack: Stack) -> int:
    return count(stack, VendorEventRow.status == "processed")


def count_reads(stack: Stack) -> int:
    """Answered calls for a project's designs: one in each read."""
    return count(stack, VendorCall.path.like("%/systems/"), VendorCall.http_status == 200)


def count(stack: Stack, *conditions: Any) -> int:
    engine = create_engine(stack.database)
    try:
        with engine.connect() as connection:
            return int(connection.scalar(select(func.count()).where(*conditions)) or 0)
    finally:
        engine.dispose()


def count_told(stack: Stack, homes: Sequence[Home]) -> int:
    addresses = {f"whatsapp:{home.phone}" for home in homes}
    return sum(fact["kind"] == "message_accepted" and fact["to"] in addresses for fact in stack.read_ledger())


def show_bursts(bursts: Sequence[Burst]) -> list[Result]:
    answers = [each for burst in bursts for each in burst.answers]
    p50, p99 = take_share(answers, 0.5), take_share(answers, 0.99)
    each = "; ".join(
        f"in {burst.took:.1f} s, {burst.reads} reads, {burst.told} messages for {HOMES} transitions" for burst in bursts
    )
    note = f"{WEBHOOKS:,} webhooks over {HOMES} projects, {AT_ONCE} connections: {each}; p50 {p50 * 1000:.0f} ms"
    ends = [burst.processed for burst in bursts if burst.processed is not None]
    complete = len(ends) == len(bursts) and all(burst.told == HOMES for burst in bursts)
    line = "burst of vendors' webhooks"
    return [
        Result(f"{line}, p99", f"{p99 * 1000:.0f} ms", f"≤ {ANSWER_TARGET * 1000:.0f} ms", p99 <= ANSWER_TARGET, note),
        Result(
            f"{line}, all processed", f"{max(ends):.1f} s" if len(ends) == len(bursts) else "never",
            f"≤ {PROCESS_TARGET:.0f} s", complete and max(ends) <= PROCESS_TARGET, note,
        ),
    ]  # fmt: skip


def show_chat(calm: Sequence[Outcome], busy: Sequence[Outcome], seconds: float) -> list[Result]:
    """Replies with the burst over replies without it; the rounds pair by pair in the note."""
    pairs = list(zip(busy, calm, strict=True))
    target = f"≤ {SLOWER_TARGET:.2f} ×"
    rows, notes = [], [f"{calm[0].sent} messages in {seconds:.0f} s each time"]
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        loud, quiet = (take_share([t for each in side for t in each.received], share) for side in (busy, calm))
        times = [f"{b.received_share(share) * 1000:.0f}/{c.received_share(share) * 1000:.0f}" for b, c in pairs]
        notes.append(f"{name} in ms {', '.join(times)}")
        rows.append((f"replies with the burst, {name}", f"{loud / quiet:.2f} ×", target, loud / quiet <= SLOWER_TARGET))
    notes += [each.shares for pair in pairs for each in pair]
    return [Result(*row, "; ".join(notes)) for row in rows]
