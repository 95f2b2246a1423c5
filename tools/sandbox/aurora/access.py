"""Who may call the simulated Aurora, and how often."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, request

from tools.sandbox.aurora.answers import AuroraRefusal, answer_error
from tools.sandbox.gate import answer_busy, answer_with_faults, this_world
from tools.sandbox.tables import Row
from tools.sandbox.world import World

View = Callable[..., Any]
CALLS_PER_MINUTE = 90


def guard(endpoint: str) -> Callable[[View], View]:
    """Key, tenant and rate as documented, refusals as JSON, and the faults for that endpoint."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Response:
            def call() -> Response:
                wait = _count_call()
                return answer_busy(answer_error, wait, "Rate limit exceeded.") if wait else _call(view, arguments)

            try:
                need_key(this_world())
                need_tenant(this_world())
            except AuroraRefusal as refusal:
                return tell_refusal(refusal)
            return answer_with_faults(f"aurora.{endpoint}", call, answer_error)

        return guarded

    return wrap


def tell_refusal(refusal: AuroraRefusal) -> Response:
    this_world().ledger.write(
        "request_refused", vendor="aurora", path=request.path, status=refusal.status, body=refusal.message
    )
    return answer_error(refusal.status, refusal.message)


def need_key(world: World) -> None:
    """Aurora docs: a bearer key, `sk_` or `rk_`, for production or the sandbox."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    right = hmac.compare_digest(key.strip().encode(), world.options.aurora_key.encode())
    if scheme != "Bearer" or not right:
        raise AuroraRefusal(401, "The API key is missing or wrong.")


def need_tenant(world: World) -> None:
    """Aurora docs: everything is under `/tenants/{tenant_id}`."""
    if (request.view_args or {}).get("tenant") != world.options.aurora_tenant:
        raise AuroraRefusal(403, "This key does not belong to that tenant.")


def find_row(table: str, key: str) -> Row:
    row = this_world().aurora.find(table, key)
    if row is None:
        raise AuroraRefusal(404, "The requested object was not found.")
    return row


def read_wrapped(name: str) -> dict[str, Any]:
    """The object under `name` in the body: Aurora wraps what it takes."""
    body = request.get_json(silent=True)
    inner = body.get(name) if isinstance(body, dict) else None
    if not isinstance(inner, dict):
        raise AuroraRefusal(400, f"The body must be an object with {name}.")
    return inner


def _call(view: View, arguments: dict[str, Any]) -> Response:
    try:
        return make_response(view(**arguments))
    except AuroraRefusal as refusal:
        return tell_refusal(refusal)


def _count_call() -> float:
    world = this_world()
    return world.throttles.wait_for("aurora", ((CALLS_PER_MINUTE, world.options.aurora_minute),))
