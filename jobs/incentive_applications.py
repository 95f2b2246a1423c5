"""Reads open applications again, since no webhook tells how they stand; a change is told once."""

import time
from typing import Any

from bot.logs import get_logger
from bot.vendor_news import News, record_news
from db.incentive_rows import claim_application, has_due_application, write_status
from integrations.errors import NotFound, VendorError
from integrations.leap.client import LeapClient
from integrations.leap.values import APPLICATION_STATUSES, FINISHED, Application
from jobs.context import Context, current
from jobs.vendor_log import about

JOB = "jobs.incentive_applications.poll"
POLL_SECONDS = 60.0  # how long one run goes on

log = get_logger(__name__)


def ask_for_poll(context: Context) -> None:
    """The clock's part: enqueues the job when an application is due, and there is somebody to ask."""
    if context.vendors.explain("leap"):
        return
    with context.engine.connect() as connection:
        due = has_due_application(connection)
    if due:
        context.bell.enqueue("vendors", JOB)


def poll() -> None:
    """The job of the queue `vendors`."""
    context = current()
    context.bell.silence(JOB)
    read_applications(context)


def read_applications(context: Context) -> int:
    """Reads every application that is due, until Leap does not want to; how many were read."""
    leap = context.vendors.leap()
    until, count = time.monotonic() + POLL_SECONDS, 0
    while leap is not None and time.monotonic() < until:
        with context.engine.begin() as connection:
            application = claim_application(connection, context.settings.vendor_poll_seconds)
        if application is None:
            break
        try:
            found = read_one(leap, application)
        except VendorError as error:
            log.warning("applications cannot be read", application=application.id, reason=error.sentence)
            break
        keep_status(context, application, found)
        count += 1
    return count


def read_one(leap: LeapClient, application: Any) -> Application | None:
    """None where Leap has it no more."""
    try:
        with about(project_id=application.project_id, conversation_id=application.conversation_id):
            return leap.read_application(application.external_id)
    except NotFound:
        return None


def keep_status(context: Context, application: Any, found: Application | None) -> None:
    """The status, and in the same commit the news of it. One that is finished or gone is not read again."""
    status = found.status if found else application.status
    ended = found is None or status in FINISHED
    with context.engine.begin() as connection:
        changed = write_status(connection, application, status, None if ended else context.settings.vendor_poll_seconds)
        if changed and application.conversation_id is not None:
            facts = {"program": application.program_name, "status": status, "connect_url": application.connect_url}
            news = News("application", facts, for_staff=status not in APPLICATION_STATUSES)
            key = f"leap:application:{application.id}:{application.read_at}:{status}"
            record_news(connection, key, application.conversation_id, "leap", application.number, (news,))
    if changed:
        context.bell.ring("turns")
