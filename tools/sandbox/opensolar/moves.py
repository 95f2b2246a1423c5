"""What staff and homeowners do at OpenSolar, for a lever: each changes the objects and says what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tools.sandbox.opensolar.changes import Change
from tools.sandbox.opensolar.contacts import change_contact
from tools.sandbox.opensolar.describing import describe_system, list_systems
from tools.sandbox.opensolar.paper import make_share_link
from tools.sandbox.opensolar.projects import change_project
from tools.sandbox.opensolar.staging import add_event, move_stage
from tools.sandbox.opensolar.store import STAGE_BY_MILESTONE, STAGES
from tools.sandbox.opensolar.systems import make_system
from tools.sandbox.tables import Row, write_moment, write_now
from tools.sandbox.world import World

SIGNED_EVENTS = (52, 63, 68)


class MoveInvalid(ValueError):
    """A lever's wish makes no sense for this project; the text says why."""


Wish = dict[str, Any]
Move = Callable[[World, Row, Wish], list[Change]]


def design(world: World, project: Row, wish: Wish) -> list[Change]:
    """Staff finish a new design: kw, panels, price, battery_kwh, output, offset, module, inverter, battery."""
    system = world.opensolar.add("systems", lambda number: make_system(number, project["id"], wish))
    names = frozenset(f"systems.{name}" for name in describe_system(system))
    return [*_touch(world, project, {}, names), *move_stage(world, project, STAGE_BY_MILESTONE["design"])]


def change_design(world: World, project: Row, wish: Wish) -> list[Change]:
    """The newest design gets other numbers; what `wish` does not name follows from them or stays."""
    designs = list_systems(world, project["id"])
    if not designs:
        return design(world, project, wish)
    old = designs[-1]
    kept = {"kw": old["kw_stc"], "battery_kwh": old["battery_total_kwh"]}
    fresh = make_system(old["id"], project["id"], {**kept, **wish})
    if "kw" not in wish:
        names = {"price": "price_including_tax", "output": "output_annual_kwh", "panels": "module_quantity"}
        kept |= {wanted: old[name] for wanted, name in names.items()}
        fresh = make_system(old["id"], project["id"], {**kept, **wish})
    changed = world.opensolar.change(old, {**fresh, "uuid": old["uuid"], "created_date": old["created_date"]})
    return _touch(world, project, {}, frozenset(f"systems.{name}" for name in changed))


def send_proposal(world: World, project: Row, wish: Wish) -> list[Change]:
    """The invitation e-mail goes out (event 0) and the share link exists; designs first where there is nothing."""
    before = [] if list_systems(world, project["id"]) else design(world, project, {})
    values = {"proposal_ready": True, "share_link": project["share_link"] or make_share_link(world)}
    moved = _touch(world, project, values, frozenset({"customer_proposal_data.ready", "share_link"}))
    stage = move_stage(world, project, STAGE_BY_MILESTONE["lock_pricing"])
    return [*before, add_event(world, project, 0), *moved, *stage]


def view_proposal(world: World, project: Row, wish: Wish) -> list[Change]:
    return [add_event(world, project, 2)]


def accept_proposal(world: World, project: Row, wish: Wish) -> list[Change]:
    return [add_event(world, project, 3)]


def sign_contract(world: World, project: Row, wish: Wish) -> list[Change]:
    """`event` 63 (the default), 52 or 68, and the contract's date."""
    type_id = wish.get("event", 63)
    if type_id not in SIGNED_EVENTS:
        raise MoveInvalid(f"event must be one of {SIGNED_EVENTS}")
    return [add_event(world, project, type_id), *_touch(world, project, {"contract_date": write_now()})]


def sell(world: World, project: Row, wish: Wish) -> list[Change]:
    designs = list_systems(world, project["id"])
    values = {"sold_date": write_now(), "project_sold": True, "system_sold": designs[-1]["id"] if designs else None}
    moved = _touch(world, project, values)
    return [*moved, add_event(world, project, 103), *move_stage(world, project, STAGE_BY_MILESTONE["sold"])]


def receive_payment(world: World, project: Row, wish: Wish) -> list[Change]:
    return [add_event(world, project, 114)]


def fail_payment(world: World, project: Row, wish: Wish) -> list[Change]:
    return [add_event(world, project, 115)]


