"""The simulated models refuse what the real ones refuse, so that our tests mean something."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.integrations.llm.conftest import SCHEMA
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import ANTHROPIC_KEY, OPENAI_KEY
from tools.sandbox.runner import Sandbox

FORMAT = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA}}
FUNCTION = {"type": "function", "function": {"name": "answer", "strict": True, "parameters": SCHEMA}}
CHAT = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hi"}], "response_format": FORMAT}
TOOL = {"name": "answer", "description": "An answer.", "input_schema": SCHEMA}
MESSAGE = {
    "model": "claude-haiku-4-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "hi"}],
    "tools": [TOOL],
    "tool_choice": {"type": "tool", "name": "answer"},
}
BEARER = {"Authorization": f"Bearer {OPENAI_KEY}"}
VERSIONED = {"x-api-key": ANTHROPIC_KEY, "anthropic-version": "2023-06-01"}
Post = Callable[..., httpx.Response]


@pytest.fixture
def chat(running: Sandbox, sandbox: SandboxClient) -> Post:
    def post(headers: dict[str, str] = BEARER, **changes: Any) -> httpx.Response:
        url = f"{running.base_url}/models/openai/v1/chat/completions"
        return httpx.post(url, json={**CHAT, **changes}, headers=headers, trust_env=False)

    return post


@pytest.fixture
def message(running: Sandbox, sandbox: SandboxClient) -> Post:
    def post(headers: dict[str, str] = VERSIONED, **changes: Any) -> httpx.Response:
        url = f"{running.base_url}/models/anthropic/v1/messages"
        return httpx.post(url, json={**MESSAGE, **changes}, headers=headers, trust_env=False)

    return post


def alter(**changes: Any) -> dict[str, Any]:
    """A response_format whose schema is not what strict mode takes."""
    return {**FORMAT, "json_schema": {**FORMAT["json_schema"], "schema": {**SCHEMA, **changes}}}  # type: ignore[dict-item]


def test_both_answer(chat: Post, message: Post) -> None:
    assert json.loads(chat().json()["choices"][0]["message"]["content"]) == {"commands": []}
    assert message().json()["content"][0]["input"] == {"commands": []}


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"headers": {}}, 401, "API key"),
        ({"headers": {"Authorization": "Bearer sk-other-1234567890"}}, 401, "Incorrect API key"),
        ({"top_k": 3}, 400, "top_k"),
        ({"messages": []}, 400, "messages"),
        ({"messages": [{"role": "boss", "content": "hi"}]}, 400, "role"),
        ({"model": ""}, 400, "model"),
        ({"model": "no-such-model"}, 404, "does not exist"),
        ({"response_format": alter(additionalProperties=True)}, 400, "additionalProperties"),
        ({"response_format": alter(required=[])}, 400, "required"),
        ({"response_format": alter(properties={"commands": {"oneOf": []}})}, 400, "oneOf"),
        ({"response_format": alter(anyOf=[])}, 400, "anyOf"),
        ({"tool_choice": "required"}, 400, "tool_choice"),
        ({"tools": [FUNCTION], "tool_choice": {"type": "function", "function": {"name": "other"}}}, 400, "other"),
    ],
)
def test_openai_refuses(changes: dict[str, Any], status: int, words: str, chat: Post) -> None:
    answer = chat(**changes)
    assert answer.status_code == status
    assert words in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"headers": {}}, 401, "x-api-key"),
        ({"headers": {"x-api-key": "other", "anthropic-version": "2023-06-01"}}, 401, "invalid x-api-key"),
        ({"headers": {"x-api-key": ANTHROPIC_KEY}}, 400, "anthropic-version"),
        ({"max_tokens": None}, 400, "max_tokens"),
        ({"response_format": FORMAT}, 400, "response_format"),
        ({"messages": [{"role": "system", "content": "hi"}]}, 400, "system"),
        ({"tools": [{**TOOL, "input_schema": {**SCHEMA, "oneOf": []}}]}, 400, "oneOf"),
        ({"tools": [{**TOOL, "input_schema": {}}]}, 400, "input_schema"),
        ({"tool_choice": {"type": "tool", "name": "other"}}, 400, "other"),
        ({"model": "no-such-model"}, 404, "no-such-model"),
    ],
)
def test_anthropic_refuses(changes: dict[str, Any], status: int, words: str, message: Post) -> None:
    answer = message(**changes)
    assert answer.status_code == status
    assert words in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("file", "form", "words"),
    [
        (("voice.ogg", b"no sound"), {"model": "whisper-1"}, "corrupted"),
        (("voice.amr", b"OggS"), {"model": "whisper-1"}, "format"),
        (("voice.ogg", b"OggS"), {}, "model"),
        (("voice.ogg", b"OggS"), {"model": "whisper-1", "language": "english"}, "ISO-639-1"),
        (("voice.ogg", b"OggS"), {"model": "whisper-1", "speed": "2"}, "speed"),
    ],
)
def test_transcriptions_refuse(
    file: tuple[str, bytes], form: dict[str, str], words: str, running: Sandbox, sandbox: SandboxClient
) -> None:
    url = f"{running.base_url}/models/openai/v1/audio/transcriptions"
    answer = httpx.post(url, files={"file": file}, data=form, headers=BEARER, trust_env=False)
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]


def test_scripts_are_used_up_newest_first(chat: Post, sandbox: SandboxClient) -> None:
    sandbox.script_model("hi", {"commands": ["always"]})
    sandbox.script_model("HI", {"commands": ["once"]}, count=1, vendor="openai")
    sandbox.script_model("hi", {"commands": ["never"]}, vendor="anthropic")
    said = [json.loads(chat().json()["choices"][0]["message"]["content"])["commands"] for _ in range(2)]
    assert said == [["once"], ["always"]]


def test_requests_are_kept_without_keys(chat: Post, message: Post, sandbox: SandboxClient) -> None:
    chat()
    message()
    kept = sandbox.read_model_requests()
    assert [(one["vendor"], one["status"]) for one in kept] == [("openai", 200), ("anthropic", 200)]
    assert kept[0]["body"] == CHAT
    assert OPENAI_KEY not in str(kept)
    assert ANTHROPIC_KEY not in str(kept)


def test_a_script_that_makes_no_sense_is_refused(sandbox: SandboxClient) -> None:
    for wish in ({"vendor": "other"}, {"count": 0}):
        with pytest.raises(httpx.HTTPStatusError):
            sandbox.script_model("", {}, **wish)
