"""What vendors tell: one message for each look, within the channel's limits, and nothing said that is not known."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flows.commands import Affirm, Choose, OptOut, Restart, Set
from flows.effects import AlertStaff, ApplyForIncentives, NoteDecision, Remind, SendMessage, ShareMedia, SyncProject
from flows.events import HandoffReturned, HandoffTaken, Media, News, StaffAsked, TimerFired, VendorEvent
from flows.news import WHATS
from flows.patterns.figures import LONGEST_DETAILS, show_incentives
from flows.patterns.tellings import ASKS, SLOT_OF, STAFF_WORDS, TEMPLATES
from flows.wording import BUTTONS, UNPROMPTED, Voice
from flows.wording import TEMPLATES as APPROVED
from tests.flows.cast import INTAKE, Talk

US = Voice("en", "US", "USD")
URL = "https://example.com/p/1"


def sent(**fields: Any) -> Talk:
    talk = Talk(**fields)
    talk.hear()
    talk.give_all()
    talk.hear(Affirm())
    assert talk.state.phase == "submitted"
    return talk


def tell(talk: Talk, *news: News, project: int = 0) -> list[SendMessage]:
    talk.wait(minutes=10)
    talk.meet(VendorEvent("opensolar", project or talk.state.project, news))
    return talk.did(SendMessage)


class TestTables:
    def test_every_sort_of_news_is_for_somebody(self) -> None:
        told = {what for what, _ in TEMPLATES if " " not in what}
        assert told | set(STAFF_WORDS) == set(WHATS)
        assert set(SLOT_OF) <= set(WHATS) and set(ASKS) <= told

    def test_every_wording_of_news_is_a_template(self) -> None:
        assert set(TEMPLATES.values()) <= set(UNPROMPTED)

    def test_buttons_of_a_template_are_those_of_its_question(self) -> None:
        for (what, asks), key in TEMPLATES.items():
            asking = asks or TEMPLATES.get((what, True)) == key
            options = INTAKE.by_name[ASKS[what.split()[0]]].options if asking else ()
            assert BUTTONS.get(key, ()) == (options if len(options) <= 3 else ()), key
        assert BUTTONS["proposal_reminder"] == INTAKE.by_name["decision"].options
        for each in APPROVED:
            assert tuple(option.id for option in each.options) == BUTTONS.get(each.key, ())

    def test_told_slots_have_no_question(self) -> None:
        assert {slot.name for slot in INTAKE.facts_told} >= set(SLOT_OF.values())
        assert not {slot.name for slot in INTAKE.facts_told} & {slot.name for slot in INTAKE.questions}


class TestLimits:
    def test_news_never_needs_a_second_message(self) -> None:
        rows = [
            {
                "program": f"Programme number {n} " + "x" * 90,
                "amount_cents": 123456,
                "conditions": ["c" * 300, "d" * 300],
            }
            for n in range(9)
        ]
        facts = {"source": "leap", "firm": rows, "possible": rows, "ended": rows, "notes": ["n" * 400] * 5,
                 "connect_url": "https://example.com/" + "c" * 60}  # fmt: skip
        talk = sent()
        (message,) = tell(talk, News("incentives", facts))
        assert len(message.text) <= 1000 and message.options
        assert len(show_incentives(facts, US)) <= LONGEST_DETAILS

    def test_the_template_says_it_within_1024_characters(self) -> None:
        bodies = {each.key: each.body for each in APPROVED if each.language == "es"}
        assert all(len(body) + LONGEST_DETAILS + 150 <= 1024 for key, body in bodies.items() if "incentives" in key)
        assert all(len(body) + 700 + 60 <= 1024 for key, body in bodies.items() if key.endswith("_news"))

    def test_a_recap_of_much_news_is_one_message(self) -> None:
        talk = sent()
        talk.meet(HandoffTaken("Bob"))
        for _ in range(4):
            assert tell(talk, News("proposal_ready", {"url": f"{URL}?{'x' * 80}", "kw": 6.2})) == []
        talk.meet(HandoffReturned("Bob"))
        assert len(talk.did(SendMessage)) == 1 and talk.state.silenced == ()


class TestOwnership:
    def test_one_message_with_a_sentence_for_staff(self) -> None:
        talk = sent()
        (message,) = tell(talk, News("synced"), News("design_ready", {"kw": 6.2}), News("proposal_ready", {"url": URL}))
        assert message.template == "proposal_ready" and message.unprompted
        assert (
            message.news == "Maria Lopez: The proposal is ready at https://example.com/p/1 with these figures: 6.2 kW."
        )
        assert message.variables == ("Maria", "6.2 kW", URL)
        assert talk.item == "decision"

    def test_news_that_nobody_foresaw_reaches_staff(self) -> None:
        talk = sent()
        assert tell(talk, News("moved_house", {"text": "…"})) == []
        assert [each.summary for each in talk.did(AlertStaff)] == ["Maria Lopez: moved_house"]

    def test_a_tap_on_an_old_button_reaches_staff(self) -> None:
        talk = sent()
        talk.hear(Choose("decision=accept"))
        assert talk.value("decision") is None and talk.did(NoteDecision) == []
        assert [each.reason for each in talk.did(AlertStaff)] == ["note"]
        assert talk.keys == ("follow_up.settled",)

    def test_news_after_stop_is_kept_and_not_said(self) -> None:
        talk = sent()
        talk.hear(OptOut())
        assert tell(talk, News("scheduled", {"date": "2026-12-15"})) == []
        assert talk.value("installation_day") == "2026-12-15" and talk.did(AlertStaff)
        talk.now = datetime(2026, 12, 14, 22, tzinfo=UTC)
        talk.meet(TimerFired("installation", 1, "2026-12-15"))
        assert talk.effects == ()

    def test_what_was_on_its_way_when_staff_took_over_is_recapped(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL}))
        talk.meet(HandoffTaken("Bob"))
        tell(talk, News("sealed"))
        talk.meet(HandoffReturned("Bob", ("proposal_ready", "nudge")))
        (message,) = talk.did(SendMessage)
        assert message.template == "handoff_returned_news"
        assert message.variables[1].startswith(f"The proposal is ready at {URL} with")
        assert message.variables[1].endswith("The agreement is in place.")

    def test_news_to_a_contact_nobody_has_heard(self) -> None:
        talk = Talk(market="ES")
        (message,) = tell(talk, News("sealed"), project=1)
        assert message.language == "es" and message.template == "earlier_news"
        assert talk.state.slots == {}

    def test_facts_of_an_earlier_project_are_back_with_undo(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL}))
        talk.hear(Choose("decision=later"))
        talk.hear(Restart())
        tell(talk, News("proposal_ready", {"url": "https://example.com/p/2"}))
        assert talk.value("proposal") is None
        talk.hear(Choose("undo"))
        assert talk.value("proposal") == {"url": "https://example.com/p/2"} and talk.value("decision") is None
        assert talk.item == "decision"

    def test_staff_ask_for_an_assessment_of_nothing(self) -> None:
        talk = Talk()
        talk.hear()
        talk.meet(StaffAsked("assessment", "Bob"))
        assert talk.did(SendMessage) == [] and [each.reason for each in talk.did(AlertStaff)] == ["note"]


class TestRenewedLink:
    def test_the_link_is_another_and_nothing_is_said(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL, "kw": 6.2}))
        talk.hear(Choose("decision=later"))
        held = talk.state.slots["proposal"]
        assert tell(talk, News("proposal_renewed", {"url": URL + "?again"})) == []
        assert talk.effects == ()
        assert talk.state.slots["proposal"] == replace(held, value={"url": URL + "?again", "kw": 6.2})
        assert talk.state.slots["decision"].value == "later", "the answer stands"

    def test_also_while_another_request_has_begun(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL}))
        talk.hear(Restart())
        talk.hear(Affirm())
        tell(talk, News("proposal_renewed", {"url": URL + "?again"}))
        assert talk.effects == ()
        assert talk.state.undo is not None
        assert talk.state.undo.slots["proposal"].value == {"url": URL + "?again"}

    def test_of_a_proposal_nobody_heard_of_nothing_is_kept(self) -> None:
        talk = sent()
        tell(talk, News("proposal_renewed", {"url": URL}))
        assert talk.effects == () and "proposal" not in talk.state.slots


class TestTakenBack:
    def test_a_day_that_is_taken_back_is_for_staff_and_nobody_is_reminded(self) -> None:
        talk = sent()
        tell(talk, News("scheduled", {"date": "2026-12-15"}))
        assert tell(talk, News("unscheduled", {"text": "2026-12-15"})) == []
        [alert] = talk.did(AlertStaff)
        assert "taken the day of the installation back" in alert.summary and "2026-12-15" in alert.summary
        assert "installation_day" not in talk.state.slots
        talk.hear(Affirm())
        assert "day_ok" not in talk.state.slots
        talk.now = datetime(2026, 12, 14, 21, tzinfo=UTC)
        talk.meet(TimerFired("installation", 1, "2026-12-15"))
        assert talk.did(SendMessage) == []

    def test_the_same_day_again_is_kept_without_a_word(self) -> None:
        talk = sent()
        tell(talk, News("scheduled", {"date": "2026-12-15"}))
        tell(talk, News("unscheduled", {"text": "2026-12-15"}))
        assert tell(talk, News("scheduled", {"date": "2026-12-15", "again": True})) == []
        assert talk.state.slots["installation_day"].value == "2026-12-15"
        talk.now = datetime(2026, 12, 14, 21, tzinfo=UTC)
        talk.meet(TimerFired("installation", 1, "2026-12-15"))
        assert talk.keys == ("installation_reminder",)

    def test_also_while_another_request_has_begun(self) -> None:
        talk = sent()
        tell(talk, News("scheduled", {"date": "2026-12-15"}))
        talk.hear(Restart())
        talk.hear(Affirm())
        assert talk.state.phase != "submitted"
        tell(talk, News("unscheduled", {"text": "2026-12-15"}))
        assert talk.state.undo is not None and "installation_day" not in talk.state.undo.slots


class TestReminders:
    def test_a_moved_day_takes_its_reminder_along(self) -> None:
        talk = sent()
        tell(talk, News("scheduled", {"date": "2026-12-15"}))
        tell(talk, News("scheduled", {"date": "2026-12-18"}))
        assert talk.did(Remind) == [Remind("installation", datetime(2026, 12, 17, 21, tzinfo=UTC), "2026-12-18")]
        talk.now = datetime(2026, 12, 14, 21, tzinfo=UTC)
        talk.meet(TimerFired("installation", 1, "2026-12-15"))
        assert talk.effects == ()
        talk.now = datetime(2026, 12, 17, 21, tzinfo=UTC)
        talk.meet(TimerFired("installation", 1, "2026-12-18"))
        assert talk.keys == ("installation_reminder",)

    def test_a_day_moved_away_and_back_is_reminded_of_once(self) -> None:
        talk = sent()
        for day in ("2026-12-15", "2026-12-18", "2026-12-15"):
            tell(talk, News("scheduled", {"date": day}))
        talk.now = datetime(2026, 12, 14, 21, tzinfo=UTC)
        for said in (1, 0):
            talk.meet(TimerFired("installation", 1, "2026-12-15"))
            assert len(talk.did(SendMessage)) == said

    def test_a_reminder_that_comes_too_late_is_not_said(self) -> None:
        talk = sent()
        tell(talk, News("scheduled", {"date": "2026-12-15"}))
        talk.now = datetime(2026, 12, 15, 14, tzinfo=UTC)
        talk.meet(TimerFired("installation", 1, "2026-12-15"))
        assert talk.effects == ()

    def test_told_on_the_day_before_there_is_none(self) -> None:
        talk = sent()
        tell(talk, News("scheduled", {"date": "2026-11-22"}))
        assert talk.did(Remind) == []

    def test_feedback_is_asked_for_twice_at_most(self) -> None:
        talk = sent()
        tell(talk, News("installed"))
        (remind,) = talk.did(Remind)
        for said in (1, 0):
            talk.now = remind.due_at
            talk.meet(TimerFired(remind.kind, 1, remind.about))
            assert len(talk.did(SendMessage)) == said

    def test_a_new_proposal_voids_the_nudge_for_the_old_one(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL}))
        talk.hear(Choose("decision=later"))
        (remind,) = talk.did(Remind)
        tell(talk, News("proposal_ready", {"url": "https://example.com/p/2"}))
        talk.hear(Choose("decision=later"))
        talk.meet(TimerFired(remind.kind, 1, remind.about))
        assert talk.effects == ()


class TestAnswers:
    def test_answers_after_submission_are_no_corrections_of_the_project(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL}))
        talk.hear(Set("decision", "change"), Set("change_wish", "more panels", "more panels"))
        assert talk.did(SyncProject) == []
        assert talk.did(NoteDecision) == [NoteDecision(1, "The homeowner asks for a change: more panels")]

    def test_a_proposal_can_be_accepted_once_there_is_a_day_but_is_not_asked_about(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL}), News("scheduled", {"date": "2026-12-15"}))
        assert talk.item == "day_ok"
        talk.hear(Affirm())
        assert talk.item is None
        talk.hear(Set("decision", "accept"))
        assert talk.did(NoteDecision)[0].accepted

    def test_an_old_yes_button_accepts_nothing(self) -> None:
        talk = sent()
        tell(talk, News("proposal_ready", {"url": URL}))
        for option in ("confirm=yes", "keep", "consent=yes", "done", "confirm=no"):
            talk.hear(Choose(option))
            assert talk.value("decision") is None and talk.did(NoteDecision) == [], option

    def test_an_application_is_made_once_and_only_after_a_yes(self) -> None:
        talk = sent()
        offer = {"source": "leap", "possible": [{"program": "A", "amount_cents": 100}]}
        tell(talk, News("incentives", offer))
        talk.hear(Affirm())
        assert talk.did(ApplyForIncentives) == [ApplyForIncentives(1)]
        (message,) = tell(talk, News("incentives", {**offer, "checked_on": "2026-12-01"}))
        assert message.template == "incentives_found", "the same programmes are not offered again"
        talk.hear(Choose("apply=true"))
        assert talk.did(ApplyForIncentives) == []

    def test_a_bill_that_came_before_goes_to_the_vendors_with_the_project(self) -> None:
        talk = Talk()
        talk.hear()
        answers = ("name", "street", "city", "state", "postal_code", "owner", "utility")
        talk.give(*answers)
        talk.hear(media=(Media("ME1", "application/pdf"),))
        talk.give("devices", "roof_type", "email", "alternate_name")
        talk.hear(Affirm())
        assert talk.did(ShareMedia) == [ShareMedia(1, "ME1", "bill")]

    def test_a_day_that_has_come_is_not_asked_about(self) -> None:
        talk = sent()
        tell(talk, News("scheduled", {"date": "2026-11-23"}))
        assert talk.item == "day_ok"
        talk.wait(days=4)
        talk.hear(Affirm())
        assert talk.value("day_ok") is None and talk.item is None

    def test_carried_from_the_flow_that_ended_with_submission(self) -> None:
        talk = sent()
        talk.state = replace(talk.state, flow_version=1, flow_hash="f9bc962c85801bf4")
        (message,) = tell(talk, News("proposal_ready", {"url": URL}))
        assert message.template == "proposal_ready" and talk.state.flow_version == INTAKE.version
