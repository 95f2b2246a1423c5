"""The typing indicator is shown once, for answers that take long."""

import threading

from bot.typing import TypingWatch


class Shown:
    """Notes what was shown; `seen` is set each time."""

    def __init__(self, error: Exception | None = None) -> None:
        self.ids: list[str] = []
        self.seen = threading.Event()
        self.error = error

    def __call__(self, message_id: str) -> None:
        self.ids.append(message_id)
        self.seen.set()
        if self.error:
            raise self.error


def test_it_is_shown_when_an_answer_takes_long() -> None:
    shown = Shown()
    with TypingWatch(shown, 0.01).over("SM1"):
        assert shown.seen.wait(5)
    assert shown.ids == ["SM1"]


def test_quick_answers_show_nothing() -> None:
    """The slow one in the end proves that the thread is awake."""
    shown = Shown()
    watch = TypingWatch(shown, 0.3)
    for number in range(50):
        with watch.over(f"SM{number}"):
            assert not shown.ids
    with watch.over("slow"):
        assert shown.seen.wait(5)
    assert shown.ids == ["slow"]


def test_each_slow_answer_is_shown() -> None:
    shown = Shown()
    watch = TypingWatch(shown, 0.01)
    for message_id in ("SM1", "SM2"):
        shown.seen.clear()
        with watch.over(message_id):
            assert shown.seen.wait(5)
    assert shown.ids == ["SM1", "SM2"]


def test_a_failure_of_the_courtesy_ends_nothing() -> None:
    shown = Shown(OSError("no network"))
    watch = TypingWatch(shown, 0.01)
    for _ in range(2):
        shown.seen.clear()
        with watch.over("SM1"):
            assert shown.seen.wait(5)
    assert len(shown.ids) == 2
