"""Repair that no reading of words brings about by itself: doubts, refused values, undo, limits."""

from datetime import timedelta

import pytest

from flows.commands import (
    Affirm,
    Back,
    Cancel,
    ChangeLanguage,
    Choose,
    Clear,
    Correct,
    Deny,
    Handoff,
    OptOut,
    Pause,
    Repeat,
    Restart,
    Set,
    Skip,
    Start,
    Unclear,
)
from flows.effects import AlertStaff, FetchMedia, LookUpIncentives, Remind, SendMessage, SyncProject
from flows.events import HandoffReturned, HandoffTaken, Media, TimerFired
from tests.flows.cast import ANSWERS, Talk


def begin(**fields: str) -> Talk:
    talk = Talk(**fields)
    talk.hear(Start())
    return talk


def submit(talk: Talk) -> None:
    talk.give_all()
    assert talk.item == "consent"
    talk.hear(Affirm())
    assert talk.state.phase == "submitted"


class TestDoubts:
    def test_an_unsure_value_is_confirmed_before_it_is_stored(self) -> None:
        talk = begin()
        talk.hear(Set("name", "Mrai", confidence=0.5))
        assert talk.value("name") is None and talk.item == "confirm:name"
        assert "Name: Mrai" in talk.said
        talk.hear(Affirm())
        assert talk.value("name") == "Mrai" and talk.state.slots["name"].confirmed
        assert talk.state.slots["name"].message_id == "SM2", "the words came with the first message"

    def test_denied_it_is_gone(self) -> None:
        talk = begin()
        talk.hear(Set("name", "Mrai", confidence=0.5))
        talk.hear(Deny())
        assert talk.item == "name" and talk.state.doubts == {} and talk.state.agenda == ()

    def test_a_no_with_the_right_value_settles_it_in_one_message(self) -> None:
        talk = begin()
        talk.hear(Set("name", "Mrai", confidence=0.5))
        talk.hear(Deny(), Correct("name", "Maria"))
        assert talk.value("name") == "Maria" and talk.item == "street"

    def test_a_sure_value_is_not_put_in_doubt_by_the_same_unsure_one(self) -> None:
        talk = begin()
        talk.give("name")
        talk.hear(Set("name", ANSWERS["name"], confidence=0.3))
        assert talk.item == "street" and talk.state.doubts == {}

    def test_another_unsure_value_leaves_the_old_one_until_confirmed(self) -> None:
        talk = begin()
        talk.give("name")
        talk.hear(Correct("name", "Tom", confidence=0.4))
        assert talk.value("name") == "Maria Lopez" and talk.item == "confirm:name"


class TestValues:
    @pytest.mark.parametrize("value", [0, -5, "lots", float("inf"), True, None, 10**9])
    def test_a_value_that_its_kind_refuses_is_a_miss(self, value: object) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code", "owner", "utility")
        talk.hear(Set("monthly_bill", value))
        assert talk.value("monthly_bill") is None
        assert talk.keys == ("monthly_bill.rephrase",)

    def test_a_slot_that_the_flow_does_not_have_is_left_out(self) -> None:
        talk = begin()
        talk.hear(Set("shoe_size", 44), Set("name", "Maria"))
        assert set(talk.state.slots) == {"name"}

    def test_consent_cannot_be_said(self) -> None:
        talk = begin()
        talk.give_all()
        talk.hear(Set("consent", {"wording": "yes"}), Correct("consent", True), Choose("consent=true"))
        assert talk.state.phase == "open" and talk.did(SyncProject) == []

    def test_provenance_is_kept(self) -> None:
        talk = begin()
        talk.hear(Set("name", "Maria", raw="im maria", source="model", confidence=0.8))
        held = talk.state.slots["name"]
        assert (held.raw, held.source, held.confidence, held.at) == ("im maria", "model", 0.8, talk.now)

    def test_clearing_a_needed_value_asks_for_it_again(self) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code", "owner", "utility")
        talk.hear(Clear("utility"))
        assert talk.item == "utility" and "Con Edison → removed" in talk.said

    def test_clearing_an_optional_value_leaves_it_out(self) -> None:
        talk = begin()
        talk.give_all()
        talk.hear(Clear("email"))
        assert talk.value("email") is None and talk.item == "consent" and "email" in talk.state.skipped

    def test_what_depends_is_kept_when_it_comes_in_the_same_message(self) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code", "owner", "utility")
        talk.hear(Correct("city", "Albany"), Correct("postal_code", "12203"), Correct("state", "NY"))
        assert talk.value("postal_code") == "12203" and talk.item == "utility"

    def test_devices_are_merged_by_type_and_replaced_when_reviewed(self) -> None:
        talk = begin()
        talk.give_all()
        talk.hear(Correct("devices", [{"type": "ev", "quantity": 0}]))
        assert talk.value("devices") == [{"type": "air_conditioner", "quantity": 2}, {"type": "ev", "quantity": 0}]
        talk.hear(Choose("change=devices"))
        talk.hear(Set("devices", [{"type": "battery", "quantity": 1}]))
        assert talk.value("devices") == [{"type": "battery", "quantity": 1}]


