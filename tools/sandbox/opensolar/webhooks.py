"""Webhook registrations: list, create, change; there is no DELETE."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response

from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.access import find_own, guard, read_body
from tools.sandbox.opensolar.answers import Refusal, answer_json, cut_page, refuse
from tools.sandbox.opensolar.describing import api_base, describe_webhook
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

webhooks = Blueprint("opensolar_webhooks", __name__)
ROOT = "/opensolar/api/orgs/<org>/webhooks/"
FIELDS = ("endpoint", "headers", "enabled", "debug", "trigger_fields", "payload_fields")
MODELS = ("project", "contact", "event", "quote", "quoteactivitylog")
APP_PATH = "/webhooks/opensolar"
TOKEN_HEADER = "X-Webhook-Token"  # nosec B105
USUAL_TRIGGERS = ("event.*", "project.*", "contact.*")
USUAL_PAYLOAD = ("project.id", "project.identifier", "project.modified_date", "event.*", "contact.id")


@webhooks.get(ROOT, strict_slashes=False)
@guard("webhooks.list")
def list_webhooks(org: str) -> Response:
    world = this_world()
    return answer_json(
        [describe_webhook(world, row, api_base(world)) for row in cut_page(world.opensolar.newest_first("webhooks"))]
    )


@webhooks.post(ROOT, strict_slashes=False)
@guard("webhooks.create")
def create_webhook(org: str) -> Response:
    world, body = this_world(), read_body()
    check_webhook(body, creating=True)
    return answer_json(describe_webhook(world, keep_webhook(world, body), api_base(world)), 201)


@webhooks.get(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("webhooks.fetch")
def fetch_webhook(org: str, number: int) -> Response:
    world = this_world()
    return answer_json(describe_webhook(world, find_own(world, "webhooks", number), api_base(world)))


@webhooks.patch(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("webhooks.update")
def update_webhook(org: str, number: int) -> Response:
    world, body = this_world(), read_body()
    row = find_own(world, "webhooks", number)
    check_webhook(body, creating=False)
    world.opensolar.change(row, {name: body[name] for name in FIELDS if name in body})
    return answer_json(describe_webhook(world, row, api_base(world)))


@webhooks.delete(f"{ROOT}<int:number>/", strict_slashes=False)
@guard("webhooks.delete")
def delete_webhook(org: str, number: int) -> Response:
    """OpenSolar docs: there is no DELETE; `enabled: false` ends it."""
    raise refuse(405, 'Method "DELETE" not allowed.')


def keep_webhook(world: World, body: dict[str, Any]) -> Row:
    made = {"headers": "{}", "enabled": True, "debug": False, "payload_fields": [], **body}
    values = {name: made[name] for name in FIELDS}
    row = world.opensolar.add("webhooks", lambda number: {"id": number, **values, "created_date": write_now()})
    world.ledger.write("webhook_registered", vendor="opensolar", webhook_id=row["id"], url=row["endpoint"])
    return row


def register_app(world: World) -> Row:
    """The product's own address, as if it had registered itself; once only."""
    endpoint = world.options.app_url.rstrip("/") + APP_PATH
    known = next(world.opensolar.select("webhooks", endpoint=endpoint, enabled=True), None)
    headers = json.dumps({TOKEN_HEADER: world.options.opensolar_secret})
    wish = {"endpoint": endpoint, "headers": headers}
    lists = {"trigger_fields": list(USUAL_TRIGGERS), "payload_fields": list(USUAL_PAYLOAD)}
    return known or keep_webhook(world, {**wish, **lists})


def check_webhook(body: dict[str, Any], creating: bool) -> None:
    """Raises Refusal 400."""
    errors: dict[str, list[str]] = {}
    if creating or "endpoint" in body:
        errors |= check_endpoint(body)
    if "headers" in body:
        errors |= check_headers(body)
    if creating or "trigger_fields" in body:
        errors |= check_names(body, "trigger_fields")
    if "payload_fields" in body:
        errors |= check_names(body, "payload_fields")
    if errors:
        raise Refusal(400, dict(errors))


def check_endpoint(body: dict[str, Any]) -> dict[str, list[str]]:
    given = body.get("endpoint")
    if not given:
        return {"endpoint": ["This field is required."]}
    parts = urlsplit(given) if isinstance(given, str) else None
    return {} if parts and parts.scheme in ("http", "https") and parts.netloc else {"endpoint": ["Enter a valid URL."]}


def check_headers(body: dict[str, Any]) -> dict[str, list[str]]:
    """OpenSolar docs: `headers` is a JSON string."""
    if not isinstance(body["headers"], str):
        return {"headers": ["Not a valid string."]}
    try:
        right = isinstance(json.loads(body["headers"] or "{}"), dict)
    except ValueError:
        right = False
    return {} if right else {"headers": ["Value must be valid JSON."]}


def check_names(body: dict[str, Any], name: str) -> dict[str, list[str]]:
    """A list of `model.field`, of models that are known."""
    given = body.get(name)
    if given is None:
        return {name: ["This field is required."]}
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        return {name: ["Expected a list of strings."]}
    strange = [item for item in given if item.split(".")[0] not in MODELS or "." not in item]
    return {name: [f'"{strange[0]}" is not a valid choice.']} if strange else {}
