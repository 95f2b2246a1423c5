"""What a call that does not end costs: its time, and never more than so many threads."""

import threading
import time
from collections.abc import Callable

import pytest

from integrations.llm.model import ModelError
from integrations.llm.within import Overdue, Places
from tests.integrations.llm.conftest import PROMPT, Open
from tools.sandbox.client import SandboxClient


def count_threads() -> int:
    return sum(thread.name == "language-model" for thread in threading.enumerate())


def wait_until(true: Callable[[], bool], seconds: float = 3.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came to that"
        threading.Event().wait(0.02)


def test_results_and_errors_come_through() -> None:
    places = Places()
    assert places.run_within(1.0, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        places.run_within(1.0, lambda: 1 // 0)


def test_calls_left_behind_are_bounded() -> None:
    """As when a resolver of names hangs, which no time-out of a socket ends."""
    places, let_go = Places(2), threading.Event()
    wait_until(lambda: count_threads() == 0)
    for _ in range(5):
        with pytest.raises(Overdue):
            places.run_within(0.05, let_go.wait)
    assert count_threads() == 2
    let_go.set()
    wait_until(lambda: count_threads() == 0)
    assert places.run_within(1.0, lambda: "again") == "again"


def test_a_thread_that_cannot_start_takes_no_place() -> None:
    places = Places(1)
    usual = threading.stack_size(2**46)  # more than there is
    try:
        with pytest.raises(RuntimeError):
            places.run_within(1.0, lambda: 7)
    finally:
        threading.stack_size(usual)
    assert places.run_within(0.5, lambda: 7) == 7


@pytest.mark.parametrize("dialect", ["openai", "anthropic"])
def test_a_hung_call_really_ends(dialect: str, sandbox: SandboxClient, open_llm: Open) -> None:
    """Its connection has the same deadline: the thread is gone, though the server still holds on."""
    sandbox.add_fault("models.*", "drip", seconds=0.1, count=None)
    model = open_llm(dialect)
    with pytest.raises(ModelError):
        model.complete(PROMPT, 0.3)
    wait_until(lambda: count_threads() == 0)
