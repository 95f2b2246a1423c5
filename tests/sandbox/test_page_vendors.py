"""What the panel beside the phone is told of each vendor; its look is tested in tests/browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.doorbell import Doorbell
from tests.sandbox.leap_rig import LeapRig
from tests.sandbox.placing import place_design, place_project
from tests.sandbox.receiver import Receiver, wait_until
from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox


@pytest.fixture
def panel(receiver: Receiver, bell: Doorbell) -> Iterator[Rig]:
    """A rig whose solar vendors know the product's webhook address."""
    with run_sandbox(Options(app_url=bell.url, register_webhooks=True)) as sandbox:
        rig = Rig(sandbox, receiver)
        yield rig
        rig.api.close()
        rig.open.close()


def look(rig: Rig, phone: str = MAYA) -> dict[str, Any]:
    return dict(rig.open.get("/page/vendors", params={"phone": phone}).json())


def test_nothing_is_there_before_a_project_is(panel: Rig) -> None:
    found = look(panel)
    assert found["opensolar"] == {"project": None, "webhooks": []}
    assert found["leap"] == {"customer": None}


def test_project_is_found_by_its_contacts_number(panel: Rig) -> None:
    place_project(panel.open, phone="+16025550173", identifier="hg-6-ffffff")
    number = place_project(panel.open, phone="+1 (415) 555-0134")
    project = look(panel)["opensolar"]["project"]
    assert (project["id"], project["identifier"], project["stage_title"]) == (number, "hg-7-a1b2c3", "New lead")
    assert project["contacts_data"][0]["first_name"] == "Maya"
    assert look(panel, phone="")["opensolar"]["project"] is None


def test_webhooks_are_listed_newest_first(panel: Rig) -> None:
    number = place_project(panel.open)
    panel.open.post(f"/sandbox/opensolar/projects/{number}/viewed", json={})
    wait_until(lambda: any(hook["said"] == "Proposal viewed" for hook in hooks(panel)), "the webhook went out")
    newest = hooks(panel)[0]
    assert (newest["said"], newest["http_status"], newest["acknowledged"]) == ("Proposal viewed", 200, True)
    assert hooks(panel)[-1]["said"] == "Project created"


def test_lost_webhook_is_shown_as_lost(panel: Rig) -> None:
    number = place_project(panel.open)
    wait_until(lambda: hooks(panel), "the project is announced")
    panel.add_fault("opensolar.webhook", "lost")
    panel.open.post(f"/sandbox/opensolar/projects/{number}/viewed", json={})
    wait_until(lambda: hooks(panel)[0]["fault"] == "lost", "the loss is shown")
    assert hooks(panel)[0]["acknowledged"] is False


def hooks(rig: Rig) -> list[dict[str, Any]]:
    return list(look(rig)["opensolar"]["webhooks"])


def test_leap_customer_is_found_by_the_address(panel: Rig) -> None:
    leap = LeapRig(panel)
    leap.call(reference_id="hg-6-leap")
    leap.call(reference_id="hg-7-leap", create_application=True)
    assert look(panel)["leap"] == {"customer": None}
    place_project(panel.open)
    customer = look(panel)["leap"]["customer"]
    assert customer["reference_id"] == "hg-7-leap"
    assert [row["status"] for row in customer["applications"]] == ["not_started"]


def test_leap_customer_of_another_home_is_not_shown(panel: Rig) -> None:
    elsewhere = {"address_line_1": "9 Sample Ave", "city": "Brooklyn", "state": "NY", "zip_code": "11201"}
    LeapRig(panel).call(reference_id="hg-7-leap", address=elsewhere)
    place_project(panel.open)
    assert look(panel)["leap"] == {"customer": None}


def test_aurora_project_is_found_by_the_customers_number(panel: Rig) -> None:
    key = place_design(panel.open, phone="+1 415 555 0134")
    project = look(panel)["aurora"]["project"]
    assert (project["id"], project["external_provider_id"]) == (key, "hg-7-c4d5e6")
    assert project["designs"] == []
    assert look(panel, phone="+16025550173")["aurora"] == {"project": None, "webhooks": []}


def test_aurora_webhooks_are_listed(panel: Rig) -> None:
    key = place_design(panel.open)
    panel.open.post(f"/sandbox/aurora/projects/{key}/design_created", json={})
    wait_until(lambda: "design created" in list_said(panel), "the last webhook went out")
    assert all(hook["acknowledged"] for hook in look(panel)["aurora"]["webhooks"])


def list_said(rig: Rig) -> list[str]:
    return [hook["said"] for hook in look(rig)["aurora"]["webhooks"]]


def test_client_plays_a_vendor(panel: Rig) -> None:
    place_project(panel.open)
    with SandboxClient(panel.sandbox.base_url) as client:
        moved = client.move_project("opensolar", "hg-7-a1b2c3", "schedule", date="2030-01-31")
        assert moved["webhooks"] == 1
        assert client.read_vendors(MAYA)["opensolar"]["project"]["installation_date"] == "2030-01-31"
