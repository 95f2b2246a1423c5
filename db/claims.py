"""A turn's hold on its conversation: claimed with the rows that wait for it, fenced by a token, given back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, exists, literal_column, or_, select, text, update

from db.contacts import Contact
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from db.types import now

ROWS_A_CLAIM = 20

_READY = literal_column("'ready'")  # not a parameter, so that the partial indexes serve
_free = or_(Conversation.lease_until.is_(None), Conversation.lease_until < now())
_oldest = (
    select(Conversation.id)
    .join(InboxRow, InboxRow.conversation_id == Conversation.id)
    .where(InboxRow.status == _READY, _free)
    .order_by(InboxRow.id)
    .limit(1)
    .with_for_update(of=Conversation, skip_locked=True)
    .scalar_subquery()
)
_held = exists().where(
    OutboxRow.conversation_id == Conversation.id,
    OutboxRow.kind == "send_message",
    OutboxRow.status == literal_column("'held'"),
    text("outbox.status NOT IN ('done', 'cancelled')"),
)
_ready_rows = (
    select(
        InboxRow.id, InboxRow.kind, InboxRow.external_id, InboxRow.payload, InboxRow.attempts,
        Contact.opted_out_at, _held.label("has_held"),
    )
    .join(Conversation, Conversation.id == InboxRow.conversation_id)
    .join(Contact, Contact.id == Conversation.contact_id)
    .where(InboxRow.conversation_id == bindparam("conversation_id"), InboxRow.status == _READY)
    .order_by(InboxRow.id)
    .limit(ROWS_A_CLAIM)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation under lease. `at` is the database's time; `rows` are the inbox rows that wait, oldest first."""

    id: int
    contact_id: int
    channel: str
    state: dict[str, Any] | None
    turn: int
    control: str
    epoch: int
    token: int
    claims: int
    at: datetime
    rows: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a conversation's columns say after a turn was written, and the database's time."""

    epoch: int
    control: str
    at: datetime


def claim_conversation(connection: Connection, lease_seconds: float) -> Claim | None:
    """Leases the free conversation whose ready row is the oldest; None when there is none.

    A conversation whose rows were finished in between comes back without rows: roll back, and its lease is untouched.
    """
    found = connection.execute(_claim(lease_seconds)).one_or_none()
    if found is None:
        return None
    rows = connection.execute(_ready_rows, {"conversation_id": found.id}).all()
    return Claim(**found._mapping, rows=rows)


def write_turn(
    connection: Connection, claim: Claim, values: Mapping[str, Any], control: str | None, lease_seconds: float | None
) -> Kept | None:
    """Writes a turn's columns if the claim still holds; None if somebody else owns the conversation.

    `control` is the new owner of the replies where the turn changed it; it stands unless staff changed it since the
    claim (the epoch says so). `lease_seconds` renews the lease; None gives it back.
    """
    changes: dict[str, Any] = {"claims": 0, "updated_at": now(), **values}
    changes["lease_until"] = None if lease_seconds is None else now(lease_seconds)
    if control is not None:
        same = Conversation.epoch == claim.epoch
        changes["control"] = case((same, control), else_=Conversation.control)
        changes["owner"] = case((same, ""), else_=Conversation.owner)
        changes["epoch"] = case((same, claim.epoch + 1), else_=Conversation.epoch)
    statement = (
        update(Conversation)
        .where(Conversation.id == claim.id, Conversation.lease_token == claim.token)
        .values(changes)
        .returning(Conversation.epoch, Conversation.control, now().label("at"))
    )
    kept = connection.execute(statement).one_or_none()
    return None if kept is None else Kept(*kept)


def release_claim(connection: Connection, claim: Claim) -> None:
    """Gives the lease back without a turn."""
    statement = update(Conversation).where(Conversation.id == claim.id, Conversation.lease_token == claim.token)
    connection.execute(statement.values(lease_until=None))


def _claim(lease_seconds: float) -> Any:
    return (
        update(Conversation)
        .where(Conversation.id == _oldest)
        .values(
            lease_token=Conversation.lease_token + 1,
            lease_until=now(lease_seconds),
            claims=Conversation.claims + 1,
        )
        .returning(
            Conversation.id,
            Conversation.contact_id,
            Conversation.channel,
            Conversation.state,
            Conversation.turn,
            Conversation.control,
            Conversation.epoch,
            Conversation.lease_token.label("token"),
            Conversation.claims,
            now().label("at"),
        )
    )
