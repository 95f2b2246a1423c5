"""The JSON that Twilio answers with."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from flask import Response, jsonify

from tools.sandbox.clock import Clock
from tools.sandbox.twilio.records import Content, Media, Message

API_VERSION = "2010-04-01"
ERROR_PAGE = "https://www.twilio.com/docs/errors/"
CHANNEL_ERRORS = {
    11751: "Media exceeds messaging limit",
    63005: "Channel did not accept given content. Please see Channel specific error message for more information.",
    63013: "This message send failed because it violates Channel provider's policy.",
    63016: "Failed to send freeform message because you are outside the allowed window. "
    "If you are using WhatsApp, please use a Message Template.",
    63018: "Rate limit exceeded for Channel",
    63019: "Media failed to download",
    63021: "Channel invalid content error",
    63024: "Invalid message recipient",
    63027: "Template does not exist for a language/locale",
    63028: "Number of parameters provided does not match the expected number of parameters",
    63040: "Template rejected",
    63041: "Template paused",
    63042: "Template disabled",
}


class Refusal(Exception):
    """A request that is answered with an error at once."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def answer_error(code: int, message: str, status: int) -> Response:
    answer = jsonify(code=code, message=message, more_info=f"{ERROR_PAGE}{code}", status=status)
    answer.status_code = status
    return answer


def answer_missing(path: str) -> Response:
    return answer_error(20404, f"The requested resource {path} was not found", 404)


def write_rfc2822(moment: datetime | None, clock: Clock) -> str | None:
    return format_datetime(clock.as_shown(moment)) if moment else None


def write_iso(moment: datetime, clock: Clock) -> str:
    return clock.as_shown(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def message_path(account: str, sid: str) -> str:
    return f"/{API_VERSION}/Accounts/{account}/Messages/{sid}"


def describe_message(message: Message, account: str, clock: Clock) -> dict[str, Any]:
    path = message_path(account, message.sid)
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": write_rfc2822(message.created_at, clock),
        "date_sent": write_rfc2822(message.sent_at, clock),
        "date_updated": write_rfc2822(message.updated_at or message.created_at, clock),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": message.error_message,
        "from": message.sender,
        "messaging_service_sid": None,
        "num_media": str(len(message.media)),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": message.to,
        "uri": f"{path}.json",
    }


def describe_media(message: Message, media: Media, account: str, clock: Clock) -> dict[str, Any]:
    return {
        "account_sid": account,
        "content_type": media.content_type,
        "date_created": write_rfc2822(media.created_at, clock),
        "date_updated": write_rfc2822(media.created_at, clock),
        "parent_sid": message.sid,
        "sid": media.sid,
        "uri": f"{message_path(account, message.sid)}/Media/{media.sid}.json",
    }


def describe_content(content: Content, account: str, base_url: str, clock: Clock) -> dict[str, Any]:
    url = f"{base_url}/v1/Content/{content.sid}"
    return {
        "sid": content.sid,
        "account_sid": account,
        "friendly_name": content.friendly_name,
        "language": content.language,
        "variables": content.variables,
        "types": content.types,
        "url": url,
        "date_created": write_iso(content.created_at, clock),
        "date_updated": write_iso(content.created_at, clock),
        "links": {"approval_create": f"{url}/ApprovalRequests/whatsapp", "approval_fetch": f"{url}/ApprovalRequests"},
    }
