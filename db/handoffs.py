"""Who owns a conversation's replies, changed by staff."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, case, func, insert, select, update

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.inbox import InboxRow
from db.types import now

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
