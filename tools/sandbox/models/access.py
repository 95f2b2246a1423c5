"""Who may call the simulated models, how each dialect refuses, and what goes wrong on request."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, jsonify, make_response, request

from tools.sandbox.faults import MODEL_KINDS
from tools.sandbox.gate import ErrorShape, answer_with_faults, read_subject, this_world
from tools.sandbox.models.scripts import Asked, ScriptBook

View = Callable[[], Any]
SECRET_HEADERS = ("authorization", "x-api-key")
PAGE = "<!doctype html><title>502</title><h1>Bad gateway</h1><p>The model is having a rest.</p>"


class ModelRefusal(Exception):
    """A request that is answered with an error; `code` is shown by OpenAI's dialect only."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code


def this_book() -> ScriptBook:
    return this_world().models


def guard(
    vendor: str, endpoint: str, check: Callable[[], None], refuse: Callable[[ModelRefusal], Response]
) -> Callable[[View], View]:
    """Records the request, checks the key, and lets the faults strike that were asked for `endpoint`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded() -> Response:
            g.asked = note_request(vendor)
            shape: ErrorShape = lambda status, words: refuse(ModelRefusal(status, words))  # noqa: E731
            answer = answer_with_faults(endpoint, lambda: _call(view, endpoint, check, refuse), shape)
            g.asked.status = answer.status_code
            this_world().ledger.write("model_asked", vendor=vendor, path=request.path, status=answer.status_code)
            return answer

        return guarded

    return wrap


def note_request(vendor: str) -> Asked:
    headers = {name.lower(): value for name, value in request.headers if name.lower() not in SECRET_HEADERS}
    body = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    return this_book().note(vendor, request.path, headers, body)


def this_fault() -> str:
    """The kind of the fault that spoils this answer; "" for none."""
    return str(g.get("model_fault", ""))


def is_key(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def read_bearer() -> str:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


def read_body(known: frozenset[str], complaint: str) -> dict[str, Any]:
    """The JSON object; an unknown field is refused with `complaint` and its name."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise ModelRefusal(400, "We could not parse the JSON body of your request.")
    if unknown := sorted(set(body) - known):
        raise ModelRefusal(400, complaint.format(unknown[0]), "unknown_parameter")
    return body


def join_texts(content: Any) -> str:
    """The text of a message, whose content is a text or a list of blocks."""
    if isinstance(content, str):
        return content
    blocks = content if isinstance(content, list) else []
    return "\n".join(str(block.get("text", "")) for block in blocks if isinstance(block, dict))


def count_tokens(text: str) -> int:
    """About four letters each: enough for a bill that is not paid."""
    return len(text) // 4 + 1


def _call(view: View, endpoint: str, check: Callable[[], None], refuse: Callable[[ModelRefusal], Response]) -> Response:
    try:
        check()
        fault = this_world().faults.take(endpoint, MODEL_KINDS, read_subject())
        g.model_fault = g.asked.fault = fault.kind if fault else ""
        if fault:
            this_world().ledger.write("fault_fired", fault=fault.kind, endpoint=endpoint, path=request.path)
        answer = make_response(view())
    except ModelRefusal as refusal:
        return refuse(refusal)
    if this_fault() == "html":
        return Response(PAGE, mimetype="text/html")
    return Response(b"", mimetype="application/json") if this_fault() == "empty_body" else answer


def answer_json(status: int, body: dict[str, Any]) -> Response:
    answer = jsonify(body)
    answer.status_code = status
    return answer
