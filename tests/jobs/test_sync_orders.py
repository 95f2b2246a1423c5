"""Orders of designs as they were meant, where the design is there already and where another order never ended."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.vendor_projects import VendorProject
from tests.jobs.vendor_stage import AURORA, VendorStage
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

BY_HAND = {"external_id": "d-17", "kw": 6.2}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    options = Options(app_url="http://127.0.0.1:9", callbacks=(), seed=7, aurora_minute=0, aurora_retry_delays=())
    with run_sandbox(options) as running:
        yield running


@pytest.fixture
def stage(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[VendorStage]:
    made = VendorStage(database_url, redis_url, sandbox, opensolar_api_key="", aurora_design="off", **AURORA)
    yield made
    made.close()


@pytest.fixture
def project(stage: VendorStage) -> Any:
    """At Aurora, without a design."""
    made = stage.add_project()
    assert stage.sync(made, force=True, vendors=["aurora"]).status == "done"
    return made


@pytest.fixture
def order(stage: VendorStage, project: Any) -> Callable[..., Any]:
    def order_it(**wish: Any) -> Any:
        payload = {"is": "OrderDesign", "project": project.number, "kind": "design_team", **wish}
        return stage.drain_until_ended(stage.add_effect(project.conversation_id, "order_design", payload))

    return order_it


def requests(stage: VendorStage) -> list[dict[str, Any]]:
    return [entry["fields"] for entry in stage.sandbox.world.ledger.entries("design_request_created")]


def test_an_offset_of_nothing_is_ordered_as_it_was_meant(stage: VendorStage, order: Callable[..., Any]) -> None:
    assert order(target_offset=0.0).status == "done"
    assert [request["target_offset"] for request in requests(stage)] == [0.0]


def test_a_design_drawn_by_hand_is_named(stage: VendorStage, project: Any, order: Callable[..., Any]) -> None:
    link = stage.link(project, "aurora")
    stage.change(VendorProject, link.id, design_status="design_completed", state={"design": BY_HAND})
    row = order()
    assert (row.status, row.result) == ("done", {"design_id": "d-17", "design_status": "design_completed"})
    assert row.error == "Aurora has a design already; `again` orders another."
    assert requests(stage) == []
    assert order(again=True).result.keys() == {"design_request_id"}


@pytest.mark.parametrize("status", ["parked", "cancelled"])
def test_an_order_that_never_ended_is_told_to_staff(
    stage: VendorStage, project: Any, order: Callable[..., Any], status: str
) -> None:
    leave_half_ordered(stage, project, status)
    row = order()
    assert (row.status, row.error_code) == ("parked", "uncertain")
    assert requests(stage) == []
    assert len(stage.alerts()) == 1


@pytest.mark.parametrize("again", [True, False])
def test_an_order_that_never_ended_and_arrived_counts(
    stage: VendorStage, project: Any, order: Callable[..., Any], again: bool
) -> None:
    leave_half_ordered(stage, project, "parked")
    link = stage.link(project, "aurora")
    stage.change(VendorProject, link.id, details={**link.details, "design_request_id": "r-1"})
    row = order(again=again)
    assert row.status == "done"
    assert (row.result["design_request_id"] != "r-1", len(requests(stage))) == (again, 1 if again else 0)
    assert stage.link(project, "aurora").design_status == "design_requested"


def test_an_order_under_way_is_waited_for(stage: VendorStage, project: Any) -> None:
    leave_half_ordered(stage, project, "ready", lease_until=datetime.now(UTC) + timedelta(minutes=1))
    payload = {"is": "OrderDesign", "project": project.number, "kind": "design_team"}
    row_id = stage.add_effect(project.conversation_id, "order_design", payload)
    for _ in range(4):
        stage.hurry()
        stage.run_effects("vendors")
    assert (stage.row(row_id).status, stage.row(row_id).error) == ("ready", "Another design is being ordered.")


def leave_half_ordered(stage: VendorStage, project: Any, status: str, **columns: Any) -> None:
    """Somebody's order was committed, and nobody knows what became of it."""
    payload = {"is": "OrderDesign", "project": project.number, "kind": "design_team"}
    other = stage.add_effect(project.conversation_id, "order_design", payload, status=status, **columns)
    ordered = {"row": other, "kind": "design_team", "target_offset": 105.0, "stage": "ordering", "before": []}
    stage.change(VendorProject, stage.link(project, "aurora").id, design_order=ordered)
