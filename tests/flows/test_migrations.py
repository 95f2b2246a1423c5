"""A live conversation over a change of its flow: carried on, or given to staff with nothing lost."""

from dataclasses import replace

from flows.checks import check_flow
from flows.commands import Affirm, Set, Unclear
from flows.definition import CannotCarry, Flow
from flows.effects import AlertStaff, SendMessage
from flows.events import HandoffReturned, TimerFired
from flows.state import SlotValue
from tests.flows.cast import INTAKE, Talk

Slots = dict[str, SlotValue]


def rename_utility(slots: Slots) -> Slots:
    return {("supplier" if name == "utility" else name): held for name, held in slots.items()}


def drop_roof(slots: Slots) -> Slots:
    return {name: held for name, held in slots.items() if name != "roof_type"}


def refuse_all(slots: Slots) -> Slots:
    raise CannotCarry("a person has to look")


WITHOUT_ROOF = tuple(slot for slot in INTAKE.slots if slot.name != "roof_type")
AFTER = INTAKE.version + 1
NEXT = check_flow(Flow("intake", AFTER, WITHOUT_ROOF, INTAKE.endings, {**INTAKE.migrations, AFTER - 1: drop_roof}))
STUBBORN = replace(NEXT, migrations={**INTAKE.migrations, AFTER - 1: refuse_all})
GAP = replace(NEXT, migrations=dict(INTAKE.migrations))


def begin_talk() -> Talk:
    talk = Talk()
    talk.hear()
    talk.give("name", "street", "city", "state", "postal_code", "owner", "utility", "monthly_bill", "roof_type")
    return talk


def test_carried_over_two_versions_with_the_question_derived_anew() -> None:
    talk = begin_talk()
    talk.flow = NEXT
    talk.hear(Unclear("????"))
    assert (talk.state.flow_version, talk.state.flow_hash) == (AFTER, NEXT.hash)
    assert talk.value("roof_type") is None and talk.value("monthly_bill") == 240
    assert talk.item == "devices"
    assert talk.state.control == "bot"


def test_the_answer_that_came_first_after_the_change_counts() -> None:
    talk = begin_talk()
    talk.flow = NEXT
    talk.hear(Set("devices", [{"type": "ev", "quantity": 2}, {"type": "tv", "quantity": 1}]))
    assert talk.item == "email"


def test_a_yes_to_the_recap_of_an_older_version_confirms_nothing() -> None:
    talk = Talk()
    talk.hear()
    talk.give_all()
    assert talk.item == "consent"
    talk.flow = NEXT
    talk.hear(Affirm())
    assert talk.state.phase == "open" and "recap.short" in talk.keys
    talk.hear(Affirm())
    assert talk.state.phase == "submitted"


def test_what_cannot_be_carried_goes_to_staff_with_nothing_lost() -> None:
    for flow in (STUBBORN, GAP, replace(INTAKE, version=0)):
        talk = begin_talk()
        before = talk.state.slots
        talk.flow = flow
        talk.hear(Set("email", "maria@example.com"), on_duty=True)
        assert talk.state.control == "staff"
        assert talk.state.slots == before
        assert [alert.reason for alert in talk.did(AlertStaff)] == ["migration"]
        facts = dict(talk.did(AlertStaff)[0].facts)
        assert facts["Name"] == "Maria Lopez" and facts["Electricity"] == "$240 a month"
        assert talk.keys == ("handoff.begun",)
        talk.hear(Unclear("hello?"))
        assert talk.effects == ()


def test_with_nobody_on_duty_the_bot_goes_on_and_says_so_once() -> None:
    for flow in (STUBBORN, GAP):
        talk = begin_talk()
        talk.flow = flow
        talk.hear(Unclear("hello?"))
        assert talk.state.control == "bot"
        assert [alert.reason for alert in talk.did(AlertStaff)] == ["migration"]
        assert talk.keys[0] == "handoff.off_duty" and "handoff.begun" not in talk.keys
        assert talk.value("monthly_bill") == 240 and talk.item == "devices"
        talk.give("devices")
        assert talk.item == "email" and talk.did(AlertStaff) == []


def test_a_value_that_the_present_version_refuses_is_asked_again() -> None:
    talk = begin_talk()
    talk.state.slots["monthly_bill"] = replace(talk.state.slots["monthly_bill"], value="a lot")
    talk.flow = STUBBORN
    talk.hear(Unclear("hello?"))
    assert talk.value("monthly_bill") is None and talk.item == "monthly_bill"
    assert "monthly_bill: a lot" in talk.did(AlertStaff)[0].summary


def test_staff_give_back_what_could_not_be_carried() -> None:
    talk = begin_talk()
    talk.flow = STUBBORN
    talk.hear(Unclear("hello?"), on_duty=True)
    talk.meet(HandoffReturned("Bob"))
    assert talk.state.control == "bot" and talk.state.flow_version == AFTER
    assert talk.value("roof_type") == "metal", "a slot that the flow no longer has stays on file"
    assert talk.item == "devices"
    talk.give("devices")
    assert talk.item == "email"


def test_a_contact_who_opted_out_is_not_written_to_for_a_change() -> None:
    talk = begin_talk()
    talk.state = replace(talk.state, opted_out=True)
    talk.flow = STUBBORN
    talk.hear(Unclear("hello?"))
    assert talk.did(SendMessage) == []


def test_a_timer_finds_a_new_version_and_waits_for_the_contact() -> None:
    talk = begin_talk()
    talk.flow = STUBBORN
    talk.meet(TimerFired("nudge", talk.state.turn))
    assert talk.keys == ("nudge",) and talk.state.control == "bot"
    talk.hear(Unclear("hello?"), on_duty=True)
    assert talk.state.control == "staff"


def test_the_same_version_is_left_alone() -> None:
    talk = begin_talk()
    talk.hear(Unclear("?"))
    assert talk.state.flow_version == INTAKE.version and "roof_type" in talk.state.slots


def test_a_renamed_slot_takes_its_value_along() -> None:
    slots = rename_utility(begin_talk().state.slots)
    assert slots["supplier"].value == "Con Edison" and "utility" not in slots
