"""How much waits, how long it has waited, and what waits for staff."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, literal_column, select, text

from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OFF_DUTY, OutboxRow
from db.projects import Project
from db.types import now
from db.vendor_events import VendorEventRow
from db.vendor_projects import VendorProject

OPEN = text("outbox.status NOT IN ('done', 'cancelled')")
UNSETTLED = text(" OR ".join(f"vendor_events.status = '{status}'" for status in ("received", "processing", "failed")))
VENDORS = ("opensolar", "aurora")
WANTED = text("vendor_projects.due_at IS NOT NULL")


@dataclass(frozen=True, slots=True)
class Backlog:
    """Ages are in seconds, 0 where nothing waits. `parked_outbox` leaves out alerts that nobody is there to take.
    `webhook_age` is of vendors' webhooks that nobody has taken in hand, `read_age` of the read that is due longest."""

    parked_inbox: int
    parked_outbox: int
    parked_alerts: int
    inbox_age: float
    outbox_age: float
    webhook_age: float = 0.0
    read_age: float = 0.0


def read_backlog(connection: Connection, vendors: Collection[str] = VENDORS) -> Backlog:
    """One statement over the partial indexes of open rows; reads at `vendors` count, those that are on."""
    parked = (OPEN, _is(OutboxRow, "parked"), OutboxRow.error_code != OFF_DUTY)
    columns = (
        _count(InboxRow, _is(InboxRow, "parked")),
        _count(OutboxRow, *parked),
        _count(OutboxRow, *parked, OutboxRow.kind == "alert_staff"),
        _oldest(InboxRow.received_at, _is(InboxRow, "ready")),
        _oldest(OutboxRow.due_at, _is(OutboxRow, "ready"), OutboxRow.due_at <= now()),
        _oldest(VendorEventRow.due_at, _is(VendorEventRow, "received"), VendorEventRow.due_at <= now()),
        _oldest(
            VendorProject.due_at,
            WANTED,
            VendorProject.due_at <= now(),
            VendorProject.vendor.in_(sorted(vendors)),
            VendorProject.external_id.is_not(None),
        ),
        now(),
    )
    parked_inbox, parked_outbox, alerts, *oldest, at = connection.execute(select(*columns)).one()
    inbox, outbox, webhook, read = ((at - since).total_seconds() if since else 0.0 for since in oldest)
    return Backlog(parked_inbox, parked_outbox, alerts, inbox, outbox, webhook, read)


def count_open(connection: Connection) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """Counts for the metrics: name to [(labels, count)]."""
    ready_or_parked = text("inbox.status IN ('ready', 'parked')")
    grouped: dict[str, Any] = {
        "inbox": select(InboxRow.status, func.count()).where(ready_or_parked).group_by(InboxRow.status),
        "outbox": select(OutboxRow.kind, OutboxRow.status, func.count())
        .where(OPEN)
        .group_by(OutboxRow.kind, OutboxRow.status),
        "conversations": select(Conversation.control, func.count()).group_by(Conversation.control),
        "projects": select(Project.status, func.count()).group_by(Project.status),
        "vendor_events": select(VendorEventRow.vendor, VendorEventRow.status, func.count())
        .where(UNSETTLED)
        .group_by(VendorEventRow.vendor, VendorEventRow.status),
        "vendor_reads": select(VendorProject.vendor, func.count())
        .where(WANTED, VendorProject.due_at <= now())
        .group_by(VendorProject.vendor),
        "vendor_projects": select(VendorProject.vendor, VendorProject.sync_status, func.count()).group_by(
            VendorProject.vendor, VendorProject.sync_status
        ),
        "events": select(func.coalesce(func.max(InboxRow.id), 0)),
        "effects": select(func.coalesce(func.max(OutboxRow.id), 0)),
    }
    return {name: [(tuple(row[:-1]), row[-1]) for row in connection.execute(query)] for name, query in grouped.items()}


def _is(table: Any, status: str) -> Any:
    return table.status == literal_column(f"'{status}'")


def _count(table: Any, *conditions: Any) -> Any:
    return select(func.count(table.id)).where(*conditions).scalar_subquery()


def _oldest(column: Any, *conditions: Any) -> Any:
    return select(func.min(column)).where(*conditions).scalar_subquery()
