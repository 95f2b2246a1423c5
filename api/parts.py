"""What the API's routes work with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, request
from sqlalchemy import Connection, Engine

from api.door import Door
from bot.operations import Operation, Waiting, ask, join_open
from bot.settings import Settings
from bot.vendor_inbox import clean, read_body
from db.api_key_rows import log_call


@dataclass(frozen=True)
class ApiParts:
    settings: Settings
    engine: Engine
    door: Door
    waiting: Waiting

    def carry_out(self, key_id: int, kind: str, payload: Mapping[str, Any], conversation_id: int | None) -> Operation:
        """Records the effect, unless the same one still waits, and waits for its end for a moment."""
        with self.engine.begin() as connection:
            asked = (connection, key_id, kind, payload, conversation_id)
            operation_id = join_open(*asked) or ask(*asked)
        return self.await_end(operation_id, kind, key_id)

    def await_end(self, operation_id: int, kind: str, key_id: int) -> Operation:
        operation = self.waiting.await_end(operation_id, kind, key_id)
        if operation is None:
            raise LookupError(f"operation {operation_id} is gone")
        return operation

    def log(self, key_id: int, route: str, status: int, answer: Any, **more: Any) -> None:
        """Keeps the call and how it was answered."""
        with self.engine.begin() as connection:
            log_call(connection, key_id, route, status, answer, **more)

    def connect(self) -> "Connection":
        return self.engine.connect()


def read_document(empty: Any = None) -> Any:
    """The request's JSON as every database keeps it, `empty` for an empty body. Raises ValueError for anything else."""
    body = request.get_data()
    if not body:
        return empty
    try:
        return clean(read_body(body))
    except ValueError as error:
        raise ValueError("The body is not JSON.") from error


def show_pending(operation: Operation) -> tuple[Response, int]:
    """202: it goes on; where to look."""
    address = f"/api/v1/operations/{operation.id}"
    answer = jsonify(status="pending", operation_id=operation.id, status_url=address, error=operation.error or None)
    answer.headers["Location"] = address
    return answer, 202


def read_result(operation: Operation) -> dict[str, Any]:
    return operation.result if isinstance(operation.result, dict) else {}
