"""Decisions and files reach the project's vendor, a proposal comes back as a file under a link."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select

from bot.sealing import Seal
from db.inbox import InboxRow
from db.media import MediaFile
from db.shared_files import SharedFile
from jobs.release_vendor_work import release_vendor_work
from jobs.sweeper import sweep
from tests.jobs.stage import count_commits
from tests.jobs.vendor_stage import AURORA, VendorStage
from tools.outbox import main as outbox
from tools.sandbox.options import AURORA_KEY, OPENSOLAR_TOKEN, Options
from tools.sandbox.runner import Sandbox, run_sandbox

OpenStage = Callable[..., VendorStage]
PHOTO = b"\x89PNG\r\n\x1a\n a photo of the meter"


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


@pytest.fixture
def stage(open_stage: OpenStage) -> VendorStage:
    return open_stage()


def ask(stage: VendorStage, project: Any, effect: str, **payload: Any) -> int:
    return stage.add_effect(project.conversation_id, effect, {"is": effect, "project": project.number, **payload})


def move(stage: VendorStage, project: Any, name: str, **wish: Any) -> None:
    url = f"{stage.sandbox.base_url}/sandbox/opensolar/projects/{stage.link(project).external_id}/{name}"
    answer = httpx.post(url, json={"webhooks": False, **wish}, timeout=10, trust_env=False)
    assert answer.status_code == 200, answer.text


def add_file(stage: VendorStage, project: Any, content_type: str = "image/png", status: str = "stored") -> str:
    sealed = Seal(stage.context.settings.secret_key).close(PHOTO)
    with stage.engine.begin() as connection:
        row = {"conversation_id": project.conversation_id, "kind": "message", "payload": {}, "status": "done"}
        inbox_id = connection.execute(insert(InboxRow).values(**row)).inserted_primary_key[0]
        connection.execute(
            insert(MediaFile).values(
                id=f"m{inbox_id}",
                conversation_id=project.conversation_id,
                inbox_id=inbox_id,
                url="https://media.example/1",
                declared_type=content_type,
                content_type=content_type,
                sealed=sealed,
                status=status,
            )
        )
    return f"m{inbox_id}"


def test_a_decision_is_noted_at_the_vendor_once(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    for _ in range(2):
        row_id = ask(stage, project, "note_decision", note="They said yes.", accepted=True)
        assert stage.drain_until_ended(row_id).status == "done"
    (there,) = stage.at_opensolar()
    assert there["notes"].count("They said yes.") == 1


def test_a_vendor_that_takes_no_notes_says_so(open_stage: OpenStage) -> None:
    stage = open_stage(**AURORA, proposal_vendor="aurora", opensolar_api_key="")
    project = stage.add_project()
    stage.sync(project)
    row = stage.drain_until_ended(ask(stage, project, "note_decision", note="Yes.", accepted=True))
    assert (row.status, row.error) == (
        "done",
        "Aurora takes no note of what the homeowner decided; enter it there by hand.",
    )
    assert stage.alerts() == []


def test_a_proposal_becomes_a_file_under_a_link(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    move(stage, project, "design", kw=6.2)
    row = stage.drain_until_ended(ask(stage, project, "send_proposal"))
    assert row.status == "done"
    with stage.engine.connect() as connection:
        file = connection.execute(select(SharedFile.__table__)).one()
    assert Seal(stage.context.settings.secret_key).open(file.content).startswith(b"%PDF")
    event = stage.news()[-1]
    assert [(each["what"], each["facts"]) for each in event["news"]] == [
        ("document", {"url": f"http://127.0.0.1:9/files/{file.token}/{file.name}", "name": file.name})
    ]


def test_a_proposal_that_is_not_there_is_told_to_staff(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    row = stage.drain_until_ended(ask(stage, project, "send_proposal"))
    assert (row.status, row.error_code) == ("parked", "no_design")
    (alert,) = stage.alerts()
    assert "no design in OpenSolar yet" in alert


def test_a_file_reaches_the_vendors_that_take_it(open_stage: OpenStage) -> None:
    stage = open_stage(**AURORA)
    project = stage.add_project()
    stage.sync(project)
    bill = stage.drain_until_ended(
        ask(stage, project, "share_media", media_id=add_file(stage, project), purpose="bill")
    )
    photo = stage.drain_until_ended(
        ask(stage, project, "share_media", media_id=add_file(stage, project), purpose="photo", label="meter")
    )
    assert (bill.status, bill.error) == ("done", "")
    assert (photo.status, photo.error) == (
        "done",
        "Aurora takes utility bills and no other documents; add it there by hand.",
    )
    assert [file["title"] for file in stage.at_opensolar("files")] == ["bill.png", "meter.png"]
    uploads = [call for call in stage.calls("aurora") if call.path.endswith("/utility_bills")]
    assert [(call.status, call.outbox_id, call.project_id) for call in uploads] == [("success", bill.id, project.id)]


def test_a_file_waits_until_the_project_is_there(stage: VendorStage) -> None:
    project = stage.add_project()
    row_id = ask(stage, project, "share_media", media_id=add_file(stage, project), purpose="photo")
    row = stage.drain_until_ended(row_id)
    assert (row.status, row.error_code) == ("held", "not_there")
    sweep(stage.context)
    assert stage.row(row_id).status == "held"
    stage.sync(project)
    sweep(stage.context)
    assert stage.drain_until_ended(row_id).status == "done"
    assert len(stage.at_opensolar("files")) == 1


def test_the_sweep_asks_as_much_for_many_files_as_for_one(stage: VendorStage) -> None:
    asked = []
    for number in range(5):
        project = stage.add_project(phone=f"+1415555018{number}")
        row_id = ask(stage, project, "share_media", media_id=add_file(stage, project), purpose="photo")
        assert stage.drain_until_ended(row_id).error_code == "not_there"
        with count_commits(stage.engine) as statements:
            assert release_vendor_work(stage.context) == 0
        asked.append(len(statements))
    assert len(set(asked)) == 1


def test_a_vendor_without_the_project_does_not_keep_the_file_from_the_other(open_stage: OpenStage) -> None:
    stage = open_stage(**AURORA)
    stage.add_fault("opensolar.projects.create", "payment_required")
    project = stage.add_project()
    stage.sync(project)
    row_id = ask(stage, project, "share_media", media_id=add_file(stage, project), purpose="bill")
    assert stage.drain_until_ended(row_id).error_code == "not_there"
    assert [call.status for call in stage.calls("aurora") if call.path.endswith("/utility_bills")] == ["success"]
    sweep(stage.context)
    assert stage.row(row_id).status == "held"
    assert stage.sync(project).status == "done"
    sweep(stage.context)
    assert stage.drain_until_ended(row_id).status == "done"
    assert [call.status for call in stage.calls("aurora") if call.path.endswith("/utility_bills")] == ["success"]


def test_a_file_that_is_still_on_its_way_is_waited_for(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    row_id = ask(stage, project, "share_media", media_id=add_file(stage, project, status="pending"), purpose="photo")
    stage.run_effects("vendors")
    assert (stage.row(row_id).status, stage.row(row_id).error_code) == ("ready", "not_fetched")


def work_together(*stages: VendorStage) -> None:
    """Each is a worker of its own, at the same time, until nothing is left to do."""

    def work(stage: VendorStage) -> None:
        stage.drain_until(lambda: all(stage.row(row).status == "done" for row in rows), 25.0)

    kinds = ("share_media", "note_decision", "sync_project")
    rows = [row.id for kind in kinds for row in stages[0].rows(kind)]
    workers = [threading.Thread(target=work, args=(stage,)) for stage in stages]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert {stages[0].row(row).status for row in rows} == {"done"}


def test_bills_of_one_home_are_uploaded_one_after_the_other(open_stage: OpenStage) -> None:
    """Aurora keeps what it read last."""
    first, second = (open_stage(**AURORA, opensolar_api_key="") for _ in range(2))
    project = first.add_project()
    first.sync(project)
    first.add_fault("aurora.utility_bills.create", "slow", seconds=0.3, count=None)
    for _ in range(3):
        ask(first, project, "share_media", media_id=add_file(first, project), purpose="bill")
    work_together(first, second)
    uploads = [call for call in first.calls("aurora") if call.path.endswith("/utility_bills")]
    begun = sorted((call.started_at, call.started_at + timedelta(milliseconds=call.duration_ms)) for call in uploads)
    assert len(begun) == 3
    assert all(later[0] >= before[1] for before, later in pairwise(begun))


def test_a_decision_and_a_correction_at_once_are_both_noted(open_stage: OpenStage) -> None:
    first, second = open_stage(), open_stage()
    project = first.add_project()
    first.sync(project)
    first.add_fault("opensolar.projects.*", "slow", seconds=0.3, count=None)
    first.change_project(project, devices=[{"type": "pool_pump", "quantity": 1}])
    first.add_sync(project)
    ask(first, project, "note_decision", note="They said yes.", accepted=False)
    work_together(first, second)
    (there,) = first.at_opensolar()
    assert "Devices: 1 pool pump" in there["notes"]
    assert "They said yes." in there["notes"]


@pytest.mark.parametrize("status", ["refused", "gone"])
def test_a_file_that_was_not_taken_in_is_parked(stage: VendorStage, status: str) -> None:
    project = stage.add_project()
    stage.sync(project)
    media_id = add_file(stage, project, status=status)
    row = stage.drain_until_ended(ask(stage, project, "share_media", media_id=media_id, purpose="photo"))
    assert (row.status, row.error_code) == ("parked", "no_media")


def test_work_waits_for_its_vendor_to_be_switched_on(open_stage: OpenStage) -> None:
    off = open_stage(opensolar_api_key="")
    project = off.add_project()
    sync = off.add_sync(project)
    design = ask(off, project, "order_design", kind="sales_mode")
    off.run_effects("vendors")
    sweep(off.context)
    assert [off.row(row).status for row in (sync, design)] == ["held", "held"]
    assert "OpenSolar is off" in off.row(sync).error
    on = open_stage(opensolar_api_key=OPENSOLAR_TOKEN)
    sweep(on.context)
    assert [on.row(row).status for row in (sync, design)] == ["ready", "held"]
    assert on.drain_until_ended(sync).status == "done"
    both = open_stage(opensolar_api_key=OPENSOLAR_TOKEN, aurora_api_key=AURORA_KEY)
    sweep(both.context)
    assert both.drain_until_ended(design).result["sales_mode_url"].startswith("https://v2.aurorasolar.com/projects/")


def test_without_automatic_sync_staff_decide(open_stage: OpenStage) -> None:
    stage = open_stage(opensolar_auto_sync_enabled=False)
    project = stage.add_project()
    row = stage.sync(project)
    assert (row.status, row.error_code) == ("held", "auto_sync_off")
    stage.sync(project)
    (alert,) = stage.alerts()
    assert "A confirmed project waits for you." in alert
    sweep(stage.context)
    assert stage.row(row.id).status == "held"
    assert stage.at_opensolar() == []
    assert stage.sync(project, force=True).status == "done"
    assert len(stage.at_opensolar()) == 1
    assert stage.row(row.id).status == "done"  # its work is done as well


def test_staffs_retry_is_the_word_that_a_sync_waits_for(
    open_stage: OpenStage, monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str
) -> None:
    stage = open_stage(opensolar_auto_sync_enabled=False)
    row = stage.sync(stage.add_project())
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", redis_url)
    assert outbox(["retry", f"e{row.id}"]) == 0
    assert stage.drain_until_ended(row.id).status == "done"
    assert len(stage.at_opensolar()) == 1
