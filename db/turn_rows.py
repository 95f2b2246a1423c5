"""What a turn writes beside its conversation: the inbox row, the effects, the project, consent and opt-out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, func, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from db.projects import Consent, Project
from db.types import now

_row = update(InboxRow).where(
    InboxRow.id == bindparam("row", type_=Integer), InboxRow.status == literal_column("'ready'")
)
_FINISH = _row.values(
    status=literal_column("'done'"), turn=bindparam("turn_"), reading=bindparam("reading_"), done_at=bindparam("at")
)
_FAIL = _row.values(status=bindparam("status_"), attempts=bindparam("attempts_"), error=bindparam("error_"))
_ADD_EFFECTS = insert(OutboxRow)


def finish_row(connection: Connection, row: int, turn: int, reading: Any, at: datetime) -> bool:
    """The inbox row is done by this turn, which took place `at`; False if it was not ready any more."""
    values = {"row": row, "turn_": turn, "reading_": reading, "at": at}
    return connection.execute(_FINISH, values).rowcount == 1


def fail_row(connection: Connection, row: int, attempts: int, error: str, *, park: bool) -> bool:
    """One more failed attempt; a parked row waits for staff. False if it was not ready any more."""
    values = {"row": row, "status_": "parked" if park else "ready", "attempts_": attempts, "error_": error}
    return connection.execute(_FAIL, values).rowcount == 1


def add_effects(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Outbox rows in order, in one statement; all with the same columns."""
    if rows:
        connection.execute(_ADD_EFFECTS, list(rows))


def opt_out(connection: Connection, contact_id: int, at: datetime) -> None:
    """No more messages: marks the contact and cancels what waits to be said, but for words that are always said."""
    connection.execute(update(Contact).where(Contact.id == contact_id).values(opted_out_at=at))
    always = OutboxRow.payload["always"].as_boolean()
    waiting = update(OutboxRow).where(
        OutboxRow.conversation_id.in_(_conversations_of(contact_id)),
        OutboxRow.kind == "send_message",
        OutboxRow.status.in_(("ready", "held")),
        always.isnot(True),
    )
    connection.execute(waiting.values(status="cancelled", error="The contact has opted out.", done_at=now()))


def opt_in(connection: Connection, contact_id: int) -> None:
    """The contact wants messages again."""
    connection.execute(update(Contact).where(Contact.id == contact_id).values(opted_out_at=None))


def keep_project(connection: Connection, values: Mapping[str, Any], contact_id: int) -> None:
    """Writes the project of `values` (conversation_id and number name it), its phone from the contact's identifiers.

    A project that is there keeps its status, its number and when it was confirmed.
    """
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    phone = func.coalesce(_phone_of(contact_id), "")
    statement = make(Project).values(contact_id=contact_id, phone=phone, **values)
    kept = ("conversation_id", "number", "confirmed_at")
    changes = {name: statement.excluded[name] for name in (*values, "phone") if name not in kept}
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["conversation_id", "number"], set_={**changes, "updated_at": now()}
        )
    )


def add_consent(connection: Connection, number: int | None, conversation_id: int, **values: Any) -> None:
    """A consent, with the conversation's project of that number where there is one."""
    project = select(Project.id).where(Project.conversation_id == conversation_id, Project.number == number)
    connection.execute(insert(Consent).values(project_id=project.scalar_subquery(), **values))


def _phone_of(contact_id: int) -> Any:
    return (
        select(ContactIdentifier.value)
        .where(ContactIdentifier.contact_id == contact_id, ContactIdentifier.kind == "phone")
        .order_by(ContactIdentifier.id)
        .limit(1)
        .scalar_subquery()
    )


def _conversations_of(contact_id: int) -> Any:
    return select(Conversation.id).where(Conversation.contact_id == contact_id)
