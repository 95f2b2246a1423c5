"""Keeps child processes running: each is forked, watched, started again when it dies, and ended with us."""

import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.logs import get_logger

POLL_SECONDS = 0.1
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 5.0
GOOD_LIFE = 10.0  # a child that lived so long is started again at once
PATIENCE_SECONDS = 25.0  # for children that finish what they are at

log = get_logger(__name__)


@dataclass
class Child:
    """One place for a process; `name` is what `run` serves."""

    name: str
    pid: int = 0
    started: float = 0.0
    pause: float = FIRST_PAUSE
    start_at: float = 0.0


@dataclass
class Supervisor:
    """Forks `run(name)` for every name. It must hold no connection when it forks."""

    names: Sequence[str]
    run: Callable[[str], None]
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.children = [Child(name) for name in self.names]
        self._lifeline = os.pipe()  # closes when we end, however we end

    def supervise(self) -> None:
        """Until `stopping` is set; then ends every child and waits for it."""
        while not self.stopping.is_set():
            for child in self.children:
                self._look_after(child)
            self.stopping.wait(POLL_SECONDS)
        self._end_children()

    def _look_after(self, child: Child) -> None:
        if child.pid and (ended := _reap(child.pid)) is not None:
            self._note_end(child, ended)
        if not child.pid and time.monotonic() >= child.start_at:
            self._start(child)

    def _note_end(self, child: Child, status: int) -> None:
        lived = time.monotonic() - child.started
        child.pause = FIRST_PAUSE if lived > GOOD_LIFE else min(child.pause * 2, LONGEST_PAUSE)
        child.start_at = time.monotonic() + child.pause
        log.warning("worker ended", queue=child.name, pid=child.pid, status=status, lived=round(lived, 1))
        child.pid = 0

    def _start(self, child: Child) -> None:
        child.started = time.monotonic()
        child.pid = os.fork()
        if child.pid == 0:
            self._live_as(child)
        log.info("worker started", queue=child.name, pid=child.pid)

    def _live_as(self, child: Child) -> None:
        """The child's whole life; never returns."""
        code = 1
        try:
            os.close(self._lifeline[1])
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            threading.Thread(target=_end_with_parent, args=(self._lifeline[0],), daemon=True).start()
            self.run(child.name)
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _end_children(self) -> None:
        for number, patience in ((signal.SIGTERM, PATIENCE_SECONDS), (signal.SIGKILL, PATIENCE_SECONDS)):
            alive = [child for child in self.children if child.pid]
            for child in alive:
                os.kill(child.pid, number)
            _await_ends(alive, patience)


def _reap(pid: int) -> int | None:
    """The exit code of a child that has ended (negative: the signal), None while it lives."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _await_ends(children: Sequence[Child], seconds: float) -> None:
    end = time.monotonic() + seconds
    while any(child.pid for child in children) and time.monotonic() < end:
        for child in children:
            if child.pid and _reap(child.pid) is not None:
                child.pid = 0
        time.sleep(POLL_SECONDS)  # the pause of a poll with a deadline


def _end_with_parent(lifeline: int) -> None:
    """Waits for the parent's end of the pipe to close, then asks this process to finish."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
