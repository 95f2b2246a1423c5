"""Projects: list, create, fetch, change, delete."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from tools.sandbox.gate import hide_young, this_world
from tools.sandbox.opensolar.access import find_own, guard, read_body
from tools.sandbox.opensolar.answers import answer_json, cut_page, read_link, refuse
from tools.sandbox.opensolar.changes import Change, announce
from tools.sandbox.opensolar.contacts import keep_contact
from tools.sandbox.opensolar.describing import GIVEN, api_base, describe_listed, describe_project
from tools.sandbox.opensolar.rules import PROJECT_RULES, Write, check_write
from tools.sandbox.opensolar.staging import move_stage
from tools.sandbox.opensolar.store import STAGES
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

projects = Blueprint("opensolar_projects", __name__)
ROOT = "/opensolar/api/orgs/<org>/projects/"
WALLET_EMPTY = "Your API wallet is empty. Top it up to create projects."


@projects.get(ROOT, strict_slashes=False)
@guard("projects.list", throttle="projects.read")
def list_projects(org: str) -> Response:
    """A bare array, newest first."""
    world = this_world()
    rows = hide_young("opensolar.projects.list", world.opensolar.newest_first("projects"), "created_date")
    return answer_json([describe_listed(world, row, api_base(world)) for row in cut_page(rows)])


@projects.post(ROOT, strict_slashes=False)
@guard("projects.create", throttle="projects.write")
def create_project(org: str) -> Response:
    world, body = this_world(), read_body()
    need_wallet(world)
    check_write(PROJECT_RULES, Write(body, world.opensolar))
    row, changes = keep_project(world, body)
    announce(world, changes)
    return answer_json(describe_project(world, row, api_base(world)), 201)


@projects.get(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("projects.fetch", throttle="projects.read")
def fetch_project(org: str, number: int) -> Response:
    world = this_world()
    return answer_json(describe_project(world, find_own(world, "projects", number), api_base(world)))


@projects.route(f"{ROOT}<int:number>/", methods=["PATCH", "PUT"], strict_slashes=False)
@guard("projects.update", throttle="projects.write")
def update_project(org: str, number: int) -> Response:
    world, body = this_world(), read_body()
    row = find_own(world, "projects", number)
    check_write(PROJECT_RULES, Write(body, world.opensolar, number))
    announce(world, change_project(world, row, body))
    return answer_json(describe_project(world, row, api_base(world)))


@projects.delete(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("projects.delete", throttle="projects.write")
def delete_project(org: str, number: int) -> Response:
    world = this_world()
    row = find_own(world, "projects", number)
    world.opensolar.remove("projects", number)
    world.ledger.write("project_deleted", vendor="opensolar", project_id=number, identifier=row["identifier"])
    announce(world, [Change("Project", row, "DELETE")])
    return Response(status=204)


def need_wallet(world: World) -> None:
    """OpenSolar docs: an empty wallet blocks project creation and nothing else."""
    if world.options.opensolar_wallet <= 0:
        raise refuse(402, WALLET_EMPTY)


def keep_project(world: World, body: dict[str, Any]) -> tuple[Row, list[Change]]:
    """Charge the wallet for a new project; its row, and what happened."""
    with world.opensolar.lock:
        world.options.opensolar_wallet -= 1
        added = [keep_contact(world, contact) for contact in body.get("contacts_new") or ()]
        linked = [read_link(link, "contacts") for link in body.get("contacts") or ()]
        ids = [*linked, *(row["id"] for row in added)]
        row = world.opensolar.add("projects", lambda number: _make_row(number, body, ids))
    world.ledger.write(
        "project_created",
        vendor="opensolar",
        project_id=row["id"],
        identifier=row["identifier"],
        contact_ids=ids,
        wallet=world.options.opensolar_wallet,
        fields=body,
    )
    return row, [*(Change("Contact", contact, "CREATE") for contact in added), Change("Project", row, "CREATE")]


def change_project(world: World, row: Row, body: dict[str, Any]) -> list[Change]:
    """Write what may be written; what happened."""
    added = [keep_contact(world, contact) for contact in body.get("contacts_new") or ()]
    values = {name: read_given(name, body[name]) for name in GIVEN if name in body}
    if "usage" in body:
        values["usage"] = body["usage"]
    ids = [read_link(link, "contacts") for link in body["contacts"]] if "contacts" in body else row["contact_ids"]
    values["contact_ids"] = [*ids, *(contact["id"] for contact in added)]
    changes = [Change("Contact", contact, "CREATE") for contact in added]
    changed = world.opensolar.change(row, values)
    if changed:
        world.opensolar.change(row, {"modified_date": write_now()})
        changes.append(Change("Project", row, "UPDATE", _name_shown(changed)))
    if isinstance(body.get("workflow"), dict):
        changes += move_stage(world, row, body["workflow"]["active_stage_id"])
    world.ledger.write(
        "project_updated",
        vendor="opensolar",
        project_id=row["id"],
        identifier=row["identifier"],
        changed=sorted(changed),
        fields=body,
    )
    return changes


def read_given(name: str, value: Any) -> Any:
    """A value as OpenSolar keeps it: coordinates as numbers."""
    if name in ("lat", "lon"):
        return float(value) if value not in (None, "") else None
    return value


def _name_shown(changed: frozenset[str]) -> frozenset[str]:
    return frozenset("contacts" if name == "contact_ids" else name for name in changed)


def _make_row(number: int, body: dict[str, Any], contact_ids: list[int | None]) -> Row:
    now = write_now()
    return {
        **{name: read_given(name, body.get(name)) for name in GIVEN},
        "id": number,
        "title": body.get("title") or body.get("address"),
        "contact_ids": contact_ids,
        "usage": None,
        "share_link": None,
        "proposal_ready": False,
        "stage_id": STAGES[0][0],
        "contract_date": None,
        "sold_date": None,
        "system_sold": None,
        "project_sold": False,
        "project_installed": False,
        "created_date": now,
        "modified_date": now,
    }
