"""What goes on in the world when a process is killed: each story leads the product past its kill points."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import create_engine, text

from tests.kill.grammar import PROJECT, correction, hello
from tests.kill.watching import Watch, new_phone

Arm = Callable[[], None]
Story = Callable[[Watch, Arm], None]
"""Brings homeowners into position, calls `arm`, then does what leads past the point."""

MAKE_REMINDERS_DUE = """
    UPDATE outbox SET due_at = created_at WHERE kind = 'remind' AND status = 'ready' AND conversation_id = :conversation
"""


def correct_bills(watch: Watch, arm: Arm) -> None:
    """Two homeowners, one of them in the middle of it, write several messages without waiting."""
    first, second = new_phone(), new_phone()
    _greet(watch, first)
    arm()
    watch.write(second, hello(400), copies=2)
    for number in range(301, 304):
        watch.write(first, correction(number))


def ask_question(watch: Watch, arm: Arm) -> None:
    """A question that staff must hear of."""
    phone = new_phone()
    _greet(watch, phone)
    arm()
    watch.write(phone, "What voltage is the moon?")
    watch.write(phone, correction(301))


def send_photo(watch: Watch, arm: Arm) -> None:
    phone = new_phone()
    _greet(watch, phone)
    arm()
    watch.write(phone, media={"sample": "roof"})


def send_bill(watch: Watch, arm: Arm) -> None:
    """What the file says is told once, after the word that it is being read."""
    phone = new_phone()
    _greet(watch, phone)
    arm()
    watch.write(phone, "bill attached", media={"sample": "bill"})


def leave_whatsapp(watch: Watch, arm: Arm) -> None:
    """The reply is accepted and fails afterwards: its consequence is drawn from the status callback."""
    phone = new_phone()
    _greet(watch, phone)
    watch.await_rest()
    watch.stack.twilio.add_homeowner(phone, "Gone", on_whatsapp=False)
    arm()
    watch.write(phone, correction(301))


def lose_answer(watch: Watch, arm: Arm) -> None:
    """Twilio accepts, answers 500 and loses its callbacks: only its list knows."""
    phone = new_phone()
    _greet(watch, phone)
    watch.await_rest()
    watch.stack.twilio.add_fault("messages.create", "error_after", phone=phone)
    watch.stack.twilio.add_fault("status_callback", "lost", count=None, phone=phone)
    arm()
    watch.write(phone, correction(301))
    watch.write(phone, correction(302))


def lose_webhook(watch: Watch, arm: Arm) -> None:
    """Two messages that Twilio never manages to announce, and one that it does."""
    phone = new_phone()
    _greet(watch, phone)
    watch.stack.twilio.add_fault("webhook", "lost", count=2, phone=phone)
    arm()
    lost = [watch.write(phone, correction(301)), watch.write(phone, correction(302))]
    watch.stack.await_true(lambda: _count_lost(watch, lost) == 2, "two webhooks are lost")


def wait_for_nudge(watch: Watch, arm: Arm) -> None:
    """A day goes by for one homeowner: the reminder that was planned becomes an event."""
    phone = new_phone()
    _greet(watch, phone)
    conversation = int(watch.find_conversation(phone))
    arm()
    engine = create_engine(watch.stack.database_url)
    with engine.begin() as connection:
        connection.execute(text(MAKE_REMINDERS_DUE), {"conversation": conversation})
    engine.dispose()
    watch.stack.await_true(lambda: _is_nudged(watch, phone), "a reminder")


def confirm_project(watch: Watch, arm: Arm) -> None:
    """A whole intake; the kill comes at the confirmation."""
    phone = new_phone()
    _greet(watch, phone)
    for line in PROJECT[:-1]:
        watch.write(phone, line)
        watch.await_answers()
    arm()
    watch.write(phone, PROJECT[-1])


def stop_everything(watch: Watch, arm: Arm) -> None:
    """STOP, repeated, and words after it that nobody answers."""
    phone = new_phone()
    _greet(watch, phone)
    arm()
    watch.write(phone, "STOP", copies=2)
    watch.await_answers()
    watch.write(phone, correction(301), wait=True)


def hand_over(watch: Watch, arm: Arm) -> None:
    """Staff take a conversation over; what is written to them is not answered by the bot."""
    phone = new_phone()
    _greet(watch, phone)
    arm()
    watch.write(phone, correction(301), wait=True)
    watch.take(phone)
    watch.write(phone, correction(302), wait=True)


def take_twice(watch: Watch, arm: Arm) -> None:
    """Taking over dies half-way and is done again."""
    phone = new_phone()
    _greet(watch, phone)
    watch.await_rest()
    conversation = watch.find_conversation(phone)
    arm()
    watch.run_tool("tools.handoff", "take", conversation, code=-9)
    watch.take(phone)
    watch.write(phone, correction(301), wait=True)


@dataclass(frozen=True, slots=True)
class KillPoint:
    """A place in the code and a story that leads past it."""

    name: str
    story: Story

    def __str__(self) -> str:
        return f"{self.name}-{self.story.__name__}"


def _points(story: Story, *names: str) -> tuple[KillPoint, ...]:
    return tuple(KillPoint(name, story) for name in names)


KILL_POINTS = (
    *_points(correct_bills, "webhook.before_commit", "webhook.after_commit", "webhook.after_ring"),
    *_points(
        correct_bills, "turn.before_claim_commit", "turn.after_claim", "turn.after_advance", "turn.before_commit",
        "turn.after_commit", "turn.after_ring",
    ),
    *_points(
        correct_bills, "send.before_intent_commit", "send.after_intent", "send.after_post", "send.before_settle_commit",
        "send.after_settle",
    ),
    *_points(correct_bills, "status.before_commit", "status.after_commit", "status.after_ring"),
    *_points(correct_bills, "sweep.before_ring", "sweep.after_ring"),
    *_points(
        ask_question, "effect.before_claim_commit", "effect.after_claim", "effect.after_run",
        "effect.before_settle_commit", "effect.after_settle",
    ),
    *_points(send_photo, "media.after_fetch", "media.after_delete"),
    *_points(send_bill, "document.before_commit"),
    *_points(leave_whatsapp, "consequence.before_commit", "consequence.after_commit"),
    *_points(lose_answer, "reconcile.after_list", "reconcile.before_settle_commit", "reconcile.after_settle"),
    *_points(
        lose_webhook, "inbound_sweep.after_list", "inbound_sweep.before_commit", "inbound_sweep.after_commit"
    ),
    *_points(wait_for_nudge, "remind.before_commit"),
    *_points(take_twice, "handoff.before_commit", "handoff.after_commit"),
    *_points(confirm_project, "turn.before_commit", "turn.after_commit", "send.after_post"),
    *_points(stop_everything, "turn.before_commit", "send.after_intent"),
    *_points(hand_over, "send.after_intent"),
)  # fmt: skip
"""Every name of `bot.failpoints.NAMES` that has nothing to do with vendors, at least once; the last few where a kill
would hurt most."""

ON_SQLITE = ("webhook.before_commit", "turn.after_claim", "turn.before_commit", "send.after_intent", "send.after_post")


def _greet(watch: Watch, phone: str, number: int = 300) -> None:
    watch.write(phone, hello(number))
    watch.await_answers()


def _count_lost(watch: Watch, sids: list[str]) -> int:
    return sum(line["kind"] == "fault_fired" and line.get("sid") in sids for line in watch.stack.read_ledger())


def _is_nudged(watch: Watch, phone: str) -> bool:
    return any(item.phone == phone and item.key == ("nudge", "") for item in watch.evidence().said)
