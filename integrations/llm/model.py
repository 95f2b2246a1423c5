"""What a language model is asked, what it gives, and how it fails; nothing heavy is imported before the first call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from integrations.errors import VendorError

ErrorCode = Literal[
    "timeout", "rate", "refused", "schema", "empty", "ignored_tool", "auth", "server", "garbage", "unreachable"
]
PASSING = ("timeout", "rate", "server", "unreachable", "garbage", "empty")
"""Codes of what may be gone in a minute."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """`system` is ours. `words` are the contact's, and data alone: they are sent as the user's turn, never as
    instructions. `schema` is one flat JSON schema of an object, which the answer must fit: see
    `integrations.llm.schema.check_schema`. `version` names the prompt in records."""

    system: str
    words: str
    schema: Mapping[str, Any]
    version: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens of an answer, paid for whether it was of use or not."""

    vendor: str
    model: str
    tokens_in: int = 0
    tokens_out: int = 0


class ModelError(VendorError):
    """There is no usable answer: the rules' reading stands.

    `code` is one of ErrorCode. "auth" means that staff must do something: key, permission, credit or the model's name.
    `sent` is False where the vendor was not asked at all. `spent`: what the useless answer cost, where it is known.
    `troubles`: the error of each vendor that was tried. Neither the sentence nor any attribute holds a key, the prompt
    or the contact's words.
    """

    def __init__(
        self,
        code: ErrorCode,
        sentence: str,
        retry_after: float | None = None,
        spent: Spent | None = None,
        sent: bool = True,
    ) -> None:
        super().__init__(sentence, code, retry_after)
        self.retryable = code in PASSING
        self.spent = spent
        self.sent = sent
        self.troubles: tuple[ModelError, ...] = (self,)


@dataclass(frozen=True, slots=True)
class Completion:
    """`data` fits the prompt's schema. `vendor` is "openai" or "anthropic". `milliseconds` are of the whole call.
    `troubles`: errors of the vendors that were tried before, "auth" among them to be told to staff."""

    data: dict[str, Any]
    vendor: str
    model: str
    tokens_in: int
    tokens_out: int
    milliseconds: int
    troubles: tuple[ModelError, ...] = ()


class LanguageModel(Protocol):
    """Safe to share between threads, not across a fork."""

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        """The answer within `deadline` seconds of wall clock, the fallback included; raises ModelError.

        ValueError for a schema that vendors would not take.
        """
        ...

    def close(self) -> None: ...


class Transcriber(Protocol):
    """Safe to share between threads, not across a fork."""

    def transcribe(self, content: bytes, content_type: str, language: str, deadline: float) -> str:
        """The words of a voice note within `deadline` seconds; `language` is ISO 639-1, "" where it is unknown.
        Raises ModelError."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What is configured. A vendor without a key is off. `openai_answers`: how a compatible server is made to keep to
    the schema, "json_schema" (structured outputs) or "tool" (a forced tool). `tracing`: LangSmith may see everything.
    """

    openai_api_key: str = field(default="", repr=False)
    openai_base_url: str = "https://api.openai.com/v1"
    openai_model: str = "gpt-4o-mini"
    openai_answers: str = "json_schema"
    openai_transcription_model: str = "gpt-4o-mini-transcribe"
    anthropic_api_key: str = field(default="", repr=False)
    anthropic_base_url: str = "https://api.anthropic.com"
    anthropic_model: str = "claude-haiku-4-5"
    tracing: bool = False


def open_model(choice: ModelChoice, ready: bool = False) -> LanguageModel | None:
    """OpenAI first, Anthropic as its fallback, or the one that has a key; None where neither has.

    `ready`: the libraries are imported now, which takes seconds, rather than inside the first call's deadline.
    """
    from integrations.llm.chain import open_chain

    model = open_chain(choice)
    if model is not None and ready:
        model.prepare()
    return model


def open_transcriber(choice: ModelChoice) -> Transcriber | None:
    """None without a key of OpenAI: Anthropic does not listen."""
    from integrations.llm.transcription import OpenAITranscriber

    return OpenAITranscriber(choice) if choice.openai_api_key else None
