"""Lists of messages, page by page, and messages recovered from them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from integrations.channel import InboundMedia
from integrations.errors import RateLimited, Refused, Unanswered, Unauthorised
from integrations.twilio.client import TwilioChannel
from tests.integrations.stub_api import Answer, StubApi

SINCE = datetime(2026, 11, 20, 12, 0, 0, 500, tzinfo=UTC)
LATER = "Fri, 20 Nov 2026 12:30:00 +0000"


def item(number: int, **changes: object) -> dict[str, object]:
    return {
        "sid": f"SM{number:032x}",
        "direction": "inbound",
        "from": "whatsapp:+14155550101",
        "to": "whatsapp:+14155550100",
        "body": f"message {number}",
        "status": "received",
        "date_created": LATER,
        "num_media": "0",
        "error_code": None,
        **changes,
    }


def page(*items: object, following: str | None = None) -> Answer:
    return Answer(200, {"messages": list(items), "next_page_uri": following})


def test_pages(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [page(item(1), item(2), following="/2010-04-01/more?Page=1&PageToken=PASM2"), page(item(3))]
    listed = list(channel.list_messages(SINCE, to="+14155550100", sender="US.12"))
    assert [entry.body for entry in listed] == ["message 1", "message 2", "message 3"]
    first, second = api.asked
    assert first.query["To"] == "whatsapp:+14155550100" and first.query["From"] == "whatsapp:US.12"
    assert first.query["DateSent>"] == "2026-11-20T12:00:00Z"
    assert (second.path, second.query) == ("/2010-04-01/more", {"Page": "1", "PageToken": "PASM2"})
    assert second.headers["Authorization"] == first.headers["Authorization"]


def test_fields(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [page(item(1, direction="outbound-api", status="Delivered", error_code=63016, body=None))]
    entry = next(channel.list_messages(SINCE))
    assert (entry.direction, entry.status, entry.body) == ("outbound", "delivered", "")
    assert entry.created_at == datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
    assert entry.raw["error_code"] == "63016"
    assert set(api.asked[0].query) == {"PageSize", "DateSent>"}


def test_older_messages_are_left_out_in_any_zone(api: StubApi, channel: TwilioChannel) -> None:
    early, exact = "Fri, 20 Nov 2026 11:59:59 +0000", "Fri, 20 Nov 2026 04:00:00 -0800"
    api.answers = [page(item(1, date_created=early), item(2, date_created=exact))]
    since = SINCE.astimezone(timezone(timedelta(hours=2)))
    assert [entry.body for entry in channel.list_messages(since)] == ["message 2"]


def test_one_bad_item_does_not_fail_the_rest(api: StubApi, channel: TwilioChannel) -> None:
    bad_date = item(2, date_created="yesterday", date_sent=None)
    api.answers = [page("nonsense", item(1, sid="IM1"), bad_date, item(3))]
    assert [entry.body for entry in channel.list_messages(SINCE)] == ["message 2", "message 3"]


def test_a_naive_date_is_refused(channel: TwilioChannel) -> None:
    with pytest.raises(ValueError, match="zone"):
        next(channel.list_messages(datetime(2026, 11, 20)))  # noqa: DTZ001


def test_credentials_do_not_follow_to_another_host(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [page(item(1), following="https://evil.example/2010-04-01/more")]
    with pytest.raises(Refused, match="another host"):
        list(channel.list_messages(SINCE))


def test_a_list_without_end(api: StubApi, channel: TwilioChannel) -> None:
    api.reply = lambda _: page(following="/2010-04-01/again")
    with pytest.raises(Refused, match="does not end"):
        list(channel.list_messages(SINCE))


def test_reading_is_tried_twice(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(503), page(item(1))]
    assert len(list(channel.list_messages(SINCE))) == 1
    api.answers = [Answer(500), Answer(200, b"<html>")]
    with pytest.raises(Unanswered):
        list(channel.list_messages(SINCE))


def test_refusals(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(429, {"code": 20429}, {"Retry-After": "3"}), Answer(401, {"code": 20003}), Answer(404)]
    with pytest.raises(RateLimited) as limited:
        list(channel.list_messages(SINCE))
    assert limited.value.retry_after == 3 and limited.value.retryable
    with pytest.raises(Unauthorised):
        list(channel.list_messages(SINCE))
    with pytest.raises(Refused):
        list(channel.list_messages(SINCE))


def test_recover(api: StubApi, channel: TwilioChannel) -> None:
    files = {"media_list": [{"sid": "ME1", "content_type": "image/jpeg"}, {"sid": "ME2", "content_type": None}]}
    api.answers = [page(item(1, num_media="2")), Answer(200, files)]
    message = channel.recover(next(channel.list_messages(SINCE)))
    account = f"{api.url}/2010-04-01/Accounts/AC{'0' * 32}/Messages/SM{1:032x}"
    assert message.media == (
        InboundMedia(f"{account}/Media/ME1", "image/jpeg"),
        InboundMedia(f"{account}/Media/ME2", ""),
    )
    assert message.identifiers == (("phone", "+14155550101"),)
    assert (message.external_id, message.text, message.kind) == (f"SM{1:032x}", "message 1", "image")


def test_recover_needs_a_contact(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [page(item(1, direction="outbound-api"))]
    with pytest.raises(ValueError, match="contact"):
        channel.recover(next(channel.list_messages(SINCE)))