def schedule(world: World, project: Row, wish: Wish) -> list[Change]:
    """`date` (three days from now), and with `with_event` the on-site event 40 in the calendar too."""
    day = str(wish.get("date") or (datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    try:
        start = datetime.fromisoformat(f"{day}T08:00:00+00:00")
    except ValueError as error:
        raise MoveInvalid("date must be written like 2026-12-01") from error
    moved = _touch(world, project, {"installation_date": day})
    if not wish.get("with_event"):
        return moved
    times = {"start": write_moment(start), "end": write_moment(start + timedelta(hours=8)), "is_complete": False}
    return [*moved, add_event(world, project, 40, **times)]


def unschedule(world: World, project: Row, wish: Wish) -> list[Change]:
    return _touch(world, project, {"installation_date": None})


def start_crew(world: World, project: Row, wish: Wish) -> list[Change]:
    """The crew is on its way: event 40 that starts now."""
    now = datetime.now(UTC)
    times = {"start": write_moment(now), "end": write_moment(now + timedelta(hours=8)), "is_complete": False}
    return [add_event(world, project, 40, **times)]


def install(world: World, project: Row, wish: Wish) -> list[Change]:
    moved = _touch(world, project, {"project_installed": True})
    return [*moved, add_event(world, project, 104), *move_stage(world, project, STAGE_BY_MILESTONE["installed"])]


def set_stage(world: World, project: Row, wish: Wish) -> list[Change]:
    """`stage_id`, or `milestone`: presale, design, lock_pricing, sold, installed, other."""
    stage = wish.get("stage_id") or STAGE_BY_MILESTONE.get(str(wish.get("milestone")))
    if stage not in {number for number, _, _ in STAGES}:
        raise MoveInvalid(f"milestone must be one of {', '.join(STAGE_BY_MILESTONE)}; or stage_id a known stage")
    return move_stage(world, project, int(stage))


def change_contact_data(world: World, project: Row, wish: Wish) -> list[Change]:
    """Staff correct the first contact: first_name, family_name, email, phone."""
    number = next(iter(project["contact_ids"]), None)
    contact = world.opensolar.find("contacts", number)
    if contact is None:
        raise MoveInvalid("the project has no contact")
    values: Wish = {name: wish[name] for name in ("first_name", "family_name", "email", "phone") if name in wish}
    return change_contact(world, contact, values or {"phone": "+14155550188"})


def edit(world: World, project: Row, wish: Wish) -> list[Change]:
    """Staff write `fields` of the project, as a PATCH would."""
    fields = wish.get("fields")
    if not isinstance(fields, dict):
        raise MoveInvalid("fields must be an object")
    return change_project(world, project, fields)


def note_event(world: World, project: Row, wish: Wish) -> list[Change]:
    """Any `event_type_id`, with an optional `title`."""
    type_id = wish.get("event_type_id")
    if not isinstance(type_id, int):
        raise MoveInvalid("event_type_id must be a number")
    return [add_event(world, project, type_id, **({"title": wish["title"]} if "title" in wish else {}))]


def echo(world: World, project: Row, wish: Wish) -> list[Change]:
    """`count` updates with nothing behind them: the fields named in `changed` (installation_date) are as they were."""
    count = int(wish.get("count", 1))
    names = frozenset(wish.get("changed") or ("installation_date",))
    return [Change("Project", project, "UPDATE", names) for _ in range(count)]


def delete(world: World, project: Row, wish: Wish) -> list[Change]:
    world.opensolar.remove("projects", project["id"])
    world.ledger.write(
        "project_deleted", vendor="opensolar", project_id=project["id"], identifier=project["identifier"]
    )
    return [Change("Project", project, "DELETE")]


MOVES: dict[str, Move] = {
    "design": design,
    "change_design": change_design,
    "proposal_sent": send_proposal,
    "viewed": view_proposal,
    "accepted": accept_proposal,
    "signed": sign_contract,
    "sold": sell,
    "paid": receive_payment,
    "payment_failed": fail_payment,
    "schedule": schedule,
    "unschedule": unschedule,
    "crew": start_crew,
    "installed": install,
    "stage": set_stage,
    "contact_changed": change_contact_data,
    "edit": edit,
    "event": note_event,
    "echo": echo,
    "delete": delete,
}


def _touch(world: World, project: Row, values: Row, shown: frozenset[str] | None = None) -> list[Change]:
    """Set `values`; an UPDATE that names them, or what `shown` calls them, where anything is different."""
    changed = world.opensolar.change(project, values)
    if not changed and (values or not shown):
        return []
    world.opensolar.change(project, {"modified_date": write_now()})
    return [Change("Project", project, "UPDATE", changed if shown is None else shown)]
