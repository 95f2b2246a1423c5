"""Anthropic's messages, answered by a forced tool. Heavy: imported by the first call alone."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import anthropic
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable
from pydantic import SecretStr

from integrations.llm.chat_model import ANSWER_ABOUT, ANSWER_NAME, MAX_TOKENS, ChatModel
from integrations.llm.model import ModelChoice
from integrations.llm.wire import LONGEST_SECONDS, open_http

FREE_CHOICE = ("claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5")
"""Models that refuse a forced tool, by langchain-anthropic 1.7."""


class OwnWireAnthropic(ChatAnthropic):
    """ChatAnthropic takes no HTTP client of ours by itself."""

    own_http: Any = None

    @cached_property
    def _client(self) -> anthropic.Client:
        return anthropic.Client(**self._client_params, http_client=self.own_http)


def open_anthropic(choice: ModelChoice) -> ChatModel:
    """Proxy, address and key are said here, since the library would else look them up in the environment."""
    http = open_http()
    chat = OwnWireAnthropic(
        model=choice.anthropic_model,  # type: ignore[call-arg]
        api_key=SecretStr(choice.anthropic_api_key),
        base_url=choice.anthropic_base_url,
        anthropic_proxy=None,
        timeout=LONGEST_SECONDS,
        max_retries=0,
        max_tokens=MAX_TOKENS,
        cache=False,
        own_http=http,
    )
    if (chat.profile or {}).get("temperature"):
        chat.temperature = 0.0
    forced = "auto" if choice.anthropic_model.startswith(FREE_CHOICE) else ANSWER_NAME

    def bind(schema: dict[str, Any]) -> Runnable[Any, AIMessage]:
        tool = {"name": ANSWER_NAME, "description": ANSWER_ABOUT, "input_schema": schema}
        return chat.bind_tools([tool], tool_choice=forced, parallel_tool_calls=False)

    return ChatModel("anthropic", choice.anthropic_model, bind, http, by_tool=True, tracing=choice.tracing)
