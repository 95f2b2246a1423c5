"""The Messages resource – create, fetch, list – and the account that owns it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.twilio.access import guard, this_world
from tools.sandbox.twilio.answers import API_VERSION, Refusal, answer_missing, describe_message
from tools.sandbox.twilio.content import refresh_approval
from tools.sandbox.twilio.delivery import start_delivery
from tools.sandbox.twilio.records import Message, make_sid
from tools.sandbox.twilio.rendering import read_body, render_content
from tools.sandbox.twilio.send_rules import Send, find_failure, find_refusal
from tools.sandbox.world import World

messages = Blueprint("twilio_messages", __name__)
ROOT = f"/{API_VERSION}/Accounts/<account>/Messages"
PAGE_SIZE, PAGE_SIZE_MAX = 50, 1000


@messages.get(f"/{API_VERSION}/Accounts/<account>.json")
@guard("account.fetch")
def fetch_account(account: str) -> Response:
    return jsonify(sid=account, friendly_name="Sandbox", status="active", type="Full")


@messages.post(f"{ROOT}.json")
@guard("messages.create")
def create_message(account: str) -> Response:
    world = this_world()
    send = _read_send(world)
    refusal = find_refusal(send)
    if refusal is not None:
        raise refusal
    message = _accept(world, send)
    answer = jsonify(describe_message(message, account, world.clock))
    answer.status_code = 201
    return answer


@messages.get(f"{ROOT}/<sid>.json")
@guard("messages.fetch")
def fetch_message(account: str, sid: str) -> Response:
    world = this_world()
    message = world.store.find_message(sid)
    if message is None:
        return answer_missing(request.path)
    return jsonify(describe_message(message, account, world.clock))


@messages.get(f"{ROOT}.json")
@guard("messages.list")
def list_messages(account: str) -> Response:
    world = this_world()
    size = max(1, min(request.args.get("PageSize", PAGE_SIZE, type=int), PAGE_SIZE_MAX))
    page = max(0, request.args.get("Page", 0, type=int))
    found, more = _collect(world, size)
    shown = [describe_message(message, account, world.clock) for message in found]
    path = f"/{API_VERSION}/Accounts/{account}/Messages.json"
    kept = {key: value for key, value in request.args.items() if key not in ("Page", "PageToken", "PageSize")}
    following = {**kept, "PageSize": size, "Page": page + 1, "PageToken": f"PA{found[-1].sid}"} if more else None
    return jsonify(
        messages=shown,
        page=page,
        page_size=size,
        start=page * size,
        end=page * size + max(0, len(shown) - 1),
        uri=f"{path}?{urlencode({**kept, 'PageSize': size, 'Page': page})}",
        first_page_uri=f"{path}?{urlencode({**kept, 'PageSize': size, 'Page': 0})}",
        next_page_uri=f"{path}?{urlencode(following)}" if following else None,
        previous_page_uri=None,
    )


def _read_send(world: World) -> Send:
    form = request.form
    send = Send(
        form={key: value for key, value in form.items() if value},
        media_urls=[url for url in form.getlist("MediaUrl") if url],
        sender=world.options.sender,
        now=world.clock.now(),
    )
    send.content = world.store.contents.get(form.get("ContentSid", ""))
    if send.content is not None:
        refresh_approval(world, send.content)
        send.variables = _read_variables(form.get("ContentVariables"))
        send.shape = render_content(send.content, send.variables)
    else:
        send.shape = {"type": "text", "body": send.body}
    send.homeowner = world.store.homeowners.get(send.to.removeprefix("whatsapp:"))
    return send


def _read_variables(raw: str | None) -> dict[str, str]:
    # What cannot be read is refused by check_variables_json, so here it only must not break.
    try:
        values = json.loads(raw or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in values.items()} if isinstance(values, dict) else {}


def _accept(world: World, send: Send) -> Message:
    send.homeowner = homeowner = world.store.find_homeowner(send.to)
    send.contact_token = world.buckets.take_token(
        send.to, world.options.contact_burst, 1 / world.options.contact_refill_seconds
    )
    urls = send.media_urls or [str(url) for url in send.shape.get("media", ())]
    message = Message(
        sid=make_sid("MM" if urls else "SM"),
        direction="outbound-api",
        sender=send.sender,
        to=send.to,
        body=read_body(send.shape),
        created_at=send.now,
        status="accepted" if "From" not in send.form else "queued",
        shape=send.shape,
        status_callback=send.form.get("StatusCallback", ""),
        in_window=send.in_window,
    )
    world.store.add_message(message)
    homeowner.typing_until = None
    failure = find_failure(send)
    _record(world, send, message, urls)
    start_delivery(world, message, failure, urls)
    return message


def _record(world: World, send: Send, message: Message, urls: list[str]) -> None:
    world.ledger.write(
        "message_accepted",
        sid=message.sid,
        to=message.to,
        body=message.body,
        shape=message.shape,
        content_sid=send.form.get("ContentSid"),
        content_variables=send.variables or None,
        media_urls=urls,
        status_callback=message.status_callback,
        in_window=send.in_window,
    )


def _collect(world: World, size: int) -> tuple[list[Message], bool]:
    """Newest first from where the page token points; whether there are more."""
    lag = world.faults.take("messages.list", ("lag",))
    if lag:
        world.ledger.write("fault_fired", fault=lag.kind, endpoint="messages.list", to=request.args.get("To"))
    newest = world.clock.now() - timedelta(seconds=lag.seconds) if lag else None
    anchor = request.args.get("PageToken", "").removeprefix("PA")
    waiting = bool(anchor)
    found: list[Message] = []
    for message in world.store.newest_first():
        if waiting:
            waiting = message.sid != anchor
            continue
        if (newest is None or message.created_at <= newest) and _matches(world, message, request.args):
            if len(found) == size:
                return found, True
            found.append(message)
    return found, False


def _matches(world: World, message: Message, wanted: Any) -> bool:
    if wanted.get("To", message.to) != message.to or wanted.get("From", message.sender) != message.sender:
        return False
    moment = world.clock.as_shown(message.sent_at or message.created_at).replace(microsecond=0)
    since, until, day = wanted.get("DateSent>"), wanted.get("DateSent<"), wanted.get("DateSent")
    if since and moment < _read_moment(since):
        return False
    if until and moment > _read_moment(until):
        return False
    return not day or moment.date() == _read_moment(day).date()


def _read_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise Refusal(20001, f"Invalid date: {text}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
