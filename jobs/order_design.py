"""Have a vendor design a project: it is there with its consumption first, and no design is ordered twice."""

import time
from dataclasses import replace
from typing import Any

from bot.failpoints import reach
from bot.vendor_inbox import clean
from db.outbox import UNCERTAIN
from db.types import now
from db.vendor_sync import find_project, merge_details, waits_for_staff, write_step
from integrations.errors import Uncertain, VendorError
from integrations.vendor import DesignOrder, Placed, ProjectVendor
from jobs.context import Context
from jobs.outcomes import Outcome, defer, done, go_on, hold, park
from jobs.sync_project import VENDOR_OFF, take_step
from jobs.sync_step import Step, Sync, open_sync, release
from jobs.vendor_failure import explain_failure, park_loudly
from jobs.vendor_log import about

DESIGNER = "aurora"
OPEN = ("design_requested", "design_in_progress", "design_completed", "design_accepted")
NOT_ORDERED = "The design was not ordered."
THERE = "Aurora has a design already; `again` orders another."
MAYBE = "A design was ordered, and nobody knows whether the order arrived."
ORDERS, LINKS = ("design_request_id", "auto_designer_job_id"), ("sales_mode_url",)
WISHES = ("target_offset", "mounting_type", "roof_material", "preferred_module_id", "preferred_inverter_id")
IN_DOUBT = ("ordering", "uncertain")
MAX_LOOKS = 3


def run(context: Context, row: Any) -> Outcome:
    """Done with what the vendor calls the order as the result. `again` in the payload orders another design though one
    is on its way."""
    vendor = context.vendors.find(DESIGNER)
    if vendor is None:
        return hold(f"{context.vendors.explain(DESIGNER)}.", VENDOR_OFF)
    with context.engine.connect() as connection:
        project = find_project(connection, row.conversation_id, row.payload["project"])
    if project is None:
        return park(f"There is no project {row.payload['project']} in this conversation.", "no_project")
    with about(project_id=project.id, conversation_id=row.conversation_id, outbox_id=row.id):
        step = take_step(context, row, project.id, DESIGNER)
        if step.kind == "idle":
            return order(context, row, project.id, vendor)
    if step.kind == "moved":
        return go_on(changes={"attempts": 0})
    if step.kind == "wait":
        return defer(step.reason, step.after, step.code)
    return park(f"{NOT_ORDERED} {step.reason}", step.code)  # the sync has told staff why


def order(context: Context, row: Any, project_id: int, vendor: ProjectVendor) -> Outcome:
    """Orders, unless it is done or may be. `design_order` of the project's row there says how far the latest order came
    (`stage`: ordering, ordered, failed, uncertain) and whose it is (`row`)."""
    sync = open_sync(context, row, project_id, vendor)
    if isinstance(sync, Step):
        return defer(sync.reason, sync.after)
    wish = build_order(context, row, sync)
    if wish.kind == "sales_mode":
        return _keep_link(sync, wish)
    ordered = sync.link.design_order or {}
    stage, mine = ordered.get("stage", ""), ordered.get("row") == row.id
    if stage in IN_DOUBT:
        ours = stage == "ordering" and (mine or _is_left_behind(sync))
        return _look_for_order(sync, wish, mine) if ours else _wait_for_other(sync, stage)
    if (mine and stage == "ordered") or (not (mine and stage == "failed") and is_open(sync)):
        release(sync)
        return _name_order(sync, wish)
    return _ask(sync, wish)


def build_order(context: Context, row: Any, sync: Sync) -> DesignOrder:
    """The wish with the settings' kind where it names none, and the project's notes, which no field of the vendor's
    takes."""
    payload = row.payload
    kind: Any = payload.get("kind") or context.settings.aurora_design
    wishes = {name: payload[name] for name in WISHES if payload.get(name) not in (None, "")}
    notes = "\n\n".join(filter(None, (payload.get("notes"), sync.sheet.notes)))
    wishes.setdefault("roof_material", sync.sheet.roof_type)
    return DesignOrder(kind=kind if kind != "off" else "sales_mode", notes=notes, **wishes)


def describe_order(details: Any, wish: DesignOrder) -> dict[str, Any]:
    """What the vendor calls the order."""
    wanted = LINKS if wish.kind == "sales_mode" else ORDERS
    return {name: details[name] for name in wanted if details.get(name)}


