"""A project on its way to a vendor: found or made, leased, and how far the sync has come."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, null, or_, select, text, update

from db.once import insert_once
from db.outbox import OutboxRow
from db.projects import Project
from db.types import now
from db.vendor_projects import VendorProject


def ensure_link(connection: Connection, project_id: int, vendor: str) -> Row[Any]:
    """The project's row at the vendor, made if need be, with a reference that nobody else uses there."""
    reference = f"hg-{project_id}-{secrets.token_hex(3)}"
    values = {"project_id": project_id, "vendor": vendor, "reference": reference}
    insert_once(connection, VendorProject, values, "project_id", "vendor")
    row = find_link(connection, project_id, vendor)
    if row is None:
        raise LookupError(f"no project {project_id}")
    return row


def find_link(connection: Connection, project_id: int, vendor: str) -> Row[Any] | None:
    """The project's row at the vendor."""
    statement = select(VendorProject.__table__)
    return connection.execute(statement.filter_by(project_id=project_id, vendor=vendor)).one_or_none()


def is_taken(connection: Connection, vendor: str, external_id: str) -> bool:
    """Whether the vendor's project is one of ours already."""
    statement = select(VendorProject.id).filter_by(vendor=vendor, external_id=external_id)
    return connection.execute(statement).first() is not None


def list_links(connection: Connection, project_id: int) -> Sequence[Row[Any]]:
    """The project's rows at its vendors."""
    statement = select(VendorProject.__table__).where(VendorProject.project_id == project_id)
    return connection.execute(statement.order_by(VendorProject.id)).all()


def find_project(connection: Connection, conversation_id: int, number: int) -> Row[Any] | None:
    """Every column of the conversation's project of that number."""
    statement = select(Project.__table__).filter_by(conversation_id=conversation_id, number=number)
    return connection.execute(statement).one_or_none()


def read_project(connection: Connection, project_id: int) -> Row[Any] | None:
    """Every column of the project."""
    return connection.execute(select(Project.__table__).where(Project.id == project_id)).one_or_none()


def list_missed(connection: Connection, vendor: str, days: float) -> Sequence[Row[Any]]:
    """Projects confirmed within `days` and not sold yet that nobody has tried to bring to the vendor, oldest first. One
    that a sync is under way for is none of them, nor one whose sync staff dropped."""
    tried = or_(
        VendorProject.external_id.is_not(None),
        VendorProject.posting_at.is_not(None),
        VendorProject.sync_status != "pending",
    )
    there = select(VendorProject.id).where(
        VendorProject.project_id == Project.id, VendorProject.vendor == vendor, tried
    )
    asked = select(OutboxRow.id).where(
        OutboxRow.conversation_id == Project.conversation_id,
        OutboxRow.kind == "sync_project",
        OutboxRow.status != "done",
        OutboxRow.payload["project"].as_integer() == Project.number,
    )
    fresh = (Project.status == "pending", Project.confirmed_at > now(-86_400 * days))
    statement = select(Project.__table__).where(*fresh, ~there.exists(), ~asked.exists())
    return connection.execute(statement.order_by(Project.id)).all()


def keep_consumption(connection: Connection, link_id: int, figures: Mapping[str, Any]) -> None:
    """Better figures than the homeowner's: `monthly_kwh` (twelve, None for unknown), `annual_kwh`, `monthly_bill`."""
    change_link(connection, link_id, consumption=dict(figures))
    begun = update(VendorProject).where(VendorProject.id == link_id, VendorProject.design_status == "not_started")
    connection.execute(begun.values(design_status="consumption_entered"))


