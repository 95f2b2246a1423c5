"""Calls to a vendor that belong together: how long they may wait for places in its limits, and what goes on between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


def _do_nothing() -> None:
    pass


@dataclass
class Stint:
    """`patience`: seconds left that may be spent waiting for a place, rather than lose the calls that were made.
    `before_call` runs before each of them and may raise."""

    patience: float = 0.0
    before_call: Callable[[], None] = _do_nothing
    calls: int = 0

    def wait_for(self, seconds: float) -> bool:
        """Whether it is worth waiting so long for a place: nothing is lost as long as nothing was called."""
        if not self.calls or seconds > self.patience:
            return False
        self.patience -= seconds
        return True


_stint: ContextVar[Stint | None] = ContextVar("stint", default=None)


@contextmanager
def hold_together(patience: float, before_call: Callable[[], None] = _do_nothing) -> Iterator[None]:
    """Calls made inside, by this thread, are one `Stint`."""
    token = _stint.set(Stint(patience, before_call))
    try:
        yield
    finally:
        _stint.reset(token)


def find_stint() -> Stint:
    """The one that this call belongs to, or one of its own that waits for nothing."""
    return _stint.get() or Stint()
