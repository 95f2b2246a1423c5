"""The JSON that OpenSolar answers with: its errors, its lists and its links."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, jsonify, request

from tools.sandbox.tables import Row

PAGE_SIZE, PAGE_SIZE_MAX = 20, 100
MISSING = "Not found."
FORBIDDEN = "You do not have permission to perform this action."


class Refusal(Exception):
    """A request that is answered with an error; `body` is its JSON."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body


def refuse(status: int, detail: str) -> Refusal:
    return Refusal(status, {"detail": detail})


def answer_detail(status: int, detail: str) -> Response:
    return answer_json({"detail": detail}, status)


def answer_json(body: Any, status: int = 200) -> Response:
    answer = jsonify(body)
    answer.status_code = status
    return answer


def cut_page(rows: list[Row]) -> list[Row]:
    """The page that the query asks for; past the end, as documented, 404 (even pages) or 500 (odd ones)."""
    page, limit = read_number("page", 1), min(read_number("limit", PAGE_SIZE), PAGE_SIZE_MAX)
    shown = rows[(page - 1) * limit : page * limit]
    if page > 1 and not shown:
        raise refuse(404, "Invalid page.") if page % 2 == 0 else refuse(500, "Server error.")
    return shown


def read_number(name: str, default: int) -> int:
    given = request.args.get(name, "")
    if not given:
        return default
    if not given.isdigit() or int(given) < 1:
        raise refuse(404, "Invalid page.")
    return int(given)


def write_link(base: str, org: str, kind: str, number: int) -> str:
    """`base` empty makes it relative."""
    return f"{base}/api/orgs/{org}/{kind}/{number}/"


def read_link(value: object, kind: str) -> int | None:
    """The id in a link to one of `kind`, on whatever host; None when it is no such link."""
    if not isinstance(value, str):
        return None
    found = re.fullmatch(rf"(?:https?://[^/]+)?(?:/opensolar)?/api/(?:orgs/\d+/)?{kind}/(\d+)/", value)
    return int(found[1]) if found else None
