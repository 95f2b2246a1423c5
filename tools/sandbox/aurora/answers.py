"""The JSON that Aurora answers with; the pages do not show its errors, so these are plain ones."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request

from tools.sandbox.tables import Row

PAGE_SIZE, PAGE_SIZE_MAX = 50, 100


class AuroraRefusal(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def answer_error(status: int, message: str) -> Response:
    return answer_json({"errors": [{"message": message}]}, status)


def answer_json(body: Any, status: int = 200) -> Response:
    answer = jsonify(body)
    answer.status_code = status
    return answer


def cut_page(rows: list[Row]) -> list[Row]:
    size = max(1, min(request.args.get("per_page", PAGE_SIZE, type=int), PAGE_SIZE_MAX))
    page = max(1, request.args.get("page", 1, type=int))
    return rows[(page - 1) * size : page * size]
