"""What designers, staff and homeowners do at Aurora, for a lever: each changes the objects and says what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tools.sandbox.aurora.design_requests import SUBMITTED, complete_request, reject_request
from tools.sandbox.aurora.designing import keep_design
from tools.sandbox.aurora.designs import finish_simulation
from tools.sandbox.aurora.events import EVENTS
from tools.sandbox.aurora.happenings import Happening
from tools.sandbox.aurora.jobs import start_job
from tools.sandbox.aurora.proposals import STATUSES, make_proposal, set_agreement
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

Wish = dict[str, Any]
Move = Callable[[World, Row, Wish], list[Happening]]


class MoveInvalid(ValueError):
    """A lever's wish makes no sense for this project; the text says why."""


def complete(world: World, project: Row, wish: Wish) -> list[Happening]:
    """The designers finish the open request: kw, panels, price, output, offset, battery of the design to come."""
    return complete_request(world, project, _need_open_request(world, project), _read_numbers(wish))


def reject(world: World, project: Row, wish: Wish) -> list[Happening]:
    """They send it back with a `reason`."""
    return reject_request(world, project, _need_open_request(world, project), str(wish.get("reason") or ""))


def create_design(world: World, project: Row, wish: Wish) -> list[Happening]:
    """Staff draw a design by hand."""
    row = keep_design(world, project, _read_numbers(wish))
    return [Happening("design_created", project, {"DESIGN_ID": row["id"]})]


def delete_design(world: World, project: Row, wish: Wish) -> list[Happening]:
    row = _need_design(world, project)
    world.aurora.remove("designs", row["id"])
    return [Happening("design_deleted", project, {"DESIGN_ID": row["id"]})]


def simulate(world: World, project: Row, wish: Wish) -> list[Happening]:
    """The performance simulation of the newest design has run."""
    row = _need_design(world, project)
    return finish_simulation(world, row, start_job(world, "performance_simulation", project["id"], row["id"]))


def publish_proposal(world: World, project: Row, wish: Wish) -> list[Happening]:
    """Staff publish the web proposal; the simulation is run first where it was not."""
    row = _need_design(world, project)
    before = [] if row["simulated"] else simulate(world, project, wish)
    return [*before, *make_proposal(world, row, "user")]


def move_agreement(world: World, project: Row, wish: Wish) -> list[Happening]:
    """`status`, or `statuses` one after another; whatever order is asked for."""
    asked = wish.get("statuses") or [wish.get("status", "sent")]
    if not all(status in STATUSES for status in asked):
        raise MoveInvalid(f"status must be one of {', '.join(STATUSES)}")
    design = world.aurora.latest("designs", project["id"])
    return [set_agreement(world, project, design, status) for status in asked]


def set_status(world: World, project: Row, wish: Wish) -> list[Happening]:
    """The project's status, free `text`."""
    text = str(wish.get("text") or "Installation scheduled")
    world.aurora.change(project, {"status": text})
    return [Happening("project_status_changed", project, {"STATUS": text})]


def survey_site(world: World, project: Row, wish: Wish) -> list[Happening]:
    return [_move_order(world, project, "site_surveys", "site_survey_status_changed", "SITE_SURVEY_ID", wish)]


def order_plan_set(world: World, project: Row, wish: Wish) -> list[Happening]:
    return [_move_order(world, project, "plan_sets", "plan_set_request_status_changed", "PLAN_SET_REQUEST_ID", wish)]


def reach_milestone(world: World, project: Row, wish: Wish) -> list[Happening]:
    """A milestone with a `name`."""
    name = str(wish.get("name") or "Installed")
    row = world.aurora.keep("milestones", {"project_id": project["id"], "name": name, "created_at": write_now()})
    world.aurora.change(project, {"milestone": name})
    return [Happening("milestone_created", project, {"MILESTONE_ID": row["id"]})]


def edit(world: World, project: Row, wish: Wish) -> list[Happening]:
    """Staff change the project's `name`."""
    world.aurora.change(project, {"name": str(wish.get("name") or project["name"])})
    return [Happening("project_changed", project, {"SOURCE": "user"})]


def echo(world: World, project: Row, wish: Wish) -> list[Happening]:
    """`count` webhooks of any `event` with nothing behind them."""
    event = str(wish.get("event") or "project_changed")
    if event not in EVENTS:
        raise MoveInvalid(f"event must be one of {', '.join(EVENTS)}")
    return [Happening(event, project, {"SOURCE": "user"}) for _ in range(int(wish.get("count", 1)))]


MOVES: dict[str, Move] = {
    "complete": complete,
    "reject": reject,
    "design_created": create_design,
    "design_deleted": delete_design,
    "simulate": simulate,
    "web_proposal": publish_proposal,
    "agreement": move_agreement,
    "project_status": set_status,
    "site_survey": survey_site,
    "plan_set": order_plan_set,
    "milestone": reach_milestone,
    "edit": edit,
    "echo": echo,
}


def _need_open_request(world: World, project: Row) -> Row:
    waiting = list(world.aurora.select("design_requests", project_id=project["id"], status=SUBMITTED))
    if not waiting:
        raise MoveInvalid("the project has no design request that waits for the designers")
    return waiting[-1]


def _need_design(world: World, project: Row) -> Row:
    row = world.aurora.latest("designs", project["id"])
    if row is None:
        raise MoveInvalid("the project has no design")
    return row


def _read_numbers(wish: Wish) -> Wish:
    names = ("kw", "panels", "price", "output", "offset", "battery", "name")
    return {name: wish[name] for name in names if name in wish}


def _move_order(world: World, project: Row, table: str, event: str, attribute: str, wish: Wish) -> Happening:
    status = str(wish.get("status") or "completed")
    row = world.aurora.latest(table, project["id"])
    if row is None:
        row = world.aurora.keep(table, {"project_id": project["id"], "status": status, "created_at": write_now()})
    world.aurora.change(row, {"status": status})
    return Happening(event, project, {attribute: row["id"], "STATUS": status})
