"""Reads everything of one project at its vendor again, and keeps what is new."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.failpoints import reach
from bot.outbox import insert_alert
from bot.vendor_states import TITLES
from db.vendor_event_rows import finish_events, has_processing_events
from db.vendor_reads import IDLE_READS, IDLE_SECONDS, PACE_SECONDS, claim_read, find_conversation, hold_link, write_read
from integrations.errors import RateLimited, Resting, Throttled, VendorError
from integrations.stint import hold_together
from integrations.vendor import NotOffered, Placed, VendorState
from jobs.context import Context
from jobs.project_news import Kept, draw_ahead, keep_state
from jobs.read_lease import LeaseLost, ReadLease
from jobs.settling import describe_error, pause_before
from jobs.state_json import tidy_state
from jobs.vendor_log import about

GONE = ("404", "410")
LEASES = 6  # of LEASE_SECONDS: a read is several calls, and a slow vendor may take its time with each
PATIENCE_SECONDS = 15.0  # that a read may wait for places in the vendor's limits, once it has made calls
UNSTEADY = ("picture_url",)  # links that are signed anew each time are no news

log = structlog.get_logger(__name__)


def read_next(context: Context) -> bool:
    """Reads the project whose read has been due the longest; False where none is due."""
    vendors = context.rests.list_awake(context.vendors.list_on())
    if not vendors:
        return False
    with context.engine.begin() as connection:
        link = claim_read(connection, vendors, context.settings.lease_seconds * LEASES)
    reach("read.after_claim")
    if link is None:
        return False
    read_project(context, link)
    return True


def read_project(context: Context, link: Any) -> None:
    """One read under the lease of `link`, outside any transaction, and the commit of what came of it."""
    try:
        state = ask_vendor(context, link)
    except LeaseLost:
        log.warning("read dropped: the lease was lost", vendor=link.vendor, link=link.id)
    except RateLimited as error:
        tried = not isinstance(error, Throttled | Resting)
        pause = error.retry_after or (pause_before(link.id, link.read_attempts + 1) if tried else PACE_SECONDS)
        context.rests.note(link.vendor, pause)
        postpone(context, link, error.sentence, pause, int(tried))
    except VendorError as error:
        if error.retryable:
            postpone(context, link, error.sentence, pause_before(link.id, link.read_attempts + 1), 1)
        else:
            give_up(context, link, error.sentence, error.code)
    except NotOffered as error:
        give_up(context, link, str(error), "not_offered")
    except Exception as error:
        log.exception("a read failed in an unforeseen way", vendor=link.vendor, link=link.id)
        postpone(context, link, describe_error(error), pause_before(link.id, link.read_attempts + 1), 1)
    else:
        reach("read.after_read")
        keep_or_postpone(context, link, state)


def keep_or_postpone(context: Context, link: Any, state: VendorState) -> None:
    """What nobody foresaw in keeping it must not keep other projects from being read."""
    try:
        keep_read(context, link, state)
    except (OperationalError, InterfaceError):
        raise  # not the project's fault
    except Exception as error:
        log.exception("a read could not be kept", vendor=link.vendor, link=link.id)
        postpone(context, link, describe_error(error), pause_before(link.id, link.read_attempts + 1), 1)


def ask_vendor(context: Context, link: Any) -> VendorState:
    client = context.vendors.find(link.vendor)
    if client is None:
        raise RuntimeError(f"{link.vendor} was switched off")
    objects = {kind: tuple(ids) for kind, ids in link.objects.items()}
    settings = context.settings
    lease = ReadLease(context.engine, link, settings.lease_seconds * LEASES)
    patience = min(PATIENCE_SECONDS, settings.lease_seconds)
    with about(project_id=link.project_id, sync_type="fetch_status"), hold_together(patience, lease.renew_in_time):
        return tidy_state(client.read_state(Placed(link.external_id, link.contact_id, link.details), objects))


def keep_read(context: Context, link: Any, state: VendorState) -> None:
    """The read's commit; nothing is written where somebody else has claimed the project by now."""
    picture = draw_ahead(context, link, state)
    with context.engine.begin() as connection:
        held = hold_link(connection, link.id)
        if held.lease_token != link.lease_token:
            log.warning("read dropped: the lease was lost", vendor=link.vendor, link=link.id)
            return
        kept = keep_state(connection, context, held, state, certain=True, picture=picture)
        finished = finish_events(connection, link.id, link.db_now)
        is_other = kept.news > 0 or is_new(held.state, kept)
        idle = 0 if is_other else held.idle_reads + (finished > 0)
        is_busy = is_other or finished > 0 or held.quiet_since is None
        values = {
            **kept.values,
            "details": merge_details(link.details, held.details, state.details),
            "objects": drop_read(held.objects, link.objects),
            "idle_reads": idle,
            "quiet_since": held.db_now if is_busy else held.quiet_since,
            "gone_at": None,
            "read_at": held.db_now,
            "read_attempts": 0,
            "read_error": "",
            "due_at": plan_next(connection, held, kept, idle),
        }
        write_read(connection, link.id, **values, **find_design_status(state))
        reach("read.before_commit")
    reach("read.after_commit")
    log.info("project read", vendor=link.vendor, link=link.id, webhooks=finished, news=kept.news)
    if kept.news:
        context.bell.ring("turns")


