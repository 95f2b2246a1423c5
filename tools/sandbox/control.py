"""The levers of the sandbox: homeowners, faults, clock, settings and the ledger, under /sandbox."""

from __future__ import annotations

import base64
import re
from typing import Any

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.aging import DatabaseUnreadable, age_database
from tools.sandbox.faults import KINDS, FaultInvalid
from tools.sandbox.options import CHANGEABLE, SettingInvalid, change_settings
from tools.sandbox.samples import SampleUnknown
from tools.sandbox.twilio.access import this_world
from tools.sandbox.twilio.delivery import mark_read
from tools.sandbox.twilio.gestures import GestureInvalid, read_gesture
from tools.sandbox.twilio.inbound import receive_message

control = Blueprint("sandbox_control", __name__, url_prefix="/sandbox")
COPIES_MAX = 50
INVALID = (FaultInvalid, SettingInvalid, GestureInvalid, SampleUnknown)


@control.get("/health")
def show_health() -> Response:
    return jsonify(status="ok", base_url=this_world().base_url)


@control.post("/homeowners")
def add_homeowner() -> Response | tuple[Response, int]:
    wish = _read_json()
    phone = re.sub(r"[\s().-]", "", str(wish.get("phone") or ""))
    if not re.fullmatch(r"\+[1-9]\d{6,14}", phone):
        return _refuse("phone must be written like +14155550123")
    homeowner = this_world().store.find_homeowner(phone, str(wish.get("name") or ""))
    for name in ("on_whatsapp", "opted_out", "auto_read"):
        if name in wish:
            setattr(homeowner, name, bool(wish[name]))
    this_world().store.touch()
    return jsonify(phone=homeowner.phone, name=homeowner.name), 201


@control.post("/homeowners/<phone>/messages")
def write_message(phone: str) -> tuple[Response, int]:
    """JSON, or multipart with `file` parts and the rest as form fields; `copies` webhooks go out side by side."""
    world = this_world()
    wish = _read_upload() if request.files else _read_json()
    copies = int(wish.get("copies", 1))
    if not 1 <= copies <= COPIES_MAX:
        return _refuse(f"copies lies in 1…{COPIES_MAX}")
    homeowner = world.store.find_homeowner(phone, str(wish.get("name") or ""))
    gesture = read_gesture(world, homeowner, wish)
    message = receive_message(
        world,
        homeowner,
        gesture.fields,
        media=gesture.media,
        shape=gesture.shape,
        replied_to=gesture.replied_to,
        copies=copies,
        wait=bool(wish.get("wait")),
    )
    return jsonify(sid=message.sid, acknowledged=message.acknowledged, attempts=message.attempts), 201


@control.post("/homeowners/<phone>/read")
def read_messages(phone: str) -> Response:
    return jsonify(read=mark_read(this_world(), phone))


@control.get("/faults")
def list_faults() -> Response:
    return jsonify(faults=this_world().faults.listing(), kinds=KINDS)


@control.post("/faults")
def add_fault() -> tuple[Response, int]:
    world = this_world()
    fault = world.faults.add(_read_json())
    world.store.touch()
    return jsonify(id=fault.id), 201


@control.delete("/faults")
@control.delete("/faults/<int:fault_id>")
def remove_faults(fault_id: int | None = None) -> Response:
    world = this_world()
    world.faults.remove(fault_id)
    world.store.touch()
    return Response(status=204)


@control.post("/clock")
def advance_clock() -> Response | tuple[Response, int]:
    world = this_world()
    try:
        seconds = float(_read_json().get("advance_seconds", ""))
    except (TypeError, ValueError):
        return _refuse("advance_seconds must be a number")
    world.clock.still.clear()
    try:
        aged = age_database(world.options.database_url, seconds)
        world.clock.advance(seconds)
    finally:
        world.clock.still.set()
    world.ledger.write("clock_advanced", seconds=seconds, database=aged)
    world.store.touch()
    return jsonify(advanced_seconds=world.clock.advanced.total_seconds(), database=aged)


@control.route("/settings", methods=["GET", "POST"])
def change_options() -> Response:
    options = this_world().options
    if request.method == "POST":
        change_settings(options, _read_json())
    current = {name: getattr(options, name) for name in CHANGEABLE}
    return jsonify(**current, webhook_url=options.webhook_url, sender=options.sender)


@control.get("/ledger")
def read_ledger() -> Response:
    lines = this_world().ledger.read_lines(request.args.get("after", 0, type=int))
    return Response("".join(line + "\n" for line in lines), mimetype="application/x-ndjson")


@control.errorhandler(DatabaseUnreadable)
def explain_database(error: Exception) -> tuple[Response, int]:
    return jsonify(error=str(error)), 503


def explain_invalid(error: Exception) -> tuple[Response, int]:
    return _refuse(str(error))


for _kind in INVALID:
    control.register_error_handler(_kind, explain_invalid)


def _read_json() -> dict[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _read_upload() -> dict[str, Any]:
    files = [
        {"content_type": part.mimetype, "name": part.filename, "base64": base64.b64encode(part.read()).decode()}
        for part in request.files.getlist("file")
    ]
    return {**request.form.to_dict(), "media": files}


def _refuse(complaint: str) -> tuple[Response, int]:
    return jsonify(error=complaint), 400
