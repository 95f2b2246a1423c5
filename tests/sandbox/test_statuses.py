"""Statuses of sent messages, media that is sent, and time that passes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.sandbox.receiver import wait_until
from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.twilio.media_fetch import IMAGE_MAX


def test_statuses_come_in_order(talk: Rig) -> None:
    message = talk.send(Body="Hello").json()
    wait_until(lambda: "delivered" in talk.receiver.statuses, "delivered")
    assert talk.receiver.statuses == ["queued", "sent", "delivered"]
    assert {call.fields["MessageSid"] for call in talk.receiver.calls[1:]} == {message["sid"]}
    talk.open.post(f"/sandbox/homeowners/{MAYA}/read")
    wait_until(lambda: "read" in talk.receiver.statuses, "read")
    assert talk.await_status(message["sid"], "read")["date_sent"] is not None
    assert [line["status"] for line in talk.ledger("status_changed")] == ["sent", "delivered", "read"]


def test_some_homeowners_read_at_once(talk: Rig) -> None:
    talk.open.post("/sandbox/homeowners", json={"phone": MAYA, "auto_read": True})
    talk.await_status(talk.send(Body="Hello").json()["sid"], "read")


def test_only_wanted_statuses_are_posted(talk: Rig) -> None:
    talk.open.post("/sandbox/settings", json={"callbacks": ["delivered"]})
    talk.send(Body="Hello")
    wait_until(lambda: talk.receiver.statuses, "a callback")
    assert talk.receiver.statuses == ["delivered"]


def test_no_callback_without_an_address(talk: Rig) -> None:
    sid = talk.send(Body="Hello", StatusCallback=None).json()["sid"]
    talk.await_status(sid, "delivered")
    assert talk.receiver.statuses == []


@pytest.mark.parametrize(
    ("head", "kind", "data", "code"),
    [
        ("image/png", "image/png", b"x" * 100, None),
        ("image/png", "image/png", b"x" * IMAGE_MAX, None),
        ("image/png", "image/png", b"x" * (IMAGE_MAX + 1), 11751),
        ("application/pdf", "application/pdf", b"x" * (IMAGE_MAX + 1), None),
        ("image/png", "text/html", b"x", 63019),
    ],
)
def test_media_url_is_fetched_and_weighed(talk: Rig, head: str, kind: str, data: bytes, code: int | None) -> None:
    talk.receiver.files["/file"] = (head, kind, data)
    sid = talk.send(MediaUrl=f"{talk.receiver.url}/file", Body="See").json()["sid"]
    assert sid.startswith("MM")
    message = talk.await_status(sid, "failed" if code else "delivered")
    assert (message["error_code"], message["num_media"]) == (code, "0" if code else "1")


def test_unreachable_media_url_fails(talk: Rig) -> None:
    sid = talk.send(MediaUrl="http://127.0.0.1:9/none").json()["sid"]
    assert talk.await_status(sid, "failed")["error_code"] == 63019


def test_five_days_make_old_messages_older(talk: Rig) -> None:
    talk.send(Body="before")
    talk.advance(5 * 24 * 3600)
    talk.write(text="after")
    after, before = talk.api.get(talk.messages_path, params={"PageSize": 2}).json()["messages"]
    now = datetime.now(UTC)
    assert abs(parsedate_to_datetime(after["date_created"]) - now) < timedelta(seconds=5)
    assert abs(parsedate_to_datetime(before["date_created"]) - now + timedelta(days=5)) < timedelta(seconds=5)


def test_clock_wants_a_number(rig: Rig) -> None:
    assert rig.open.post("/sandbox/clock", json={"advance_seconds": "soon"}).status_code == 400
    assert rig.open.post("/sandbox/clock", json={}).status_code == 400
