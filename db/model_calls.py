"""Calls of the language model, one row each: what they cost, how they ended, and what was proposed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, ForeignKey, Row, String, func, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db.contacts import Contact
from db.conversations import Conversation
from db.inbox import InboxRow
from db.types import Id, Json, Table, UtcTime, now

BEGUN, ANSWERED = "begun", "answered"


class ModelCall(Table):
    """`outcome` is begun (nobody knows how it ended: the process did before it), answered, or a ModelError's code.
    `cost` is in thousandths of a cent: until the end, and where nobody knows better, what it may cost at most.
    `digest` is of everything that the model was sent. `proposals` is the answer as far as it was usable; of a `cached`
    row an earlier call's, given again without asking."""

    __tablename__ = "model_calls"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    inbox_id: Mapped[int] = mapped_column(ForeignKey("inbox.id"), index=True)
    prompt_version: Mapped[str] = mapped_column(String)
    digest: Mapped[str] = mapped_column(String, index=True)
    vendor: Mapped[str] = mapped_column(String, default="")
    model: Mapped[str] = mapped_column(String, default="")
    outcome: Mapped[str] = mapped_column(String, default=BEGUN)
    cached: Mapped[bool] = mapped_column(default=False)
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    cost: Mapped[int] = mapped_column(BigInteger, default=0)
    milliseconds: Mapped[int] = mapped_column(default=0)
    proposals: Mapped[Any | None] = mapped_column(Json)
    started_at: Mapped[datetime] = mapped_column(UtcTime, default=now(), index=True)


def find_message(connection: Connection, external_id: str) -> Row[Any] | None:
    """(inbox_id, conversation_id, contact_id) of a kept message."""
    statement: Any = (
        select(InboxRow.id.label("inbox_id"), InboxRow.conversation_id, Conversation.contact_id)
        .join(Conversation, Conversation.id == InboxRow.conversation_id)
        .where(InboxRow.external_id == external_id)
    )
    return connection.execute(statement).one_or_none()


def find_contact(connection: Connection, conversation_id: int) -> int:
    """Whose conversation it is."""
    statement = select(Conversation.contact_id).where(Conversation.id == conversation_id)
    return connection.execute(statement).scalar_one()


def find_answer(connection: Connection, digest: str, inbox_id: int, seconds: float) -> Row[Any] | None:
    """The latest answer to the same question, younger than `seconds`, else any call made for the same message."""
    fresh = (ModelCall.digest == digest) & (ModelCall.outcome == ANSWERED) & (ModelCall.started_at > now(-seconds))
    statement = (
        select(ModelCall.outcome, ModelCall.vendor, ModelCall.model, ModelCall.proposals)
        .where(or_(fresh, ModelCall.inbox_id == inbox_id), ModelCall.cached.is_(False))
        .order_by((ModelCall.outcome == ANSWERED).desc(), ModelCall.id.desc())
        .limit(1)
    )
    return connection.execute(statement).one_or_none()


def read_spent(connection: Connection, contact_id: int, since: datetime) -> tuple[int, int]:
    """Thousandths of a cent since then: (of this contact, of all)."""
    theirs = func.sum(ModelCall.cost).filter(Contact.id == contact_id)
    statement = (
        select(func.coalesce(theirs, 0), func.coalesce(func.sum(ModelCall.cost), 0))
        .join(Conversation, Conversation.id == ModelCall.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(ModelCall.started_at >= since)
    )
    contact, everybody = connection.execute(statement).one()
    return int(contact), int(everybody)


def add_call(connection: Connection, values: Mapping[str, Any]) -> int:
    """One more row; its id."""
    return connection.execute(insert(ModelCall).values(**values).returning(ModelCall.id)).scalar_one()


def end_call(connection: Connection, call_id: int, **values: Any) -> None:
    """How the call ended."""
    connection.execute(update(ModelCall).where(ModelCall.id == call_id).values(**values))
