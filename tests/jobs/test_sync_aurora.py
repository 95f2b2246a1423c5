"""A confirmed project at Aurora: made once with its consumption, its design ordered once, whatever goes wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from db.vendor_projects import VendorProject
from db.vendor_sync import ensure_link, keep_consumption
from tests.jobs.vendor_stage import AURORA, VendorStage
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

DEEP_LINK = "https://v2.aurorasolar.com/projects/"
OpenStage = Callable[..., VendorStage]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    options = Options(
        app_url="http://127.0.0.1:9", callbacks=(), seed=7, opensolar_minute=0, aurora_minute=0, aurora_retry_delays=()
    )
    with run_sandbox(options) as running:
        yield running


@pytest.fixture
def open_stage(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[OpenStage]:
    """A stage with Aurora alone, unless settings say otherwise."""
    opened: list[VendorStage] = []

    def open_it(**settings: Any) -> VendorStage:
        given = {"opensolar_api_key": "", **AURORA, **settings}
        opened.append(VendorStage(database_url, redis_url, sandbox, **given))
        return opened[-1]

    yield open_it
    for stage in opened:
        assert stage.rows("send_message") == [], "the homeowner was told of it"
        stage.close()


def at_aurora(stage: VendorStage, kind: str = "projects") -> list[dict[str, Any]]:
    return list(stage.sandbox.world.aurora.select(kind))


def order(stage: VendorStage, project: Any, **payload: Any) -> Any:
    row_id = stage.add_effect(
        project.conversation_id, "order_design", {"is": "OrderDesign", "project": project.number, **payload}
    )
    return stage.drain_until_ended(row_id)


def test_a_project_goes_to_both_vendors_and_staff_get_a_deep_link(open_stage: OpenStage) -> None:
    from tools.sandbox.options import OPENSOLAR_TOKEN

    stage = open_stage(opensolar_api_key=OPENSOLAR_TOKEN)
    project = stage.add_project()
    row = stage.sync(project)
    assert row.status == "done"
    assert {name: each["sync_status"] for name, each in row.result["vendors"].items()} == {
        "opensolar": "synced",
        "aurora": "synced",
    }
    (there,) = at_aurora(stage)
    link = stage.link(project, "aurora")
    assert (there["id"], there["external_provider_id"]) == (link.external_id, link.reference)
    assert there["property_address"] == "12 Sample Road, San Jose, CA 95112, US"
    assert (there["customer_first_name"], there["customer_phone"]) == ("Alice", project.phone)
    assert there["consumption"]["monthly_bill"] == [240.5] * 12
    assert link.design_status == "project_created"
    assert len(stage.at_opensolar()) == 1
    stage.run_effects("vendors")
    (design,) = stage.rows("order_design")
    assert (design.status, design.result) == ("done", {"sales_mode_url": DEEP_LINK + link.external_id})
    assert at_aurora(stage, "design_requests") == []
    assert [event["vendor"] for event in stage.news()] == ["opensolar", "aurora"]


def test_nothing_goes_to_aurora_unasked_where_design_is_off(open_stage: OpenStage) -> None:
    stage = open_stage(aurora_design="off")
    project = stage.add_project()
    row = stage.sync(project)
    assert (row.status, row.error_code) == ("held", "vendor_off")
    assert stage.sync(project, force=True, vendors=["aurora"]).status == "done"
    assert len(at_aurora(stage)) == 1
    assert stage.rows("order_design") == []


def test_a_design_is_ordered_unasked_where_the_settings_say_so(open_stage: OpenStage) -> None:
    stage = open_stage(aurora_design="design_team")
    project = stage.add_project()
    stage.sync(project)
    stage.run_effects("vendors")
    (request,) = at_aurora(stage, "design_requests")
    link = stage.link(project, "aurora")
    assert stage.rows("order_design")[0].result == {"design_request_id": request["id"]}
    assert (link.design_status, link.details["design_request_id"]) == ("design_requested", request["id"])
    (made,) = stage.sandbox.world.ledger.entries("design_request_created")
    assert made["fields"]["target_offset"] == 105.0
    assert made["fields"]["roof_material"] == "Clay Tile"
    assert "Devices: 2 fridges" in made["fields"]["notes"]


def test_an_order_brings_the_project_there_first(open_stage: OpenStage) -> None:
    stage = open_stage(aurora_design="off")
    project = stage.add_project()
    row = order(stage, project, kind="design_team", target_offset=90.0, mounting_type="ground", notes="By Friday")
    assert row.status == "done"
    assert len(at_aurora(stage)) == 1
    (made,) = stage.sandbox.world.ledger.entries("design_request_created")
    assert (made["fields"]["target_offset"], made["fields"]["mounting_type"]) == (90.0, "ground")
    assert made["fields"]["notes"].startswith("By Friday")


def test_an_open_order_is_not_repeated_unless_asked(open_stage: OpenStage) -> None:
    stage = open_stage()
    project = stage.add_project()
    first = order(stage, project, kind="design_team")
    assert order(stage, project, kind="design_team").result == first.result
    assert len(at_aurora(stage, "design_requests")) == 1
    again = order(stage, project, kind="design_team", again=True)
    assert len(at_aurora(stage, "design_requests")) == 2
    assert again.result != first.result
    stage.change(VendorProject, stage.link(project, "aurora").id, design_status="design_rejected")
    assert order(stage, project, kind="design_team").result not in (first.result, again.result)


@pytest.mark.parametrize("kind", ["error_after", "reset_after", "garbage_after"])
def test_an_order_whose_answer_was_lost_is_left_to_staff(open_stage: OpenStage, kind: str) -> None:
    stage = open_stage()
    project = stage.add_project()
    stage.add_fault("aurora.design_requests.create", kind, count=None)
    row = order(stage, project, kind="design_team")
    assert (row.status, row.error_code) == ("parked", "uncertain")
    assert len(at_aurora(stage, "design_requests")) == 1
    assert len(stage.alerts()) == 1


def test_an_order_that_a_webhook_has_named_is_ours(open_stage: OpenStage) -> None:
    stage = open_stage()
    project = stage.add_project()
    stage.add_fault("aurora.design_requests.create", "error_after")
    payload = {"is": "OrderDesign", "project": 1, "kind": "design_team"}
    row_id = stage.add_effect(project.conversation_id, "order_design", payload)
    stage.drain_until(lambda: at_aurora(stage, "design_requests") != [])
    (request,) = at_aurora(stage, "design_requests")
    link = stage.link(project, "aurora")
    stage.change(VendorProject, link.id, details={**link.details, "design_request_id": request["id"]})
    row = stage.drain_until_ended(row_id)
    assert (row.status, row.result) == ("done", {"design_request_id": request["id"]})
    assert stage.link(project, "aurora").design_status == "design_requested"
    assert len(at_aurora(stage, "design_requests")) == 1


@pytest.mark.parametrize("kind", ["error_after", "reset_after", "garbage_after"])
def test_a_project_whose_answer_was_lost_is_found_by_our_reference(open_stage: OpenStage, kind: str) -> None:
    stage = open_stage()
    stage.add_fault("aurora.projects.create", kind, count=None)
    project = stage.add_project()
    assert stage.sync(project).status == "done"
    (there,) = at_aurora(stage)
    assert stage.link(project, "aurora").external_id == there["id"]


def test_a_project_that_certainly_was_not_made_is_asked_for_again(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.add_fault("aurora.projects.create", "error_before")
    assert stage.sync(stage.add_project()).status == "done"
    assert len(at_aurora(stage)) == 1
    assert stage.alerts() == []


def test_a_project_that_is_never_made_is_parked(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.add_fault("aurora.projects.create", "error_before", count=None)
    row = stage.sync(stage.add_project())
    assert (row.status, row.error_code) == ("parked", "uncertain")
    assert row.error.startswith("Aurora may have made the project")
    assert at_aurora(stage) == []
    assert len(stage.alerts()) == 1


def test_one_vendor_that_refuses_does_not_keep_the_other_from_it(open_stage: OpenStage) -> None:
    from tools.sandbox.options import OPENSOLAR_TOKEN

    stage = open_stage(opensolar_api_key=OPENSOLAR_TOKEN)
    stage.add_fault("opensolar.projects.create", "payment_required")
    project = stage.add_project()
    row = stage.sync(project)
    assert (row.status, row.error_code) == ("parked", "402")
    assert row.error.count("OpenSolar") == 1
    assert row.result["vendors"]["aurora"]["sync_status"] == "synced"
    assert row.result["vendors"]["opensolar"]["sync_status"] == "sync_failed"
    assert len(at_aurora(stage)) == 1
    assert at_aurora(stage)[0]["consumption"]["monthly_bill"] == [240.5] * 12


@pytest.mark.parametrize(
    ("figures", "kind", "values"),
    [
        ({"monthly_kwh": [400.0, *[None] * 11]}, "monthly_energy", [400.0, *[None] * 11]),
        ({"annual_kwh": 12000.0}, "monthly_energy", [1000.0] * 12),
        ({"monthly_bill": 310.0}, "monthly_bill", [310.0] * 12),
    ],
)
def test_figures_of_staff_go_out_as_exactly_one_kind(
    open_stage: OpenStage, figures: dict[str, Any], kind: str, values: list[Any]
) -> None:
    stage = open_stage()
    project = stage.add_project(monthly_kwh=350)
    stage.sync(project)
    with stage.engine.begin() as connection:
        keep_consumption(connection, ensure_link(connection, project.id, "aurora").id, figures)
    before = len(stage.calls("aurora"))
    assert stage.sync(project).status == "done"
    assert [call.method for call in stage.calls("aurora")[before:]] == ["PUT"]
    (there,) = at_aurora(stage)
    assert there["consumption"][kind] == values
    assert stage.link(project, "aurora").sync_status == "updated"


@pytest.mark.parametrize(
    ("columns", "end"),
    [({"monthly_bill_cents": 31000}, "/consumption_profile"), ({"phone": "+14155550199", "city": "Oakland"}, "")],
)
def test_a_correction_is_one_call_to_aurora(open_stage: OpenStage, columns: dict[str, Any], end: str) -> None:
    stage = open_stage()
    project = stage.add_project()
    stage.sync(project)
    before = len(stage.calls("aurora"))
    stage.change_project(project, **columns)
    assert stage.sync(project).status == "done"
    (call,) = stage.calls("aurora")[before:]
    assert (call.method, call.path.rpartition("/projects/")[2]) == (
        "PUT",
        stage.link(project, "aurora").external_id + end,
    )


def test_an_aurora_that_takes_no_corrections_still_gets_the_consumption(open_stage: OpenStage) -> None:
    """That a project can be changed there is unverified; its consumption is documented."""
    stage = open_stage()
    project = stage.add_project()
    stage.sync(project)
    stage.add_fault("aurora.projects.update", "forbidden", count=None)
    stage.change_project(project, city="Oakland", monthly_bill_cents=31000)
    assert stage.sync(project).status == "parked"
    (there,) = at_aurora(stage)
    assert there["consumption"]["monthly_bill"] == [310.0] * 12
