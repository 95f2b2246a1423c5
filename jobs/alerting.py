"""An alert on its way to staff: an ordinary message to a number of theirs that knows which alert it belongs to."""

from typing import Any

from sqlalchemy import Connection, select, update

from db.outbox import OutboxRow
from db.types import now
from jobs.outcomes import Outcome


def is_alert(payload: dict[str, Any]) -> bool:
    return "alert" in payload


def follow_alert(row: Any, outcome: Outcome) -> Outcome:
    """`outcome`, but an alert's message that will not go out by itself hands its alert to the next address."""
    if not is_alert(row.payload) or outcome.status not in ("parked", "held", "cancelled"):
        return outcome
    alert_id, address = row.payload["alert"], row.payload["address"]

    def reopen(connection: Connection) -> None:
        reopen_alert(connection, alert_id, address, outcome.reason)

    reason = f"The alert goes to the next address: {outcome.reason}"
    return Outcome("cancelled", reason, outcome.code, writes=(*outcome.writes, reopen), rings=("vendors",))


def reopen_alert(connection: Connection, alert_id: int, address: str, reason: str) -> None:
    """`address` did not take the alert: it is due again and will try another one."""
    payload = connection.execute(select(OutboxRow.payload).where(OutboxRow.id == alert_id)).scalar_one()
    tried = {**payload.get("tried", {}), address: reason}
    connection.execute(
        update(OutboxRow)
        .where(OutboxRow.id == alert_id)
        .values(status="ready", due_at=now(), payload={**payload, "tried": tried}, attempts=0, done_at=None, error="")
    )
