"""What the channel knows of our buttons, lists and templates, by the hash of its structure."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Table, UtcTime, now


class Content(Table):
    """`purpose` is session (buttons and lists inside the window) or template. `approval` is the channel's word for a
    template's state: "" (not asked), received, pending, approved, rejected, paused, disabled, or stopped (by us)."""

    __tablename__ = "contents"
    __table_args__ = (UniqueConstraint("account", "purpose", "structure_hash"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(String)
    purpose: Mapped[str] = mapped_column(String)
    structure_hash: Mapped[str] = mapped_column(String)
    key: Mapped[str] = mapped_column(String, default="")
    language: Mapped[str] = mapped_column(String, default="")
    external_id: Mapped[str] = mapped_column(String)
    approval: Mapped[str] = mapped_column(String, default="")
    reason: Mapped[str] = mapped_column(String, default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    checked_at: Mapped[datetime | None] = mapped_column(UtcTime)
