"""Whatever goes wrong at OpenSolar: one project there, one sentence to staff, and nothing in the chat."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from db.outbox import OutboxRow
from db.vendor_projects import VendorProject
from integrations.opensolar.client import OpenSolarClient
from integrations.vendor import Placed, ProjectSheet, Search
from jobs.vendor_clients import VendorBook
from tests.jobs.vendor_stage import VendorStage
from tools.outbox import main as outbox
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

AMBIGUOUS = ("error_after", "reset_after", "garbage_after", "timeout_after")


class Died(BaseException):
    """The process ended here."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", callbacks=(), seed=7, opensolar_minute=0)) as running:
        yield running


@pytest.fixture
def stage(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[VendorStage]:
    made = VendorStage(database_url, redis_url, sandbox, opensolar_timeout=0.5)
    yield made
    assert made.rows("send_message") == [], "the homeowner was told of it"
    made.close()


def break_create(stage: VendorStage, kind: str, **wish: Any) -> None:
    stage.add_fault("opensolar.projects.create", kind, **wish)


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_a_post_whose_answer_was_lost_makes_one_project(stage: VendorStage, kind: str) -> None:
    break_create(stage, kind, count=None)
    project = stage.add_project()
    row = stage.sync(project)
    assert (row.status, row.error) == ("done", "")
    (there,) = stage.at_opensolar()
    assert stage.link(project).external_id == str(there["id"])
    assert stage.link(project).sync_status == "synced"
    assert [call.method for call in stage.calls()].count("POST") == 1
    assert there["usage"]["values"] == [2886]
    assert len(stage.news()) == 1
    assert stage.alerts() == []


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_the_identifier_need_not_be_in_the_list(stage: VendorStage, kind: str) -> None:
    stage.sandbox.world.options.opensolar_list_identifiers = kind != "error_after"
    other = stage.add_project(phone="+14155550177", street="14 Sample Road", name="Carla Diaz")
    stage.sync(other)
    break_create(stage, kind)
    project = stage.add_project()
    assert stage.sync(project).status == "done"
    assert len(stage.at_opensolar()) == 2


def test_a_post_that_certainly_led_nowhere_is_made_again(stage: VendorStage) -> None:
    break_create(stage, "error_before")
    assert stage.sync(stage.add_project()).status == "done"
    assert len(stage.at_opensolar()) == 1
    assert [call.method for call in stage.calls()].count("POST") == 2
    assert stage.alerts() == []


def test_posts_that_keep_leading_nowhere_are_left_to_staff(
    stage: VendorStage, monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str
) -> None:
    break_create(stage, "error_before", count=None)
    project = stage.add_project()
    row = stage.sync(project)
    assert (row.status, row.error_code) == ("parked", "uncertain")
    assert stage.link(project).reference in row.error
    assert [call.method for call in stage.calls()].count("POST") == 5
    stage.sandbox.world.faults.remove()
    stage.change_project(project, city="Oakland")
    later = stage.sync(project, force=True)
    assert (later.status, later.error_code) == ("parked", "uncertain")
    assert stage.at_opensolar() == []
    assert len(stage.alerts()) == 1
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", redis_url)
    assert outbox(["retry", f"e{row.id}"]) == 1
    assert outbox(["retry", "--yes", f"e{row.id}"]) == 0
    assert stage.drain_until_ended(row.id).status == "done"
    assert len(stage.at_opensolar()) == 1
    assert stage.row(later.id).status == "done"  # what waited for staff was done by this one


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("payment_required", "402", "wallet"),
        ("forbidden", "403", "does not let our credentials"),
        ("unauthorised", "401", "OPENSOLAR_API_KEY"),
    ],
)
def test_a_definite_no_is_one_sentence_to_staff(stage: VendorStage, kind: str, code: str, words: str) -> None:
    break_create(stage, kind, count=2)
    project = stage.add_project()
    row = stage.sync(project)
    assert (row.status, row.error_code) == ("parked", code)
    assert words in row.error
    link = stage.link(project)
    assert (link.sync_status, link.sync_code, link.posting_at) == ("sync_failed", code, None)
    assert words in link.sync_error
    stage.sync(project)
    assert len(stage.alerts()) == 1
    assert words in stage.alerts()[0]
    assert stage.sync(project, force=True).status == "done"
    assert stage.link(project).sync_status == "synced"
    assert len(stage.at_opensolar()) == 1
    assert {each.status for each in stage.rows("sync_project")} == {"done"}


