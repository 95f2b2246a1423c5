"""Statuses by rank, whatever the order of the news."""

import pytest

from integrations.twilio.statuses import has_failed, parse_status, rank_status

SID = "SM" + "a" * 32


def test_ranks() -> None:
    way = ["queued", "sending", "sent", "failed", "delivered", "read"]
    assert [rank_status(status) for status in way] == sorted({rank_status(status) for status in way})
    assert rank_status("failed") == rank_status("undelivered") == rank_status("canceled")
    assert 0 == rank_status("teleported") < rank_status("accepted") < rank_status("queued")


def test_failures() -> None:
    assert has_failed("undelivered") and has_failed("failed") and not has_failed("read")


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
