"""What the API says of vendors costs the same however much has happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, text

from db.api_project_rows import count_events, find_last_call
from db.vendor_calls import VendorCall
from db.vendor_events import VendorEventRow


@pytest.fixture
def explained(engine: Engine) -> list[str]:
    """How the database goes about each query from now on; PostgreSQL would read small tables whole."""
    plans: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "vendor_" in statement and statement.startswith("SELECT"):
            is_sqlite = engine.dialect.name == "sqlite"
            if not is_sqlite:
                cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"{'EXPLAIN QUERY PLAN' if is_sqlite else 'EXPLAIN'} {statement}", parameters)
            plans.append("\n".join(str(tuple(row)) for row in cursor.fetchall()))

    event.listen(engine, "before_cursor_execute", explain)
    return plans


def add_events(engine: Engine, status: str, count: int, days: float = 0) -> None:
    row = {
        "vendor": "opensolar", "event": "project.update", "payload": {}, "status": status,
        "received_at": datetime.now(UTC) - timedelta(days=days),
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(VendorEventRow), [row] * count)


def test_what_is_over_counts_for_a_day_and_what_is_open_always(engine: Engine) -> None:
    for status, count in (("received", 1), ("processing", 2), ("processed", 3), ("failed", 4), ("ignored", 5)):
        add_events(engine, status, count)
        add_events(engine, status, 10, days=3)
    with engine.connect() as connection:
        counted = count_events(connection)
    assert counted == {"opensolar": {"received": 11, "processing": 12, "processed": 3, "failed": 14, "ignored": 5}}


def test_no_event_is_read_that_is_not_counted(engine: Engine, explained: list[str]) -> None:
    with engine.connect() as connection:
        count_events(connection)
    assert len(explained) == 1
    for index in ("received", "processing", "failed", "received_at"):
        assert f"ix_vendor_events_{index}" in explained[0]
    assert "SCAN vendor_events\n" not in explained[0] and "Seq Scan" not in explained[0]


def test_the_last_call_is_found_by_its_vendor(engine: Engine, explained: list[str]) -> None:
    """Also of a vendor without any, where a walk along the ids would see every call of the others."""
    row = {"vendor": "aurora", "status": "failed", "method": "GET", "path": "/a", "started_at": datetime.now(UTC)}
    with engine.begin() as connection:
        connection.execute(insert(VendorCall), [row] * 500)
        connection.execute(insert(VendorCall).values(**{**row, "status": "success"}))
        connection.execute(insert(VendorCall).values(**{**row, "vendor": "opensolar"}))
        connection.execute(text("ANALYZE"))
        found = find_last_call(connection, "aurora")
        assert found is not None
        assert found.status == "success"
        assert find_last_call(connection, "leap") is None
    assert "ix_vendor_calls_vendor_id" in explained[-1]
