"""Every way in which a model is known to misbehave has a name, is over in time, and is met once."""

import logging
import time

import pytest

from integrations.llm.model import ModelError
from tests.integrations.llm.conftest import DIALECTS, ENDPOINTS, PROMPT, WORDS, Open
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import ANTHROPIC_KEY, OPENAI_KEY

DEADLINE = 0.6
GRACE = 1.5  # a busy machine is late, too; a read that is timed by itself would take far longer
AMPLE = 10.0
PLAIN = {
    "rate_limit": "rate",
    "error_before": "server",
    "gateway_timeout": "server",
    "reset_before": "unreachable",
    "unauthorised": "auth",
    "forbidden": "auth",
    "payment_required": "auth",
    "garbage_after": "garbage",
    "html": "garbage",
    "empty": "empty",
    "empty_body": "empty",
    "refusal": "refused",
    "content_filter": "refused",
    "wrong_schema": "schema",
    "cut_off": "garbage",
}
OWN = {
    "openai": {"bad_json": "garbage", "tool_ignored": "garbage", "no_choices": "garbage"},
    "openai_tool": {"bad_json": "garbage", "tool_ignored": "ignored_tool", "no_choices": "garbage"},
    "anthropic": {"tool_ignored": "ignored_tool", "no_choices": "empty"},
}
CASES = [(dialect, kind, code) for dialect in DIALECTS for kind, code in {**PLAIN, **OWN[dialect]}.items()]


def complain(model: object, deadline: float = AMPLE) -> tuple[ModelError, float]:
    began = time.monotonic()
    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT, deadline)  # type: ignore[attr-defined]
    return caught.value, time.monotonic() - began


@pytest.mark.parametrize(("dialect", "kind", "code"), CASES)
def test_it_has_a_name(dialect: str, kind: str, code: str, sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.add_fault(ENDPOINTS[dialect], kind, count=None)
    error, seconds = complain(open_llm(dialect))
    assert (error.code, error.sent) == (code, True)
    assert error.sentence
    assert seconds < AMPLE
    assert len(sandbox.read_model_requests()) == 1, "nobody tries again by himself"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("kind", "seconds"), [("timeout_after", 60.0), ("drip", 0.15), ("slow", 60.0)])
def test_time_is_kept(kind: str, seconds: float, dialect: str, sandbox: SandboxClient, open_llm: Open) -> None:
    """A byte now and then is as late as silence."""
    sandbox.add_fault(ENDPOINTS[dialect], kind, count=None, seconds=seconds)
    error, took = complain(open_llm(dialect), DEADLINE)
    assert error.code == "timeout"
    assert DEADLINE * 0.9 < took < DEADLINE + GRACE
    assert len(sandbox.read_model_requests()) == 1


def test_what_a_useless_answer_cost_is_known(sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.add_fault("models.openai.chat", "wrong_schema")
    error, _ = complain(open_llm("openai"))
    assert error.spent is not None
    assert error.spent.tokens_in > 0


def test_a_model_that_does_not_exist_is_for_staff(sandbox: SandboxClient, open_llm: Open) -> None:
    for dialect, name in (("openai", "openai_model"), ("anthropic", "anthropic_model")):
        error, _ = complain(open_llm(dialect, **{name: "no-such-model"}))
        assert error.code == "auth"
        assert "404" in error.sentence


def test_nobody_listens(open_llm: Open) -> None:
    for dialect in ("openai", "anthropic"):
        nowhere = {f"{dialect}_base_url": "http://127.0.0.1:9"}
        error, _ = complain(open_llm(dialect, **nowhere))
        assert error.code == "unreachable"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_keys_and_words_are_told_to_nobody(
    dialect: str, sandbox: SandboxClient, open_llm: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """OpenAI's own complaint shows both ends of the key, and a broken answer may quote the words."""
    caplog.set_level(logging.DEBUG)
    keys = {"openai_api_key": "sk-wrong-7777888899990000", "anthropic_api_key": "wrong-7777888899990000"}
    used = {name: key for name, key in keys.items() if name.startswith(dialect.partition("_")[0])}
    rejected, _ = complain(open_llm(dialect, **used))
    assert rejected.code == "auth"
    sandbox.script_model("", {"commands": WORDS})
    misshapen, _ = complain(open_llm(dialect))
    assert misshapen.code == "schema"
    told = "".join(f"{error!r} {error.__dict__} {error.__cause__!r}" for error in (rejected, misshapen)) + caplog.text
    for secret in ("0000", "sk-wrong", OPENAI_KEY, ANTHROPIC_KEY, WORDS):
        assert secret not in told
    assert rejected.sentence in caplog.text
