"""The list of messages: order, filters, pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.options import SENDER


def test_both_directions_newest_first(rig: Rig) -> None:
    rig.write(text="one")
    rig.send(Body="two")
    rig.write(text="three")
    assert rig.list_bodies() == ["three", "two", "one"]
    assert rig.list_bodies(To=SENDER) == ["three", "one"]
    assert rig.list_bodies(From=SENDER) == ["two"]
    assert rig.list_bodies(To=f"whatsapp:{MAYA}", From=SENDER) == ["two"]
    assert rig.list_bodies(To="whatsapp:+14155550199") == []


def test_pages_follow_next_page_uri(rig: Rig) -> None:
    for number in range(7):
        rig.write(text=str(number))
    seen: list[str] = []
    uri: str | None = f"{rig.messages_path}?PageSize=3&To=whatsapp%3A%2B14155550100"
    while uri:
        answer = rig.api.get(uri).json()
        assert answer["page_size"] == 3
        seen += [message["body"] for message in answer["messages"]]
        if len(seen) == 3:
            rig.write(text="written while pages are turned")
        uri = answer["next_page_uri"]
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_last_full_page_has_no_successor(rig: Rig) -> None:
    for number in range(4):
        rig.write(text=str(number))
    assert rig.api.get(rig.messages_path, params={"PageSize": 4}).json()["next_page_uri"] is None
    assert rig.api.get(rig.messages_path, params={"PageSize": 3}).json()["next_page_uri"] is not None


def test_dates_filter(rig: Rig) -> None:
    rig.write(text="old")
    rig.advance(3 * 24 * 3600)
    rig.write(text="new")
    now = datetime.now(UTC)
    yesterday, hour = (now - timedelta(days=1)).isoformat(), (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    old_day = (now - timedelta(days=3)).date().isoformat()
    assert rig.list_bodies(**{"DateSent>": yesterday}) == ["new"]
    assert rig.list_bodies(**{"DateSent<": yesterday}) == ["old"]
    assert rig.list_bodies(**{"DateSent>": old_day, "DateSent<": hour}) == ["new", "old"]
    assert rig.list_bodies(DateSent=old_day) == ["old"]


def test_a_date_that_is_none_is_refused(rig: Rig) -> None:
    rig.write(text="x")
    answer = rig.api.get(rig.messages_path, params={"DateSent>": "yesterday"})
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


@pytest.mark.parametrize("sid", ["SM" + "0" * 32, "nonsense"])
def test_unknown_message_is_not_found(rig: Rig, sid: str) -> None:
    answer = rig.api.get(rig.messages_path.replace(".json", f"/{sid}.json"))
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_list_lags_on_request(rig: Rig) -> None:
    rig.write(text="fresh")
    rig.add_fault("messages.list", "lag", seconds=60)
    assert rig.list_bodies() == []
    rig.advance(61)
    rig.write(text="fresher")
    assert rig.list_bodies() == ["fresh"]
    rig.open.delete("/sandbox/faults")
    assert rig.list_bodies() == ["fresher", "fresh"]
