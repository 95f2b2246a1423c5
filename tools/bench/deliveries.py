"""Webhooks as Twilio delivers them: signed forms, ready as bytes."""

import json
import uuid
from urllib.parse import urlencode

from tools.bench.homeowners import phone_of
from tools.sandbox.options import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tools.sandbox.twilio.webhooks import sign_form

PATH = "/webhooks/twilio/message"


def make_deliveries(web_url: str, contacts: int, count: int) -> list[bytes]:
    """`count` signed requests with new MessageSids, the contacts taking turns."""
    bills = (f"about ${120 + number % 200} a month" for number in range(count))
    return [make_delivery(web_url, number % contacts, bill) for number, bill in enumerate(bills)]


def make_delivery(web_url: str, homeowner: int, text: str) -> bytes:
    """One message of homeowner number `homeowner`."""
    fields = list_fields(homeowner, text)
    body = urlencode(fields).encode()
    head = [
        f"POST {PATH} HTTP/1.1",
        f"Host: {web_url.removeprefix('http://')}",
        "User-Agent: TwilioProxy/1.1",
        "Accept: */*",
        "Connection: close",
        "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
        f"Content-Length: {len(body)}",
        f"X-Twilio-Signature: {sign_form(AUTH_TOKEN, web_url + PATH, fields)}",
        f"I-Twilio-Idempotency-Token: {uuid.uuid4()}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def list_fields(homeowner: int, text: str) -> dict[str, str]:
    """The form of a text message."""
    phone, sid, name = phone_of(homeowner), f"SM{uuid.uuid4().hex}", f"Homeowner {homeowner}"
    context = {"ProfileName": name, "WaId": phone[1:]}
    return {
        "AccountSid": ACCOUNT_SID,
        "ApiVersion": "2010-04-01",
        "Body": text,
        "ChannelMetadata": json.dumps({"type": "whatsapp", "data": {"context": context}}),
        "From": f"whatsapp:{phone}",
        "MessageSid": sid,
        "MessageType": "text",
        "NumMedia": "0",
        "NumSegments": "1",
        "ProfileName": name,
        "ReferralNumMedia": "0",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": SENDER,
        "WaId": phone[1:],
    }
