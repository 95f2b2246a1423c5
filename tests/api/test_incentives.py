"""The incentives' façade over HTTP: the earlier contract's checks in their order, words and statuses."""

from typing import Any

import pytest
from sqlalchemy import select

from db.api_keys import ApiCall
from db.outbox import OutboxRow
from tests.api.holder import Holder

ADDRESS = {
    "street_1": "1 Example St", "city": "Brooklyn", "state_or_province_code": "NY", "postal_code": "11201",
    "country_code": "US",
}  # fmt: skip
LOOKUP = {
    "operation_type": "lookup", "reference_id": "ref-123", "address": ADDRESS, "building_type": "RESIDENTIAL",
    "device_ids": [42],
}  # fmt: skip
FIELDS = (
    "For lookup operation, address fields are required: street_1, city, state_or_province_code, postal_code, "
    "country_code, building_type"
)


def ask(holder: Holder, document: Any) -> Any:
    return holder.call("POST", "/incentives", document)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "Invalid or empty JSON body"),
        ({}, "Missing required field: operation_type or reference_id"),
        ({"reference_id": "ref-123"}, "Missing required field: operation_type or reference_id"),
        ({"operation_type": "lookup"}, "Missing required field: operation_type or reference_id"),
        (
            {**LOOKUP, "operation_type": "delete"},
            'Invalid operation_type. Must be either "lookup", "refresh", or "override"',
        ),
        (
            {**LOOKUP, "reference_id": "a/b"},
            "Invalid reference_id. Must be 3-256 characters and contain only RFC 3986 unreserved characters "
            "(A-Za-z0-9._~-)",
        ),
        ({**LOOKUP, "address": {**ADDRESS, "city": ""}}, FIELDS),
        ({**LOOKUP, "building_type": None}, FIELDS),
        (
            {**LOOKUP, "building_type": "single_family"},
            "Invalid building_type: single_family. Must be one of: RESIDENTIAL, MULTIFAMILY, MANUFACTURED_HOME, "
            "COMMERCIAL",
        ),
        ({**LOOKUP, "operation_type": "refresh"}, "No customer found with reference_id: ref-123"),
    ],
)
def test_what_is_refused_and_how(holder: Holder, document: Any, words: str) -> None:
    answer = ask(holder, document)
    assert (answer.status_code, answer.json) == (400, {"error": words})


@pytest.mark.parametrize("body", ["{", ""])
def test_a_body_that_is_no_json(holder: Holder, body: str) -> None:
    answer = holder.client.post("/api/v1/incentives", data=body, headers={"x-api-key": holder.key})
    assert (answer.status_code, answer.json) == (400, {"error": "Invalid or empty JSON body"})


def test_a_holder_without_a_company(nameless_holder: Holder) -> None:
    words = "Organization company should be set for your organization. Please contact Leap to set this up"
    assert ask(nameless_holder, LOOKUP).json == {"error": words}


def test_the_jobs_answer_is_ours(holder: Holder) -> None:
    body = {"incentives": {"total_incentive_amount": 3000, "by_program": []}, "reference_id": "ref-123"}
    with holder.worker(lambda row: {"result": {"status": 200, "body": body}}):
        answer = ask(holder, LOOKUP)
    assert (answer.status_code, answer.json) == (200, body)
    with holder.engine.connect() as connection:
        effect = connection.execute(select(OutboxRow.__table__)).one()
        call = connection.execute(select(ApiCall.__table__)).one()
    assert (effect.kind, effect.conversation_id, effect.payload["operation"]) == ("look_up_incentives", None, "lookup")
    assert (call.route, call.operation, call.reference_id, call.http_status, call.answer) == (
        "incentives", "lookup", "ref-123", 200, body,
    )  # fmt: skip


def test_a_job_that_says_404(holder: Holder) -> None:
    said = {"error": "Program lookup failed - no utility found"}
    with holder.worker(lambda row: {"result": {"status": 404, "body": said}}):
        answer = ask(holder, LOOKUP)
    assert (answer.status_code, answer.json) == (404, said)


def test_a_job_that_gave_up(holder: Holder) -> None:
    with holder.worker(lambda row: {"status": "parked", "error": "Leap said something odd."}):
        answer = ask(holder, LOOKUP)
    assert (answer.status_code, answer.json) == (500, {"error": "Internal server error"})


def test_an_answer_that_takes_long(slow_holder: Holder) -> None:
    answer = ask(slow_holder, LOOKUP)
    assert (answer.status_code, answer.json["status"]) == (202, "pending")
    assert slow_holder.client.get(answer.json["status_url"], headers={"x-api-key": slow_holder.key}).status_code == 200