def _name_order(sync: Sync, wish: DesignOrder) -> Outcome:
    """Done: what was ordered, or the design that somebody made unasked."""
    if result := describe_order(sync.link.details, wish):
        return replace(done(), changes={"result": result})
    design = (sync.link.state or {}).get("design") or {}
    named = {"design_id": design.get("external_id"), "design_status": sync.link.design_status}
    return replace(done("", THERE), changes={"result": {name: value for name, value in named.items() if value}})


def is_open(sync: Sync) -> bool:
    """Whether a design is on its way or there, and another one is not wanted."""
    return not sync.row.payload.get("again") and sync.link.design_status in OPEN


def _is_left_behind(sync: Sync) -> bool:
    """Whether the effect that was ordering will not go on by itself."""
    with sync.context.engine.connect() as connection:
        return waits_for_staff(connection, sync.link.design_order["row"])


def _wait_for_other(sync: Sync, stage: str) -> Outcome:
    """Nothing is ordered while the outcome of an order is not known."""
    release(sync)
    if stage == "ordering":
        return defer("Another design is being ordered.", sync.context.settings.reconcile_after_seconds)
    return park(f"{NOT_ORDERED} {MAYBE} Look at {sync.title} for it.", UNCERTAIN)


def _ask(sync: Sync, wish: DesignOrder) -> Outcome:
    if time.monotonic() > sync.start_by:  # this process stood still
        release(sync)
        return go_on()
    ordered = {"row": sync.row.id, "kind": wish.kind, "target_offset": wish.target_offset, "stage": "ordering"}
    with sync.context.engine.begin() as connection:
        if not write_step(connection, sync.link, keep=True, design_order={**ordered, "before": _name_orders(sync)}):
            return go_on()
    reach("sync.after_intent")
    if time.monotonic() > sync.start_by:  # since the look above: somebody else may order it by now
        release(sync, design_order={**ordered, "stage": "failed"})
        return go_on()
    try:
        placed = sync.vendor.order_design(sync.placed, wish)
    except Uncertain as error:
        release(sync)
        return defer(clean(error.sentence), sync.context.settings.reconcile_after_seconds, UNCERTAIN)
    except VendorError as error:
        release(sync, design_order={**ordered, "stage": "failed"})
        return explain_failure(sync.row, error, NOT_ORDERED)
    reach("sync.after_call")
    return _keep_order(sync, wish, placed, {**ordered, "stage": "ordered"})


def _keep_link(sync: Sync, wish: DesignOrder) -> Outcome:
    """Sales mode: nothing is ordered; staff design behind a link that is made without asking anybody."""
    placed = sync.vendor.order_design(sync.placed, wish)
    with sync.context.engine.begin() as connection:
        merge_details(connection, sync.link.id, sync.link.details, clean(placed.details))
        write_step(connection, sync.link)
    return replace(done(), changes={"result": describe_order(placed.details, wish)})


def _keep_order(sync: Sync, wish: DesignOrder, placed: Placed, ordered: dict[str, Any]) -> Outcome:
    """Commits what was ordered, and has the project read again."""
    values: dict[str, Any] = {"design_order": ordered, "design_status": "design_requested", "due_at": now()}
    with sync.context.engine.begin() as connection:
        merge_details(connection, sync.link.id, sync.link.details, clean(placed.details))
        write_step(connection, sync.link, **values)
        reach("sync.before_commit")
    return replace(done("", "", rings=("vendors",)), changes={"result": describe_order(placed.details, wish)})


def _name_orders(sync: Sync) -> list[str]:
    """Orders that were known before this one."""
    return [str(sync.link.details[name]) for name in ORDERS if sync.link.details.get(name)]


def _look_for_order(sync: Sync, wish: DesignOrder, mine: bool) -> Outcome:
    """An order whose outcome nobody knows, `mine` or one whose effect has ended: a webhook may have named it meanwhile;
    else staff decide."""
    ordered = sync.link.design_order
    named = describe_order(sync.link.details, wish)
    if any(str(value) not in ordered["before"] for value in named.values()):
        kept = _keep_order(sync, wish, sync.placed, {**ordered, "stage": "ordered"})
        return kept if mine else go_on()
    looks = ordered.get("looks", 0) + 1
    if looks >= MAX_LOOKS:
        release(sync, design_order={**ordered, "stage": "uncertain"})
        sentence = f"{MAYBE} Look at {sync.title} for it; if it is not there, `tools.outbox retry --yes` repeats it."
        return park_loudly(sync.row, sentence, UNCERTAIN)
    release(sync, design_order={**ordered, "looks": looks}, due_at=now())
    pause = sync.context.settings.reconcile_after_seconds * 2**looks
    return defer("It is not known yet whether the design was ordered.", pause, UNCERTAIN)
