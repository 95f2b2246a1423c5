"""Webhook subscriptions: an event and the URL template that it GETs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from tools.sandbox.aurora.access import find_row, guard, read_wrapped
from tools.sandbox.aurora.answers import AuroraRefusal, answer_json
from tools.sandbox.aurora.events import EVENTS
from tools.sandbox.aurora.rules import WEBHOOK_RULES, check_sent
from tools.sandbox.gate import this_world
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

webhooks = Blueprint("aurora_webhooks", __name__)
ROOT = "/aurora/tenants/<tenant>/webhooks"
FIELDS = ("description", "event", "enabled", "url_template", "headers")
APP_PATH = "/webhooks/aurora"


@webhooks.get(ROOT)
@guard("webhooks.list")
def list_webhooks(tenant: str) -> Response:
    return answer_json({"webhooks": [describe_webhook(row) for row in this_world().aurora.newest_first("webhooks")]})


@webhooks.post(ROOT)
@guard("webhooks.create")
def create_webhook(tenant: str) -> Response:
    world, sent = this_world(), read_wrapped("webhook")
    check_sent(WEBHOOK_RULES, sent)
    check_headers(sent)
    return answer_json({"webhook": describe_webhook(keep_webhook(world, sent))}, 201)


@webhooks.get(f"{ROOT}/<key>")
@guard("webhooks.fetch")
def fetch_webhook(tenant: str, key: str) -> Response:
    return answer_json({"webhook": describe_webhook(find_row("webhooks", key))})


@webhooks.route(f"{ROOT}/<key>", methods=["PUT", "PATCH"])
@guard("webhooks.update")
def update_webhook(tenant: str, key: str) -> Response:
    world, row, sent = this_world(), find_row("webhooks", key), read_wrapped("webhook")
    check_sent(WEBHOOK_RULES, {**row, **sent})
    check_headers(sent)
    world.aurora.change(row, {name: sent[name] for name in FIELDS if name in sent})
    return answer_json({"webhook": describe_webhook(row)})


@webhooks.delete(f"{ROOT}/<key>")
@guard("webhooks.delete")
def delete_webhook(tenant: str, key: str) -> Response:
    find_row("webhooks", key)
    this_world().aurora.remove("webhooks", key)
    return Response(status=204)


def keep_webhook(world: World, sent: dict[str, Any]) -> Row:
    made = {"description": "", "enabled": True, "headers": None, **sent}
    values = {name: made[name] for name in FIELDS}
    row = world.aurora.keep("webhooks", {**values, "failing_since": None, "created_at": write_now()})
    world.ledger.write(
        "webhook_registered", vendor="aurora", webhook_id=row["id"], event=row["event"], url=row["url_template"]
    )
    return row


def register_app(world: World) -> list[Row]:
    """The product's own address for every event, as if it had registered itself; once only."""
    return [_register_event(world, event, names) for event, names in EVENTS.items()]


def check_headers(sent: dict[str, Any]) -> None:
    """Our choice of names and texts, or none: then the one that was set on the dashboard."""
    given = sent.get("headers")
    if given is None:
        return
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise AuroraRefusal(422, "headers must be an object of texts.")


def describe_webhook(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("headers", "failing_since")}


def _register_event(world: World, event: str, names: tuple[str, ...]) -> Row:
    query = "&".join(f"{name.lower()}=<{name}>" for name in names)
    url = f"{world.options.app_url.rstrip('/')}{APP_PATH}/{event}?{query}"
    known = next(world.aurora.select("webhooks", url_template=url, enabled=True), None)
    return known or keep_webhook(world, {"description": event, "event": event, "url_template": url})
