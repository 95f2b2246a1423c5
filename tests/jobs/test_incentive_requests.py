"""What a key's holder asks about incentives, over whichever contract, and what the API answers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.incentive_facade import IncentiveRequest, Opened, open_case, validate
from db.api_keys import ApiKey
from db.incentives import IncentiveCase
from db.outbox import OutboxRow
from tests.jobs.incentive_stage import Home
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

REFERENCE = "external-ref-123"
FRESNO = {
    "street_1": "742 Juniper Court", "city": "Fresno", "state_or_province_code": "CA", "postal_code": "93722",
    "country_code": "US",
}  # fmt: skip
INTERNAL = {"error": "Internal server error"}
NO_UTILITY = {"error": "Program lookup failed - no utility found"}


class Desk(Home):
    """Asks as the API would."""

    def __init__(self, *stage: Any, **more: Any) -> None:
        super().__init__(*stage, **more)
        with self.stage.engine.begin() as connection:
            for number in (1, 2):
                values = {"id": number, "name": "Acme", "prefix": "hg", "digest": f"d{number}", "company": "acme"}
                connection.execute(insert(ApiKey).values(**values))

    def open(self, operation: str, key: int = 1, **fields: Any) -> Opened:
        document = {"operation_type": operation, "reference_id": REFERENCE, **fields}
        request = validate(document, "acme")
        assert isinstance(request, IncentiveRequest), request
        with self.stage.engine.begin() as connection:
            opened = open_case(connection, key, request)
        assert isinstance(opened, Opened), opened
        return opened

    def ask(self, operation: str, **fields: Any) -> dict[str, Any]:
        """The body of the 200 that the operation ends with."""
        row = self.again(self.open(operation, **fields).operation_id)
        assert (row.status, row.error) == ("done", ""), row.error
        assert row.result["status"] == 200
        return dict(row.result["body"])

    def look(self, *devices: int, **fields: Any) -> dict[str, Any]:
        given = {"address": FRESNO, "building_type": "RESIDENTIAL", "device_ids": list(devices) or [1], **fields}
        return self.ask("lookup", **given)

    def fail(self, opened: Opened) -> tuple[str, Any]:
        row = self.again(opened.operation_id)
        return row.status, row.result

    def stored(self, reference: str = REFERENCE, key: int = 1) -> Any:
        with self.stage.engine.connect() as connection:
            wanted = select(IncentiveCase.__table__).filter_by(scope=f"key:{key}", reference_id=reference)
            return connection.execute(wanted).one()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", seed=7)) as running:
        yield running


@pytest.fixture
def open_desk(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def open_it(**more: Any) -> Desk:
        opened.append(Desk(database_url, redis_url, sandbox, **more))
        return opened[-1]

    yield open_it
    for desk in opened:
        desk.close()


@pytest.fixture(params=["current", "legacy"])
def desk(request: pytest.FixtureRequest, open_desk: Callable[..., Desk]) -> Desk:
    return open_desk(contract=request.param)


@pytest.fixture
def current(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


def test_the_answer_is_the_same_over_either_contract(desk: Desk) -> None:
    body = desk.look(32, 44, 44, 44, 1)
    programs = {each["program_name"]: each for each in body["incentives"].pop("by_program")}
    assert body == {
        "utility": {"eiaid": 14328, "name": "Pacific Gas & Electric Co."},
        "possible_utilities": [{"eiaid": "14328", "name": "Pacific Gas & Electric Co."}],
        "address": "742 Juniper Court, Fresno, CA 93722",
        "building_type": "RESIDENTIAL",
        "customer_id": desk.stored().id,
        "programs_evaluated": 3,
        "incentives": {
            "total_incentive_amount": 500 + 60 + 250 + 50 + 3 * 75,
            "total_eligible_combinations": 7,
        },
        "reference_id": REFERENCE,
    }
    assert {name: each["total_incentive"] for name, each in programs.items()} == {
        "Bright Roof Rebate": 560, "Charge Calm": 300, "Thermostat Thanks": 225,
    }  # fmt: skip
    first = programs["Thermostat Thanks"]["device_tier_results"][0]
    assert (first["device_id"], first["incentive_amount"], first["eligible"]) == (44, 75, True)
    assert first["completed_requirements"] == ["The building is a home", "The model is on the approved list"]
    assert programs["Bright Roof Rebate"]["device_tier_results"][1]["ignored_requirements"]
    assert desk.news() == []


def test_the_three_operations(desk: Desk) -> None:
    desk.look(1)
    assert desk.ask("refresh")["incentives"]["total_incentive_amount"] == 560
    body = desk.ask("override", building_type="RESIDENTIAL", device_ids=[32, 32])
    assert body["incentives"]["total_incentive_amount"] == 600
    assert desk.ask("refresh")["incentives"]["total_incentive_amount"] == 600
    assert desk.operations() == ["lookup", "refresh", "override", "refresh"]
    assert desk.stored().devices == [{"device_id": 32, "quantity": 2}]


def test_a_refresh_of_some_devices(desk: Desk) -> None:
    desk.look(1, 32)
    body = desk.ask("refresh", device_ids=[32])
    assert [each["program_name"] for each in body["incentives"]["by_program"]] == ["Charge Calm"]
    assert desk.ask("refresh")["incentives"]["total_eligible_combinations"] == 4


def test_a_refresh_with_a_new_address_keeps_the_utility(desk: Desk) -> None:
    desk.look(1)
    brooklyn = {**FRESNO, "street_1": "1 Example St", "city": "Brooklyn", "state_or_province_code": "NY",
                "postal_code": "11201"}  # fmt: skip
    body = desk.ask("refresh", address=brooklyn)
    assert body["address"] == "1 Example St, Brooklyn, NY 11201"
    assert body["utility"]["eiaid"] == 14328
    assert desk.look(1, address=brooklyn)["utility"]["eiaid"] == 4226


def test_a_building_type_is_remembered(desk: Desk) -> None:
    desk.look(1, building_type="COMMERCIAL")
    body = desk.ask("refresh")
    assert (body["building_type"], body["incentives"]["total_incentive_amount"]) == ("COMMERCIAL", 0)
    assert desk.ask("refresh", building_type="RESIDENTIAL")["incentives"]["total_incentive_amount"] == 560


def test_a_link_and_applications_only_when_wished(desk: Desk) -> None:
    assert "connect_url" not in desk.look(1)
    assert not desk.sandbox.world.ledger.entries("leap_application_created")
    body = desk.ask("refresh", create_application=True)
    assert body["connect_url"] == f"https://connect.incentives.leap.energy/acme/refId/{REFERENCE}"
    assert len(desk.sandbox.world.ledger.entries("leap_application_created")) == 1


def test_two_keys_with_one_reference_do_not_meet(current: Desk) -> None:
    current.look(1)
    current.look(32, key=2, address={**FRESNO, "street_1": "9 Elm St"})
    assert current.stored(key=1).devices != current.stored(key=2).devices
    assert len(current.sandbox.world.leap.customers) == 2
    assert current.ask("refresh", key=2)["address"] == "9 Elm St, Fresno, CA 93722"


@pytest.mark.parametrize("change", [{"state_or_province_code": "AK", "postal_code": "99501"}, {"country_code": "ZW"}])
def test_no_utility_is_404(desk: Desk, change: dict[str, str]) -> None:
    address = {**FRESNO, **change}
    opened = desk.open("lookup", address=address, building_type="RESIDENTIAL", device_ids=[1])
    assert desk.fail(opened) == ("done", {"status": 404, "body": NO_UTILITY})
    assert desk.stored().looked_up_at is None


def test_an_address_on_no_map_is_404_too(current: Desk) -> None:
    address = {**FRESNO, "postal_code": "11201"}
    opened = current.open("lookup", address=address, building_type="RESIDENTIAL", device_ids=[1])
    assert current.fail(opened) == ("done", {"status": 404, "body": NO_UTILITY})


def test_leap_that_is_down_is_500_in_the_end(desk: Desk) -> None:
    desk.break_leap("leap.lookups", "error_before", count=None)
    opened = desk.open("lookup", address=FRESNO, building_type="RESIDENTIAL", device_ids=[1])
    assert desk.fail(opened) == ("ready", None)
    desk.restart()
    assert desk.fail(opened) == ("ready", None)
    desk.restart()
    assert desk.fail(opened) == ("cancelled", {"status": 500, "body": INTERNAL})


def test_leap_that_comes_back_meanwhile(desk: Desk) -> None:
    desk.break_leap("leap.lookups", "error_before", count=3)
    opened = desk.open("lookup", address=FRESNO, building_type="RESIDENTIAL", device_ids=[1])
    assert desk.fail(opened) == ("ready", None)
    assert desk.again(opened.operation_id).result["status"] == 200


def test_an_override_that_nobody_knows_of_is_parked(desk: Desk) -> None:
    desk.look(1)
    desk.break_leap("leap.overrides", "reset_after", count=None)
    opened = desk.open("override", building_type="RESIDENTIAL", device_ids=[32])
    assert desk.fail(opened) == ("parked", {"status": 500, "body": INTERNAL})
    assert desk.stage.row(opened.operation_id).error_code == "uncertain"
    assert len([call for call in desk.calls() if call.error.startswith("Uncertain")]) == 1


def test_a_process_that_died_on_the_way_does_not_send_it_again(current: Desk) -> None:
    current.look(1)
    opened = current.open("override", building_type="RESIDENTIAL", device_ids=[32])
    current.change_case(override_row=opened.operation_id)
    assert current.fail(opened) == ("parked", {"status": 500, "body": INTERNAL})
    assert current.operations() == ["lookup"]


def test_a_key_that_leap_does_not_accept_is_left_for_staff_once(open_desk: Callable[..., Desk]) -> None:
    """Every request meets it: one row says so, the others end."""
    desk = open_desk(leap_api_key="leap_live_of_somebody_else")
    ends = [
        desk.fail(desk.open("lookup", address=FRESNO, building_type="RESIDENTIAL", device_ids=[1])) for _ in range(3)
    ]
    failed = {"status": 500, "body": INTERNAL}
    assert ends == [("parked", failed), ("cancelled", failed), ("cancelled", failed)]
    (parked,) = [row for row in desk.stage.rows("look_up_incentives") if row.status == "parked"]
    desk.stage.change(OutboxRow, parked.id, status="cancelled")  # staff have seen it, and the key is still wrong
    assert desk.fail(desk.open("lookup", address=FRESNO, building_type="RESIDENTIAL", device_ids=[1]))[0] == "parked"


def test_a_device_that_leap_lacks_is_the_callers_mistake(desk: Desk) -> None:
    """Nothing of it is left for staff, however often it is asked."""
    desk.pull("catalogue", missing=[44])
    opened = desk.open("lookup", address=FRESNO, building_type="RESIDENTIAL", device_ids=[44, 1])
    assert desk.fail(opened) == ("done", {"status": 400, "body": {"error": "Invalid device_ids"}})
    assert desk.stored().lease_until is None
    assert desk.look(1)["incentives"]["total_incentive_amount"] == 560
    opened = desk.open("override", building_type="RESIDENTIAL", device_ids=[44])
    assert desk.fail(opened) == ("done", {"status": 400, "body": {"error": "Invalid device_ids"}})
    assert (desk.stored().override_row, desk.stored().lease_until) == (None, None)
    assert desk.ask("refresh")["incentives"]["total_incentive_amount"] == 560


def test_a_customer_whom_leap_is_changing_already(current: Desk) -> None:
    current.look(1)
    current.pull(f"customers/{current.stored().customer_reference}/hold", held=True)
    busy = {"error": "Another override of this customer is under way"}
    opened = current.open("override", building_type="RESIDENTIAL", device_ids=[32])
    assert current.fail(opened) == ("done", {"status": 409, "body": busy})


def test_a_home_that_leap_knows_from_somebody_else(open_desk: Callable[..., Desk]) -> None:
    """The former contract knows a home by one reference, and another's is nobody's business."""
    desk = open_desk(contract="legacy")
    desk.look(1)
    opened = desk.open("lookup", key=2, address=FRESNO, building_type="RESIDENTIAL", device_ids=[1])
    status, result = desk.fail(opened)
    assert (status, result["status"]) == ("done", 400)
    assert result["body"]["error"].startswith("Reference ID mismatch.")
    assert "Expected" not in result["body"]["error"]


def test_leap_that_is_off(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(leap_api_key="")
    opened = desk.open("lookup", address=FRESNO, building_type="RESIDENTIAL", device_ids=[1])
    words = {"error": "Leap is off: no key (LEAP_API_KEY)."}
    assert desk.fail(opened) == ("cancelled", {"status": 503, "body": words})
    assert desk.stored().lease_until is None


def test_a_lookup_whose_answer_was_lost(current: Desk) -> None:
    """Leap knows the customer with one device, we know nothing, and another device is asked about."""
    current.break_leap("leap.lookups", "reset_after", count=3)
    lost = current.open("lookup", address=FRESNO, building_type="RESIDENTIAL", device_ids=[1])
    assert current.fail(lost) == ("ready", None)
    current.stage.change(OutboxRow, lost.operation_id, due_at=datetime.now(UTC) + timedelta(hours=1))
    assert current.look(32)["incentives"]["total_incentive_amount"] == 300
    assert current.operations()[-2:] == ["lookup", "override"]


def test_a_customer_whom_leap_lost(desk: Desk) -> None:
    desk.look(1)
    desk.sandbox.world.leap.customers.clear()
    assert desk.ask("refresh")["incentives"]["total_incentive_amount"] == 560
    assert desk.operations() == ["lookup", "lookup"]
