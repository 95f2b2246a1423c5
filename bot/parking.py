"""An event that cannot be handled is kept and shown to staff; the conversation goes on without it."""

from sqlalchemy import Connection, Engine

from bot.logs import get_logger
from bot.outbox import insert_alert
from bot.turn_commit import Fenced
from db.claims import Claim, keep_claim, release_claim
from db.turn_rows import fail_row

MOST_ATTEMPTS = 3

log = get_logger(__name__)


def note_failure(engine: Engine, claim: Claim, inbox_id: int, attempts: int, error: Exception) -> bool:
    """Writes a failed attempt; True once the row is parked, with an alert to staff in the same commit.

    Raises Fenced, with nothing written, if the claim is somebody else's by now: they may be answering the row.
    """
    park = attempts >= MOST_ATTEMPTS
    reason = f"{type(error).__name__}: {error}"[:500]
    with engine.begin() as connection:
        if not keep_claim(connection, claim):
            raise Fenced
        if fail_row(connection, inbox_id, attempts, reason, park=park) and park:
            alert_parked(connection, claim, inbox_id)
    return park


def park_deadly_row(engine: Engine, claim: Claim) -> None:
    """Parks the first row of a conversation whose turns end the process again and again, and frees the conversation."""
    row = claim.rows[0]
    log.error("row parked: its turns ended the process", conversation_id=claim.id, inbox_id=row.id)
    with engine.begin() as connection:
        if not keep_claim(connection, claim):
            raise Fenced
        reason = f"claimed {claim.claims - 1} times, and no turn came to its end"
        if fail_row(connection, row.id, row.attempts, reason, park=True):
            alert_parked(connection, claim, row.id)
        release_claim(connection, claim)


def alert_parked(connection: Connection, claim: Claim, inbox_id: int) -> None:
    """One alert each time the row is parked: staff may try it again."""
    summary = "A message could not be handled and waits for you; the conversation goes on without it."
    key = f"parked:{inbox_id}:{claim.token}"
    insert_alert(connection, key, claim.id, "parked", summary, [("Inbox row", str(inbox_id))])
