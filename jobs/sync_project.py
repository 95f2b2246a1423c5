"""Bring a project to its vendors: what is missing is created there, what changed is sent, and nothing twice."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.outbox import insert_alert
from bot.vendor_states import TITLES
from db.outbox import UNCERTAIN
from db.vendor_sync import find_project, finish_waiting, list_links
from integrations.errors import VendorError
from integrations.vendor import NotOffered, ProjectVendor
from jobs.context import Context
from jobs.outcomes import Outcome, defer, done, go_on, hold, park
from jobs.sync_create import create, look
from jobs.sync_step import (
    IN_ORDER,
    Action,
    Step,
    Sync,
    choose_action,
    describe_success,
    is_in_doubt,
    keep_parts,
    open_sync,
    release,
    settle_failure,
    wait_until,
)
from jobs.vendor_log import about

VENDOR_OFF, AUTO_OFF, DESIGN_OFF = "vendor_off", "auto_sync_off", "design_off"
AUTO_SENTENCE = "OPENSOLAR_AUTO_SYNC_ENABLED is false: `python -m tools.vendors resync --force` brings it to OpenSolar"
COVERED = "A later sync has done it."


@dataclass(frozen=True, slots=True)
class Choice:
    """`wanted`: vendors that the project goes to; `left_out`: (code, sentence) for each other one."""

    wanted: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def reason(self) -> str:
        return f"{'; '.join(sentence for _, sentence in self.left_out)}."

    @property
    def code(self) -> str:
        codes = [code for code, _ in self.left_out]
        return next((code for code in (AUTO_OFF, VENDOR_OFF) if code in codes), DESIGN_OFF)


def run(context: Context, row: Any) -> Outcome:
    """One step with one of the vendors; done once each of them has everything. A vendor that fails does not keep the
    others from it. Payload: `vendors` limits them; `forced` and `tried` say which have been begun and given up."""
    choice = choose_vendors(context, row.payload)
    if not choice.wanted and choice.code != AUTO_OFF:
        return hold(choice.reason, choice.code)
    with context.engine.connect() as connection:
        project = find_project(connection, row.conversation_id, row.payload["project"])
    if project is None:
        return park(f"There is no project {row.payload['project']} in this conversation.", "no_project")
    waits: list[Step] = []
    with about(project_id=project.id, conversation_id=row.conversation_id, outbox_id=row.id):
        for name in choice.wanted:
            if name in row.payload.get("tried", {}):
                continue
            step = take_step(context, row, project.id, name)
            if step.kind in ("moved", "failed"):
                return go_on(changes={"attempts": 0, "payload": note_step(row.payload, name, step)})
            waits += [step] if step.kind == "wait" else []
    if waits:
        first = min(waits, key=lambda step: step.after)
        return defer(first.reason, first.after, first.code)
    return conclude(context, row, project, choice)


def choose_vendors(context: Context, payload: Any) -> Choice:
    """Which vendors a sync goes to now, by the settings and its payload."""
    wanted, left_out = [], []
    for name in payload.get("vendors") or ("opensolar", "aurora"):
        code, sentence = _explain_left_out(context, name, payload.get("force", False))
        if code:
            left_out.append((code, sentence))
        else:
            wanted.append(name)
    return Choice(tuple(wanted), tuple(left_out))


def _explain_left_out(context: Context, name: str, force: bool) -> tuple[str, str]:
    if name not in context.vendors.list_on():
        return VENDOR_OFF, context.vendors.explain(name)
    if force:
        return "", ""
    if name == "opensolar" and not context.settings.opensolar_auto_sync_enabled:
        return AUTO_OFF, AUTO_SENTENCE
    if name == "aurora" and context.settings.aurora_design == "off":
        return DESIGN_OFF, "AURORA_DESIGN is off"
    return "", ""


def note_step(payload: Any, name: str, step: Step) -> dict[str, Any]:
    """The payload with what came of a step: a vendor that was given up, or begun by force."""
    if step.kind == "failed":
        tried = {**payload.get("tried", {}), name: {"reason": step.reason, "code": step.code}}
        return {**payload, "tried": tried}
    if payload.get("force") and name not in payload.get("forced", ()):
        return {**payload, "forced": [*payload.get("forced", ()), name]}
    return dict(payload)


def take_step(context: Context, row: Any, project_id: int, name: str) -> Step:
    """The next step with one vendor."""
    vendor = context.vendors.find(name)
    if vendor is None:
        return Step("idle")
    sync = open_sync(context, row, project_id, vendor)
    if isinstance(sync, Step):
        return sync
    try:
        return advance(sync)
    except Exception:  # what nobody foresaw is settled by the runner; the next try need not wait for the lease
        release(sync)
        raise


def advance(sync: Sync) -> Step:
    """The next step of a project under lease."""
    row, name = sync.row, sync.link.vendor
    if row.payload.get("force") and name not in row.payload.get("forced", ()):
        pause = sync.link.next_try_at if is_in_doubt(sync.link) else None
        release(sync, sent={}, retry_count=0, next_try_at=pause)
        return Step("moved")
    if wait := wait_until(sync, sync.link.next_try_at):
        release(sync)
        return Step("wait", sync.link.sync_error, sync.link.sync_code, wait)
    action = choose_action(sync.link, sync.parts)
    if action is None:
        release(sync, **({} if sync.link.sync_status in IN_ORDER else describe_success(sync)))
        return Step("idle")
    return carry_out(sync, action)


def carry_out(sync: Sync, action: Action) -> Step:
    """Does it and commits what came of it."""
    if action == "create":
        return create(sync)
    return look(sync) if action == "look" else send_part(sync, action)


def send_part(sync: Sync, part: Action) -> Step:
    """Brings one part of the project up to date; the same twice does no harm."""
    vendor: ProjectVendor = sync.vendor
    placed, changed = sync.placed, None
    try:
        if part == "project":
            with about(sync_type="update_project"):
                changed = vendor.update_project(placed, sync.sheet)
        elif part == "contact":
            with about(sync_type="update_contact"):
                changed = vendor.update_contact(placed, sync.sheet)
        else:
            with about(sync_type="update_project"):
                vendor.send_usage(placed, sync.sheet.usage)
    except NotOffered:
        changed = None  # there is nothing of that kind at this vendor, so it is up to date
    except VendorError as error:
        return settle_failure(sync, error)
    return keep_parts(sync, {**sync.link.sent, part: sync.parts[part]}, changed)


def conclude(context: Context, row: Any, project: Any, choice: Choice) -> Outcome:
    """Every vendor has everything or was given up."""
    result = {"vendors": describe_vendors(context, project.id)}
    if tried := row.payload.get("tried"):
        codes = [each["code"] for each in tried.values()]
        reasons = [name_vendor(TITLES[name], each["reason"]) for name, each in tried.items()]
        code = UNCERTAIN if UNCERTAIN in codes else codes[0]
        return replace(park(" ".join(reasons), code), changes={"result": result})
    if choice.code == AUTO_OFF and any(code == AUTO_OFF for code, _ in choice.left_out):
        held = hold(f"{AUTO_SENTENCE}.", AUTO_OFF, partial(alert_waiting, project=project), rings=("vendors",))
        return replace(held, changes={"result": result})
    writes = () if row.payload.get("vendors") else (partial(finish_others, row=row, project=project),)
    return replace(done("", "", *writes), changes={"result": result})


def name_vendor(title: str, reason: str) -> str:
    """The sentence, which says whose it is."""
    return reason if title in reason else f"{title}: {reason}"


def describe_vendors(context: Context, project_id: int) -> dict[str, Any]:
    """How the project stands at each vendor, for whoever asked for the sync."""
    with context.engine.connect() as connection:
        links = list_links(connection, project_id)
    return {
        link.vendor: {"external_id": link.external_id, "sync_status": link.sync_status, "error": link.sync_error}
        for link in links
    }


def alert_waiting(connection: Connection, project: Any) -> None:
    """Staff hear once that a confirmed project waits for them."""
    summary = f"A confirmed project waits for you. {AUTO_SENTENCE}."
    key = f"sync:auto:{project.id}"
    insert_alert(connection, key, project.conversation_id, "vendor_sync", summary, [("Project", str(project.id))])


def finish_others(connection: Connection, row: Any, project: Any) -> None:
    finish_waiting(connection, project.conversation_id, project.number, row.id, COVERED)
