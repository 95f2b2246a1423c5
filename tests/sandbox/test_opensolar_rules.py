"""OpenSolar docs: what a project, a contact or a webhook is refused for, and what lies just inside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.opensolar_rig import ANA, PROJECT, OpenSolarRig
from tools.sandbox.opensolar.rules import CONTACT_RULES, PROJECT_RULES
from tools.sandbox.opensolar.store import ROOF_TYPES

Fields = dict[str, Any]
STAGE = {"workflow_id": 84, "active_stage_id": 433}
# rule: (fields that are refused, the field that is named, fields that are taken)
PROJECT_CASES: dict[str, tuple[Fields, str, Fields]] = {
    "take_flat_fields": ({"address": {"street": "12 Sample Rd"}}, "address", {"address": "12 Sample Rd"}),
    "check_residential": ({"is_residential": "residential"}, "is_residential", {"is_residential": "0"}),
    "check_coordinates": ({"lat": "south"}, "lat", {"lat": "-33.86"}),
    "check_country": ({"country_iso2": "USA"}, "country_iso2", {"country_iso2": "US"}),
    "check_days": ({"installation_date": "1/12/2026"}, "installation_date", {"installation_date": "2026-12-01"}),
    "check_roof_type": ({"roof_type": "tile"}, "roof_type", {"roof_type": PROJECT["roof_type"]}),
    "check_role": ({"assigned_role": 123}, "assigned_role", {"assigned_role": PROJECT["assigned_role"]}),
    "check_contacts": ({"contacts": [60]}, "contacts", {"contacts": []}),
    "check_new_contacts": ({"contacts_new": [{**ANA, "email": "ana"}]}, "contacts_new", {"contacts_new": [ANA]}),
    "check_usage": (
        {"usage": {"usage_data_source": "bill_monthly", "values": [120] * 11}},
        "usage",
        {"usage": {"usage_data_source": "bill_monthly", "values": [120] * 12}},
    ),
    "check_stage": (
        {"workflow": {**STAGE, "active_stage_id": 999}, "active_stage_id": 999},
        "workflow",
        {"workflow": STAGE, "active_stage_id": 433},
    ),
}
CONTACT_CASES: dict[str, tuple[Fields, str, Fields]] = {
    "take_contact_texts": ({"first_name": {"first": "Ana"}}, "first_name", {"first_name": "Ana"}),
    "check_email": ({"email": "ana@"}, "email", {"email": "ana@example.com"}),
    "check_birth": ({"date_of_birth": "12/05/1980"}, "date_of_birth", {"date_of_birth": "1980-05-12"}),
}


@pytest.mark.parametrize("rule", PROJECT_CASES)
def test_project_rule(opensolar: OpenSolarRig, rule: str) -> None:
    refused, field, taken = PROJECT_CASES[rule]
    number = opensolar.create()["id"]
    answer = opensolar.api.patch(f"/projects/{number}/", json=refused)
    assert answer.status_code == 400, answer.text
    assert list(answer.json()) == [field]
    assert isinstance(answer.json()[field][0], str)
    assert opensolar.api.patch(f"/projects/{number}/", json=taken).status_code == 200


@pytest.mark.parametrize("rule", CONTACT_CASES)
def test_contact_rule(opensolar: OpenSolarRig, rule: str) -> None:
    refused, field, taken = CONTACT_CASES[rule]
    answer = opensolar.api.post("/contacts/", json=refused)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert opensolar.api.post("/contacts/", json=taken).status_code == 201


def test_every_rule_has_a_case() -> None:
    assert set(PROJECT_CASES) == {rule.__name__ for rule in PROJECT_RULES}
    assert set(CONTACT_CASES) == {rule.__name__ for rule in CONTACT_RULES}


def test_all_wrong_fields_are_named_at_once(opensolar: OpenSolarRig) -> None:
    answer = opensolar.api.post("/projects/", json={"lat": "south", "roof_type": "tile", "address": []})
    assert set(answer.json()) == {"lat", "roof_type", "address"}
    assert opensolar.api.get("/projects/").json() == []


@pytest.mark.parametrize("body", [b"[1]", b"{", b'"x"'])
def test_body_that_is_no_object(opensolar: OpenSolarRig, body: bytes) -> None:
    answer = opensolar.api.post("/projects/", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, list(answer.json())) == (400, ["non_field_errors"])


@pytest.mark.parametrize("number", [6, 7, 14, 16, 19, 20, 21, 23, 24])
def test_documented_roof_types(opensolar: OpenSolarRig, number: int) -> None:
    opensolar.create(roof_type=f"https://api.opensolar.com/api/roof_types/{number}/")
    assert number in ROOF_TYPES


def test_unknown_roof_type(opensolar: OpenSolarRig) -> None:
    wish = {**PROJECT, "roof_type": "https://api.opensolar.com/api/roof_types/5/"}
    assert list(opensolar.api.post("/projects/", json=wish).json()) == ["roof_type"]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("kwh_annual", 1),
        ("bill_annual", 1),
        ("kwh_monthly", 12),
        ("bill_monthly", 12),
        ("kwh_daily_per_month", 12),
        ("kwh_every_second_month", 6),
        ("bill_every_second_month", 6),
        ("kwh_quarterly", 4),
        ("bill_quarterly", 4),
    ],
)
def test_usage_has_exactly_as_many_whole_numbers(opensolar: OpenSolarRig, source: str, count: int) -> None:
    number = opensolar.create()["id"]

    def patch(values: list[Any]) -> int:
        usage = {"usage_data_source": source, "values": values}
        return opensolar.api.patch(f"/projects/{number}/", json={"usage": usage}).status_code

    assert [patch([100] * size) for size in (count - 1, count + 1)] == [400, 400]
    assert [patch([100.5] * count), patch([None] * count), patch(["100"] * count)] == [400, 400, 400]
    assert patch([100] * count) == 200
    assert opensolar.fetch(number)["usage"] == {"usage_data_source": source, "values": [100] * count}


@pytest.mark.parametrize(("values", "status"), [("Low", 200), ("Medium", 200), ("High", 200), ("low", 400), (5, 400)])
def test_usage_as_an_estimate(opensolar: OpenSolarRig, values: Any, status: int) -> None:
    number = opensolar.create()["id"]
    usage = {"usage_data_source": "estimate", "values": values}
    assert opensolar.api.patch(f"/projects/{number}/", json={"usage": usage}).status_code == status


@pytest.mark.parametrize("source", ["monthly_kwh", "", None])
def test_unknown_source_of_usage(opensolar: OpenSolarRig, source: Any) -> None:
    number = opensolar.create()["id"]
    usage = {"usage_data_source": source, "values": [100] * 12}
    assert opensolar.api.patch(f"/projects/{number}/", json={"usage": usage}).status_code == 400


HOOK = {"endpoint": "https://bot.example/webhooks/opensolar", "trigger_fields": ["event.*"], "payload_fields": []}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"endpoint": None}, "endpoint"),
        ({"endpoint": "bot.example"}, "endpoint"),
        ({"headers": {"X-Webhook-Token": "secret"}}, "headers"),
        ({"headers": "X-Webhook-Token: secret"}, "headers"),
        ({"trigger_fields": None}, "trigger_fields"),
        ({"trigger_fields": "event.*"}, "trigger_fields"),
        ({"trigger_fields": ["invoice.*"]}, "trigger_fields"),
        ({"payload_fields": ["project"]}, "payload_fields"),
    ],
)
def test_webhook_rule(opensolar: OpenSolarRig, fields: Fields, named: str) -> None:
    answer = opensolar.api.post("/webhooks/", json={**HOOK, **fields})
    assert (answer.status_code, list(answer.json())) == (400, [named])
    assert opensolar.api.post("/webhooks/", json={**HOOK, "headers": '{"X-Webhook-Token": "s"}'}).status_code == 201


def test_webhooks_cannot_be_deleted_but_disabled(opensolar: OpenSolarRig) -> None:
    number = opensolar.api.post("/webhooks/", json=HOOK).json()["id"]
    refused = opensolar.api.delete(f"/webhooks/{number}/")
    assert (refused.status_code, list(refused.json())) == (405, ["detail"])
    assert opensolar.api.patch(f"/webhooks/{number}/", json={"enabled": False}).json()["enabled"] is False
    assert [hook["enabled"] for hook in opensolar.api.get("/webhooks/").json()] == [False]
