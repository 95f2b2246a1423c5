"""Where the CPU time goes: the stack's processes by name, and whatever else runs on the machine."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
USER, SYSTEM, PARENT = 11, 12, 1  # places in /proc/PID/stat after the name
IDLE = (3, 4)  # idle and waiting for disk, in the first line of /proc/stat
GUEST = 8  # what follows is counted already


@dataclass(frozen=True)
class Reading:
    """CPU seconds up to now: of each process tree by name, of everything, and of the machine's whole capacity."""

    trees: Mapping[str, float]
    busy: float
    capacity: float


def read_shares(roots: Mapping[str, int]) -> Reading:
    """`roots` names the process at the top of each tree."""
    children, spent = _read_processes()
    busy, capacity = _read_machine()
    return Reading({name: _add_up(pid, children, spent) for name, pid in roots.items()}, busy, capacity)


def describe_shares(before: Reading, after: Reading, messages: int) -> str:
    """CPU milliseconds a message by name, and how much of the machine was idle or somebody else's."""
    used = {name: after.trees[name] - before.trees[name] for name in before.trees}
    each = ", ".join(f"{name} {seconds * 1000 / messages:.1f}" for name, seconds in used.items())
    whole, busy = after.capacity - before.capacity, after.busy - before.busy
    others = max(0.0, busy - sum(used.values())) / whole
    return f"CPU ms a message: {each}; idle {1 - busy / whole:.0%}, other programs {others:.0%} of the machine"


def _read_processes() -> tuple[dict[int, list[int]], dict[int, float]]:
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it has ended
            continue
        children.setdefault(int(words[PARENT]), []).append(int(entry.name))
        spent[int(entry.name)] = (int(words[USER]) + int(words[SYSTEM])) / TICKS
    return children, spent


def _add_up(pid: int, children: Mapping[int, list[int]], spent: Mapping[int, float]) -> float:
    return spent.get(pid, 0.0) + sum(_add_up(child, children, spent) for child in children.get(pid, ()))


def _read_machine() -> tuple[float, float]:
    words = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1 : GUEST + 1]]
    idle = sum(words[place] for place in IDLE)
    return (sum(words) - idle) / TICKS, sum(words) / TICKS
