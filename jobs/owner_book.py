"""What vendors answered lately when they were asked whose an object is."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

LIVE_SECONDS = 60.0
MOST = 10_000


@dataclass
class OwnerBook:
    """The answers of the last minute, of this process: an unknown object is asked about no more often."""

    clock: Callable[[], float] = time.monotonic
    _answers: OrderedDict[str, tuple[float, str]] = field(default_factory=OrderedDict)

    def recall(self, question: str) -> str | None:
        """The vendor's project id, empty where nobody knew; None where it was not asked lately."""
        at, owner = self._answers.get(question, (None, ""))
        return owner if at is not None and self.clock() - at < LIVE_SECONDS else None

    def note(self, question: str, owner: str) -> None:
        self._answers[question] = (self.clock(), owner)
        self._answers.move_to_end(question)
        if len(self._answers) > MOST:
            self._answers.popitem(last=False)
