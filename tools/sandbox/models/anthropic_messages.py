"""Anthropic's messages: an answer by a forced tool, non-streaming."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

from flask import Blueprint, Response, request

from tools.sandbox.gate import this_world
from tools.sandbox.models.access import (
    ModelRefusal,
    answer_json,
    count_tokens,
    guard,
    is_key,
    join_texts,
    read_bearer,
    read_body,
    this_book,
    this_fault,
)
from tools.sandbox.models.rules import NAME
from tools.sandbox.models.scripts import answer_nothing

anthropic_messages = Blueprint("models_anthropic", __name__, url_prefix="/models/anthropic/v1")
FIELD_NAMES = (
    "cache_control container context_management inference_geo max_tokens mcp_servers messages metadata model "
    "output_config service_tier stop_sequences stream system temperature thinking tool_choice tools top_k top_p"
)
FIELDS = frozenset(FIELD_NAMES.split())
TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}


def check_key() -> None:
    """As x-api-key, or as the bearer token that newer clients send."""
    key = request.headers.get("x-api-key") or read_bearer()
    if not key:
        raise ModelRefusal(401, "x-api-key header is required")
    if not is_key(key, this_world().options.anthropic_key):
        raise ModelRefusal(401, "invalid x-api-key")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", request.headers.get("anthropic-version", "")):
        raise ModelRefusal(400, "anthropic-version: header is required")


def refuse(refusal: ModelRefusal) -> Response:
    error = {"type": TYPES.get(refusal.status, "api_error"), "message": refusal.message}
    body = {"type": "error", "error": error, "request_id": f"req_{uuid.uuid4().hex[:24]}"}
    return answer_json(refusal.status, body)


@anthropic_messages.post("/messages")
@guard("anthropic", "models.anthropic.messages", check_key, refuse)
def create_message() -> Response:
    body = read_body(FIELDS, "{}: Extra inputs are not permitted")
    check_request(body)
    tool = check_tools(body)
    words = "\n".join(join_texts(message["content"]) for message in body["messages"] if message["role"] == "user")
    script = this_book().find("anthropic", words)
    data = script.data if script else answer_nothing(tool["input_schema"] if tool else {"type": "string"})
    content, reason = write_content(data, tool["name"] if tool else "")
    usage = {"input_tokens": count_tokens(json.dumps(body)), "output_tokens": count_tokens(json.dumps(content))}
    return answer_json(
        200,
        {
            "id": f"msg_{uuid.uuid4().hex[:24]}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": content,
            "stop_reason": reason,
            "stop_sequence": None,
            "usage": usage,
        },
    )


def write_content(data: Any, tool: str) -> tuple[list[dict[str, Any]], str]:
    """The blocks and the stop_reason, with this answer's fault."""
    fault = this_fault()
    if fault in ("refusal", "content_filter"):
        return [], "refusal"
    if fault in ("empty", "no_choices"):
        return [], "end_turn"
    if fault in ("tool_ignored", "bad_json") or not tool:
        return [{"type": "text", "text": "Sure, I have noted that down for you."}], "end_turn"
    given = {"orders": 7} if fault == "wrong_schema" else {} if fault == "cut_off" else data
    reason = "max_tokens" if fault == "cut_off" else "tool_use"
    return [{"type": "tool_use", "id": f"toolu_{uuid.uuid4().hex[:24]}", "name": tool, "input": given}], reason


def check_request(body: dict[str, Any]) -> None:
    for name, kind in (("model", str), ("max_tokens", int), ("messages", list)):
        if not isinstance(body.get(name), kind) or not body[name]:
            raise ModelRefusal(400, f"{name}: Field required")
    if body["model"].startswith("no-such-"):
        raise ModelRefusal(404, f"model: {body['model']}")
    if body.get("stream"):
        raise ModelRefusal(400, "stream: This simulation does not stream")
    for number, message in enumerate(body["messages"]):
        if message.get("role") not in ("user", "assistant"):
            raise ModelRefusal(400, f'messages: Unexpected role "{message.get("role")}". The Messages API accepts a '
                               'top-level `system` parameter, not "system" as an input message role.')  # fmt: skip
        if not message.get("content"):
            raise ModelRefusal(400, f"messages.{number}: user messages must have non-empty content")


def check_tools(body: dict[str, Any]) -> dict[str, Any] | None:
    """The tool that is to be called."""
    tools = body.get("tools") or []
    for number, tool in enumerate(tools):
        at = f"tools.{number}.custom"
        if not NAME.fullmatch(str(tool.get("name", ""))):
            raise ModelRefusal(400, f"{at}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,64}}$'")
        schema = tool.get("input_schema")
        if not isinstance(schema, dict) or schema.get("type") != "object":
            raise ModelRefusal(400, f"{at}.input_schema.type: Field required")
        if {"oneOf", "allOf", "anyOf"} & set(schema):
            words = "input_schema does not support oneOf, allOf, or anyOf at the top level"
            raise ModelRefusal(400, f"{at}.input_schema: {words}")
    choice = body.get("tool_choice") or {}
    if choice.get("type") != "tool":
        return tools[0] if tools else None
    found = next((tool for tool in tools if tool["name"] == choice.get("name")), None)
    if found is None:
        raise ModelRefusal(400, f"tool_choice: Tool '{choice.get('name')}' not found in provided tools")
    return dict(found)
