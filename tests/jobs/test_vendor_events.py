"""Webhooks on their way: whose they are, at what pace they are followed, what waits, fails, and comes again."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from rq import Queue
from sqlalchemy import insert, update

from db.shared_file_rows import add_shared_file
from db.shared_files import SharedFile
from db.types import now
from db.vendor_event_rows import replay_event, replay_failed
from db.vendor_events import VendorEventRow
from db.vendor_projects import VendorProject
from db.vendor_reads import claim_read, is_crowded, plan_read, settle_down
from jobs import poll_vendors
from jobs.owners import MOST_QUESTIONS, STRANGER, TOO_MANY
from jobs.read_project import read_project
from jobs.sweeper import sweep
from jobs.vendor_events import take_batch
from tests.bot.desk import count_statements
from tests.jobs.news_stage import BOTH, NewsStage, open_stage
from tests.jobs.stage import ALICE

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
SIGNED = {"sealed": True, "status": "scheduled"}


@pytest.fixture
def stage(database_url: str, redis_url: str) -> Iterator[NewsStage]:
    with open_stage(database_url, redis_url) as made:
        yield made


@pytest.fixture
def off(database_url: str, redis_url: str) -> Iterator[NewsStage]:
    """OpenSolar has no key."""
    with open_stage(database_url, redis_url, opensolar_api_key="") as made:
        yield made


def add_link(stage: NewsStage, phone: str = ALICE, vendor: str = "opensolar", **columns: Any) -> Any:
    """A project that a vendor has, as a sync of some time ago left it."""
    project = stage.add_project(phone)
    values = {"project_id": project.id, "vendor": vendor, "reference": "hg-1-abc123", "external_id": "11", **columns}
    with stage.engine.begin() as connection:
        connection.execute(VendorProject.__table__.insert().values(**values))
    return project


def list_whats(stage: NewsStage) -> list[list[str]]:
    return [[each["what"] for each in event["news"]] for event in stage.news()]


@pytest.mark.parametrize(
    ("read_ago", "idle", "due_in", "attempts", "planned"),
    [
        (None, 0, None, 0, 0),
        (60, 0, None, 0, 0),
        (0.5, 0, None, 0, 1.5),
        (0.5, 9, None, 0, 1.5),
        (0.5, 10, None, 0, 59.5),
        (61, 10, None, 0, 0),
        (0.5, 0, 30, 0, 1.5),
        (60, 0, 1, 0, 0),
        (60, 0, 30, 2, 30),
    ],
)
def test_the_pace_of_reads(
    read_ago: float | None, idle: int, due_in: float | None, attempts: int, planned: float
) -> None:
    row = SimpleNamespace(
        read_at=None if read_ago is None else AT - timedelta(seconds=read_ago),
        idle_reads=idle,
        due_at=None if due_in is None else AT + timedelta(seconds=due_in),
        read_attempts=attempts,
    )
    assert plan_read(row, AT) == AT + timedelta(seconds=planned)


def test_after_ten_idle_reads_webhooks_are_heeded_once_a_minute(stage: NewsStage) -> None:
    project = stage.place()
    for _ in range(10):
        stage.rest()
        stage.move(project, "echo")
        stage.work()
    assert stage.link(project).idle_reads == 10
    before = stage.reads()
    stage.move(project, "echo")
    stage.work(linger=2.5)
    assert stage.reads() == before
    assert stage.statuses() == {"processed": 10, "processing": 1}
    stage.rest(61)
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(due_at=now()))
    assert stage.hear(project, "design") == [["design_ready"]]
    assert stage.link(project).idle_reads == 0


@pytest.mark.parametrize(
    ("since", "attempts", "held"), [(None, 0, 4.0), (0.5, 0, 4.0), (29.5, 0, 0.5), (60, 0, 0), (0.5, 3, 0)]
)
def test_in_a_crowd_a_project_is_read_when_its_webhooks_have_settled(
    since: float | None, attempts: int, held: float
) -> None:
    waiting_since = None if since is None else AT - timedelta(seconds=since)
    row = SimpleNamespace(read_attempts=attempts)
    assert settle_down(row, AT, AT, waiting_since) == AT + timedelta(seconds=held)


def test_a_burst_over_many_projects_reads_each_once(stage: NewsStage) -> None:
    projects = [stage.adopt(f"+1415555{number:04d}") for number in range(200, 208)]
    stage.rest()
    before = stage.reads()
    for _ in range(6):
        for project in projects:
            stage.add_events(3, external_id=stage.link(project).external_id)
        stage.work()
    stage.work(linger=4.5)
    assert stage.statuses() == {"processed": 8 * 18}
    assert stage.reads() - before <= 8 + 4


@pytest.mark.parametrize(
    ("columns", "crowded"),
    [
        ({"due_at": now(5)}, True),
        ({"quiet_since": now(-5)}, True),
        ({"due_at": now(8)}, False),
        ({"quiet_since": now(-8)}, False),
        ({"due_at": now(5), "lease_until": now(30)}, False),
    ],
)
def test_a_crowd_is_many_projects_within_seconds(stage: NewsStage, columns: dict[str, Any], crowded: bool) -> None:
    for number in range(5):
        add_link(stage, f"+1415555{number:04d}", external_id=f"{number}", reference=f"hg-{number}", **columns)
    with stage.engine.begin() as connection:
        assert not is_crowded(connection, "opensolar", [1])
        assert is_crowded(connection, "opensolar", [77]) == crowded
        assert not is_crowded(connection, "aurora", [77])


def test_a_webhook_that_nobody_can_make_sense_of_stops_no_other(off: NewsStage) -> None:
    add_link(off)
    off.add_events(1, external_id="11", facts={"sealed": True, "status": "nonsense"})
    off.add_events(1, external_id="11", facts={"payments": ["p1"]})
    off.work()
    assert [row.status for row in off.events()] == ["failed", "processed"]
    assert off.events()[0].error == "An unforeseen error: ValueError; see the log."
    assert list_whats(off) == [["paid"]]


def test_polls_do_not_make_us_deaf(stage: NewsStage) -> None:
    project = stage.place()
    for _ in range(12):
        assert stage.look() == []
    assert stage.link(project).idle_reads == 0


def test_ten_thousand_webhooks_with_nothing_behind_them(stage: NewsStage) -> None:
    project = stage.place()
    stage.rest()
    before = stage.reads()
    stage.add_events(10_000, external_id=stage.link(project).external_id, objects={"event": "77"})
    with count_statements(stage.engine) as counts:
        stage.work(linger=2.5)
    assert stage.statuses() == {"processed": 10_000}
    assert list_whats(stage) == [["synced"]]
    assert stage.reads() - before <= 12
    assert counts["statements"] < 700, "the batches have 500"


def test_what_is_no_project_of_ours_is_ignored(stage: NewsStage) -> None:
    stage.place()
    stage.add_events(3, external_id="999999")
    stage.add_events(1, reference="lead-of-somebody")
    stage.work()
    assert stage.statuses() == {"ignored": 4}
    assert {row.error for row in stage.events()} == {"It is about no project of ours."}


def test_a_project_is_known_by_our_name_of_it(stage: NewsStage) -> None:
    project = stage.place()
    stage.rest()
    stage.add_events(1, reference=stage.link(project).reference)
    stage.work()
    assert stage.statuses() == {"processed": 1}


def test_an_unknown_object_is_asked_about_once(database_url: str, redis_url: str) -> None:
    with open_stage(database_url, redis_url, **BOTH) as stage:
        stage.place()
        before = len(stage.calls("aurora"))
        stage.add_events(20, vendor="aurora", event="design_created", objects={"design": "d-unknown"})
        stage.work()
        assert stage.statuses() == {"ignored": 20}
        stage.add_events(5, vendor="aurora", event="design_created", objects={"design": "d-unknown"})
        stage.work()
        assert stage.statuses() == {"ignored": 25}
        assert len(stage.calls("aurora")) - before == 1


def add_strangers(stage: NewsStage, count: int) -> None:
    values = {"vendor": "aurora", "event": "design_created", "payload": {}}
    rows = [{**values, "objects": {"design": f"d-{number}"}} for number in range(count)]
    with stage.engine.begin() as connection:
        connection.execute(insert(VendorEventRow), rows)


def test_a_flood_of_strangers_leaves_room_for_everything_else(database_url: str, redis_url: str) -> None:
    with open_stage(database_url, redis_url, **BOTH) as stage:
        stage.place()
        before = len(stage.calls("aurora"))
        add_strangers(stage, 30)
        for _ in range(14):
            with stage.engine.begin() as connection:
                connection.execute(update(VendorEventRow).where(VendorEventRow.attempts == 0).values(due_at=now()))
            stage.work()
        assert len(stage.calls("aurora")) - before == 10, "a minute, for all workers together"
        assert stage.link(stage.place("+14155550162"), "aurora").external_id


def test_strangers_beyond_what_can_be_asked_are_ignored_with_the_reason(database_url: str, redis_url: str) -> None:
    with open_stage(database_url, redis_url, **BOTH) as stage:
        stage.place()
        add_strangers(stage, 600)
        take_batch(stage.context)
        take_batch(stage.context)
        waiting = stage.statuses()["received"]
        assert MOST_QUESTIONS - 2 <= waiting <= MOST_QUESTIONS
        assert {row.error for row in stage.events(status="ignored")} <= {TOO_MANY, STRANGER}
        assert sum(stage.statuses().values()) == 600


def test_a_design_that_staff_drew_finds_its_project(database_url: str, redis_url: str) -> None:
    with open_stage(database_url, redis_url, **BOTH, proposal_vendor="aurora") as stage:
        project = stage.place()
        stage.rest()
        stage.move(project, "design_created", "aurora", kw=5.0, panels=14)
        design = next(iter(stage.sandbox.world.aurora.select("designs")))["id"]
        stage.add_events(1, vendor="aurora", event="performance_simulation_job_completed", objects={"design": design})
        stage.move(project, "simulate", "aurora", webhooks=False)
        stage.work(linger=2.5)
        assert {row.status for row in stage.events(vendor="aurora")} == {"processed"}
        assert [event["news"][0]["what"] for event in stage.news() if event["vendor"] == "aurora"][-1] == "design_ready"


def test_a_vendor_that_fails_is_waited_for(stage: NewsStage) -> None:
    project = stage.place()
    stage.rest()
    stage.add_fault("opensolar.projects.fetch", "error_before", count=1)
    stage.move(project, "design")
    stage.work()
    link = stage.link(project)
    assert (link.read_attempts, link.read_error != "", link.due_at is not None) == (1, True, True)
    assert set(stage.statuses()) == {"processing"}
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(due_at=now()))
    stage.work()
    assert list_whats(stage) == [["synced"], ["design_ready"]]
    assert set(stage.statuses()) == {"processed"}
    assert stage.link(project).read_attempts == 0


def test_a_vendor_that_refuses_makes_them_fail_and_staff_hear_once(stage: NewsStage) -> None:
    project = stage.place()
    for _ in range(2):
        stage.rest()
        stage.add_fault("opensolar.projects.fetch", "unauthorised", count=1)
        stage.move(project, "edit", fields={"notes": f"{time.monotonic()}"})
        stage.work()
    assert set(stage.statuses()) == {"failed"}
    assert [alert.count("OpenSolar") > 0 for alert in stage.alerts()] == [True]
    assert {row.error for row in stage.events()} == {stage.link(project).read_error} != {""}
    count = len(stage.events())
    with stage.engine.begin() as connection:
        assert replay_failed(connection) == count
    stage.rest()
    stage.work()
    assert set(stage.statuses()) == {"processed"}


def test_of_a_project_that_is_gone_staff_hear_once(stage: NewsStage) -> None:
    project = stage.place()
    assert stage.hear(project, "delete") == []
    assert len(stage.alerts()) == 1
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(read_at=now(-100_000), updated_at=now(-100_000)))
    assert poll_vendors.run(stage.context) == 0, "the poller leaves it alone for a day"
    stage.change(VendorProject, stage.link(project).id, gone_at=now(-90_000))
    assert poll_vendors.run(stage.context) == 1
    stage.work()
    number = stage.link(project).external_id
    stage.add_events(1, external_id=number)
    stage.work(linger=2.5)
    assert len(stage.alerts()) == 1
    assert stage.link(project).gone_at is not None


def test_an_alert_waits_for_no_vendor(stage: NewsStage) -> None:
    project = stage.place()
    stage.rest()
    stage.add_fault("opensolar.projects.fetch", "slow", seconds=1.5, count=1)
    stage.move(project, "design")
    began = time.monotonic()
    alerted: list[float] = []

    def alert() -> None:
        row = stage.add_effect(
            project.conversation_id, "alert_staff", {"is": "AlertStaff", "reason": "x", "summary": "y"}
        )
        while stage.row(row).status == "ready" and time.monotonic() - began < 10:
            time.sleep(0.02)
        alerted.append(time.monotonic() - began)

    asking = threading.Timer(0.3, alert)
    asking.start()
    stage.work()
    asking.join()
    assert alerted and alerted[0] < 1.4
    assert list_whats(stage)[-1] == ["design_ready"]


def test_a_read_whose_lease_was_lost_writes_nothing(stage: NewsStage) -> None:
    project = stage.place()
    stage.rest()
    stage.move(project, "design")
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(due_at=now()))
        first = claim_read(connection, ["opensolar"], 0.01)
    time.sleep(0.05)  # the lease ends
    with stage.engine.begin() as connection:
        second = claim_read(connection, ["opensolar"], 30)
    read_project(stage.context, first)
    assert list_whats(stage) == [["synced"]]
    read_project(stage.context, second)
    read_project(stage.context, second)
    assert list_whats(stage) == [["synced"], ["design_ready"]]


def test_signed_facts_are_trusted_where_nobody_can_be_asked(off: NewsStage) -> None:
    project = add_link(off)
    off.add_events(2, external_id="11", event="project.contract_signed", facts=SIGNED)
    off.work()
    assert off.statuses() == {"processed": 2}
    assert list_whats(off) == [["sealed"]]
    assert off.status(project) == "scheduled"
    off.add_events(1, external_id="11", facts={"proposal": "https://opensolar.example.com/p", "design": {"kw": 6.2}})
    off.add_events(1, external_id="11", facts={"installation_date": "2031-12-01", "status": "pending"})
    off.add_events(1, external_id="11", facts={"installation_date": "2031-12-02"})
    off.work()
    assert list_whats(off)[1:] == [["design_ready", "proposal_ready", "scheduled"]]
    assert off.news()[-1]["news"][-1]["facts"] == {"date": "2031-12-02"}
    off.add_events(1, external_id="11", facts={"payments": ["p1"], "installed": True, "status": "completed"})
    off.add_events(1, external_id="11", facts={"payments": ["p1"]})
    off.work()
    assert list_whats(off)[2:] == [["paid", "installed"]]
    assert off.status(project) == "completed"


def test_repeated_facts_make_nothing_new(off: NewsStage) -> None:
    add_link(off)
    for day in ("2031-12-01", "2031-12-02", "2031-12-01", "2031-12-02"):
        off.add_events(1, external_id="11", facts={"installation_date": day})
        off.work()
    assert list_whats(off) == [["scheduled"], ["scheduled"]]


def test_unsigned_webhooks_of_a_vendor_that_is_off_fail_and_can_be_replayed(off: NewsStage) -> None:
    add_link(off)
    off.add_events(1, external_id="11")
    off.work()
    [row] = off.events()
    assert (row.status, row.error) == ("failed", "OpenSolar is off: no key (OPENSOLAR_API_KEY).")
    with off.engine.begin() as connection:
        assert replay_event(connection, row.id)
        assert not replay_event(connection, row.id), "it is under way"
        assert not replay_event(connection, 999)
    assert off.statuses() == {"received": 1}


def test_a_replay_of_facts_tells_nothing_twice(off: NewsStage) -> None:
    add_link(off)
    off.add_events(1, external_id="11", facts=SIGNED)
    off.work()
    [row] = off.events()
    with off.engine.begin() as connection:
        assert replay_event(connection, row.id)
    off.work()
    assert (off.statuses(), list_whats(off)) == ({"processed": 1}, [["sealed"]])


def test_the_sweeper_rings_for_webhooks_and_reads(stage: NewsStage) -> None:
    project = stage.place()
    queue = Queue("vendors", connection=stage.context.bell.redis)

    def is_rung() -> bool:
        stage.context.bell.redis.flushdb()
        sweep(stage.context)
        return bool(queue.count)

    assert not is_rung()
    stage.add_events(1, external_id="11", due_at=datetime.now(UTC) + timedelta(seconds=60))
    assert not is_rung()
    stage.change(VendorEventRow, 1, due_at=now(-1))
    assert is_rung()
    stage.change(VendorEventRow, 1, status="ignored")
    assert not is_rung()
    link = stage.link(project)
    stage.change(VendorProject, link.id, due_at=now(-1))
    assert is_rung()
    stage.change(VendorProject, link.id, lease_until=now(30))
    assert not is_rung()


@pytest.mark.parametrize(
    ("columns", "polled"),
    [
        ({"read_at": now(-1000)}, 1),
        ({"read_at": None}, 1),
        ({"read_at": now(-800)}, 0),
        ({"read_at": now(-1000), "due_at": now(500)}, 0),
        ({"read_at": now(-1000), "due_at": now(3000)}, 1),
        ({"read_at": now(-1000), "external_id": None}, 0),
        ({"read_at": now(-1000), "read_error": "no", "updated_at": now(-10)}, 0),
        ({"read_at": now(-1000), "read_error": "no", "updated_at": now(-1000)}, 1),
        ({"read_at": now(-1000), "vendor": "aurora"}, 0),
    ],
)
def test_who_is_polled(stage: NewsStage, columns: dict[str, Any], polled: int) -> None:
    add_link(stage, **columns)
    assert poll_vendors.run(stage.context) == polled


def test_shared_files_go_when_their_time_is_over(stage: NewsStage) -> None:
    conversation = stage.add_conversation()
    with stage.engine.begin() as connection:
        for token, seconds in (("old", -1.0), ("new", 60.0)):
            add_shared_file(connection, token, conversation, "a.png", "image/png", b"sealed", seconds)
    assert stage.web.get("/files/old/a.png").status_code == 404
    poll_vendors.run(stage.context)
    with stage.engine.connect() as connection:
        assert list(connection.execute(SharedFile.__table__.select()).scalars()) == [2]
    assert stage.web.get("/files/new/a.png").status_code == 404, "no key of ours opens it"


def test_news_that_staff_cut_off_are_shown_to_them(stage: NewsStage) -> None:
    conversation = stage.add_conversation(epoch=1)
    stage.add_message(conversation, "Your design is ready", payload={"news": "The design is ready: 6.2 kW."})
    stage.add_message(conversation, "Another word")
    stage.send()
    assert [row.status for row in stage.rows()] == ["cancelled", "cancelled"]
    assert stage.alerts() == ["The design is ready: 6.2 kW."]
