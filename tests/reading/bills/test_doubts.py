"""What a bill leaves open is said, and never as if it were sure."""

import pytest

from flows.reading.bills.read import read_bill
from flows.reading.bills.types import Bill, Page, PlacedWord
from tests.reading.bills.grid import draw_pages

BILL = """
Tern Valley Electric Cooperative                   Account number: 5550-123-456
Service address: 18 Heron Ct, Boise, ID 83702      Statement date: 07/09/2025

Billing period: {period}                           {days}
Previous reading 40,100
Current reading  {reading}
Total kWh used   {kwh}

Energy charge    {kwh} kWh @ $0.1012               $85.31
Basic charge                                       $15.00
Total electric charges                             {amount}
"""
USUAL = {
    "period": "06/03/2025 to 07/03/2025",
    "days": "30 days",
    "reading": "40,943",
    "kwh": "843",
    "amount": "$100.31",
}


def read(country: str = "US", **changes: str) -> Bill:
    return read_bill(draw_pages(BILL.format(**{**USUAL, **changes})), country)


def test_readings_that_agree_are_sure() -> None:
    bill = read()
    assert (bill.kwh, bill.amount, bill.period_start, bill.period_end) == (843, 100.31, "2025-06-03", "2025-07-03")
    assert {"kwh", "amount", "period_start", "period_end", "account", "service_address"} <= bill.sure
    assert bill.account == "••••3456"
    assert bill.problems == ()


def test_meter_that_says_something_else_is_a_doubt() -> None:
    bill = read(reading="41,843")
    assert "kwh" not in bill.sure
    assert "kwh_disagree" in bill.problems


def test_price_that_no_electricity_has_is_a_doubt() -> None:
    bill = read(amount="$10,031.00")
    assert "rate_implausible" in bill.problems
    assert not {"amount"} & bill.sure


@pytest.mark.parametrize(
    ("period", "days", "start", "end"),
    [
        ("Jun 3 - Jul 3, 2025", "", "2025-06-03", "2025-07-03"),
        ("June 3 through July 3", "30 days", "2025-06-03", "2025-07-03"),
        ("from 06/03/25 to 07/03/25", "", "2025-06-03", "2025-07-03"),
        ("2025-06-03 - 2025-07-03", "", "2025-06-03", "2025-07-03"),
        ("06-03-2025 thru 07-03-2025", "", "2025-06-03", "2025-07-03"),
        ("3 Jun 2025 to 3 Jul 2025", "", "2025-06-03", "2025-07-03"),
        ("06/03 to 07/03", "30 days", "2025-06-03", "2025-07-03"),
        ("13/06/2025 to 12/07/2025", "", "2025-06-13", "2025-07-12"),
    ],
)
def test_days_in_many_forms(period: str, days: str, start: str, end: str) -> None:
    bill = read(period=period, days=days)
    assert (bill.period_start, bill.period_end) == (start, end)


def test_day_and_month_stand_as_the_country_writes_them() -> None:
    assert read("ZA", period="04/06/2025 to 05/07/2025", days="31 days").period_start == "2025-06-04"
    assert read("US", period="06/04/2025 to 07/05/2025", days="31 days").period_start == "2025-06-04"


def test_new_year_lies_within_a_period() -> None:
    text = BILL.replace("07/09/2025", "01/09/2025").format(**{**USUAL, "period": "Dec 5 to Jan 4", "days": "30 days"})
    bill = read_bill(draw_pages(text))
    assert (bill.period_start, bill.period_end) == ("2024-12-05", "2025-01-04")


def test_two_bills_are_not_mixed() -> None:
    other = {**USUAL, "period": "05/04/2025 to 06/03/2025", "kwh": "711", "reading": "40,811", "amount": "$86.95"}
    bill = read_bill(draw_pages(BILL.format(**USUAL) + "\n=====\n" + BILL.format(**other)))
    assert "several_bills" in bill.problems
    assert not bill.sure


