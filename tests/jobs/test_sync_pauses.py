"""Processes that stand still, and staff who press on, make no second project and order no second design."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from db.vendor_projects import VendorProject
from db.vendor_sync import try_now
from integrations.errors import Uncertain
from integrations.vendor import Placed, ProjectSheet, ProjectVendor, Search
from jobs.vendor_clients import VendorBook
from tests.jobs.vendor_stage import AURORA, VendorStage
from tools.outbox import main as outbox
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

OpenStage = Callable[..., VendorStage]
INTENTS = {"create": "posting_at=", "order": "design_order="}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    options = Options(
        app_url="http://127.0.0.1:9", callbacks=(), seed=7, opensolar_minute=0, aurora_minute=0, aurora_retry_delays=()
    )
    with run_sandbox(options) as running:
        yield running


@pytest.fixture
def open_stage(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[OpenStage]:
    """A worker more, with the sandbox's OpenSolar unless settings say otherwise."""
    opened: list[VendorStage] = []

    def open_it(**settings: Any) -> VendorStage:
        opened.append(VendorStage(database_url, redis_url, sandbox, **settings))
        return opened[-1]

    yield open_it
    for stage in opened:
        stage.close()


@contextmanager
def stand_still(engine: Engine, intent: str, meanwhile: Callable[[], object]) -> Iterator[None]:
    """Whoever works on `engine` stands still once, behind the commit of an intent, until `meanwhile` has happened."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE vendor_projects") and intent in statement:
            seen.append(statement)

    def pause(*_: Any) -> None:
        if len(seen) == 1:
            seen.append("paused")
            meanwhile()

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "checkin", pause)
    yield
    event.remove(engine, "before_cursor_execute", note)
    event.remove(engine, "checkin", pause)
    assert "paused" in seen, "nobody stood still"


def test_who_stood_still_before_the_call_makes_no_second_project(open_stage: OpenStage) -> None:
    first, second = open_stage(lease_seconds=0.4), open_stage()
    project = first.add_project()
    row_id = first.add_sync(project)
    with stand_still(first.engine, INTENTS["create"], lambda: second.drain_until_ended(row_id)):
        first.run_effects("vendors")
    assert first.row(row_id).status == "done"
    assert len(first.at_opensolar()) == 1
    assert first.link(project).external_id == str(first.at_opensolar()[0]["id"])


def test_who_stood_still_before_the_call_orders_no_second_design(
    open_stage: OpenStage, monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", redis_url)
    aurora = {"opensolar_api_key": "", **AURORA}
    first, second = open_stage(lease_seconds=0.4, **aurora), open_stage(**aurora)
    project = second.add_project()
    assert second.sync(project).status == "done"
    second.run_effects("vendors")
    payload = {"is": "OrderDesign", "project": project.number, "kind": "design_team"}
    row_id = second.add_effect(project.conversation_id, "order_design", payload)

    def decide() -> None:
        """The other worker cannot know, and staff have it ordered."""
        assert second.drain_until_ended(row_id).error_code == "uncertain"
        assert outbox(["retry", "--yes", f"e{row_id}"]) == 0
        assert second.drain_until_ended(row_id).status == "done"

    with stand_still(first.engine, INTENTS["order"], decide):
        first.run_effects("vendors")
    assert len(list(first.sandbox.world.aurora.select("design_requests"))) == 1
    assert first.link(project, "aurora").design_order["stage"] == "ordered"


def test_a_dead_process_lets_the_next_one_wait_for_its_lease(open_stage: OpenStage) -> None:
    stage = open_stage()
    project = stage.add_project()
    stage.sync(project)
    link = stage.link(project)
    stage.change(VendorProject, link.id, sync_until=datetime.now(UTC) + timedelta(seconds=0.4), sync_token=9)
    stage.change_project(project, city="Oakland")
    row_id = stage.add_sync(project)
    stage.run_effects("vendors")
    assert stage.row(row_id).status == "ready"
    assert stage.drain_until_ended(row_id).status == "done"
    assert stage.at_opensolar()[0]["locality"] == "Oakland"


class Lagging:
    """OpenSolar whose list does not show yet what was made, and a first request that ends in `failure`."""

    def __init__(self, vendor: ProjectVendor, failure: BaseException) -> None:
        self._vendor = vendor
        self._failures = [failure]
        self.looks: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vendor, name)

    def create_project(self, sheet: ProjectSheet) -> Placed:
        if self._failures:
            raise self._failures.pop()
        return self._vendor.create_project(sheet)

    def find_project(self, _sheet: ProjectSheet, _since: datetime) -> Search:
        self.looks.append(time.monotonic())
        return Search(absent=True)


class Died(BaseException):
    """The process ended here."""


def press_on(stage: VendorStage, project: Any) -> None:
    """Staff want it now, in each way that there is."""
    for _ in range(3):
        stage.add_sync(project, force=True)
    with stage.engine.begin() as connection:
        try_now(connection, project.conversation_id, project.number)


@pytest.mark.parametrize("failure", [Died(), Uncertain("Nobody knows.")], ids=["died", "uncertain"])
def test_staff_who_press_on_shorten_no_pause_between_looks(open_stage: OpenStage, failure: BaseException) -> None:
    stage = open_stage(lease_seconds=0.5, reconcile_after_seconds=0.6)
    opensolar = stage.context.vendors.find("opensolar")
    assert opensolar is not None
    lagging = Lagging(opensolar, failure)
    vendors: Any = {"opensolar": lagging}
    stage.context.vendors = VendorBook(stage.context.settings, stage.engine, stage.context.bell.redis, vendors)
    project = stage.add_project()
    row_id = stage.add_sync(project)
    try:
        stage.run_effects("vendors")
    except Died:
        assert stage.link(project).posting_at is not None
    stage.drain_until(lambda: stage.link(project).lookups == 1)
    press_on(stage, project)
    stage.run_effects("vendors")
    assert (len(lagging.looks), stage.link(project).lookups) == (1, 1)
    row = stage.drain_until_ended(row_id)
    assert lagging.looks[1] - lagging.looks[0] > 0.6
    assert (row.status, len(stage.at_opensolar())) == ("done", 1)
