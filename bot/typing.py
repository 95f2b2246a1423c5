"""Shows the contact that an answer is being written, when it takes longer than a second."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.logs import get_logger

SECONDS = 1.0
POLL_SECONDS = 0.25
ShowTyping = Callable[[str], None]

log = get_logger(__name__)


@dataclass(frozen=True)
class Watched:
    """A message under way, and when its answer counts as slow."""

    message_id: str
    slow_at: float


@dataclass
class TypingWatch:
    """Calls `show(message_id)` once for an answer that takes longer than `seconds`.

    One thread for all answers, started with the first: one for each would cost more than most turns do.
    """

    show: ShowTyping
    seconds: float = SECONDS
    _watched: Watched | None = None
    _begun: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @contextmanager
    def over(self, message_id: str) -> Iterator[None]:
        """Watches the block; one at a time."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, daemon=True, name="typing")
            self._thread.start()
        self._watched = Watched(message_id, time.monotonic() + self.seconds)
        self._begun.set()
        try:
            yield
        finally:
            self._watched = None

    def _watch(self) -> None:
        while self._begun.wait():
            self._begun.clear()
            while (watched := self._watched) is not None:
                rest = watched.slow_at - time.monotonic()
                if rest > 0:
                    time.sleep(min(rest, POLL_SECONDS))  # the pause of a poll with a deadline
                elif self._watched is watched:
                    self._watched = None
                    self._show(watched.message_id)

    def _show(self, message_id: str) -> None:
        try:
            self.show(message_id)
        except Exception as error:
            log.warning("typing not shown", error=repr(error))  # a courtesy: the answer comes all the same
