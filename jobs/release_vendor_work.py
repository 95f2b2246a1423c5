"""Effects that waited for a vendor go on: it was switched on, or the project has come to be there."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, and_, select, text, update

from db.outbox import OutboxRow
from db.projects import Project
from db.types import now
from db.vendor_projects import VendorProject
from jobs.context import Context
from jobs.placed_projects import NOT_THERE
from jobs.sync_project import AUTO_OFF, DESIGN_OFF, VENDOR_OFF, choose_vendors

CODES = (VENDOR_OFF, AUTO_OFF, DESIGN_OFF, NOT_THERE)
INCENTIVES = ("look_up_incentives", "apply_for_incentives")


def release_vendor_work(context: Context) -> int:
    """Makes ready whatever need not wait any more; how much. The sweeper rings for it."""
    with context.engine.connect() as connection:
        held = list_held(connection)
        there = list_there(connection) if any(row.error_code == NOT_THERE for row in held) else {}
    ready = [row.id for row in held if may_go_on(context, row, there.get(row.id, ()))]
    if not ready:
        return 0
    with context.engine.begin() as connection:
        waiting = update(OutboxRow).where(OutboxRow.id.in_(ready), OutboxRow.status == "held")
        return connection.execute(waiting.values(status="ready", due_at=now(), error="", error_code="")).rowcount


def list_held(connection: Connection) -> list[Any]:
    """Held effects that wait for a vendor."""
    statement = _select_held(OutboxRow.id, OutboxRow.kind, OutboxRow.payload, OutboxRow.error_code)
    return list(connection.execute(statement.order_by(OutboxRow.id)).all())


def list_there(connection: Connection) -> Mapping[int, Collection[str]]:
    """By held effect, the vendors that have its project; asked once for all of them, as the sweep comes often."""
    ours = and_(
        Project.conversation_id == OutboxRow.conversation_id,
        Project.number == OutboxRow.payload["project"].as_integer(),
    )
    statement = (
        _select_held(OutboxRow.id, VendorProject.vendor)
        .join(Project, ours)
        .join(VendorProject, VendorProject.project_id == Project.id)
        .where(OutboxRow.error_code == NOT_THERE, VendorProject.external_id.is_not(None))
    )
    there: dict[int, set[str]] = defaultdict(set)
    for row_id, vendor in connection.execute(statement):
        there[row_id].add(vendor)
    return there


def _select_held(*columns: Any) -> Select[Any]:
    open_rows = text("outbox.status NOT IN ('done', 'cancelled')")
    held = select(*columns).select_from(OutboxRow)
    return held.where(open_rows, OutboxRow.status == "held", OutboxRow.error_code.in_(CODES))


def may_go_on(context: Context, row: Any, there: Collection[str]) -> bool:
    """Whether what it waited for has happened; `there` names the vendors that have its project."""
    if row.kind == "sync_project":
        wanted = choose_vendors(context, row.payload).wanted
        return "opensolar" in wanted if row.error_code == AUTO_OFF else bool(wanted)
    if row.kind in INCENTIVES:
        return not context.vendors.explain("leap")
    vendors = {"order_design": ["aurora"], "share_media": context.vendors.list_on()}
    names = vendors.get(row.kind, [context.settings.proposal_vendor])
    through = row.payload.get("shared", {})
    on = [name for name in names if not context.vendors.explain(name) and name not in through]
    if row.error_code == NOT_THERE:
        return any(name in there for name in on)
    return bool(on)
