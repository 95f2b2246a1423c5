"""The checker is proven: it finds nothing wrong with the product in hard moments, and notices every seeded bug."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kill.buggy import BUGS
from tests.kill.stack import Stack, run_stack
from tests.kill.test_vendor_trials import SEEDED as VENDOR_SEEDED
from tests.kill.trials import (
    ANSWER_HIDDEN,
    ANSWER_LOST,
    TRIALS,
    TURN_DIES,
    TURN_DIES_LATE,
    WEBHOOK_LOST,
    Trial,
    plan_modes,
    run_trial,
)
from tests.kill.watching import watch

PATIENCE = 20.0  # for a product that recovers by itself
IMPATIENCE = 8.0  # for one that may never: longer than the lease, the sweeps and a look at the list together


@dataclass(frozen=True, slots=True)
class Seeded:
    """A bug in one process, the trial that exposes it, and what the checker must call it (one of these)."""

    bug: str
    process: str
    trial: Trial
    kinds: tuple[str, ...]


SEEDED = (
    Seeded("forget_message_ids", "web", TRIALS["write_twins"], ("said to nobody",)),
    Seeded("answer_before_commit", "web", TRIALS["write_with_retries"], ("unanswered",)),
    Seeded("write_without_fence", "worker", TRIALS["sleep_through_lease"], ("said twice",)),
    Seeded("finish_before_turn", "worker", TURN_DIES, ("unanswered",)),
    Seeded("write_effects_after_commit", "worker", TURN_DIES_LATE, ("unanswered",)),
    Seeded("repeat_unknown_sends", "worker", ANSWER_LOST, ("said twice",)),
    Seeded("resend_after_crash", "worker", TRIALS["send_blindly"], ("said twice",)),
    Seeded("overlook_list", "worker", ANSWER_LOST, ("said twice",)),
    Seeded("ignore_control", "worker", TRIALS["take_while_queued"], ("spoke after a take-over",)),
    Seeded("ignore_stop", "worker", TRIALS["stop_while_queued"], ("spoke after STOP",)),
    Seeded("send_in_any_order", "worker", TRIALS["queue_two"], ("out of order",)),
    Seeded("trust_webhooks", "worker", WEBHOOK_LOST, ("unanswered",)),
    Seeded("sweep_nothing", "clock", TRIALS["write_one"], ("unanswered",)),
)


def test_every_bug_is_tried() -> None:
    assert {seeded.bug for seeded in (*SEEDED, *VENDOR_SEEDED)} == set(BUGS)
    assert len(BUGS) >= 10


@pytest.mark.parametrize("trial", TRIALS.values(), ids=str)
def test_the_product_holds(stack: Stack, trial: Trial) -> None:
    for name, mode in plan_modes(stack.points, trial).items():
        stack.run_as(name, mode)
    verdict = run_trial(watch(stack), trial, PATIENCE)
    assert not verdict.violations and not verdict.ambiguous, "\n".join(map(str, verdict.violations))


def test_what_nobody_can_know_is_ambiguous(stack: Stack) -> None:
    """The one case in which a reply is said twice, and it is counted."""
    verdict = run_trial(watch(stack), ANSWER_HIDDEN, PATIENCE)
    assert not verdict.violations, "\n".join(map(str, verdict.violations))
    assert len(verdict.ambiguous) == 1


@pytest.mark.parametrize("seeded", SEEDED, ids=lambda seeded: seeded.bug)
def test_the_checker_notices(fresh_database: str, tmp_path: Path, seeded: Seeded) -> None:
    """On a stack of its own, since nobody knows what a bug leaves behind."""
    folder = tmp_path / "run"
    modes = plan_modes(folder / "points", seeded.trial, seeded.bug, seeded.process)
    with run_stack(folder, fresh_database, modes) as stack:
        verdict = run_trial(watch(stack), seeded.trial, IMPATIENCE, seeded.kinds)
    assert {violation.kind for violation in verdict.violations} & set(seeded.kinds), verdict
