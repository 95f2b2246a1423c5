"""Projects: create, search, fetch, change."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from tools.sandbox.aurora.access import find_row, guard, read_wrapped
from tools.sandbox.aurora.answers import AuroraRefusal, answer_json, cut_page
from tools.sandbox.aurora.happenings import Happening, announce
from tools.sandbox.aurora.rules import PROJECT_RULES, check_location, check_sent
from tools.sandbox.gate import hide_young, this_world
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

projects = Blueprint("aurora_projects", __name__)
ROOT = "/aurora/tenants/<tenant>/projects"
GIVEN = (
    *("name", "external_provider_id", "customer_salutation", "customer_first_name", "customer_last_name"),
    *("customer_email", "customer_phone", "project_type"),
)
PLACE = ("property_address", "latitude", "longitude")
HIDDEN = ("consumption", "bills")


@projects.post(ROOT)
@guard("projects.create")
def create_project(tenant: str) -> Response:
    world, sent = this_world(), read_wrapped("project")
    check_sent(PROJECT_RULES, sent)
    complaint = check_location(sent, world.options.aurora_location)
    if complaint:
        raise AuroraRefusal(422, complaint)
    row = keep_project(world, sent)
    announce(world, [Happening("project_created", row, {"SOURCE": "api"})])
    return answer_json({"project": describe_project(world, row)}, 201)


@projects.get(ROOT)
@guard("projects.list")
def list_projects(tenant: str) -> Response:
    """`external_provider_id` filters, unless the option has this version ignore it."""
    world, wanted = this_world(), request.args.get("external_provider_id")
    rows = hide_young("aurora.projects.list", world.aurora.newest_first("projects"), "created_at")
    if wanted is not None and world.options.aurora_search:
        rows = [row for row in rows if row["external_provider_id"] == wanted]
    return answer_json({"projects": [describe_project(world, row) for row in cut_page(rows)]})


@projects.get(f"{ROOT}/<key>")
@guard("projects.fetch")
def fetch_project(tenant: str, key: str) -> Response:
    return answer_json({"project": describe_project(this_world(), find_row("projects", key))})


@projects.route(f"{ROOT}/<key>", methods=["PUT", "PATCH"])
@guard("projects.update")
def update_project(tenant: str, key: str) -> Response:
    world, row, sent = this_world(), find_row("projects", key), read_wrapped("project")
    check_sent(PROJECT_RULES, {**row, **sent})
    if "location" in sent or "address" in sent:
        complaint = check_location(sent, world.options.aurora_location)
        if complaint:
            raise AuroraRefusal(422, complaint)
    changed = world.aurora.change(row, read_values(sent, row))
    world.ledger.write("project_updated", vendor="aurora", **_name(row), changed=sorted(changed), fields=sent)
    if changed:
        announce(world, [Happening("project_changed", row, {"SOURCE": "api"})])
    return answer_json({"project": describe_project(world, row)})


def keep_project(world: World, sent: dict[str, Any]) -> Row:
    row = world.aurora.keep("projects", {**read_values(sent, {}), "created_at": write_now()})
    version = request.headers.get("Aurora-API-Version")
    world.ledger.write("project_created", vendor="aurora", **_name(row), api_version=version, fields=sent)
    return row


def read_values(sent: dict[str, Any], row: Row) -> Row:
    """What a project keeps of `sent`; the rest stays as it is in `row`."""
    fresh: Row = {"project_type": "residential", "status": "New", "milestone": None, "consumption": None, "bills": []}
    place = sent.get("location")
    if not isinstance(place, dict):
        flat = {"property_address": sent.get("address"), **{name: sent.get(name) for name in PLACE[1:]}}
        place = flat if "address" in sent else {}
    old = {name: row.get(name, fresh.get(name)) for name in (*GIVEN, *fresh)}
    kept = {name: place.get(name, row.get(name)) for name in PLACE}
    return {**old, **{name: sent[name] for name in GIVEN if name in sent}, **kept}


def describe_project(world: World, row: Row) -> Row:
    """As it was asked for: nested, or flat in older versions."""
    shown = {name: value for name, value in row.items() if name not in (*PLACE, *HIDDEN)}
    if world.options.aurora_location == "flat":
        return {**shown, "address": row["property_address"], **{name: row[name] for name in PLACE[1:]}}
    return {**shown, "location": {name: row[name] for name in PLACE}}


def _name(row: Row) -> Row:
    return {"project_id": row["id"], "identifier": row["external_provider_id"]}
