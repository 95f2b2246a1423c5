"""Named points, before and after every commit and network call, where a test may have the process killed or stopped."""

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
    "reconcile.after_list", "reconcile.before_settle_commit", "reconcile.after_settle",
    "media.after_fetch", "media.after_delete",
    "document.before_commit",
    "remind.before_commit",
    "sweep.before_ring", "sweep.after_ring",
    "inbound_sweep.after_list", "inbound_sweep.before_commit", "inbound_sweep.after_commit",
    "handoff.before_commit", "handoff.after_commit",
    "vendor_webhook.before_commit", "vendor_webhook.after_commit", "vendor_webhook.after_ring",
    "vendor_events.before_commit", "vendor_events.after_commit",
    "sync.after_intent", "sync.after_call", "sync.before_commit",
    "read.after_claim", "read.after_read", "read.before_commit", "read.after_commit",
})  # fmt: skip


@dataclass
class Failpoint:
    """Kills at the `count`-th time `name` is reached; `stops` suspends instead, until the process is told to go on.

    With a `marker`, only where that file can be created: removing it arms the point again. It holds the process id.
    """

    name: str
    count: int = 1
    marker: Path | None = None
    stops: bool = False
    reached: int = 0

    def reach(self) -> None:
        self.reached += 1
        if self.reached >= self.count and _create_marker(self.marker):
            os.kill(os.getpid(), signal.SIGSTOP if self.stops else signal.SIGKILL)


_armed: dict[str, Failpoint] = {}  # of this process, filled once at its start; empty in production


def parse(setting: str) -> Failpoint:
    """A failpoint from "name", "name:3" (the third time), "name@file", "name:3@file" or "~name" with any of them (stop
    instead of kill); ValueError if unknown."""
    place, _, marker = setting.strip().partition("@")
    name, _, count = place.removeprefix("~").partition(":")
    if name not in NAMES:
        raise ValueError(f"no failpoint is called {name!r}")
    return Failpoint(name, int(count or 1), Path(marker) if marker else None, place.startswith("~"))


def arm(setting: str) -> None:
    """Called once at the start of a process with the setting FAILPOINT, one or several with commas between; an empty
    one arms nothing."""
    _armed.clear()
    for part in filter(None, setting.split(",")):
        failpoint = parse(part)
        _armed[failpoint.name] = failpoint


def reach(name: str) -> None:
    """Ends or stops the process if `name` is armed; otherwise nothing."""
    if _armed and name in _armed:
        _armed[name].reach()


def _create_marker(marker: Path | None) -> bool:
    """True for the one process that creates the file, so that a restarted one lives on."""
    if marker is None:
        return True
    try:
        descriptor = os.open(marker, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    os.write(descriptor, str(os.getpid()).encode())
    os.close(descriptor)
    return True