def test_letter_is_no_bill() -> None:
    letter = "Dear neighbours,\nthe summer fair is on Saturday at three.\nBring cake and chairs.\nSee you there, Ada"
    assert read_bill(draw_pages(letter)).problems == ("not_a_bill",)


def test_gas_bill_says_so() -> None:
    gas = """
    Quarry Gas Company       Account number: 5550123456
    Billing period: 06/03/2025 to 07/03/2025     30 days
    Current reading 8117   Previous reading 7990   Difference 127 CCF
    Therms used 130.6     Natural gas charges       $203.14
    Total amount due      $203.14
    """
    bill = read_bill(draw_pages(gas))
    assert "gas_only" in bill.problems
    assert bill.kwh is None


@pytest.mark.parametrize("pages", [[], [Page(())], [Page((PlacedWord("kWh", 0, 0, 0.1, 0.1),))]])
def test_nothing_to_read(pages: list[Page]) -> None:
    assert read_bill(pages).problems == ("no_text",)


def test_hardly_a_word_made_out() -> None:
    words = tuple(PlacedWord("tota1", 0.1, n / 20, 0.2, n / 20 + 0.01, 0.4) for n in range(12))
    assert read_bill([Page(words, "ocr")]).problems == ("blurred",)


@pytest.mark.parametrize(("right", "misread"), [("843", "8A3"), ("$100.31", "$1OO.3l"), ("Total", "Tota1")])
def test_slips_of_the_recogniser(right: str, misread: str) -> None:
    text = BILL.format(**USUAL).replace(right, misread) if right != "843" else BILL.format(**USUAL)
    bill = read_bill(draw_pages(text, tilt=0.02, origin="ocr"))
    assert (bill.kwh, bill.amount) == (843, 100.31)


TWO_FUELS = """
Public Service Electric and Gas Company          Account number 71 555 322 58
Service period September 22 to October 22, 2025  Bill date: October 25, 2025

Electric {words}                                 $157.63
Gas {words}                                      $74.87
Total new charges                                $232.50
Total amount due by Nov 15                       $232.50
Total electric used in 30 days 686 kWh
Total gas used in 30 days 41.8 therms
"""


@pytest.mark.parametrize("words", ["charges", "delivery and supply", "portion of your bill", "service this month"])
def test_electricity_is_told_from_gas_under_any_name(words: str) -> None:
    bill = read_bill(draw_pages(TWO_FUELS.format(words=words)))
    assert bill.amount == 157.63
    assert "balance_included" in bill.problems


def test_electricity_is_what_gas_leaves_of_the_total() -> None:
    bill = read_bill(draw_pages(TWO_FUELS.format(words="charges").replace("Electric charges", "Wires and supply")))
    assert bill.amount == 157.63


def test_history_and_average_make_up_for_a_missing_page() -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan"]
    rows = "\n".join(f"    {name}      {900 + 10 * place}" for place, name in enumerate(months[:-1]))
    text = f"""
    Con Edison     Account number: 55-5555-7622-2417-1
    Billing period: Dec 7, 2025 - Jan 7, 2026
    Electricity charges      $229.44
    Month     kWh
{rows}
    Jan      734
    Daily average electricity use: 23.7 kWh
    """
    bill = read_bill(draw_pages(text))
    assert bill.kwh == 734
    assert "kwh" in bill.sure
    assert bill.monthly_kwh == (*(900.0 + 10 * place for place in range(1, 12)), 734.0)


@pytest.mark.parametrize("parts", [("300", "543"), ("200", "143", "500")])
def test_parts_that_add_up_are_no_disagreement(parts: tuple[str, ...]) -> None:
    registers = "\n".join(f"Usage register {number}   {part} kWh" for number, part in enumerate(parts))
    bill = read_bill(draw_pages(BILL.format(**USUAL) + registers))
    assert bill.kwh == 843
    assert "kwh_disagree" not in bill.problems
