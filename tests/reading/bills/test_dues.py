"""What is owed beside the electricity stays out of its cost, taxes beside it come in; whose bill it is."""

import pytest

from flows.reading.bills.read import read_bill
from flows.reading.bills.types import Bill
from tests.reading.bills.grid import draw_pages

BILL = """
{company}                                          Account number: 5550-123-456
Service address: 18 Heron Ct, {place}              Statement date: 07/09/2025
Billing period: 06/03/2025 to 07/03/2025           30 days
Total kWh used   843

Current electric charges                           $100.31
{rows}
Total amount due                                   ${due}

Details of electric service
Energy charge    843 kWh @ $0.1012                 $85.31
Basic charge                                       $15.00
Total electric charges                             $100.31
"""


def read(
    *rows: tuple[str, str], due: str, company: str = "Duke Energy Carolinas", place: str = "Cary, NC 27511"
) -> Bill:
    told = "\n".join(f"{name:<51}{amount}" for name, amount in rows)
    return read_bill(draw_pages(BILL.format(rows=told, due=due, company=company, place=place)))


@pytest.mark.parametrize(
    "name",
    ["Outdoor lighting charges", "Surge protection service", "Home wiring repair plan", "Payment arrangement 2 of 6"],
)
def test_other_dues_are_no_electricity(name: str) -> None:
    bill = read((name, "$16.98"), due="117.29")
    assert bill.amount == 100.31
    assert "amount" in bill.sure
    assert "balance_included" in bill.problems


@pytest.mark.parametrize(
    ("name", "amount", "due"), [("Late fee", "$4.00", "111.33"), ("Installment", "$9.00", "116.33")]
)
def test_taxes_beside_the_charges_are_in(name: str, amount: str, due: str) -> None:
    bill = read(("Taxes", "$7.02"), (name, amount), due=due)
    assert bill.amount == 107.33


def test_plan_asks_for_something_else_than_the_cost() -> None:
    bill = read(("Budget billing amount", "$92.00"), due="92.00")
    assert bill.amount == 100.31
    assert "balance_included" in bill.problems


def test_instalment_that_stands_alone_is_a_doubt() -> None:
    text = BILL.replace("Current electric charges", "Amount of this bill     ")
    text = text.replace("Total electric charges", "                      ").replace("$100.31", "       ")
    told = text.format(
        rows="Budget billing amount      $92.00", due="92.00", company="Duke Energy", place="Ocala, FL 34471"
    )
    bill = read_bill(draw_pages(told))
    assert "amount" not in bill.sure
    assert "amount_disagree" in bill.problems


def test_taxes_that_fit_no_total_leave_a_doubt() -> None:
    bill = read(("Taxes", "$7.02"), due="131.90")
    assert "amount" not in bill.sure
    assert {"amount_disagree", "balance_included"} & set(bill.problems)


@pytest.mark.parametrize(
    ("company", "place", "name", "sure"),
    [
        ("Duke Energy Progress, LLC", "Cary, NC 27511", "Duke Energy Progress", True),
        ("Duke Energy", "Ocala, FL 34471", "Duke Energy Florida", True),
        ("Duke Energy", "Cary, NC 27511", "Duke Energy", False),
    ],
)
def test_company_of_a_group(company: str, place: str, name: str, sure: bool) -> None:
    bill = read(due="100.31", company=company, place=place)
    assert (bill.utility, "utility" in bill.sure) == (name, sure)
