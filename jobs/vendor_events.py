"""Vendors' webhooks after they were kept: whose project is it about, and then a read of that, or why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.failpoints import reach
from db.vendor_event_rows import BATCH, Verdict, find_subjects, list_waiting_since, settle_events, take_events
from db.vendor_reads import hold_link, is_crowded, plan_read, settle_down, want_reads, write_read
from jobs.context import Context
from jobs.facts import lay_over
from jobs.owners import STRANGER, Question, ask_owner, plan_questions
from jobs.project_news import keep_state
from jobs.settling import describe_error
from jobs.state_json import load_state

MOST_OBJECTS = 20  # of a kind, the newest: a flood of events must not become a flood of calls

log = structlog.get_logger(__name__)


@dataclass
class Batch:
    """What becomes of the webhooks of one vendor that are dealt with in one transaction."""

    verdicts: list[Verdict] = field(default_factory=list)
    subjects: dict[int, Any] = field(default_factory=dict)
    about: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    strangers: list[Any] = field(default_factory=list)
    question: Question | None = None
    news: int = 0

    def settle(self, rows: Iterable[Any], status: str, subject: int | None = None, error: str = "") -> None:
        self.verdicts += [Verdict(row.id, status, subject, error) for row in rows]


def take_batch(context: Context) -> bool:
    """Sorts out a batch of received webhooks, and asks a vendor for the owner of one object that nobody knows; False
    where none waited."""
    try:
        return take_some(context, BATCH)
    except (OperationalError, InterfaceError):
        raise  # not the webhooks' fault
    except Exception:
        log.exception("webhooks of vendors cannot be sorted out together")
        return take_singly(context)


def take_singly(context: Context) -> bool:
    """One after the other, the rest of a batch that has one in it of which nobody foresaw what it does."""
    for _ in range(BATCH):
        try:
            if not take_some(context, 1):
                return True
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("a vendor's webhook failed in an unforeseen way")
            fail_first(context, describe_error(error))
    return True


def take_some(context: Context, limit: int) -> bool:
    """At most `limit`, in one commit."""
    question: Question | None = None
    news = 0
    with context.engine.begin() as connection:
        rows = take_events(connection, limit)
        for vendor in sorted({row.vendor for row in rows}):
            batch = sort_out(connection, context, vendor, [row for row in rows if row.vendor == vendor])
            news += batch.news
            question = question or batch.question
        reach("vendor_events.before_commit")
    reach("vendor_events.after_commit")
    if news:
        context.bell.ring("turns")
    if rows:
        log.info("webhooks of vendors sorted out", count=len(rows), news=news)
    if question:
        ask_owner(context, question)
    return bool(rows)


def fail_first(context: Context, reason: str) -> None:
    with context.engine.begin() as connection:
        settle_events(connection, [Verdict(row.id, "failed", None, reason) for row in take_events(connection, 1)])


def sort_out(connection: Connection, context: Context, vendor: str, rows: Sequence[Any]) -> Batch:
    """Settles all of `rows` but the strangers: those that name an object of which nobody knows whose it is. With two
    vendors in one batch, the second one's question waits until its webhooks are due again."""
    batch = Batch()
    for row, subject in match_subjects(connection, vendor, rows):
        if subject is not None:
            batch.subjects[subject.id] = subject
            batch.about[subject.id].append(row)
        elif vendor in context.vendors.list_on() and not row.external_id and list_clues(row):
            batch.strangers.append(row)
        else:
            batch.settle([row], "ignored", error=STRANGER)
    if vendor in context.vendors.list_on():
        want_subjects(connection, vendor, batch)
        answered, batch.question = plan_questions(connection, context, vendor, batch.strangers)
        batch.verdicts += answered
    else:
        trust_subjects(connection, context, vendor, batch)
    settle_events(connection, batch.verdicts)
    return batch


def match_subjects(connection: Connection, vendor: str, rows: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each webhook with the project it is about, None where no id of it is known."""
    clues: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for kind, number in list_clues(row).items():
            clues[kind].add(number)
    external_ids = {row.external_id for row in rows} - {""}
    references = {row.reference for row in rows} - {""}
    if not external_ids and not references and not clues:
        return [(row, None) for row in rows]
    known: dict[tuple[str, str], Any] = {}
    for subject in find_subjects(connection, vendor, external_ids, references, clues):
        known["", subject.external_id or ""] = known["reference", subject.reference] = subject
        known |= {(kind, str(subject.details.get(f"{kind}_id") or "")): subject for kind in clues}
    known.pop(("", ""), None)
    return [(row, find_match(known, row)) for row in rows]


def find_match(known: Mapping[tuple[str, str], Any], row: Any) -> Any:
    names = [("", row.external_id), ("reference", row.reference), *list_clues(row).items()]
    return next((known[name] for name in names if name[1] and name in known), None)


def list_clues(row: Any) -> dict[str, str]:
    """Ids of objects by which a project can be known."""
    return {kind: number for kind, number in row.objects.items() if kind.isidentifier() and kind != "project"}


def want_subjects(connection: Connection, vendor: str, batch: Batch) -> None:
    """Each project that was hinted at is read again at its pace, once however many webhooks there were."""
    crowded = bool(batch.subjects) and is_crowded(connection, vendor, batch.subjects)
    since = list_waiting_since(connection, batch.subjects) if crowded else {}
    wishes = []
    for number, subject in batch.subjects.items():
        rows, at = batch.about[number], subject.db_now
        batch.settle(rows, "processing", number)
        due = plan_read(subject, at)
        due = settle_down(subject, at, due, since.get(number)) if crowded else due
        wishes.append((number, due, gather_objects(subject.objects, rows)))
    want_reads(connection, wishes)


def gather_objects(known: Mapping[str, Sequence[str]], rows: Iterable[Any]) -> dict[str, list[str]]:
    """Ids by kind, newest last, each once."""
    found = {kind: dict.fromkeys(ids) for kind, ids in known.items()}
    for row in rows:
        for kind, number in row.objects.items():
            ids = found.setdefault(kind, {})
            ids.pop(number, None)
            ids[number] = None
    return {kind: list(ids)[-MOST_OBJECTS:] for kind, ids in found.items()}


def trust_subjects(connection: Connection, context: Context, vendor: str, batch: Batch) -> None:
    """The vendor is off: what was signed is believed, everything else fails with the reason."""
    why = f"{context.vendors.explain(vendor) or f'{vendor} is not built in'}."
    for number in batch.subjects:
        rows = batch.about[number]
        signed = [row for row in rows if row.facts is not None]
        batch.settle([row for row in rows if row.facts is None], "failed", number, why)
        if signed:
            link = hold_link(connection, number)
            state = lay_over(load_state(link.state), [row.facts for row in signed])
            kept = keep_state(connection, context, link, state, certain=False)
            write_read(connection, number, **kept.values)
            batch.settle(signed, "processed", number)
            batch.news += kept.news
