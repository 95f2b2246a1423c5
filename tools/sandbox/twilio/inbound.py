"""A homeowner writes: the message is kept, listed, and announced to the app by a signed webhook."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from tools.sandbox.twilio.answers import API_VERSION, message_path
from tools.sandbox.twilio.records import Homeowner, Media, Message, make_sid
from tools.sandbox.twilio.store import strip_channel
from tools.sandbox.twilio.webhooks import deliver_fallback, deliver_form
from tools.sandbox.world import World

ENDPOINT = "webhook"


def receive_message(
    world: World,
    homeowner: Homeowner,
    fields: dict[str, str],
    *,
    media: list[Media] | None = None,
    shape: dict[str, Any] | None = None,
    replied_to: str = "",
    copies: int = 1,
    wait: bool = False,
) -> Message:
    """Keep one message of the homeowner and POST it to the app; `wait` returns after the last attempt ended."""
    files = media or []
    message = Message(
        sid=make_sid("MM" if files else "SM"),
        direction="inbound",
        sender=f"whatsapp:{homeowner.phone}",
        to=world.options.sender,
        body=fields.get("Body", ""),
        created_at=world.clock.now(),
        status="received",
        media=files,
        shape=shape or {"type": "text", "body": fields.get("Body", "")},
        replied_to=replied_to,
    )
    message.sent_at = message.created_at
    message.fields = _list_fields(world, homeowner, message, fields)
    homeowner.last_inbound_at = message.created_at
    world.store.add_message(message)
    world.ledger.write(
        "inbound_created", sid=message.sid, sender=message.sender, body=message.body, fields=message.fields
    )
    _send_copies(world, message, copies, wait)
    return message


def _send_copies(world: World, message: Message, copies: int, wait: bool) -> None:
    if wait:
        with ThreadPoolExecutor(max_workers=copies) as pool:
            list(pool.map(lambda _: announce_message(world, message), range(copies)))
        return
    for _ in range(copies):
        world.webhooks.schedule(partial(announce_message, world, message))


def announce_message(world: World, message: Message) -> None:
    """POST the webhook, unless a fault loses, doubles or delays it."""
    fault = world.faults.take(ENDPOINT, ("lost", "duplicate", "out_of_order", "slow"), message.sender)
    if fault is None:
        _post_webhook(world, message)
        return
    world.ledger.write("fault_fired", fault=fault.kind, endpoint=ENDPOINT, sid=message.sid)
    if fault.kind == "lost":
        return
    if fault.kind == "duplicate":
        _send_copies(world, message, 2, wait=False)
        return
    # Later than the messages that follow: `out_of_order` and `slow` differ only in name.
    world.webhooks.schedule(partial(_post_webhook, world, message), fault.seconds)


def _post_webhook(world: World, message: Message) -> None:
    last = None
    for attempt in deliver_form(world, world.options.webhook_url, message.fields):
        _note(world, message, attempt.number, attempt.status, attempt.failure, attempt.seconds)
        last = attempt
    if last is not None and not last.acknowledged:
        fallback = deliver_fallback(world, message.fields, last)
        if fallback is not None:
            _note(world, message, fallback.number, fallback.status, fallback.failure, fallback.seconds)


def _note(world: World, message: Message, number: int, status: int | None, failure: str | None, seconds: float) -> None:
    message.attempts += 1
    message.acknowledged = message.acknowledged or status == 200
    world.store.touch()
    world.ledger.write(
        "webhook_attempted",
        sid=message.sid,
        attempt=number,
        http_status=status,
        failure=failure,
        seconds=round(seconds, 4),
        acknowledged=status == 200,
    )


def _list_fields(world: World, homeowner: Homeowner, message: Message, fields: dict[str, str]) -> dict[str, str]:
    metadata = {
        "type": "whatsapp",
        "data": {"context": {"ProfileName": homeowner.name, "WaId": homeowner.phone.lstrip("+")}},
    }
    common = {
        "AccountSid": world.options.account_sid,
        "ApiVersion": API_VERSION,
        "Body": "",
        "ChannelMetadata": json.dumps(metadata, ensure_ascii=False),
        "From": message.sender,
        "MessageSid": message.sid,
        "MessageType": "text",
        "NumMedia": str(len(message.media)),
        "NumSegments": "1",
        "ProfileName": homeowner.name,
        "ReferralNumMedia": "0",
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.to,
        "WaId": strip_channel(homeowner.phone).lstrip("+"),
    }
    return {**common, **_list_media(world, message), **fields}


def _list_media(world: World, message: Message) -> dict[str, str]:
    fields = {}
    for number, media in enumerate(message.media):
        path = f"{message_path(world.options.account_sid, message.sid)}/Media/{media.sid}"
        fields[f"MediaUrl{number}"] = world.base_url + path
        fields[f"MediaContentType{number}"] = media.content_type
    return fields
