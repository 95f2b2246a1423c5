"""Status callbacks arriving: kept as they came, and applied to the message by rank."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, case, exists, func, insert, null, or_, select, update
from sqlalchemy.orm import aliased

from db.outbox import MessageStatus, OutboxRow
from db.types import now

other = aliased(OutboxRow)


@dataclass(frozen=True, slots=True)
class StatusArrival:
    """A status as it is kept. `outbox_id` is our id from the callback's address, None when it names none; `rank`
    orders statuses; a `failed` one has a consequence to draw."""

    external_id: str
    outbox_id: int | None
    status: str
    rank: int
    failed: bool
    code: str
    detail: str
    raw: Mapping[str, Any]


def insert_status(connection: Connection, arrival: StatusArrival) -> None:
    """Keeps the status and raises its message's status; the callback proves that the message was accepted."""
    about = select(OutboxRow.id).where(_names_row(arrival)).limit(1)
    connection.execute(
        insert(MessageStatus).values(
            outbox_id=about.scalar_subquery(),
            external_id=arrival.external_id,
            status=arrival.status,
            code=arrival.code,
            detail=arrival.detail,
            raw=arrival.raw,
            handled_at=null() if arrival.failed else now(),
        )
    )
    connection.execute(_raise_status(arrival))


def _names_row(arrival: StatusArrival) -> Any:
    if arrival.outbox_id is None:
        return OutboxRow.external_id == arrival.external_id
    return OutboxRow.id == arrival.outbox_id


def _raise_status(arrival: StatusArrival) -> Any:
    higher = OutboxRow.message_rank < arrival.rank
    accepted = _was_under_way(arrival)
    code = case((higher, arrival.code), else_=OutboxRow.error_code) if arrival.failed else OutboxRow.error_code
    return (
        update(OutboxRow)
        .where(_names_row(arrival), _is_present_attempt(arrival))
        .values(
            external_id=func.coalesce(OutboxRow.external_id, arrival.external_id),
            message_status=case((higher, arrival.status), else_=OutboxRow.message_status),
            message_rank=case((higher, arrival.rank), else_=OutboxRow.message_rank),
            error_code=code,
            status=case((accepted, "done"), else_=OutboxRow.status),
            done_at=case((accepted, now()), else_=OutboxRow.done_at),
            lease_until=case((accepted, null()), else_=OutboxRow.lease_until),
        )
    )


def _was_under_way(arrival: StatusArrival) -> Any:
    """Sending or unknown; or about to be tried again after an attempt of which nothing was heard until now."""
    trying_again = and_(OutboxRow.status == "ready", OutboxRow.attempts > 0, OutboxRow.message_rank == 0)
    under_way = OutboxRow.status.in_(("sending", "unknown"))
    return under_way if arrival.failed else or_(under_way, trying_again)


def _is_present_attempt(arrival: StatusArrival) -> Any:
    """The callback is about the row's present message: not one that was heard of before the present attempt began, nor
    one that another row sent."""
    earlier = exists().where(
        MessageStatus.external_id == arrival.external_id, MessageStatus.received_at < OutboxRow.intent_at
    )
    elsewhere = exists().where(other.external_id == arrival.external_id, other.id != OutboxRow.id)
    same = or_(OutboxRow.external_id.is_(None), OutboxRow.external_id == arrival.external_id)
    return and_(same, ~earlier, ~elsewhere)
