"""Places in the vendors' rate limits, shared by all workers through Redis; each for itself while Redis is away."""

import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping

import redis
import structlog

MARGIN = 0.5  # seconds by which our windows are longer: a call arrives a little later than its place was taken
AWAY_SECONDS = 3.0  # a Redis that failed is not asked again within this time

Windows = tuple[tuple[int, float], ...]
"""(calls, seconds): at most so many calls in any such stretch of time."""

QUESTIONS = "questions"
"""Our own limit: whose an object is that nobody knows. A flood of strangers leaves room for everything else."""

LIMITS: Mapping[str, Mapping[str, Windows]] = {
    "opensolar": {
        "project_writes": ((10, 60.0), (10_000, 86_400.0)),
        "project_reads": ((100, 60.0),),
        "systems": ((60, 60.0),),
        "images": ((10, 60.0),),
        "files": ((1_000, 3_600.0),),
        QUESTIONS: ((10, 60.0),),
    },
    "aurora": {"": ((90, 60.0),), QUESTIONS: ((10, 60.0),)},
}
"""OpenSolar docs: throttles by user and organisation. Aurora: 90 a minute for a tenant, whatever is called."""

TAKE = """
local at = redis.call('TIME')
local now = at[1] + at[2] / 1000000
local wait = math.max(redis.call('PTTL', KEYS[#KEYS]), 0) / 1000
for number = 1, #KEYS - 1 do
    local calls, seconds = tonumber(ARGV[2 * number]), tonumber(ARGV[2 * number + 1])
    redis.call('ZREMRANGEBYSCORE', KEYS[number], '-inf', now - seconds)
    if redis.call('ZCARD', KEYS[number]) >= calls then
        local oldest = redis.call('ZRANGE', KEYS[number], 0, 0, 'WITHSCORES')
        wait = math.max(wait, tonumber(oldest[2]) + seconds - now)
    end
end
if wait == 0 then
    for number = 1, #KEYS - 1 do
        redis.call('ZADD', KEYS[number], now, ARGV[1])
        redis.call('EXPIRE', KEYS[number], math.ceil(tonumber(ARGV[2 * number + 1])) + 1)
    end
end
return tostring(wait)
"""
"""KEYS: one sorted set of times for each window, and what is there while the vendor wants to be left alone.
ARGV: the place's name, then calls and seconds of each window."""


class SharedPace:
    """A `Limiter`: counts on Redis what all workers call. While Redis is away each of `workers` takes its part of the
    limit by itself."""

    def __init__(
        self,
        connection: redis.Redis,
        workers: int,
        limits: Mapping[str, Mapping[str, Windows]] = LIMITS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._redis = connection
        self._take = connection.register_script(TAKE)
        self._limits = limits
        self._clock = clock
        self._alone = LonePace(workers, clock)
        self._away_until = 0.0

    def take(self, vendor: str, bucket: str) -> float:
        """Takes a place in `bucket`: 0 when there was one, else seconds until it is worth asking again."""
        key, windows = self._find_windows(vendor, bucket)
        wait = self._try_redis(lambda: self._ask(key, windows))
        return self._alone.take(key, windows) if wait is None else wait

    def hold_back(self, vendor: str, bucket: str, seconds: float) -> None:
        """For all workers; while Redis is away each finds out for itself."""
        key, _ = self._find_windows(vendor, bucket)
        if seconds > 0:
            self._try_redis(lambda: float(bool(self._redis.set(f"{key}:until", 1, px=max(int(seconds * 1000), 1)))))

    def _find_windows(self, vendor: str, bucket: str) -> tuple[str, Windows]:
        known = self._limits.get(vendor, {})
        name = bucket if bucket in known else ""
        return f"pace:{vendor}:{name}", known.get(name, ())

    def _try_redis(self, ask: Callable[[], float]) -> float | None:
        """None while it is away."""
        if self._clock() < self._away_until:
            return None
        try:
            return ask()
        except (redis.RedisError, OSError) as error:
            self._away_until = self._clock() + AWAY_SECONDS
            log.warning("vendors' limits are kept without Redis", error=type(error).__name__)
            return None

    def _ask(self, key: str, windows: Windows) -> float:
        keys = [*(f"{key}:{seconds:g}" for _, seconds in windows), f"{key}:until"]
        bounds = [bound for calls, seconds in windows for bound in (calls, seconds + MARGIN)]
        return float(self._take(keys=keys, args=[uuid.uuid4().hex, *bounds]))


class LonePace:
    """The same for one process, with its part of the limit."""

    def __init__(self, workers: int, clock: Callable[[], float]) -> None:
        self._workers = workers
        self._clock = clock
        self._lock = threading.Lock()
        self._taken: dict[tuple[str, float], deque[float]] = {}

    def take(self, key: str, windows: Windows) -> float:
        with self._lock:
            now = self._clock()
            waits = [self._wait_for(key, calls, seconds + MARGIN, now) for calls, seconds in windows]
            if not any(waits):
                for _, seconds in windows:
                    self._taken[key, seconds + MARGIN].append(now)
            return max(waits, default=0.0)

    def _wait_for(self, key: str, calls: int, seconds: float, now: float) -> float:
        taken = self._taken.setdefault((key, seconds), deque())
        while taken and taken[0] <= now - seconds:
            taken.popleft()
        ours = max(calls // self._workers, 1)
        return taken[0] + seconds - now if len(taken) >= ours else 0.0


log = structlog.get_logger(__name__)
