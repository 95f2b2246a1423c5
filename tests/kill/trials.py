"""Hard moments in which a product must hold, and in which the checker must notice one that does not."""

import os
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.kill.checker import Verdict
from tests.kill.grammar import correction, hello
from tests.kill.stack import Mode
from tests.kill.stories import Arm, Story, lose_answer, lose_webhook
from tests.kill.watching import OPEN_KINDS, Watch, new_phone

RETRY_SECONDS = 5.0  # longer than the checker's grace


@dataclass(frozen=True, slots=True)
class Trial:
    """A story, and the point at which a process is killed in it; "" kills none. `worker` are settings for it."""

    story: Story
    point: str = ""
    worker: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "-".join(filter(None, (self.story.__name__, self.point)))


def write_twins(view: Watch, arm: Arm) -> None:
    """Ten copies of one webhook side by side."""
    phone = _greet(view)
    arm()
    view.write(phone, correction(301), copies=10, wait=True)


def write_one(view: Watch, arm: Arm) -> None:
    """One message alone: nothing that comes later rings for it, and no worker still lingers."""
    phone = _greet(view)
    view.await_quiet()
    arm()
    view.write(phone, correction(301))


def write_with_retries(view: Watch, arm: Arm) -> None:
    """Twilio repeats webhooks that break, as recommended, and its list cannot be read."""
    phone = _greet(view)
    view.await_rest()
    webhook = f"{view.stack.web_url}/webhooks/twilio/message"
    view.stack.twilio.change_settings(inbound_url=f"{webhook}#rc=5&rp=ct,rt,5xx")
    view.stack.twilio.add_fault("messages.list", "error_before", count=None)
    arm()
    view.write(phone, correction(301), wait=True)


def send_blindly(view: Watch, arm: Arm) -> None:
    """Twilio's callbacks for one homeowner are lost."""
    phone = _greet(view)
    view.await_rest()
    view.stack.twilio.add_fault("status_callback", "lost", count=None, phone=phone)
    arm()
    view.write(phone, correction(301))


def queue_two(view: Watch, arm: Arm) -> None:
    """Twilio is busy for the first of two replies."""
    phone = _greet(view)
    _make_busy(view, phone, seconds=2)
    view.write(phone, correction(301), wait=True)
    view.write(phone, correction(302))


def take_while_queued(view: Watch, arm: Arm) -> None:
    """Twilio refuses a reply until staff have taken the conversation over, so that nothing is on its way then."""
    phone = _greet(view)
    view.await_rest()
    _make_busy(view, phone, seconds=2, count=None)
    view.write(phone, correction(301))
    _await_busy(view)
    view.take(phone)
    view.grace = timedelta()
    view.stack.twilio.clear_faults()


def stop_while_queued(view: Watch, arm: Arm) -> None:
    """A reply waits for its retry while the homeowner writes STOP, and something after it."""
    phone = _greet(view)
    view.await_rest()
    _make_busy(view, phone, RETRY_SECONDS)
    view.write(phone, correction(301))
    _await_busy(view)
    view.write(phone, "STOP", wait=True)
    view.write(phone, correction(302))


def sleep_through_lease(view: Watch, arm: Arm) -> None:
    """A process stops in the middle of a turn; another one takes the turn; the first one wakes up."""
    phone = _greet(view)
    view.await_rest()
    marker = view.stack.arm("turn.after_advance")
    view.write(phone, correction(301))
    sleeper = int(view.stack.await_true(lambda: marker.exists() and marker.read_text(), "a process stops"))
    view.await_answers()
    view.write(phone, correction(302))
    view.await_answers()
    view.await_rest()
    os.kill(sleeper, signal.SIGCONT)
    log = view.stack.processes["worker"]
    woken: Callable[[], bool] = lambda: "lease was lost" in log.read_log() or bool(view.judge().violations)  # noqa: E731
    view.stack.await_true(woken, "the sleeper ends its turn")
    view.write(phone, correction(303))


def hide_answer(view: Watch, arm: Arm) -> None:
    """As `lose_answer`, and Twilio's list does not show the message either: nobody can know of it."""
    view.stack.twilio.add_fault("messages.list", "lag", seconds=60)
    lose_answer(view, arm)


STOPS_IN_TURN = (("TURN_WORKERS", "2"),)
TRIALS = {
    trial.story.__name__: trial
    for trial in (
        Trial(write_twins),
        Trial(write_one, "webhook.after_commit"),
        Trial(write_with_retries, "webhook.before_commit"),
        Trial(send_blindly, "send.after_post"),
        Trial(queue_two),
        Trial(take_while_queued),
        Trial(stop_while_queued),
        Trial(sleep_through_lease, worker=STOPS_IN_TURN),
    )
}
"""What the product must withstand beside the kill points."""

TURN_DIES = Trial(write_one, "turn.after_claim")
TURN_DIES_LATE = Trial(write_one, "turn.after_commit")
ANSWER_LOST = Trial(lose_answer)
WEBHOOK_LOST = Trial(lose_webhook)
ANSWER_HIDDEN = Trial(hide_answer)


def plan_modes(points: Path, trial: Trial, bug: str = "", process: str = "") -> dict[str, Mode]:
    """How the processes run in the trial, one of them with the bug."""
    settings = dict(trial.worker)
    if trial.story is sleep_through_lease:
        settings["FAILPOINT"] = f"~turn.after_advance@{points / 'turn.after_advance'}"
    plain = {"web": Mode(), "worker": Mode("", settings), "clock": Mode()}
    return {name: replace(mode, bug=bug if name == process else "") for name, mode in plain.items()}


def run_trial(view: Watch, trial: Trial, patience: float, expected: Collection[str] = ()) -> Verdict:
    """The verdict once everything is answered and still, or one of the `expected` kinds that time cannot mend was
    found, or `patience` seconds are over."""
    stack = view.stack
    trial.story(view, lambda: stack.arm(trial.point) if trial.point else None)
    if trial.point:
        stack.await_true((stack.points / trial.point).exists, f"a process reaches {trial.point}")

    def is_settled() -> bool:
        kinds = {violation.kind for violation in view.judge().violations}
        return bool(kinds & (set(expected) - OPEN_KINDS)) or (not kinds and stack.is_idle())

    stack.await_for(is_settled, patience)
    return view.judge()


def _greet(view: Watch) -> str:
    phone = new_phone()
    view.write(phone, hello(300))
    view.await_answers()
    return phone


def _make_busy(view: Watch, phone: str, seconds: float, count: int | None = 1) -> None:
    view.stack.twilio.add_fault("messages.create", "rate_limit", seconds=seconds, phone=phone, count=count)


def _await_busy(view: Watch) -> None:
    def is_busy() -> bool:
        return any(line["kind"] == "fault_fired" for line in view.stack.read_ledger()[view.since :])

    view.stack.await_true(is_busy, "Twilio says that it is busy")
