"""Projects at the vendors: sync one again, and the actions at Aurora that a design desk needs."""

import math
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify

from api.door import refuse
from api.parts import ApiParts, read_document, read_result, show_pending
from bot.api_keys import Caller
from bot.operations import Operation
from bot.vendor_states import explain_vendor_off
from bot.web.problems import problem
from db.api_project_rows import describe_place, find_project, list_places
from db.vendor_sync import ensure_link, keep_consumption

Answer = Response | tuple[Response, int]
DESIGN_KINDS = ("design_team", "auto_designer", "sales_mode")
MOUNTINGS = ("", "roof", "ground")
VENDORS = ("opensolar", "aurora")


class BadRequest(ValueError):
    """The message says what is wrong with the body."""


def make_projects(parts: ApiParts) -> Blueprint:
    """The routes under /api/v1/projects."""
    projects = Blueprint("api_projects", __name__, url_prefix="/api/v1/projects")

    @projects.post("/<int(max=9223372036854775807):project_id>/sync")
    @parts.door.opens_for("projects")
    def sync_project(caller: Caller, project_id: int) -> Answer:
        try:
            payload = read_sync(read_document({}))
        except ValueError as error:
            return problem(400, "Bad Request", str(error))
        with parts.connect() as connection:
            project = find_project(connection, project_id)
        if project is None:
            return problem(404, "Not Found", f"There is no project {project_id}.")
        operation = parts.carry_out(
            caller.key_id, "sync_project", {"is": "SyncProject", "project": project.number, **payload},
            project.conversation_id,
        )  # fmt: skip
        answer = show_sync(parts, project_id, operation)
        parts.log(caller.key_id, "sync", _status_of(answer), None, operation="sync")
        return answer

    @projects.get("/<int(max=9223372036854775807):project_id>")
    @parts.door.opens_for("projects")
    def show_project(caller: Caller, project_id: int) -> Answer:
        with parts.connect() as connection:
            project = find_project(connection, project_id)
            places = list_places(connection, project_id)
        if project is None:
            return problem(404, "Not Found", f"There is no project {project_id}.")
        vendors = {place.vendor: describe_place(place) for place in places}
        return jsonify(id=project_id, status=project.status, vendors=vendors)

    @projects.post("/<int(max=9223372036854775807):project_id>/aurora")
    @parts.door.opens_for("projects")
    def act_at_aurora(caller: Caller, project_id: int) -> Answer:
        answer = _act(parts, caller, project_id)
        parts.log(caller.key_id, "aurora", _status_of(answer), None, operation="aurora")
        return answer

    return projects


def read_sync(document: Any) -> dict[str, Any]:
    """{"force", "vendors"} of a request to sync; both may be missing."""
    if not isinstance(document, dict):
        raise BadRequest("The body must be a JSON object.")
    force = document.get("force", False)
    if not isinstance(force, bool):
        raise BadRequest("force must be true or false.")
    vendors = document.get("vendors")
    if vendors is None:
        return {"force": force}
    if not isinstance(vendors, list) or not vendors or not set(map(str, vendors)) <= set(VENDORS):
        raise BadRequest(f"vendors must be a list of {' and '.join(VENDORS)}.")
    return {"force": force, "vendors": vendors}


def show_sync(parts: ApiParts, project_id: int, operation: Operation) -> Answer:
    """200 with how every vendor stands, 202 while it goes on, 409 or 502 with the reason."""
    if not operation.is_over:
        return show_pending(operation)
    if operation.status != "done":
        status, title = (409, "Conflict") if operation.code == "vendor_off" else (502, "Bad Gateway")
        return problem(status, title, operation.error)
    with parts.connect() as connection:
        places = list_places(connection, project_id)
    return jsonify(project_id=project_id, vendors={place.vendor: describe_place(place) for place in places})


def _act(parts: ApiParts, caller: Caller, project_id: int) -> Answer:
    try:
        document = read_document()
    except ValueError as error:
        return refuse(400, str(error))
    action = document.get("action") if isinstance(document, dict) else None
    if not isinstance(action, str) or action not in ACTIONS:
        return refuse(400, "Unknown action")
    with parts.connect() as connection:
        project = find_project(connection, project_id)
    if project is None:
        return refuse(404, f"Project {project_id} not found")
    if reason := explain_vendor_off(parts.settings, "Aurora"):
        return refuse(503, reason)
    try:
        return ACTIONS[action](parts, caller, project, document)
    except BadRequest as error:
        return refuse(400, str(error))


