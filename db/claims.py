"""A turn's hold on its conversation: claimed with the rows that wait for it, fenced by a token, given back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    String,
    bindparam,
    exists,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)

from db.contacts import Contact
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from db.types import now

ROWS_A_CLAIM = 20
_TURN_COLUMNS = ("state", "turn", "flow", "flow_version", "flow_hash")

_READY: Any = literal_column("'ready'")  # not a parameter, so that the partial indexes serve
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
    .where(InboxRow.conversation_id == bindparam("of_conversation", type_=Integer), InboxRow.status == _READY)
    .order_by(InboxRow.id)
    .limit(ROWS_A_CLAIM)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation under lease. `at` is the database's time; `rows` are the inbox rows that wait, oldest first.

    `has_held`: messages wait for the contact to write. `claims` counts the claims since the last committed turn.
    """

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
    opted_out: bool = False
    has_held: bool = False
    rows: Sequence[Row[Any]] = ()


def claim_conversation(connection: Connection, lease_seconds: float) -> Claim | None:
    """Leases the free conversation whose ready row is the oldest; None when there is none.

    A conversation whose rows were finished in between comes back without rows: roll back, and its lease is untouched.
    """
    found = connection.execute(_claim(lease_seconds)).one_or_none()
    if found is None:
        return None
    rows = connection.execute(_ready_rows, {"of_conversation": found.id}).all()
    opted_out = any(row.opted_out_at is not None for row in rows)
    return Claim(**found._mapping, opted_out=opted_out, has_held=any(row.has_held for row in rows), rows=rows)


def has_waiting_turn(connection: Connection) -> bool:
    """Whether a ready row waits in a conversation that nobody holds."""
    waiting = (
        select(InboxRow.id)
        .join(Conversation, Conversation.id == InboxRow.conversation_id)
        .where(InboxRow.status == _READY, _free)
        .limit(1)
    )
    return connection.execute(waiting).first() is not None


def write_turn(
    connection: Connection, claim: Claim, values: Mapping[str, Any], control: str | None, lease_seconds: float | None
) -> tuple[Claim, bool] | None:
    """Writes a turn's columns (state, turn, flow, flow_version, flow_hash).

    None, and nothing written, if the claim does not hold any more.

    Gives the claim as it stands now, and whether `control`, the new owner of the replies where the turn changed it,
    was written: where staff changed it since the claim, theirs stands. `lease_seconds` renews the lease; None gives it
    back.
    """
    given = {"id_": claim.id, "token_": claim.token, **{f"{name}_": values[name] for name in _TURN_COLUMNS}}
    if control is not None:
        kept = connection.execute(_write_owner(lease_seconds), {**given, "epoch_": claim.epoch, "control_": control})
        if (row := kept.one_or_none()) is not None:
            return _carry_on(claim, values, row), True
    row = connection.execute(_write(lease_seconds), given).one_or_none()
    return None if row is None else (_carry_on(claim, values, row), False)


@cache
def _write(lease_seconds: float | None) -> Any:
    """Built once for each length of a lease: building a statement costs more than running it."""
    return (
        update(Conversation)
        .where(
            Conversation.id == bindparam("id_", type_=Integer),
            Conversation.lease_token == bindparam("token_", type_=Integer),
        )
        .values({name: bindparam(f"{name}_", type_=getattr(Conversation, name).type) for name in _TURN_COLUMNS})
        .values(claims=0, updated_at=now(), lease_until=null() if lease_seconds is None else now(lease_seconds))
        .returning(Conversation.epoch, Conversation.control, now().label("at"))
    )


@cache
def _write_owner(lease_seconds: float | None) -> Any:
    epoch = bindparam("epoch_", type_=Integer)
    owned = {"control": bindparam("control_", type_=String), "owner": "", "epoch": epoch + 1}
    return _write(lease_seconds).where(Conversation.epoch == epoch).values(owned)


def _carry_on(claim: Claim, values: Mapping[str, Any], kept: Row[Any]) -> Claim:
    return replace(
        claim, state=values["state"], turn=values["turn"], epoch=kept.epoch, control=kept.control, at=kept.at
    )


def keep_claim(connection: Connection, claim: Claim) -> bool:
    """Whether the claim still holds; if so, nobody takes it over until the transaction ends."""
    held = select(Conversation.id).where(Conversation.id == claim.id, Conversation.lease_token == claim.token)
    return connection.execute(held.with_for_update()).first() is not None


def release_claim(connection: Connection, claim: Claim) -> None:
    """Gives the lease back without a turn."""
    statement = update(Conversation).where(Conversation.id == claim.id, Conversation.lease_token == claim.token)
    connection.execute(statement.values(lease_until=None, claims=0))


@cache
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
