"""Sends against a real HTTP server: what goes over the wire, and what each answer means."""

import json

import pytest

from integrations.channel import Outbound, OutOption
from integrations.twilio.client import TwilioChannel
from tests.integrations.conftest import OpenChannel
from tests.integrations.stub_api import Answer, StubApi

SID = "SM" + "a" * 32
ACCEPTED = Answer(201, {"sid": SID, "status": "queued"})
HELLO = Outbound(to="+14155550101", text="Hello")


def test_text(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [ACCEPTED]
    text = "Olá,\nhow are you? 100 % + 1 ☀️"
    result = channel.send(Outbound(to="+14155550101", text=text, status_callback="https://bot.example/s?message_id=1"))
    assert (result.outcome, result.external_id) == ("sent", SID)
    asked = api.asked[0]
    assert (asked.method, asked.path) == ("POST", f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json")
    assert asked.form == {
        "To": "whatsapp:+14155550101",
        "From": "whatsapp:+14155550100",
        "Body": text,
        "StatusCallback": "https://bot.example/s?message_id=1",
    }
    assert asked.headers["Authorization"].startswith("Basic ")


def test_opaque_recipient(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [ACCEPTED]
    channel.send(Outbound(to="whatsapp:US.12345", text="Hello"))
    assert api.asked[0].form["To"] == "whatsapp:US.12345"


def test_messaging_service(api: StubApi, open_channel: OpenChannel) -> None:
    api.answers = [ACCEPTED]
    open_channel(api.url, sender="MG" + "1" * 32).send(HELLO)
    assert api.asked[0].form["MessagingServiceSid"] == "MG" + "1" * 32
    assert "From" not in api.asked[0].form


def test_content_goes_without_body(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [ACCEPTED]
    message = Outbound(to="+14155550101", text="unused", content_id="HX" + "1" * 32, variables=("a\nb", "", "x     y"))
    channel.send(message)
    form = api.asked[0].form
    assert form["ContentSid"] == "HX" + "1" * 32
    assert json.loads(form["ContentVariables"]) == {"1": "a b", "2": "–", "3": "x    y"}
    assert "Body" not in form


def test_file(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [ACCEPTED]
    channel.send(Outbound(to="+14155550101", media_url="https://bot.example/f.pdf"))
    assert api.asked[0].form["MediaUrl"] == "https://bot.example/f.pdf"


@pytest.mark.parametrize(
    "message",
    [
        Outbound(to="", text="Hello"),
        Outbound(to="+14155550101", text=" "),
        Outbound(to="+14155550101", text="x" * 1601),
        Outbound(to="+14155550101", text="Pick", options=(OutOption("a", "A"),)),
        Outbound(to="+14155550101", content_id="HX" + "1" * 32, variables=("x",) * 101),
    ],
)
def test_what_can_never_be_sent(api: StubApi, channel: TwilioChannel, message: Outbound) -> None:
    with pytest.raises(ValueError):
        channel.send(message)
    assert api.asked == []


def fault(status: int, code: int, words: str = "words") -> Answer:
    return Answer(status, {"code": code, "message": words, "status": status})


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (fault(429, 20429), "retry", "20429"),
        (Answer(429, b"slow down"), "retry", "429"),
        (fault(400, 63018), "retry", "63018"),
        (fault(400, 63016), "window", "63016"),
        (fault(400, 63024), "unreachable", "63024"),
        (fault(400, 21610), "stop", "21610"),
        (fault(400, 63041), "template", "63041"),
        (fault(400, 63013, "a template variable is empty"), "template", "63013"),
        (fault(400, 63013, "unsupported file"), "fail", "63013"),
        (fault(400, 63019), "fail", "63019"),
        (fault(400, 99999), "fail", "99999"),
        (fault(401, 20003), "fail", "20003"),
        (Answer(404, b"<html>"), "fail", "404"),
        (Answer(413), "fail", "413"),
        (Answer(408), "unknown", "408"),
        (fault(500, 20500), "unknown", "20500"),
        (Answer(502, b"<html>"), "unknown", "502"),
        (fault(503, 63018), "unknown", "63018"),
        (Answer(302, headers={"Location": "/elsewhere"}), "unknown", "302"),
        (Answer(201, b"<html>"), "unknown", "201"),
        (Answer(201, b"\xff\xfe{"), "unknown", "201"),
        (Answer(201, {"sid": "nonsense"}), "unknown", "201"),
        (Answer(201, ["sid"]), "unknown", "201"),
        (Answer(200), "unknown", "200"),
        (Answer(201, b"not gzip", {"Content-Encoding": "gzip"}), "unknown", "DecodingError"),
    ],
)
def test_answers(api: StubApi, channel: TwilioChannel, answer: Answer, outcome: str, code: str) -> None:
    api.answers = [answer]
    result = channel.send(HELLO)
    assert (result.outcome, result.code, result.external_id) == (outcome, code, "")
    assert result.sentence
    assert len(api.asked) == 1, "a send is never repeated by the channel itself"


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("7", 7, 7),
        ("999999", 3600, 3600),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 3600, 3600),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0, 0),
    ],
)
def test_retry_after(api: StubApi, channel: TwilioChannel, header: str, low: float, high: float) -> None:
    api.answers = [Answer(429, {"code": 20429}, {"Retry-After": header})]
    wait = channel.send(HELLO).retry_after
    assert wait is not None and low <= wait <= high


@pytest.mark.parametrize("header", ["soon", "-5", "٣", ""])
def test_retry_after_nonsense(api: StubApi, channel: TwilioChannel, header: str) -> None:
    answer = Answer(429, {"code": 20429}, {"Retry-After": header} if header.isascii() else {})
    api.answers = [answer]
    assert channel.send(HELLO).retry_after is None


def test_typing(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(200, {"success": True})]
    channel.show_typing(SID)
    assert (api.asked[0].method, api.asked[0].path) == ("POST", "/v2/Indicators/Typing.json")
    assert api.asked[0].form == {"messageId": SID, "channel": "whatsapp"}


def test_typing_for_no_message(channel: TwilioChannel) -> None:
    with pytest.raises(ValueError):
        channel.show_typing("../../other")


@pytest.mark.parametrize("url", ["", "api.twilio.com", "ftp://api.twilio.com", "https://", "http://[x"])
def test_addresses_of_the_api_are_checked_at_once(url: str, open_channel: OpenChannel) -> None:
    with pytest.raises(ValueError, match="web address"):
        open_channel(url)
