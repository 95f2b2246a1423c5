"""Make applications for a project's incentives, once the contact has agreed."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.outbox import insert_alert
from bot.vendor_news import News, record_news
from db.incentive_rows import ensure_project_case, keep_applications, write_case
from db.types import now
from db.vendor_sync import find_project
from integrations.errors import VendorError
from integrations.leap.values import FINISHED, Application, IncentiveAnswer, LeapCase
from jobs.context import Context
from jobs.incentive_asking import (
    Asking,
    ask_leap,
    build_case,
    describe_answered,
    judge_open_override,
    keep_answer,
    lease_for,
    sort_failure,
    wait_for_lease,
)
from jobs.outcomes import Outcome, cancel, done, hold, park
from jobs.vendor_log import about

NOT_STARTED = "not_started"
WAITING = ("awaiting_customer", NOT_STARTED)  # for the homeowner
NOTHING_OPEN = "nothing"  # our own word, where no programme takes an application
NEVER_ASKED = "Incentives were never looked up for this project at Leap, so there is nothing to apply for yet."
NOTHING = "The homeowner agreed to apply for incentives, but Leap has nothing to apply for at their address."


def run(context: Context, row: Any) -> Outcome:
    """The yes is kept before anything is asked. Asking twice makes applications once: Leap updates what is there."""
    number = row.payload["project"]
    with context.engine.begin() as connection:
        project = find_project(connection, row.conversation_id, number)
        if project is None:
            return cancel(f"The conversation has no project {number}.")
        case = lease_for(context, connection, ensure_project_case(connection, project).id)
        if case is not None and case.consented_at is None:
            write_case(connection, case, release=False, consented_at=now())
    if case is None:
        return wait_for_lease()
    leap = context.vendors.leap()
    if leap is None:
        return hold(f"{context.vendors.explain('leap')}.", "vendor_off", lambda connection: _release(connection, case))
    if case.looked_up_at is None:
        return park(NEVER_ASKED, "not_looked_up", lambda connection: _release(connection, case))
    asking = Asking(context, row, case, leap)
    return judge_open_override(asking) or apply(asking, project)


def apply(asking: Asking, project: Any) -> Outcome:
    """A refresh with consent, then what applications there are now."""
    whole = build_case(asking.reference, asking.address, asking.case.classification, asking.counted)
    asked = replace(whole, address=None, classification="")
    answer = ask_leap(asking, "refresh", asked, create_application=True, whole=whole)
    if isinstance(answer, Outcome):
        return answer
    try:
        with about(project_id=project.id, conversation_id=asking.row.conversation_id, outbox_id=asking.row.id):
            applications = find_applications(asking, answer)
    except VendorError as error:
        return sort_failure(asking, error)
    return keep_applied(asking, project, whole, answer, applications)


def find_applications(asking: Asking, answer: IncentiveAnswer) -> tuple[Application, ...]:
    """Leap's list; in the former contract, which has none, one for each programme with something eligible."""
    if asking.leap.contract == "current":
        return asking.leap.list_applications(asking.reference)
    names = {each.program_id: each.program_name for each in answer.results if each.eligible}
    return tuple(
        Application(f"program-{program_id}", asking.reference, program_id, name, NOT_STARTED)
        for program_id, name in names.items()
    )


def keep_applied(
    asking: Asking, project: Any, whole: LeapCase, answer: IncentiveAnswer, applications: tuple[Application, ...]
) -> Outcome:
    """The case, the applications, and one news of them; staff hear, too, where there is nothing to apply for."""
    case, row = asking.case, asking.row
    columns = describe_answered(asking, "refresh", whole, answer)
    polled = asking.context.settings.vendor_poll_seconds if asking.leap.contract == "current" else None

    def keep(connection: Connection) -> None:
        if not keep_answer(connection, asking, columns, answer):
            return
        for each in applications:
            found = (each.external_id, each.program_name, each.status)
            keep_applications(connection, case.id, [found], None if each.status in FINISHED else polled)
        news = (News("application", describe_applications(applications, answer.connect_url)),)
        key = f"leap:{case.id}:{row.id}"
        record_news(connection, key, project.conversation_id, "leap", project.number, news)
        if not applications:
            insert_alert(
                connection, f"apply:{row.id}", row.conversation_id, "vendor_sync", NOTHING, [("Vendor", "Leap")]
            )

    return done("", "", keep, rings=("turns", "vendors"))


def describe_applications(applications: tuple[Application, ...], connect_url: str) -> dict[str, Any]:
    """Facts of the news "application": of those that wait for the homeowner, where there are any."""
    if not applications:
        return {"program": "", "status": NOTHING_OPEN, "connect_url": ""}
    first = next((each for each in applications if each.status in WAITING), applications[0])
    names = dict.fromkeys(each.program_name for each in applications if each.status == first.status)
    return {"program": ", ".join(names), "status": first.status, "connect_url": connect_url}


def _release(connection: Connection, case: Any) -> None:
    write_case(connection, case)