def merge_details(connection: Connection, link_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Writes what changed in `details` from `before` to `after`: a read of the project may have changed other parts
    meanwhile."""
    row = select(VendorProject.details).where(VendorProject.id == link_id).with_for_update()
    current = connection.execute(row).scalar_one()
    changed = {name: value for name, value in after.items() if name not in before or before[name] != value}
    kept = {name: value for name, value in current.items() if name in after or name not in before}
    if changed or kept != current:
        connection.execute(update(VendorProject).where(VendorProject.id == link_id).values(details={**kept, **changed}))


def change_link(connection: Connection, link_id: int, **values: Any) -> None:
    """Sets columns, whoever holds the lease: for what is true in any case."""
    connection.execute(update(VendorProject).where(VendorProject.id == link_id).values(updated_at=now(), **values))


def lease_link(connection: Connection, link_id: int, seconds: float) -> Row[Any] | None:
    """The row under a lease for one step of a sync; None while somebody else has it."""
    free = or_(VendorProject.sync_until.is_(None), VendorProject.sync_until < now())
    statement: Any = (
        update(VendorProject)
        .where(VendorProject.id == link_id, free)
        .values(sync_token=VendorProject.sync_token + 1, sync_until=now(seconds))
        .returning(VendorProject.__table__, now().label("db_now"))
    )
    row: Row[Any] | None = connection.execute(statement).one_or_none()
    return row


def write_step(connection: Connection, link: Any, *, keep: bool = False, **values: Any) -> bool:
    """Sets columns under the lease of `link`, and gives it back unless `keep`; False, and nothing is written, where
    somebody else has it by now."""
    given = values if keep else {**values, "sync_until": None}
    statement = (
        update(VendorProject)
        .where(VendorProject.id == link.id, VendorProject.sync_token == link.sync_token)
        .values(updated_at=now(), **given)
    )
    return connection.execute(statement).rowcount == 1


def adopt_project(connection: Connection, link_id: int, **values: Any) -> bool:
    """Writes down which of the vendor's projects is ours (`external_id` and what else is known of it); False where
    another one was before."""
    statement = (
        update(VendorProject)
        .where(VendorProject.id == link_id, VendorProject.external_id.is_(None))
        .values(updated_at=now(), **values)
    )
    return connection.execute(statement).rowcount == 1


def forget_attempts(connection: Connection, conversation_id: int, number: int) -> None:
    """Staff say that a project which may exist at its vendors does not: it is created again."""
    project = select(Project.id).filter_by(conversation_id=conversation_id, number=number).scalar_subquery()
    statement = update(VendorProject).where(VendorProject.project_id == project, VendorProject.external_id.is_(None))
    fresh = {"posting_at": None, "lookups": 0, "sync_code": ""}
    connection.execute(statement.values(**fresh))


def forget_orders(connection: Connection, conversation_id: int, number: int) -> None:
    """Staff say that a design which may have been ordered was not: it is ordered again."""
    project = select(Project.id).filter_by(conversation_id=conversation_id, number=number).scalar_subquery()
    statement = update(VendorProject).where(VendorProject.project_id == project)
    connection.execute(statement.values(design_order=null()))


def try_now(connection: Connection, conversation_id: int, number: int) -> None:
    """Staff do not want to wait for the next try. A look for what may have been made keeps its time: too soon, it would
    not see that."""
    project = select(Project.id).filter_by(conversation_id=conversation_id, number=number).scalar_subquery()
    known = or_(VendorProject.posting_at.is_(None), VendorProject.external_id.is_not(None))
    statement = update(VendorProject).where(VendorProject.project_id == project, known)
    connection.execute(statement.values(retry_count=0, next_try_at=None))


def waits_for_staff(connection: Connection, row_id: int) -> bool:
    """Whether an effect will not go on by itself: it has ended, or staff have to decide."""
    going = OutboxRow.status.in_(("ready", "sending", "unknown", "held"))
    return connection.execute(select(OutboxRow.id).where(OutboxRow.id == row_id, going)).first() is None


def finish_waiting(connection: Connection, conversation_id: int, number: int, but: int, reason: str) -> int:
    """Syncs of a project that are held or parked are done, since another one, `but`, has done their work; how many."""
    statement = update(OutboxRow).where(
        OutboxRow.conversation_id == conversation_id,
        OutboxRow.kind == "sync_project",
        OutboxRow.status.in_(("held", "parked")),
        text("status NOT IN ('done', 'cancelled')"),
        OutboxRow.payload["project"].as_integer() == number,
        OutboxRow.id != but,
    )
    return connection.execute(statement.values(status="done", done_at=now(), error=reason)).rowcount
