"""Messages of unknown outcome: look at the channel's own list before anything is sent again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.failpoints import reach
from db.outbox import UNCERTAIN
from db.sends import list_known_ids
from integrations.channel import Listed
from integrations.errors import VendorError
from jobs.context import Context
from jobs.outcomes import Outcome, done, doubt, park, retry
from jobs.settling import LONGEST_PAUSE

MARGIN = timedelta(seconds=60)  # our clock and the channel's may differ
MAX_LOOKS = 12
ABSENT = "absent"


def look_up(context: Context, row: Any) -> Outcome:
    """Found: done. Absent twice, with a pause between: certainly not sent, so it is sent again. Not to be known: later,
    and in the end staff decide."""
    pause = context.settings.reconcile_after_seconds
    if row.lookups >= MAX_LOOKS:
        return park("Uncertain: the channel's list could not be read; look whether the message arrived.", UNCERTAIN)
    try:
        listed = list_sent(context, row)
    except VendorError as error:
        growing = min(pause * 2**row.lookups, LONGEST_PAUSE)
        return _look_later(row, f"The channel's list cannot be read: {error.sentence}", row.error_code, growing)
    reach("reconcile.after_list")
    found = find_match(row, _drop_known(context, listed))
    if found is not None:
        return done(found.external_id, "found in the channel's list")
    if row.error_code != ABSENT:
        return _look_later(
            row, "not in the channel's list; looked for once more before it is sent again", ABSENT, pause
        )
    outcome = retry("not in the channel's list", after=0.0)
    return replace(outcome, changes={"lookups": 0})


def list_sent(context: Context, row: Any) -> list[Listed]:
    """What went out to the contact since a little before the intent, oldest first. Raises VendorError."""
    since = row.intent_at - MARGIN
    sender = context.sender  # what we send from, whichever number the contact wrote to
    newest_first = list(context.need_channel().list_messages(since, to=row.reply_to, sender=sender))
    found = [item for item in reversed(newest_first) if item.direction == "outbound"]
    return sorted(found, key=lambda item: item.created_at)


def find_match(row: Any, listed: Sequence[Listed]) -> Listed | None:
    """The one that says what `row` says. A template may word it differently: then anything of ours will do, since
    nothing else was in flight to this contact."""
    wanted = _squeeze(row.payload.get("text", ""))
    exact = [item for item in listed if _squeeze(item.body) == wanted]
    if exact:
        return exact[0]
    alike = [item for item in listed if wanted and _squeeze(item.body).startswith(wanted)]  # a menu in numbered lines
    if alike:
        return alike[0]
    return listed[0] if listed and row.content_id else None


def _drop_known(context: Context, listed: Sequence[Listed]) -> list[Listed]:
    with context.engine.connect() as connection:
        known = list_known_ids(connection, [item.external_id for item in listed])
    return [item for item in listed if item.external_id not in known]


def _look_later(row: Any, reason: str, code: str, pause: float) -> Outcome:
    return replace(doubt(reason, code, after=pause), changes={"lookups": row.lookups + 1})


def _squeeze(text: str) -> str:
    return " ".join(text.split())
