"""Field names may differ; what money depends on may not be guessed."""

import copy
from typing import Any

import pytest

from integrations.errors import Refused
from integrations.leap.current_answer import read_answer
from integrations.leap.devices import DeviceTableError, count_devices, load_devices, make_units, read_devices
from integrations.leap.legacy import read_answer as read_legacy
from integrations.leap.reading import clean_json
from integrations.leap.values import SHAPE, CatalogueDevice, IncentiveAnswer
from tests.integrations.leap.conftest import ask

SOLAR = "00000000-0000-4000-8000-000000000001"
CHECKED = {"requirement": "It is a home", "status": "COMPLETED"}
LATER = {"requirement": "It is installed", "status": "IGNORED"}
DEVICE: dict[str, Any] = {
    "device_id": SOLAR, "eligible": True, "install_amount": 1000, "ongoing_amount": 60.5,
    "eligibility_details": [CHECKED],
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "reference_id": "hg-1-abc123",
    "incentive_summary": {"upfront_amount": 0, "install_amount": 1000, "ongoing_amount": 60.5},
    "utilities": {"primary": {"eiaid": "4226", "name": "Con Edison"}, "possible_utilities": []},
    "program_details": [
        {
            "program_id": 7,
            "program_name": "Sun",
            "tiers": [{"tier_id": 1, "tier_name": "A", "device_results": [DEVICE]}],
        }
    ],
}
LEGACY: dict[str, Any] = {
    "utility": {"eiaid": 4226, "name": "Con Edison"},
    "incentives": {
        "total_incentive_amount": 300,
        "by_program": [{
            "program_id": 7, "program_name": "Sun",
            "device_tier_results": [{
                "device_id": 1, "tier_id": 1, "tier_name": "A", "eligible": True, "incentive_amount": 300,
                "calculation_details": "Base incentive", "completed_requirements": ["It is a home"],
                "ignored_requirements": [], "failed_requirements": [],
            }],
        }],
    },
}  # fmt: skip


def read(device: dict[str, Any] | None = None, tier: dict[str, Any] | None = None, **top: Any) -> IncentiveAnswer:
    """ANSWER with fields of its device, its tier or itself replaced; None takes one away."""
    body = copy.deepcopy({**ANSWER, **top})
    if "program_details" not in top:
        change(body["program_details"][0]["tiers"][0], tier or {})
        change(body["program_details"][0]["tiers"][0]["device_results"][0], device or {})
    return read_answer(body, ask(), {1: SOLAR})


def change(row: dict[str, Any], changes: dict[str, Any]) -> None:
    row.update(changes)
    for name in [name for name, value in row.items() if value is None]:
        del row[name]


def test_amounts_are_cents() -> None:
    (result,) = read().results
    assert (result.install_cents, result.yearly_cents, result.firm, result.number) == (100_000, 6_050, True, 1)
    assert (result.program_id, result.tier_id) == ("7", "1")


@pytest.mark.parametrize(
    ("requirements", "firm", "eligible"),
    [
        ([CHECKED, CHECKED], True, True),
        ([CHECKED, LATER], False, True),
        ([], False, True),
        (None, False, True),
        ([CHECKED, {**LATER, "status": "failed"}], False, False),
    ],
)
def test_firm_is_only_what_was_checked(requirements: Any, firm: bool, eligible: bool) -> None:
    (result,) = read({"eligibility_details": requirements}).results
    assert (result.firm, result.eligible) == (firm, eligible)
    assert result.install_cents == (100_000 if eligible else 0)


@pytest.mark.parametrize(
    ("device", "tier"),
    [
        ({"install_amount": "a lot"}, {}),
        ({"install_amount": True}, {}),
        ({"install_amount": -5}, {}),
        ({"install_amount": float("inf")}, {}),
        ({"install_amount": [1000]}, {}),
        ({"install_amount": None, "ongoing_amount": None}, {}),
        ({"install_amount": None, "ongoing_amount": None}, {"incentive_amount": 1000}),
        ({"eligible": "yes"}, {}),
        ({"eligible": None, "eligibility_details": None}, {}),
        ({"eligibility_details": [{"requirement": "x", "status": "PENDING"}]}, {}),
        ({"eligibility_details": [{"requirement": "x"}]}, {}),
        ({"eligibility_details": "all fine"}, {}),
        ({}, {"device_results": "none"}),
        ({"install_amount": 1001}, {}),
        ({"ongoing_amount": 61}, {}),
    ],
)
def test_money_that_cannot_be_read_is_refused(device: dict[str, Any], tier: dict[str, Any]) -> None:
    if "device_results" in tier:
        assert_unreadable(program_details=[{"program_name": "Sun", "tiers": [{"tier_name": "A", **tier}]}])
        return
    assert_unreadable(device, tier)


@pytest.mark.parametrize(
    "top",
    [
        {"incentive_summary": None},
        {"incentive_summary": {"install_amount": 1000}},
        {"incentive_summary": {"install_amount": None, "ongoing_amount": 0}},
        {"program_details": None},
        {"program_details": {}},
        {"program_details": ["Sun"]},
        {"program_details": [{"tiers": []}]},
    ],
)
def test_a_sum_that_nothing_explains_is_refused(top: dict[str, Any]) -> None:
    assert_unreadable(**top)


