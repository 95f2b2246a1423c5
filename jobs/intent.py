"""The first commit of a send: may this message go out now, how, and then the intent to send it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from bot.failpoints import reach
from bot.outbox import insert_alert
from bot.pacing import spend_token
from bot.window import is_open
from db.contents import find_template
from db.outbox import OWNER_CHANGED, settle_effect
from db.sends import has_written_since, spend_pace, write_intent
from jobs.alerting import follow_alert, is_alert
from jobs.context import Context
from jobs.outcomes import Outcome, cancel, hold, retry
from jobs.settling import Claim, list_values

OUTSIDE = "The contact last wrote more than 24 hours ago and there is no approved template for this message."


@dataclass(frozen=True, slots=True)
class Ready:
    """A message whose intent is committed. `content_id` is the template it goes out as, empty inside the window. The
    call has to begin before `start_by` (monotonic): later, somebody else may take the outcome for unknown."""

    claim: Claim
    content_id: str
    start_by: float


def commit_intent(context: Context, row: Any, read_at: float) -> Ready | None:
    """One commit: the intent to send `row`, read at `read_at` (monotonic), or why it is not sent now. None: do not send
    it."""
    claim = Claim(row, row.lease_token, row.attempts, read_at)
    start_by = monotonic() + context.settings.lease_seconds / 2
    rings: tuple[str, ...] = ()
    with context.engine.connect() as connection:
        content_id, verdict = _judge(connection, context, row)
        if verdict is not None:
            if verdict.status == "held" and has_written_since(connection, row):
                connection.rollback()
                return None
            verdict = follow_alert(row, verdict)
            rings = verdict.rings
            _write_verdict(connection, claim, verdict)
        elif not _write_send(connection, context, claim, content_id):
            connection.rollback()  # somebody else was quicker, or what we read has changed: it is looked at again
            return None
        reach("send.before_intent_commit")
        connection.commit()
    reach("send.after_intent")
    for queue in rings:
        context.bell.ring(queue)
    if verdict is not None:
        return None
    return Ready(Claim(row, row.lease_token + 1, row.attempts + 1, claim.read_at), content_id, start_by)


def _judge(connection: Connection, context: Context, row: Any) -> tuple[str, Outcome | None]:
    """(template to use, None) or ("", why not now). Opt-out before everything, then control, window and pace."""
    always = row.payload.get("always", False)
    if row.opted_out_at is not None and (not always or is_alert(row.payload)):
        return "", cancel_unsaid(row, "The contact has opted out.")
    if row.epoch is not None and row.epoch != row.control_epoch and not always:
        return "", cancel_unsaid(row, OWNER_CHANGED)
    content_id, verdict = _choose_template(connection, context, row)
    if verdict is not None:
        return "", verdict
    _, wait = spend_token(row.pace_tokens, row.pace_at, row.db_now)
    return content_id, retry("paced", after=wait) if wait else None


def cancel_unsaid(row: Any, reason: str) -> Outcome:
    """Never said; what of a vendor's news it would have told, staff are told instead."""
    outcome, news = cancel(reason), row.payload.get("news", "")
    if not news:
        return outcome

    def tell_staff(connection: Connection) -> None:
        facts = [("Contact", row.reply_to), ("Not said because", reason)]
        insert_alert(connection, f"news:{row.id}", row.conversation_id, "vendor_news", news, facts)

    return replace(outcome, writes=(tell_staff,), rings=("vendors",))


def _choose_template(connection: Connection, context: Context, row: Any) -> tuple[str, Outcome | None]:
    window = context.channel.capabilities.window_seconds if context.channel else 0
    if not _was_refused_since(row) and is_open(row.heard_at, row.db_now, window):
        return "", None
    key, language = row.payload.get("template", ""), row.payload.get("language", "")
    content_id = find_template(connection, context.account, key, language) if key else None
    return (content_id, None) if content_id else ("", hold_message(row))


def _was_refused_since(row: Any) -> bool:
    """The channel found the window closed, and the contact has not written since."""
    refused_at = row.intent_at or row.created_at
    return row.payload.get("way") == "template" and (row.heard_at is None or row.heard_at <= refused_at)


def hold_message(row: Any) -> Outcome:
    """Waits for the contact to write; staff are told once for each silence."""

    def tell_staff(connection: Connection) -> None:
        silence = row.heard_at.isoformat() if row.heard_at else "never"
        insert_alert(
            connection,
            f"held:{row.conversation_id}:{silence}",
            row.conversation_id,
            "message_held",
            f"{OUTSIDE} It goes out when they write again.",
            [("Contact", row.reply_to), ("Message", row.payload.get("text", "")[:200])],
        )

    return hold(OUTSIDE, "63016", *(() if is_alert(row.payload) else (tell_staff,)), rings=("vendors",))


def _write_verdict(connection: Connection, claim: Claim, verdict: Outcome) -> None:
    if settle_effect(connection, claim.row.id, claim.token, **list_values(claim, verdict)):
        for write in verdict.writes:
            write(connection)


def _write_send(connection: Connection, context: Context, claim: Claim, content_id: str) -> bool:
    row = claim.row
    tokens, _ = spend_token(row.pace_tokens, row.pace_at, row.db_now)
    until = claim.clock + timedelta(seconds=context.settings.lease_seconds)
    always = row.payload.get("always", False)
    return spend_pace(connection, row, tokens, row.db_now) and write_intent(connection, row, until, content_id, always)
