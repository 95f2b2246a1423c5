"""What a failed call means for the effect that made it: later again, or staff have to do something."""

from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.outbox import insert_alert
from bot.vendor_inbox import clean
from db.outbox import UNCERTAIN
from integrations.errors import Resting, Throttled, Uncertain, VendorError
from jobs.outcomes import Outcome, defer, park, retry
from jobs.settling import MAX_ATTEMPTS

SHORTEST_WAIT = 1.0  # seconds


def explain_failure(row: Any, error: VendorError, what: str, repeats: int = 0) -> Outcome:
    """The outcome of an effect whose call raised `error`; `what` did not happen, for staff: "The design was not
    ordered." What may have happened is not repeated by itself, but for `repeats` times where twice does little harm."""
    sentence = clean(error.sentence)
    if isinstance(error, (Throttled, Resting)):
        return defer(sentence, error.retry_after or SHORTEST_WAIT, error.code)
    most = repeats + 1 if isinstance(error, Uncertain) else MAX_ATTEMPTS if error.retryable else 0
    if row.attempts < most:
        return retry(sentence, error.code, error.retry_after)
    code = UNCERTAIN if isinstance(error, Uncertain) else error.code
    return park_loudly(row, f"{what} {sentence}", code)


def park_loudly(row: Any, sentence: str, code: str) -> Outcome:
    """Staff decide, and hear of it once."""
    return replace(
        park(sentence, code, partial(alert_parked, row=row, sentence=sentence, code=code)), rings=("vendors",)
    )


def alert_parked(connection: Connection, row: Any, sentence: str, code: str) -> None:
    if row.conversation_id is not None:
        facts = [("Code", code), ("Waits as", f"e{row.id}")]
        insert_alert(connection, f"{row.key}:parked:{code}", row.conversation_id, "vendor_failed", sentence, facts)
