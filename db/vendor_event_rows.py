"""Webhooks of vendors on their way from received to processed, many rows to a statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, func, literal_column, null, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from db.types import Id, now
from db.vendor_events import VendorEventRow
from db.vendor_projects import VendorProject

BATCH = 500
SETTLED = ("processed", "failed", "ignored")
_RECEIVED: Any = literal_column("'received'")  # not parameters, so that the partial indexes serve
_PROCESSING: Any = literal_column("'processing'")
_FAILED: Any = literal_column("'failed'")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one webhook: its new status; `error` says why where it failed or is ignored."""

    event_id: int
    status: str
    vendor_project_id: int | None = None
    error: str = ""


def insert_event(connection: Connection, **values: Any) -> bool:
    """One statement; False, and nothing written, if there is a row with the same `key` (None is never the same)."""
    return connection.execute(_insert(connection.dialect.name), values).first() is not None


@cache
def _insert(dialect: str) -> Any:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(VendorEventRow).on_conflict_do_nothing(index_elements=["key"]).returning(VendorEventRow.id)


def take_events(connection: Connection, limit: int = BATCH) -> Sequence[Row[Any]]:
    """The oldest received webhooks that are due, nobody else's until the transaction ends."""
    events = VendorEventRow
    columns = (
        events.id, events.vendor, events.event, events.external_id, events.reference, events.objects, events.facts,
        events.attempts, events.received_at, now().label("db_now"),
    )  # fmt: skip
    statement = select(*columns).where(events.status == _RECEIVED, events.due_at <= now()).order_by(events.id)
    return connection.execute(statement.limit(limit).with_for_update(skip_locked=True)).all()


def seconds_to_event(connection: Connection) -> float | None:
    """Seconds until the next received webhook is due, 0 or less when one is; None where none waits."""
    waiting = select(func.min(VendorEventRow.due_at), now()).where(VendorEventRow.status == _RECEIVED)
    due, at = connection.execute(waiting).one()
    return None if due is None else (due - at).total_seconds()


def count_delayed(connection: Connection, vendor: str) -> int:
    """About how many different objects the vendor's received webhooks are that are not due yet."""
    events = VendorEventRow
    waiting = select(func.count(func.distinct(events.objects)))
    waiting = waiting.where(events.status == _RECEIVED, events.vendor == vendor, events.due_at > now())
    return int(connection.execute(waiting).scalar_one())


def find_subjects(
    connection: Connection,
    vendor: str,
    external_ids: Collection[str],
    references: Collection[str],
    objects: Mapping[str, Collection[str]],
) -> Sequence[Row[Any]]:
    """The vendor's projects of ours with one of those ids, references, or objects (kind → ids; kept in the details as
    `<kind>_id`), locked in the order of their ids."""
    links = VendorProject
    named = [links.details[f"{kind}_id"].as_string().in_(sorted(ids)) for kind, ids in sorted(objects.items())]
    columns = (
        links.id, links.external_id, links.reference, links.details, links.objects, links.read_at, links.due_at,
        links.idle_reads, links.read_attempts, now().label("db_now"),
    )  # fmt: skip
    mine = or_(links.external_id.in_(sorted(external_ids)), links.reference.in_(sorted(references)), *named)
    statement = select(*columns).where(links.vendor == vendor, mine).order_by(links.id).with_for_update()
    return connection.execute(statement).all()


def settle_events(connection: Connection, verdicts: Sequence[Verdict]) -> None:
    """One statement for all of them."""
    if not verdicts:
        return
    given = [
        {"row": each.event_id, "to_status": each.status, "subject": each.vendor_project_id, "why": each.error[:500]}
        for each in verdicts
    ]
    connection.execute(_settle(all(each.status in SETTLED for each in verdicts)), given)


@cache
def _settle(ended: bool) -> Any:
    return (
        update(VendorEventRow)
        .where(VendorEventRow.id == bindparam("row", type_=Id))
        .values(
            status=bindparam("to_status", type_=String),
            error=bindparam("why", type_=String),
            vendor_project_id=bindparam("subject", type_=Id),
            attempts=VendorEventRow.attempts + 1,
            processed_at=now() if ended else null(),
        )
    )


def delay_events(connection: Connection, event_ids: Sequence[int], seconds: float, attempts: int = 0) -> None:
    """Takes received webhooks out of everybody's hands for so long; `attempts` are added."""
    statement = update(VendorEventRow).where(VendorEventRow.id.in_(event_ids), VendorEventRow.status == _RECEIVED)
    connection.execute(statement.values(due_at=now(seconds), attempts=VendorEventRow.attempts + attempts))


def name_owner(connection: Connection, event_ids: Sequence[int], external_id: str) -> None:
    """It turned out which of the vendor's projects they are about: they are due at once."""
    statement = update(VendorEventRow).where(VendorEventRow.id.in_(event_ids), VendorEventRow.status == _RECEIVED)
    connection.execute(statement.values(external_id=external_id, due_at=now()))


def finish_events(
    connection: Connection, vendor_project_id: int, before: datetime, status: str = "processed", error: str = ""
) -> int:
    """Webhooks about the project that came before a read began are done with it; how many."""
    statement = update(VendorEventRow).where(
        VendorEventRow.vendor_project_id == vendor_project_id,
        VendorEventRow.status == _PROCESSING,
        VendorEventRow.received_at < before,
    )
    return connection.execute(statement.values(status=status, error=error[:500], processed_at=now())).rowcount


def has_processing_events(connection: Connection, vendor_project_id: int) -> bool:
    """Whether webhooks about the project wait for a read."""
    statement = select(VendorEventRow.id).where(
        VendorEventRow.vendor_project_id == vendor_project_id, VendorEventRow.status == _PROCESSING
    )
    return connection.execute(statement.limit(1)).first() is not None


def list_waiting_since(connection: Connection, vendor_project_ids: Collection[int]) -> dict[int, datetime]:
    """When the oldest webhook came that waits for a read of each of these projects."""
    statement = (
        select(VendorEventRow.vendor_project_id, func.min(VendorEventRow.received_at))
        .where(VendorEventRow.vendor_project_id.in_(sorted(vendor_project_ids)), VendorEventRow.status == _PROCESSING)
        .group_by(VendorEventRow.vendor_project_id)
    )
    return {int(row[0] or 0): row[1] for row in connection.execute(statement)}


def replay_event(connection: Connection, event_id: int) -> bool:
    """The webhook is taken in hand again; False where there is none of that id, or it is under way."""
    statement = update(VendorEventRow).where(VendorEventRow.id == event_id, VendorEventRow.status.in_(SETTLED))
    return connection.execute(statement.values(**_AGAIN)).rowcount == 1


def replay_failed(connection: Connection) -> int:
    """All that failed are taken in hand again; how many. Ring `vendors` after the commit."""
    return connection.execute(update(VendorEventRow).where(VendorEventRow.status == _FAILED).values(**_AGAIN)).rowcount


_AGAIN: dict[str, Any] = {"status": "received", "error": "", "attempts": 0, "due_at": now(), "processed_at": None}
