"""Reads the data out of a model's message: refusals, ignored tools, cut-off and misshapen answers have names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from integrations.llm.model import ModelError, Spent
from integrations.llm.schema import find_misfit

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

CUT_OFF = ("length", "max_tokens", "model_context_window_exceeded")
REFUSED = ("content_filter", "refusal")


def read_content(message: AIMessage, schema: Mapping[str, Any], spent: Spent) -> dict[str, Any]:
    """The data of an answer by structured outputs; raises ModelError."""
    _require_answer(message, spent)
    if not message.text.strip():
        raise ModelError("empty", f"{spent.vendor} answered with nothing.", spent=spent)
    try:
        data = json.loads(message.text)
    except (ValueError, RecursionError):
        raise ModelError("garbage", f"{spent.vendor} answered with what is no JSON.", spent=spent) from None
    return _require_fit(data, schema, spent)


def read_tool(message: AIMessage, schema: Mapping[str, Any], spent: Spent) -> dict[str, Any]:
    """The data with which the model called our one tool; raises ModelError."""
    _require_answer(message, spent)
    if message.invalid_tool_calls:
        raise ModelError("garbage", f"{spent.vendor} called the tool with what is no JSON.", spent=spent)
    if not message.tool_calls and not message.text.strip():
        raise ModelError("empty", f"{spent.vendor} answered with nothing.", spent=spent)
    if len(message.tool_calls) != 1:
        raise ModelError("ignored_tool", f"{spent.vendor} did not call the tool once, as it was told.", spent=spent)
    return _require_fit(message.tool_calls[0]["args"], schema, spent)


def _require_answer(message: AIMessage, spent: Spent) -> None:
    metadata = message.response_metadata
    reason = metadata.get("finish_reason") or metadata.get("stop_reason")
    if reason in REFUSED or message.additional_kwargs.get("refusal"):
        raise ModelError("refused", f"{spent.vendor}'s model refused to answer.", spent=spent)
    if reason in CUT_OFF:
        raise ModelError("garbage", f"{spent.vendor}'s answer was cut off.", spent=spent)


def _require_fit(data: Any, schema: Mapping[str, Any], spent: Spent) -> dict[str, Any]:
    if misfit := find_misfit(data, schema):
        raise ModelError("schema", f"{spent.vendor}'s answer breaks the schema at {misfit}.", spent=spent)
    return dict(data)
