"""The vendor's own books on webhooks: what waits to be sent, and what was tried."""

from __future__ import annotations

from flask import Blueprint, Response, request

from tools.sandbox.courier import Attempt
from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.access import guard
from tools.sandbox.opensolar.answers import answer_json, cut_page
from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World

logs = Blueprint("opensolar_logs", __name__)
ROOT = "/opensolar/api/orgs/<org>"
NAMES = ("model", "model_id", "identifier", "event", "event_id")


def queue_delivery(world: World, hook: Row, body: Row) -> Row:
    return world.opensolar.add("queue", lambda number: _describe_delivery(number, hook, body))


def drop_queued(world: World, queued: Row) -> None:
    world.opensolar.remove("queue", queued["id"])


def log_attempt(world: World, hook: Row, body: Row, number: int, attempt: Attempt | None) -> None:
    """`attempt` is None when the delivery got lost on its way."""
    told = {
        "attempt": number,
        "endpoint": hook["endpoint"],
        "response_status": attempt.status if attempt else None,
        "error": (attempt.failure if attempt else "timeout") or "",
        "payload": body,
    }
    world.opensolar.add("logs", lambda key: {**_describe_delivery(key, hook, body), **told})


@logs.get(f"{ROOT}/webhook_queue_models/", strict_slashes=False)
@guard("webhook_queue.list")
def list_queue(org: str) -> Response:
    return answer_json(cut_page(this_world().opensolar.newest_first("queue")))


@logs.get(f"{ROOT}/webhook_process_logs/", strict_slashes=False)
@guard("webhook_logs.list")
def list_logs(org: str) -> Response:
    """Newest first; `search` occurs in what was sent."""
    wanted = request.args.get("search", "").lower()
    rows = this_world().opensolar.newest_first("logs")
    return answer_json(cut_page([row for row in rows if wanted in str(row).lower()] if wanted else rows))


def _describe_delivery(number: int, hook: Row, body: Row) -> Row:
    told = {name: body[name] for name in NAMES}
    return {"id": number, "webhook_id": hook["id"], **told, "created_date": write_now()}
