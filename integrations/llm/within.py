"""Runs a call that must not outlive its time: the caller goes on, and what is left behind is bounded in number."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from integrations.transport import limit_time

T = TypeVar("T")
CALLS_AT_ONCE = 4
Ended = SimpleQueue[tuple[Any, BaseException | None]]


class Overdue(Exception):
    """The time is over; the call was left behind, or never had a place to run in."""


class Places:
    """A thread for each call, `calls` of them at once at most, those left behind included.

    A thread left behind ends by itself soon: its connections have the same deadline, and only the look-up of a name
    goes on for as long as the system's resolver does. Threads are daemons, so that none holds up the end of a process.
    """

    def __init__(self, calls: int = CALLS_AT_ONCE) -> None:
        self._free = threading.BoundedSemaphore(calls)

    def run_within(self, seconds: float, call: Callable[[], T]) -> T:
        """What `call` gives or raises; raises Overdue when `seconds` are over, RuntimeError where the system has no
        thread to give."""
        until = time.monotonic() + seconds
        if not self._free.acquire(timeout=max(seconds, 0.0)):
            raise Overdue
        ended: Ended = SimpleQueue()
        thread = threading.Thread(target=self._run, args=(call, until, ended), daemon=True, name="language-model")
        try:
            thread.start()
        except BaseException:
            self._free.release()  # nothing runs that would
            raise
        try:
            result, error = ended.get(timeout=max(until - time.monotonic(), 0.001))
        except Empty:
            raise Overdue from None
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def _run(self, call: Callable[[], object], until: float, ended: Ended) -> None:
        try:
            with limit_time(until - time.monotonic()):
                result = call()
        except BaseException as error:
            # It belongs to the caller, who raises it; when the caller has gone on, nobody wants it.
            ended.put((None, error))
        else:
            ended.put((result, None))
        finally:
            self._free.release()
