"""The lease of an effect that takes long, prolonged as long as its process lives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from db.outbox import renew_effect
from jobs.context import Context

log = structlog.get_logger(__name__)


@contextmanager
def hold_lease(context: Context, row: Any) -> Iterator[None]:
    """Whatever happens in the block, nobody else claims `row` meanwhile; after a death it is free in LEASE_SECONDS."""
    ending = threading.Event()
    holder = threading.Thread(target=_hold, args=(context, row, ending), daemon=True)
    holder.start()
    try:
        yield
    finally:
        ending.set()
        holder.join()


def _hold(context: Context, row: Any, ending: threading.Event) -> None:
    seconds = context.settings.lease_seconds
    while not ending.wait(seconds / 3):
        try:
            with context.engine.begin() as connection:
                if not renew_effect(connection, row.id, row.lease_token, seconds):
                    return  # what comes of it is fenced away
        except SQLAlchemyError as error:  # the settling meets it too, and says so
            log.warning("a lease could not be prolonged", row=row.id, error=type(error).__name__)
