"""Who may call the simulated Leap, how it refuses in each contract, and what goes wrong on request."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, jsonify, make_response, request

from tools.sandbox.gate import answer_with_faults, this_world
from tools.sandbox.leap.records import LeapBook

View = Callable[..., Any]
WORDS = {
    401: ("UNAUTHENTICATED", "Authentication failed"),
    402: ("PAYMENT_REQUIRED", "Payment required"),
    403: ("PERMISSION_DENIED", "This key may not do that"),
    429: ("RATE_LIMITED", "Too many requests"),
    500: ("INTERNAL", "Internal server error"),
}


class LeapRefusal(Exception):
    """A request that is answered with an error; `code` is shown by the current contract only."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def this_book() -> LeapBook:
    return this_world().leap


def answer_error(status: int, code: str, message: str) -> Response:
    """The current contract's error."""
    answer = jsonify(error={"message": message, "details": [{"error_code": code, "reason": message}]})
    answer.status_code = status
    return answer


def answer_legacy_error(status: int, message: str) -> Response:
    """The former contract's error."""
    answer = jsonify(error=message)
    answer.status_code = status
    return answer


def guard(endpoint: str, check_key: Callable[[], None] | None = None) -> Callable[[View], View]:
    """The current contract: the key, refusals as its JSON, and the faults asked for `endpoint`."""
    check = check_key or require_bearer

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Response:
            try:
                check()
            except LeapRefusal as refusal:
                return _refuse(refusal)
            return answer_with_faults(endpoint, lambda: _call(view, arguments), _tell)

        return guarded

    return wrap


def require_bearer() -> None:
    """Leap docs: incentives are called with `Authorization: Bearer`."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not is_key(key):
        raise LeapRefusal(401, *WORDS[401])


def require_api_key() -> None:
    """Leap docs: applications are called with `x-api-key`."""
    if not is_key(request.headers.get("x-api-key", "")):
        raise LeapRefusal(401, *WORDS[401])


def is_key(given: str) -> bool:
    return hmac.compare_digest(given.encode(), this_world().options.leap_api_key.encode())


def note_refusal(refusal: LeapRefusal) -> None:
    body = request.get_json(silent=True)
    reference = body.get("reference_id") if isinstance(body, dict) else None
    this_world().ledger.write(
        "leap_refused",
        path=request.path,
        status=refusal.status,
        code=refusal.code,
        message=refusal.message,
        reference_id=reference,
    )


def _call(view: View, arguments: dict[str, Any]) -> Response:
    try:
        return make_response(view(**arguments))
    except LeapRefusal as refusal:
        return _refuse(refusal)


def _refuse(refusal: LeapRefusal) -> Response:
    note_refusal(refusal)
    return answer_error(refusal.status, refusal.code, refusal.message)


def _tell(status: int, words: str) -> Response:
    code, ours = WORDS.get(status, ("UNKNOWN", words))
    return answer_error(status, code, ours)
