"""Calls to vendors, one row each, with nothing secret or personal in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime


class VendorCall(Table):
    """`sync_type`: create_project, update_project, create_contact, update_contact, fetch_status, or empty for other
    calls. `status`: success or failed. `http_status` 0: no answer, and `error` says why. `request` and `answer` are
    redacted and cut. `outbox_id` is the effect that it was made for."""

    __tablename__ = "vendor_calls"
    __table_args__ = (Index("ix_vendor_calls_vendor_id", "vendor", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vendor: Mapped[str] = mapped_column(String)
    sync_type: Mapped[str] = mapped_column(String, default="")
    status: Mapped[str] = mapped_column(String)
    method: Mapped[str] = mapped_column(String)
    path: Mapped[str] = mapped_column(String)
    http_status: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String, default="")
    attempt: Mapped[int] = mapped_column(default=1)
    request: Mapped[Any | None] = mapped_column(Json)
    answer: Mapped[Any | None] = mapped_column(Json)
    started_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    duration_ms: Mapped[float] = mapped_column(default=0.0)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)