class TestConsent:
    def test_what_is_recorded(self) -> None:
        talk = begin()
        submit(talk)
        record = talk.value("consent")
        assert record["wording"] in _before_last(talk)
        assert (record["version"], record["language"], record["channel"]) == ("2026-11-1", "en", "whatsapp")
        assert record["message_id"] == f"SM{talk.count}" and record["at"] == talk.now.isoformat()

    def test_a_yes_before_the_recap_confirms_nothing(self) -> None:
        talk = begin()
        talk.hear(*(Set(name, value) for name, value in ANSWERS.items()), Affirm(), Choose("consent=yes"))
        assert talk.state.phase == "open" and talk.item == "consent"

    def test_a_file_after_the_recap_is_recapped_before_the_yes_counts(self) -> None:
        talk = begin()
        talk.give_all()
        talk.hear(Set("bill_document", "promised"))
        talk.hear(media=(Media("ME1", "image/jpeg"),))
        assert "recap.short" in talk.keys and talk.state.phase == "open"

    def test_a_change_that_was_not_recapped_takes_the_recap_back(self) -> None:
        talk = begin()
        talk.give_all()
        talk.hear(Set("monthly_bill", 99), Pause())
        assert "paused" in talk.keys and talk.item is None
        talk.hear(Affirm())
        assert talk.state.phase == "open" and "$99 a month" in talk.said
        talk.hear(Affirm())
        assert talk.state.phase == "submitted"

    def test_effects_of_a_submission(self) -> None:
        talk = begin()
        submit(talk)
        assert talk.did(SyncProject) == [SyncProject(1)] and talk.did(LookUpIncentives) == [LookUpIncentives(1)]
        (alert,) = talk.did(AlertStaff)
        assert ("Devices", "2 air conditioners and 1 electric car") in alert.facts
        assert talk.did(Remind) == []

    def test_a_correction_of_the_address_looks_incentives_up_again(self) -> None:
        talk = begin()
        submit(talk)
        talk.hear(Correct("street", "14 Oak Street"))
        assert talk.did(LookUpIncentives) == [LookUpIncentives(1)]
        talk.hear(Correct("email", "m.lopez@example.com"))
        assert talk.did(SyncProject) == [SyncProject(1)] and talk.did(LookUpIncentives) == []

    def test_what_a_correction_emptied_after_submission_is_asked_for(self) -> None:
        talk = begin()
        submit(talk)
        talk.hear(Correct("city", "Albany"), Correct("state", "NY"), Correct("postal_code", "12203"))
        assert talk.item == "utility" and talk.state.phase == "submitted"
        talk.give("utility")
        assert talk.item is None and talk.state.project == 1


