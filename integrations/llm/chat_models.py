"""LangChain's chat models of OpenAI and Anthropic, each asked once, and read without trust.

Heavy: imported by the first call alone. `with_structured_output` is not used: it raises on bad JSON even with
`include_raw`, gives None for a refusal or an ignored tool, and loses the tokens with either.
"""

from __future__ import annotations

import logging
from functools import cached_property
from typing import Any

import anthropic
import httpx2
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI
from langsmith.run_helpers import tracing_context
from pydantic import SecretStr

from integrations.llm.answers import read_content, read_tool
from integrations.llm.chain import Answer
from integrations.llm.failures import explain_failure
from integrations.llm.model import ModelChoice, Prompt, Spent
from integrations.llm.wire import LONGEST_SECONDS, open_http

ANSWER_NAME = "answer"
ANSWER_ABOUT = "The answer to the last message, by the instructions of the system."
MAX_TOKENS = 2000  # of an answer; what a reasoning model thinks counts too
FREE_CHOICE = ("claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5")
"""Models that refuse a forced tool, by langchain-anthropic 1.7."""

# Their debug logs hold whole requests: the contact's words.
for _name in ("openai", "anthropic", "httpx2", "httpcore2", "langsmith"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class ChatModel:
    """One vendor's model: `bind` gives the runnable for a schema, `by_tool` says where its answer is."""

    def __init__(self, vendor: str, chat: Any, http: httpx2.Client, choice: ModelChoice, *, by_tool: bool) -> None:
        self._vendor = vendor
        self._chat = chat
        self._http = http
        self._tracing = choice.tracing
        self._by_tool = by_tool

    def ask(self, prompt: Prompt) -> Answer:
        """Raises ModelError."""
        runnable = self._bind(dict(prompt.schema))
        messages = [SystemMessage(prompt.system), HumanMessage(prompt.words)]
        try:
            with tracing_context(enabled=self._tracing):
                message = runnable.invoke(messages)
        except Exception as error:
            # Whatever the libraries trip over, the turn goes on; and what they say may quote the prompt or the key.
            raise explain_failure(self._vendor, error) from None
        spent = self._count_tokens(message)
        data = (read_tool if self._by_tool else read_content)(message, prompt.schema, spent)
        return Answer(data, spent)

    def close(self) -> None:
        self._http.close()

    def _bind(self, schema: dict[str, Any]) -> Runnable[Any, AIMessage]:
        if self._vendor == "anthropic":
            tool = {"name": ANSWER_NAME, "description": ANSWER_ABOUT, "input_schema": schema}
            forced = "auto" if self._chat.model.startswith(FREE_CHOICE) else ANSWER_NAME
            return self._chat.bind_tools([tool], tool_choice=forced, parallel_tool_calls=False)  # type: ignore[no-any-return]
        if self._by_tool:
            function = {"name": ANSWER_NAME, "description": ANSWER_ABOUT, "parameters": schema, "strict": True}
            tools = [{"type": "function", "function": function}]
            choice = {"type": "function", "function": {"name": ANSWER_NAME}}
            return self._chat.bind(tools=tools, tool_choice=choice)  # type: ignore[no-any-return]
        wanted = {"name": ANSWER_NAME, "description": ANSWER_ABOUT, "schema": schema, "strict": True}
        return self._chat.bind(response_format={"type": "json_schema", "json_schema": wanted})  # type: ignore[no-any-return]

    def _count_tokens(self, message: AIMessage) -> Spent:
        usage = message.usage_metadata
        tokens = (usage["input_tokens"], usage["output_tokens"]) if usage else (0, 0)
        model = message.response_metadata.get("model_name")
        return Spent(self._vendor, str(model or self._chat.model), *tokens)


class OwnWireAnthropic(ChatAnthropic):
    """ChatAnthropic takes no HTTP client of ours by itself."""

    own_http: Any = None

    @cached_property
    def _client(self) -> anthropic.Client:
        return anthropic.Client(**self._client_params, http_client=self.own_http)


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
    return ChatModel("openai", chat, http, choice, by_tool=choice.openai_answers == "tool")


def open_anthropic(choice: ModelChoice) -> ChatModel:
    """As `open_openai`."""
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
    return ChatModel("anthropic", chat, http, choice, by_tool=True)
