"""What a message means beside what is on file: amounts that are doubted, and figures that are a ZIP code."""

import pytest

from flows.commands import Set, Start
from flows.patterns.returning import first_name
from flows.patterns.weighing import MISSPELT
from tests.flows.cast import ANSWERS, Talk


def begin_at_the_bill(market: str = "US", without: str = "") -> Talk:
    talk = Talk(market=market)
    talk.hear(Start())
    for name in ("name", "street", "city", "state", "postal_code", "owner", "utility"):
        if name != without:
            talk.hear(Set(name, ANSWERS[name]))
    return talk


@pytest.mark.parametrize(
    ("market", "amount", "doubted"),
    [
        ("US", 240, False),
        ("US", 5, True),
        ("US", 12000, True),
        ("ZA", 2400, False),
        ("ZA", 50, True),
        ("ES", 85, False),
    ],
)
def test_an_implausible_bill_is_confirmed_first(market: str, amount: int, doubted: bool) -> None:
    talk = begin_at_the_bill(market)
    talk.hear(Set("monthly_bill", amount), text=f"about {amount}")
    assert ("monthly_bill" in talk.state.doubts) is doubted
    assert ("monthly_bill" in talk.state.slots) is not doubted


def test_five_digits_are_the_zip_that_is_missing() -> None:
    talk = begin_at_the_bill(without="postal_code")
    talk.hear(Set("monthly_bill", 43004), text="43004")
    assert talk.state.slots["postal_code"].value == "43004"
    assert "monthly_bill" not in talk.state.slots and "monthly_bill" not in talk.state.doubts


def test_a_sure_currency_does_not_settle_a_doubted_amount() -> None:
    talk = begin_at_the_bill()
    talk.hear(Set("monthly_bill", 9000), Set("currency", "USD"), text="$9,000")
    assert talk.state.agenda == ("confirm:monthly_bill",)


def test_a_misspelt_domain_is_offered_right_and_kept_when_it_is_insisted_on() -> None:
    talk = begin_at_the_bill()
    wrong = Set("email", "gail@gmial.com", raw="gail@gmial.com")
    talk.hear(wrong, text="gail@gmial.com")
    assert talk.state.doubts["email"].value == "gail@gmail.com"
    talk.hear(wrong, text="gail@gmial.com")
    assert talk.state.slots["email"].value == "gail@gmial.com"


def test_no_domain_is_mended_to_a_misspelt_one() -> None:
    assert not set(MISSPELT) & set(MISSPELT.values())


@pytest.mark.parametrize(
    ("name", "called"),
    [("Thabo Mokoena", "Thabo"), ("Hope", "Hope"), ("Mrs. Reed", "Mrs. Reed"), ("Dr Ndlovu", "Dr Ndlovu")],
)
def test_people_are_called_by_their_first_name(name: str, called: str) -> None:
    assert first_name(name) == called
