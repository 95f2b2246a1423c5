"""Token buckets behind the simulated rate limits."""

from __future__ import annotations

import threading
import time


class Buckets:
    """One bucket per key; real time, since limits protect real machines."""

    def __init__(self) -> None:
        self._levels: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take_token(self, key: str, size: float, per_second: float) -> bool:
        """Whether a token was left; a size of 0 means no limit."""
        if size <= 0:
            return True
        now = time.monotonic()
        with self._lock:
            level, seen = self._levels.get(key, (size, now))
            level = min(size, level + (now - seen) * per_second)
            granted = level >= 1
            self._levels[key] = (level - 1 if granted else level, now)
        return granted
