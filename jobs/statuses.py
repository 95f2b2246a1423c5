"""Consequences of status callbacks: what a message that failed on its way leads to."""

from typing import Any

import structlog
from sqlalchemy import Connection, update
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.failpoints import reach
from db.message_statuses import claim_open_status, is_repeated, mark_handled
from db.outbox import OutboxRow, insert_effect
from db.types import now
from integrations.channel import ARRIVED, FAILURES
from jobs.alerting import is_alert, reopen_alert
from jobs.context import Context
from jobs.remedies import change_way, list_writes
from jobs.settling import describe_error, pause_before

MAX_AGAIN = 3

log = structlog.get_logger(__name__)


def draw_consequences(context: Context) -> int:
    """One commit for each status whose consequence is open; how many there were."""
    count = 0
    while _draw_next(context):
        count += 1
    return count


def _draw_next(context: Context) -> bool:
    with context.engine.begin() as connection:
        status = claim_open_status(connection)
        if status is None:
            return False
        if _has_consequence(status) and not is_repeated(connection, status):
            _follow_or_park(connection, context, status)
        mark_handled(connection, status.id)
        reach("consequence.before_commit")
    reach("consequence.after_commit")
    context.bell.ring("vendors")  # an alert may have been written
    return True


def _has_consequence(status: Any) -> bool:
    return status.outbox_id is not None and status.status in FAILURES and status.message_status not in ARRIVED


def _follow_or_park(connection: Connection, context: Context, status: Any) -> None:
    """A consequence that cannot be drawn is left to staff: the other statuses and all sends wait behind it."""
    try:
        with connection.begin_nested():
            _follow_failure(connection, context, status)
    except (OperationalError, InterfaceError):
        raise  # not the status's fault
    except Exception as error:
        log.exception("a status has no consequence", status=status.id, row=status.outbox_id)
        _note(connection, status, describe_error(error), status="parked")


def _follow_failure(connection: Connection, context: Context, status: Any) -> None:
    rule = context.rule_for(status.code, status.detail)
    if is_alert(status.payload):
        reopen_alert(connection, status.payload["alert"], status.payload["address"], rule.sentence)
        _note(connection, status, rule.sentence)
        return
    for write in list_writes(status, rule, status.content_id, status.code, rule.sentence):
        write(connection)
    way = choose_way(status, rule)
    if way:
        _say_again(connection, status, way)
        _note(connection, status, f"{rule.sentence} Sent again ({way}).")
    else:
        _note(connection, status, rule.sentence, status="parked")


def choose_way(status: Any, rule: Any) -> str:
    """In which way the same words are worth another message: template, again, link; empty: none."""
    repeats = status.key.count("+again")
    if rule.remedy == "resend_as_template":
        return "" if status.content_id else "template"
    if rule.remedy == "retry_then_link" and status.payload.get("media_url"):
        return "link" if repeats else "again"
    return "again" if rule.outcome == "retry" and repeats < MAX_AGAIN else ""


def _say_again(connection: Connection, status: Any, way: str) -> None:
    """A row of its own: a row is one message at the channel for ever, so that statuses never mix."""
    pause = pause_before(status.outbox_id, 3 + status.key.count("+again")) if way == "again" else 0.0
    insert_effect(
        connection,
        key=f"{status.key}+{way}",
        conversation_id=status.conversation_id,
        kind=status.kind,
        payload=change_way(status.payload, way),
        epoch=status.epoch,
        due_at=now(round(pause)),
    )


def _note(connection: Connection, row: Any, sentence: str, **values: Any) -> None:
    statement = update(OutboxRow).where(OutboxRow.id == row.outbox_id)
    connection.execute(statement.values(error=sentence, error_code=row.code, **values))
