"""Serves the phone page and, a few times a second, what changed on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_from_directory

from tools.sandbox.aging import DatabaseUnreadable, list_projects
from tools.sandbox.samples import make_sample
from tools.sandbox.twilio.access import this_world
from tools.sandbox.twilio.records import Homeowner, Message
from tools.sandbox.world import World

page = Blueprint("sandbox_page", __name__)
STATIC = Path(__file__).parent / "static"
CACHE = "no-cache"
POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; frame-ancestors 'none'"


@page.get("/")
def show_page() -> Response:
    answer = send_from_directory(STATIC, "index.html")
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = CACHE
    return answer


@page.get("/static/<path:name>")
def serve_static(name: str) -> Response:
    answer = send_from_directory(STATIC, name)
    answer.headers["Cache-Control"] = CACHE
    return answer


@page.get("/page/samples/<name>")
def serve_sample(name: str) -> Response:
    content_type, _, data = make_sample(name)
    return Response(data, mimetype=content_type)


@page.get("/page/state")
def show_state() -> Response:
    """Everything the page draws for `phone`, or {"version"} alone when nothing changed since `version`."""
    world = this_world()
    phone = request.args.get("phone", "")
    homeowner = world.store.homeowners.get(phone)
    typing = bool(homeowner and homeowner.typing_until and homeowner.typing_until > world.clock.now())
    version = f"{world.store.version}{'t' if typing else ''}"
    if request.args.get("version") == version:
        return jsonify(version=version)
    return jsonify(
        version=version,
        typing=typing,
        homeowners=[_describe_homeowner(world, person) for person in world.store.homeowners.values()],
        messages=[_describe_message(world, message) for message in world.store.messages_of(phone)],
        faults=world.faults.listing(),
        advanced_seconds=world.clock.advanced.total_seconds(),
        sender=world.options.sender,
        has_database=bool(world.options.database_url),
    )


@page.get("/page/projects")
def show_projects() -> Response:
    """What the product stored; {"problem"} where it cannot be read."""
    url = this_world().options.database_url
    if not url:
        return jsonify(projects=[], problem="Started without --database-url, so stored projects cannot be shown.")
    try:
        return jsonify(projects=list_projects(url), problem=None)
    except DatabaseUnreadable as error:
        return jsonify(projects=[], problem=f"The database cannot be read: {error}")


def _describe_homeowner(world: World, person: Homeowner) -> dict[str, Any]:
    messages = world.store.messages_of(person.phone)
    unread = sum(1 for message in messages if not message.inbound and message.status == "delivered")
    last = messages[-1] if messages else None
    return {
        "phone": person.phone,
        "name": person.name,
        "unread": unread,
        "last": (last.body or last.shape.get("type", "")) if last else "",
    }


def _describe_message(world: World, message: Message) -> dict[str, Any]:
    return {
        "sid": message.sid,
        "mine": message.inbound,
        "at": world.clock.as_shown(message.created_at).isoformat(),
        "status": _name_ticks(message),
        "error_code": message.error_code,
        "error_message": message.error_message,
        "shape": message.shape,
        "reply_to": message.replied_to,
        "media": [
            {"type": media.content_type, "name": media.name, "url": f"/cdn/{world.options.account_sid}/{media.token}"}
            for media in message.media
        ],
    }


def _name_ticks(message: Message) -> str:
    """For the homeowner's own bubbles: sent, delivered once the app took it, read once it showed typing or spoke."""
    if not message.inbound:
        return message.status
    if message.shape.get("seen"):
        return "read"
    if message.acknowledged:
        return "delivered"
    return "lost" if message.attempts else "sent"
