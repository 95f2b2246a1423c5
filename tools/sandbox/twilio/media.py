"""Media of messages: behind Basic auth at the API, then on a CDN that wants no credentials."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, request

from tools.sandbox.twilio.access import guard, this_world
from tools.sandbox.twilio.answers import API_VERSION, answer_missing, describe_media
from tools.sandbox.twilio.records import Media, Message

media_api = Blueprint("twilio_media", __name__)
ROOT = f"/{API_VERSION}/Accounts/<account>/Messages/<sid>/Media"
S3_COMPLAINT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidArgument</Code>'
    "<Message>Only one auth mechanism allowed</Message></Error>"
)


@media_api.get(f"{ROOT}.json")
@guard("media.list")
def list_media(account: str, sid: str) -> Response:
    world = this_world()
    message = world.store.find_message(sid)
    if message is None:
        return answer_missing(request.path)
    shown = [describe_media(message, media, account, world.clock) for media in message.media]
    return jsonify(media_list=shown, page=0, page_size=50, next_page_uri=None, uri=request.path)


@media_api.get(f"{ROOT}/<media_sid>")
@guard("media.fetch")
def fetch_media(account: str, sid: str, media_sid: str) -> Response:
    world = this_world()
    message, media = _find(sid, media_sid.removesuffix(".json"))
    if message is None or media is None:
        return answer_missing(request.path)
    if media_sid.endswith(".json"):
        return jsonify(describe_media(message, media, account, world.clock))
    target = redirect(f"{request.host_url.rstrip('/')}/cdn/{account}/{media.token}", 307)
    return Response(status=307, headers={"Location": target.headers["Location"]})


@media_api.delete(f"{ROOT}/<media_sid>")
@media_api.delete(f"{ROOT}/<media_sid>.json")
@guard("media.delete")
def delete_media(account: str, sid: str, media_sid: str) -> Response:
    world = this_world()
    message, media = _find(sid, media_sid.removesuffix(".json"))
    if message is None or media is None:
        return answer_missing(request.path)
    world.store.drop_media(message, media)
    world.ledger.write("media_deleted", sid=sid, media_sid=media.sid)
    return Response(status=204)


@media_api.get("/cdn/<account>/<token>")
def serve_cdn(account: str, token: str) -> Response:
    """The file itself; like S3 it refuses a request that brings credentials along."""
    if "Authorization" in request.headers:
        return Response(S3_COMPLAINT, status=400, mimetype="application/xml")
    media = this_world().store.find_cdn_media(token)
    if media is None:
        return Response("<Error><Code>NoSuchKey</Code></Error>", status=404, mimetype="application/xml")
    return Response(media.data, mimetype=media.content_type)


def _find(sid: str, media_sid: str) -> tuple[Message | None, Media | None]:
    message = this_world().store.find_message(sid)
    held = message.media if message else []
    return message, next((media for media in held if media.sid == media_sid), None)
