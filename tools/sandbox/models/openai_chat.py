"""OpenAI's chat completions: structured outputs and forced tools, non-streaming."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from flask import Blueprint, Response

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
from tools.sandbox.models.rules import NAME, find_strict_fault
from tools.sandbox.models.scripts import answer_nothing

openai_chat = Blueprint("models_openai_chat", __name__, url_prefix="/models/openai/v1")
ROLES = ("developer", "system", "user", "assistant", "tool")
FIELD_NAMES = (
    "audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages "
    "metadata modalities model n parallel_tool_calls prediction presence_penalty prompt_cache_key reasoning_effort "
    "response_format safety_identifier seed service_tier stop store stream stream_options temperature tool_choice "
    "tools top_logprobs top_p user verbosity web_search_options"
)
FIELDS = frozenset(FIELD_NAMES.split())
TYPES = {401: "invalid_request_error", 429: "requests", 500: "server_error", 503: "server_error"}
REFUSAL = "I'm sorry, I can't help with that."


def check_key() -> None:
    """OpenAI's own words, which show both ends of the key."""
    key = read_bearer()
    if not key:
        raise ModelRefusal(401, "You didn't provide an API key. You need to provide your API key in an Authorization "
                           "header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")  # fmt: skip
    if not is_key(key, this_world().options.openai_key):
        shown = f"{key[:8]}{'*' * max(len(key) - 12, 4)}{key[-4:]}"
        raise ModelRefusal(401, f"Incorrect API key provided: {shown}.", "invalid_api_key")


def refuse(refusal: ModelRefusal) -> Response:
    kind = TYPES.get(refusal.status, "invalid_request_error")
    error = {"message": refusal.message, "type": kind, "param": None, "code": refusal.code or None}
    return answer_json(refusal.status, {"error": error})


@openai_chat.post("/chat/completions")
@guard("openai", "models.openai.chat", check_key, refuse)
def complete_chat() -> Response:
    body = read_body(FIELDS, "Unrecognized request argument supplied: {}")
    messages = check_messages(body)
    schema, tool = check_format(body), check_tools(body)
    words = "\n".join(join_texts(message["content"]) for message in messages if message["role"] == "user")
    script = this_book().find("openai", words)
    wanted = tool["function"]["parameters"] if tool else schema
    data = script.data if script else answer_nothing(wanted or {"type": "string"})
    message, reason = write_message(data, tool["function"]["name"] if tool else "")
    said = json.dumps(message)
    spent = {"prompt_tokens": count_tokens(json.dumps(messages)), "completion_tokens": count_tokens(said)}
    usage = {**spent, "total_tokens": sum(spent.values())}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reason}
    return answer_json(
        200,
        {
            "id": f"chatcmpl-{uuid.uuid4().hex[:24]}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": body["model"],
            "choices": [] if this_fault() == "no_choices" else [choice],
            "usage": usage,
        },
    )


def write_message(data: Any, tool: str) -> tuple[dict[str, Any], str]:
    """The assistant's message and its finish_reason, with this answer's fault."""
    fault = this_fault()
    message: dict[str, Any] = {"role": "assistant", "content": None, "refusal": None, "annotations": []}
    if fault == "refusal":
        return {**message, "refusal": REFUSAL}, "stop"
    if fault == "content_filter":
        return message, "content_filter"
    if fault == "empty":
        return {**message, "content": ""}, "stop"
    if fault == "tool_ignored":
        return {**message, "content": "Sure, I have noted that down for you."}, "stop"
    text = {"bad_json": '{"commands": [', "wrong_schema": '{"orders": 7}'}.get(fault) or json.dumps(data)
    text = text[: len(text) // 2] if fault == "cut_off" else text
    reason = "length" if fault == "cut_off" else "stop"
    if not tool:
        return {**message, "content": text}, reason
    call = {"id": f"call_{uuid.uuid4().hex[:24]}", "type": "function", "function": {"name": tool, "arguments": text}}
    return {**message, "tool_calls": [call]}, reason


def check_messages(body: dict[str, Any]) -> list[dict[str, Any]]:
    if not isinstance(body.get("model"), str) or not body["model"]:
        raise ModelRefusal(400, "you must provide a model parameter")
    if body["model"].startswith("no-such-"):
        words = f"The model `{body['model']}` does not exist or you do not have access to it."
        raise ModelRefusal(404, words, "model_not_found")
    if body.get("stream"):
        raise ModelRefusal(400, "This simulation does not stream.")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise ModelRefusal(400, "Invalid 'messages': empty array. Expected an array with minimum length 1.")
    for number, message in enumerate(messages):
        if not isinstance(message, dict) or message.get("role") not in ROLES:
            raise ModelRefusal(400, f"Invalid value for 'messages[{number}].role'.", "invalid_value")
        if not isinstance(message.get("content"), (str, list)):
            raise ModelRefusal(400, f"Invalid value for 'content' of messages[{number}]: expected a string, got null.")
    return messages


def check_format(body: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of structured outputs, if they are asked for."""
    wanted = body.get("response_format") or {"type": "text"}
    if wanted.get("type") not in ("text", "json_object", "json_schema"):
        raise ModelRefusal(400, "Invalid value for 'response_format.type'.", "invalid_value")
    if wanted["type"] != "json_schema":
        return None
    described = wanted.get("json_schema") or {}
    if not NAME.fullmatch(str(described.get("name", ""))):
        raise ModelRefusal(400, "Missing required parameter: 'response_format.json_schema.name'.")
    fault = find_strict_fault(described.get("schema")) if described.get("strict") else ""
    if fault:
        raise ModelRefusal(400, f"Invalid schema for response_format '{described['name']}': {fault}")
    return dict(described["schema"])


def check_tools(body: dict[str, Any]) -> dict[str, Any] | None:
    """The tool that is to be called."""
    tools = body.get("tools") or []
    for tool in tools:
        function = tool.get("function") or {}
        if tool.get("type") != "function" or not NAME.fullmatch(str(function.get("name", ""))):
            raise ModelRefusal(400, "Missing required parameter: 'tools[0].function.name'.")
        if function.get("strict") and (fault := find_strict_fault(function.get("parameters"))):
            raise ModelRefusal(400, f"Invalid schema for function '{function['name']}': {fault}")
    choice = body.get("tool_choice")
    if choice is not None and not tools:
        raise ModelRefusal(400, "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are "
                           "specified.")  # fmt: skip
    if not isinstance(choice, dict):
        return tools[0] if tools and choice != "none" else None
    name = (choice.get("function") or {}).get("name")
    found = next((tool for tool in tools if tool["function"]["name"] == name), None)
    if found is None:
        raise ModelRefusal(400, f"Invalid value for 'tool_choice': no tool is called '{name}'.")
    return dict(found)
