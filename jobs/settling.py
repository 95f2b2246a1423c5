"""The second commit of every effect: what became of it, together with whatever follows from that."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from bot.failpoints import reach
from db.outbox import settle_effect
from db.sends import has_written_since
from jobs.alerting import follow_alert
from jobs.context import Context
from jobs.outcomes import Outcome, park

MAX_ATTEMPTS = 12  # with the pauses between them a little more than an hour
LONGEST_PAUSE = 900.0
BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Claim:
    """A row under our lease: `row` as it was read, `token` fences our settling, `clock` tells the database's time."""

    row: Any
    token: int
    attempts: int
    read_at: float

    @property
    def clock(self) -> datetime:
        """The database's time now, reckoned from when the row was read."""
        at: datetime = self.row.db_now
        return at + timedelta(seconds=monotonic() - self.read_at)


def pause_before(row_id: int, attempts: int) -> float:
    """Seconds until the next attempt: doubling from 2, at most 15 minutes, spread by the row's id so that what failed
    together does not return together."""
    spread = 0.75 + (row_id * 2654435761 % 1000) / 2000
    return float(min(2.0**attempts, LONGEST_PAUSE) * spread)


def settle(context: Context, claim: Claim, outcome: Outcome, point: str = "effect") -> bool:
    """Commits `outcome`; False, and nothing is written, if somebody else has settled or claimed the row meanwhile.
    `point` names the failpoints around the commit."""
    outcome = follow_alert(claim.row, give_up(claim, outcome))
    with context.engine.begin() as connection:
        if outcome.status == "held" and is_message(claim.row) and has_written_since(connection, claim.row):
            outcome = replace(outcome, status="again")  # the turn that would release it may have looked already
        kept = settle_effect(connection, claim.row.id, claim.token, **list_values(claim, outcome))
        if kept:
            for write in outcome.writes:
                write(connection)
        reach(f"{point}.before_settle_commit")
    reach(f"{point}.after_settle")
    if kept:
        for queue in outcome.rings:
            context.bell.ring(queue)
    return kept


def is_message(row: Any) -> bool:
    """Messages are read together with their conversation, other effects without it."""
    return hasattr(row, "heard_at")


def park_broken(context: Context, row: Any, error: Exception) -> None:
    """Commits that staff look at a row which could not even be judged; nothing of its payload is read."""
    reason = describe_error(error)
    with context.engine.begin() as connection:
        settle_effect(connection, row.id, row.lease_token, status="parked", error=reason, error_code=BROKEN)


def describe_error(error: Exception) -> str:
    """The kind of an unforeseen error alone: its words may be the contact's."""
    return f"An unforeseen error: {type(error).__name__}; see the log."


def give_up(claim: Claim, outcome: Outcome) -> Outcome:
    """Parks what was tried often enough."""
    if outcome.status != "retry" or claim.attempts < MAX_ATTEMPTS:
        return outcome
    parked = park(f"Given up after {claim.attempts} attempts: {outcome.reason}", outcome.code)
    return replace(parked, changes=outcome.changes)


def list_values(claim: Claim, outcome: Outcome) -> dict[str, Any]:
    """The columns that `outcome` sets."""
    values: dict[str, Any] = {"error": outcome.reason, "error_code": outcome.code, **outcome.changes}
    if outcome.status == "done":
        sent = {"external_id": outcome.external_id} if outcome.external_id else {}
        return {**values, **sent, "status": "done"}
    if outcome.status == "again":
        return {**values, "status": "ready"}
    if outcome.status == "deferred":
        values["attempts"] = max(claim.attempts - 1, 0)
    if outcome.status in ("retry", "unknown", "deferred"):
        pause = outcome.after if outcome.after is not None else 0.0
        if outcome.status == "retry" and outcome.after is None:
            pause = pause_before(claim.row.id, claim.attempts)
        status = "unknown" if outcome.status == "unknown" else "ready"
        return {**values, "status": status, "due_at": claim.clock + timedelta(seconds=pause)}
    return {**values, "status": outcome.status}
