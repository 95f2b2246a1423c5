"""What goes on at the vendors when processes are killed: several homeowners, and a kill at each point of a group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.kill.grammar import QUICK_PROJECT, hello_all
from tests.kill.stories import Arm
from tests.kill.watching import Watch, new_phone

FAULTS = (
    "error_after", "timeout_after", "reset_after", "error_before", "rate_limit", "garbage_after", "drip",
)  # fmt: skip
GroupStory = Callable[[Watch, Arm], None]


@dataclass(frozen=True, slots=True)
class Group:
    """`arm` of the story arms all the points at once: each kills the first process that reaches it."""

    story: GroupStory
    points: Sequence[str]

    def __str__(self) -> str:
        return self.story.__name__


def confirm_under_faults(watch: Watch, arm: Arm) -> None:
    """Everybody confirms at once, and the creation of each one's project fails in a way of its own at each vendor."""
    phones = [prepare(watch) for _ in FAULTS]
    for number, phone in enumerate(phones):
        spoil = watch.stack.twilio.add_fault
        spoil("opensolar.projects.create", FAULTS[number], phone=phone)
        spoil("aurora.projects.create", FAULTS[number - 1], phone=phone)
    arm()
    for phone in phones:
        watch.write(phone, QUICK_PROJECT[-1])


def hear_webhooks(watch: Watch, arm: Arm) -> None:
    """Webhooks come twice each, and OpenSolar repeats those that were not taken."""
    phones = place(watch, 2)
    arm()
    for move in ("design", "proposal_sent", "signed"):
        for phone in phones:
            watch.move(phone, move, copies=2)
        watch.await_news()


def read_under_faults(watch: Watch, arm: Arm) -> None:
    """What webhooks announced cannot be read at once, each project's in a way of its own."""
    phones = place(watch, len(FAULTS))
    for fault, phone in zip(FAULTS, phones, strict=True):
        subject = f"/projects/{watch.find_project(phone)}"
        watch.stack.twilio.add_fault("opensolar.projects.fetch", fault, phone=subject)
    arm()
    for move in ("proposal_sent", "paid"):
        for phone in phones:
            watch.move(phone, move)
        watch.await_news()


GROUPS = (
    Group(confirm_under_faults, ("sync.after_intent", "sync.after_call", "sync.before_commit")),
    Group(
        hear_webhooks,
        (
            "vendor_webhook.before_commit", "vendor_webhook.after_commit", "vendor_webhook.after_ring",
            "vendor_events.before_commit", "vendor_events.after_commit",
        ),
    ),
    Group(read_under_faults, ("read.after_claim", "read.after_read", "read.before_commit", "read.after_commit")),
)  # fmt: skip
"""Every name about vendors, each in one group."""


def prepare(watch: Watch) -> str:
    """A homeowner whose request only wants a yes."""
    phone = new_phone()
    watch.write(phone, hello_all(300))
    watch.await_answers()
    for line in QUICK_PROJECT[:-1]:
        watch.write(phone, line)
        watch.await_answers()
    return phone


def place(watch: Watch, count: int) -> list[str]:
    """Homeowners whose projects are at both vendors."""
    phones = [prepare(watch) for _ in range(count)]
    for phone in phones:
        watch.write(phone, QUICK_PROJECT[-1])
    watch.await_news()
    return phones
