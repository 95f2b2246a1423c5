"""Shows the contact that an answer is being written, when it takes longer than a second."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.logs import get_logger

SECONDS = 1.0
ShowTyping = Callable[[str], None]

log = get_logger(__name__)


@contextmanager
def typing_after(show: ShowTyping | None, message_id: str, seconds: float = SECONDS) -> Iterator[None]:
    """Calls `show(message_id)` once, on another thread, if the block is still running after `seconds`."""
    if show is None or not message_id:
        yield
        return
    timer = threading.Timer(seconds, _show, (show, message_id))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _show(show: ShowTyping, message_id: str) -> None:
    try:
        show(message_id)
    except Exception as error:
        log.warning("typing not shown", error=repr(error))  # a courtesy: the answer comes all the same
