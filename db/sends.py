"""Messages on their way out: which may be sent next, and the intent that is committed before a send.

One message at a time in a conversation, in the order of ids. An earlier row blocks while it may still go out by itself:
ready (also while it waits for its retry), sending or unknown. Held and parked rows wait for people and block none.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, literal_column, or_, select, text, true, update
from sqlalchemy.orm import aliased

from db.contacts import Contact
from db.conversations import Conversation
from db.outbox import OutboxRow
from db.types import UtcTime, now

other = aliased(OutboxRow, name="other")


def _has(table: Any, status: str) -> Any:
    """A literal, so that PostgreSQL sees that the partial indexes apply."""
    return table.status == literal_column(f"'{status}'")


MESSAGE = OutboxRow.kind == literal_column("'send_message'")
IN_FLIGHT = or_(_has(other, "sending"), _has(other, "unknown"))
RIVAL = and_(
    other.conversation_id == OutboxRow.conversation_id,
    other.kind == literal_column("'send_message'"),
    other.id != OutboxRow.id,
    text("other.status NOT IN ('done', 'cancelled')"),
)
BLOCKED = exists().where(RIVAL, or_(IN_FLIGHT, and_(_has(other, "ready"), other.id < OutboxRow.id)))
RIVAL_IN_FLIGHT = exists().where(RIVAL, IN_FLIGHT)
OPTED_OUT = exists().where(Contact.id == bindparam("contact"), Contact.opted_out_at.is_not(None))

JOINED = (
    select(
        OutboxRow.id,
        OutboxRow.key,
        OutboxRow.conversation_id,
        OutboxRow.payload,
        OutboxRow.epoch,
        OutboxRow.attempts,
        OutboxRow.lease_token,
        OutboxRow.intent_at,
        OutboxRow.created_at,
        OutboxRow.content_id,
        OutboxRow.lookups,
        OutboxRow.error_code,
        Conversation.contact_id,
        Conversation.address,
        Conversation.reply_to,
        Conversation.epoch.label("control_epoch"),
        Conversation.heard_at,
        Conversation.pace_tokens,
        Conversation.pace_at,
        Contact.opted_out_at,
        now().label("db_now"),
    )
    .select_from(OutboxRow)
    .join(Conversation, Conversation.id == OutboxRow.conversation_id)
    .join(Contact, Contact.id == Conversation.contact_id)
)
CANDIDATES = (
    JOINED.where(MESSAGE, _has(OutboxRow, "ready"), OutboxRow.due_at <= now(), ~BLOCKED)
    .order_by(OutboxRow.due_at, OutboxRow.id)
    .limit(bindparam("wanted"))
)
SPEND = (
    update(Conversation)
    .where(
        Conversation.id == bindparam("conversation"),
        Conversation.epoch == bindparam("seen_epoch"),
        Conversation.pace_at.is_not_distinct_from(bindparam("seen_pace_at", type_=UtcTime())),
    )
    .values(pace_tokens=bindparam("tokens"), pace_at=bindparam("at", type_=UtcTime()))
)
INTEND = (
    update(OutboxRow)
    .where(
        OutboxRow.id == bindparam("row"),
        _has(OutboxRow, "ready"),
        OutboxRow.lease_token == bindparam("seen_token"),
        ~RIVAL_IN_FLIGHT,
        or_(bindparam("always") == true(), ~OPTED_OUT),
    )
    .values(
        status="sending",
        intent_at=now(),
        attempts=OutboxRow.attempts + 1,
        lease_token=OutboxRow.lease_token + 1,
        lease_until=bindparam("until", type_=UtcTime()),
        content_id=bindparam("content"),
    )
)


def list_candidates(connection: Connection, wanted: int) -> Sequence[Row[Any]]:
    """Up to `wanted` messages that may go out now, each of another conversation, with what decides whether they do."""
    return connection.execute(CANDIDATES, {"wanted": wanted}).all()


def spend_pace(connection: Connection, row: Row[Any], tokens: float, at: datetime) -> bool:
    """Takes the conversation's row lock and one token of its bucket; False if its epoch or bucket changed since `row`
    was read. Every send passes here, which makes "nothing else in flight" in `commit_intent` exact."""
    values = {
        "conversation": row.conversation_id,
        "seen_epoch": row.control_epoch,
        "seen_pace_at": row.pace_at,
        "tokens": tokens,
        "at": at,
    }
    return connection.execute(SPEND, values).rowcount == 1


def write_intent(connection: Connection, row: Row[Any], until: datetime, content_id: str, always: bool) -> bool:
    """Marks the row `sending` until `until`; False if it is no longer ready, another one is in flight, or the contact
    has opted out meanwhile. Call after `spend_pace`, in the same transaction."""
    values = {
        "row": row.id,
        "seen_token": row.lease_token,
        "contact": row.contact_id,
        "always": always,
        "until": until,
        "content": content_id,
    }
    return connection.execute(INTEND, values).rowcount == 1


def has_written_since(connection: Connection, row: Row[Any]) -> bool:
    """Whether the contact has written since `row` was read. Takes the conversation's row lock: a later arrival's turn
    finds the row as this transaction leaves it."""
    locked = select(Conversation.heard_at).where(Conversation.id == row.conversation_id).with_for_update()
    heard_at = connection.execute(locked).scalar_one()
    return heard_at is not None and (row.heard_at is None or heard_at > row.heard_at)


def is_being_sent(connection: Connection, conversation_id: int) -> bool:
    """Whether a living process is handing a message of the conversation to the channel."""
    statement = select(OutboxRow.id).where(
        OutboxRow.conversation_id == conversation_id, _has(OutboxRow, "sending"), OutboxRow.lease_until > now()
    )
    return connection.execute(statement.limit(1)).first() is not None


def expire_sends(connection: Connection) -> int:
    """Turns what was being sent by a process that is gone into `unknown`; how many."""
    error = "the process ended before the outcome was known"
    expired = select(OutboxRow.id).where(_has(OutboxRow, "sending"), OutboxRow.lease_until < now())
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id.in_(expired.with_for_update(skip_locked=True)))
        .values(status="unknown", due_at=OutboxRow.intent_at, lease_until=None, error=error)
    )
    return connection.execute(statement).rowcount


def has_expired_sends(connection: Connection) -> bool:
    statement = select(OutboxRow.id).where(_has(OutboxRow, "sending"), OutboxRow.lease_until < now()).limit(1)
    return connection.execute(statement).first() is not None


def claim_doubt(connection: Connection, after_seconds: float, lease_seconds: float) -> Row[Any] | None:
    """A message of unknown outcome whose intent is older than `after_seconds`, under a lease for reconciling it."""
    found = connection.execute(
        JOINED.where(
            _has(OutboxRow, "unknown"),
            OutboxRow.due_at <= now(),
            OutboxRow.intent_at <= now(-after_seconds),
            or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until < now()),
        )
        .order_by(OutboxRow.due_at)
        .limit(1)
        .with_for_update(of=OutboxRow, skip_locked=True)
    ).first()
    if found is None:
        return None
    taken = connection.execute(
        update(OutboxRow)
        .where(OutboxRow.id == found.id, _has(OutboxRow, "unknown"), OutboxRow.lease_token == found.lease_token)
        .values(lease_token=OutboxRow.lease_token + 1, lease_until=now(lease_seconds))
    )
    return found if taken.rowcount == 1 else None


def list_known_ids(connection: Connection, external_ids: Sequence[str]) -> set[str]:
    """Those of `external_ids` that already belong to one of our rows."""
    statement = select(OutboxRow.external_id).where(OutboxRow.external_id.in_(external_ids))
    return {value for (value,) in connection.execute(statement) if value}
