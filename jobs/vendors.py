"""Drains the queue of work with vendors, staff and reminders."""

from jobs.context import current
from jobs.runner import drain_queue


def drain() -> None:
    """The job of the queue `vendors`."""
    drain_queue(current(), "vendors")
