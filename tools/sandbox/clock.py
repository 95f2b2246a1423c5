"""The simulated clock: real time that can be pushed forward."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Time as the sandbox sees it.

    Records keep simulated time. What is shown outside is shifted back by everything that was advanced, so that after
    "five days later" old records look five days old and new ones look like now, as in an aged database.
    """

    def __init__(self) -> None:
        self._advanced = timedelta()
        # Memories that are made older themselves instead of being shown shifted.
        self.aging: list[Callable[[float], None]] = []
        # Cleared while the product's database is aged: no vendor answers until both sides are equally old.
        self.still = threading.Event()
        self.still.set()
        self._lock = threading.Lock()

    @property
    def advanced(self) -> timedelta:
        return self._advanced

    def now(self) -> datetime:
        return datetime.now(UTC) + self._advanced

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._advanced += timedelta(seconds=seconds)
        for make_older in self.aging:
            make_older(seconds)

    def as_shown(self, moment: datetime) -> datetime:
        """The real-world time at which a record seems to have been made."""
        return moment - self._advanced
