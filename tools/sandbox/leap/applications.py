"""Applications for incentives, under /leap/applications, with the key in x-api-key."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.gate import this_world
from tools.sandbox.leap.access import LeapRefusal, guard, require_api_key, this_book
from tools.sandbox.leap.answers import describe_application
from tools.sandbox.leap.customers import move_application
from tools.sandbox.leap.records import STATUSES, Application
from tools.sandbox.leap.rules import read_body

leap_applications = Blueprint("leap_applications", __name__, url_prefix="/leap/applications")


@leap_applications.get("")
@guard("leap.applications", require_api_key)
def list_applications() -> Response:
    """Oldest first; `reference_id` and `status` narrow the list."""
    status = request.args.get("status", "")
    found = this_book().list_applications(request.args.get("reference_id", ""))
    clock = this_world().clock
    return jsonify(applications=[describe_application(one, clock) for one in found if status in ("", one.status)])


@leap_applications.get("/<application_id>")
@guard("leap.applications", require_api_key)
def show_application(application_id: str) -> Response:
    return jsonify(describe_application(_find(application_id), this_world().clock))


@leap_applications.patch("/<application_id>")
@guard("leap.applications", require_api_key)
def change_application(application_id: str) -> Response:
    application, status = _find(application_id), read_body().get("status")
    if status not in STATUSES:
        raise LeapRefusal(400, "INVALID_REQUEST", f"status must be one of {', '.join(STATUSES)}")
    move_application(application, str(status))
    return jsonify(describe_application(application, this_world().clock))


def _find(application_id: str) -> Application:
    application = this_book().applications.get(application_id)
    if application is None:
        raise LeapRefusal(404, "APPLICATION_NOT_FOUND", "There is no such application")
    return application
