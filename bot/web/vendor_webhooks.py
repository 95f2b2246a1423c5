"""The webhooks of OpenSolar and Aurora: verify, validate, record, ring, answer."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy import Engine

from bot.failpoints import reach
from bot.settings import Settings
from bot.vendor_inbox import read_body, record_webhook
from bot.wake import Doorbell
from bot.web.auth import authenticated_by
from bot.web.limits import RateLimit
from integrations.aurora import webhook as aurora
from integrations.opensolar import webhook as opensolar
from integrations.vendor import Hint

BODY_BYTES = 512 * 1024  # a webhook that was registered without a list of fields brings whole objects
OFF = "OPENSOLAR_WEBHOOK_ENABLED is false"


@dataclass(frozen=True)
class Reception:
    """What both vendors' webhooks are taken in with."""

    settings: Settings
    engine: Engine
    bell: Doorbell
    limit: RateLimit

    def require_room(self, vendor: str, verified: bool) -> None:
        """Verified and forged requests have limits of their own: behind a proxy both come from one source."""
        if not self.limit.allows(f"{vendor}:{verified}:{request.remote_addr}"):
            abort(429)

    def keep(self, vendor: str, hint: Hint, payload: Any, ignored: str = "") -> Response:
        if record_webhook(self.engine, vendor, hint, payload, dict(request.headers), ignored) and not (
            ignored or hint.ignored
        ):
            self.bell.ring("vendors")
            reach("vendor_webhook.after_ring")
        return jsonify(received=True)


def make_vendor_webhooks(settings: Settings, engine: Engine, bell: Doorbell, limit: RateLimit) -> Blueprint:
    """The routes /webhooks/opensolar and /webhooks/aurora/<event>."""
    webhooks = Blueprint("vendors", __name__, url_prefix="/webhooks")
    reception = Reception(settings, engine, bell, limit)

    @webhooks.post("/opensolar")
    @authenticated_by("opensolar-token")
    def receive_opensolar() -> Response:
        return take_opensolar(reception)

    @webhooks.get("/aurora/<event>")
    @authenticated_by("aurora-token")
    def receive_aurora(event: str) -> Response:
        return take_aurora(reception, event)

    return webhooks


def take_opensolar(reception: Reception) -> Response:
    """OpenSolar's own deliveries and the documents' events, the latter with or without a signature."""
    request.max_content_length = BODY_BYTES
    body, settings = request.get_data(), reception.settings
    proof = opensolar.verify(settings.opensolar_webhook_secret, dict(request.headers), body)
    reception.require_room("opensolar", bool(proof))
    if not proof:
        abort(401, f"Neither {opensolar.TOKEN_HEADER} nor {opensolar.SIGNATURE_HEADER} fits.")
    try:
        hint, payload = opensolar.parse(body, proof), read_body(body)
    except ValueError as error:
        abort(400, str(error)[:300])
    return reception.keep("opensolar", hint, payload, "" if settings.opensolar_webhook_enabled else OFF)


def take_aurora(reception: Reception, event: str) -> Response:
    """Errors are worded as Aurora's integration documents word them."""
    token = request.headers.get(aurora.TOKEN_HEADER, "")
    verified = aurora.verify(reception.settings.aurora_webhook_secret, token)
    reception.require_room("aurora", verified)
    if not verified:
        return refuse(401, "Unauthorized")
    query = request.args.to_dict()
    try:
        hint = aurora.parse(event, query)
    except ValueError:
        return refuse(400, "Missing or invalid params")
    return reception.keep("aurora", hint, {"event": event, "query": query})


def refuse(status: int, error: str) -> Response:
    answer = jsonify(error=error)
    answer.status_code = status
    return answer
