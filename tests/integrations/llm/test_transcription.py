"""Voice notes become text, or a named error in time."""

import time
from collections.abc import Callable, Iterator

import pytest

from integrations.llm.model import ModelChoice, ModelError, Transcriber, open_transcriber
from tools.sandbox.client import SandboxClient

NOTE = b"OggS" + bytes(60)


@pytest.fixture
def transcriber(choose: Callable[..., ModelChoice]) -> Iterator[Transcriber]:
    opened = open_transcriber(choose("openai"))
    assert opened is not None
    yield opened
    opened.close()


@pytest.mark.parametrize("content_type", ["audio/ogg", "audio/ogg; codecs=opus", "AUDIO/MPEG", "audio/mp4"])
def test_words_come_back(content_type: str, sandbox: SandboxClient, transcriber: Transcriber) -> None:
    sandbox.script_model("voice.", " our bill is two hundred \n", vendor="transcriptions")
    assert transcriber.transcribe(NOTE, content_type, "en", 8.0) == "our bill is two hundred"
    assert sandbox.read_model_requests()[-1]["body"]["language"] == "en"


def test_the_language_may_be_unknown(sandbox: SandboxClient, transcriber: Transcriber) -> None:
    transcriber.transcribe(NOTE, "audio/ogg", "", 8.0)
    assert "language" not in sandbox.read_model_requests()[-1]["body"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [("timeout_after", "timeout"), ("drip", "timeout"), ("rate_limit", "rate"), ("error_before", "server"),
     ("unauthorised", "auth"), ("html", "garbage"), ("empty_body", "empty"), ("empty", "empty"),
     ("wrong_schema", "garbage"), ("reset_before", "unreachable"), ("garbage_after", "garbage")],
)  # fmt: skip
def test_trouble_has_a_name(kind: str, code: str, sandbox: SandboxClient, transcriber: Transcriber) -> None:
    transcriber.transcribe(NOTE, "audio/ogg", "en", 8.0)
    sandbox.add_fault("models.openai.transcriptions", kind, count=None, seconds=0.2 if kind == "drip" else 30)
    began = time.monotonic()
    with pytest.raises(ModelError) as caught:
        transcriber.transcribe(NOTE, "audio/ogg", "en", 0.6 if code == "timeout" else 8.0)
    assert caught.value.code == code
    assert time.monotonic() - began < 2.0
    assert len(sandbox.read_model_requests()) == 2


@pytest.mark.parametrize(("content", "content_type"), [(NOTE, "audio/amr"), (NOTE, "text/html"), (b"", "audio/ogg")])
def test_what_openai_does_not_take_is_not_sent(
    content: bytes, content_type: str, sandbox: SandboxClient, transcriber: Transcriber
) -> None:
    with pytest.raises(ModelError) as caught:
        transcriber.transcribe(content, content_type, "en", 1.0)
    assert (caught.value.code, caught.value.sent) == ("refused", False)
    assert sandbox.read_model_requests() == []
