"""What the channel tells of a contact's address: not reachable, or opted out."""

from sqlalchemy import Connection, or_, select, update

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.outbox import OutboxRow
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
    """The contact opted out at the channel itself: what was about to be said is cancelled."""
    contact_id = select(Conversation.contact_id).where(Conversation.id == conversation_id).scalar_subquery()
    connection.execute(
        update(Contact).where(Contact.id == contact_id, Contact.opted_out_at.is_(None)).values(opted_out_at=now())
    )
    connection.execute(
        update(OutboxRow)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.kind == "send_message",
            or_(OutboxRow.status == "ready", OutboxRow.status == "held"),
        )
        .values(status="cancelled", done_at=now(), error="The contact has opted out.")
    )
