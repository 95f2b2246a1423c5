"""Inbound messages: fields, signature, retries, and what is said about acknowledgement."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from urllib.parse import urlsplit

import pytest

from tests.sandbox.receiver import STATUS_PATH, WEBHOOK_PATH, Received, wait_until
from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.courier import post_form
from tools.sandbox.options import ACCOUNT_SID, AUTH_TOKEN, SENDER


def sign(url: str, fields: dict[str, str]) -> str:
    """The documented signature, written out again so that the sandbox is not its own witness."""
    text = url + "".join(key + fields[key] for key in sorted(fields))
    return base64.b64encode(hmac.new(AUTH_TOKEN.encode(), text.encode(), hashlib.sha1).digest()).decode()


def check_signature(rig: Rig, call: Received) -> None:
    assert call.headers["X-Twilio-Signature"] == sign(rig.receiver.url + call.path, call.fields)


def test_text_has_every_field(rig: Rig) -> None:
    told = rig.write(text="¿Qué tal? ☀ a+b&c=d", extra={"NewParameter": "x", "Empty": ""})
    call = rig.receiver.webhooks[0]
    fields = call.fields
    assert told == {"sid": fields["MessageSid"], "acknowledged": True, "attempts": 1}
    assert fields["MessageSid"] == fields["SmsSid"] == fields["SmsMessageSid"]
    assert (fields["From"], fields["To"], fields["WaId"]) == (f"whatsapp:{MAYA}", SENDER, MAYA[1:])
    assert (fields["Body"], fields["MessageType"]) == ("¿Qué tal? ☀ a+b&c=d", "text")
    assert (fields["NumMedia"], fields["SmsStatus"]) == ("0", "received")
    assert (fields["AccountSid"], fields["ApiVersion"], fields["ProfileName"]) == (
        ACCOUNT_SID,
        "2010-04-01",
        "Maya Torres",
    )
    assert json.loads(fields["ChannelMetadata"])["data"]["context"]["WaId"] == MAYA[1:]
    assert (fields["NewParameter"], fields["Empty"]) == ("x", "")
    assert call.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
    check_signature(rig, call)


def test_status_callback_is_signed_with_its_query(talk: Rig) -> None:
    talk.send(Body="Hello")
    wait_until(lambda: "delivered" in talk.receiver.statuses, "delivered")
    for call in talk.receiver.calls[1:]:
        assert call.path == STATUS_PATH
        check_signature(talk, call)


def test_location_and_reply(talk: Rig) -> None:
    sid = talk.send(Body="Where is it?").json()["sid"]
    place = {"latitude": 36.7994, "longitude": -119.8823, "label": "Home", "address": "742 Juniper Court"}
    talk.write(location=place, reply_to=sid)
    fields = talk.receiver.webhooks[1].fields
    assert (fields["MessageType"], fields["Body"]) == ("location", "")
    assert (fields["Latitude"], fields["Longitude"]) == ("36.7994", "-119.8823")
    assert (fields["Label"], fields["Address"]) == ("Home", "742 Juniper Court")
    assert (fields["OriginalRepliedMessageSid"], fields["OriginalRepliedMessageSender"]) == (sid, SENDER)


def test_reaction_names_its_message(talk: Rig) -> None:
    sid = talk.send(Body="Done").json()["sid"]
    talk.write(reaction={"emoji": "👍", "message_sid": sid})
    fields = talk.receiver.webhooks[1].fields
    assert (fields["MessageType"], fields["Body"], fields["OriginalRepliedMessageSid"]) == ("reaction", "👍", sid)


@pytest.mark.parametrize("status", [500, 503, 403, 404])
def test_an_http_error_is_not_retried(rig: Rig, status: int) -> None:
    rig.receiver.answers[WEBHOOK_PATH] = lambda _: status
    told = rig.write(text="hi")
    assert (told["acknowledged"], told["attempts"]) == (False, 1)
    assert rig.ledger("webhook_attempted")[0]["http_status"] == status


def test_refused_connection_is_retried_once(rig: Rig) -> None:
    rig.receiver.stop()
    told = rig.write(text="hi")
    assert (told["acknowledged"], told["attempts"]) == (False, 2)
    assert [line["failure"] for line in rig.ledger("webhook_attempted")] == ["connect", "connect"]


def test_a_hang_up_is_not_retried(rig: Rig) -> None:
    rig.receiver.answers[WEBHOOK_PATH] = lambda _: None
    assert rig.write(text="hi")["attempts"] == 1
    assert rig.ledger("webhook_attempted")[0]["failure"] == "broken"


def test_overrides_in_the_fragment_are_followed(rig: Rig) -> None:
    rig.open.post("/sandbox/settings", json={"inbound_url": f"{rig.receiver.url}{WEBHOOK_PATH}#rc=3&rp=ct,5xx"})
    rig.receiver.answers[WEBHOOK_PATH] = lambda _: 200 if len(rig.receiver.webhooks) == 3 else 500
    told = rig.write(text="hi")
    assert (told["acknowledged"], told["attempts"]) == (True, 3)
    tokens = {call.headers["I-Twilio-Idempotency-Token"] for call in rig.receiver.webhooks}
    assert len(tokens) == 1
    check_signature(rig, rig.receiver.webhooks[0])


def test_fallback_takes_over_after_an_error(rig: Rig) -> None:
    rig.open.post("/sandbox/settings", json={"fallback_url": f"{rig.receiver.url}/fallback"})
    rig.receiver.answers[WEBHOOK_PATH] = lambda _: 500
    assert rig.write(text="hi")["acknowledged"]
    fallback = rig.receiver.calls[-1]
    assert (fallback.path, fallback.fields["Body"]) == ("/fallback", "hi")
    check_signature(rig, fallback)


def test_time_out_covers_the_whole_exchange(rig: Rig) -> None:
    rig.receiver.answers["/slow"] = lambda _: wait_long(rig)
    attempt = post_form(f"{rig.receiver.url}/slow", {"a": "b"}, {}, timeout=0.3)
    assert (attempt.status, attempt.failure) == (None, "timeout")
    assert attempt.seconds < 1


def wait_long(rig: Rig) -> int:
    rig.sandbox.world.stopping.wait(1)
    return 200


def test_unacknowledged_messages_are_listed_too(rig: Rig) -> None:
    rig.receiver.answers[WEBHOOK_PATH] = lambda _: 500
    sid = rig.write(text="nobody heard me")["sid"]
    listed = rig.api.get(rig.messages_path, params={"To": SENDER}).json()["messages"]
    assert [(m["sid"], m["direction"], m["status"]) for m in listed] == [(sid, "inbound", "received")]


def test_copies_share_a_sid(rig: Rig) -> None:
    rig.write(text="hi", copies=10)
    assert len(rig.receiver.webhooks) == 10
    assert len({call.fields["MessageSid"] for call in rig.receiver.webhooks}) == 1


def test_typing_marks_the_message_as_seen(talk: Rig) -> None:
    sid = talk.receiver.webhooks[0].fields["MessageSid"]
    answer = talk.api.post("/v2/Indicators/Typing.json", data={"messageId": sid, "channel": "whatsapp"})
    assert answer.json() == {"success": True}
    state = talk.open.get("/page/state", params={"phone": MAYA}).json()
    assert (state["typing"], state["messages"][0]["status"]) == (True, "read")
    assert talk.ledger("typing_shown")[0]["sid"] == sid
    talk.send(Body="Hello")
    assert not talk.open.get("/page/state", params={"phone": MAYA}).json()["typing"]


@pytest.mark.parametrize("form", [{"channel": "whatsapp", "messageId": "SM0"}, {"channel": "sms"}])
def test_typing_wants_an_inbound_message(talk: Rig, form: dict[str, str]) -> None:
    assert talk.api.post("/v2/Indicators/Typing.json", data=form).status_code in (400, 404)
    assert talk.ledger("typing_shown") == []


def test_ids_are_random_and_addresses_local(talk: Rig) -> None:
    sids = {talk.write(text="hi")["sid"] for _ in range(3)}
    assert len(sids) == 3
    assert all(len(sid) == 34 and sid.startswith("SM") for sid in sids)
    assert urlsplit(talk.sandbox.base_url).hostname == "127.0.0.1"