def test_an_empty_wallet_blocks_new_projects_alone(stage: VendorStage) -> None:
    project = stage.add_project()
    stage.sync(project)
    stage.sandbox.world.options.opensolar_wallet = len(stage.at_opensolar())
    stage.change_project(project, city="Oakland")
    assert stage.sync(project).status == "done"


def test_too_many_calls_are_made_later(stage: VendorStage) -> None:
    break_create(stage, "rate_limit", seconds=1.0)
    project = stage.add_project()
    row_id = stage.add_sync(project)
    stage.run_effects("vendors")
    row, link = stage.row(row_id), stage.link(project)
    assert (row.status, link.sync_code, link.posting_at) == ("ready", "429", None)
    assert (row.due_at - row.intent_at).total_seconds() > 0.9
    assert stage.drain_until_ended(row_id).status == "done"
    assert len(stage.at_opensolar()) == 1
    assert stage.alerts() == []


def test_a_vendor_that_answers_a_byte_at_a_time_is_left_in_time(stage: VendorStage) -> None:
    break_create(stage, "drip", seconds=0.2)
    project = stage.add_project()
    started = datetime.now(UTC)
    row_id = stage.add_sync(project)
    stage.run_effects("vendors")
    assert (datetime.now(UTC) - started).total_seconds() < 3
    assert stage.drain_until_ended(row_id).status == "done"
    assert len(stage.at_opensolar()) == 1


def test_a_vendor_that_is_away_is_tried_again_and_staff_hear_once(stage: VendorStage, sandbox: Sandbox) -> None:
    away = OpenSolarClient("http://127.0.0.1:9", "15", "some-token-of-ours", 0.5, 0)
    stage.context.vendors = replace_vendor(stage, away)
    project = stage.add_project()
    row_id = stage.add_sync(project)
    for tries in range(1, 6):
        stage.hurry()
        stage.run_effects("vendors")
        link = stage.link(project)
        assert (link.retry_count, link.sync_status, stage.row(row_id).status) == (tries, "sync_failed", "ready")
        assert link.next_try_at > datetime.now(UTC)
        assert len(stage.alerts()) == (1 if tries >= 3 else 0)
    assert stage.row(row_id).attempts == 0  # however long it takes, it is not given up with other effects' patience
    stage.context.vendors = VendorBook(stage.context.settings, stage.engine, stage.context.bell.redis)
    stage.hurry()
    assert stage.drain_until_ended(row_id).status == "done"
    assert len(stage.at_opensolar()) == 1
    assert (stage.link(project).sync_error, stage.link(project).retry_count) == ("", 0)


def test_a_vendor_at_rest_costs_no_attempt(stage: VendorStage) -> None:
    away = OpenSolarClient("http://127.0.0.1:9", "15", "some-token-of-ours", 0.5, 0)
    stage.context.vendors = replace_vendor(stage, away)
    project = stage.add_project()
    row_id = stage.add_sync(project)
    for _ in range(8):
        stage.hurry()
        stage.run_effects("vendors")
    link, row = stage.link(project), stage.row(row_id)
    assert link.retry_count == 5  # five failures in a row, and then it is left alone
    assert row.error_code == "resting"
    assert row.due_at > datetime.now(UTC) + timedelta(seconds=20)


