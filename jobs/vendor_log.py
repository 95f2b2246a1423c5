"""One row for each call to a vendor, tied to the project, the conversation and the effect that it was made for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal

import structlog
from sqlalchemy import Engine, insert
from sqlalchemy.exc import SQLAlchemyError

from bot.vendor_inbox import clean
from db.vendor_calls import VendorCall
from integrations.exchange import Exchange, OnExchange

SyncType = Literal["", "create_project", "update_project", "create_contact", "update_contact", "fetch_status"]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class About:
    """What calls are made for: ids of ours, None where there is no such thing."""

    project_id: int | None = None
    conversation_id: int | None = None
    outbox_id: int | None = None
    sync_type: SyncType = ""


_about: ContextVar[About] = ContextVar("about", default=About())  # noqa: B039 - About is frozen


@contextmanager
def about(**facts: Any) -> Iterator[None]:
    """Calls made inside belong to `facts`, fields of `About`; what an outer one said holds on."""
    token = _about.set(replace(_about.get(), **facts))
    try:
        yield
    finally:
        _about.reset(token)


def keep_exchange(engine: Engine) -> OnExchange:
    """What hears of every exchange and writes its row at once, in a transaction of its own. A row that cannot be
    written is logged: the call has happened all the same."""

    def keep(call: Exchange) -> None:
        try:
            with engine.begin() as connection:
                connection.execute(insert(VendorCall).values(**describe_call(call, _about.get())))
        except SQLAlchemyError as error:
            log.error("a vendor's call is not in the log", vendor=call.vendor, error=type(error).__name__)

    return keep


def describe_call(call: Exchange, of: About) -> dict[str, Any]:
    """Columns of its row. What a read found is in the project's state: its calls would be most of the log."""
    bodies = of.sync_type != "fetch_status" or call.failure
    return {
        "vendor": call.vendor,
        "sync_type": of.sync_type,
        "status": "failed" if call.failure else "success",
        "method": call.method,
        "path": call.path,
        "http_status": call.status,
        "error": call.failure,
        "attempt": call.attempt,
        "request": clean(_read(call.request)) if bodies else None,
        "answer": clean(_read(call.answer)) if bodies else None,
        "started_at": call.started_at,
        "duration_ms": call.milliseconds,
        "project_id": of.project_id,
        "conversation_id": of.conversation_id,
        "outbox_id": of.outbox_id,
    }


def _read(record: str) -> Any:
    """JSON as JSON, so that it can be searched; what was cut stays text."""
    try:
        return json.loads(record) if record else None
    except ValueError:
        return record
