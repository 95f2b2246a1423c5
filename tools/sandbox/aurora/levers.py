"""The levers of the simulated Aurora, under /sandbox/aurora."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.aurora.documents_dialect import pack_documents
from tools.sandbox.aurora.happenings import announce
from tools.sandbox.aurora.moves import MOVES
from tools.sandbox.aurora.projects import describe_project
from tools.sandbox.aurora.webhooks import describe_webhook, register_app
from tools.sandbox.gate import this_world
from tools.sandbox.parcels import dispatch, read_manner
from tools.sandbox.tables import Row
from tools.sandbox.world import World

levers = Blueprint("aurora_levers", __name__, url_prefix="/sandbox/aurora")
PARTS = ("design_requests", "designs", "agreements", "site_surveys", "plan_sets", "milestones")


@levers.get("/projects")
def list_projects() -> Response:
    """Newest first; `version` grows with each change."""
    world = this_world()
    rows = [describe_for_staff(world, row) for row in world.aurora.newest_first("projects")]
    return jsonify(version=world.aurora.version, projects=rows)


@levers.get("/projects/<name>")
def show_project(name: str) -> Response | tuple[Response, int]:
    world = this_world()
    row = world.aurora.find_by_name(name)
    return jsonify(project=describe_for_staff(world, row)) if row else _refuse("There is no such project.", 404)


@levers.post("/projects/<name>/<move>")
def move_project(name: str, move: str) -> Response | tuple[Response, int]:
    """`name` is an id or an `external_provider_id`. Answers the project and how many webhooks are under way."""
    world = this_world()
    row, act = world.aurora.find_by_name(name), MOVES.get(move)
    if row is None or act is None:
        return _refuse("There is no such project." if act else f"A move is one of {', '.join(MOVES)}.", 404)
    wish: dict[str, Any] = request.get_json(silent=True) or {}
    manner = read_manner(wish)
    with world.aurora.lock:
        happenings = act(world, row, wish)
    world.ledger.write(
        "project_moved",
        vendor="aurora",
        project_id=row["id"],
        identifier=row["external_provider_id"],
        move=move,
        wish=wish,
    )
    if manner.documents:
        sent = dispatch(world, pack_documents(world, happenings), manner)
    else:
        sent = announce(world, happenings, manner)
    world.store.touch()
    return jsonify(project=describe_for_staff(world, row), webhooks=sent)


@levers.post("/register")
def register_product() -> Response:
    """The product's address becomes a webhook for every event, once."""
    return jsonify(webhooks=[describe_webhook(row) for row in register_app(this_world())])


@levers.errorhandler(ValueError)
def explain_invalid(error: Exception) -> tuple[Response, int]:
    """MoveInvalid, MannerInvalid, or a number that is none."""
    return _refuse(str(error), 400)


def describe_for_staff(world: World, row: Row) -> Row:
    """The project with its consumption and everything that belongs to it."""
    parts = {table: list(world.aurora.select(table, project_id=row["id"])) for table in PARTS}
    return {**describe_project(world, row), "consumption": row["consumption"], **parts}


def _refuse(complaint: str, status: int) -> tuple[Response, int]:
    return jsonify(error=complaint), status
