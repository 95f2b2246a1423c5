"""OpenAI's chat completions, or those of any server that speaks them. Heavy: imported by the first call alone."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from integrations.llm.chat_model import ANSWER_ABOUT, ANSWER_NAME, MAX_TOKENS, ChatModel
from integrations.llm.model import ModelChoice
from integrations.llm.wire import LONGEST_SECONDS, open_http


def open_openai(choice: ModelChoice) -> ChatModel:
    """Proxy, address and key are said here, since the library would else look them up in the environment."""
    http = open_http()
    chat = ChatOpenAI(
        model=choice.openai_model,
        api_key=SecretStr(choice.openai_api_key),
        base_url=choice.openai_base_url,
        openai_proxy="",
        http_client=http,
        timeout=LONGEST_SECONDS,
        max_retries=0,
        max_tokens=MAX_TOKENS,  # type: ignore[call-arg]
        use_responses_api=False,
        cache=False,
    )
    profile = chat.profile or {}
    if profile.get("temperature") and not profile.get("reasoning_output"):
        chat.temperature = 0.0  # reasoning models refuse it, or take it under conditions

    def bind(schema: dict[str, Any]) -> Runnable[Any, AIMessage]:
        return _bind_tool(chat, schema) if by_tool else _bind_format(chat, schema)

    by_tool = choice.openai_answers == "tool"
    return ChatModel("openai", choice.openai_model, bind, http, by_tool=by_tool, tracing=choice.tracing)


def _bind_format(chat: ChatOpenAI, schema: dict[str, Any]) -> Runnable[Any, AIMessage]:
    wanted = {"name": ANSWER_NAME, "description": ANSWER_ABOUT, "schema": schema, "strict": True}
    return chat.bind(response_format={"type": "json_schema", "json_schema": wanted})


def _bind_tool(chat: ChatOpenAI, schema: dict[str, Any]) -> Runnable[Any, AIMessage]:
    function = {"name": ANSWER_NAME, "description": ANSWER_ABOUT, "parameters": schema, "strict": True}
    choice = {"type": "function", "function": {"name": ANSWER_NAME}}
    return chat.bind(tools=[{"type": "function", "function": function}], tool_choice=choice)
