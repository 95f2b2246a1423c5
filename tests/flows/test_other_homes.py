"""The bill of another home: what is left out with it, and what stays."""

import pytest

from flows.commands import Affirm, Deny, Set
from flows.effects import AlertStaff
from flows.events import DocumentRead, Media
from tests.flows.test_bills import BILL, MONTH, PAPER, PHOTO, begin, send, tell


class TestTwoHomes:
    def test_the_bill_of_another_home_takes_nothing_of_the_first(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner")
        send(talk, PAPER, text="my bill")
        tell(talk, {**BILL, "service_address": "12 Oak Street, Springfield NY 10001"})
        send(talk, Media("D2", "application/pdf"), text="and this bill")
        later = {"period_start": "2026-10-20", "period_end": "2026-11-18"}
        tell(talk, {**BILL, **later, "kwh": 400, "amount": 90, "service_address": "88 Elm Ave, Newark NJ 07104"})
        assert (talk.item, talk.value("monthly_kwh")) == ("confirm:street", 843)
        talk.hear(Deny(), text="no")
        assert (talk.value("monthly_kwh"), talk.value("monthly_bill")) == (843, 212.4)
        assert talk.value("bill_document") == {"media_ids": ["D1"]}
        assert not talk.state.agenda

    def test_pages_read_before_are_of_the_same_other_home(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        send(talk, PHOTO, text="my bill")
        tell(talk, {"amount": 212.4, "currency": "USD", **MONTH})
        assert talk.value("monthly_bill") == 212.4
        send(talk, Media("P2", "image/jpeg"))
        tell(talk, {**BILL, "service_address": "88 Elm Ave, Newark NJ 07104"})
        talk.hear(Deny(), text="no")
        assert {"monthly_kwh", "monthly_bill", "bill_document"}.isdisjoint(talk.state.slots)
        [alert] = talk.did(AlertStaff)
        assert "212.4" not in str(alert.facts)

    def test_what_was_confirmed_by_itself_stays_without_the_company(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        send(talk, PHOTO, text="my bill")
        tell(talk, {**BILL, "utility": "PSE&G"}, sure=("amount", *MONTH))
        assert talk.item == "confirm:monthly_kwh"
        talk.hear(Affirm(), text="yes")
        talk.hear(Deny(), text="no")
        assert (talk.value("monthly_kwh"), talk.value("monthly_bill")) == (843, None)
        assert talk.value("utility") == "Con Edison"

    def test_another_company_of_the_same_home_changes_nothing(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        send(talk, PHOTO, text="my bill")
        tell(talk, {**BILL, "utility": "PSE&G", "service_address": "12 Oak Street, Springfield NY 10001"})
        talk.hear(Deny(), text="no")
        assert talk.value("monthly_kwh") == 843

    @pytest.mark.parametrize("words", ["its my moms bill", "thats not my house", "es la factura de mi madre"])
    def test_words_about_another_home_leave_the_bill_out(self, words: str) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        send(talk, PHOTO, text="my bill")
        tell(talk, BILL)
        talk.hear(Set("owner", False), text=words)
        assert talk.value("owner") is True
        assert "monthly_kwh" not in talk.state.slots
        assert talk.item == "monthly_bill"

    def test_words_about_another_home_end_the_reading(self) -> None:
        talk = begin("name", "street", "city", "state", "postal_code", "owner", "utility")
        send(talk, PHOTO, text="my bill")
        talk.hear(text="wait, that's my old house")
        assert talk.item == "monthly_bill"
        talk.meet(DocumentRead(("P1",), BILL, tuple(BILL)))
        assert talk.effects == ()

    def test_where_no_address_is_known_a_no_asks_for_it(self) -> None:
        talk = begin("name")
        send(talk, PAPER, text="my bill")
        tell(talk, {**BILL, "service_address": "88 Elm Ave, Newark NJ 07104"})
        talk.hear(Deny(), text="no")
        assert talk.item == "street"
        assert "misread" not in talk.said
        assert [alert.reason for alert in talk.did(AlertStaff)] == ["note"]
