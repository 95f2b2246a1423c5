"""Reads of projects at their vendors: wanted, claimed by a lease, kept under its token."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, false, func, or_, select, text, update

from db.projects import Project
from db.types import Id, Json, UtcTime, now
from db.vendor_projects import VendorProject

PACE_SECONDS = 2.0  # at the quickest, between two reads of one project
IDLE_READS = 10  # so many in a row that found nothing new, and webhooks are heeded less
IDLE_SECONDS = 60.0
CROWD = 5  # so many reads wanted within seconds, and more webhooks of a project are waited for
SETTLE_SECONDS = 4.0  # without a further one
LONGEST_SETTLE = 30.0  # after the first of them
SOON_SECONDS = SETTLE_SECONDS + PACE_SECONDS  # within seconds: what is held back to settle is part of the crowd
POLLED_AT_ONCE = 50  # so that webhooks never wait behind a whole night's polls
QUIET_POLLS = 8  # so many pauses fit into the time for which nothing was new, before the pause doubles
DAY = 86_400.0

_wanted = text("due_at IS NOT NULL")  # as the partial index has it


def plan_read(row: Any, at: datetime) -> datetime:
    """When a hint that came at `at` is followed: at once after a quiet while, else at the project's pace. While the
    vendor fails, when the next try is due anyway."""
    pace = IDLE_SECONDS if row.idle_reads >= IDLE_READS else PACE_SECONDS
    due: datetime = max(at, row.read_at + timedelta(seconds=pace)) if row.read_at else at
    if row.due_at is None:
        return due
    planned: datetime = row.due_at
    return planned if row.read_attempts else min(due, planned)


def settle_down(row: Any, at: datetime, due: datetime, waiting_since: datetime | None) -> datetime:
    """When a hint is followed that came amid a crowd: once no other of its project came for a while, so that a burst
    costs one read of each project and not several; not held up for ever. A vendor takes few calls a minute."""
    since = min(waiting_since or at, at)
    held_until = min(at + timedelta(seconds=SETTLE_SECONDS), since + timedelta(seconds=LONGEST_SETTLE))
    return due if row.read_attempts else max(due, held_until)


def is_crowded(connection: Connection, vendor: str, hinted: Collection[int]) -> bool:
    """Whether webhooks came about many of the vendor's projects within seconds: they are just `hinted` at, to be read
    soon, or were read for that just now."""
    waiting = and_(*_due([vendor]), VendorProject.due_at <= now(SOON_SECONDS))
    lately = and_(VendorProject.vendor == vendor, VendorProject.quiet_since > now(-SOON_SECONDS))
    busy = select(VendorProject.id).where(or_(waiting, lately)).limit(CROWD + 1)
    return len({*hinted, *connection.execute(busy).scalars()}) > CROWD


def want_reads(connection: Connection, wishes: Sequence[tuple[int, datetime, Mapping[str, Any]]]) -> None:
    """(id, due_at, objects) of vendor projects, in one statement."""
    if wishes:
        given = [{"row": row_id, "due": due_at, "named": dict(objects)} for row_id, due_at, objects in wishes]
        connection.execute(_WANT, given)


_WANT = (
    update(VendorProject)
    .where(VendorProject.id == bindparam("row", type_=Id))
    .values(due_at=bindparam("due", type_=UtcTime), objects=bindparam("named", type_=Json), polled=false())
)


def claim_read(connection: Connection, vendors: Collection[str], lease_seconds: float) -> Row[Any] | None:
    """The project whose read at one of `vendors` has been due the longest, those that only the poller wants last, under
    a lease: every column, with `db_now`. Its `due_at` is the lease's end: whoever dies is followed then."""
    due = (
        select(VendorProject.id)
        .where(*_due(vendors), VendorProject.due_at <= now())
        .order_by(VendorProject.polled, VendorProject.due_at, VendorProject.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    claim: Any = (
        update(VendorProject)
        .where(VendorProject.id == due.scalar_subquery())
        .values(lease_token=VendorProject.lease_token + 1, lease_until=now(lease_seconds), due_at=now(lease_seconds))
        .returning(VendorProject.__table__, now().label("db_now"))
    )
    row: Row[Any] | None = connection.execute(claim).first()
    return row


def renew_read(connection: Connection, link: Any, lease_seconds: float) -> bool:
    """Prolongs the lease under which `link` was claimed; False where it is somebody else's by now."""
    links = VendorProject
    end = now(lease_seconds)
    # Whoever wanted another read meanwhile has moved `due_at` away from the lease's end.
    values = {"lease_until": end, "due_at": case((links.due_at == links.lease_until, end), else_=links.due_at)}
    ours = (links.id == link.id, links.lease_token == link.lease_token, links.lease_until.is_not(None))
    return connection.execute(update(links).where(*ours).values(values)).rowcount == 1


def seconds_to_read(connection: Connection, vendors: Collection[str]) -> float | None:
    """Seconds until the next read at one of `vendors` is due, 0 or less when one is; None where none is wanted."""
    due, at = connection.execute(select(func.min(VendorProject.due_at), now()).where(*_due(vendors))).one()
    return None if due is None else (due - at).total_seconds()


def _due(vendors: Collection[str]) -> tuple[Any, ...]:
    free = or_(VendorProject.lease_until.is_(None), VendorProject.lease_until < now())
    return (_wanted, VendorProject.vendor.in_(sorted(vendors)), VendorProject.external_id.is_not(None), free)


def hold_link(connection: Connection, link_id: int) -> Row[Any]:
    """Every column of a project at its vendor, nobody else's until the transaction ends."""
    statement: Any = select(VendorProject.__table__, now().label("db_now")).where(VendorProject.id == link_id)
    row: Row[Any] = connection.execute(statement.with_for_update()).one()
    return row


def write_read(connection: Connection, link_id: int, **values: Any) -> None:
    """Sets columns of a row that `hold_link` holds, and gives the read's lease back."""
    statement = update(VendorProject).where(VendorProject.id == link_id)
    connection.execute(statement.values(lease_until=None, updated_at=now(), **values))


def hold_project(connection: Connection, project_id: int) -> Row[Any]:
    """Every column of our project, nobody else's until the transaction ends: reads of it at several vendors wait for
    one another."""
    statement: Any = select(Project.__table__).where(Project.id == project_id).with_for_update()
    row: Row[Any] = connection.execute(statement).one()
    return row


def list_siblings(connection: Connection, link: Any) -> Sequence[Row[Any]]:
    """(told, state, consumption) of the same project at its other vendors."""
    others = select(VendorProject.told, VendorProject.state, VendorProject.consumption).where(
        VendorProject.project_id == link.project_id, VendorProject.id != link.id
    )
    return connection.execute(others).all()


def write_status(connection: Connection, project_id: int, status: str) -> None:
    statement = update(Project).where(Project.id == project_id, Project.status != status)
    connection.execute(statement.values(status=status, updated_at=now()))


def want_polls(connection: Connection, vendor: str, seconds: float, longest: float) -> int:
    """The vendor's projects that were not read for `seconds` are due, those read longest ago first; how many. The
    longer nothing was new, the more rarely, by doubling, up to `longest` seconds; once a day where the vendor had no
    such project."""
    links = VendorProject
    quiet_since = func.coalesce(links.quiet_since, links.created_at)
    stale = [links.read_at.is_(None), links.read_at < now(-max(seconds, longest))]
    pause = max(seconds, 1.0)
    while pause < longest:
        stale.append((links.read_at < now(-pause)) & (quiet_since > now(-pause * QUIET_POLLS)))
        pause *= 2
    failing = (links.read_error == "") | (links.updated_at < now(-seconds))
    there = links.gone_at.is_(None) | (links.gone_at < now(-DAY))
    unplanned = links.due_at.is_(None) | (links.due_at > now(seconds))
    unplanned &= links.lease_until.is_(None) | (links.lease_until < now())
    free = unplanned & there & links.external_id.is_not(None) & (links.vendor == vendor)
    chosen = (
        select(links.id)
        .where(free, or_(*stale), failing)
        .order_by(links.read_at.asc().nulls_first(), links.id)
        .limit(POLLED_AT_ONCE)
    )
    return connection.execute(update(links).where(links.id.in_(chosen)).values(due_at=now(), polled=True)).rowcount


def find_conversation(connection: Connection, project_id: int) -> int:
    """The conversation of our project."""
    return int(connection.execute(select(Project.conversation_id).where(Project.id == project_id)).scalar_one())
