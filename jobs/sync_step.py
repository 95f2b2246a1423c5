"""One step of bringing a project to one vendor: at most one change there, and a commit of what came of it."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from bot.outbox import insert_alert
from bot.vendor_inbox import clean
from bot.vendor_news import News, record_news
from bot.vendor_states import TITLES
from db.outbox import insert_effect
from db.types import now
from db.vendor_sync import ensure_link, lease_link, merge_details, read_project, write_step
from integrations.errors import RateLimited, Resting, Throttled, Uncertain, VendorError
from integrations.vendor import Placed, ProjectSheet, ProjectVendor
from jobs.context import Context
from jobs.settling import pause_before
from jobs.sync_sheet import build_sheet, hash_parts

Action = Literal["create", "look", "project", "contact", "usage"]
PARTS: tuple[Action, ...] = ("usage", "project", "contact")  # what a design is made from comes first

BUSY_SECONDS = 1.0
LOUD_TRY = 3  # staff hear of a vendor that fails so often in a row; what passes by itself is no news
MAX_TRIES = 100  # with the longest pauses between them about a day
IN_ORDER = ("synced", "updated")


@dataclass(frozen=True, slots=True)
class Step:
    """moved: there may be more to do; idle: nothing is; wait: not now, again in `after` seconds; failed: staff have to
    do something. `reason` and `code` say why."""

    kind: Literal["moved", "idle", "wait", "failed"]
    reason: str = ""
    code: str = ""
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Sync:
    """A project under lease on its way to `vendor`. `row` is the effect, `link` the project's row at the vendor,
    `parts` what the vendor should have. A call that may not be repeated has to begin before `start_by` (monotonic)."""

    context: Context
    row: Any
    vendor: ProjectVendor
    project: Any
    link: Any
    sheet: ProjectSheet
    start_by: float

    @property
    def parts(self) -> dict[str, str]:
        return hash_parts(self.sheet, self.link.vendor)

    @property
    def placed(self) -> Placed:
        return Placed(self.link.external_id or "", self.link.contact_id, self.link.details)

    @property
    def title(self) -> str:
        return TITLES[self.link.vendor]


def open_sync(context: Context, row: Any, project_id: int, vendor: ProjectVendor) -> Sync | Step:
    """Leases the project at the vendor and reads it afterwards, so that what is sent is never older than what was sent
    before; a step where that cannot be done now."""
    lease_seconds = context.settings.lease_seconds
    start_by = time.monotonic() + lease_seconds
    with context.engine.begin() as connection:
        link = lease_link(connection, ensure_link(connection, project_id, vendor.name).id, 2 * lease_seconds)
        project = read_project(connection, project_id)
    if link is None or project is None:
        return Step("wait", "Another sync of the project is at work.", after=BUSY_SECONDS)
    sheet = build_sheet(project, link, context.settings.market)
    return Sync(context, row, vendor, project, link, sheet, start_by)


def choose_action(link: Any, parts: dict[str, str]) -> Action | None:
    """What has to be done next; None when the vendor has everything."""
    if not link.external_id:
        return "look" if is_in_doubt(link) else "create"
    return next((part for part in PARTS if link.sent.get(part) != parts[part]), None)


def is_in_doubt(link: Any) -> bool:
    """Whether the vendor may have the project and nobody knows. Pauses between looks are not shortened then: a list
    that lags shows it the later."""
    return not link.external_id and link.posting_at is not None


def release(sync: Sync, **values: Any) -> None:
    """Gives the lease back, with `values` written."""
    with sync.context.engine.begin() as connection:
        write_step(connection, sync.link, **values)


def wait_until(sync: Sync, moment: datetime | None) -> float:
    """Seconds from now, at least 0, by the database's clock as it was when the lease began."""
    return 0.0 if moment is None else max((moment - sync.link.db_now).total_seconds(), 0.0)


def keep_parts(sync: Sync, sent: dict[str, str], placed: Placed | None = None) -> Step:
    """Commits that the vendor has `sent`; with it, that everything is there, where it is."""
    link, complete = sync.link, all(sent.get(part) == sync.parts[part] for part in PARTS)
    values: dict[str, Any] = {"sent": sent, "retry_count": 0, "next_try_at": None}
    if complete:
        values |= describe_success(sync)
    if placed is not None and placed.contact_id:
        values["contact_id"] = placed.contact_id
    with sync.context.engine.begin() as connection:
        if write_step(connection, link, **values):
            if placed is not None:
                merge_details(connection, link.id, link.details, clean(placed.details))
            if complete and link.last_synced_at is None:
                tell_first_success(connection, sync)
    if complete:
        sync.context.bell.ring("turns")
        sync.context.bell.ring("vendors")
    return Step("moved")


def describe_success(sync: Sync) -> dict[str, Any]:
    """Columns of a project that the vendor has as it is here."""
    first = sync.link.last_synced_at is None
    status = {"sync_status": "synced" if first else "updated", "sync_error": "", "sync_code": ""}
    return {
        **status,
        "last_synced_at": now(),
        "retry_count": 0,
        "next_try_at": None,
        **({"due_at": now()} if first else {}),
    }


def tell_first_success(connection: Connection, sync: Sync) -> None:
    """The conversation learns that the vendor has the project; a design is ordered where that happens unasked."""
    link, project = sync.link, sync.project
    facts = {"external_id": link.external_id}
    key = f"{link.id}:synced"
    record_news(connection, key, project.conversation_id, link.vendor, project.number, (News("synced", facts),))
    if link.vendor == "aurora" and sync.context.settings.aurora_design != "off":
        insert_effect(
            connection,
            key=f"design:{project.id}",
            conversation_id=project.conversation_id,
            kind="order_design",
            payload={"is": "OrderDesign", "project": project.number, "kind": ""},
        )


def settle_failure(sync: Sync, error: VendorError, **values: Any) -> Step:
    """Commits that a call failed, with `values`: later again, or staff have to do something."""
    if isinstance(error, (Throttled, Resting)):
        release(sync, **values)
        return Step("wait", error.sentence, error.code, error.retry_after or BUSY_SECONDS)
    tries = sync.link.retry_count + 1
    again = (error.retryable or isinstance(error, Uncertain)) and tries < MAX_TRIES
    pause = max(pause_before(sync.link.id, tries), error.retry_after or 0.0)
    failure = {
        "sync_status": "sync_failed",
        "sync_error": clean(error.sentence),
        "sync_code": error.code,
        "retry_count": tries,
        "next_try_at": now(pause) if again else None,
    }
    loud = not again or (tries == LOUD_TRY and not isinstance(error, RateLimited))
    write_failure(sync, {**failure, **values}, loud)
    if again:
        return Step("wait", clean(error.sentence), error.code, pause)
    return Step("failed", clean(error.sentence), error.code)


def write_failure(sync: Sync, values: dict[str, Any], loud: bool) -> None:
    """Commits columns of a failure; `loud` with a sentence to staff, once for each reason until it works again."""
    link = sync.link
    since = link.last_synced_at.isoformat() if link.last_synced_at else "ever"
    with sync.context.engine.begin() as connection:
        if write_step(connection, link, **values) and loud:
            insert_alert(
                connection,
                f"sync:{link.id}:{values['sync_code']}:{since}",
                sync.project.conversation_id,
                "vendor_sync",
                f"A project is not at {sync.title} as it should be. {values['sync_error']}",
                [("Vendor", sync.title), ("Project", str(sync.project.id)), ("Code", values["sync_code"])],
            )
    if loud:
        sync.context.bell.ring("vendors")
