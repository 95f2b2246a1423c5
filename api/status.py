"""How the vendors stand: on or off, what is synced, what came in, the last call."""

from typing import Any

from flask import Blueprint, Response, jsonify
from sqlalchemy import Connection

from api.parts import ApiParts
from bot.api_keys import Caller
from bot.settings import Settings
from bot.vendor_states import explain_vendor_off
from db.api_project_rows import count_events, count_syncs, find_last_call

VENDORS = {"opensolar": "OpenSolar", "aurora": "Aurora", "leap": "Leap"}
SYNC_STATUSES = ("pending", "synced", "sync_failed", "updated")
EVENT_STATUSES = ("received", "processing", "processed", "failed", "ignored")


def make_status(parts: ApiParts) -> Blueprint:
    """The route /api/v1/status."""
    status = Blueprint("api_status", __name__, url_prefix="/api/v1")

    @status.get("/status")
    @parts.door.opens_for("status")
    def show_status(caller: Caller) -> Response:
        with parts.connect() as connection:
            return jsonify(market=parts.settings.market, vendors=describe_vendors(parts.settings, connection))

    return status


def describe_vendors(settings: Settings, connection: Connection) -> dict[str, Any]:
    """Each vendor's {"on", "reason", "projects", "webhooks", "last_call"}."""
    syncs, events = count_syncs(connection), count_events(connection)
    described = {}
    for vendor, name in VENDORS.items():
        reason = explain_vendor_off(settings, name)
        described[vendor] = {
            "on": reason is None,
            "reason": reason,
            "last_call": _describe_call(find_last_call(connection, vendor)),
        }
        if vendor != "leap":
            found_syncs, found_events = syncs.get(vendor, {}), events.get(vendor, {})
            described[vendor]["projects"] = {each: found_syncs.get(each, 0) for each in SYNC_STATUSES}
            described[vendor]["webhooks"] = {each: found_events.get(each, 0) for each in EVENT_STATUSES}
    return described


def _describe_call(call: Any) -> dict[str, Any] | None:
    if call is None:
        return None
    return {
        "at": call.started_at.isoformat(),
        "status": call.status,
        "http_status": call.http_status or None,
        "error": call.error or None,
    }
