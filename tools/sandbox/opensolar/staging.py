"""Stages of the organisation's workflow, and the calendar entries that moving a project on leaves behind."""

from __future__ import annotations

from flask import Blueprint, Response, request

from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.access import find_own, guard
from tools.sandbox.opensolar.answers import answer_json, cut_page
from tools.sandbox.opensolar.changes import Change
from tools.sandbox.opensolar.describing import api_base, describe_event
from tools.sandbox.opensolar.store import WORKFLOW_ID, describe_stages
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

staging = Blueprint("opensolar_staging", __name__)
ROOT = "/opensolar/api/orgs/<org>"
EVENT_TITLES = {
    0: "Invitation e-mail sent",
    1: "Invitation e-mail read",
    2: "Proposal viewed",
    3: "Proposal accepted",
    28: "Appointment",
    40: "On-site installation",
    42: "Sales visit",
    52: "DocuSign contract completed",
    56: "Stage changed",
    63: "Contract signed",
    68: "Envelope complete",
    103: "Project sold",
    104: "Project installed",
    105: "Expired proposal viewed",
    113: "Overdue",
    114: "Payment received",
    115: "Payment failed",
}
STAGE_CHANGED = 56


@staging.get(f"{ROOT}/workflows/", strict_slashes=False)
@guard("workflows.list")
def list_workflows(org: str) -> Response:
    """There is only the default one."""
    default = request.args.get("is_default", "true").lower() == "true"
    workflow = {"id": WORKFLOW_ID, "title": "Sales", "is_default": True, "workflow_stages": describe_stages()}
    return answer_json(cut_page([workflow] if default else []))


@staging.get(f"{ROOT}/events/<int:number>/", strict_slashes=False)
@guard("events.fetch")
def fetch_event(org: str, number: int) -> Response:
    world = this_world()
    return answer_json(describe_event(world, find_own(world, "events", number), api_base(world)))


def add_event(world: World, project: Row, type_id: int, **values: object) -> Change:
    """A new event of the project; `values` replace title, start, end, is_complete."""
    contact = next(iter(project["contact_ids"]), None)
    made = {
        "event_type_id": type_id,
        "title": EVENT_TITLES.get(type_id, f"Event {type_id}"),
        "project_id": project["id"],
        "contact_id": contact,
        "start": None,
        "end": None,
        "is_complete": True,
        "created_date": write_now(),
        **values,
    }
    row = world.opensolar.add("events", lambda number: {"id": number, **made})
    world.ledger.write(
        "event_created",
        vendor="opensolar",
        event_id=row["id"],
        event_type_id=type_id,
        project_id=project["id"],
        identifier=project["identifier"],
    )
    return Change("Event", row, "CREATE")


def move_stage(world: World, project: Row, stage_id: int) -> list[Change]:
    """Nothing when it stands there already."""
    if not world.opensolar.change(project, {"stage_id": stage_id}):
        return []
    world.opensolar.change(project, {"modified_date": write_now()})
    moved = Change("Project", project, "UPDATE", frozenset({"workflow.active_stage_id", "stage"}))
    return [moved, add_event(world, project, STAGE_CHANGED)]
