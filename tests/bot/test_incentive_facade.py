"""The former contract at our door: its checks in its order, its words, and what earlier requests decide."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from bot.incentive_answers import build_answer
from bot.incentive_facade import FacadeError, IncentiveRequest, Opened, open_case, validate
from db.api_keys import ApiKey
from db.incentives import IncentiveCase
from db.outbox import OutboxRow
from integrations.leap.values import DeviceResult, IncentiveAnswer, LeapAddress, Requirement, Utility

ADDRESS = {
    "street_1": "123 Main St",
    "street_2": "Apt 4B",
    "city": "San Francisco",
    "state_or_province_code": "CA",
    "postal_code": "94102",
    "country_code": "US",
}
LOOKUP = {
    "operation_type": "lookup",
    "reference_id": "external-ref-123",
    "address": ADDRESS,
    "building_type": "RESIDENTIAL",
    "device_ids": [32, 44, 44, 44],
    "create_application": True,
}
REFRESH = {"operation_type": "refresh", "reference_id": "external-ref-123"}
LOOKUP_WORDS = (
    "For lookup operation, address fields are required: street_1, city, state_or_province_code, postal_code, "
    "country_code, building_type"
)
REFERENCE_WORDS = (
    "Invalid reference_id. Must be 3-256 characters and contain only RFC 3986 unreserved characters (A-Za-z0-9._~-)"
)
TYPES = "Must be one of: RESIDENTIAL, MULTIFAMILY, MANUFACTURED_HOME, COMMERCIAL"


def ask(document: dict[str, Any] = LOOKUP, /, **changes: Any) -> dict[str, Any]:
    """The document with fields replaced; None takes one away."""
    return {name: value for name, value in {**document, **changes}.items() if value is not None}


def read(document: Any = LOOKUP, company: str = "acme") -> IncentiveRequest:
    found = validate(document, company)
    assert isinstance(found, IncentiveRequest), found
    return found


def refuse(document: Any, company: str = "acme") -> str:
    found = validate(document, company)
    assert isinstance(found, FacadeError), found
    assert found.status == 400
    return found.message


def test_a_sound_request() -> None:
    request = read()
    assert (request.operation, request.reference_id, request.building_type) == (
        "lookup",
        "external-ref-123",
        "RESIDENTIAL",
    )
    assert request.counted == {32: 1, 44: 3}
    assert request.create_application is True
    assert LeapAddress(**(request.address or {})) == LeapAddress(
        "123 Main St", "San Francisco", "CA", "94102", "Apt 4B", "US"
    )


def test_a_refresh_needs_the_reference_alone() -> None:
    request = read(REFRESH)
    assert (request.address, request.building_type, request.counted, request.create_application) == (
        None,
        "",
        None,
        False,
    )


@pytest.mark.parametrize("document", [None, [], "text", 7, [LOOKUP]])
def test_what_is_no_json_object(document: Any) -> None:
    assert refuse(document) == "Invalid or empty JSON body"


@pytest.mark.parametrize("reference", ["ab", "a b", "a/b", "a#b", "x" * 257, 123, ["abc"], "ab\n", "ñandú"])
def test_a_bad_reference(reference: Any) -> None:
    assert refuse(ask(reference_id=reference)) == REFERENCE_WORDS


@pytest.mark.parametrize("missing", ["operation_type", "reference_id"])
def test_what_is_always_required(missing: str) -> None:
    assert refuse(ask(**{missing: None})) == "Missing required field: operation_type or reference_id"
    assert refuse(ask(**{missing: ""})) == "Missing required field: operation_type or reference_id"


@pytest.mark.parametrize("operation", ["LOOKUP", "delete", 1, ["lookup"], {"a": 1}])
def test_a_bad_operation(operation: Any) -> None:
    words = 'Invalid operation_type. Must be either "lookup", "refresh", or "override"'
    assert refuse(ask(operation_type=operation)) == words


@pytest.mark.parametrize("field", ["street_1", "city", "state_or_province_code", "postal_code", "country_code"])
def test_a_lookup_needs_every_part_of_the_address(field: str) -> None:
    for address in ({**ADDRESS, field: " "}, {key: value for key, value in ADDRESS.items() if key != field}, {}):
        assert refuse(ask(address=address)) == LOOKUP_WORDS
    assert refuse(ask(address=None)) == LOOKUP_WORDS
    assert refuse(ask(building_type=None)) == LOOKUP_WORDS


def test_a_key_without_a_company() -> None:
    words = "Organization company should be set for your organization. Please contact Leap to set this up"
    assert refuse(LOOKUP, "") == refuse(REFRESH, " ") == words


def test_a_bad_building_type() -> None:
    assert refuse(ask(building_type="single_family")) == f"Invalid building_type: single_family. {TYPES}"
    assert refuse(ask(REFRESH, building_type="house")) == f"Invalid building_type: house. {TYPES}"
    assert "building_type" in refuse(ask(operation_type="override", building_type=None, address=None))


@pytest.mark.parametrize(
    ("devices", "words"),
    [
        (None, "Missing required field: device_ids"),
        ([], "Missing required field: device_ids"),
        ("42", "Invalid device_ids. Must be an array of numbers"),
        (["42"], "Invalid device_ids. Must be an array of numbers"),
        ([True], "Invalid device_ids. Must be an array of numbers"),
        ([42.5], "Invalid device_ids. Must be an array of numbers"),
        ([float("nan")], "Invalid device_ids. Must be an array of numbers"),
        ([1e300], "Invalid device_ids. Must be an array of numbers"),
        ([42, 999, 998, 999], "Invalid device_ids: 999, 998"),
        ([44] * 51, "Invalid device_ids. At most 50 devices are allowed"),
    ],
)
def test_bad_devices(devices: Any, words: str) -> None:
    assert refuse(ask(device_ids=devices)) == words
    assert refuse(ask(operation_type="override", device_ids=devices)) == words


@pytest.mark.parametrize("part", [7, ["x"], "a\x00b", "a\nb", "x" * 201, "\ud800"])
def test_a_bad_part_of_an_address(part: Any) -> None:
    assert "city" in refuse(ask(address={**ADDRESS, "city": part}))
    assert "address" in refuse(ask(address="123 Main St"))
    assert "create_application" in refuse(ask(create_application="yes"))


def test_the_documents_order_of_checks() -> None:
    document: dict[str, Any] = {
        "operation_type": "",
        "reference_id": "#",
        "building_type": "single_family",
        "device_ids": [999],
    }
    heard = [refuse(document, "")]
    changes: tuple[dict[str, Any], ...] = (
        {"operation_type": "remove"}, {"operation_type": "lookup"}, {"reference_id": "abc"}, {"address": ADDRESS},
    )  # fmt: skip
    for change in changes:
        document |= change
        heard.append(refuse(document, ""))
    heard.append(refuse(document))
    heard.append(refuse(document | {"building_type": "COMMERCIAL"}))
    beginnings = [words.partition(":")[0].partition(".")[0] for words in heard]
    assert beginnings == [
        "Missing required field", "Invalid operation_type", "Invalid reference_id",
        "For lookup operation, address fields are required", "Organization company should be set for your organization",
        "Invalid building_type", "Invalid device_ids",
    ]  # fmt: skip


class TestHistory:
    """What earlier requests of the same key decide."""

    @pytest.fixture
    def connection(self, engine: Engine) -> Iterator[Connection]:
        with engine.begin() as connection:
            for number in (1, 2):
                values = {"id": number, "name": "Acme", "prefix": "hg", "digest": f"d{number}", "company": "acme"}
                connection.execute(insert(ApiKey).values(**values))
            yield connection

    def open(self, connection: Connection, document: dict[str, Any], key: int = 1) -> Opened:
        found = open_case(connection, key, read(document))
        assert isinstance(found, Opened), found
        return found

    def refuse(self, connection: Connection, document: dict[str, Any], key: int = 1) -> str:
        found = open_case(connection, key, read(document))
        assert isinstance(found, FacadeError), found
        assert found.status == 400
        return found.message

    def answer(self, connection: Connection, opened: Opened) -> None:
        """What the job writes when Leap answered a lookup."""
        payload = self.payload(connection, opened)
        address = LeapAddress(**payload["address"])
        values = {
            "address": payload["address"], "home": address.home, "devices": payload["devices"],
            "classification": payload["building_type"], "looked_up_at": datetime.now(UTC),
        }  # fmt: skip
        connection.execute(update(IncentiveCase).where(IncentiveCase.id == opened.case_id).values(**values))

    def payload(self, connection: Connection, opened: Opened) -> dict[str, Any]:
        row = connection.execute(select(OutboxRow.__table__).where(OutboxRow.id == opened.operation_id)).one()
        assert (row.kind, row.conversation_id, row.status) == ("look_up_incentives", None, "ready")
        assert row.key.startswith("api:")
        return dict(row.payload)

    def test_a_lookup_becomes_a_case_and_an_effect(self, connection: Connection) -> None:
        opened = self.open(connection, LOOKUP)
        payload = self.payload(connection, opened)
        assert payload == {
            "is": "LookUpIncentives", "case": opened.case_id, "operation": "lookup", "create_application": True,
            "address": {"street": "123 Main St", "street_2": "Apt 4B", "city": "San Francisco", "state": "CA",
                        "postal_code": "94102", "country": "US"},
            "building_type": "RESIDENTIAL", "company": "acme",
            "devices": [{"device_id": 32, "quantity": 1}, {"device_id": 44, "quantity": 3}],
        }  # fmt: skip
        again = self.open(connection, LOOKUP)
        assert again.case_id == opened.case_id
        assert again.operation_id != opened.operation_id

    def test_nobody_known_by_that_reference(self, connection: Connection) -> None:
        for operation in ("refresh", "override"):
            words = self.refuse(connection, ask(operation_type=operation))
            assert words == "No customer found with reference_id: external-ref-123"
        self.open(connection, LOOKUP)  # not answered yet
        assert "No customer found" in self.refuse(connection, REFRESH)

    def test_a_reference_belongs_to_its_key(self, connection: Connection) -> None:
        opened = self.open(connection, LOOKUP)
        self.answer(connection, opened)
        assert self.open(connection, REFRESH).case_id == opened.case_id
        assert "No customer found" in self.refuse(connection, REFRESH, key=2)
        other = self.open(connection, LOOKUP, key=2)
        assert other.case_id != opened.case_id
        names = connection.execute(select(IncentiveCase.customer_reference).order_by(IncentiveCase.id)).scalars().all()
        assert names[0] == "external-ref-123"
        assert names[1] and names[1] != names[0]  # they never meet at Leap

    def test_the_same_home_under_another_reference(self, connection: Connection) -> None:
        self.answer(connection, self.open(connection, ask(reference_id="old-ref-123")))
        address = {**ADDRESS, "street_1": "123 MAIN  St.", "postal_code": "94102-0001"}
        words = self.refuse(connection, ask(reference_id="new-ref-456", address=address))
        assert words == (
            "Reference ID mismatch. The customer is linked to this organization with a different reference_id. "
            "Expected: old-ref-123, Received: new-ref-456"
        )
        self.open(connection, ask(reference_id="new-ref-456", address={**ADDRESS, "street_2": "Apt 5"}))
        self.open(connection, ask(reference_id="new-ref-456"), key=2)

    @pytest.mark.parametrize("operation", ["lookup", "refresh"])
    def test_devices_that_the_customer_does_not_have(self, connection: Connection, operation: str) -> None:
        self.answer(connection, self.open(connection, LOOKUP))
        words = self.refuse(connection, ask(operation_type=operation, device_ids=[44, 55, 66]))
        assert words == "device_ids not associated with the customer: 55, 66"
        self.open(connection, ask(operation_type=operation, device_ids=[44, 32]))
        self.open(connection, ask(operation_type="override", device_ids=[55, 66]))

    def test_a_new_address_replaces_and_a_part_of_one_completes(self, connection: Connection) -> None:
        self.answer(connection, self.open(connection, LOOKUP))
        moved = {**ADDRESS, "street_1": "456 Oak Ave"}
        del moved["street_2"]
        whole = self.payload(connection, self.open(connection, ask(REFRESH, address=moved)))["address"]
        assert "street_2" not in whole and whole["street"] == "456 Oak Ave"
        part = self.payload(connection, self.open(connection, ask(REFRESH, address={"street_1": "456 Oak Ave"})))
        assert (part["address"]["street"], part["address"]["city"], part["address"]["street_2"]) == (
            "456 Oak Ave", "San Francisco", "Apt 4B",
        )  # fmt: skip
        assert self.payload(connection, self.open(connection, REFRESH))["address"] is None


RESULT = DeviceResult(
    "101", "Home Upgrade Program", "1", "Standard", 42, True, 300_000, 0,
    (Requirement("Income verification", "COMPLETED"), Requirement("Building type check", "COMPLETED")),
)  # fmt: skip
YEARLY = DeviceResult("102", "Warm", "gold", "Gold", 44, True, 0, 6_050, (Requirement("Later", "IGNORED"),))
FAILED = DeviceResult("102", "Warm", "gold", "Gold", 0, False, 0, 0, (Requirement("Owner", "FAILED"),))
PGE = Utility(12345, "Pacific Gas & Electric")
ANSWER = IncentiveAnswer(
    "k", PGE, (PGE,), (RESULT, YEARLY, FAILED),
    ("101", "102", "103"), "https://connect.incentives.leap.energy/ours/refId/external-ref-123",
)  # fmt: skip


def build(answer: IncentiveAnswer = ANSWER, **changes: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "reference_id": "external-ref-123",
        "customer_id": 789,
        "company": "your-company",
        "address": LeapAddress("123 Main St", "San Francisco", "CA", "94102"),
        "building_type": "RESIDENTIAL",
        "create_application": True,
    }
    return build_answer(answer, **{**facts, **changes})


def test_the_shape_of_an_answer() -> None:
    body = build()
    programs = body["incentives"].pop("by_program")
    assert body == {
        "utility": {"eiaid": 12345, "name": "Pacific Gas & Electric"},
        "possible_utilities": [{"eiaid": "12345", "name": "Pacific Gas & Electric"}],
        "address": "123 Main St, San Francisco, CA 94102",
        "building_type": "RESIDENTIAL",
        "customer_id": 789,
        "programs_evaluated": 3,
        "incentives": {"total_incentive_amount": 3060.5, "total_eligible_combinations": 2},
        "connect_url": "https://connect.incentives.leap.energy/your-company/refId/external-ref-123",
        "reference_id": "external-ref-123",
    }
    assert programs[0] == {
        "program_id": 101, "program_name": "Home Upgrade Program", "total_incentive": 3000, "eligible_combinations": 1,
        "device_tier_results": [{
            "device_id": 42, "device_name": "Heat pump", "tier_id": 1, "tier_name": "Standard", "eligible": True,
            "incentive_amount": 3000, "calculation_details": "3000 once; requirements: 2 completed",
            "failed_requirements": [], "ignored_requirements": [],
            "completed_requirements": ["Income verification", "Building type check"],
        }],
    }  # fmt: skip
    yearly, failed = programs[1]["device_tier_results"]
    assert (yearly["tier_id"], yearly["calculation_details"]) == ("gold", "60.5 per year; requirements: 1 ignored")
    assert (failed["incentive_amount"], failed["failed_requirements"], failed["device_id"]) == (0, ["Owner"], None)


def test_a_link_is_for_those_who_apply() -> None:
    assert "connect_url" not in build(create_application=False)
    assert build(company="A & B")["connect_url"].endswith("/A%20%26%20B/refId/external-ref-123")
