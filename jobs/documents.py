"""Drains the queue of files, and stays for what is due in a moment: a contact waits for what their bill says."""

import time

from bot.wake import EFFECT_QUEUES
from db.bill_files import seconds_to_work
from jobs.context import Context, current
from jobs.runner import drain_queue

QUEUE = "documents"
KINDS = [kind for kind, queue in EFFECT_QUEUES.items() if queue == QUEUE]
LINGER_SECONDS = 5.0  # what is due later is the sweeper's
DRAIN_SECONDS = 30.0  # then the worker looks after itself, and goes on at the next ring
POLL_SECONDS = 0.2


def drain() -> None:
    """The job of the queue `documents`."""
    drain_files(current(), DRAIN_SECONDS)


def drain_files(context: Context, seconds: float) -> None:
    """Runs what is due, and what becomes due within a moment of it."""
    end = time.monotonic() + seconds
    while True:
        drain_queue(context, QUEUE)
        with context.engine.connect() as connection:
            wait = seconds_to_work(connection, KINDS)
        if wait is None or wait > LINGER_SECONDS:
            return
        if time.monotonic() > end:
            context.bell.ring(QUEUE)
            return
        time.sleep(min(max(wait, 0.0), POLL_SECONDS))  # the pause of a poll with a deadline
