"""Twilio's webhooks: verify, record, ring, answer."""

from urllib.parse import quote, urlsplit

from flask import Blueprint, Request, Response, abort, request
from sqlalchemy import Engine

from bot.failpoints import reach
from bot.inbox import record
from bot.settings import Settings
from bot.statuses import record_status
from bot.wake import Doorbell
from bot.web.auth import authenticated_by
from bot.web.limits import RateLimit
from integrations.twilio.statuses import has_failed, rank_status
from integrations.twilio.webhook import parse, parse_status, verify

EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def make_webhooks(settings: Settings, engine: Engine, bell: Doorbell, limit: RateLimit) -> Blueprint:
    """The routes under /webhooks/twilio."""
    webhooks = Blueprint("twilio", __name__, url_prefix="/webhooks/twilio")

    def require_signature() -> None:
        """Signed and forged requests have limits of their own: behind a proxy both come from one source."""
        path, query = read_raw_target(request)
        signature = request.headers.get("X-Twilio-Signature", "")
        signed = verify(settings.twilio_auth_token, settings.public_url, path, query, request.form, signature)
        if not limit.allows(f"{signed}:{request.remote_addr}"):
            abort(429)
        if not signed:
            abort(403, "The signature does not fit.")

    @webhooks.post("/message")
    @authenticated_by("twilio-signature")
    def receive_message() -> Response:
        require_signature()
        try:
            message = parse(request.form)
        except ValueError as error:
            abort(400, str(error))
        if record(engine, message):
            bell.ring("turns")
            reach("webhook.after_ring")
        return answer_twilio()

    @webhooks.post("/status")
    @authenticated_by("twilio-signature")
    def receive_status() -> Response:
        require_signature()
        try:
            update = parse_status(request.form, request.args.get("m", ""))
        except ValueError as error:
            abort(400, str(error))
        failed = has_failed(update.status)
        record_status(engine, update, rank_status(update.status), failed)
        if failed:
            bell.ring("sends")
        reach("status.after_ring")
        return answer_twilio()

    return webhooks


def answer_twilio() -> Response:
    return Response(EMPTY_TWIML, content_type="text/xml; charset=utf-8")


def read_raw_target(received: Request) -> tuple[str, str]:
    """(path, query) as they stood on the request line, still percent-encoded."""
    target = received.environ.get("RAW_URI") or received.environ.get("REQUEST_URI") or ""
    if target.startswith("/"):
        path, _, query = target.partition("?")
        return path, query
    if target:
        parts = urlsplit(target)
        return parts.path, parts.query
    return quote(received.path), received.query_string.decode("latin-1")
