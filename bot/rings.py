"""Rings that wait a moment: a conversation's quick turns share one, a slow turn rings at once."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

QUICK_SECONDS = 0.02


@dataclass
class Rings:
    """Queues to ring with `ring`, each once; flush it in the end."""

    ring: Callable[[str], object]
    _waiting: dict[str, None] = field(default_factory=dict)
    _since: float = field(default_factory=time.monotonic)

    def add(self, queues: Iterable[str]) -> None:
        """Notes the queues; rings if the last ringing, or the beginning, is no longer a moment ago."""
        self._waiting.update(dict.fromkeys(queues))
        if time.monotonic() - self._since >= QUICK_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Rings now."""
        for queue in self._waiting:
            self.ring(queue)
        self._waiting.clear()
        self._since = time.monotonic()
