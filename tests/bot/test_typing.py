"""The typing indicator is shown once, for answers that take long."""

import threading

from bot.typing import typing_after


def test_it_is_shown_when_an_answer_takes_long() -> None:
    shown: list[str] = []
    seen = threading.Event()

    def show(message_id: str) -> None:
        shown.append(message_id)
        seen.set()

    with typing_after(show, "SM1", seconds=0.01):
        assert seen.wait(5)
    assert shown == ["SM1"]


def test_a_quick_answer_shows_nothing() -> None:
    shown: list[str] = []
    with typing_after(shown.append, "SM1", seconds=60):
        assert [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    for timer in [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]:
        timer.join(5)
    assert shown == []


def test_a_failure_of_the_courtesy_ends_nothing() -> None:
    seen = threading.Event()

    def fail(message_id: str) -> None:
        seen.set()
        raise OSError("no network")

    with typing_after(fail, "SM1", seconds=0.01):
        assert seen.wait(5)
