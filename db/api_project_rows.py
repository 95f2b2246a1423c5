"""What the API reads and changes of projects at vendors."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, TextClause, and_, func, select, text, union_all

from db.projects import Project
from db.types import now
from db.vendor_calls import VendorCall
from db.vendor_events import VendorEventRow
from db.vendor_projects import VendorProject

OPEN, OVER = ("received", "processing", "failed"), ("processed", "ignored")
"""Statuses of webhooks: each of the first has an index of its own, of the others there are ever more."""

DAY = 24 * 3600.0


def find_project(connection: Connection, project_id: int) -> Row[Any] | None:
    """id, conversation_id, number and status."""
    columns: Any = (Project.id, Project.conversation_id, Project.number, Project.status)
    return connection.execute(select(*columns).where(Project.id == project_id)).one_or_none()


def list_places(connection: Connection, project_id: int) -> Sequence[Row[Any]]:
    """The project's rows at vendors."""
    statement = select(VendorProject.__table__).where(VendorProject.project_id == project_id)
    return connection.execute(statement.order_by(VendorProject.vendor)).all()


def count_syncs(connection: Connection) -> dict[str, dict[str, int]]:
    """Vendor to sync status to how many projects."""
    grouped = select(VendorProject.vendor, VendorProject.sync_status, func.count()).group_by(
        VendorProject.vendor, VendorProject.sync_status
    )
    return _nest(connection, grouped)


def count_events(connection: Connection) -> dict[str, dict[str, int]]:
    """Vendor to webhook status to how many: those that are open or failed, and those of the last day that are over."""
    counts: list[TextClause | ColumnElement[bool]] = [text(f"status = '{status}'") for status in OPEN]
    counts.append(and_(VendorEventRow.received_at > now(-DAY), VendorEventRow.status.in_(OVER)))
    counted = [
        select(VendorEventRow.vendor, VendorEventRow.status, func.count())
        .where(which)
        .group_by(VendorEventRow.vendor, VendorEventRow.status)
        for which in counts
    ]
    return _nest(connection, union_all(*counted))


def find_last_call(connection: Connection, vendor: str) -> Row[Any] | None:
    """started_at, status, http_status and error of the latest call to the vendor."""
    columns: Any = (VendorCall.started_at, VendorCall.status, VendorCall.http_status, VendorCall.error)
    latest = select(*columns).where(VendorCall.vendor == vendor).order_by(VendorCall.id.desc()).limit(1)
    return connection.execute(latest).one_or_none()


def _nest(connection: Connection, grouped: Any) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for outer, inner, count in connection.execute(grouped):
        nested.setdefault(outer, {})[inner] = count
    return nested


def describe_place(row: Any) -> dict[str, Any]:
    """A project at a vendor as the API shows it."""
    return {
        "external_id": row.external_id,
        "sync_status": row.sync_status,
        "sync_error": row.sync_error,
        "retry_count": row.retry_count,
        "next_try_at": row.next_try_at.isoformat() if row.next_try_at else None,
        "last_synced_at": row.last_synced_at.isoformat() if row.last_synced_at else None,
        "design_status": row.design_status,
    }
