"""Drains the queue of work with vendors, staff and reminders: what concerns staff never waits for a vendor."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.wake import EFFECT_QUEUES
from db.vendor_event_rows import seconds_to_event
from db.vendor_reads import SETTLE_SECONDS, seconds_to_read
from jobs.context import Context, current
from jobs.read_project import read_next
from jobs.runner import LEASES, run_next
from jobs.vendor_events import take_batch

QUEUE = "vendors"
URGENT = ("alert_staff", "remind")
OTHERS = tuple(kind for kind, queue in EFFECT_QUEUES.items() if queue == QUEUE and kind not in URGENT)
DRAIN_SECONDS = 60.0
GATHER_SECONDS = 0.25  # in which more webhooks of a burst come together: a batch costs as much for one as for many
WATCH_SECONDS = 0.25  # how long an alert may wait for a call of a vendor's that is on its way
LINGER_SECONDS = SETTLE_SECONDS + 0.5  # a read at the usual pace, or amid a crowd, is waited for

Step = Callable[[Context], bool]

log = structlog.get_logger(__name__)


def drain() -> None:
    """The job of the queue `vendors`."""
    context = current()
    if not drain_vendors(context):
        context.bell.ring(QUEUE)


def drain_vendors(context: Context, seconds: float = DRAIN_SECONDS, linger: float = LINGER_SECONDS) -> bool:
    """Works until nothing is due, waiting for what is due within `linger` seconds, or until `seconds` are over; whether
    nothing is left.

    Alerts and reminders go before everything, also while a vendor is being called; then webhooks, a read, another
    effect, in turn, so that none of them starves.
    """
    context.bell.silence(QUEUE)
    end = time.monotonic() + seconds
    with watch_urgent(context):
        while time.monotonic() < end:
            if work_round(context):
                continue
            pause = seconds_to_work(context)
            if pause is None or pause > linger:
                return True
            time.sleep(min(max(pause, 0.01), WATCH_SECONDS))  # the pause of a poll with a deadline
    return False


def work_round(context: Context) -> bool:
    """One step of each kind of work; False where there was nothing to do."""
    taken = run_urgent(context) | take_batch(context)
    busy = False
    for step in (read_next, run_other):
        busy |= run_urgent(context)
        busy |= step(context)
    if taken and not busy:
        time.sleep(GATHER_SECONDS)  # so that more webhooks of the same objects are read at once
    return taken or busy


def run_urgent(context: Context) -> bool:
    """Every alert and reminder that is due."""
    count = 0
    while run_next(context, list(URGENT), context.settings.lease_seconds * LEASES[QUEUE]):
        count += 1
    return count > 0


def run_other(context: Context) -> bool:
    """One effect that is for a vendor."""
    return run_next(context, list(OTHERS), context.settings.lease_seconds * LEASES[QUEUE])


def seconds_to_work(context: Context) -> float | None:
    """Seconds until a webhook or a read is due; None where none is planned."""
    vendors = context.vendors.list_on()
    awake = context.rests.list_awake(vendors)
    with context.engine.connect() as connection:
        waits = [seconds_to_event(connection), seconds_to_read(connection, awake)]
        for vendor in set(vendors) - set(awake):
            if (wait := seconds_to_read(connection, [vendor])) is not None:
                waits.append(max(wait, context.rests.seconds_left(vendor)))
    return min((wait for wait in waits if wait is not None), default=None)


@contextmanager
def watch_urgent(context: Context) -> Iterator[None]:
    """Runs alerts and reminders beside whatever happens in the block."""
    ending = threading.Event()
    watcher = threading.Thread(target=_watch, args=(context, ending), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ending.set()
        watcher.join()


def _watch(context: Context, ending: threading.Event) -> None:
    while not ending.wait(WATCH_SECONDS):
        try:
            run_urgent(context)
        except SQLAlchemyError as error:  # the drain itself meets it too, and says so
            log.warning("alerts wait for the database", error=type(error).__name__)
