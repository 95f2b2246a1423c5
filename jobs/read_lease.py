"""The lease of a read, renewed between its calls: a slow vendor may take its time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from db.vendor_reads import renew_read


class LeaseLost(Exception):
    """Somebody else reads the project now."""


@dataclass
class ReadLease:
    """Of `seconds`, under which `link` was claimed just now."""

    engine: Engine
    link: Any
    seconds: float
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._began = self.clock()

    def renew_in_time(self) -> None:
        """Prolongs it once a third of it is over; LeaseLost where it has ended and the project was claimed again."""
        if self.clock() - self._began < self.seconds / 3:
            return
        with self.engine.begin() as connection:
            if not renew_read(connection, self.link, self.seconds):
                raise LeaseLost
        self._began = self.clock()
