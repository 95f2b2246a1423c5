"""What comes in between: STOP, staff, vendors that are down or refuse, and days that go by."""

import pytest

from tests.journey.conftest import OpenJourney
from tests.journey.homeowner import SECONDS, Desk, Homeowner, Party
from tests.journey.wording import (
    ACCEPTED,
    DAY_CONFIRMED,
    DESIGN,
    INCENTIVES,
    INTAKE,
    PROPOSAL,
    PROPOSAL_AGAIN,
    SCHEDULED,
    SEALED,
    TOMORROW,
)
from tests.kill.stack import Mode, Stack
from tests.kill.watching import Watch, new_phone

AWAY = Mode(settings={"OPENSOLAR_API_BASE_URL": "http://127.0.0.1:9/opensolar"})
CONFIRMED = "confirmed a new project"


@pytest.fixture
def stack(open_journey: OpenJourney) -> Stack:
    return open_journey("postgresql")


def test_silence_after_stop(stack: Stack) -> None:
    party = invite(stack)
    party.talk(INTAKE, INCENTIVES)
    party.move("opensolar", "design", DESIGN)
    party.talk([("STOP", r"You won't get any more messages")])
    for move in ("proposal_sent", "signed", "schedule", "installed"):
        party.move("opensolar", move)
    party.people[0].check_alerts(
        CONFIRMED, "proposal is ready", "agreement is in place", "installation is planned", "system is installed"
    )


def test_staff_hear_and_the_bot_recaps(stack: Stack) -> None:
    party, watch = invite(stack), Watch(stack)
    party.talk(INTAKE, INCENTIVES)
    watch.take(party.people[0].phone)
    party.move("opensolar", "design")
    party.move("opensolar", "proposal_sent")
    party.move("opensolar", "signed")
    watch.run_tool("tools.handoff", "give-back", watch.find_conversation(party.people[0].phone), "--by", "Alice")
    party.expect(
        r"our automated assistant is looking after.*The design is ready.*The proposal is ready.*agreement is in"
    )
    party.people[0].check_alerts(CONFIRMED, "design is ready", "proposal is ready", "agreement is in place")


def test_a_vendor_that_is_down_keeps_nobody_from_talking(stack: Stack) -> None:
    """The project is at the other vendor, and once at this one when it is back."""
    party = invite(stack)
    phone = party.people[0].phone
    stack.run_as("worker", AWAY)
    party.talk([*INTAKE], INCENTIVES, idle=False)
    party.talk([("How long does it take?", "a designer prepares your proposal")], idle=False)
    Desk(stack, "aurora").find(phone)
    assert phone not in str(Desk(stack, "opensolar").list_projects())
    stack.run_as("worker")
    party.expect()
    party.move("opensolar", "proposal_sent", PROPOSAL)


def test_an_empty_wallet_is_for_staff(stack: Stack) -> None:
    """Each project waits once for them, and goes on when they say so; the homeowners never hear of it."""
    party = invite(stack, 2)
    stack.twilio.change_settings(opensolar_wallet=0)
    party.talk(INTAKE, INCENTIVES)
    stack.twilio.change_settings(opensolar_wallet=1000)
    assert not {person.phone for person in party.people} & set(str(Desk(stack, "opensolar").list_projects()))
    Watch(stack).retry_projects()
    party.expect()
    for person in party.people:
        Desk(stack, "opensolar").find(person.phone)
        person.check_alerts(CONFIRMED, "OpenSolar's wallet is empty")


def test_days_go_by(stack: Stack) -> None:
    """A decision that was put off is asked for once more; the day before the installation is announced, once."""
    party = invite(stack)
    party.talk(INTAKE, INCENTIVES)
    party.move("opensolar", "proposal_sent", PROPOSAL)
    party.talk([("not now", "take your time")])
    pass_days(stack, 3)
    party.expect(PROPOSAL_AGAIN)
    party.talk([("I accept", ACCEPTED)])
    party.move("opensolar", "signed", SEALED)
    party.move("opensolar", "schedule", SCHEDULED)
    party.talk([("yes", DAY_CONFIRMED)])
    pass_days(stack, 2)
    for _ in range(4):  # until the afternoon comes
        stack.twilio.advance_clock(6 * 3600)
        stack.await_true(stack.is_idle, "idle", SECONDS)
    party.expect(TOMORROW)


def pass_days(stack: Stack, days: int) -> None:
    for _ in range(days):
        stack.twilio.advance_clock(86_400)


def invite(stack: Stack, count: int = 1) -> Party:
    return Party(stack, [Homeowner(stack, new_phone()) for _ in range(count)])