class TestUndo:
    @pytest.mark.parametrize("command", [Restart(), Cancel()])
    def test_within_a_day(self, command: Restart | Cancel) -> None:
        talk = begin()
        talk.give("name", "street")
        kept = talk.state.slots
        talk.hear(command)
        assert talk.state.slots == {}
        talk.wait(hours=23)
        talk.hear(Choose("undo"))
        assert talk.state.slots == kept and talk.state.phase == "open" and talk.item == "city"

    def test_not_after_a_day(self) -> None:
        talk = begin()
        talk.give("name")
        talk.hear(Cancel())
        talk.wait(hours=25)
        talk.hear(Choose("undo"))
        assert talk.keys[0] == "undo.nothing" and talk.state.slots == {}

    def test_what_was_given_since_fills_the_gaps(self) -> None:
        talk = begin()
        talk.give("name")
        talk.hear(Restart())
        talk.give("name", "utility", name="Tom")
        talk.hear(Choose("undo"))
        assert talk.value("name") == "Maria Lopez" and talk.value("utility") == "Con Edison"

    def test_a_second_restart_keeps_the_first_one_within_reach(self) -> None:
        talk = begin()
        talk.give("name")
        talk.hear(Restart())
        talk.hear(Restart())
        talk.hear(Choose("undo"))
        assert talk.value("name") == "Maria Lopez"


class TestPeople:
    def test_off_duty_the_bot_goes_on(self) -> None:
        talk = begin()
        talk.hear(Handoff("complaint", "rubbish"))
        assert talk.keys == ("handoff.off_duty", "name.short") and talk.state.control == "bot"
        assert talk.did(AlertStaff)[0].summary.endswith("In their words: rubbish")

    def test_staff_own_what_they_took(self) -> None:
        talk = begin()
        talk.meet(HandoffTaken("Bob"))
        talk.hear(Set("name", "Maria"), Handoff("asked"), on_duty=True)
        assert talk.effects == () and talk.state.slots == {} and talk.state.heard_at == talk.now

    def test_given_back_to_a_contact_who_opted_out_nothing_is_said(self) -> None:
        talk = begin()
        talk.meet(HandoffTaken("Bob"))
        talk.hear(OptOut())
        assert talk.keys == ("optout.done",)
        talk.meet(HandoffReturned("Bob"))
        assert talk.effects == () and talk.state.control == "bot"

    def test_an_emergency_and_a_stop_in_one_message(self) -> None:
        talk = begin()
        talk.hear(OptOut(), Handoff("emergency", "smoke"))
        assert talk.keys == ("safety", "optout.done")
        assert all(message.always for message in talk.did(SendMessage))
        assert [alert.reason for alert in talk.did(AlertStaff)] == ["emergency"]

    def test_an_emergency_begins_a_handoff_where_somebody_is_on_duty(self) -> None:
        talk = begin()
        talk.hear(Handoff("emergency", "smoke"), on_duty=True)
        assert talk.keys == ("safety", "handoff.begun") and talk.state.control == "staff"
        assert [message.always for message in talk.did(SendMessage)] == [True, False]

    def test_the_first_message_may_be_an_emergency(self) -> None:
        talk = Talk()
        talk.hear(Handoff("emergency", "fire"))
        assert talk.keys == ("safety",)
        talk.hear(Start())
        assert talk.keys == ("greeting", "name.ask")


class TestReminders:
    def test_one_is_planned_for_each_silence(self) -> None:
        talk = begin()
        assert talk.did(Remind) == [Remind("nudge", talk.now + timedelta(hours=22))]
        talk.wait(hours=22)
        talk.meet(TimerFired("nudge", talk.state.turn))
        assert talk.keys == ("nudge",) and talk.did(Remind) == []

    def test_an_overtaken_one_says_nothing(self) -> None:
        talk = begin()
        asked_by = talk.state.turn
        talk.give("name")
        talk.meet(TimerFired("nudge", asked_by))
        assert talk.effects == ()

    @pytest.mark.parametrize("command", [OptOut(), Cancel()])
    def test_none_after_an_end(self, command: OptOut | Cancel) -> None:
        talk = begin()
        talk.hear(command)
        assert talk.did(Remind) == []
        talk.meet(TimerFired("nudge", talk.state.turn))
        assert talk.effects == ()

    def test_a_pause_is_reminded_of_too(self) -> None:
        talk = begin()
        talk.hear(Pause())
        assert talk.keys == ("paused",) and len(talk.did(Remind)) == 1
        talk.hear(Unclear("????"))
        assert talk.state.phase == "open" and talk.item == "name"


