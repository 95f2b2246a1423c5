"""When the clock's regular work is due next; the row's lease lets many clocks run side by side."""

from datetime import datetime

from sqlalchemy import Connection, String, or_, update
from sqlalchemy.orm import Mapped, mapped_column

from db.once import insert_once
from db.types import Table, UtcTime, now


class ScheduledWork(Table):
    __tablename__ = "schedule"

    name: Mapped[str] = mapped_column(String, primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    last_run_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_error: Mapped[str] = mapped_column(String, default="")


def plan_work(connection: Connection, name: str) -> None:
    """Makes the work known, due at once; nothing if it is known."""
    insert_once(connection, ScheduledWork, {"name": name, "due_at": now()}, "name")


def claim_work(connection: Connection, name: str, every_seconds: float) -> bool:
    """Whether this caller is the one to do the work now; it is due again in `every_seconds`.

    Work planned for later than that is due too: the setting was shortened.
    """
    due = or_(ScheduledWork.due_at <= now(), ScheduledWork.due_at > now(every_seconds))
    statement = (
        update(ScheduledWork)
        .where(ScheduledWork.name == name, due)
        .values(due_at=now(every_seconds), last_run_at=now())
    )
    return connection.execute(statement).rowcount == 1


def note_work(connection: Connection, name: str, error: str) -> None:
    """Keeps how the last run ended; empty: well."""
    statement = update(ScheduledWork).where(ScheduledWork.name == name, ScheduledWork.last_error != error)
    connection.execute(statement.values(last_error=error))
