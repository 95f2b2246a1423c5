"""What the channel tells of a contact's address: not reachable, or opted out."""

from sqlalchemy import Connection, select, update

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.turn_rows import opt_out
from db.types import now


def mark_unreachable(connection: Connection, conversation_id: int) -> None:
    """The identifier that the conversation replies to does not work on its channel."""
    contact_id, reply_to = connection.execute(
        select(Conversation.contact_id, Conversation.reply_to).where(Conversation.id == conversation_id)
    ).one()
    bare = reply_to.removeprefix("whatsapp:")
    connection.execute(
        update(ContactIdentifier)
        .where(ContactIdentifier.contact_id == contact_id, ContactIdentifier.value == bare)
        .values(unreachable_at=now())
    )


def suppress_contact(connection: Connection, conversation_id: int) -> None:
    """The contact opted out at the channel itself, which is as good as telling us."""
    contact_id, opted_out_at, at = connection.execute(
        select(Contact.id, Contact.opted_out_at, now())
        .join(Conversation, Conversation.contact_id == Contact.id)
        .where(Conversation.id == conversation_id)
    ).one()
    if opted_out_at is None:
        opt_out(connection, contact_id, at)
