"""Messages arriving: kept once, with the contact, the identifiers and the conversation that they need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    String,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.inbox import InboxRow
from db.media import MediaFile
from db.once import insert_once
from db.types import Json, UtcTime, now

Identifier = tuple[str, str]


class Raced(Exception):
    """Another transaction made the same contact first: roll back and begin again."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it is kept. `address` is our own address, `reply_to` theirs; `identifiers` strongest first;
    `media` holds columns of `media` rows without the ids of the conversation and the inbox row; `heard_at` is when they
    wrote, where that was long ago."""

    external_id: str
    channel: str
    address: str
    reply_to: str
    identifiers: tuple[Identifier, ...]
    payload: Mapping[str, Any]
    name: str = ""
    media: Sequence[Mapping[str, Any]] = ()
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that hold a message."""

    inbox_id: int
    conversation_id: int


def insert_arrival(connection: Connection, arrival: Arrival) -> Kept | None:
    """Keeps a message, opens the 24-hour window with it; None if its external id is known. Raises Raced."""
    kept = _insert_for_known(connection, arrival)
    if kept is None:
        if is_known(connection, arrival.external_id):
            return None
        conversation_id = _open_conversation(connection, arrival)
        kept = _insert_for(connection, arrival, conversation_id)
    if kept is None:
        return None
    heard = {"id_": kept.conversation_id, "theirs": arrival.reply_to}
    if arrival.heard_at is None:
        connection.execute(_HEAR, heard)
    else:
        connection.execute(_HEAR_LATE, {**heard, "at": arrival.heard_at})
    if arrival.media:
        rows = [{**row, "conversation_id": kept.conversation_id, "inbox_id": kept.inbox_id} for row in arrival.media]
        connection.execute(insert(MediaFile), rows)
    return kept


def is_known(connection: Connection, external_id: str) -> bool:
    """Whether a message with this id of the sender's is kept already."""
    statement = select(InboxRow.id).where(InboxRow.external_id == external_id)
    return connection.execute(statement).first() is not None


_HEAR = (
    update(Conversation)
    .where(Conversation.id == bindparam("id_", type_=Integer))
    .values(heard_at=now(), reply_to=bindparam("theirs", type_=String))
)
_at = bindparam("at", type_=UtcTime())
_HEAR_LATE = _HEAR.values(heard_at=case((Conversation.heard_at > _at, Conversation.heard_at), else_=_at))
_COLUMNS = ["conversation_id", "kind", "external_id", "payload", "status", "attempts", "error", "received_at"]


def _values(conversation_id: Any) -> list[Any]:
    """In the order of _COLUMNS."""
    given = [bindparam("external_id", type_=String), bindparam("payload", type_=Json)]
    return [conversation_id, _literal("'message'"), *given, _literal("'ready'"), _literal("0"), _literal("''"), now()]


def _literal(sql: str) -> Any:
    return literal_column(sql)


@cache
def _insert_into_known(dialect: str, identifiers: int) -> Any:
    """One statement for the everyday case: the conversation of a contact who has every identifier of the message."""
    named = [
        and_(
            ContactIdentifier.kind == bindparam(f"kind_{number}", type_=String),
            ContactIdentifier.value == bindparam(f"value_{number}", type_=String),
        )
        for number in range(identifiers)
    ]
    known = (
        select(*_values(Conversation.id))
        .join(ContactIdentifier, ContactIdentifier.contact_id == Conversation.contact_id)
        .where(
            Conversation.channel == bindparam("channel", type_=String),
            Conversation.address == bindparam("address", type_=String),
            or_(*named),
        )
        .group_by(Conversation.id)
        .having(func.count() == identifiers)
    )
    return _insert_from(dialect, known)


@cache
def _insert_into_one(dialect: str) -> Any:
    one = select(*_values(Conversation.id)).where(Conversation.id == bindparam("conversation_id", type_=Integer))
    return _insert_from(dialect, one)


def _insert_from(dialect: str, selected: Any) -> Any:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return (
        make(InboxRow)
        .from_select(_COLUMNS, selected, include_defaults=False)
        .on_conflict_do_nothing(index_elements=["external_id"])
        .returning(InboxRow.id, InboxRow.conversation_id)
    )


def _insert_for_known(connection: Connection, arrival: Arrival) -> Kept | None:
    statement = _insert_into_known(connection.dialect.name, len(arrival.identifiers))
    values = {"channel": arrival.channel, "address": arrival.address}
    for number, (kind, value) in enumerate(arrival.identifiers):
        values |= {f"kind_{number}": kind, f"value_{number}": value}
    return _execute_insert(connection, statement, arrival, values)


def _insert_for(connection: Connection, arrival: Arrival, conversation_id: int) -> Kept | None:
    statement = _insert_into_one(connection.dialect.name)
    return _execute_insert(connection, statement, arrival, {"conversation_id": conversation_id})


def _execute_insert(connection: Connection, statement: Any, arrival: Arrival, values: Mapping[str, Any]) -> Kept | None:
    given = {"external_id": arrival.external_id, "payload": arrival.payload, **values}
    row = connection.execute(statement, given).one_or_none()
    return None if row is None else Kept(*row)


def _open_conversation(connection: Connection, arrival: Arrival) -> int:
    """The id of the contact's conversation on our address, made if need be, like the contact and the identifiers."""
    contact_id = _find_contact(connection, arrival.identifiers) or _make_contact(connection, arrival.name)
    for kind, value in sorted(arrival.identifiers):  # sorted: two transactions never wait for each other
        row = {"contact_id": contact_id, "kind": kind, "value": value}
        insert_once(connection, ContactIdentifier, row, "kind", "value")
    if _find_contact(connection, arrival.identifiers) != contact_id:
        raise Raced(arrival.external_id)
    key = {"contact_id": contact_id, "channel": arrival.channel, "address": arrival.address}
    insert_once(connection, Conversation, {**key, "reply_to": arrival.reply_to}, *key)
    return connection.execute(select(Conversation.id).filter_by(**key)).scalar_one()


def _find_contact(connection: Connection, identifiers: Sequence[Identifier]) -> int | None:
    """The contact whom the strongest known identifier names."""
    pair = tuple_(ContactIdentifier.kind, ContactIdentifier.value)
    statement = select(ContactIdentifier.kind, ContactIdentifier.value, ContactIdentifier.contact_id)
    found = {(kind, value): owner for kind, value, owner in connection.execute(statement.where(pair.in_(identifiers)))}
    return next((found[identifier] for identifier in identifiers if identifier in found), None)


def _make_contact(connection: Connection, name: str) -> int:
    return connection.execute(insert(Contact).values(name=name).returning(Contact.id)).scalar_one()
