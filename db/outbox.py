"""The outbox: every effect that a turn or a member of staff asked for, carried out once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now, partial_index


class OutboxRow(Table):
    """One effect. `key` is conversation:turn:index and happens once. `kind` names the job.

    `status`: ready (due from `due_at`), sending (intent committed, outcome not yet), unknown (nobody knows: to be
    reconciled), held (waits for the next inbound message), done, cancelled, parked (staff decide; `error` says why).
    `epoch` is the control epoch it may speak in; null for effects that do not speak. `message_rank` orders statuses.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_open", "conversation_id", "id", where="status NOT IN ('done', 'cancelled')"),
        partial_index("ix_outbox_due", "kind", "due_at", where="status = 'ready'"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String, unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str] = mapped_column(String)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    epoch: Mapped[int | None] = mapped_column()
    status: Mapped[str] = mapped_column(String, default="ready")
    due_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    intent_at: Mapped[datetime | None] = mapped_column(UtcTime)
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
