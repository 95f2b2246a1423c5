"""The levers of the simulated OpenSolar, under /sandbox/opensolar."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.changes import announce
from tools.sandbox.opensolar.describing import api_base, describe_project, describe_system, describe_webhook
from tools.sandbox.opensolar.documents_dialect import pack_documents
from tools.sandbox.opensolar.moves import MOVES
from tools.sandbox.opensolar.store import STAGES
from tools.sandbox.opensolar.webhooks import register_app
from tools.sandbox.parcels import dispatch, read_manner
from tools.sandbox.tables import Row
from tools.sandbox.world import World

levers = Blueprint("opensolar_levers", __name__, url_prefix="/sandbox/opensolar")
STAGE_TITLES = {number: title for number, title, _ in STAGES}


@levers.get("/projects")
def list_projects() -> Response:
    """Newest first; `version` grows with each change."""
    world = this_world()
    rows = [describe_for_staff(world, row) for row in world.opensolar.newest_first("projects")]
    return jsonify(version=world.opensolar.version, wallet=world.options.opensolar_wallet, projects=rows)


@levers.get("/projects/<name>")
def show_project(name: str) -> Response | tuple[Response, int]:
    world = this_world()
    row = world.opensolar.find_by_name(name)
    return jsonify(project=describe_for_staff(world, row)) if row else _refuse("There is no such project.", 404)


@levers.post("/projects/<name>/<move>")
def move_project(name: str, move: str) -> Response | tuple[Response, int]:
    """`name` is an id or our identifier. Answers the project and how many webhooks are under way."""
    world = this_world()
    row, act = world.opensolar.find_by_name(name), MOVES.get(move)
    if row is None or act is None:
        return _refuse("There is no such project." if act else f"A move is one of {', '.join(MOVES)}.", 404)
    wish: dict[str, Any] = request.get_json(silent=True) or {}
    manner = read_manner(wish)
    with world.opensolar.lock:
        changes = act(world, row, wish)
    world.ledger.write(
        "project_moved", vendor="opensolar", project_id=row["id"], identifier=row["identifier"], move=move, wish=wish
    )
    sent = dispatch(world, pack_documents(world, row, move), manner) if manner.documents else None
    if sent is None:
        sent = announce(world, changes, manner)
    world.store.touch()
    return jsonify(project=describe_for_staff(world, row), webhooks=sent)


@levers.post("/register")
def register_product() -> Response:
    """The product's address becomes a webhook, once."""
    world = this_world()
    return jsonify(webhook=describe_webhook(world, register_app(world), api_base(world)))


@levers.errorhandler(ValueError)
def explain_invalid(error: Exception) -> tuple[Response, int]:
    """MoveInvalid, MannerInvalid, or a number that is none."""
    return _refuse(str(error), 400)


def describe_for_staff(world: World, row: Row) -> Row:
    """The project as staff see it: with its stage in words, its contacts and its designs in full."""
    contacts = [contact for number in row["contact_ids"] if (contact := world.opensolar.find("contacts", number))]
    designs = [describe_system(system) for system in world.opensolar.select("systems", project_id=row["id"])]
    return {
        **describe_project(world, row, api_base(world)),
        "stage_title": STAGE_TITLES[row["stage_id"]],
        "contacts_data": contacts,
        "systems_data": designs,
    }


def _refuse(complaint: str, status: int) -> tuple[Response, int]:
    return jsonify(error=complaint), status
