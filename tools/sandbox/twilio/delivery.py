"""An accepted message moves through its statuses and tells the app of each."""

from __future__ import annotations

from functools import partial

from tools.sandbox.faults import Fault
from tools.sandbox.twilio.answers import API_VERSION, CHANNEL_ERRORS
from tools.sandbox.twilio.media_fetch import fetch_media
from tools.sandbox.twilio.records import Message
from tools.sandbox.twilio.store import strip_channel
from tools.sandbox.twilio.webhooks import deliver_form
from tools.sandbox.world import World

# Long enough for the API's answer to leave first, as it nearly always does at Twilio.
AFTER_ANSWER_SECONDS = 0.02
CALLBACK = "status_callback"


def start_delivery(world: World, message: Message, failure: int | None, media_urls: list[str]) -> None:
    """Announce `queued`, then go on in the background to `delivered` or to `failed` with that code."""
    phone = strip_channel(message.to)
    early = world.faults.take(CALLBACK, ("early",), phone)
    if early:
        announce_status(world, message, message.status)
    else:
        world.callbacks.schedule(partial(announce_status, world, message, message.status), AFTER_ANSWER_SECONDS)
    follow = partial(_leave_twilio, world, message, failure, media_urls)
    world.callbacks.schedule(follow, AFTER_ANSWER_SECONDS + world.options.status_delays[0])


def mark_read(world: World, phone: str) -> int:
    """The homeowner has seen everything that was delivered; how many messages became read."""
    seen = [m for m in world.store.messages_of(phone) if not m.inbound and m.status == "delivered"]
    for message in seen:
        if _move(world, message, "read"):
            world.callbacks.schedule(partial(announce_status, world, message, "read"))
    return len(seen)


def announce_status(world: World, message: Message, status: str) -> None:
    """POST one status to the message's StatusCallback, unless a fault loses, doubles or delays it."""
    if not message.status_callback or status not in world.options.callbacks:
        return
    phone = strip_channel(message.to)
    fault = world.faults.take(CALLBACK, ("lost", "duplicate", "out_of_order", "slow"), phone)
    fields = _list_fields(world, message, status)
    if fault is None:
        _post_status(world, message, fields)
    else:
        _announce_badly(world, message, fields, fault)


def _announce_badly(world: World, message: Message, fields: dict[str, str], fault: Fault) -> None:
    status = fields["MessageStatus"]
    world.ledger.write("fault_fired", fault=fault.kind, endpoint=CALLBACK, sid=message.sid, status=status)
    if fault.kind == "lost":
        return
    if fault.kind == "duplicate":
        _post_status(world, message, fields)
        _post_status(world, message, fields)
        return
    # Later than the statuses that follow: `out_of_order` and `slow` differ only in name.
    world.callbacks.schedule(partial(_post_status, world, message, fields), fault.seconds)


def _leave_twilio(world: World, message: Message, failure: int | None, media_urls: list[str]) -> None:
    code = failure or fetch_media(world, message, media_urls)
    if code is not None:
        message.error_code = code
        message.error_message = CHANNEL_ERRORS.get(code, "Unknown error")
        _move(world, message, "failed")
        announce_status(world, message, "failed")
        return
    if _move(world, message, "sent"):
        announce_status(world, message, "sent")
    world.callbacks.schedule(partial(_reach_phone, world, message), world.options.status_delays[1])


def _reach_phone(world: World, message: Message) -> None:
    if _move(world, message, "delivered"):
        announce_status(world, message, "delivered")
    homeowner = world.store.find_homeowner(message.to)
    if homeowner.auto_read and _move(world, message, "read"):
        announce_status(world, message, "read")


def _move(world: World, message: Message, status: str) -> bool:
    if not world.store.raise_status(message, status, world.clock.now()):
        return False
    world.ledger.write("status_changed", sid=message.sid, status=status, error_code=message.error_code)
    return True


def _post_status(world: World, message: Message, fields: dict[str, str]) -> None:
    for attempt in deliver_form(world, message.status_callback, fields):
        world.ledger.write(
            "status_callback_attempted",
            sid=message.sid,
            status=fields["MessageStatus"],
            url=message.status_callback,
            attempt=attempt.number,
            http_status=attempt.status,
            failure=attempt.failure,
        )


def _list_fields(world: World, message: Message, status: str) -> dict[str, str]:
    fields = {
        "AccountSid": world.options.account_sid,
        "ApiVersion": API_VERSION,
        "ChannelInstallSid": "XE" + world.options.account_sid[2:],
        "ChannelPrefix": "whatsapp",
        "ChannelToAddress": message.to.removeprefix("whatsapp:"),
        "From": message.sender,
        "MessageSid": message.sid,
        "MessageStatus": status,
        "SmsSid": message.sid,
        "SmsStatus": status,
        "To": message.to,
    }
    if status in ("delivered", "read"):
        fields["EventType"] = status.upper()
    if status in ("failed", "undelivered") and message.error_code:
        fields["ErrorCode"] = str(message.error_code)
        fields["ErrorMessage"] = message.error_message or ""
        fields["ChannelStatusMessage"] = message.error_message or ""
    return fields
