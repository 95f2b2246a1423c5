"""Who may call the simulated Twilio, and what goes wrong for them on request."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, request

from tools.sandbox.faults import AFTER_KINDS, BEFORE_KINDS, Fault
from tools.sandbox.gate import this_world
from tools.sandbox.server import CONNECTION_KEY
from tools.sandbox.twilio.answers import Refusal, answer_error, answer_missing
from tools.sandbox.world import World

__all__ = ["guard", "this_world"]

View = Callable[..., Any]


def guard(endpoint: str) -> Callable[[View], View]:
    """Basic auth, refusals as Twilio's JSON, the API's rate limit, and the faults asked for `endpoint`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Response:
            world = this_world()
            refused = _check_account(world, arguments)
            if refused is not None:
                return refused
            return _answer_with_faults(world, endpoint, lambda: _call(view, arguments))

        return guarded

    return wrap


def _call(view: View, arguments: dict[str, Any]) -> Response:
    try:
        return make_response(view(**arguments))
    except Refusal as refusal:
        this_world().ledger.write(
            "request_refused", path=request.path, to=request.form.get("To"), code=refusal.code, message=refusal.message
        )
        return answer_error(refusal.code, refusal.message, refusal.status)


def _check_account(world: World, arguments: dict[str, Any]) -> Response | None:
    sign_in = request.authorization
    options = world.options
    known = (
        sign_in is not None
        and sign_in.type == "basic"
        and hmac.compare_digest((sign_in.username or "").encode(), options.account_sid.encode())
        and hmac.compare_digest((sign_in.password or "").encode(), options.auth_token.encode())
    )
    if not known:
        answer = answer_error(20003, "Authenticate", 401)
        answer.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
        return answer
    if arguments.get("account", options.account_sid) != options.account_sid:
        return answer_missing(request.path)
    return None


def _answer_with_faults(world: World, endpoint: str, call: Callable[[], Response]) -> Response:
    phone = request.form.get("To", "")
    slow = world.faults.take(endpoint, ("slow",), phone)
    if slow:
        _note(world, slow, endpoint)
        world.stopping.wait(slow.seconds)
    before = world.faults.take(endpoint, BEFORE_KINDS, phone)
    if before:
        _note(world, before, endpoint)
        return _fail_before(before)
    rate = world.options.api_per_second
    if not world.buckets.take_token("api", rate, rate):
        return _answer_busy(1)
    after = world.faults.take(endpoint, AFTER_KINDS, phone)
    answer = call()
    if after:
        _note(world, after, endpoint)
        return _fail_after(world, after, answer)
    return answer


def _note(world: World, fault: Fault, endpoint: str) -> None:
    world.ledger.write("fault_fired", fault=fault.kind, endpoint=endpoint, to=request.form.get("To"))


def _fail_before(fault: Fault) -> Response:
    if fault.kind == "rate_limit":
        return _answer_busy(fault.seconds)
    if fault.kind == "error_before":
        return answer_error(20500, "Internal Server Error", 500)
    return _reset()


def _fail_after(world: World, fault: Fault, answer: Response) -> Response:
    if fault.kind == "error_after":
        return answer_error(20500, "Internal Server Error", 500)
    if fault.kind == "garbage_after":
        return Response("<html>]]>{\x00 not what you wait for", status=answer.status_code, mimetype="application/json")
    if fault.kind == "timeout_after":
        world.stopping.wait(fault.seconds)
    return _reset()


def _answer_busy(retry_after: float) -> Response:
    answer = answer_error(20429, "Too Many Requests", 429)
    answer.headers["Retry-After"] = str(max(1, round(retry_after)))
    return answer


def _reset() -> Response:
    request.environ[CONNECTION_KEY].reset()
    return Response(status=500)
