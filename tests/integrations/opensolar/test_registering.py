"""The webhook that we register, and what then arrives at our address."""

import json
import time
from collections.abc import Callable, Iterator

import pytest

from integrations.errors import NotFound
from integrations.opensolar.client import OpenSolarClient
from integrations.opensolar.webhook import parse, verify
from tests.integrations.opensolar.conftest import SHEET, Desk, list_rows
from tests.integrations.stub_api import Answer, Asked, StubApi, open_stub
from tools.sandbox.runner import Sandbox

SECRET = "a-secret-of-a-test"


@pytest.fixture
def product() -> Iterator[StubApi]:
    """Stands where the web process would."""
    with open_stub() as stub:
        stub.reply = lambda _: Answer(200, b"")
        yield stub


def wait_for(found: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not found() and time.monotonic() < until:
        time.sleep(0.02)
    assert found()


def test_once_is_enough(client: OpenSolarClient, sandbox: Sandbox) -> None:
    assert "new" in client.register_webhooks("https://bot.example/", SECRET)[0]
    (told,) = client.register_webhooks("https://bot.example", "another-secret")
    assert "brought up to date" in told
    (hook,) = list_rows(sandbox, "webhooks")
    assert hook["endpoint"] == "https://bot.example/webhooks/opensolar"
    assert json.loads(hook["headers"]) == {"X-Webhook-Token": "another-secret"}
    assert hook["enabled"] is True and hook["debug"] is False
    models = {name.split(".")[0] for name in hook["payload_fields"]}
    assert models == {"project", "event", "contact"}, "a model that is missing would be sent in full"
    assert "event.*" not in hook["payload_fields"] and "contact.*" not in hook["payload_fields"]


def test_others_at_our_address_are_switched_off(client: OpenSolarClient, sandbox: Sandbox) -> None:
    ours = {"endpoint": "https://bot.example/webhooks/opensolar", "trigger_fields": ["event.*"]}
    for fields in (ours, ours, {**ours, "endpoint": "https://crm.example/hook"}):
        client.calls.create_webhook({**fields, "payload_fields": ["event.id"]})
    assert len(client.register_webhooks("https://bot.example", SECRET)) == 2
    assert sorted((row["endpoint"], row["enabled"]) for row in list_rows(sandbox, "webhooks")) == [
        ("https://bot.example/webhooks/opensolar", False),
        ("https://bot.example/webhooks/opensolar", True),
        ("https://crm.example/hook", True),
    ]


def test_what_arrives_is_ours_and_understood(
    client: OpenSolarClient, product: StubApi, desk: Desk, sandbox: Sandbox
) -> None:
    client.register_webhooks(product.url, SECRET)
    placed = client.create_project(SHEET)
    for move in ("design", "proposal_sent", "viewed", "accepted", "schedule", "paid", "installed"):
        desk(placed.external_id, move, webhooks=True)
    wait_for(lambda: {event_type(asked) for asked in product.asked} >= {0, 2, 3, 104, 114})
    wait_for(lambda: any(asked.json["fields"].get("installation_date") for asked in product.asked))
    hints = [parse(asked.body, verify([SECRET], asked.headers, asked.body)) for asked in product.asked]
    assert {verify([SECRET], asked.headers, asked.body) for asked in product.asked} == {"token"}
    assert {hint.project_id for hint in hints} == {placed.external_id}
    assert {hint.reference for hint in hints} == {SHEET.reference}
    assert len({hint.key for hint in hints}) == len(hints)
    assert not [
        word for word in (SHEET.phone, SHEET.email, "Maria") if any(word.encode() in a.body for a in product.asked)
    ]


def event_type(asked: Asked) -> int | None:
    number: int | None = asked.json["fields"].get("event_type_id")
    return number


def test_the_documents_dialect_arrives_too(
    client: OpenSolarClient, product: StubApi, desk: Desk, sandbox: Sandbox
) -> None:
    sandbox.world.options.opensolar_secret = SECRET
    client.register_webhooks(product.url, SECRET)
    placed = client.create_project(SHEET)
    desk(placed.external_id, "proposal_sent")
    for move in ("viewed", "signed", "schedule", "installed", "paid"):
        desk(placed.external_id, move, webhooks=True, dialect="documents")
    wait_for(lambda: len(product.asked) >= 5)
    told = product.asked
    assert {verify([SECRET], asked.headers, asked.body) for asked in told} == {"signature"}
    facts = {hint.event: hint.facts for hint in (parse(asked.body, "signature") for asked in told)}
    assert facts.keys() == {
        "project.proposal_viewed",
        "project.contract_signed",
        "project.installation_scheduled",
        "project.installation_complete",
        "project.payment_received",
    }
    assert all(facts.values())


def test_a_project_that_staff_deleted(client: OpenSolarClient, desk: Desk) -> None:
    placed = client.create_project(SHEET)
    desk(placed.external_id, "delete")
    with pytest.raises(NotFound):
        client.read_state(placed, {})
