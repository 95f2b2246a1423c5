"""How it stands with what was asked for and took longer than a caller waits."""

from flask import Blueprint, Response, jsonify

from api.parts import ApiParts
from bot.api_keys import Caller
from bot.operations import find_operation
from bot.web.problems import problem

WORDS = {"done": "done", "parked": "failed", "held": "held", "cancelled": "cancelled"}


def make_operations(parts: ApiParts) -> Blueprint:
    """The route under /api/v1/operations."""
    operations = Blueprint("api_operations", __name__, url_prefix="/api/v1/operations")

    @operations.get("/<int(max=9223372036854775807):operation_id>")
    @parts.door.opens_for("")
    def show_operation(caller: Caller, operation_id: int) -> Response | tuple[Response, int]:
        operation = find_operation(parts.engine, operation_id, caller.key_id)
        if operation is None:
            return problem(404, "Not Found", f"There is no operation {operation_id} of yours.")
        return jsonify(
            id=operation.id,
            status=WORDS.get(operation.status, "pending"),
            result=operation.result,
            error=operation.error or None,
        )

    return operations