class TestWays:
    def test_back_to_a_skipped_question_asks_it_again(self) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code", "owner", "utility", "monthly_bill", "devices")
        talk.hear(Skip())
        talk.hear(Back())
        assert talk.item == "roof_type" and talk.state.skipped == ()

    def test_repeat_twice_uses_other_words(self) -> None:
        talk = begin()
        talk.hear(Repeat())
        assert talk.keys == ("once_more", "name.ask")
        talk.hear(Repeat())
        assert talk.keys == ("name.short",)

    def test_a_language_that_there_is_not(self) -> None:
        talk = begin()
        talk.hear(ChangeLanguage("sn"))
        assert talk.state.language == "en" and "English and español" in talk.said

    def test_every_language_from_the_first_message(self) -> None:
        talk = Talk()
        talk.hear(Start(), language="es")
        assert talk.state.language == "es" and talk.keys == ("greeting", "name.ask")
        talk = Talk(market="ES")
        talk.hear(Start())
        assert talk.state.language == "es"

    def test_a_file_with_no_bill_in_sight_is_kept_for_staff(self) -> None:
        talk = begin()
        talk.hear(media=(Media("ME1", "image/jpeg"),))
        assert talk.did(FetchMedia) == [FetchMedia("ME1")] and talk.keys == ("unkept.file", "name.short")
        assert talk.value("bill_document") is None

    def test_a_renter_who_waits_has_no_project(self) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code")
        talk.hear(Set("owner", False), Set("renter_path", "later"))
        assert talk.state.phase == "closed" and talk.did(SyncProject) == [] and talk.item is None


def _before_last(talk: Talk) -> str:
    """What was shown before the yes: the state asked for consent in these words."""
    again = begin()
    again.give_all()
    return again.said


class TestLoops:
    def test_an_address_of_which_only_the_town_is_read_is_offered_as_typed(self) -> None:
        talk = begin()
        talk.give("name")
        words, read = "1234 S 900 E, Salt Lake City", Set("city", "Salt Lake City")
        talk.hear(read, text=words)
        talk.hear(read, text=words)
        assert talk.item == "confirm:street" and words in talk.said
        talk.hear(read, text=words)
        assert talk.value("street") == words and talk.item == "state"

    def test_an_unsure_value_given_again_is_meant(self) -> None:
        talk = begin()
        talk.hear(Set("name", "Mrai", confidence=0.5))
        talk.hear(Set("name", "mrai", confidence=0.5))
        assert talk.value("name") == "Mrai" and talk.item == "street"

    def test_a_family_home_is_asked_about_once(self) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code")
        talk.hear(Set("owner", None))
        assert talk.keys == ("owner.family",)
        talk.hear(Set("owner", None))
        assert talk.keys == ("owner.rephrase",)
        talk.hear(Affirm())
        assert talk.value("owner") is True

    def test_a_name_is_taken_from_the_profile_in_the_end(self) -> None:
        talk = begin()
        talk.hear(Skip(), profile_name="Maria L")
        talk.hear(Skip(), profile_name="Maria L")
        assert talk.value("name") == "Maria L" and talk.state.slots["name"].source == "vendor"
        assert talk.item == "street"

    def test_what_was_left_open_shows_in_the_facts_for_staff(self) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code", "owner", "utility", "devices")
        for _ in range(5):
            talk.hear(Skip())
        assert talk.item == "consent"
        talk.hear(Affirm())
        (alert,) = talk.did(AlertStaff)
        assert ("Monthly bill", "to be clarified") in alert.facts

    def test_a_number_comes_back_with_what_it_was_for(self) -> None:
        talk = begin()
        talk.give("name", "street", "city", "state", "postal_code", "owner", "utility")
        talk.hear(Skip())
        talk.hear(Skip())
        talk.hear(Set("monthly_bill", 240))
        assert talk.value("monthly_bill") == 240 and "monthly_bill" not in talk.state.skipped
