"""Status callbacks whose consequence is still to be drawn."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from db.outbox import MessageStatus, OutboxRow
from db.types import now


def claim_open_status(connection: Connection) -> Row[Any] | None:
    """The oldest status whose consequence is open, with the row it is about (None where there is none), locked until
    the transaction ends."""
    statement = (
        select(
            MessageStatus.id,
            MessageStatus.external_id,
            MessageStatus.status,
            MessageStatus.code,
            MessageStatus.detail,
            OutboxRow.id.label("outbox_id"),
            OutboxRow.key,
            OutboxRow.kind,
            OutboxRow.conversation_id,
            OutboxRow.payload,
            OutboxRow.epoch,
            OutboxRow.content_id,
            OutboxRow.status.label("outbox_status"),
            OutboxRow.message_status,
        )
        .outerjoin(OutboxRow, OutboxRow.id == MessageStatus.outbox_id)
        .where(MessageStatus.handled_at.is_(None))
        .order_by(MessageStatus.id)
        .limit(1)
        .with_for_update(of=MessageStatus, skip_locked=True)
    )
    return connection.execute(statement).first()


def is_repeated(connection: Connection, status: Row[Any]) -> bool:
    """Whether the same was reported of the same message before and its consequence drawn."""
    earlier = select(MessageStatus.id).where(
        MessageStatus.outbox_id == status.outbox_id,
        MessageStatus.external_id == status.external_id,
        MessageStatus.status == status.status,
        MessageStatus.id < status.id,
        MessageStatus.handled_at.is_not(None),
    )
    return connection.execute(earlier.limit(1)).first() is not None


def mark_handled(connection: Connection, status_id: int) -> None:
    connection.execute(update(MessageStatus).where(MessageStatus.id == status_id).values(handled_at=now()))


def has_open_statuses(connection: Connection) -> bool:
    return (
        connection.execute(select(MessageStatus.id).where(MessageStatus.handled_at.is_(None)).limit(1)).first()
        is not None
    )
