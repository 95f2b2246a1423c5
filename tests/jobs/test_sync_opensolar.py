"""A confirmed project exists once at OpenSolar, as the homeowner told it, and follows their corrections."""

from collections.abc import Iterator

import pytest

from tests.jobs.vendor_stage import VendorStage, hold_slot
from tools.sandbox.options import Options
from tools.sandbox.runner import run_sandbox


@pytest.fixture
def stage(database_url: str, redis_url: str) -> Iterator[VendorStage]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", callbacks=(), seed=7, opensolar_minute=0)) as sandbox:
        made = VendorStage(database_url, redis_url, sandbox)
        yield made
        made.close()


def test_a_project_goes_out_with_contact_address_usage_and_devices(stage: VendorStage) -> None:
    project = stage.add_project(slots={"wishes": hold_slot("black panels"), "devices": hold_slot([])})
    row = stage.sync(project)
    assert (row.status, row.error) == ("done", "")
    (there,) = stage.at_opensolar()
    link = stage.link(project)
    assert str(there["id"]) == link.external_id
    assert there["identifier"] == link.reference
    assert (there["address"], there["locality"], there["state"], there["zip"]) == (
        "12 Sample Road", "San Jose", "CA", "95112",
    )  # fmt: skip
    assert there["usage"]["usage_data_source"] == "bill_annual"
    assert there["usage"]["values"] == [2886]
    (contact,) = stage.at_opensolar("contacts")
    assert link.contact_id == str(contact["id"])
    assert (contact["first_name"], contact["family_name"], contact["phone"]) == ("Alice", "Moreno", project.phone)
    for line in (
        "Devices: 2 fridges, lights (unknown number)",
        "Ruled out: generator",
        "Wishes: black panels",
        "Roof: clay tile",
        "E-mail: alice@mail.example",
        "Other contact: Bruno Moreno, +14155550150",
        "Electricity: USD 240.50 a month",
        "Bill: photo of the bill to follow",
    ):
        assert line in there["notes"].splitlines()


def test_how_it_stands_is_written_down(stage: VendorStage) -> None:
    project = stage.add_project()
    row = stage.sync(project)
    link = stage.link(project)
    assert (link.sync_status, link.sync_error, link.retry_count, link.next_try_at) == ("synced", "", 0, None)
    assert link.last_synced_at is not None and link.due_at is not None and link.sync_until is None
    assert row.result == {
        "vendors": {"opensolar": {"external_id": link.external_id, "sync_status": "synced", "error": ""}}
    }
    assert [
        (call.sync_type, call.status, call.method, call.http_status, call.project_id, call.outbox_id)
        for call in stage.calls()
    ] == [
        ("create_project", "success", "POST", 201, project.id, row.id),
        ("update_project", "success", "PATCH", 200, project.id, row.id),
    ]
    assert all(call.duration_ms > 0 and call.conversation_id == project.conversation_id for call in stage.calls())
    assert "415555" not in str([call.request for call in stage.calls()])


def test_the_conversation_hears_once_that_the_vendor_has_it(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    stage.change_project(project, city="Oakland")
    stage.sync(project)
    (event,) = stage.news()
    assert (event["vendor"], event["project"]) == ("opensolar", 1)
    assert [(each["what"], each["facts"]) for each in event["news"]] == [
        ("synced", {"external_id": stage.link(project).external_id})
    ]


def test_nothing_new_calls_nobody(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    before = len(stage.calls())
    assert stage.sync(project).status == "done"
    assert len(stage.calls()) == before


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"phone": "+14155550199"}, [("update_contact", "PUT")]),
        ({"city": "Oakland"}, [("update_project", "GET"), ("update_project", "PATCH")]),
        (
            {"monthly_kwh": 350, "monthly_bill_cents": None},
            [("update_project", "PATCH"), ("update_project", "GET"), ("update_project", "PATCH")],
        ),
    ],
)
def test_a_correction_changes_what_changed_alone(
    stage: VendorStage, columns: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    project = stage.add_project()
    stage.sync(project)
    before = len(stage.calls())
    stage.change_project(project, **columns)
    assert stage.sync(project).status == "done"
    assert [(call.sync_type, call.method) for call in stage.calls()[before:]] == expected
    assert len(stage.at_opensolar()) == 1
    assert stage.link(project).sync_status == "updated"


def test_notes_of_staff_outlive_a_correction(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    (there,) = stage.at_opensolar()
    there["notes"] = f"{there['notes']}\n\nCall before noon. – Sam"
    stage.change_project(project, devices=[{"type": "pool_pump", "quantity": 1}])
    stage.sync(project)
    (there,) = stage.at_opensolar()
    assert "Devices: 1 pool pump" in there["notes"]
    assert "fridge" not in there["notes"]
    assert "Call before noon. – Sam" in there["notes"]


def test_force_sends_everything_again(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    before = len(stage.calls())
    assert stage.sync(project, force=True).status == "done"
    assert [(call.sync_type, call.method) for call in stage.calls()[before:]] == [
        ("update_project", "PATCH"),
        ("update_project", "GET"),
        ("update_project", "PATCH"),
        ("update_contact", "PUT"),
    ]
    assert len(stage.at_opensolar()) == 1


def test_figures_of_staff_win(stage: VendorStage) -> None:
    from db.vendor_sync import ensure_link, keep_consumption

    project = stage.add_project()
    with stage.engine.begin() as connection:
        keep_consumption(connection, ensure_link(connection, project.id, "opensolar").id, {"annual_kwh": 9000})
    stage.sync(project)
    (there,) = stage.at_opensolar()
    assert (there["usage"]["usage_data_source"], there["usage"]["values"]) == ("kwh_annual", [9000])
    assert "Electricity: USD 240.50 a month" in there["notes"]


def test_a_project_that_is_not_there_is_parked(stage: VendorStage) -> None:
    conversation = stage.add_conversation()
    row_id = stage.add_effect(conversation, "sync_project", {"is": "SyncProject", "project": 4})
    assert stage.drain_until_ended(row_id).error_code == "no_project"
