"""A project confirmed while one of its vendors is off comes to it once that is on, and to nobody twice."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.vendor_sync import ensure_link, keep_consumption
from jobs import sync_missed
from jobs.schedule import SCHEDULE
from tests.jobs.vendor_stage import AURORA, VendorStage
from tools.outbox import main as outbox
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

OpenStage = Callable[..., VendorStage]
OFF: dict[str, dict[str, Any]] = {
    "opensolar": {**AURORA, "opensolar_integration_enabled": False},
    "aurora": {},
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    options = Options(app_url="http://127.0.0.1:9", callbacks=(), seed=7, opensolar_minute=0, aurora_minute=0)
    with run_sandbox(options) as running:
        yield running


@pytest.fixture
def open_stage(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[OpenStage]:
    opened: list[VendorStage] = []

    def open_it(**settings: Any) -> VendorStage:
        opened.append(VendorStage(database_url, redis_url, sandbox, **settings))
        return opened[-1]

    yield open_it
    for stage in opened:
        stage.close()


def add_project(stage: VendorStage, days: float = 0.0, **columns: Any) -> Any:
    return stage.add_project(confirmed_at=datetime.now(UTC) - timedelta(days=days), **columns)


def drain(stage: VendorStage) -> None:
    stage.drain_until(lambda: {row.status for row in stage.rows("sync_project")} == {"done"})


@pytest.mark.parametrize("vendor", OFF)
def test_a_vendor_that_comes_on_later_gets_the_project(open_stage: OpenStage, vendor: str) -> None:
    stage = open_stage(**OFF[vendor])
    project = add_project(stage)
    assert stage.sync(project).status == "done"
    assert sync_missed.run(stage.context) == 0
    both = open_stage(**AURORA)
    with both.engine.begin() as connection:  # asked through the API while it was off
        keep_consumption(connection, ensure_link(connection, project.id, vendor).id, {"annual_kwh": 9000.0})
    assert [sync_missed.run(both.context), sync_missed.run(both.context)] == [1, 0]
    drain(both)
    assert both.link(project, vendor).sync_status == "synced"
    assert sync_missed.run(both.context) == 0
    assert len(both.at_opensolar()) == 1
    assert len(list(both.sandbox.world.aurora.select("projects"))) == 1


def test_what_is_old_or_sold_is_left_to_staff(open_stage: OpenStage) -> None:
    stage = open_stage()
    unfit: list[dict[str, Any]] = [{"days": 40.0}, {"status": "scheduled"}]
    for number, columns in enumerate(unfit):
        project = add_project(stage, phone=f"+1415555016{number}", **columns)
        assert stage.sync(project).status == "done"
    assert sync_missed.run(open_stage(**AURORA).context) == 0


def test_a_sync_that_staff_dropped_or_that_failed_is_not_asked_for_again(
    open_stage: OpenStage, monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", redis_url)
    off = open_stage(opensolar_api_key="")
    dropped = off.sync(add_project(off))
    assert outbox(["drop", f"e{dropped.id}"]) == 0
    on = open_stage()
    on.add_fault("opensolar.projects.create", "payment_required")
    assert on.sync(add_project(on, phone="+14155550162")).error_code == "402"
    assert sync_missed.run(on.context) == 0


def test_nothing_is_brought_where_staff_decide(open_stage: OpenStage) -> None:
    stage = open_stage(**OFF["opensolar"])
    stage.sync(add_project(stage))
    assert sync_missed.run(open_stage(**AURORA, opensolar_auto_sync_enabled=False).context) == 0


def test_the_clock_looks_for_them() -> None:
    assert sync_missed.run in [work.run for work in SCHEDULE]
