"""Conversations: a contact's thread on one of our numbers, its state, its lease and who owns the replies."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now


class Conversation(Table):
    """`control`, `epoch` and the contact's opt-out win over what the state says. The lease fences turns: a commit
    that does not carry the current `lease_token` changes nothing. `heard_at` opens the 24-hour window."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("contact_id", "channel", "address"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    channel: Mapped[str] = mapped_column(String)
    address: Mapped[str] = mapped_column(String)  # ours
    reply_to: Mapped[str] = mapped_column(String)  # theirs, as the channel wants it in To
    state: Mapped[dict[str, Any] | None] = mapped_column(Json)
    flow: Mapped[str] = mapped_column(String, default="")
    flow_version: Mapped[int] = mapped_column(default=0)
    flow_hash: Mapped[str] = mapped_column(String, default="")
    turn: Mapped[int] = mapped_column(default=0)
    control: Mapped[str] = mapped_column(String, default="bot")  # bot | staff
    owner: Mapped[str] = mapped_column(String, default="")  # who of the staff took it
    epoch: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    claims: Mapped[int] = mapped_column(default=0)  # since the last turn was committed: many mean that turns die
    heard_at: Mapped[datetime | None] = mapped_column(UtcTime)
    pace_tokens: Mapped[float] = mapped_column(default=30.0)
    pace_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    updated_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