def plan_next(connection: Connection, held: Any, kept: Kept, idle: int) -> datetime | None:
    """When the project is read again: at its pace where webhooks came meanwhile, when somebody asked for it meanwhile,
    or when something that is held back can be told; None: nobody wants it."""
    pace = timedelta(seconds=IDLE_SECONDS if idle >= IDLE_READS else PACE_SECONDS)
    wishes = [kept.look_at] if kept.look_at else []
    if has_processing_events(connection, held.id):
        wishes.append(held.db_now + pace)
    elif held.due_at is not None and held.due_at != held.lease_until:
        wishes.append(max(held.due_at, held.db_now + timedelta(seconds=PACE_SECONDS)))
    return min(wishes, default=None)


def postpone(context: Context, link: Any, reason: str, seconds: float, attempts: int) -> None:
    """The vendor cannot be read now; its webhooks wait. Somebody else's claim stands."""
    with context.engine.begin() as connection:
        held = hold_link(connection, link.id)
        if held.lease_token != link.lease_token:
            return
        due_at = held.db_now + timedelta(seconds=seconds)
        tried = held.read_attempts + attempts
        write_read(connection, link.id, due_at=due_at, read_attempts=tried, read_error=reason[:500])
    log.warning("project not read", vendor=link.vendor, link=link.id, reason=reason, seconds=round(seconds, 1))


def give_up(context: Context, link: Any, reason: str, code: str) -> None:
    """A definite no: the webhooks failed, the poller asks again, staff hear of it once a day for each reason; and once
    of a project that is gone there, which is then asked for once a day at most."""
    gone = code in GONE
    with context.engine.begin() as connection:
        held = hold_link(connection, link.id)
        if held.lease_token != link.lease_token:
            return
        finish_events(connection, link.id, link.db_now, "failed", reason)
        due_at = held.db_now + timedelta(seconds=PACE_SECONDS) if has_processing_events(connection, link.id) else None
        values = {"due_at": due_at, "read_attempts": 0, "gone_at": held.db_now if gone else held.gone_at}
        write_read(connection, link.id, **values, read_error=reason[:500])
        if not gone:
            alert_staff(connection, link, reason, f"{code}:all:{link.db_now.date().isoformat()}")
        elif held.gone_at is None:
            alert_staff(connection, link, reason, f"{code}:{link.id}:{link.lease_token}")
    log.error("project cannot be read", vendor=link.vendor, link=link.id, reason=reason)
    context.bell.ring("vendors")


def alert_staff(connection: Connection, link: Any, reason: str, subject: str) -> None:
    """Once for each `subject`."""
    conversation = find_conversation(connection, link.project_id)
    title = TITLES[link.vendor]
    facts = [("Vendor", title), ("Project there", link.external_id), ("Reason", reason)]
    summary = f"A project cannot be read at {title}: {reason}"
    insert_alert(connection, f"read:{link.vendor}:{subject}", conversation, "vendor_failed", summary, facts)


def is_new(before: Mapping[str, Any] | None, kept: Kept) -> bool:
    """Whether the vendor says anything else than the last time."""
    return _steady(before or {}) != _steady(kept.values["state"])


def _steady(state: Mapping[str, Any]) -> dict[str, Any]:
    design = state.get("design") or {}
    return {**state, "design": {name: value for name, value in design.items() if name not in UNSTEADY}}


def drop_read(named: Mapping[str, list[str]], read: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Ids that webhooks named while the read was under way."""
    left = {kind: [each for each in ids if each not in read.get(kind, [])] for kind, ids in named.items()}
    return {kind: ids for kind, ids in left.items() if ids}


def merge_details(before: Mapping[str, Any], now: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """What the read changed since `before`, on top of what others changed meanwhile."""
    changed = {name: value for name, value in read.items() if before.get(name) != value}
    gone = {name for name in before if read and name not in read}
    return {**{name: value for name, value in now.items() if name not in gone}, **changed}


def find_design_status(state: VendorState) -> dict[str, str]:
    """Where the design stands, at a vendor that says so."""
    status = state.details.get("design_status")
    return {"design_status": str(status)} if status else {}
