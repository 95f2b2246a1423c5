"""Rings for what is runnable and in nobody's hands, so that a lost ring only delays."""

from bot.failpoints import reach
from bot.logs import get_logger
from bot.wake import EFFECT_QUEUES
from db.claims import has_waiting_turn
from db.outbox import list_due_kinds
from db.vendor_event_rows import seconds_to_event
from db.vendor_reads import seconds_to_read
from jobs.context import Context
from jobs.release_vendor_work import release_vendor_work

log = get_logger(__name__)


def sweep(context: Context) -> None:
    """Looks once at the database and rings the queues that have work; what waited for a vendor has if it need not."""
    release_vendor_work(context)
    with context.engine.connect() as connection:
        kinds = list_due_kinds(connection)
        queues = {EFFECT_QUEUES[kind] for kind in kinds if kind in EFFECT_QUEUES}
        if has_waiting_turn(connection):
            queues.add("turns")
        waits = [seconds_to_event(connection), seconds_to_read(connection, context.vendors.list_on())]
        if any(wait is not None and wait <= 0 for wait in waits):
            queues.add("vendors")
    for kind in sorted(set(kinds) - set(EFFECT_QUEUES)):
        log.error("an effect waits for a version that knows it", kind=kind)
    reach("sweep.before_ring")
    for queue in sorted(queues):
        context.bell.ring(queue)
    reach("sweep.after_ring")
