"""Kills the product's processes at random, as crashes would."""

import json
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.kill.stack import Stack

VICTIMS = {"web worker": 6, "worker": 14, "web": 1, "supervisor": 1, "clock": 2, "redis": 1}
"""How often each is chosen, relative to the others; `worker` is one of the processes of the queues."""


@dataclass
class Killer:
    """`deaths` counts kills by the name of what died."""

    stack: Stack
    chance: random.Random
    deaths: Counter[str] = field(default_factory=Counter)

    def kill_one(self) -> bool:
        """SIGKILL for one process, if the chosen one lives."""
        victim = self.chance.choices(list(VICTIMS), list(VICTIMS.values()))[0]
        name = KILLS[victim](self)
        if name:
            self.deaths[name] += 1
        return bool(name)

    @property
    def kills(self) -> int:
        return self.deaths.total()

    def _kill_child(self, top: str) -> str:
        children = list_children(self.stack.processes[top].pid)
        if not children:
            return ""
        pid = self.chance.choice(children)
        return name_child(self.stack, top, pid) if _kill(pid) else ""

    def _kill_top(self, top: str) -> str:
        process = self.stack.processes[top]
        return top if process.is_running() and _kill(process.pid) else ""

    def _kill_redis(self) -> str:
        server = self.stack.redis.process
        assert server is not None
        server.kill()
        server.start()
        return "redis"


KILLS: dict[str, Callable[[Killer], str]] = {
    "web worker": lambda killer: killer._kill_child("web"),
    "worker": lambda killer: killer._kill_child("worker"),
    "web": lambda killer: killer._kill_top("web"),
    "supervisor": lambda killer: killer._kill_top("worker"),
    "clock": lambda killer: killer._kill_top("clock"),
    "redis": lambda killer: killer._kill_redis(),
}


def list_children(pid: int) -> list[int]:
    """The living processes whose parent is `pid`."""
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def name_child(stack: Stack, top: str, pid: int) -> str:
    """`web worker`, or the queue that a worker process served."""
    if top == "web":
        return "web worker"
    for line in reversed(stack.processes[top].read_log(20_000).splitlines()):
        if f'"pid": {pid}' in line and "worker started" in line:
            return f"{json.loads(line)['queue']} worker"
    return "new worker"


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
