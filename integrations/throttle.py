"""How often a vendor may be called: places in its limits, its Retry-After, and rest after too many failures."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

MAX_RETRY_AFTER = 3600.0

Clock = Callable[[], float]
"""Seconds that only grow."""


class Limiter(Protocol):
    """Shared by all processes that call the vendor."""

    def take(self, vendor: str, bucket: str) -> float:
        """Takes a place in `bucket` ("" where no limit is known): 0 when there was one, else seconds until it is worth
        asking again."""
        ...

    def hold_back(self, vendor: str, bucket: str, seconds: float) -> None:
        """The vendor asked to be left alone for so long: nobody gets a place before."""
        ...


class Unlimited:
    """For tools and tests that call a vendor now and then."""

    def take(self, vendor: str, bucket: str) -> float:
        return 0.0

    def hold_back(self, vendor: str, bucket: str, seconds: float) -> None:
        pass


class Breaker:
    """Leaves a vendor alone for `rest` seconds after `limit` failures in a row; then one call may try.

    One for each process, shared by its threads. A call that was let in to try and never says how it ended costs
    another rest, no more.
    """

    def __init__(self, limit: int = 5, rest: float = 30.0, clock: Clock = time.monotonic) -> None:
        self._limit = limit
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def admit(self) -> float:
        """0: call; else seconds to wait. After a rest the first who asks is let in, and everyone else rests on."""
        with self._lock:
            if self._failures < self._limit:
                return 0.0
            left = self._until - self._clock()
            if left > 0:
                return left
            self._until = self._clock() + self._rest
            return 0.0

    def forgo(self) -> None:
        """The call that was let in was not made after all: the next who asks is let in."""
        with self._lock:
            self._until = min(self._until, self._clock())

    def note_success(self) -> None:
        with self._lock:
            self._failures = 0

    def note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self._limit:
                self._until = self._clock() + self._rest


class Waits:
    """Until when a vendor asked to be left alone, for each bucket, in this process."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}

    def wait(self, bucket: str, seconds: float) -> None:
        with self._lock:
            self._until[bucket] = self._clock() + seconds

    def seconds_left(self, bucket: str) -> float:
        with self._lock:
            return max(self._until.get(bucket, 0.0) - self._clock(), 0.0)


def parse_retry_after(value: str) -> float | None:
    """Seconds from a Retry-After header (a number or a date), at most an hour; None without a sound one."""
    value = value.strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(float(value[:6]), MAX_RETRY_AFTER)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), MAX_RETRY_AFTER)
