"""A chat model of LangChain's, asked once and read without trust.

Heavy, as are the vendors' modules beside it: imported by the first call alone. `with_structured_output` is not used:
it raises on bad JSON even with `include_raw`, gives None for a refusal or an ignored tool, and loses the tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable
from langsmith.run_helpers import tracing_context

from integrations.llm.answers import read_content, read_tool
from integrations.llm.chain import Answer
from integrations.llm.failures import explain_failure
from integrations.llm.model import Prompt, Spent

ANSWER_NAME = "answer"
ANSWER_ABOUT = "The answer to the last message, by the instructions of the system."
MAX_TOKENS = 2000  # of an answer; what a reasoning model thinks counts too
MOST_TOKENS = 10_000_000  # that a vendor can mean
LONGEST_NAME = 100

Bind = Callable[[dict[str, Any]], Runnable[Any, AIMessage]]


class ChatModel:
    """One vendor's model: `bind` gives what answers by a schema, `by_tool` says where its answer is."""

    def __init__(
        self, vendor: str, model: str, bind: Bind, http: httpx2.Client, *, by_tool: bool, tracing: bool
    ) -> None:
        self._vendor = vendor
        self._model = model
        self._bind = bind
        self._http = http
        self._tracing = tracing
        self._by_tool = by_tool

    def ask(self, prompt: Prompt) -> Answer:
        """Raises ModelError."""
        messages = [SystemMessage(prompt.system), HumanMessage(prompt.words)]
        try:
            with tracing_context(enabled=self._tracing):
                message = self._bind(dict(prompt.schema)).invoke(messages)
        except Exception as error:
            # Whatever the libraries trip over, the turn goes on; and what they say may quote the prompt or the key.
            raise explain_failure(self._vendor, error) from None
        spent = self._count_tokens(message)
        data = (read_tool if self._by_tool else read_content)(message, prompt.schema, spent)
        return Answer(data, spent)

    def close(self) -> None:
        self._http.close()

    def _count_tokens(self, message: AIMessage) -> Spent:
        """As the vendor says, where that can be: the libraries pass on whatever stands there."""
        usage: Any = message.usage_metadata or {}
        tokens = (_read_count(usage.get("input_tokens")), _read_count(usage.get("output_tokens")))
        return Spent(self._vendor, _read_name(message.response_metadata.get("model_name")) or self._model, *tokens)


def _read_count(value: object) -> int:
    """0 for what is no number of tokens."""
    return value if type(value) is int and 0 <= value <= MOST_TOKENS else 0


def _read_name(value: object) -> str:
    """ "" for what is no name."""
    return value[:LONGEST_NAME] if isinstance(value, str) and value.isascii() and value.isprintable() else ""
