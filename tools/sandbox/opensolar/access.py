"""Who may call the simulated OpenSolar, how often, and what is refused before a resource is reached."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from flask import Response, make_response, request

from tools.sandbox.gate import answer_busy, answer_with_faults, this_world
from tools.sandbox.opensolar.answers import FORBIDDEN, MISSING, Refusal, answer_detail, answer_json, refuse
from tools.sandbox.tables import Row, read_moment
from tools.sandbox.world import World

View = Callable[..., Any]
# (calls, minutes), for each user and organisation
LIMITS = {
    "projects.write": ((10, 1), (10_000, 1440)),
    "projects.read": ((100, 1),),
    "systems.read": ((60, 1),),
    "files": ((1_000, 60),),
}


def guard(endpoint: str, throttle: str = "") -> Callable[[View], View]:
    """Slash, token, organisation and throttle as documented, refusals as JSON, and the faults for that endpoint."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Response:
            def call() -> Response:
                wait = _count_call(throttle)
                if wait:
                    words = f"Request was throttled. Expected available in {max(1, round(wait))} seconds."
                    return answer_busy(answer_detail, wait, words)
                return make_response(view(**arguments))

            return _answer(lambda: answer_with_faults(f"opensolar.{endpoint}", call, answer_detail))

        return guarded

    return wrap


def _answer(call: Callable[[], Response]) -> Response:
    try:
        _check_access()
        return call()
    except Refusal as refusal:
        this_world().ledger.write(
            "request_refused", vendor="opensolar", path=request.path, status=refusal.status, body=refusal.body
        )
        return answer_json(refusal.body, refusal.status)


def _check_access() -> None:
    need_slash()
    need_token(this_world())
    need_organisation(this_world())


def need_slash() -> None:
    """OpenSolar docs: a trailing slash, except on GET."""
    if request.method not in ("GET", "HEAD") and not request.path.endswith("/"):
        raise refuse(404, MISSING)


def need_token(world: World) -> None:
    """OpenSolar docs: `Authorization: Bearer`; a token ends after 7 days unless its user is a machine."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if not token:
        raise refuse(401, "Authentication credentials were not provided.")
    if scheme != "Bearer" or not _is_token(world, token.strip()):
        raise refuse(401, "Invalid token.")


def need_organisation(world: World) -> None:
    """OpenSolar docs: 403 rather than 404 for what is not yours."""
    if (request.view_args or {}).get("org", world.options.opensolar_org) != world.options.opensolar_org:
        raise refuse(403, FORBIDDEN)


def find_own(world: World, table: str, number: int) -> Row:
    """The row; 403 for somebody else's, 404 for none."""
    row = world.opensolar.find(table, number)
    if row is None:
        elsewhere = world.opensolar.belongs_elsewhere(table, number)
        raise refuse(403, FORBIDDEN) if elsewhere else refuse(404, MISSING)
    return row


def read_body() -> dict[str, Any]:
    """The JSON object that was sent."""
    if not request.is_json:
        raise refuse(415, f'Unsupported media type "{request.mimetype}" in request.')
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refusal(400, {"non_field_errors": ["Invalid data. Expected a dictionary."]})
    return body


def _is_token(world: World, token: str) -> bool:
    if hmac.compare_digest(token.encode(), world.options.opensolar_token.encode()):
        return True
    row = next(world.opensolar.select("tokens", token=token), None)
    return row is not None and (row["is_machine"] or read_moment(row["ends_at"]) > datetime.now(UTC))


def _count_call(throttle: str) -> float:
    world = this_world()
    limits = tuple((calls, minutes * world.options.opensolar_minute) for calls, minutes in LIMITS.get(throttle, ()))
    user = request.headers.get("Authorization", "")
    return world.throttles.wait_for(f"opensolar {throttle} {user}", limits)