def test_nothing_is_an_answer_too() -> None:
    nothing = {"upfront_amount": 0, "install_amount": 0, "ongoing_amount": 0}
    answer = read(incentive_summary=nothing, program_details=None, utilities=None)
    assert (answer.results, answer.primary, answer.connect_url) == ((), None, "")


def test_a_tier_may_have_the_amount() -> None:
    bare = {"install_amount": None, "ongoing_amount": None}
    (result,) = read(bare, {"payment_type": "ONGOING", "incentive_amount": 60.5}).results
    assert (result.install_cents, result.yearly_cents) == (0, 6_050)


def test_shares_of_a_tier_that_rest_on_different_things_are_not_firm() -> None:
    rows = [
        {"device_id": SOLAR, "eligible": True, "eligibility_details": details}
        for details in ([CHECKED], [LATER, CHECKED])
    ]
    tier = {"tier_name": "A", "payment_type": "INSTALL", "incentive_amount": 1000, "device_results": rows}
    answer = read(program_details=[{"program_name": "Sun", "tiers": [tier]}])
    assert [(each.install_cents, each.firm) for each in answer.results] == [(50_000, False)] * 2


def test_other_names_are_understood() -> None:
    row = {"partner_device_reference": "solar_panel-1", "status": "COMPLETED", "eligibility_details": [CHECKED]}
    tier = {"name": "A", "payment_type": "INSTALL", "incentive_amount": "1000.00", "device_results": [row]}
    answer = read(
        program_details=[{"display_name": "Sun", "program_identifier": "sun", "tiers": [tier]}],
        utilities={"primary": None, "possible_utilities": [{"eia_id": 4226, "utility_name": "Con Edison"}]},
    )
    (result,) = answer.results
    assert (result.program_id, result.program_name, result.number, result.install_cents) == ("sun", "Sun", 1, 100_000)
    assert answer.primary is not None and answer.primary.eiaid == 4226


def test_the_former_contract_says_in_words_what_recurs() -> None:
    body = copy.deepcopy(LEGACY)
    row = body["incentives"]["by_program"][0]["device_tier_results"][0]
    assert [(each.install_cents, each.yearly_cents) for each in read_legacy(body, ask()).results] == [(30_000, 0)]
    row["calculation_details"] = "Paid each year while enrolled"
    assert [(each.install_cents, each.yearly_cents) for each in read_legacy(body, ask()).results] == [(0, 30_000)]
    row["ignored_requirements"] = ["It is installed"]
    assert not read_legacy(body, ask()).results[0].firm


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("incentive_amount", None),
        ("incentive_amount", "much"),
        ("eligible", None),
        ("incentive_amount", 302),
    ],
)
def test_the_former_contract_is_as_strict(path: str, value: Any) -> None:
    body = copy.deepcopy(LEGACY)
    body["incentives"]["by_program"][0]["device_tier_results"][0][path] = value
    with pytest.raises(Refused) as caught:
        read_legacy(body, ask())
    assert caught.value.code == SHAPE


def test_what_no_database_keeps_is_left_out() -> None:
    given = {"na\x00me": "Su\x00n\ud800", "amounts": [float("inf"), 1.5, True, None]}
    assert clean_json(given) == {"name": "Sun", "amounts": [None, 1.5, True, None]}
    answer = read(utilities={"primary": {"eiaid": "9" * 5000, "name": "x"}, "possible_utilities": [{"eiaid": "x"}]})
    assert (answer.primary, answer.possible) == (None, ())


def test_a_home_is_asked_about_with_its_panels() -> None:
    devices: list[dict[str, object]] = [
        {"type": "ev_charger", "quantity": 2}, {"type": "kettle", "quantity": 1}, {"type": "battery", "quantity": 0},
        {"type": "smart_thermostat", "quantity": None}, {"type": "solar_panel", "quantity": 12},
    ]  # fmt: skip
    assert count_devices(devices) == {1: 1, 32: 2, 44: 1}
    names = [unit.reference for unit in make_units({32: 2, 1: 1})]
    assert names == ["solar_panel-1", "ev_charger-1", "ev_charger-2"]


def test_a_device_is_not_guessed() -> None:
    chargers = [
        CatalogueDevice("a", "Level 1 outlet", "ev_charger"),
        CatalogueDevice("b", "LEVEL 2 unit", "ev_charger"),
    ]
    row = next(row for row in load_devices() if row.name == "ev_charger")
    assert row.choose(chargers) == chargers[1]
    assert row.choose(chargers[:1]) == chargers[0]
    strangers = [CatalogueDevice("a", "Outlet", ""), CatalogueDevice("b", "Cable", "")]
    assert row.choose(strangers) is None


def test_a_broken_table_is_refused_with_every_fault() -> None:
    row = 'number = 1\nname = "x"\ntitle = "X"\ncategory = "toys"\nphrases = []\ntypes = ["ev"]\n'
    with pytest.raises(DeviceTableError) as caught:
        read_devices(f"[[device]]\n{row}[[device]]\n{row}")
    for fault in ("no category", "number 1 occurs twice", "name 'x'", "type 'ev'", "there is no solar_panel"):
        assert fault in str(caught.value)


def assert_unreadable(device: dict[str, Any] | None = None, tier: dict[str, Any] | None = None, **top: Any) -> None:
    with pytest.raises(Refused) as caught:
        read(device, tier, **top)
    assert caught.value.code == SHAPE
