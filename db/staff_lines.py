"""Conversations with staff numbers, so that an alert is an ordinary message with an ordinary window."""

from sqlalchemy import Connection, insert, select

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.once import insert_once


def open_line(connection: Connection, channel: str, ours: str, phone: str) -> int:
    """The id of the conversation between our address `ours` and the number `phone` (E.164), made if need be."""
    contact_id = _find_owner(connection, phone)
    if contact_id is None:
        made = connection.execute(insert(Contact).values(name="").returning(Contact.id)).scalar_one()
        insert_once(
            connection, ContactIdentifier, {"contact_id": made, "kind": "phone", "value": phone}, "kind", "value"
        )
        contact_id = _find_owner(connection, phone) or made
    key = {"contact_id": contact_id, "channel": channel, "address": ours}
    insert_once(connection, Conversation, {**key, "reply_to": f"{channel}:{phone}"}, *key)
    return connection.execute(select(Conversation.id).filter_by(**key)).scalar_one()


def _find_owner(connection: Connection, phone: str) -> int | None:
    statement = select(ContactIdentifier.contact_id)
    return connection.execute(statement.filter_by(kind="phone", value=phone)).scalar()
