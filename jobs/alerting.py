"""An alert on its way to staff: an ordinary message to a number of theirs that knows which alert it belongs to."""

from typing import Any

from sqlalchemy import Connection, update

from db.outbox import OutboxRow
from db.types import now
from jobs.outcomes import Outcome, cancel


def is_alert(payload: dict[str, Any]) -> bool:
    return "alert" in payload


def pass_on(row: Any, reason: str) -> Outcome:
    """The message is given up and its alert runs again, for the next address."""
    alert_id, address = row.payload["alert"], row.payload["address"]

    def reopen(connection: Connection) -> None:
        reopen_alert(connection, alert_id, address, reason)

    return cancel(f"The alert goes to the next address: {reason}", "", reopen)


def reopen_alert(connection: Connection, alert_id: int, address: str, reason: str) -> None:
    """`address` did not take the alert: it is due again and will try another one."""
    payload = connection.execute(
        OutboxRow.__table__.select().with_only_columns(OutboxRow.payload).where(OutboxRow.id == alert_id)
    ).scalar_one()
    tried = {**payload.get("tried", {}), address: reason}
    connection.execute(
        update(OutboxRow)
        .where(OutboxRow.id == alert_id)
        .values(status="ready", due_at=now(), payload={**payload, "tried": tried}, attempts=0, done_at=None, error="")
    )
