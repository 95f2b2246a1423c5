"""Status callbacks arriving: kept as they came, and applied to the message by rank."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from db.outbox import UNCERTAIN, MessageStatus, OutboxRow
from db.types import Json, now

other = aliased(OutboxRow)

_theirs = bindparam("theirs", type_=String)
_rank = bindparam("rank", type_=Integer)
_code = bindparam("code_", type_=String)


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
    keep, raise_status = _statements(arrival.outbox_id is None, arrival.failed)
    values = {
        "ours": arrival.outbox_id,
        "theirs": arrival.external_id,
        "status_": arrival.status,
        "rank": arrival.rank,
        "code_": arrival.code,
    }
    connection.execute(keep, {**values, "detail_": arrival.detail, "raw_": arrival.raw})
    connection.execute(raise_status, values)


@cache
def _statements(nameless: bool, failed: bool) -> tuple[Any, Any]:
    """(insert, update), built once: putting them together costs more than running them. `nameless`: the callback's
    address holds no id of ours."""
    named = OutboxRow.external_id == _theirs if nameless else OutboxRow.id == bindparam("ours", type_=BigInteger)
    return _keep_status(named, failed), _raise_status(named, failed)


def _keep_status(named: Any, failed: bool) -> Any:
    return insert(MessageStatus).values(
        outbox_id=select(OutboxRow.id).where(named).limit(1).scalar_subquery(),
        external_id=_theirs,
        status=bindparam("status_", type_=String),
        code=_code,
        detail=bindparam("detail_", type_=String),
        raw=bindparam("raw_", type_=Json),
        handled_at=null() if failed else now(),
    )


def _raise_status(named: Any, failed: bool) -> Any:
    higher = OutboxRow.message_rank < _rank
    accepted = _was_under_way(failed)
    return (
        update(OutboxRow)
        .where(named, _is_present_attempt())
        .values(
            external_id=func.coalesce(OutboxRow.external_id, _theirs),
            message_status=case((higher, bindparam("status_", type_=String)), else_=OutboxRow.message_status),
            message_rank=case((higher, _rank), else_=OutboxRow.message_rank),
            error_code=case((higher, _code), else_=OutboxRow.error_code) if failed else OutboxRow.error_code,
            status=case((accepted, "done"), else_=OutboxRow.status),
            done_at=case((accepted, now()), else_=OutboxRow.done_at),
            lease_until=case((accepted, null()), else_=OutboxRow.lease_until),
        )
    )


def _was_under_way(failed: bool) -> Any:
    """Sending or unknown, also where staff were left with the doubt; or about to be tried again after an attempt of
    which nothing was heard until now."""
    trying_again = and_(OutboxRow.status == "ready", OutboxRow.attempts > 0, OutboxRow.message_rank == 0)
    doubtful = and_(OutboxRow.status == "parked", OutboxRow.error_code == UNCERTAIN, OutboxRow.message_rank == 0)
    under_way = or_(OutboxRow.status.in_(("sending", "unknown")), doubtful)
    return under_way if failed else or_(under_way, trying_again)


def _is_present_attempt() -> Any:
    """The callback is about the row's present message: not one that was heard of before the present attempt began, nor
    one that another row sent."""
    earlier = exists().where(MessageStatus.external_id == _theirs, MessageStatus.received_at < OutboxRow.intent_at)
    elsewhere = exists().where(other.external_id == _theirs, other.id != OutboxRow.id)
    same = or_(OutboxRow.external_id.is_(None), OutboxRow.external_id == _theirs)
    return and_(same, ~earlier, ~elsewhere)
