"""A sheet in OpenSolar's fields."""

import math
from dataclasses import replace

import pytest

from flows.markets import ROOFS
from integrations.opensolar.mapping import (
    describe_contact,
    describe_project,
    describe_usage,
    is_same_contact,
    merge_notes,
    to_e164,
    write_notes,
)
from integrations.opensolar.words import ROOF_IDS
from integrations.vendor import Usage
from tests.integrations.opensolar.conftest import SHEET, change_sheet

TWELVE = tuple(float(month) for month in range(101, 113))


@pytest.mark.parametrize(
    ("usage", "source", "values"),
    [
        (Usage(monthly_kwh=TWELVE), "kwh_monthly", list(range(101, 113))),
        (Usage(monthly_kwh=(99.6, *TWELVE[1:])), "kwh_monthly", [100, *range(102, 113)]),
        (Usage(monthly_kwh=TWELVE, annual_kwh=5, monthly_bill=9), "kwh_monthly", list(range(101, 113))),
        (Usage(monthly_kwh=(100.0, None, 200.0, *[None] * 9)), "kwh_annual", [1800]),
        (Usage(monthly_kwh=(100.0, *[None] * 11), annual_kwh=4321.4), "kwh_annual", [4321]),
        (Usage(average_kwh=350.25), "kwh_annual", [4203]),
        (Usage(average_kwh=350, monthly_bill=80), "kwh_annual", [4200]),
        (Usage(monthly_bill=80.5, currency="USD"), "bill_annual", [966]),
        (Usage(average_kwh=math.nan, monthly_bill=80), "bill_annual", [960]),
        (Usage(average_kwh=-5, monthly_bill=80), "bill_annual", [960]),
        (Usage(monthly_kwh=(None,) * 12, monthly_bill=80), "bill_annual", [960]),
        (Usage(monthly_kwh=(0.0,) * 12, monthly_bill=80), "bill_annual", [960]),
    ],
)
def test_usage_as_the_vendor_takes_it(usage: Usage, source: str, values: list[int]) -> None:
    assert describe_usage(usage) == {"usage_data_source": source, "values": values}
    assert all(type(value) is int for value in values)


@pytest.mark.parametrize("usage", [Usage(), Usage(average_kwh=0), Usage(monthly_bill=math.inf), Usage(annual_kwh=0.2)])
def test_nothing_known_is_nothing_sent(usage: Usage) -> None:
    assert describe_usage(usage) is None


def test_every_roof_of_ours_has_a_number() -> None:
    assert set(ROOFS) <= set(ROOF_IDS)
    assert describe_project(SHEET, "https://o.example")["roof_type"] == "https://o.example/api/roof_types/19/"
    assert "roof_type" not in describe_project(change_sheet(roof_type=""), "https://o.example")


def test_what_has_no_field_goes_into_the_notes() -> None:
    assert write_notes(SHEET) == SHEET.notes
    assert write_notes(change_sheet(roof_type="thatch")) == f"{SHEET.notes}\nRoof: thatch"
    assert write_notes(change_sheet(notes="", roof_type="")) == ""


def test_unknown_fields_are_left_out() -> None:
    sheet = change_sheet(state="", postal_code="", latitude=None, email="")
    assert describe_project(sheet, "https://o.example").keys() == {
        "identifier",
        "is_residential",
        "lead_source",
        "address",
        "locality",
        "country_iso2",
        "roof_type",
    }
    assert describe_contact(sheet) == {"first_name": "Ana", "family_name": "Maria Diaz", "phone": "+14155550101"}
    assert describe_contact(replace(sheet, name="Ana"))["first_name"] == "Ana"


@pytest.mark.parametrize(
    ("current", "former", "merged"),
    [
        (None, "", "new"),
        ("old", "old", "new"),
        ("staff wrote this\n\nold\r\nlines", "old\nlines", "staff wrote this\n\nnew"),
        ("staff wrote this", "old", "new\n\nstaff wrote this"),
        ("new\n\nstaff wrote this", "", "new\n\nstaff wrote this"),
    ],
)
def test_what_staff_wrote_stays(current: str | None, former: str, merged: str) -> None:
    assert merge_notes(current, former, "new") == merged


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("+1 (415) 555-0101", "", "+14155550101"),
        ("415-555-0101", "US", "+14155550101"),
        ("077 123 4567", "ZW", "+263771234567"),
        ("0400000000", "", ""),
        ("call me", "US", ""),
        (None, "US", ""),
        (5, "US", ""),
    ],
)
def test_telephone_numbers(typed: object, country: str, number: str) -> None:
    assert to_e164(typed, country) == number


@pytest.mark.parametrize(
    ("row", "same"),
    [
        ({"phone": "(415) 555-0101", "first_name": "A."}, True),
        ({"phone": "+14155550199", "first_name": "Ana Maria", "family_name": "Diaz"}, False),
        ({"phone": "+14155550199", "email": "ANA@mail.example"}, True),
        ({"first_name": "ana maria", "family_name": "diaz"}, True),
        ({"first_name": "Ana"}, False),
        ({}, False),
    ],
)
def test_who_is_the_same(row: dict[str, str], same: bool) -> None:
    assert is_same_contact(row, SHEET) is same
