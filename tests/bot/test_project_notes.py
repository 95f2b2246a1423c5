"""What of a project has no field at a vendor is told there in words."""

from typing import Any

import pytest

from bot.project_notes import write_notes

EMPTY: dict[str, Any] = {
    **dict.fromkeys(("email", "roof_type", "alternate_name", "alternate_phone", "utility"), ""),
    **dict.fromkeys(("owner", "latitude", "longitude", "monthly_bill_cents", "monthly_kwh", "annual_kwh")),
    "bill_document": None,
    "currency": "USD",
    "devices": [],
    "slots": {},
}


def write(market: str = "US", better: dict[str, Any] | None = None, **columns: Any) -> list[str]:
    return write_notes({**EMPTY, **columns}, market, better).splitlines()


def hold(**values: Any) -> dict[str, Any]:
    return {name: {"value": value} for name, value in values.items()}


def test_nothing_known_says_nothing() -> None:
    assert write() == []


def test_devices_with_their_numbers_and_what_was_ruled_out() -> None:
    devices = [
        {"type": "air_conditioner", "quantity": 1},
        {"type": "ev", "quantity": 2},
        {"type": "light", "quantity": None},
        {"type": "pool_pump", "quantity": 0},
        {"type": "battery", "quantity": 0},
    ]
    assert write(devices=devices, slots=hold(devices=devices, devices_note="a kiln")) == [
        "Devices: 1 air conditioner, 2 electric cars, lights (unknown number)",
        "Ruled out: pool pump, battery",
        "Other devices, as they said it: a kiln",
    ]


@pytest.mark.parametrize(("market", "word"), [("US", "1 well pump"), ("ZW", "1 borehole pump")])
def test_devices_have_the_markets_names(market: str, word: str) -> None:
    assert write(market, devices=[{"type": "borehole_pump", "quantity": 1}]) == [f"Devices: {word}"]


def test_no_devices_are_none_only_where_they_said_so() -> None:
    assert write(slots=hold(devices=[])) == ["Devices: none"]
    ruled_out = [{"type": "generator", "quantity": 0}]
    assert write(devices=ruled_out, slots=hold(devices=ruled_out)) == ["Devices: none", "Ruled out: generator"]


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        ({"monthly_bill_cents": 24050}, "Electricity: USD 240.50 a month"),
        ({"monthly_kwh": 1350}, "Electricity: 1,350 kWh a month"),
        ({"monthly_kwh": [400, None, 500, *[None] * 9]}, "Electricity: 450 kWh a month on average (2 months given)"),
        ({"annual_kwh": 10800.0}, "Electricity: 10,800 kWh a year"),
        ({"bill_document": {"media_ids": ["a", "b"]}}, "Bill: 2 file(s) received"),
        ({"bill_document": "promised"}, "Bill: photo of the bill to follow"),
        ({"owner": False, "slots": hold(renter_path="landlord")}, "Home: rented, landlord agrees"),
        ({"owner": True}, "Home: own home"),
        (
            {"latitude": 37.33874, "longitude": -121.88525, "slots": hold(location={"address": "12 Sample Road"})},
            "Pin: 37.338740, -121.885250, 12 Sample Road",
        ),
        ({"alternate_phone": "+14155550150"}, "Other contact: +14155550150"),
        ({"slots": hold(visit_day="Tuesday after five")}, "Day for a visit: Tuesday after five"),
        ({"slots": hold(site_contact="my brother Leo")}, "Contact on site: my brother Leo"),
        (
            {"slots": hold(roof_photo={"media_ids": ["a"]}, meter_photo={"media_ids": ["b"]})},
            "Photos sent: roof, meter",
        ),
    ],
)
def test_one_line_a_fact(columns: dict[str, Any], line: str) -> None:
    assert write(**columns) == [line]


def test_what_staff_know_better_is_told_too() -> None:
    better = {"annual_kwh": 9000, "utility_company": "SMUD", "utility_tariff": "TOD 5-8"}
    assert write(better=better, utility="PG&E") == ["Electric company: SMUD", "Tariff: TOD 5-8"]
