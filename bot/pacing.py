"""How fast messages may go out: a bucket for each contact, a steady rate for each sender."""

import threading
import time
from datetime import datetime

import redis
import structlog

CONTACT_TOKENS = 30.0
SECONDS_A_TOKEN = 6.0
SENDS_A_SECOND = 80.0
CATCH_UP = 4  # places that went by unused a moment ago and may still be taken

log = structlog.get_logger(__name__)

# KEYS[1]: when the sender is free again, in microseconds of Redis's clock. ARGV[1]: microseconds between two sends.
# ARGV[2]: how far behind the clock "free" may lie. Answers how long to wait for a place; only a caller that need not
# wait takes it.
TAKE_PLACE = """
local clock = redis.call('TIME')
local at = clock[1] * 1000000 + clock[2]
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
if free > at then return free - at end
free = math.max(free, at - tonumber(ARGV[2])) + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', 5000)
return 0
"""


def spend_token(tokens: float, at: datetime | None, now: datetime) -> tuple[float, float]:
    """(tokens left, 0) when a contact's bucket, last seen with `tokens` at `at`, gives one; else (tokens now, seconds
    until it does)."""
    elapsed = (now - at).total_seconds() if at else 0.0
    level = min(CONTACT_TOKENS, tokens + max(elapsed, 0.0) / SECONDS_A_TOKEN)
    if level >= 1:
        return level - 1, 0.0
    return level, (1 - level) * SECONDS_A_TOKEN


class SenderPace:
    """Places for sends from one of our numbers, shared by all machines through Redis; without Redis each process keeps
    the rate alone."""

    def __init__(self, connection: redis.Redis, sender: str, per_second: float = SENDS_A_SECOND) -> None:
        self._key = f"pace:{sender}"
        self._gap = 1.0 / per_second
        self._script = connection.register_script(TAKE_PLACE)
        self._free_at = 0.0
        self._redis_back_at = 0.0
        self._lock = threading.Lock()

    def take_place(self) -> float:
        """0 when a message may go out now, and then its place is taken; else the seconds until one may."""
        if time.monotonic() >= self._redis_back_at:
            try:
                gap = int(self._gap * 1e6)
                return int(self._script(keys=[self._key], args=[gap, CATCH_UP * gap])) / 1e6
            except (redis.RedisError, OSError) as error:
                self._redis_back_at = time.monotonic() + 3.0
                log.warning("pace kept alone", error=type(error).__name__)
        return self._take_own_place()

    def _take_own_place(self) -> float:
        with self._lock:
            now = time.monotonic()
            if self._free_at > now:
                return self._free_at - now
            self._free_at = max(self._free_at, now - CATCH_UP * self._gap) + self._gap
            return 0.0
