"""What is kept for looking things up goes when its time is over, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from db.api_keys import ApiCall, ApiKey
from db.thinning import thin_out
from db.vendor_calls import VendorCall
from db.vendor_events import VendorEventRow
from integrations.exchange import Exchange
from jobs.schedule import SCHEDULE
from jobs.vendor_log import About, describe_call
from tests.jobs.news_stage import NewsStage, open_stage

NOW = datetime.now(UTC)


@pytest.fixture
def stage(database_url: str, redis_url: str) -> Iterator[NewsStage]:
    with open_stage(database_url, redis_url) as made:
        yield made


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def list_ids(stage: NewsStage, table: Any) -> list[int]:
    with stage.engine.connect() as connection:
        return sorted(connection.execute(select(table.id)).scalars())


def test_old_rows_go(stage: NewsStage) -> None:
    call = {"vendor": "opensolar", "status": "success", "method": "GET", "path": "/x"}
    event = {"vendor": "opensolar", "event": "e", "payload": {}}
    kinds = ((100, "processed"), (100, "ignored"), (100, "failed"), (100, "received"), (100, "processing"),
             (80, "processed"))  # fmt: skip
    with stage.engine.begin() as connection:
        connection.execute(
            insert(VendorCall), [{**call, "started_at": days_ago(days)} for days in (99, 98, 97, 91, 89)]
        )
        connection.execute(
            insert(VendorEventRow),
            [{**event, "received_at": days_ago(days), "status": status} for days, status in kinds],
        )
        connection.execute(insert(ApiKey), [{"name": "A", "prefix": "a", "digest": "d"}])
        asked = {"api_key_id": 1, "route": "/x", "http_status": 200}
        connection.execute(insert(ApiCall), [{**asked, "created_at": days_ago(days)} for days in (366, 100)])
    work = next(each for each in SCHEDULE if each.name == "thin_out")
    assert work.seconds(stage.context.settings) == 86_400
    assert thin_out(stage.engine, portion=2) == {
        "vendor_calls": 4,
        "model_calls": 0,
        "vendor_events": 3,
        "api_calls": 1,
    }
    work.run(stage.context)
    assert list_ids(stage, VendorCall) == [5]
    assert list_ids(stage, VendorEventRow) == [4, 5, 6]
    assert list_ids(stage, ApiCall) == [2]


@pytest.mark.parametrize(
    ("sync_type", "failure", "kept"),
    [("fetch_status", "", False), ("fetch_status", "Unanswered 500", True), ("create_project", "", True)],
)
def test_the_log_holds_no_bodies_of_reads_that_went_well(sync_type: Any, failure: str, kept: bool) -> None:
    facts = ("GET", "/projects/1/", 200, 12.0, 1, failure)
    call = Exchange("opensolar", *facts, '{"a": 1}', '{"b": 2}', NOW)
    row = describe_call(call, About(sync_type=sync_type))
    assert (row["request"], row["answer"]) == (({"a": 1}, {"b": 2}) if kept else (None, None))
    assert (row["path"], row["duration_ms"]) == ("/projects/1/", 12.0)
