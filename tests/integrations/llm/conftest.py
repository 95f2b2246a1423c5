"""The sandbox's language models on a real port, and clients of ours that ask them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrations.llm.chain import ChainedModel, open_chain
from integrations.llm.model import ModelChoice, Prompt
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import ANTHROPIC_KEY, OPENAI_KEY, Options
from tools.sandbox.runner import Sandbox, run_sandbox

WORDS = "our bill is about 260 at 742 Juniper Court"
SYSTEM = "Propose commands out of the list."
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "commands": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "command": {"type": "string", "enum": ["SetSlot", "AskBack"]},
                    "slot": {"type": ["string", "null"]},
                    "words": {"type": "string"},
                },
                "required": ["command", "slot", "words"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["commands"],
    "additionalProperties": False,
}
DATA = {"commands": [{"command": "SetSlot", "slot": "bill", "words": "about 260"}]}
PROMPT = Prompt(SYSTEM, WORDS, SCHEMA, "test-1")
DIALECTS = ("openai", "openai_tool", "anthropic")
ENDPOINTS = {"openai": "models.openai.*", "openai_tool": "models.openai.*", "anthropic": "models.anthropic.*"}

Open = Callable[..., ChainedModel]


@pytest.fixture(scope="session")
def running() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", seed=7)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Iterator[SandboxClient]:
    """Its models without scripts, faults and memory."""
    running.world.faults.remove()
    running.world.models.clear()
    running.world.models.forget()
    with SandboxClient(running.base_url) as client:
        yield client


@pytest.fixture
def choose(running: Sandbox) -> Callable[..., ModelChoice]:
    """Call it with dialects, "openai", "openai_tool" or "anthropic"; keywords replace what is chosen."""

    def choose_it(*dialects: str, **changes: Any) -> ModelChoice:
        chosen: dict[str, Any] = {
            "openai_base_url": f"{running.base_url}/models/openai/v1",
            "anthropic_base_url": f"{running.base_url}/models/anthropic",
        }
        if {"openai", "openai_tool"} & set(dialects):
            chosen["openai_api_key"] = OPENAI_KEY
            chosen["openai_answers"] = "tool" if "openai_tool" in dialects else "json_schema"
        if "anthropic" in dialects:
            chosen["anthropic_api_key"] = ANTHROPIC_KEY
        return ModelChoice(**{**chosen, **changes})

    return choose_it


@pytest.fixture
def open_llm(choose: Callable[..., ModelChoice]) -> Iterator[Open]:
    """As `choose`; the libraries are imported before the first deadline begins."""
    opened: list[ChainedModel] = []

    def open_it(*dialects: str, **changes: Any) -> ChainedModel:
        model = open_chain(choose(*dialects, **changes))
        assert model is not None
        model.prepare()
        opened.append(model)
        return model

    yield open_it
    for model in opened:
        model.close()
