"""Who is asked after whom, and for how long a vendor is left alone."""

import time
from collections.abc import Callable

import pytest

from integrations.llm.chain import Answer, ChainedModel
from integrations.llm.link import Link
from integrations.llm.model import ModelError, Prompt, Spent
from integrations.throttle import Breaker
from tests.integrations.llm.conftest import DATA, PROMPT, Open
from tools.sandbox.client import SandboxClient

FAULTS = [("rate_limit", "rate"), ("error_before", "server"), ("refusal", "refused"), ("html", "garbage"),
          ("reset_before", "unreachable"), ("bad_json", "garbage"), ("empty", "empty"), ("wrong_schema", "schema"),
          ("unauthorised", "auth")]  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), FAULTS)
def test_anthropic_answers_where_openai_fails(kind: str, code: str, sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.script_model("260", DATA)
    sandbox.add_fault("models.openai.*", kind, count=None)
    done = open_llm("openai", "anthropic").complete(PROMPT, 5.0)
    assert (done.vendor, done.data) == ("anthropic", DATA)
    assert [trouble.code for trouble in done.troubles] == [code]
    assert [asked["vendor"] for asked in sandbox.read_model_requests()] == ["openai", "anthropic"]


def test_openai_alone_is_asked_where_it_answers(sandbox: SandboxClient, open_llm: Open) -> None:
    assert open_llm("openai", "anthropic").complete(PROMPT, 5.0).vendor == "openai"
    assert [asked["vendor"] for asked in sandbox.read_model_requests()] == ["openai"]


def test_a_hang_leaves_time_for_the_fallback(sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.add_fault("models.openai.*", "timeout_after")
    began = time.monotonic()
    done = open_llm("openai", "anthropic").complete(PROMPT, 2.0)
    assert (done.vendor, done.troubles[0].code) == ("anthropic", "timeout")
    assert 1.1 < time.monotonic() - began < 2.0


def test_a_fallback_that_rests_is_left_no_time(sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.add_fault("models.openai.*", "error_before")
    sandbox.add_fault("models.anthropic.*", "rate_limit", seconds=60)
    model = open_llm("openai", "anthropic")
    assert [error.code for error in complain(model).troubles] == ["server", "rate"]
    sandbox.add_fault("models.openai.*", "timeout_after")
    began = time.monotonic()
    with pytest.raises(ModelError):
        model.complete(PROMPT, 0.5)
    assert time.monotonic() - began > 0.45


def test_a_broken_client_is_an_error_by_name() -> None:
    def break_down() -> Moody:
        raise ZeroDivisionError("with words of the contact")

    error = complain(ChainedModel([Link("moody", break_down)]))
    assert (error.code, "ZeroDivisionError" in error.sentence, "words" in repr(error)) == ("garbage", True, False)


def test_two_that_hang_share_one_deadline(sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.add_fault("models.*", "drip", count=None, seconds=0.15)
    began = time.monotonic()
    with pytest.raises(ModelError) as caught:
        open_llm("openai", "anthropic").complete(PROMPT, 0.8)
    assert 0.7 < time.monotonic() - began < 2.0
    assert [trouble.code for trouble in caught.value.troubles] == ["timeout", "timeout"]


def test_a_wrong_key_is_told_though_the_other_is_unwell(sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.add_fault("models.openai.*", "error_before", count=None)
    with pytest.raises(ModelError) as caught:
        open_llm("openai", "anthropic", anthropic_api_key="wrong").complete(PROMPT, 10.0)
    assert caught.value.code == "auth"
    assert [trouble.code for trouble in caught.value.troubles] == ["server", "auth"]


def test_retry_after_is_kept_without_waiting(sandbox: SandboxClient, open_llm: Open) -> None:
    sandbox.add_fault("models.openai.*", "rate_limit", seconds=30)
    model = open_llm("openai")
    began = time.monotonic()
    errors = [complain(model) for _ in range(3)]
    assert time.monotonic() - began < 5.0, "it slept"
    assert [(error.code, error.sent) for error in errors] == [("rate", True), ("rate", False), ("rate", False)]
    assert all(25 < (error.retry_after or 0) <= 30 for error in errors)
    assert len(sandbox.read_model_requests()) == 1


def test_a_wrong_key_is_not_shown_again_at_once(sandbox: SandboxClient, open_llm: Open) -> None:
    model = open_llm("openai", openai_api_key="wrong")
    assert [complain(model).sent for _ in range(3)] == [True, False, False]


def test_a_sick_vendor_is_left_alone_and_tried_again() -> None:
    now = [0.0]
    vendor = Moody()
    model = ChainedModel([Link("moody", lambda: vendor, Breaker(3, 30.0, lambda: now[0]))])
    assert [complain(model).sent for _ in range(5)] == [True, True, True, False, False]
    assert complain(model).code == "server"
    now[0], vendor.well = 31.0, True
    assert model.complete(PROMPT, 1.0).data == DATA
    assert vendor.calls == 4


def test_a_slow_vendor_is_left_alone_too() -> None:
    now = [0.0]
    vendor = Moody()

    def answer_after(seconds: float) -> Callable[[Moody], Moody]:
        def answer(asked: Moody) -> Moody:
            now[0] += seconds
            return asked

        return answer

    link = Link("moody", lambda: vendor, Breaker(3, 30.0, lambda: now[0]), lambda: now[0], slow_share=0.6)
    for seconds in (3.0, 3.0, 1.0, 3.0, 3.0, 3.0):
        link.run(4.0, answer_after(seconds))
    with pytest.raises(ModelError) as caught:
        link.run(4.0, answer_after(1.0))
    assert (caught.value.code, caught.value.sent) == ("timeout", False)
    now[0] += 31.0
    assert link.run(4.0, answer_after(1.0)) is vendor


def test_a_refusal_is_no_sickness() -> None:
    vendor = Moody(code="refused")
    model = ChainedModel([Link("moody", lambda: vendor, Breaker(3, 30.0))])
    assert [complain(model).sent for _ in range(5)] == [True] * 5


class Moody:
    """A vendor's model in this process."""

    def __init__(self, code: str = "server") -> None:
        self.code = code
        self.well = False
        self.calls = 0

    def ask(self, prompt: Prompt) -> Answer:
        self.calls += 1
        if not self.well:
            raise ModelError(self.code, "It is not well.")  # type: ignore[arg-type]
        return Answer(DATA, Spent("moody", "one"))

    def close(self) -> None:
        pass


def complain(model: ChainedModel) -> ModelError:
    with pytest.raises(ModelError) as caught:
        model.complete(PROMPT, 10.0)
    return caught.value
