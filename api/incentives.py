"""Incentives for customers of a key's holder, in the earlier contract's request, answer and error words."""

from typing import Any

from flask import Blueprint, Response, jsonify

from api.door import refuse
from api.parts import ApiParts, read_document, read_result, show_pending
from bot.api_keys import Caller
from bot.incentive_facade import BAD_JSON, INTERNAL, KIND, FacadeError, IncentiveRequest, open_case, validate
from bot.operations import Operation

Answer = Response | tuple[Response, int]


def make_incentives(parts: ApiParts) -> Blueprint:
    """The route /api/v1/incentives."""
    incentives = Blueprint("api_incentives", __name__, url_prefix="/api/v1")

    @incentives.post("/incentives")
    @parts.door.opens_for("incentives")
    def ask_for_incentives(caller: Caller) -> Answer:
        try:
            request = validate(read_document(), caller.company)
        except ValueError:
            request = FacadeError(400, BAD_JSON)
        if isinstance(request, FacadeError):
            return log_refusal(parts, caller, request)
        return look_up(parts, caller, request)

    return incentives


def look_up(parts: ApiParts, caller: Caller, request: IncentiveRequest) -> Answer:
    """Records what is asked, waits for the answer for a moment, and keeps it with the call."""
    with parts.engine.begin() as connection:
        opened = open_case(connection, caller.key_id, request)
    if isinstance(opened, FacadeError):
        return log_refusal(parts, caller, opened, request)
    operation = parts.await_end(opened.operation_id, KIND, caller.key_id)
    if not operation.is_over:
        answer = show_pending(operation)
        log(parts, caller, request, 202, None, opened.case_id)
        return answer
    status, body = read_end(operation)
    log(parts, caller, request, status, body, opened.case_id)
    return jsonify(body), status


def read_end(operation: Operation) -> tuple[int, Any]:
    """(HTTP status, body) as the job left them; what it could not do at all is said in a sentence."""
    result = read_result(operation)
    if "status" in result:
        return int(result["status"]), result.get("body")
    if operation.status == "held":
        return 503, {"error": operation.error}
    return 500, {"error": INTERNAL}


def log_refusal(
    parts: ApiParts, caller: Caller, refusal: FacadeError, request: IncentiveRequest | None = None
) -> Answer:
    log(parts, caller, request, refusal.status, {"error": refusal.message}, None)
    return refuse(refusal.status, refusal.message)


def log(
    parts: ApiParts, caller: Caller, request: IncentiveRequest | None, status: int, body: Any, case_id: int | None
) -> None:
    about = {"operation": request.operation, "reference_id": request.reference_id} if request else {}
    parts.log(caller.key_id, "incentives", status, body, case_id=case_id, **about)
