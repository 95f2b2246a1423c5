"""What goes wrong on request, and that it goes wrong as often as asked."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.sandbox.receiver import wait_until
from tests.sandbox.rig import Rig
from tools.sandbox.faults import FaultBook, FaultInvalid


def test_rate_limit_before_accepting(talk: Rig) -> None:
    talk.add_fault("messages.create", "rate_limit", seconds=3, count=2)
    for _ in range(2):
        answer = talk.send(Body="x")
        assert (answer.status_code, answer.json()["code"]) == (429, 20429)
        assert answer.headers["Retry-After"] == "3"
    assert talk.ledger("message_accepted") == []
    assert talk.send(Body="x").status_code == 201


@pytest.mark.parametrize(("kind", "accepted"), [("error_before", 0), ("error_after", 1)])
def test_server_error(talk: Rig, kind: str, accepted: int) -> None:
    talk.add_fault("messages.create", kind)
    assert talk.send(Body="x").status_code == 500
    assert len(talk.ledger("message_accepted")) == accepted
    assert talk.list_bodies(From="whatsapp:+14155550100") == ["x"] * accepted


@pytest.mark.parametrize(("kind", "accepted"), [("reset_before", 0), ("reset_after", 1)])
def test_connection_reset(talk: Rig, kind: str, accepted: int) -> None:
    talk.add_fault("messages.create", kind)
    with pytest.raises(httpx.ReadError):
        talk.send(Body="x")
    assert len(talk.ledger("message_accepted")) == accepted
    assert talk.send(Body="y").status_code == 201


def test_time_out_after_accepting(talk: Rig) -> None:
    talk.add_fault("messages.create", "timeout_after", seconds=30)
    talk.api.timeout = httpx.Timeout(0.3)
    with pytest.raises(httpx.ReadTimeout):
        talk.send(Body="x")
    assert len(talk.ledger("message_accepted")) == 1


def test_garbage_instead_of_json(talk: Rig) -> None:
    talk.add_fault("messages.create", "garbage_after")
    answer = talk.send(Body="x")
    assert answer.status_code == 201
    with pytest.raises(ValueError, match="Expecting value"):
        answer.json()
    assert len(talk.ledger("message_accepted")) == 1


def test_slow_answer(talk: Rig) -> None:
    talk.add_fault("messages.*", "slow", seconds=0.4)
    started = time.monotonic()
    assert talk.send(Body="x").status_code == 201
    assert time.monotonic() - started >= 0.4


@pytest.mark.parametrize("endpoint", ["content.create", "typing", "media.fetch", "messages.list"])
def test_every_endpoint_can_fail(talk: Rig, endpoint: str) -> None:
    talk.write(media=[{"sample": "bill"}])
    calls = {
        "content.create": lambda: talk.create_content({"twilio/text": {"body": "x"}}),
        "typing": lambda: talk.api.post("/v2/Indicators/Typing.json", data={}),
        "media.fetch": lambda: talk.api.get(talk.receiver.webhooks[1].fields["MediaUrl0"]),
        "messages.list": lambda: talk.api.get(talk.messages_path),
    }
    talk.add_fault(endpoint, "error_before")
    assert calls[endpoint]().status_code == 500
    assert calls[endpoint]().status_code != 500


def test_webhook_lost_but_listed(rig: Rig) -> None:
    rig.add_fault("webhook", "lost")
    assert rig.write(text="lost")["attempts"] == 0
    assert rig.write(text="heard")["acknowledged"]
    assert [call.fields["Body"] for call in rig.receiver.webhooks] == ["heard"]
    assert rig.list_bodies() == ["heard", "lost"]


def test_webhook_duplicated(rig: Rig) -> None:
    rig.add_fault("webhook", "duplicate")
    sid = rig.write(text="twice")["sid"]
    wait_until(lambda: len(rig.receiver.webhooks) == 2, "two webhooks")
    assert {call.fields["MessageSid"] for call in rig.receiver.webhooks} == {sid}


def test_webhooks_out_of_order(rig: Rig) -> None:
    rig.add_fault("webhook", "out_of_order", seconds=0.3)
    rig.write(text="first")
    rig.write(text="second")
    wait_until(lambda: len(rig.receiver.webhooks) == 2, "two webhooks")
    assert [call.fields["Body"] for call in rig.receiver.webhooks] == ["second", "first"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("lost", ["sent", "delivered"]),
        ("duplicate", ["queued", "queued", "sent", "delivered"]),
        ("out_of_order", ["sent", "delivered", "queued"]),
    ],
)
def test_first_status_goes_astray(talk: Rig, kind: str, expected: list[str]) -> None:
    talk.add_fault("status_callback", kind, seconds=0.5)
    talk.send(Body="x")
    wait_until(lambda: len(talk.receiver.statuses) == len(expected), f"{len(expected)} callbacks")
    told = talk.receiver.statuses
    if kind == "duplicate":  # the second one may come between any two
        told, expected = sorted(told), sorted(expected)
    assert told == expected


def test_status_before_the_answer(talk: Rig) -> None:
    talk.add_fault("status_callback", "early")
    talk.add_fault("messages.create", "timeout_after", seconds=30)
    talk.api.timeout = httpx.Timeout(0.4)
    with pytest.raises(httpx.ReadTimeout):
        talk.send(Body="x")
    assert talk.receiver.statuses[0] == "queued"


def test_fault_for_one_phone_only(talk: Rig) -> None:
    talk.add_fault("messages.create", "error_before", phone="+16025550173")
    assert talk.send(Body="x").status_code == 201
    assert talk.send(Body="x", To="whatsapp:+16025550173").status_code == 500


def test_chance_is_repeatable() -> None:
    def draw(seed: int) -> list[bool]:
        book = FaultBook(seed)
        book.add({"endpoint": "*", "kind": "slow", "probability": 0.3})
        return [book.take("messages.create", ("slow",)) is not None for _ in range(200)]

    assert draw(7) == draw(7)
    assert draw(7) != draw(8)
    assert 35 <= sum(draw(7)) <= 85


@pytest.mark.parametrize(
    "wish", [{"kind": "meteor"}, {"kind": "slow", "seconds": "long"}, {"kind": "slow", "probability": 2}]
)
def test_senseless_faults_are_refused(rig: Rig, wish: dict[str, object]) -> None:
    assert rig.open.post("/sandbox/faults", json=wish).status_code == 400
    with pytest.raises(FaultInvalid):
        FaultBook().add(wish)


def test_faults_are_listed_and_removed(rig: Rig) -> None:
    rig.add_fault("webhook", "lost", count=3)
    rig.add_fault("typing", "slow", count=None)
    first, second = rig.open.get("/sandbox/faults").json()["faults"]
    assert (first["endpoint"], first["remaining"], second["remaining"]) == ("webhook", 3, None)
    assert rig.open.delete(f"/sandbox/faults/{first['id']}").status_code == 204
    assert [fault["kind"] for fault in rig.open.get("/sandbox/faults").json()["faults"]] == ["slow"]
