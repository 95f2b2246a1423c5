"""Statuses by rank, whatever the order of the news."""

from itertools import permutations

import pytest

from integrations.twilio.statuses import advance_status, has_failed, parse_status, rank_status, was_delivered

SID = "SM" + "a" * 32


def hear(*news: str) -> str:
    status = ""
    for item in news:
        status = advance_status(status, item)
    return status


def test_order_of_arrival_does_not_matter() -> None:
    for news in permutations(["queued", "sending", "sent", "delivered", "read"]):
        assert hear(*news) == "read"


@pytest.mark.parametrize(
    ("news", "status"),
    [
        (("sent", "failed"), "failed"),
        (("failed", "sent"), "failed"),
        (("failed", "queued", "sending"), "failed"),
        (("undelivered", "failed"), "undelivered"),
        (("failed", "undelivered"), "failed"),
        (("delivered", "failed"), "delivered"),
        (("read", "undelivered"), "read"),
        (("failed", "delivered"), "delivered"),
        (("delivered", "delivered"), "delivered"),
        (("sent", "teleported"), "sent"),
        (("teleported",), ""),
    ],
)
def test_failures_and_unknown_words(news: tuple[str, ...], status: str) -> None:
    assert hear(*news) == status


def test_read_implies_delivered() -> None:
    assert was_delivered("read") and was_delivered("delivered")
    assert not was_delivered("sent") and not was_delivered("failed") and not was_delivered("")
    assert has_failed("undelivered") and not has_failed("read")
    assert rank_status("queued") < rank_status("sending") < rank_status("sent") < rank_status("delivered")


def test_callback() -> None:
    update = parse_status(
        [
            ("MessageSid", SID),
            ("MessageStatus", "Undelivered"),
            ("ErrorCode", "63016"),
            ("ChannelStatusMessage", "outside\x00 the window"),
            ("EventType", "UNDELIVERED"),
        ],
        "our-id",
    )
    assert (update.external_id, update.status, update.code) == (SID, "undelivered", "63016")
    assert (update.detail, update.message_id) == ("outside the window", "our-id")
    assert update.raw["EventType"] == "UNDELIVERED"


def test_callback_with_other_names() -> None:
    assert parse_status({"SmsSid": SID, "SmsStatus": "sent"}, "").status == "sent"
    assert parse_status({"MessageSid": SID, "EventType": "READ"}, "").status == "read"


def test_callback_without_status() -> None:
    with pytest.raises(ValueError, match="MessageStatus"):
        parse_status({"MessageSid": SID}, "")
