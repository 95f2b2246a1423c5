"""Webhooks of vendors, each as it came."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now, partial_index


class VendorEventRow(Table):
    """`key` is unique where the vendor gives an id: a repetition is not kept. `external_id` is the vendor's project id
    where the webhook names one, `objects` other ids (kind → id). `facts` is set where the sender signed them.

    `status`: received (taken in hand from `due_at` on); processing (a read of its project is on its way); processed;
    failed (`error` says why); ignored.
    """

    __tablename__ = "vendor_events"
    __table_args__ = (
        partial_index("ix_vendor_events_received", "id", where="status = 'received'"),
        partial_index("ix_vendor_events_processing", "vendor_project_id", "id", where="status = 'processing'"),
        partial_index("ix_vendor_events_failed", "id", where="status = 'failed'"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vendor: Mapped[str] = mapped_column(String)
    key: Mapped[str | None] = mapped_column(String, unique=True)
    event: Mapped[str] = mapped_column(String)
    external_id: Mapped[str] = mapped_column(String, default="")
    reference: Mapped[str] = mapped_column(String, default="")
    objects: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    payload: Mapped[Any] = mapped_column(Json)
    headers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    status: Mapped[str] = mapped_column(String, default="received")
    error: Mapped[str] = mapped_column(String, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    vendor_project_id: Mapped[int | None] = mapped_column(ForeignKey("vendor_projects.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcTime, default=now(), index=True)
    processed_at: Mapped[datetime | None] = mapped_column(UtcTime)
