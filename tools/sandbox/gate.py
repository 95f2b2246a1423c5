"""What goes wrong on request for a call to a vendor's JSON API, in that vendor's own error shape."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Response, current_app, request

from tools.sandbox.faults import LIST_KINDS, VENDOR_AFTER_KINDS, VENDOR_BEFORE_KINDS, Fault
from tools.sandbox.server import CONNECTION_KEY
from tools.sandbox.tables import Row, read_moment
from tools.sandbox.world import World

# (HTTP status, words) -> the vendor's error
ErrorShape = Callable[[int, str], Response]
STILL_SECONDS = 20.0
BEFORE = {
    "rate_limit": (429, "Request was throttled."),
    "error_before": (500, "Internal server error."),
    "payment_required": (402, "Payment is required."),
    "forbidden": (403, "You do not have permission to perform this action."),
    "unauthorised": (401, "Invalid token."),
    "gateway_timeout": (504, "Gateway time-out."),
}
AFTER = {
    "error_after": (500, "Internal server error."),
    "gateway_timeout_after": (504, "Gateway time-out."),
}


def this_world() -> World:
    world = current_app.extensions["sandbox"]
    assert isinstance(world, World)  # nosec B101
    return world


def answer_with_faults(endpoint: str, call: Callable[[], Response], shape: ErrorShape) -> Response:
    """Answer `call()`, unless a fault for `endpoint` strikes before it, or spoils what it answered."""
    world, subject = this_world(), read_subject()
    world.clock.still.wait(STILL_SECONDS)
    slow = world.faults.take(endpoint, ("slow",), subject)
    if slow:
        _note(world, slow, endpoint)
        world.stopping.wait(slow.seconds)
    before = world.faults.take(endpoint, VENDOR_BEFORE_KINDS, subject)
    if before:
        _note(world, before, endpoint)
        return _fail_before(before, shape)
    after = world.faults.take(endpoint, VENDOR_AFTER_KINDS, subject)
    answer = call()
    if after:
        _note(world, after, endpoint)
        return _fail_after(world, after, answer, shape)
    return answer


def read_subject() -> str:
    """What a fault's `phone` may occur in: the path, the query and the body of the request."""
    return f"{request.full_path} {request.get_data(as_text=True) if request.is_json else ''}"


def hide_young(endpoint: str, rows: list[Row], dated: str) -> list[Row]:
    """`rows` without those that a `lag` fault hides: the ones younger than its seconds, by the field `dated`."""
    world = this_world()
    lag = world.faults.take(endpoint, LIST_KINDS, read_subject())
    if lag is None:
        return rows
    _note(world, lag, endpoint)
    newest = datetime.now(UTC) - timedelta(seconds=lag.seconds)
    return [row for row in rows if read_moment(row[dated]) <= newest]


def answer_busy(shape: ErrorShape, seconds: float, words: str = "Request was throttled.") -> Response:
    answer = shape(429, words)
    answer.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    return answer


def _note(world: World, fault: Fault, endpoint: str) -> None:
    world.ledger.write("fault_fired", fault=fault.kind, endpoint=endpoint, path=request.path)


def _fail_before(fault: Fault, shape: ErrorShape) -> Response:
    if fault.kind == "reset_before":
        return _reset()
    if fault.kind == "rate_limit":
        return answer_busy(shape, fault.seconds)
    return shape(*BEFORE[fault.kind])


def _fail_after(world: World, fault: Fault, answer: Response, shape: ErrorShape) -> Response:
    if fault.kind in AFTER:
        return shape(*AFTER[fault.kind])
    if fault.kind == "garbage_after":
        return Response("<html>]]>{\x00 not what you wait for", status=answer.status_code, mimetype="application/json")
    if fault.kind == "drip":
        request.environ[CONNECTION_KEY].drip_seconds = fault.seconds
        return answer
    if fault.kind == "timeout_after":
        world.stopping.wait(fault.seconds)
    return _reset()


def _reset() -> Response:
    request.environ[CONNECTION_KEY].reset()
    return Response(status=500)
