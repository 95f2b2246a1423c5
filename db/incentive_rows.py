"""Incentive cases: found or made, leased, and what came of asking."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, text, update

from db.incentives import IncentiveApplication, IncentiveCase, IncentiveResult
from db.once import insert_once
from db.outbox import OutboxRow
from db.projects import Project
from db.types import now

PROJECT = "project"
CASES = IncentiveCase.__table__
APPLICATIONS = IncentiveApplication.__table__


def ensure_project_case(connection: Connection, project: Row[Any]) -> Row[Any]:
    """The project's case, made if need be. Its reference is the same whoever makes it, and no other database's."""
    mark = hashlib.sha256(f"{project.id}:{project.created_at.isoformat()}".encode()).hexdigest()[:6]
    reference = f"hg-{project.id}-{mark}"
    make_case(connection, PROJECT, reference, project_id=project.id)
    found = find_case_by_reference(connection, PROJECT, reference)
    if found is None:
        raise LookupError(reference)
    return found


def make_case(connection: Connection, scope: str, reference_id: str, **columns: Any) -> bool:
    """False if it is there. At the vendor it goes by its reference, or by a longer name where another has that."""
    taken = select(IncentiveCase.id).where(
        IncentiveCase.customer_reference == reference_id, IncentiveCase.scope != scope
    )
    name = reference_id
    if connection.execute(taken).first() is not None:
        digest = hashlib.sha256(reference_id.encode()).hexdigest()[:32]
        name = f"{scope.replace(':', '-')}.{digest}"
    values = {"scope": scope, "reference_id": reference_id, "customer_reference": name, **columns}
    return insert_once(connection, IncentiveCase, values, "scope", "reference_id")


def find_case_by_reference(connection: Connection, scope: str, reference_id: str) -> Row[Any] | None:
    return connection.execute(select(CASES).filter_by(scope=scope, reference_id=reference_id)).one_or_none()


def find_neighbour(connection: Connection, scope: str, home: str, reference_id: str) -> str:
    """Another reference under which the same home was looked up in that scope; "" for none."""
    statement = (
        select(IncentiveCase.reference_id)
        .where(
            IncentiveCase.scope == scope,
            IncentiveCase.home == home,
            IncentiveCase.reference_id != reference_id,
            IncentiveCase.looked_up_at.is_not(None),
        )
        .order_by(IncentiveCase.id)
        .limit(1)
    )
    return connection.execute(statement).scalar_one_or_none() or ""


def lease_case(connection: Connection, case_id: int, seconds: float) -> Row[Any] | None:
    """The case under a lease; None while somebody else has it."""
    free = or_(IncentiveCase.lease_until.is_(None), IncentiveCase.lease_until < now())
    statement: Any = (
        update(IncentiveCase)
        .where(IncentiveCase.id == case_id, free)
        .values(lease_token=IncentiveCase.lease_token + 1, lease_until=now(seconds))
        .returning(CASES, now().label("db_now"))
    )
    row: Row[Any] | None = connection.execute(statement).one_or_none()
    return row


def write_case(connection: Connection, case: Any, *, release: bool = True, **values: Any) -> bool:
    """Sets columns of a case under the lease it was read with, and gives the lease back; False if it was lost."""
    freed = {"lease_until": None} if release else {}
    statement = (
        update(IncentiveCase)
        .where(IncentiveCase.id == case.id, IncentiveCase.lease_token == case.lease_token)
        .values(updated_at=now(), **freed, **values)
    )
    return connection.execute(statement).rowcount == 1


def give_up_reference(connection: Connection, customer_reference: str) -> None:
    """No case goes by that name at the vendor any more: another one is about to."""
    held = update(IncentiveCase).where(IncentiveCase.customer_reference == customer_reference)
    connection.execute(held.values(customer_reference=None))


def is_waiting(connection: Connection, outbox_id: int) -> bool:
    """Whether an effect may still settle by itself."""
    statement = select(OutboxRow.status).where(OutboxRow.id == outbox_id)
    return connection.execute(statement).scalar_one_or_none() in ("ready", "sending", "unknown")


def is_left_for_staff(connection: Connection, kind: str, code: str) -> bool:
    """Whether an effect that no conversation asked for is parked with that code already."""
    statement = select(OutboxRow.id).where(
        text("status NOT IN ('done', 'cancelled')"),
        OutboxRow.conversation_id.is_(None),
        OutboxRow.kind == kind,
        OutboxRow.status == "parked",
        OutboxRow.error_code == code,
    )
    return connection.execute(statement.limit(1)).first() is not None


def replace_results(connection: Connection, case_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """What the last answer says, in place of what the one before said; `rows` are columns."""
    connection.execute(delete(IncentiveResult).where(IncentiveResult.case_id == case_id))
    if rows:
        connection.execute(insert(IncentiveResult), [{"case_id": case_id, **row} for row in rows])


def keep_applications(
    connection: Connection, case_id: int, found: Iterable[tuple[str, str, str]], read_after: float | None
) -> None:
    """(external id, programme, status) of applications; new ones count as told, and are read again in `read_after`
    seconds, None: never."""
    due = None if read_after is None else now(read_after)
    for external_id, program_name, status in found:
        values = {
            "case_id": case_id,
            "external_id": external_id,
            "program_name": program_name,
            "status": status,
            "told_status": status,
            "read_at": now(),
            "due_at": due,
        }
        insert_once(connection, IncentiveApplication, values, "case_id", "external_id")


def claim_application(connection: Connection, seconds: float) -> Row[Any] | None:
    """An application that is due to be read, put off by `seconds` so that nobody else reads it meanwhile; with what is
    needed to tell its news. None where none is due."""
    due = (
        select(IncentiveApplication.id)
        .where(IncentiveApplication.due_at <= now())
        .order_by(IncentiveApplication.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    claim = (
        update(IncentiveApplication)
        .where(IncentiveApplication.id == due.scalar_subquery())
        .values(due_at=now(seconds))
        .returning(IncentiveApplication.id)
    )
    claimed = connection.execute(claim).scalar_one_or_none()
    if claimed is None:
        return None
    statement = (
        select(APPLICATIONS, CASES.c.connect_url, CASES.c.project_id, Project.conversation_id, Project.number)
        .join(CASES, CASES.c.id == APPLICATIONS.c.case_id)
        .outerjoin(Project, Project.id == CASES.c.project_id)
        .where(APPLICATIONS.c.id == claimed)
    )
    return connection.execute(statement).one()


def has_due_application(connection: Connection) -> bool:
    """Whether one is due to be read."""
    statement = select(IncentiveApplication.id).where(IncentiveApplication.due_at <= now()).limit(1)
    return connection.execute(statement).first() is not None


def write_status(connection: Connection, application: Any, status: str, read_after: float | None) -> bool:
    """Keeps the status that was read, told now if it is another; whether it is. `read_after` as above."""
    due = None if read_after is None else now(read_after)
    kept = update(IncentiveApplication).where(IncentiveApplication.id == application.id)
    connection.execute(kept.values(status=status, read_at=now(), due_at=due))
    told = kept.where(IncentiveApplication.told_status != status).values(told_status=status)
    return connection.execute(told).rowcount == 1
