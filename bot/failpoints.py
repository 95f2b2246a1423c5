"""Named points, before and after every commit and network call, where a test may have the process killed."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

NAMES = frozenset({
    "webhook.before_commit", "webhook.after_commit", "webhook.after_ring",
    "turn.before_claim_commit", "turn.after_claim", "turn.after_advance", "turn.before_commit", "turn.after_commit",
    "turn.after_ring",
    "send.before_intent_commit", "send.after_intent", "send.after_post", "send.before_settle_commit",
    "send.after_settle",
    "effect.before_claim_commit", "effect.after_claim", "effect.after_run", "effect.before_settle_commit",
    "effect.after_settle",
    "status.before_commit", "status.after_commit", "status.after_ring",
    "consequence.before_commit", "consequence.after_commit",
    "reconcile.after_list", "reconcile.before_commit", "reconcile.after_commit",
    "media.after_fetch", "media.after_delete",
    "remind.before_commit", "remind.after_commit",
    "sweep.before_ring", "sweep.after_ring",
    "inbound_sweep.after_list", "inbound_sweep.before_commit", "inbound_sweep.after_commit",
    "handoff.before_commit", "handoff.after_commit",
})  # fmt: skip


@dataclass
class Failpoint:
    """Kills at the `count`-th time `name` is reached; with a `marker` only the process that creates that file."""

    name: str
    count: int = 1
    marker: Path | None = None
    reached: int = 0

    def reach(self) -> None:
        self.reached += 1
        if self.reached == self.count and _create_marker(self.marker):
            os.kill(os.getpid(), signal.SIGKILL)


_armed: dict[str, Failpoint] = {}  # of this process, filled once at its start; empty in production


def parse(setting: str) -> Failpoint:
    """A failpoint from "name", "name:3" (the third time), "name@file" or "name:3@file"; ValueError if unknown."""
    place, _, marker = setting.partition("@")
    name, _, count = place.partition(":")
    if name not in NAMES:
        raise ValueError(f"no failpoint is called {name!r}")
    return Failpoint(name, int(count or 1), Path(marker) if marker else None)


def arm(setting: str) -> None:
    """Called once at the start of a process with the setting FAILPOINT; an empty one arms nothing."""
    _armed.clear()
    if setting:
        failpoint = parse(setting)
        _armed[failpoint.name] = failpoint


def reach(name: str) -> None:
    """Ends the process with SIGKILL if `name` is armed; otherwise nothing."""
    if _armed and name in _armed:
        _armed[name].reach()


def _create_marker(marker: Path | None) -> bool:
    """True for the one process that creates the file, so that a restarted one lives on."""
    if marker is None:
        return True
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    return True
