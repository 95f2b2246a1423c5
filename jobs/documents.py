"""Drains the queue of files."""

from jobs.context import current
from jobs.runner import drain_queue


def drain() -> None:
    """The job of the queue `documents`."""
    drain_queue(current(), "documents")
