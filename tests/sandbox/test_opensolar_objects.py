"""OpenSolar docs: the shapes of projects, contacts, stages, events, systems and documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.aurora_rig import AuroraRig
from tests.sandbox.doorbell import Doorbell
from tests.sandbox.opensolar_rig import PROJECT, ROOF, OpenSolarRig
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox


def test_created_project_answers_the_documented_shape(opensolar: OpenSolarRig) -> None:
    made = opensolar.create()
    base = str(opensolar.api.base_url)
    assert made["url"] == f"{base}projects/{made['id']}/"
    assert made["contacts"] == [f"{base}contacts/{made['contacts_data'][0]['id']}/"]
    assert made["contacts_data"] == [{"id": made["contacts_data"][0]["id"], "first_name": "Ana", "family_name": "Diaz"}]
    assert (made["identifier"], made["address"], made["lat"], made["zip"]) == (
        "lead-7f3a",
        "12 Sample Rd",
        -33.86,
        "2030",
    )
    assert (made["systems"], made["roof_type"], made["notes"]) == ([], ROOF, PROJECT["notes"])
    assert opensolar.fetch(made["id"]) == made


def test_project_has_the_documented_fields_and_not_the_imagined_ones(opensolar: OpenSolarRig) -> None:
    fields = set(opensolar.create())
    documented = (
        "title share_link workflow stage contract_date sold_date installation_date system_sold project_sold "
        "project_installed valid_until_date usage events_data private_files_data customer_proposal_data modified_date"
    )
    assert fields >= set(documented.split())
    assert not fields & {"status", "proposal_url", "system_size_kw"}


def test_identifier_is_not_in_the_list(opensolar: OpenSolarRig) -> None:
    opensolar.create()
    assert "identifier" not in opensolar.api.get("/projects/").json()[0]
    opensolar.settle(opensolar_list_identifiers=True)
    assert opensolar.api.get("/projects/").json()[0]["identifier"] == "lead-7f3a"


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_project_is_changed(opensolar: OpenSolarRig, method: str) -> None:
    made = opensolar.create()
    answer = opensolar.api.request(method, f"/projects/{made['id']}/", json={"notes": "one more fridge"})
    assert answer.status_code == 200
    after = opensolar.fetch(made["id"])
    assert (after["notes"], after["address"]) == ("one more fridge", made["address"])
    assert after["modified_date"] > made["modified_date"]


def test_deleted_project_is_gone(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    assert opensolar.api.delete(f"/projects/{number}/").status_code == 204
    assert opensolar.api.get(f"/projects/{number}/").status_code == 404


def test_usage_is_set_by_patch_only(opensolar: OpenSolarRig) -> None:
    usage = {"usage_data_source": "kwh_annual", "values": [8000]}
    made = opensolar.create(usage=usage)
    assert made["usage"] is None
    assert opensolar.api.patch(f"/projects/{made['id']}/", json={"usage": usage}).json()["usage"] == usage


def test_existing_contact_is_linked_by_its_address(opensolar: OpenSolarRig) -> None:
    contact = opensolar.api.post("/contacts/", json={"first_name": "Bo"}).json()
    made = opensolar.create(contacts=[contact["url"]], contacts_new=[])
    assert [row["id"] for row in made["contacts_data"]] == [contact["id"]]
    assert len(opensolar.api.get("/contacts/").json()) == 1


def test_contacts_have_no_filter_by_phone(opensolar: OpenSolarRig) -> None:
    for phone in ("+14155550101", "+14155550102"):
        opensolar.api.post("/contacts/", json={"first_name": "Bo", "phone": phone})
    assert len(opensolar.api.get("/contacts/?phone=%2B14155550101").json()) == 2


def test_contact_is_changed_by_put_and_keeps_the_rest(opensolar: OpenSolarRig) -> None:
    contact = opensolar.api.post("/contacts/", json={"first_name": "Bo", "phone": "+14155550101"}).json()
    path = f"/contacts/{contact['id']}/"
    assert opensolar.api.patch(path, json={"first_name": "Bob"}).status_code == 405
    assert opensolar.api.put(path, json={"first_name": "Bob"}).status_code == 200
    after = opensolar.api.get(path).json()
    assert (after["first_name"], after["phone"]) == ("Bob", "+14155550101")
    assert opensolar.api.delete(path).status_code == 204
    assert opensolar.api.get(path).status_code == 404


def test_workflow_has_stages_with_milestones(opensolar: OpenSolarRig) -> None:
    (workflow,) = opensolar.api.get("/workflows/?is_default=true").json()
    stages = workflow["workflow_stages"]
    assert {"id", "title", "milestone", "order"} == set(stages[0])
    assert {stage["milestone"] for stage in stages} == {0, 1, 2, 3, 4}


def test_stage_is_moved_by_patch_and_leaves_event_56(opensolar: OpenSolarRig) -> None:
    made = opensolar.create()
    workflow = {"active_stage_id": 434, "workflow_id": 84}
    body = {"workflow": workflow, "active_stage_id": 434}
    moved = opensolar.api.patch(f"/projects/{made['id']}/", json=body).json()
    assert moved["workflow"]["active_stage_id"] == 434
    (event,) = moved["events_data"]
    shown = opensolar.api.get(f"/events/{event['id']}/").json()
    assert (shown["event_type_id"], shown["project"]) == (56, made["url"])


def test_systems_need_a_fieldset(opensolar: OpenSolarRig) -> None:
    answer = opensolar.api.get("/systems/")
    assert (answer.status_code, list(answer.json())) == (400, ["fieldset"])


def test_systems_are_read_only(opensolar: OpenSolarRig) -> None:
    answer = opensolar.api.post("/systems/", json={"kw_stc": 6.2})
    assert (answer.status_code, list(answer.json())) == (405, ["detail"])


def test_systems_of_a_project(opensolar: OpenSolarRig) -> None:
    one, two = (opensolar.create(identifier=name)["id"] for name in ("one", "two"))
    opensolar.move("one", "design", kw=6.2, panels=18, price=9800, output=8547, offset=82)
    opensolar.move("two", "design", battery_kwh=10)
    (system,) = opensolar.api.get(f"/systems/?fieldset=list&project={one}").json()
    documented = (
        "id uuid kw_stc battery_total_kwh price_including_tax price_excluding_tax output_annual_kwh "
        "consumption_offset_percentage module_quantity modules inverters batteries others"
    )
    assert set(system) == set(documented.split())
    assert (system["kw_stc"], system["module_quantity"], system["price_including_tax"]) == (6.2, 18, 9800.0)
    assert (system["output_annual_kwh"], system["consumption_offset_percentage"]) == (8547, 82)
    assert set(system["modules"][0]) == {"code", "manufacturer_name", "quantity"}
    assert len(opensolar.api.get("/systems/?fieldset=list").json()) == 2
    assert opensolar.fetch(two)["systems"] != []


def order_proposal(rig: OpenSolarRig, number: int, **query: str) -> httpx.Response:
    (system,) = rig.api.get(f"/systems/?fieldset=list&project={number}").json()
    wish = {"file_format": "pdf", "action": "save", "system_uuid": system["uuid"], **query}
    return rig.api.post(f"/projects/{number}/generate_document/proposal/", params=wish)


def test_proposal_as_a_private_file(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.move(number, "design")
    file_id = order_proposal(opensolar, number).json()["id"]
    link = opensolar.api.get(f"/private_files/{file_id}/").json()["file_contents"]
    assert opensolar.open.get(link).content.startswith(b"%PDF-")
    opensolar.advance(3599)
    assert opensolar.open.get(link).status_code == 200
    opensolar.advance(2)
    assert opensolar.open.get(link).status_code == 403
    fresh = opensolar.api.get(f"/private_files/{file_id}/").json()["file_contents"]
    assert opensolar.open.get(fresh).status_code == 200


def test_proposal_as_an_address_or_as_bytes(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.move(number, "design")
    opensolar.settle(opensolar_document="url")
    link = order_proposal(opensolar, number).json()["url"]
    assert opensolar.open.get(link).content.startswith(b"%PDF-")
    opensolar.settle(opensolar_document="bytes")
    answer = order_proposal(opensolar, number)
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    "query", [{"file_format": "doc"}, {"action": "print"}, {"system_uuid": "00000000-0000-0000-0000-000000000000"}]
)
def test_proposal_that_cannot_be_made(opensolar: OpenSolarRig, query: dict[str, str]) -> None:
    number = opensolar.create()["id"]
    opensolar.move(number, "design")
    answer = order_proposal(opensolar, number, **query)
    assert (answer.status_code, list(answer.json())) == (400, list(query))


def test_bill_is_uploaded_as_multipart(opensolar: OpenSolarRig) -> None:
    made = opensolar.create()
    form: dict[str, Any] = {"title": "Bill", "project": made["url"]}
    answer = opensolar.api.post("/private_files/", data=form, files={"file_contents": ("b.pdf", b"%PDF-1.4 bill")})
    assert answer.status_code == 201, answer.text
    assert opensolar.open.get(answer.json()["file_contents"]).content == b"%PDF-1.4 bill"
    assert opensolar.fetch(made["id"])["private_files_data"] == [{"id": answer.json()["id"], "title": "Bill"}]
    assert [entry["title"] for entry in opensolar.ledger("file_created")] == ["Bill"]


def test_upload_needs_title_and_contents(opensolar: OpenSolarRig) -> None:
    files = {"file_contents": ("b.pdf", b"x")}
    assert list(opensolar.api.post("/private_files/", files=files).json()) == ["title"]
    empty = opensolar.api.post("/private_files/", data={"title": "Bill"}, files={"other": ("b.pdf", b"x")})
    assert list(empty.json()) == ["file_contents"]
    assert opensolar.api.post("/private_files/", json={"title": "Bill"}).status_code == 415


def test_share_link_opens_and_is_seen_as_event_2(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    assert opensolar.fetch(number)["share_link"] is None
    opensolar.move(number, "proposal_sent")
    page = opensolar.open.get(opensolar.fetch(number)["share_link"])
    assert (page.status_code, "Solar for 12 Sample Rd" in page.text) == (200, True)
    assert [event["event_type_id"] for event in opensolar.fetch(number)["events_data"]][-1] == 2


def test_time_that_goes_by_makes_dates_older(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.move(number, "schedule", date="2026-12-10")
    before = opensolar.fetch(number)["modified_date"]
    opensolar.advance(2 * 86400 + 3600)
    after = opensolar.fetch(number)
    assert (after["installation_date"], after["modified_date"] < before) == ("2026-12-08", True)


def test_nobody_is_born_earlier_when_time_goes_by(opensolar: OpenSolarRig) -> None:
    contact = opensolar.api.post("/contacts/", json={"first_name": "Bo", "date_of_birth": "1980-05-12"}).json()
    opensolar.advance(2 * 86400)
    assert opensolar.api.get(f"/contacts/{contact['id']}/").json()["date_of_birth"] == "1980-05-12"


def test_what_vendors_know_outlives_a_restart(solar_options: Options, bell: Doorbell, tmp_path: Path) -> None:
    solar_options.memory_path = tmp_path / "account.json"
    with run_sandbox(solar_options) as sandbox:
        rig, other = OpenSolarRig(sandbox, bell), AuroraRig(sandbox, bell)
        number, design = rig.create()["id"], other.design(other.create())
        rig.move(number, "schedule", date="2026-12-10")
        rig.move(number, "accepted")
        rig.advance(86400)
    with run_sandbox(solar_options) as sandbox:
        rig, other = OpenSolarRig(sandbox, bell), AuroraRig(sandbox, bell)
        after = rig.fetch(number)
        assert (after["installation_date"], len(after["events_data"])) == ("2026-12-09", 1)
        assert other.api.get(f"/designs/{design}").status_code == 200
        assert rig.create()["id"] == number + 1
