"""A project is created at a vendor once: the intent is committed before, and an unknown outcome is looked up."""

import time
from datetime import timedelta
from typing import Any

from bot.failpoints import reach
from bot.vendor_inbox import clean
from db.outbox import UNCERTAIN
from db.types import now
from db.vendor_sync import adopt_project, is_taken, write_step
from integrations.errors import Uncertain, VendorError
from integrations.vendor import Placed, ProjectSheet
from jobs.settling import LONGEST_PAUSE
from jobs.sync_sheet import hash_parts, keep_sheet, restore_sheet
from jobs.sync_step import Step, Sync, release, settle_failure, wait_until, write_failure
from jobs.vendor_log import about

MARGIN = timedelta(seconds=60)  # our clock and the vendor's may differ
MAX_LOOKS = 3
MOST_REQUESTS = 5  # to create one project, each of them certainly without effect
ABSENT, UNCLEAR = "absent", "unclear"
POSTING = "posting"  # in `details` until it is known what became of it: the sheet that was sent


def create(sync: Sync) -> Step:
    """Asks the vendor to make the project. What certainly did not happen leaves no trace; what may have is looked up
    later."""
    if time.monotonic() > sync.start_by:  # this process stood still
        release(sync)
        return Step("moved")
    with sync.context.engine.begin() as connection:
        posting = {POSTING: keep_sheet(sync.sheet)}
        if not write_step(connection, sync.link, keep=True, posting_at=now(), details=posting):
            return Step("moved")
    reach("sync.after_intent")
    if time.monotonic() > sync.start_by:  # since the look above: somebody else may make it by now
        release(sync, posting_at=None)
        return Step("moved")
    try:
        with about(sync_type="create_project"):
            placed = sync.vendor.create_project(sync.sheet)
    except Uncertain as error:
        return _begin_to_look(sync, error)
    except VendorError as error:
        return settle_failure(sync, error, posting_at=None)
    reach("sync.after_call")
    return keep_project(sync, placed, sync.sheet)


def keep_project(sync: Sync, placed: Placed, posted: ProjectSheet) -> Step:
    """Commits which project at the vendor is ours, made from `posted`, whoever holds the lease by now."""
    parts = hash_parts(posted, sync.link.vendor)
    values: dict[str, Any] = {
        "external_id": placed.external_id,
        "contact_id": placed.contact_id,
        "details": clean(placed.details),
        "sent": {"project": parts["project"], "contact": parts["contact"]},
        "retry_count": 0,
        "next_try_at": None,
        "sync_code": "",
        "sync_error": "",
        "sync_until": None,
    }
    if sync.link.vendor == "aurora":
        values["design_status"] = "project_created"
    with sync.context.engine.begin() as connection:
        kept = adopt_project(connection, sync.link.id, **values)
        reach("sync.before_commit")
    if not kept:
        return _tell_of_two(sync, placed)
    return Step("moved")


def look(sync: Sync) -> Step:
    """Looks for the project that an earlier request may have made: found, it is ours; certainly absent twice, another
    request is made; else staff decide."""
    pause = sync.context.settings.reconcile_after_seconds
    if wait := wait_until(sync, sync.link.posting_at + timedelta(seconds=pause)):
        release(sync)
        return Step("wait", "It is not known yet whether the vendor made the project.", UNCERTAIN, wait)
    posted = restore_sheet(sync.link.details[POSTING])
    try:
        with about(sync_type="fetch_status"):
            search = sync.vendor.find_project(posted, sync.link.posting_at - MARGIN)
    except VendorError as error:
        return settle_failure(sync, error, sync_code=sync.link.sync_code)
    reach("sync.after_call")
    if search.found is not None and not _is_anothers(sync, search.found):
        return keep_project(sync, search.found, posted)
    if search.absent and sync.link.sync_code == ABSENT and sync.link.retry_count < MOST_REQUESTS:
        release(sync, posting_at=None, lookups=0, sync_code="", next_try_at=None)
        return Step("moved")
    return _look_later(sync, ABSENT if search.absent else UNCLEAR, pause)


def _is_anothers(sync: Sync, placed: Placed) -> bool:
    """What looks like it may be another project of the same people at the same address."""
    with sync.context.engine.connect() as connection:
        return is_taken(connection, sync.link.vendor, placed.external_id)


def _look_later(sync: Sync, code: str, pause: float) -> Step:
    looks = sync.link.lookups + 1
    if looks >= MAX_LOOKS:
        return _give_up(sync, looks)
    after = min(pause * 2**looks, LONGEST_PAUSE)
    release(sync, lookups=looks, sync_code=code, next_try_at=now(after))
    return Step("wait", f"{sync.title} does not show the project that may have been made there.", UNCERTAIN, after)


def _begin_to_look(sync: Sync, error: Uncertain) -> Step:
    after = sync.context.settings.reconcile_after_seconds
    release(
        sync,
        sync_status="sync_failed",
        sync_error=error.sentence,
        sync_code=UNCERTAIN,
        retry_count=sync.link.retry_count + 1,
        next_try_at=now(after),
    )
    return Step("wait", error.sentence, UNCERTAIN, after)


def _give_up(sync: Sync, looks: int) -> Step:
    sentence = (
        f"{sync.title} may have made the project and does not show it: look there for {sync.sheet.reference}. If it is "
        "not there, `python -m tools.outbox retry --yes` makes it."
    )
    failure = {"sync_status": "sync_failed", "sync_error": sentence, "sync_code": UNCERTAIN, "next_try_at": None}
    write_failure(sync, {**failure, "lookups": looks}, loud=True)
    return Step("failed", sentence, UNCERTAIN)


def _tell_of_two(sync: Sync, placed: Placed) -> Step:
    sentence = f"{sync.title} may have the project twice: {placed.external_id} is there too; remove one of them."
    write_failure(sync, {"sync_error": sentence, "sync_code": "twice", "sync_status": "sync_failed"}, loud=True)
    return Step("moved")
