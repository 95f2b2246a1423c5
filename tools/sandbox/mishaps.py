"""What goes wrong on request for any vendor: before or after a request counts, in that vendor's own words."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from tools.sandbox.faults import VENDOR_AFTER_KINDS, VENDOR_BEFORE_KINDS, Fault
from tools.sandbox.server import CONNECTION_KEY
from tools.sandbox.world import World

STATUSES = {
    "rate_limit": 429,
    "error_before": 500,
    "error_after": 500,
    "unauthorised": 401,
    "payment_required": 402,
    "forbidden": 403,
}
GARBAGE = "<html>]]>{\x00 not what you wait for"

Tell = Callable[[int], Response]


def answer_with_mishaps(world: World, endpoint: str, call: Callable[[], Response], tell: Tell) -> Response:
    """`call()`, unless a fault asked for `endpoint` (such as `leap.lookups`) strikes.

    `tell` makes the vendor's error answer for 401, 402, 403, 429 and 500; Retry-After is added to a 429 here.
    """
    slow = world.faults.take(endpoint, ("slow",))
    if slow:
        _note(world, slow, endpoint)
        world.stopping.wait(slow.seconds)
    before = world.faults.take(endpoint, VENDOR_BEFORE_KINDS)
    if before:
        _note(world, before, endpoint)
        return _refuse(before, tell)
    after = world.faults.take(endpoint, VENDOR_AFTER_KINDS)
    answer = call()
    if after:
        _note(world, after, endpoint)
        return _spoil(world, after, answer, tell)
    return answer


def _note(world: World, fault: Fault, endpoint: str) -> None:
    world.ledger.write("fault_fired", fault=fault.kind, endpoint=endpoint, path=request.path)
    world.store.touch()


def _refuse(fault: Fault, tell: Tell) -> Response:
    if fault.kind == "reset_before":
        return _reset()
    answer = tell(STATUSES[fault.kind])
    if fault.kind == "rate_limit":
        answer.headers["Retry-After"] = str(max(1, round(fault.seconds)))
    return answer


def _spoil(world: World, fault: Fault, answer: Response, tell: Tell) -> Response:
    if fault.kind == "error_after":
        return tell(500)
    if fault.kind == "garbage_after":
        return Response(GARBAGE, status=answer.status_code, mimetype="application/json")
    if fault.kind == "drip":
        request.environ[CONNECTION_KEY].drip(fault.seconds)
        return answer
    if fault.kind == "timeout_after":
        world.stopping.wait(fault.seconds)
    return _reset()


def _reset() -> Response:
    request.environ[CONNECTION_KEY].reset()
    return Response(status=500)
