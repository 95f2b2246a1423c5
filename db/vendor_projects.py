"""A project at a vendor: its ids there, how the sync stands, what was last read, and what of it was told."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id, Json, Table, UtcTime, now, partial_index


class VendorProject(Table):
    """`reference` is our name for it there. `sync_status`: pending, synced, sync_failed, updated.

    `posting_at` is committed before the vendor is asked to create it: a row with that and no `external_id` may exist
    there already. `sent` names what the vendor has
    (part of the sheet → hash). `consumption` overrides the homeowner's figures where staff gave better ones. Syncs run
    under `sync_until`, fenced by `sync_token`.

    `state` is the last VendorState read, `told` what has become a transition (jobs/transitions.py). A read is wanted
    from `due_at` on, `polled` if only the poller wants it; `idle_reads` counts those in a row that found nothing new;
    `objects` are ids named by webhooks since the last one. Reads run under the lease. `quiet_since`: the last time that
    something was new or a webhook came; polls are the rarer the longer ago. `gone_at`: the vendor had no such project.
    """

    __tablename__ = "vendor_projects"
    __table_args__ = (
        UniqueConstraint("project_id", "vendor"),
        UniqueConstraint("vendor", "external_id"),
        partial_index("ix_vendor_projects_due", "due_at", where="due_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    vendor: Mapped[str] = mapped_column(String)
    reference: Mapped[str] = mapped_column(String, unique=True)
    external_id: Mapped[str | None] = mapped_column(String)
    contact_id: Mapped[str] = mapped_column(String, default="")  # the vendor's
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    sync_status: Mapped[str] = mapped_column(String, default="pending")
    sync_error: Mapped[str] = mapped_column(String, default="")
    sync_code: Mapped[str] = mapped_column(String, default="")
    retry_count: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_synced_at: Mapped[datetime | None] = mapped_column(UtcTime)
    posting_at: Mapped[datetime | None] = mapped_column(UtcTime)
    lookups: Mapped[int] = mapped_column(default=0)  # looks for it after a request whose outcome nobody knows
    sent: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    sync_token: Mapped[int] = mapped_column(default=0)
    sync_until: Mapped[datetime | None] = mapped_column(UtcTime)
    consumption: Mapped[dict[str, Any] | None] = mapped_column(Json)

    design_status: Mapped[str] = mapped_column(String, default="not_started")
    design_order: Mapped[dict[str, Any] | None] = mapped_column(Json)

    state: Mapped[dict[str, Any] | None] = mapped_column(Json)
    told: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    read_at: Mapped[datetime | None] = mapped_column(UtcTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcTime)
    polled: Mapped[bool] = mapped_column(default=False)
    quiet_since: Mapped[datetime | None] = mapped_column(UtcTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    idle_reads: Mapped[int] = mapped_column(default=0)
    objects: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    read_attempts: Mapped[int] = mapped_column(default=0)
    read_error: Mapped[str] = mapped_column(String, default="")
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)

    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
    updated_at: Mapped[datetime] = mapped_column(UtcTime, default=now())
