"""One vendor as it is called: bounded in time, and left alone while it is unwell or asked for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from integrations.llm.model import ModelError
from integrations.llm.within import Overdue, Places
from integrations.throttle import Breaker, Clock, Waits

log = logging.getLogger(__name__)

UNWELL = ("timeout", "server", "unreachable", "garbage", "empty")
AUTH_REST = 60.0  # a key does not mend itself
RATE_REST = 5.0  # where the vendor does not say how long


class Closable(Protocol):
    def close(self) -> None: ...


A = TypeVar("A", bound=Closable)
T = TypeVar("T")


class Link(Generic[A]):
    """`open_it` is called by the first call, and gives what each call gets: a client that keeps to `limit_time`.
    `slow_share`: an answer that took more than this share of its time counts as a failure."""

    def __init__(
        self,
        vendor: str,
        open_it: Callable[[], A],
        breaker: Breaker | None = None,
        clock: Clock = time.monotonic,
        slow_share: float = 1.0,
    ) -> None:
        self.vendor = vendor
        self._open_it = open_it
        self._opened: A | None = None
        self._places = Places()
        self._breaker = breaker or Breaker()
        self._waits = Waits(clock)
        self._clock = clock
        self._slow_share = slow_share
        self._last: ModelError | None = None

    def run(self, seconds: float, use: Callable[[A], T]) -> T:
        """What `use` gives, within `seconds`. Raises ModelError: while the vendor rests, one with the code that made
        it rest, and nothing is sent."""
        self._require_well()
        began = self._clock()
        try:
            result = self._places.run_within(seconds, lambda: use(self.open()))
        except Overdue:
            raise self._note(ModelError("timeout", f"{self.vendor} did not answer in time.")) from None
        except ModelError as error:
            raise self._note(error) from None
        except Exception as error:
            # A turn never fails for a language model. What was raised may quote the prompt, so its kind must do.
            unforeseen = f"Asking {self.vendor} failed in an unforeseen way ({type(error).__name__})."
            raise self._note(ModelError("garbage", unforeseen)) from None
        self._note_answer(self._clock() - began > seconds * self._slow_share)
        return result

    def open(self) -> A:
        """Two first calls at once may each open one; both work, and one is kept."""
        if self._opened is None:
            self._opened = self._open_it()
        return self._opened

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()

    def is_resting(self) -> bool:
        """Whether it asked to be left alone, or has a key that does not fit."""
        return self._waits.seconds_left("") > 0

    def _require_well(self) -> None:
        left = self._waits.seconds_left("") or self._breaker.admit()
        if left > 0 and self._last is not None:
            code: Any = self._last.code
            raise ModelError(
                code, f"{self._last.sentence} It is left alone for {left:.0f} seconds more.", left, sent=False
            )

    def _note_answer(self, slow: bool) -> None:
        """Who answers slowly every time is left alone as well: turns wait for each answer."""
        if slow:
            self._last = ModelError("timeout", f"{self.vendor} answers too slowly.")
            self._breaker.note_failure()
        else:
            self._breaker.note_success()

    def _note(self, error: ModelError) -> ModelError:
        self._last = error
        if error.code in UNWELL:
            self._breaker.note_failure()
        else:
            self._breaker.note_success()
        if error.retry_after is not None or error.code == "rate":
            self._waits.wait("", RATE_REST if error.retry_after is None else error.retry_after)
        if error.code == "auth":
            self._waits.wait("", AUTH_REST)
        log.warning("language model: %s: %s", error.code, error.sentence)
        return error
