"""Message statuses: how far a message has come, whatever the order in which the news arrives."""

from integrations.channel import FAILURES, StatusUpdate
from integrations.twilio.form import Params, clean_fields
from integrations.twilio.inbound import read_sid

RANKS = {
    "accepted": 1,
    "scheduled": 1,
    "queued": 2,
    "sending": 3,
    "sent": 4,
    "failed": 5,
    "undelivered": 5,
    "canceled": 5,
    "delivered": 6,
    "read": 7,
}
"""A failure ends what is under way and loses only to proof of the opposite: a message that was read did arrive."""


def rank_status(status: str) -> int:
    """0 for a status nobody knows."""
    return RANKS.get(status, 0)


def has_failed(status: str) -> bool:
    return status in FAILURES


def parse_status(params: Params, message_id: str) -> StatusUpdate:
    """The status callback in `params`; `message_id` is ours from the URL.

    An unknown status is passed on, and ranks lowest. ValueError: no sound MessageSid, or no status.
    """
    fields = clean_fields(params)
    status = fields.get("MessageStatus") or fields.get("SmsStatus") or fields.get("EventType") or ""
    if not status.strip():
        raise ValueError("MessageStatus is missing")
    return StatusUpdate(
        external_id=read_sid(fields),
        status=status.strip().lower(),
        code=fields.get("ErrorCode", "").strip(),
        detail=fields.get("ChannelStatusMessage") or fields.get("ErrorMessage") or "",
        message_id=message_id,
        raw=fields,
    )
