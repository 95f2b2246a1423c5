"""Reads at the vendor's limit, at a slow vendor, and of projects where nothing happens: none is lost, few are made."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from db.types import now
from db.vendor_projects import VendorProject
from db.vendor_reads import claim_read, want_reads
from integrations.opensolar.client import OpenSolarClient
from jobs import poll_vendors
from jobs.read_lease import LeaseLost, ReadLease
from jobs.read_project import LEASES, read_next
from jobs.vendor_clients import VendorBook
from jobs.vendor_pace import SharedPace
from tests.jobs.news_stage import NewsStage, open_stage
from tools.sandbox.options import OPENSOLAR_ORG, OPENSOLAR_SECRET, OPENSOLAR_TOKEN


@pytest.fixture
def stage(database_url: str, redis_url: str) -> Iterator[NewsStage]:
    with open_stage(database_url, redis_url, opensolar_webhook_secret=(OPENSOLAR_SECRET,)) as made:
        yield made


def limit_reads(stage: NewsStage, calls: int, seconds: float) -> None:
    """From now on OpenSolar takes only so many calls in any such time, whatever is called."""
    context = stage.context
    pace = SharedPace(context.bell.redis, 1, {"opensolar": {"": ((calls, seconds),)}})
    client = OpenSolarClient(
        f"{stage.sandbox.base_url}/opensolar", OPENSOLAR_ORG, OPENSOLAR_TOKEN, 5.0, 0, limiter=pace
    )
    context.vendors.close()
    context.vendors = VendorBook(context.settings, stage.engine, context.bell.redis, {"opensolar": client})


def want_all(stage: NewsStage) -> None:
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(due_at=now(), lease_until=None))


def test_a_read_waits_for_its_places_in_the_limit(stage: NewsStage) -> None:
    project = stage.place()
    stage.move(project, "design", webhooks=False)
    limit_reads(stage, 1, 0.05)
    want_all(stage)
    assert read_next(stage.context)
    assert stage.news()[-1]["news"][0]["what"] == "design_ready"
    assert stage.link(project).read_attempts == 0


def test_a_vendor_without_a_place_is_left_alone(stage: NewsStage) -> None:
    project = stage.place()
    other = stage.adopt("+14155550161")
    limit_reads(stage, 1, 60.0)
    want_all(stage)
    before = [stage.link(each).lease_token for each in (project, other)]
    assert read_next(stage.context)
    assert not read_next(stage.context), "nobody else loses its calls"
    after = [stage.link(each).lease_token for each in (project, other)]
    assert sum(after) - sum(before) == 1
    assert 0 < stage.context.rests.seconds_left("opensolar") <= 60


def test_a_lease_is_renewed_while_the_vendor_takes_its_time(stage: NewsStage) -> None:
    project = stage.place()
    want_all(stage)
    seconds = stage.context.settings.lease_seconds * LEASES
    with stage.engine.begin() as connection:
        link: Any = claim_read(connection, ["opensolar"], seconds)
    at = [100.0]
    lease = ReadLease(stage.engine, link, seconds, lambda: at[0])
    stage.change(VendorProject, link.id, lease_until=now(1), due_at=now(1))
    at[0] += seconds / 4
    lease.renew_in_time()
    assert left(stage, project) <= 1
    at[0] += seconds / 4
    lease.renew_in_time()
    assert left(stage, project) > 1
    held = stage.link(project)
    assert held.due_at == held.lease_until
    with stage.engine.begin() as connection:
        want_reads(connection, [(link.id, datetime.now(UTC), {})])
    at[0] += seconds
    lease.renew_in_time()
    held = stage.link(project)
    assert held.due_at < held.lease_until, "somebody wanted another read: that stands"
    stage.change(VendorProject, link.id, lease_token=link.lease_token + 1)
    at[0] += seconds
    with pytest.raises(LeaseLost):
        lease.renew_in_time()


def left(stage: NewsStage, project: Any) -> float:
    return float((stage.link(project).lease_until - datetime.now(UTC)).total_seconds())


def test_what_webhooks_named_is_read_before_what_only_the_poller_wants(stage: NewsStage) -> None:
    first, second = stage.place(), stage.adopt("+14155550161")
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(due_at=None, read_at=now(-100_000), quiet_since=now(-100_000)))
    assert poll_vendors.run(stage.context) == 2
    hinted = stage.link(second).id
    with stage.engine.begin() as connection:
        want_reads(connection, [(hinted, datetime.now(UTC), {})])
        claimed = [claim_read(connection, ["opensolar"], 30) for _ in range(2)]
    assert [each.project_id for each in claimed if each] == [second.id, first.id]


@pytest.mark.parametrize(
    ("read_ago", "quiet_for", "polled"),
    [
        (1_000, 1_000, 1),
        (1_000, 7_000, 1),
        (1_000, 8_000, 0),
        (2_000, 8_000, 1),
        (2_000, 100_000, 0),
        (20_000, 100_000, 1),
        (80_000, 5_000_000, 0),
        (90_000, 5_000_000, 1),
    ],
)
def test_the_longer_nothing_is_new_the_rarer_the_polls(
    stage: NewsStage, read_ago: float, quiet_for: float, polled: int
) -> None:
    stage.place()
    with stage.engine.begin() as connection:
        values = {"read_at": now(-read_ago), "quiet_since": now(-quiet_for), "due_at": None}
        connection.execute(update(VendorProject).values(values))
    assert poll_vendors.run(stage.context) == polled


def test_without_webhooks_projects_are_polled_each_hour(database_url: str, redis_url: str) -> None:
    with open_stage(database_url, redis_url, opensolar_webhook_enabled=False) as stage:
        stage.place()
        with stage.engine.begin() as connection:
            connection.execute(update(VendorProject).values(read_at=now(-4_000), quiet_since=now(-5_000_000)))
        assert poll_vendors.run(stage.context) == 1


def test_a_webhook_ends_the_quiet(stage: NewsStage) -> None:
    project = stage.place()
    with stage.engine.begin() as connection:
        connection.execute(update(VendorProject).values(quiet_since=now(-100_000)))
    old = stage.link(project).quiet_since
    stage.look()
    assert stage.link(project).quiet_since == old, "nothing was new"
    stage.hear(project, "echo", count=1)
    assert stage.link(project).quiet_since > old


def test_a_project_is_read_again_when_its_visit_begins(stage: NewsStage) -> None:
    project = stage.place()
    assert stage.hear(project, "schedule", date="2031-12-01", with_event=True) == [["scheduled"]]
    assert stage.link(project).due_at == datetime(2031, 12, 1, 8, tzinfo=UTC)
    stage.hear(project, "echo", count=1)
    assert stage.link(project).due_at == datetime(2031, 12, 1, 8, tzinfo=UTC)
