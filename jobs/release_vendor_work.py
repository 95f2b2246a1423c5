"""Effects that waited for a vendor go on: it was switched on, or the project has come to be there."""

from typing import Any

from sqlalchemy import Connection, select, text, update

from db.outbox import OutboxRow
from db.types import now
from db.vendor_sync import find_link, find_project
from jobs.context import Context
from jobs.placed_projects import NOT_THERE
from jobs.sync_project import AUTO_OFF, DESIGN_OFF, VENDOR_OFF, choose_vendors

CODES = (VENDOR_OFF, AUTO_OFF, DESIGN_OFF, NOT_THERE)
INCENTIVES = ("look_up_incentives", "apply_for_incentives")


def release_vendor_work(context: Context) -> int:
    """Makes ready whatever need not wait any more; how much. The sweeper rings for it."""
    with context.engine.connect() as connection:
        held = list_held(connection)
        ready = [row.id for row in held if may_go_on(connection, context, row)]
    if not ready:
        return 0
    with context.engine.begin() as connection:
        waiting = update(OutboxRow).where(OutboxRow.id.in_(ready), OutboxRow.status == "held")
        return connection.execute(waiting.values(status="ready", due_at=now(), error="", error_code="")).rowcount


def list_held(connection: Connection) -> list[Any]:
    """Held effects that wait for a vendor."""
    columns = (OutboxRow.id, OutboxRow.kind, OutboxRow.payload, OutboxRow.conversation_id, OutboxRow.error_code)
    open_rows = text("status NOT IN ('done', 'cancelled')")
    statement = select(*columns).where(open_rows, OutboxRow.status == "held", OutboxRow.error_code.in_(CODES))
    return list(connection.execute(statement.order_by(OutboxRow.id)).all())


def may_go_on(connection: Connection, context: Context, row: Any) -> bool:
    """Whether what it waited for has happened."""
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
        return any(_is_there(connection, row, name) for name in on)
    return bool(on)


def _is_there(connection: Connection, row: Any, vendor: str) -> bool:
    project = find_project(connection, row.conversation_id, row.payload["project"])
    link = None if project is None else find_link(connection, project.id, vendor)
    return link is not None and bool(link.external_id)
