"""Who may come in: a key in x-api-key, checked before anything else is looked at."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, jsonify, request
from sqlalchemy import Engine

from bot.api_keys import Caller, KeyRefused, check_key
from bot.web.auth import authenticated_by
from bot.web.limits import RateLimit

CALLS_A_SECOND = 20.0
BURST = 200.0

View = Callable[..., Response | tuple[Response, int]]


def refuse(status: int, message: str) -> tuple[Response, int]:
    """An error in the shape that the vendors' documents give theirs."""
    return jsonify(error=message), status


class Door:
    """Lets holders of keys in; one bucket of calls for each key, and one for each source without one."""

    def __init__(self, engine: Engine, limit: RateLimit | None = None) -> None:
        self._engine = engine
        self._limit = limit or RateLimit(CALLS_A_SECOND, BURST)

    def opens_for(self, scope: str) -> Callable[[View], View]:
        """Decorates a view that gets the Caller as its first argument."""

        def decorate(view: View) -> View:
            @authenticated_by("api-key")
            @wraps(view)
            def enter(*args: Any, **kwargs: Any) -> Response | tuple[Response, int]:
                source = request.remote_addr or ""
                if not self._limit.allows(f"source:{source}"):
                    return refuse(429, "Too many requests")
                key = request.headers.get("x-api-key", "")
                authorization = request.headers.get("Authorization", "")
                try:
                    caller: Caller = check_key(self._engine, key, authorization, source, scope)
                except KeyRefused as refusal:
                    return refuse(refusal.status, str(refusal))
                if not self._limit.allows(f"key:{caller.key_id}"):
                    return refuse(429, "Too many requests")
                return view(caller, *args, **kwargs)

            return enter

        return decorate
