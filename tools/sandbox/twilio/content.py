"""The Content API: resources and their approval as WhatsApp templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.twilio.access import guard, this_world
from tools.sandbox.twilio.answers import Refusal, answer_missing, describe_content
from tools.sandbox.twilio.content_rules import find_approval_complaint, find_complaint, find_review_complaint
from tools.sandbox.twilio.records import Content, make_sid
from tools.sandbox.world import World

content_api = Blueprint("twilio_content", __name__)
CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
INVALID = 20001


@content_api.post("/v1/Content")
@guard("content.create")
def create_content() -> Response:
    world = this_world()
    resource: Any = request.get_json(silent=True)
    complaint = find_complaint(resource)
    if complaint:
        raise Refusal(INVALID, f"Invalid parameter: {complaint}")
    content = Content(
        sid=make_sid("HX"),
        friendly_name=str(resource.get("friendly_name") or ""),
        language=resource["language"],
        variables=dict(resource.get("variables") or {}),
        types=resource["types"],
        created_at=world.clock.now(),
    )
    with world.store.lock:
        world.store.contents[content.sid] = content
        world.store.touch()
    world.ledger.write("content_created", sid=content.sid, name=content.friendly_name, type=content.kind)
    answer = jsonify(_describe(world, content))
    answer.status_code = 201
    return answer


@content_api.get("/v1/Content")
@guard("content.list")
def list_contents() -> Response:
    return _list_page("Content", _describe)


def _list_page(resource: str, describe: Callable[[World, Content], dict[str, Any]]) -> Response:
    world = this_world()
    size = max(1, min(request.args.get("PageSize", 50, type=int), 1000))
    page = max(0, request.args.get("Page", 0, type=int))
    with world.store.lock:
        newest_first = list(world.store.contents.values())[::-1]
    shown = newest_first[page * size : (page + 1) * size]
    url = f"{world.base_url}/v1/{resource}?PageSize={size}&Page="
    more = len(newest_first) > (page + 1) * size
    meta = {
        "page": page,
        "page_size": size,
        "key": "contents",
        "url": f"{url}{page}",
        "first_page_url": f"{url}0",
        "next_page_url": f"{url}{page + 1}" if more else None,
        "previous_page_url": f"{url}{page - 1}" if page else None,
    }
    return jsonify(contents=[describe(world, content) for content in shown], meta=meta)


@content_api.get("/v1/Content/<sid>")
@guard("content.fetch")
def fetch_content(sid: str) -> Response:
    content = this_world().store.contents.get(sid)
    return jsonify(_describe(this_world(), content)) if content else answer_missing(request.path)


@content_api.delete("/v1/Content/<sid>")
@guard("content.delete")
def delete_content(sid: str) -> Response:
    world = this_world()
    with world.store.lock:
        content = world.store.contents.pop(sid, None)
    if content is None:
        return answer_missing(request.path)
    world.ledger.write("content_deleted", sid=sid)
    return Response(status=204)


@content_api.get("/v1/ContentAndApprovals")
@guard("content.list")
def list_approvals() -> Response:
    return _list_page("ContentAndApprovals", _describe_with_approval)


@content_api.post("/v1/Content/<sid>/ApprovalRequests/whatsapp")
@guard("content.approve")
def request_approval(sid: str) -> Response:
    world = this_world()
    content = world.store.contents.get(sid)
    if content is None:
        return answer_missing(request.path)
    wish = request.get_json(silent=True)
    content.approval = _read_approval(content, wish if isinstance(wish, dict) else {})
    content.decided_at = world.clock.now() + timedelta(seconds=world.options.approval_delay)
    world.ledger.write("approval_requested", sid=sid, name=content.approval["name"])
    answer = jsonify(content.approval)
    answer.status_code = 201
    return answer


@content_api.get("/v1/Content/<sid>/ApprovalRequests")
@guard("content.approval")
def fetch_approval(sid: str) -> Response:
    world = this_world()
    content = world.store.contents.get(sid)
    if content is None:
        return answer_missing(request.path)
    refresh_approval(world, content)
    return jsonify(
        sid=sid,
        account_sid=world.options.account_sid,
        url=f"{world.base_url}/v1/Content/{sid}/ApprovalRequests",
        whatsapp=_describe_approval(content),
    )


def refresh_approval(world: World, content: Content) -> None:
    """Give the template its outcome once its time has come."""
    approval = content.approval
    if approval is None or approval["status"] != "received" or content.decided_at is None:
        return
    if world.clock.now() < content.decided_at:
        return
    complaint = find_review_complaint(content.types, content.variables)
    approval["status"] = "rejected" if complaint else world.options.approval_outcome
    if approval["status"] == "rejected":
        approval["rejection_reason"] = complaint or "INVALID_FORMAT"
    world.ledger.write("approval_decided", sid=content.sid, status=approval["status"])


def _read_approval(content: Content, wish: dict[str, Any]) -> dict[str, Any]:
    name, category = str(wish.get("name") or ""), wish.get("category")
    if not re.fullmatch(r"[a-z0-9_]{1,512}", name):
        raise Refusal(INVALID, "Invalid parameter: name holds lower-case letters, digits and underscores only")
    if category not in CATEGORIES:
        raise Refusal(INVALID, f"Invalid parameter: category must be one of {', '.join(CATEGORIES)}")
    complaint = find_approval_complaint(content.types)
    if complaint:
        raise Refusal(INVALID, f"Invalid parameter: {complaint}")
    return {
        "type": "whatsapp",
        "name": name,
        "category": category,
        "content_type": content.kind,
        "status": "received",
        "rejection_reason": "",
        "allow_category_change": bool(wish.get("allow_category_change", True)),
    }


def _describe_approval(content: Content) -> dict[str, Any]:
    unsubmitted = {"type": "whatsapp", "status": "unsubmitted", "name": "", "category": "", "rejection_reason": ""}
    return content.approval or {**unsubmitted, "content_type": content.kind}


def _describe_with_approval(world: World, content: Content) -> dict[str, Any]:
    refresh_approval(world, content)
    return {**_describe(world, content), "approval_requests": _describe_approval(content)}


def _describe(world: World, content: Content) -> dict[str, Any]:
    return describe_content(content, world.options.account_sid, world.base_url, world.clock)
