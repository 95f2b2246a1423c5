"""The inbox: every event that happened to a conversation, kept once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now, partial_index


class InboxRow(Table):
    """`kind` is message, timer, staff, vendor or document. `external_id` is the sender's own id, unique where there is
    one. `status` is ready, done or parked. `reading` is what the turn read, kept so that a change of the rules can be
    replayed."""

    __tablename__ = "inbox"
    __table_args__ = (
        partial_index("ix_inbox_ready", "conversation_id", "id", where="status = 'ready'"),
        partial_index("ix_inbox_oldest", "id", where="status = 'ready'"),
        partial_index("ix_inbox_parked", "id", where="status = 'parked'"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str] = mapped_column(String)
    external_id: Mapped[str | None] = mapped_column(String, unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String, default="ready")
    attempts: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int | None] = mapped_column()
    reading: Mapped[dict[str, Any] | None] = mapped_column(Json)
    error: Mapped[str] = mapped_column(String, default="")
    received_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
