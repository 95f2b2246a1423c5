"""Webhooks that name an object nobody knows: its vendor is asked whose it is."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection

from db.vendor_event_rows import Verdict, count_delayed, delay_events, name_owner, settle_events
from integrations.errors import Resting, Throttled, VendorError
from jobs.context import Context
from jobs.settling import MAX_ATTEMPTS, describe_error, pause_before
from jobs.vendor_log import about
from jobs.vendor_pace import QUESTIONS

APART_SECONDS = 0.5  # between two questions of this process
MOST_QUESTIONS = 200  # that wait: at ten a minute more would wait too long to be worth it
TOO_MANY = "Too many unknown objects at once; the poller reads every project of ours. It can be replayed."
STRANGER = "It is about no project of ours."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """Whose are `objects` (kind → id)? The webhooks `event_ids`, tried `attempts` times, wait for the answer."""

    vendor: str
    objects: dict[str, str]
    event_ids: tuple[int, ...]
    attempts: int

    @property
    def name(self) -> str:
        return f"{self.vendor} {json.dumps(self.objects, sort_keys=True)}"


def plan_questions(
    connection: Connection, context: Context, vendor: str, rows: Sequence[Any]
) -> tuple[list[Verdict], Question | None]:
    """(verdicts on what was answered lately, the question to ask now). The others wait for their turn, as many as
    can be asked in reasonable time."""
    verdicts: list[Verdict] = []
    asked: Question | None = None
    turn = 0
    room = MOST_QUESTIONS - count_delayed(connection, vendor) if rows else 0
    for question in gather_questions(vendor, rows):
        owner = context.owners.recall(question.name)
        if owner == "":
            verdicts += [Verdict(number, "ignored", error=STRANGER) for number in question.event_ids]
        elif owner:
            name_owner(connection, question.event_ids, owner)
        elif turn >= room:
            verdicts += [Verdict(number, "ignored", error=TOO_MANY) for number in question.event_ids]
        else:
            wait = turn * APART_SECONDS if asked else context.settings.lease_seconds
            delay_events(connection, question.event_ids, wait)
            asked = asked or question
            turn += 1
    return verdicts, asked


def gather_questions(vendor: str, rows: Sequence[Any]) -> list[Question]:
    """One for all webhooks about the same objects."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[json.dumps(row.objects, sort_keys=True)].append(row)
    return [
        Question(vendor, dict(same[0].objects), tuple(row.id for row in same), max(row.attempts for row in same))
        for same in grouped.values()
    ]


def ask_owner(context: Context, question: Question) -> None:
    """Asks, outside any transaction, and writes what came of it down."""
    client = context.vendors.find(question.vendor)
    if client is None:
        return  # switched off in between: they are due again when their lease ends
    if wait := context.vendors.limiter.take(question.vendor, QUESTIONS):
        postpone(context, question, wait, 0)
        return
    try:
        with about(sync_type="fetch_status"):
            owner = client.find_owner(question.objects)
    except (Throttled, Resting) as error:
        postpone(context, question, error.retry_after or APART_SECONDS, 0)
    except VendorError as error:
        give_up_or_wait(context, question, error.sentence, retryable=error.retryable)
    except Exception as error:
        log.exception("a vendor's object has no owner", vendor=question.vendor)
        give_up_or_wait(context, question, describe_error(error), retryable=True)
    else:
        context.owners.note(question.name, owner)
        with context.engine.begin() as connection:
            if owner:
                name_owner(connection, question.event_ids, owner)
            else:
                settle_events(connection, [Verdict(each, "ignored", error=STRANGER) for each in question.event_ids])


def give_up_or_wait(context: Context, question: Question, reason: str, *, retryable: bool) -> None:
    if retryable and question.attempts + 1 < MAX_ATTEMPTS:
        postpone(context, question, pause_before(question.event_ids[0], question.attempts + 1), 1)
        return
    with context.engine.begin() as connection:
        settle_events(connection, [Verdict(each, "failed", error=reason) for each in question.event_ids])


def postpone(context: Context, question: Question, seconds: float, attempts: int) -> None:
    with context.engine.begin() as connection:
        delay_events(connection, question.event_ids, seconds, attempts)