class Dying:
    """OpenSolar, and a process that dies before or after it is asked to create a project."""

    def __init__(self, vendor: OpenSolarClient, *, asks: bool) -> None:
        self._vendor = vendor
        self._asks = asks
        self.lives = self.looks = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vendor, name)

    def create_project(self, sheet: ProjectSheet) -> Placed:
        if self.lives:
            return self._vendor.create_project(sheet)
        self.lives += 1
        if self._asks:
            self._vendor.create_project(sheet)
        raise Died

    def find_project(self, sheet: ProjectSheet, since: datetime) -> Search:
        self.looks += 1
        return self._vendor.find_project(sheet, since)


@pytest.mark.parametrize("asks", [True, False])
def test_a_process_that_dies_while_it_creates_makes_one_project(stage: VendorStage, asks: bool) -> None:
    vendor = stage.context.vendors.find("opensolar")
    assert isinstance(vendor, OpenSolarClient)
    dying = Dying(vendor, asks=asks)
    stage.context.vendors = replace_vendor(stage, dying)
    project = stage.add_project()
    row_id = stage.add_sync(project)
    with pytest.raises(Died):
        stage.run_effects("vendors")
    assert stage.link(project).posting_at is not None
    end_leases(stage)
    assert stage.drain_until_ended(row_id).status == "done"
    assert len(stage.at_opensolar()) == 1
    assert stage.link(project).sync_status == "synced"
    assert dying.looks == (1 if asks else 2)


class Mistaken(Dying):
    """OpenSolar without identifiers: what it finds is another project of the same people."""

    def find_project(self, sheet: ProjectSheet, since: datetime) -> Search:
        return Search(Placed(self.other))

    other = ""


def test_another_project_of_the_same_people_is_not_taken_for_it(stage: VendorStage) -> None:
    first = stage.add_project()
    stage.sync(first)
    vendor = stage.context.vendors.find("opensolar")
    assert isinstance(vendor, OpenSolarClient)
    mistaken = Mistaken(vendor, asks=False)
    mistaken.other = stage.link(first).external_id
    stage.context.vendors = replace_vendor(stage, mistaken)
    second = stage.add_project(conversation=first.conversation_id, number=2)
    row_id = stage.add_sync(second)
    with pytest.raises(Died):
        stage.run_effects("vendors")
    end_leases(stage)
    row = stage.drain_until_ended(row_id)
    assert (row.status, row.error_code) == ("parked", "uncertain")
    assert stage.link(second).external_id is None


def test_two_syncs_at_once_make_one_project(
    stage: VendorStage, database_url: str, redis_url: str, sandbox: Sandbox
) -> None:
    """A confirmation and its correction, two workers, and an OpenSolar that takes its time."""
    stage.add_fault("opensolar.projects.*", "slow", seconds=0.2, count=None)
    project = stage.add_project()
    rows = [stage.add_sync(project) for _ in range(4)]
    second = VendorStage(database_url, redis_url, sandbox, opensolar_timeout=0.5)
    workers = [threading.Thread(target=work, args=(each, rows)) for each in (stage, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    second.close()
    assert [stage.row(row).status for row in rows] == ["done"] * 4
    assert len(stage.at_opensolar()) == 1
    assert [call.method for call in stage.calls()].count("POST") == 1


def work(stage: VendorStage, rows: list[int]) -> None:
    stage.drain_until(lambda: all(stage.row(row).status == "done" for row in rows), seconds=25.0)


def replace_vendor(stage: VendorStage, vendor: Any) -> VendorBook:
    return VendorBook(stage.context.settings, stage.engine, stage.context.bell.redis, {"opensolar": vendor})


def end_leases(stage: VendorStage) -> None:
    """Time goes by until whoever died holds nothing any more."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(sync_until=past))
        waiting = update(OutboxRow).where(OutboxRow.id.in_(select(OutboxRow.id).filter_by(status="ready")))
        connection.execute(waiting.values(lease_until=past))
