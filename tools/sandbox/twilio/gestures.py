"""What a homeowner can do on a phone – write, tap, share, attach, react – as webhook fields."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

from tools.sandbox.samples import make_sample
from tools.sandbox.twilio.records import Homeowner, Media, Message, make_sid
from tools.sandbox.world import World

MEDIA_MAX = 16 * 1024 * 1024
KINDS = {"image": "image", "audio": "audio", "video": "video"}


class GestureInvalid(ValueError):
    """The homeowner cannot do that; the text says why."""


@dataclass(slots=True)
class Gesture:
    """Fields of the webhook, what the phone draws, and the files that come along."""

    fields: dict[str, str]
    shape: dict[str, Any]
    media: list[Media] = field(default_factory=list)
    replied_to: str = ""


def read_gesture(world: World, homeowner: Homeowner, wish: dict[str, Any]) -> Gesture:
    """One of text, tap, location, media or reaction, with `reply_to` and `extra` webhook fields where wanted."""
    gesture = _read_kind(world, homeowner, wish)
    reply_to = wish.get("reply_to")
    if reply_to:
        _add_reply(world, gesture, str(reply_to))
    extra = wish.get("extra") or {}
    gesture.fields.update({str(key): str(value) for key, value in extra.items()})
    return gesture


def _read_kind(world: World, homeowner: Homeowner, wish: dict[str, Any]) -> Gesture:
    if wish.get("tap"):
        return _tap(world, homeowner, wish["tap"])
    if wish.get("location"):
        return _share_location(wish["location"])
    if wish.get("media"):
        return _attach(world, wish["media"], str(wish.get("text") or ""))
    if wish.get("reaction"):
        return _react(world, wish["reaction"])
    if isinstance(wish.get("text"), str):
        return Gesture({"Body": wish["text"], "MessageType": "text"}, {"type": "text", "body": wish["text"]})
    raise GestureInvalid("one of text, tap, location, media or reaction is needed")


def _tap(world: World, homeowner: Homeowner, tap: dict[str, Any] | str) -> Gesture:
    wanted = {"id": tap} if isinstance(tap, str) else tap
    message, option = _find_option(world, homeowner, wanted)
    title, payload = option["title"], option["id"]
    fields = {"Body": title, "MessageType": "interactive"}
    if message.shape["type"] == "list-picker":
        fields |= {"ListId": payload, "ListTitle": title, "ButtonType": "list_reply"}
    else:
        fields |= {"ButtonText": title, "ButtonPayload": payload}
        fields["MessageType"] = "button" if not message.in_window else "interactive"
    gesture = Gesture(fields, {"type": "tap", "body": title})
    _add_reply(world, gesture, message.sid)
    return gesture


def _find_option(world: World, homeowner: Homeowner, wanted: dict[str, Any]) -> tuple[Message, dict[str, str]]:
    """The newest message that offers the wanted id or title (any, or the one named by `message_sid`)."""
    sid = wanted.get("message_sid")
    for message in reversed(world.store.messages_of(homeowner.phone)):
        if message.inbound or (sid and message.sid != sid):
            continue
        for option in list_options(message.shape):
            if wanted.get("id") == option["id"] or wanted.get("title") == option["title"]:
                return message, option
            if "id" in wanted and "title" not in wanted and wanted["id"] == option["title"]:
                return message, option
    raise GestureInvalid(f"no message offers {wanted}")


def list_options(shape: dict[str, Any]) -> list[dict[str, str]]:
    """Buttons and list entries of a message as {"id", "title"}."""
    if shape.get("type") == "list-picker":
        return [{"id": str(i["id"]), "title": str(i["item"])} for i in shape["items"]]
    if shape.get("type") == "quick-reply":
        return [{"id": str(a.get("id") or a["title"]), "title": str(a["title"])} for a in shape["actions"]]
    return []


def _share_location(place: dict[str, Any]) -> Gesture:
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
    except (KeyError, TypeError, ValueError) as error:
        raise GestureInvalid("location needs a latitude and a longitude") from error
    fields = {"MessageType": "location", "Latitude": str(latitude), "Longitude": str(longitude)}
    named = {key.capitalize(): str(place[key]) for key in ("address", "label") if place.get(key)}
    return Gesture(fields | named, {"type": "location", **place})


def _attach(world: World, files: Any, caption: str) -> Gesture:
    media = [_read_file(world, spec) for spec in (files if isinstance(files, list) else [files])]
    if len(media) > 10:
        raise GestureInvalid("at most 10 files")
    kind = KINDS.get(media[0].content_type.split("/")[0], "document")
    return Gesture({"Body": caption, "MessageType": kind}, {"type": "media", "body": caption}, media)


def _read_file(world: World, spec: dict[str, Any]) -> Media:
    if spec.get("sample"):
        content_type, name, data = make_sample(str(spec["sample"]))
    else:
        content_type, name = str(spec.get("content_type") or "application/octet-stream"), str(spec.get("name") or "")
        try:
            data = base64.b64decode(spec["base64"], validate=True)
        except (KeyError, TypeError, binascii.Error) as error:
            raise GestureInvalid("a file needs content_type and base64, or the name of a sample") from error
    if len(data) > MEDIA_MAX:
        raise GestureInvalid("a file holds at most 16 MB")
    return Media(make_sid("ME"), content_type, data, world.clock.now(), name)


def _react(world: World, reaction: dict[str, Any]) -> Gesture:
    emoji = str(reaction.get("emoji") or "👍")
    gesture = Gesture({"Body": emoji, "MessageType": "reaction"}, {"type": "reaction", "body": emoji})
    _add_reply(world, gesture, str(reaction.get("message_sid") or ""))
    return gesture


def _add_reply(world: World, gesture: Gesture, sid: str) -> None:
    quoted = world.store.find_message(sid)
    if quoted is None:
        raise GestureInvalid(f"there is no message {sid}")
    gesture.replied_to = sid
    gesture.fields |= {"OriginalRepliedMessageSid": sid, "OriginalRepliedMessageSender": quoted.sender}
