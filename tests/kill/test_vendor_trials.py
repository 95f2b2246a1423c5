"""Hard moments with vendors: the product holds, and the checker notices when it does not."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.kill.conftest import VENDORS_ON
from tests.kill.grammar import QUICK_PROJECT
from tests.kill.stack import PROCESSES, Mode, Stack, run_stack
from tests.kill.stories import Arm
from tests.kill.trials import Trial, run_trial
from tests.kill.vendor_stories import place, prepare
from tests.kill.watching import Watch, watch

PATIENCE = 30.0
IMPATIENCE = 10.0  # longer than all leases, looks and repeated webhooks that would mend it


@dataclass(frozen=True, slots=True)
class Seeded:
    """A bug in one process, the trial that exposes it, and what the checker must call it."""

    bug: str
    process: str
    trial: Trial
    kind: str


def lose_creation(view: Watch, arm: Arm) -> None:
    """OpenSolar makes the project, and says that it failed."""
    phone = prepare(view)
    view.stack.twilio.add_fault("opensolar.projects.create", "error_after", phone=phone)
    view.write(phone, QUICK_PROJECT[-1])


def sleep_through_read(view: Watch, arm: Arm) -> None:
    """A process stops with what it has read; another one reads and tells; the first one wakes up."""
    (phone,) = place(view, 1)
    marker = view.stack.arm("read.after_read")
    view.move(phone, "design")
    sleeper = int(view.stack.await_true(lambda: marker.exists() and marker.read_text(), "a process stops"))
    view.await_news()
    os.kill(sleeper, signal.SIGCONT)
    log = view.stack.processes["worker"]
    woken: Callable[[], bool] = lambda: "the lease was lost" in log.read_log() or bool(view.judge().violations)  # noqa: E731
    view.stack.await_true(woken, "the sleeper ends its read")
    view.move(phone, "proposal_sent")


def hear_once(view: Watch, arm: Arm) -> None:
    """The web process dies while a webhook is taken in."""
    (phone,) = place(view, 1)
    arm()
    view.move(phone, "paid")


TRIALS = (Trial(lose_creation), Trial(sleep_through_read), Trial(hear_once, "vendor_webhook.before_commit"))
SEEDED = (
    Seeded("post_without_looking", "worker", TRIALS[0], "project twice"),
    Seeded("tell_without_fence", "worker", TRIALS[1], "news told twice"),
    Seeded("acknowledge_before_commit", "web", TRIALS[2], "not told"),
)


def test_a_read_that_was_overtaken_tells_nothing(vendor_stack: Stack) -> None:
    trial = TRIALS[1]
    for name, mode in plan_modes(vendor_stack.points, trial).items():
        vendor_stack.run_as(name, mode)
    verdict = run_trial(watch(vendor_stack), trial, PATIENCE)
    assert not verdict.violations and not verdict.ambiguous, "\n".join(map(str, verdict.violations))


@pytest.mark.parametrize("seeded", SEEDED, ids=lambda seeded: seeded.bug)
def test_the_checker_notices(fresh_database: str, tmp_path: Path, seeded: Seeded) -> None:
    folder = tmp_path / "run"
    modes = plan_modes(folder / "points", seeded.trial, seeded)
    with run_stack(folder, fresh_database, modes, dict(VENDORS_ON)) as stack:
        verdict = run_trial(watch(stack), seeded.trial, IMPATIENCE, (seeded.kind,))
    assert seeded.kind in {violation.kind for violation in verdict.violations}, verdict


def plan_modes(points: Path, trial: Trial, seeded: Seeded | None = None) -> dict[str, Mode]:
    """How the processes run in the trial, one of them with the bug."""
    modes = {name: Mode() for name in PROCESSES}
    if trial.story is sleep_through_read:
        stop = f"~read.after_read@{points / 'read.after_read'}"
        modes["worker"] = Mode(settings={"FAILPOINT": stop, "LEASE_SECONDS": "1"})
    if seeded:
        modes[seeded.process] = replace(modes[seeded.process], bug=seeded.bug)
    return modes