def create_at_aurora(parts: ApiParts, caller: Caller, project: Any, document: dict[str, Any]) -> Answer:
    """{"aurora_project_id"}; the one that is there where there is one."""
    payload = {"is": "SyncProject", "project": project.number, "force": True, "vendors": ["aurora"]}
    operation = parts.carry_out(caller.key_id, "sync_project", payload, project.conversation_id)
    return _show(operation, lambda: {"aurora_project_id": _aurora_id(parts, project.id)})


def save_consumption(parts: ApiParts, caller: Caller, project: Any, document: dict[str, Any]) -> Answer:
    """Better figures than the homeowner's, kept with the project and sent to Aurora."""
    figures = read_consumption(document)
    with parts.engine.begin() as connection:
        link = ensure_link(connection, project.id, "aurora")
        keep_consumption(connection, link.id, figures)
    return create_at_aurora(parts, caller, project, document)


def submit_design_request(parts: ApiParts, caller: Caller, project: Any, document: dict[str, Any]) -> Answer:
    """{"design_request_id"}, or {"sales_mode_url"} for sales mode."""
    order = read_order(document)
    if not _aurora_id(parts, project.id):
        return refuse(409, "Aurora project must be created first")
    payload = {"is": "OrderDesign", "project": project.number, **order}
    operation = parts.carry_out(caller.key_id, "order_design", payload, project.conversation_id)
    return _show(operation, lambda: read_result(operation))


ACTIONS: dict[str, Callable[[ApiParts, Caller, Any, dict[str, Any]], Answer]] = {
    "create_project": create_at_aurora,
    "save_consumption": save_consumption,
    "submit_design_request": submit_design_request,
}


def read_consumption(document: dict[str, Any]) -> dict[str, Any]:
    """monthly_kwh (twelve from January, null for unknown), annual_kwh, monthly_bill, utility_company, utility_tariff:
    at least one figure."""
    figures: dict[str, Any] = {}
    monthly = document.get("monthly_kwh")
    if monthly is not None:
        if not isinstance(monthly, list) or len(monthly) != 12 or all(each is None for each in monthly):
            raise BadRequest("monthly_kwh must be twelve numbers from January, null for unknown")
        figures["monthly_kwh"] = [None if each is None else _read_number("monthly_kwh", each) for each in monthly]
    for name in ("annual_kwh", "monthly_bill"):
        if document.get(name) is not None:
            figures[name] = _read_number(name, document[name])
    if not figures:
        raise BadRequest("One of monthly_kwh, annual_kwh and monthly_bill is required")
    for name in ("utility_company", "utility_tariff"):
        if document.get(name) is not None:
            figures[name] = _read_text(name, document[name])
    return figures


def read_order(document: dict[str, Any]) -> dict[str, Any]:
    """Fields of OrderDesign but for the project."""
    kind = document.get("design_request_type", "design_team")
    if kind not in DESIGN_KINDS:
        raise BadRequest(f"design_request_type must be one of {', '.join(DESIGN_KINDS)}")
    mounting = document.get("mounting_type") or ""
    if mounting not in MOUNTINGS:
        raise BadRequest("mounting_type must be roof or ground")
    offset = document.get("target_offset")
    order = {"kind": kind, "mounting_type": mounting, "again": document.get("again") is True}
    order["target_offset"] = 105.0 if offset is None else _read_number("target_offset", offset)
    for name in ("roof_material", "notes", "preferred_module_id", "preferred_inverter_id"):
        order[name] = _read_text(name, document.get(name) or "")
    return order


def _read_number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise BadRequest(f"{name} must be a number of at least 0")
    return float(value)


def _read_text(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 2000:
        raise BadRequest(f"{name} must be text of at most 2000 characters")
    return value


def _show(operation: Operation, describe: Callable[[], dict[str, Any]]) -> Answer:
    if not operation.is_over:
        return show_pending(operation)
    if operation.status != "done":
        return refuse(502, operation.error or "It could not be done.")
    return jsonify(describe())


def _aurora_id(parts: ApiParts, project_id: int) -> str | None:
    with parts.connect() as connection:
        return next((each.external_id for each in list_places(connection, project_id) if each.vendor == "aurora"), None)


def _status_of(answer: Answer) -> int:
    return answer[1] if isinstance(answer, tuple) else answer.status_code
