"""A language model that answers what it is told to, for tests of what is made of answers."""

from collections.abc import Callable
from typing import Any

from integrations.llm.model import Completion, ModelError, Prompt

SIGN = "my painted sign has the words Dolly Example on it, and that was made for me by the mayor"
"""A message that no rule explains, with a name in it."""


def list_commands(*items: tuple[str, str, str]) -> dict[str, Any]:
    """The data of an answer."""
    return {"commands": [dict(zip(("command", "slot", "words"), item, strict=True)) for item in items]}


class ScriptedModel:
    """A LanguageModel: `answer` takes the words and gives data, or raises. `asked` holds the prompts, in order."""

    def __init__(self, answer: Callable[[str], dict[str, Any]]) -> None:
        self.answer = answer
        self.asked: list[Prompt] = []
        self.tokens = (1000, 100)

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        self.asked.append(prompt)
        return Completion(self.answer(prompt.words), "openai", "gpt-4o-mini", *self.tokens, milliseconds=1)

    def close(self) -> None:
        pass


def say(*items: tuple[str, str, str]) -> ScriptedModel:
    """A model that gives the same answer to everything."""
    return ScriptedModel(lambda _: list_commands(*items))


def fail(error: ModelError) -> ScriptedModel:
    """A model that fails with `error`."""

    def answer(_: str) -> dict[str, Any]:
        raise error

    return ScriptedModel(answer)
