"""The typing indicator, which also marks the homeowner's message as read."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.twilio.access import guard, this_world
from tools.sandbox.twilio.answers import Refusal

typing_api = Blueprint("twilio_typing", __name__)
SHOWN_SECONDS = 25


@typing_api.post("/v2/Indicators/Typing.json")
@guard("typing")
def show_typing() -> Response:
    world = this_world()
    wish = request.form or request.get_json(silent=True) or {}
    if wish.get("channel") != "whatsapp":
        raise Refusal(20001, "Invalid parameter: channel must be whatsapp")
    message = world.store.find_message(str(wish.get("messageId") or ""))
    if message is None or not message.inbound:
        raise Refusal(20404, "messageId is not an inbound message", 404)
    homeowner = world.store.find_homeowner(message.sender)
    homeowner.typing_until = world.clock.now() + timedelta(seconds=SHOWN_SECONDS)
    message.shape["seen"] = True
    world.store.touch()
    world.ledger.write("typing_shown", sid=message.sid, to=message.sender)
    return jsonify(success=True)
