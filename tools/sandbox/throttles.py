"""Sliding windows behind the vendors' documented rates: so many calls in so many seconds, for each key."""

from __future__ import annotations

import threading
import time
from collections import deque

Limit = tuple[int, float]


class Throttles:
    """Real time, since limits protect real machines."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, float], deque[float]] = {}
        self._lock = threading.Lock()

    def wait_for(self, key: str, limits: tuple[Limit, ...]) -> float:
        """0 when a call of `key` is within all `limits` (calls, seconds) and now counted; else seconds to wait."""
        now = time.monotonic()
        with self._lock:
            windows = [(self._window(key, seconds, now), calls, seconds) for calls, seconds in limits if seconds > 0]
            waits = [seen[0] + seconds - now for seen, calls, seconds in windows if len(seen) >= calls]
            if waits:
                return max(waits)
            for seen, _, _ in windows:
                seen.append(now)
        return 0.0

    def _window(self, key: str, seconds: float, now: float) -> deque[float]:
        seen = self._calls.setdefault((key, seconds), deque())
        while seen and seen[0] <= now - seconds:
            seen.popleft()
        return seen
