"""With the real model server misbehaving in every way, a turn is the rules' own, and inside its deadline."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.understand import Budget, Understander, limit_deadline, understand
from db.engine import make_engine
from db.model_calls import ModelCall
from integrations.llm.model import ModelChoice, Prompt, open_model
from jobs.context import Context, open_context
from jobs.turns import make_taker
from tests.bot.desk import ALICE, BOB, Desk
from tests.jobs.stage import make_settings
from tests.understand.scripted import SIGN, list_commands
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import OPENAI_KEY
from tools.sandbox.runner import Sandbox, run_sandbox

DEADLINE = 0.6
PATIENCE = 10.0  # where the answer, and no clock, ends the call
SLACK = 2.0  # of a busy machine
HELPFUL = list_commands(("set", "name", "Dolly Example"))
FAULTS = {
    "timeout_after": "timeout",
    "drip": "timeout",
    "slow": "timeout",
    "rate_limit": "rate",
    "refusal": "refused",
    "content_filter": "refused",
    "wrong_schema": "schema",
    "bad_json": "garbage",
    "cut_off": "garbage",
    "html": "garbage",
    "empty": "empty",
    "empty_body": "empty",
    "no_choices": "garbage",
    "tool_ignored": "garbage",
    "unauthorised": "auth",
    "error_before": "server",
    "error_after": "server",
    "reset_before": "unreachable",
    "reset_after": "unreachable",
    "garbage_after": "garbage",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox() as opened:
        warm_up(opened)
        yield opened


def choose(sandbox: Sandbox, **more: Any) -> ModelChoice:
    return ModelChoice(openai_api_key=OPENAI_KEY, openai_base_url=f"{sandbox.base_url}/models/openai/v1", **more)


def warm_up(sandbox: Sandbox) -> None:
    """The first call of a process loads the vendors' libraries."""
    model = open_model(choose(sandbox))
    assert model is not None
    schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    model.complete(Prompt("", "hello", schema, "0"), 60.0)
    model.close()


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[SandboxClient]:
    with SandboxClient(sandbox.base_url) as opened:
        opened.script_model("painted sign", HELPFUL)
        yield opened
        opened.clear_faults()
        opened.clear_scripts()


@pytest.fixture
def desk(sandbox: Sandbox, sqlite_url: str) -> Iterator[Desk]:
    engine = make_engine(sqlite_url)
    model = open_model(choose(sandbox))
    assert model is not None
    yield Desk(engine, Understander(engine, model, ("gpt-4o-mini",), Budget(10, 500), DEADLINE, print))
    model.close()
    engine.dispose()


def test_a_helpful_answer_helps(desk: Desk, client: SandboxClient) -> None:
    desk.talk("hi", SIGN)
    assert desk.conversation(1).state["slots"]["name"]["value"] == "Dolly Example"


@pytest.mark.parametrize("fault", FAULTS)
def test_misbehaviour_leaves_the_rules_reading(fault: str, desk: Desk, client: SandboxClient) -> None:
    """Each fault, in a turn that a helpful answer would have changed; Bob says the same and nobody is asked."""
    deadline = DEADLINE if FAULTS[fault] == "timeout" else PATIENCE
    asking = replace(cast(Understander, desk.taker.understand), deadline=deadline)
    with_model, rules = replace(desk.taker, understand=asking), replace(desk.taker, understand=understand)
    for phone in (ALICE, BOB):
        desk.talk("hi", phone=phone)
    desk.taker = rules
    bob = desk.talk(SIGN, phone=BOB)
    by_rules = desk.inbox()[-1].reading, desk.outbox()[-1].payload
    lasting = {"seconds": 5.0} if fault in ("slow", "timeout_after") else {}
    client.add_fault("models.openai.chat", fault, **lasting)
    alice = desk.hear(SIGN, phone=ALICE)
    began = time.monotonic()
    assert with_model.take_next()
    assert time.monotonic() - began < deadline + SLACK
    reading = dict(desk.inbox()[-1].reading)
    assert reading.pop("model")["outcome"] == FAULTS[fault]
    assert (reading, desk.outbox()[-1].payload) == by_rules
    assert desk.conversation(alice).state["slots"] == desk.conversation(bob).state["slots"] == {}
    assert [call.outcome for call in desk.read(ModelCall)] == [FAULTS[fault]]


def test_a_call_ends_before_the_lease() -> None:
    assert limit_deadline(8.0, 30.0) == 8.0
    assert limit_deadline(8.0, 6.0) < 6.0 / 2


def open_stage(sandbox: Sandbox, redis_url: str, **changes: Any) -> Context:
    return open_context(make_settings("sqlite://", redis_url, sandbox.base_url, **changes))


def test_turns_of_a_worker_ask_what_is_configured(sandbox: Sandbox, redis_url: str) -> None:
    without = open_stage(sandbox, redis_url)
    assert make_taker(without).understand is understand
    without.close()
    context = open_stage(sandbox, redis_url, openai_api_key=OPENAI_KEY, anthropic_api_key="another", lease_seconds=6.0)
    asking = make_taker(context).understand
    assert isinstance(asking, Understander)
    assert asking.names == ("gpt-4o-mini", "claude-haiku-4-5")
    assert asking.deadline == limit_deadline(8.0, 6.0)
    assert asking.model is context.model
    context.close()
