"""Design requests: ordered, completed or rejected by the designers, and accepted."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response

from tools.sandbox.aurora.access import find_row, guard, read_wrapped
from tools.sandbox.aurora.answers import AuroraRefusal, answer_json
from tools.sandbox.aurora.designing import keep_design
from tools.sandbox.aurora.happenings import Happening, announce, later
from tools.sandbox.gate import this_world
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

design_requests = Blueprint("aurora_requests", __name__)
ROOT = "/aurora/tenants/<tenant>/design_requests"
SUBMITTED, COMPLETED, REJECTED, ACCEPTED = "submitted", "designer_completed", "designer_rejected", "accepted"
COMPLETING_ADDRESS, REJECTING_ADDRESS = "901 mears", "600 montgomery"
REASON = "The roof cannot be seen on any image of the site."
HIDDEN = ("wish",)


@design_requests.post(ROOT)
@guard("design_requests.create")
def create_request(tenant: str) -> Response:
    world, sent = this_world(), read_wrapped("design_request")
    project = world.aurora.find("projects", sent.get("project_id"))
    if project is None:
        raise AuroraRefusal(422, "project_id must be a project of this tenant.")
    row = keep_request(world, project, sent)
    announce(world, [_tell("design_request_created", project, row)])
    _schedule_outcome(world, project, row)
    return answer_json({"design_request": describe_request(row)}, 201)


@design_requests.get(f"{ROOT}/<key>")
@guard("design_requests.fetch")
def fetch_request(tenant: str, key: str) -> Response:
    return answer_json({"design_request": describe_request(find_row("design_requests", key))})


@design_requests.post(f"{ROOT}/<key>/accept")
@guard("design_requests.accept")
def accept_request(tenant: str, key: str) -> Response:
    """Creates the design and fills its id in."""
    world, row = this_world(), find_row("design_requests", key)
    with world.aurora.lock:
        need_completed(row)
        project = find_row("projects", row["project_id"])
        design = keep_design(world, project, row["wish"])
        world.aurora.change(row, {"status": ACCEPTED, "design_id": design["id"]})
    world.ledger.write(
        "design_request_accepted", vendor="aurora", design_request_id=key, design_id=design["id"], **_name(project)
    )
    announce(world, [Happening("design_created", project, {"DESIGN_ID": design["id"]})])
    return answer_json({"design_request": describe_request(row)})


def need_completed(row: Row) -> None:
    """Aurora docs: only what is designer_completed is accepted, and once."""
    if row["status"] == ACCEPTED:
        raise AuroraRefusal(422, "The design request is already accepted.")
    if row["status"] != COMPLETED:
        raise AuroraRefusal(422, f"A design request that is {row['status']} cannot be accepted.")


def keep_request(world: World, project: Row, sent: dict[str, Any]) -> Row:
    values = {"project_id": project["id"], "design_id": None, "status": SUBMITTED, "rejection_reason": None}
    row = world.aurora.keep("design_requests", {**values, "created_at": write_now(), "wish": {}})
    world.ledger.write(
        "design_request_created", vendor="aurora", design_request_id=row["id"], **_name(project), fields=sent
    )
    return row


def complete_request(world: World, project: Row, row: Row, wish: dict[str, Any]) -> list[Happening]:
    """The designers are done; `wish` are the numbers of the design that accepting will create."""
    world.aurora.change(row, {"status": COMPLETED, "wish": wish})
    return [_tell("design_request_completed", project, row)]


def reject_request(world: World, project: Row, row: Row, reason: str) -> list[Happening]:
    world.aurora.change(row, {"status": REJECTED, "rejection_reason": reason or REASON})
    return [_tell("design_request_rejected", project, row)]


def describe_request(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in HIDDEN}


def _schedule_outcome(world: World, project: Row, row: Row) -> None:
    """Aurora docs: two addresses end by themselves, so that integrations can be tried."""
    address = str(project["property_address"] or "").lower()
    if REJECTING_ADDRESS in address:
        later(world, row, partial(reject_request, world, project, row, ""))
    elif COMPLETING_ADDRESS in address or world.options.aurora_auto_complete:
        later(world, row, partial(complete_request, world, project, row, {}))


def _tell(event: str, project: Row, row: Row) -> Happening:
    return Happening(event, project, {"DESIGN_REQUEST_ID": row["id"], "STATUS": row["status"]})


def _name(project: Row) -> Row:
    return {"project_id": project["id"], "identifier": project["external_provider_id"]}
