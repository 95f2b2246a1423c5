"""The outbox: every effect that a turn or a member of staff asked for, carried out once."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Row,
    String,
    bindparam,
    literal_column,
    or_,
    select,
    text,
    union,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.once import insert_once
from db.types import Id, Json, Table, UtcTime, now, partial_index

UNCERTAIN = "uncertain"  # the error code of a message that may have arrived, parked because nobody could find out
OWNER_CHANGED = "Who owns the replies has changed."  # why a message was cancelled
OFF_DUTY = "off_duty"  # the error code of an alert that nobody is there to take


class OutboxRow(Table):
    """One effect. `key` is conversation:turn:index and happens once. `kind` names the job.

    `status`: ready (due from `due_at`), sending (intent committed, outcome not yet), unknown (nobody knows: to be
    reconciled), held (a message waits for the next inbound one, a vendor's effect for its vendor), done, cancelled,
    parked (staff decide; `error` says why). Effects that may run twice stay ready under a lease while they run.
    `conversation_id` is null where the API asked for somebody who does not chat; `result` is what the API waits for.
    `epoch` is the control epoch it may speak in; null for effects that do not speak. `message_rank` orders statuses.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_open", "conversation_id", "id", where="status NOT IN ('done', 'cancelled')"),
        partial_index("ix_outbox_due", "kind", "due_at", where="status = 'ready'"),
        partial_index("ix_outbox_unsettled", "status", "lease_until", where="status IN ('sending', 'unknown')"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String, unique=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str] = mapped_column(String)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    result: Mapped[Any | None] = mapped_column(Json)
    epoch: Mapped[int | None] = mapped_column()
    status: Mapped[str] = mapped_column(String, default="ready")
    due_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    intent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    content_id: Mapped[str] = mapped_column(String, default="")  # the template it was last sent as
    lookups: Mapped[int] = mapped_column(default=0)  # in the channel's list, while unknown
    external_id: Mapped[str | None] = mapped_column(String, unique=True)
    message_status: Mapped[str] = mapped_column(String, default="")
    message_rank: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str] = mapped_column(String, default="")
    error: Mapped[str] = mapped_column(String, default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)


class MessageStatus(Table):
    """One status callback as it came. `handled_at` is empty until its consequence, if any, is drawn."""

    __tablename__ = "message_statuses"
    __table_args__ = (partial_index("ix_message_statuses_open", "id", where="handled_at IS NULL"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)
    external_id: Mapped[str] = mapped_column(String, index=True)
    status: Mapped[str] = mapped_column(String)
    code: Mapped[str] = mapped_column(String, default="")
    detail: Mapped[str] = mapped_column(String, default="")
    raw: Mapped[dict[str, Any]] = mapped_column(Json)
    received_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    handled_at: Mapped[datetime | None] = mapped_column(UtcTime)


def insert_effect(connection: Connection, **values: Any) -> bool:
    """One more effect: a unique `key`, `conversation_id`, `kind`, `payload`; False if the key is there already."""
    return insert_once(connection, OutboxRow, values, "key")


def claim_effect(connection: Connection, kinds: Sequence[str], lease_seconds: float) -> Row[Any] | None:
    """The oldest due effect of `kinds` that nobody is at, now under a lease and with one more attempt."""
    due = (
        select(OutboxRow.id)
        .where(
            OutboxRow.kind.in_(kinds),
            OutboxRow.status == literal_column("'ready'"),
            OutboxRow.due_at <= now(),
            or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until < now()),
        )
        .order_by(OutboxRow.due_at, OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    claim = (
        update(OutboxRow)
        .where(OutboxRow.id == due.scalar_subquery())
        .values(
            attempts=OutboxRow.attempts + 1,
            lease_token=OutboxRow.lease_token + 1,
            lease_until=now(lease_seconds),
            intent_at=now(),
        )
        .returning(
            OutboxRow.id,
            OutboxRow.key,
            OutboxRow.kind,
            OutboxRow.conversation_id,
            OutboxRow.payload,
            OutboxRow.attempts,
            OutboxRow.lease_token,
            OutboxRow.created_at,
            now().label("db_now"),
        )
    )
    return connection.execute(claim).first()


def renew_effect(connection: Connection, row_id: int, token: int, seconds: float) -> bool:
    """The claim `token` of a row lasts `seconds` from now; False if somebody else has settled or claimed it."""
    ours = update(OutboxRow).where(
        OutboxRow.id == row_id, OutboxRow.lease_token == token, OutboxRow.status == literal_column("'ready'")
    )
    return connection.execute(ours.values(lease_until=now(seconds))).rowcount == 1


SETTLE = update(OutboxRow).where(
    OutboxRow.id == bindparam("row"),
    OutboxRow.lease_token == bindparam("token"),
    OutboxRow.status.in_(("ready", "sending", "unknown")),
)


ENDED = ("done", "cancelled")


def settle_effect(connection: Connection, row_id: int, token: int, **values: Any) -> bool:
    """Writes how the claim `token` of a row ended, its `status` and other columns, and frees it; False if somebody else
    has settled or claimed it."""
    given = {f"to_{name}": value for name, value in values.items()}
    statement = _settle(frozenset(values), values["status"] in ENDED)
    return connection.execute(statement, {"row": row_id, "token": token, **given}).rowcount == 1


@cache
def _settle(names: frozenset[str], ended: bool) -> Any:
    """Built once for each set of columns: putting it together costs more than running it."""
    given = {name: bindparam(f"to_{name}", type_=OutboxRow.__table__.c[name].type) for name in names}
    return SETTLE.values(lease_until=None, **given, **({"done_at": now()} if ended else {}))


def release_held(connection: Connection, conversation_id: int) -> int:
    """Messages that waited for the contact to write become ready; how many."""
    statement = (
        update(OutboxRow)
        .where(
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.kind == "send_message",
            OutboxRow.status == "held",
            text("status NOT IN ('done', 'cancelled')"),
        )
        .values(status="ready", due_at=now(), error="")
    )
    return connection.execute(statement).rowcount


def list_due_kinds(connection: Connection) -> set[str]:
    """Kinds of effects with something to do now, for the sweeper: due rows that nobody is at, messages whose sender is
    gone or whose outcome is unknown, statuses whose consequence is not drawn."""
    due = select(OutboxRow.kind).where(
        OutboxRow.status == literal_column("'ready'"),
        OutboxRow.due_at <= now(),
        or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until < now()),
    )
    unsettled = select(OutboxRow.kind).where(
        text("status IN ('sending', 'unknown')"),
        or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until < now()),
    )
    open_statuses: Any = select(literal_column("'send_message'")).where(MessageStatus.handled_at.is_(None))
    return set(connection.execute(union(due, unsettled, open_statuses)).scalars())
