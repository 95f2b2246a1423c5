"""One vendor after the other inside one deadline, each left alone while it is unwell."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from integrations.llm.link import Link
from integrations.llm.model import Completion, ModelChoice, ModelError, Prompt, Spent
from integrations.llm.schema import check_schema

FIRST_SHARE = 0.6  # of the time left, while another vendor is to be asked after this one
LEAST_SECONDS = 0.05
SLOW_SHARE = 0.6  # of a vendor's own time


@dataclass(frozen=True, slots=True)
class Answer:
    """What one vendor gave; `data` fits the schema."""

    data: dict[str, Any]
    spent: Spent


class Asked(Protocol):
    """One vendor's model."""

    def ask(self, prompt: Prompt) -> Answer:
        """Inside the time that `limit_time` set for this thread; raises ModelError."""
        ...

    def close(self) -> None: ...


class ChainedModel:
    """A LanguageModel out of one or more links, asked in order; each is asked once."""

    def __init__(self, links: Sequence[Link[Asked]]) -> None:
        self._links = tuple(links)

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        check_schema(prompt.schema)
        began = time.monotonic()
        troubles: list[ModelError] = []
        for number, link in enumerate(self._links, 1):
            left = began + deadline - time.monotonic()
            if left < LEAST_SECONDS:
                break
            try:
                answer = link.run(left * self._find_share(number), lambda asked: asked.ask(prompt))
            except ModelError as error:
                troubles.append(error)
            else:
                return _complete(answer, began, troubles)
        raise _sum_up(troubles)

    def _find_share(self, number: int) -> float:
        return 1.0 if all(later.is_resting() for later in self._links[number:]) else FIRST_SHARE

    def prepare(self) -> None:
        """Opens every vendor's client, so that no call has to."""
        for link in self._links:
            link.open()

    def close(self) -> None:
        for link in self._links:
            link.close()


def open_chain(choice: ModelChoice) -> ChainedModel | None:
    """None where no vendor has a key. Nothing is imported or connected before the first call."""
    links: list[Link[Asked]] = []
    if choice.openai_api_key:
        links.append(Link("openai", lambda: _open_openai(choice), slow_share=SLOW_SHARE))
    if choice.anthropic_api_key:
        links.append(Link("anthropic", lambda: _open_anthropic(choice), slow_share=SLOW_SHARE))
    return ChainedModel(links) if links else None


def _open_openai(choice: ModelChoice) -> Asked:
    from integrations.llm.openai_model import open_openai

    return open_openai(choice)


def _open_anthropic(choice: ModelChoice) -> Asked:
    from integrations.llm.anthropic_model import open_anthropic

    return open_anthropic(choice)


def _complete(answer: Answer, began: float, troubles: list[ModelError]) -> Completion:
    spent = answer.spent
    milliseconds = round((time.monotonic() - began) * 1000)
    done = Completion(answer.data, spent.vendor, spent.model, spent.tokens_in, spent.tokens_out, milliseconds)
    return replace(done, troubles=tuple(troubles))


def _sum_up(troubles: list[ModelError]) -> ModelError:
    """What staff must mend comes first, then what went wrong at the vendor that was to answer."""
    if not troubles:
        return ModelError("timeout", "There was no time left to ask a language model.", sent=False)
    chosen = next((error for error in troubles if error.code == "auth"), troubles[0])
    chosen.troubles = tuple(troubles)
    return chosen
