"""Which vendors this process leaves alone for a while, since reads found no place in their limits."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

LONGEST = 60.0


@dataclass
class RestBook:
    """Reads of a vendor that rests are not even begun."""

    clock: Callable[[], float] = time.monotonic
    _until: dict[str, float] = field(default_factory=dict)

    def note(self, vendor: str, seconds: float) -> None:
        self._until[vendor] = max(self._until.get(vendor, 0.0), self.clock() + min(seconds, LONGEST))

    def seconds_left(self, vendor: str) -> float:
        return max(self._until.get(vendor, 0.0) - self.clock(), 0.0)

    def list_awake(self, vendors: Iterable[str]) -> list[str]:
        return [vendor for vendor in vendors if not self.seconds_left(vendor)]
