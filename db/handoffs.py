"""Who owns a conversation's replies, changed by staff."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, case, func, insert, select, update

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OWNER_CHANGED, OutboxRow
from db.types import now

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any conversation."""

_PHONE = (
    select(func.min(ContactIdentifier.value))
    .where(ContactIdentifier.contact_id == Conversation.contact_id, ContactIdentifier.kind == "phone")
    .scalar_subquery()
)


def own_conversation(connection: Connection, conversation_id: int, control: str, owner: str) -> Row[Any] | None:
    """Gives the replies to `control` (bot or staff) and starts a new control epoch, so that nothing queued before
    speaks any more; the conversation as it is now, None if there is none."""
    statement: Any = (
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(control=control, owner=owner, epoch=Conversation.epoch + 1, updated_at=now())
        .returning(Conversation.id, Conversation.epoch, Conversation.control)
    )
    owned: Row[Any] | None = connection.execute(statement).one_or_none()
    return owned


def read_conversation(connection: Connection, conversation_id: int) -> Row[Any] | None:
    """id, control, owner, epoch, state and the contact's opted_out_at, the row locked until the transaction ends."""
    columns = (Conversation.id, Conversation.control, Conversation.owner, Conversation.epoch, Conversation.state)
    statement = (
        select(*columns, Contact.opted_out_at)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Conversation.id == conversation_id)
        .with_for_update(of=Conversation)
    )
    return connection.execute(statement).one_or_none()


def insert_event(
    connection: Connection, conversation_id: int, kind: str, payload: Mapping[str, Any], *, done: bool = False
) -> int:
    """An inbox row of `kind` staff or timer, ready for a turn unless it is done already; its id."""
    values = {"conversation_id": conversation_id, "kind": kind, "payload": payload}
    if done:
        values |= {"status": "done", "done_at": now()}
    return connection.execute(insert(InboxRow).values(**values).returning(InboxRow.id)).scalar_one()


def list_unsaid_news(connection: Connection, conversation_id: int) -> list[str]:
    """Templates of vendors' news that was never said because staff took over, oldest first: cancelled, or about to be.
    What was unsaid before the replies were last given back is left out."""
    statement = (
        select(OutboxRow.payload, OutboxRow.status, OutboxRow.error)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.kind == "send_message",
            OutboxRow.status.in_(("ready", "held", "cancelled")),
            OutboxRow.epoch < _read_epoch(connection, conversation_id),
            OutboxRow.created_at > _find_last_return(connection, conversation_id),
        )
        .order_by(OutboxRow.id)
    )
    rows = connection.execute(statement).all()
    return [
        row.payload["template"]
        for row in rows
        if row.payload.get("news") and (row.status != "cancelled" or row.error == OWNER_CHANGED)
    ]


def _read_epoch(connection: Connection, conversation_id: int) -> int:
    return connection.execute(select(Conversation.epoch).where(Conversation.id == conversation_id)).scalar_one()


def _find_last_return(connection: Connection, conversation_id: int) -> datetime:
    statement = (
        select(InboxRow.payload, InboxRow.received_at)
        .where(InboxRow.conversation_id == conversation_id, InboxRow.kind == "staff")
        .order_by(InboxRow.id.desc())
    )
    rows = connection.execute(statement)
    return next((row.received_at for row in rows if row.payload["is"] == "HandoffReturned"), BEGINNING)


def list_conversations(connection: Connection, limit: int) -> list[RowMapping]:
    """Those that staff own first, then the latest heard: id, name, phone, control, owner, heard_at."""
    return [row._mapping for row in connection.execute(_listed().limit(limit))]


def _listed() -> Select[Any]:
    return (
        select(
            Conversation.id,
            Contact.name,
            _PHONE.label("phone"),
            Conversation.control,
            Conversation.owner,
            Conversation.heard_at,
        )
        .join(Contact, Contact.id == Conversation.contact_id)
        .order_by(case((Conversation.control == "staff", 0), else_=1), Conversation.heard_at.desc())
    )
