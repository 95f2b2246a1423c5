"""What the panel beside the phone is told of each vendor; its look is tested in tests/browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.leap_rig import LeapRig
from tests.sandbox.receiver import Receiver, wait_until
from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.options import OPENSOLAR_ORG, OPENSOLAR_TOKEN, Options
from tools.sandbox.runner import run_sandbox


@pytest.fixture
def panel(receiver: Receiver, ledger_path: Path) -> Iterator[Rig]:
    """A rig whose OpenSolar knows the product's webhook address."""
    with run_sandbox(Options(app_url=receiver.url, ledger_path=ledger_path, register_webhooks=True)) as sandbox:
        rig = Rig(sandbox, receiver)
        yield rig
        rig.api.close()
        rig.open.close()


def look(rig: Rig, phone: str = MAYA) -> dict[str, Any]:
    return dict(rig.open.get("/page/vendors", params={"phone": phone}).json())


def place(rig: Rig, phone: str = MAYA, identifier: str = "hg-7-a1b2c3") -> int:
    """A project at OpenSolar as the product would create it; its id."""
    contact = {"first_name": "Maya", "family_name": "Torres", "phone": phone}
    body = {"identifier": identifier, "address": "1 Example St", "zip": "11201", "contacts_new": [contact]}
    answer = rig.open.post(
        f"/opensolar/api/orgs/{OPENSOLAR_ORG}/projects/",
        json=body,
        headers={"Authorization": f"Bearer {OPENSOLAR_TOKEN}"},
    )
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def test_nothing_is_there_before_a_project_is(panel: Rig) -> None:
    found = look(panel)
    assert found["opensolar"] == {"project": None, "webhooks": []}
    assert found["leap"] == {"customer": None}


def test_project_is_found_by_its_contacts_number(panel: Rig) -> None:
    place(panel, phone="+16025550173", identifier="hg-6-ffffff")
    number = place(panel, phone="+1 (415) 555-0134")
    project = look(panel)["opensolar"]["project"]
    assert (project["id"], project["identifier"], project["stage_title"]) == (number, "hg-7-a1b2c3", "New lead")
    assert project["contacts_data"][0]["first_name"] == "Maya"
    assert look(panel, phone="")["opensolar"]["project"] is None


def test_webhooks_are_listed_newest_first(panel: Rig) -> None:
    number = place(panel)
    panel.open.post(f"/sandbox/opensolar/projects/{number}/viewed", json={})
    wait_until(lambda: any(hook["said"] == "Proposal viewed" for hook in hooks(panel)), "the webhook went out")
    newest = hooks(panel)[0]
    assert (newest["said"], newest["http_status"], newest["acknowledged"]) == ("Proposal viewed", 200, True)
    assert hooks(panel)[-1]["said"] == "Project created"


def test_lost_webhook_is_shown_as_lost(panel: Rig) -> None:
    number = place(panel)
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
    place(panel)
    customer = look(panel)["leap"]["customer"]
    assert customer["reference_id"] == "hg-7-leap"
    assert [row["status"] for row in customer["applications"]] == ["not_started"]


def test_leap_customer_of_another_home_is_not_shown(panel: Rig) -> None:
    elsewhere = {"address_line_1": "9 Sample Ave", "city": "Brooklyn", "state": "NY", "zip_code": "11201"}
    LeapRig(panel).call(reference_id="hg-7-leap", address=elsewhere)
    place(panel)
    assert look(panel)["leap"] == {"customer": None}
