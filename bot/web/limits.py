"""At most so many requests a second from one source."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

PER_SECOND = 500.0  # a sender's 80 messages a second, each with its statuses, and room
BURST = 2000.0
SOURCES = 10_000


@dataclass
class RateLimit:
    """A bucket of `burst` tokens for each source, filled with `per_second`; of this process alone."""

    per_second: float = PER_SECOND
    burst: float = BURST
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, source: str) -> bool:
        """Takes a token of the source's; False when it has none left."""
        at = self.clock()
        tokens, last = self._buckets.pop(source, (self.burst, at))
        tokens = min(self.burst, tokens + (at - last) * self.per_second)
        allowed = tokens >= 1
        self._buckets[source] = (tokens - 1 if allowed else tokens, at)
        if len(self._buckets) > SOURCES:
            self._buckets.popitem(last=False)
        return allowed
