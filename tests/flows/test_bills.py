"""Bills in the chat beyond the golden conversations: what becomes of their figures, and of all else on a page."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.bill_facts import BillFacts, read_facts
from flows.commands import Affirm, Deny, OptOut, Restart, Set, Start
from flows.effects import AlertStaff, FetchMedia, ReadBill, ReadVoice, SendMessage, ShareMedia, SyncProject
from flows.events import DocumentRead, HandoffTaken, Media, VoiceUnheard
from tests.flows.cast import Talk

TODAY = date(2026, 11, 21)
PHOTO, PAPER, SOUND = Media("P1", "image/jpeg"), Media("D1", "application/pdf"), Media("A1", "audio/ogg")
MONTH = {"period_start": "2026-10-03", "period_end": "2026-11-02"}
BILL: dict[str, Any] = {"kwh": 843, "amount": 212.4, "currency": "USD", "utility": "Con Edison", **MONTH}
INJECTIONS = [json.loads(line) for line in Path("tests/reading/injections.jsonl").read_text("utf-8").splitlines()]
YEAR = [700, 650, 600, 580, 620, 800, 990, 1100, 1040, 820, 710, 843]


def facts_of(
    bill: dict[str, Any], *problems: str, market: str = "US", sure: tuple[str, ...] | None = None
) -> BillFacts:
    return read_facts(DocumentRead(("D1",), bill, tuple(bill) if sure is None else sure, problems), market, TODAY)


def begin(*names: str, **other: Any) -> Talk:
    talk = Talk()
    talk.hear(Start())
    if names:
        talk.give(*names, **other)
    return talk


def send(talk: Talk, *media: Media, text: str = "") -> None:
    talk.hear(media=media, text=text, senses=("bills",))


def tell(talk: Talk, bill: dict[str, Any], *problems: str, sure: tuple[str, ...] | None = None) -> None:
    assert talk.state.files is not None
    talk.meet(DocumentRead(talk.state.files.media_ids, bill, tuple(bill) if sure is None else sure, problems))


class TestFigures:
    def test_two_months_are_halved_and_a_month_stays_as_printed(self) -> None:
        both = {
            "kwh": 1610,
            "amount": 412.0,
            "currency": "EUR",
            "period_start": "2026-08-01",
            "period_end": "2026-09-30",
        }
        facts = facts_of(both, market="ES")
        assert (facts.sure["monthly_kwh"], facts.sure["monthly_bill"], facts.kwh) == (803, 206, 1610)
        assert facts_of(BILL).sure["monthly_bill"] == 212.4

    def test_a_year_begins_in_january_and_has_its_sum(self) -> None:
        sure = facts_of({**BILL, "monthly_kwh": YEAR}).sure
        assert sure["monthly_kwh"] == [580 if i == 1 else month for i, month in enumerate(YEAR[2:] + YEAR[:2])]
        assert sure["annual_kwh"] == sum(YEAR)

    def test_gaps_give_no_sum_and_too_many_no_year(self) -> None:
        some = [None, None, *YEAR[2:]]
        assert "annual_kwh" not in facts_of({**BILL, "monthly_kwh": some}).sure
        assert facts_of({**BILL, "monthly_kwh": [None] * 8 + YEAR[8:]}).sure["monthly_kwh"] == 843

    def test_without_its_days_no_figure_is_sure(self) -> None:
        facts = facts_of({"kwh": 843, "amount": 212.4})
        assert facts.sure == {}
        assert facts.unsure == {"monthly_kwh": 843, "monthly_bill": 212.4, "currency": "USD"}

    def test_what_the_bill_itself_disputes_is_asked(self) -> None:
        assert "monthly_kwh" in facts_of(BILL, "kwh_disagree").unsure
        assert "monthly_bill" in facts_of(BILL, "amount_disagree").unsure

    @pytest.mark.parametrize("value", [0, -5, True, "843", None, float("nan"), [1], 10**12])
    def test_what_is_no_figure_is_none(self, value: Any) -> None:
        facts = facts_of({**BILL, "kwh": value, "amount": value})
        assert not facts.has_figures

    @pytest.mark.parametrize("days", [("2026-11-02", "2026-10-03"), ("soon", "later"), ("2027-03-01", "2027-04-01")])
    def test_days_that_cannot_be_are_none(self, days: tuple[str, str]) -> None:
        assert facts_of({**BILL, "period_start": days[0], "period_end": days[1]}).span == ""


class TestTextOnThePage:
    @pytest.mark.parametrize("line", INJECTIONS, ids=lambda line: str(line["utterance"])[:30])
    def test_orders_in_a_field_do_nothing(self, line: dict[str, Any]) -> None:
        talk = begin("name", "owner")
        send(talk, PAPER, text="my bill")
        before = talk.state
        words = line["utterance"]
        tell(
            talk,
            {"utility": words, "service_address": words, "currency": words, "period_start": words, **MONTH, "kwh": 5},
        )
        after = talk.state
        assert {name for name in after.slots if after.slots[name] != before.slots.get(name)} <= {
            "monthly_kwh",
            "currency",
        }
        assert (after.phase, after.control, after.language, after.opted_out) == ("open", "bot", before.language, False)
        assert words[:40] not in talk.said

    @pytest.mark.parametrize(
        "name", ["https://evil.example", "Call 5550142000 now", "a@b.example", "x" * 61, "<b>SRP</b>", "12", 7, None]
    )
    def test_what_is_no_company_is_not_even_offered(self, name: Any) -> None:
        assert facts_of({**BILL, "utility": name}).utility == ""

    def test_a_company_of_another_country_is_offered_not_taken(self) -> None:
        assert facts_of({**BILL, "utility": "Iberdrola"}).utility_sure is False

    def test_fields_that_no_bill_has_are_not_looked_at(self) -> None:
        talk = begin("name")
        send(talk, PAPER, text="my bill")
        tell(talk, {**BILL, "owner": True, "consent": True, "name": "Eve", "email": "eve@example.com"})
        assert talk.value("name") == "Maria Lopez"
        assert {"owner", "consent", "email"}.isdisjoint(talk.state.slots)


class TestWhoSpeaks:
    def test_no_message_has_two_questions(self) -> None:
        talk = begin("name", "street", "owner", monthly_bill=260)
        send(talk, PAPER, text="my bill")
        assert talk.item is None or "?" not in talk.said
        tell(talk, {**BILL, "service_address": "88 Elm Ave, Newark NJ 07104", "utility": "Pine Hollow Electric"})
        while talk.item is not None and talk.item.startswith("confirm:"):
            assert talk.said.count("?") == 1
            talk.hear(Affirm(), text="yes")
        assert talk.value("utility") == "Pine Hollow Electric"
        assert talk.value("street") == "88 Elm Ave"

    def test_a_company_that_is_not_theirs_is_asked_for(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner")
        send(talk, PAPER, text="my bill")
        tell(talk, {**BILL, "utility": "Pine Hollow Electric"})
        talk.hear(Deny(), text="no")
        assert talk.item == "utility"
        assert talk.value("monthly_kwh") == 843

    def test_staff_see_what_the_contact_does_not_hear(self) -> None:
        talk = begin("name")
        send(talk, PAPER, text="my bill")
        talk.meet(HandoffTaken("Bob"))
        tell(talk, BILL)
        assert talk.did(SendMessage) == []
        assert [alert.reason for alert in talk.did(AlertStaff)] == ["bill_read"]
        assert talk.value("monthly_kwh") == 843

    def test_staff_see_no_word_of_the_page_itself(self) -> None:
        talk = begin("name")
        send(talk, PAPER, text="my bill")
        talk.meet(HandoffTaken("Bob"))
        page = {
            "utility": "Evil http://evil.example/x",
            "service_address": "12 evil.example/in Street\nALERT: call 555-0100",
        }
        tell(talk, {**BILL, **page, "period_start": "ALERT", "owner": "Eve"}, "no_text", "ALERT: wa.me/1")
        [alert] = talk.did(AlertStaff)
        assert alert.summary.endswith("Read: kwh 843, amount 212.4, currency USD. Problems: no_text.")

    def test_after_stop_nothing_is_said_or_kept(self) -> None:
        talk = begin("name")
        send(talk, PAPER, text="my bill")
        talk.hear(OptOut(), text="stop")
        tell(talk, BILL)
        assert talk.effects == ()
        assert "monthly_kwh" not in talk.state.slots

    def test_a_bill_of_a_request_that_was_begun_again_says_nothing(self) -> None:
        talk = begin("name")
        send(talk, PAPER, text="my bill")
        talk.hear(Restart(), text="start over")
        talk.meet(DocumentRead(("D1",), BILL, tuple(BILL)))
        assert talk.effects == ()
        assert "monthly_kwh" not in talk.state.slots
        assert talk.state.undo is not None and talk.state.undo.slots["monthly_kwh"].value == 843

    def test_an_answer_in_between_is_no_answer_to_the_bill(self) -> None:
        """The question of the bill waits until the one that was put meanwhile has its answer."""
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        send(talk, PHOTO)
        talk.hear(Set("email", "maria@example.com"))
        assert talk.item == "devices"
        tell(talk, {"kwh": 843, **MONTH}, sure=())
        assert talk.item == "devices"
        talk.give("devices")
        assert talk.item == "confirm:monthly_kwh"

    def test_the_third_failure_alerts_nobody_again(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        alerts = []
        for media_id in ("P1", "P2", "P3"):
            send(talk, Media(media_id, "image/jpeg"))
            assert talk.did(ReadBill) == [ReadBill((media_id,))]
            tell(talk, {}, "blurred")
            alerts.append(len(talk.did(AlertStaff)))
        assert alerts == [0, 1, 0]


class TestAfterSubmission:
    def test_what_it_completes_is_a_correction(self) -> None:
        talk = begin()
        talk.give_all()
        talk.hear(Affirm(), text="yes")
        send(talk, PAPER)
        assert talk.did(FetchMedia) and talk.did(ReadBill) and not talk.did(ShareMedia)
        tell(talk, {"kwh": 843, "amount": 243, "currency": "USD", **MONTH})
        assert talk.did(ShareMedia) == [ShareMedia(1, "D1", "bill")]
        assert talk.did(SyncProject) == [SyncProject(1)]
        assert talk.value("monthly_kwh") == 843

    def test_a_photo_of_something_else_is_shared_as_that(self) -> None:
        talk = begin()
        talk.give_all()
        talk.hear(Affirm(), text="yes")
        send(talk, PHOTO)
        tell(talk, {}, "not_a_bill")
        assert talk.did(ShareMedia) == [ShareMedia(1, "P1", "photo")]
        assert talk.keys == ("bill_read.not_a_bill",)


class TestVoice:
    def test_it_is_heard_only_where_somebody_listens(self) -> None:
        talk = begin()
        talk.hear(media=(SOUND,), text="", senses=("bills", "voice"))
        assert talk.did(ReadVoice) == [ReadVoice("A1", "en")]
        assert talk.did(SendMessage) == []
        talk.hear(media=(SOUND,), text="", senses=("bills",))
        assert talk.did(ReadVoice) == []
        assert "voice.cannot" in talk.keys

    def test_staff_are_not_disturbed_by_what_was_not_heard(self) -> None:
        talk = begin("name")
        talk.meet(HandoffTaken("Bob"))
        talk.meet(VoiceUnheard("A1"))
        assert talk.effects == ()


class TestBesideAnotherQuestion:
    def test_its_question_waits_two_minutes(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        send(talk, PHOTO, text="here")
        talk.hear(text="thanks")
        assert talk.keys == ("bill_read.still_reading",)
        talk.wait(minutes=3)
        talk.hear(text="hello?")
        assert "bill_read.still_reading" not in talk.keys

    @pytest.mark.parametrize(("company", "left"), [("Con Edison", []), ("PSE&G", ["confirm:utility"])])
    def test_a_company_that_is_being_asked_about(self, company: str, left: list[str]) -> None:
        """The bill settles what it agrees with; what it does not, the contact answers first."""
        talk = begin("name", "street", "city", "state", "postal_code", "owner")
        talk.hear(Set("utility", "Con Edison", confidence=0.4))
        assert talk.item == "confirm:utility"
        send(talk, PHOTO)
        tell(talk, {**BILL, "utility": company})
        assert list(talk.state.agenda) == left
        assert (talk.item == "confirm:utility") is bool(left)
