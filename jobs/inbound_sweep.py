"""Asks the channel for messages whose webhook never came, and keeps them as if it had."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import select, update

from bot.failpoints import reach
from bot.inbox import record
from db.forgotten_messages import list_forgotten
from db.inbox import InboxRow
from db.once import insert_once
from db.schedule import ScheduledWork
from db.types import now
from integrations.channel import Listed
from integrations.errors import VendorError
from jobs.context import Context, current

JOB = "jobs.inbound_sweep.run"
GRACE_SECONDS = 60.0  # a webhook may still be on its way, and knows more than a list: taps, pins, profile names
OVERLAP = timedelta(minutes=15)
FIRST_LOOK = timedelta(hours=1)
MARK = "inbound_listed"  # when the last complete sweep began; nothing that is ever due
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

log = structlog.get_logger(__name__)


def run() -> None:
    """The clock's job: one sweep; a list that cannot be read now is read from the same point the next time."""
    context = current()
    context.bell.silence(JOB)
    try:
        sweep(context)
    except VendorError as error:
        log.warning("the channel's list cannot be read", error=str(error))


def sweep(context: Context) -> int:
    """Keeps what never arrived since a while before the last complete sweep, oldest first, and rings; how many.

    Raises VendorError when the list or a file's address cannot be read; what was kept until then stays.
    """
    if context.channel is None:
        return 0
    with context.engine.connect() as connection:
        at = connection.execute(select(now())).scalar_one()
        last = connection.execute(select(ScheduledWork.last_run_at).where(ScheduledWork.name == MARK)).scalar()
    since = (last or at - FIRST_LOOK) - OVERLAP
    before = at - timedelta(seconds=min(GRACE_SECONDS, context.settings.inbound_sweep_seconds))
    missing = find_missing(context, since, before)
    reach("inbound_sweep.after_list")
    kept = 0
    try:
        for item in missing:
            kept += _keep(context, item)
    finally:
        if kept:
            log.warning("messages whose webhook never came", count=kept)
            context.bell.ring("turns")
    _mark_complete(context, at)
    return kept


def find_missing(context: Context, since: datetime, before: datetime) -> list[Listed]:
    """Contacts' messages that the channel lists and we do not know, oldest first; whoever was forgotten stays so."""
    listed = list(context.need_channel().list_messages(since, to=context.sender))
    inbound = [item for item in reversed(listed) if item.direction == "inbound" and item.created_at <= before]
    known = list_known(context, [item.external_id for item in inbound])
    # The list is newest first and its times are whole seconds: reversed, messages of one second keep their order.
    return sorted((item for item in inbound if item.external_id not in known), key=lambda item: item.created_at)


def list_known(context: Context, external_ids: Sequence[str]) -> set[str | None]:
    statement = select(InboxRow.external_id).where(InboxRow.external_id.in_(external_ids))
    with context.engine.connect() as connection:
        return {*connection.execute(statement).scalars(), *list_forgotten(connection, external_ids)}


def _keep(context: Context, item: Listed) -> bool:
    try:
        message = context.need_channel().recover(item)
    except ValueError as error:
        log.error("a listed message makes no sense", external_id=item.external_id, error=str(error))
        return False
    reach("inbound_sweep.before_commit")
    kept = record(context.engine, message, heard_at=item.created_at)
    reach("inbound_sweep.after_commit")
    return kept is not None


def _mark_complete(context: Context, at: datetime) -> None:
    with context.engine.begin() as connection:
        insert_once(connection, ScheduledWork, {"name": MARK, "due_at": NEVER}, "name")
        connection.execute(update(ScheduledWork).where(ScheduledWork.name == MARK).values(last_run_at=at))
