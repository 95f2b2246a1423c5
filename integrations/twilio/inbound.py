"""A message webhook's fields -> an Inbound."""

import math
import re
from collections.abc import Mapping

from integrations.channel import Inbound, InboundMedia, Pin, Tap
from integrations.twilio.address import list_identifiers
from integrations.twilio.form import Params, clean_fields

SID = re.compile(r"(?:SM|MM)[0-9A-Za-z_-]{1,62}")  # Twilio's own have 32 hex digits; nothing here rests on it
_KIND = re.compile(r"[a-z][a-z_]{0,31}")
_MEDIA_URL = re.compile(r"MediaUrl([0-9]{1,2})")


def parse(params: Params) -> Inbound:
    """The message in `params`, all fields kept in `raw`. ValueError: no sound MessageSid, or nobody who wrote it."""
    fields = clean_fields(params)
    identifiers = list_identifiers(fields)
    if not identifiers:
        raise ValueError("From names nobody")
    media = _read_media(fields)
    tap = _read_tap(fields)
    pin = _read_pin(fields)
    return Inbound(
        external_id=read_sid(fields),
        identifiers=identifiers,
        to=fields.get("To", ""),
        text=fields.get("Body", ""),
        kind=_read_kind(fields, media, tap, pin),
        media=media,
        tap=tap,
        pin=pin,
        reply_to=fields.get("OriginalRepliedMessageSid", ""),
        forwarded=any(fields.get(key, "").lower() == "true" for key in ("Forwarded", "FrequentlyForwarded")),
        referral=_read_referral(fields),
        profile_name=fields.get("ProfileName", ""),
        sender=fields.get("From", "") or fields.get("WaId", ""),
        raw=fields,
    )


def read_sid(fields: Mapping[str, str]) -> str:
    """The message's SID; ValueError when it is missing or malformed."""
    sid = next((fields[key] for key in ("MessageSid", "SmsSid", "SmsMessageSid") if fields.get(key)), "")
    if not SID.fullmatch(sid):
        raise ValueError("MessageSid is missing or malformed")
    return sid


def _read_media(fields: Mapping[str, str]) -> tuple[InboundMedia, ...]:
    """The files in their order; NumMedia is not trusted, the addresses are what counts."""
    numbered = sorted((int(match[1]), key) for key in fields if (match := _MEDIA_URL.fullmatch(key)) and fields[key])
    return tuple(
        InboundMedia(fields[key], fields.get(f"MediaContentType{key[8:]}", "").strip().lower()) for _, key in numbered
    )


def _read_tap(fields: Mapping[str, str]) -> Tap | None:
    payload = fields.get("ButtonPayload") or fields.get("ListId") or ""
    title = fields.get("ButtonText") or fields.get("ListTitle") or ""
    if not payload and not title:
        return None
    return Tap(payload=payload, title=title or fields.get("Body", ""))


def _read_pin(fields: Mapping[str, str]) -> Pin | None:
    latitude, longitude = _read_degrees(fields, "Latitude", 90), _read_degrees(fields, "Longitude", 180)
    if latitude is None or longitude is None:
        return None
    return Pin(latitude, longitude, address=fields.get("Address", ""), label=fields.get("Label", ""))


def _read_degrees(fields: Mapping[str, str], key: str, limit: float) -> float | None:
    try:
        degrees = float(fields.get(key, ""))
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= limit else None


def _read_kind(fields: Mapping[str, str], media: tuple[InboundMedia, ...], tap: Tap | None, pin: Pin | None) -> str:
    """MessageType in small letters; derived from what there is when it is absent, as on old senders."""
    declared = fields.get("MessageType", "").strip().lower()
    if _KIND.fullmatch(declared):
        return declared
    if tap:
        return "interactive" if fields.get("ListId") or fields.get("ListTitle") else "button"
    if pin:
        return "location"
    return _name_media(media[0].content_type) if media else "text"


def _name_media(content_type: str) -> str:
    if "vcard" in content_type:
        return "contacts"
    family = content_type.partition("/")[0]
    return family if family in ("image", "audio", "video") else "document"


def _read_referral(fields: Mapping[str, str]) -> dict[str, str]:
    """What the ad says of itself; empty when nothing but ReferralNumMedia came, which is no ad."""
    named = {key: value for key, value in fields.items() if key.startswith("Referral") and value}
    if not set(named) - {"ReferralNumMedia"}:
        return {}
    return {
        re.sub(r"(?<!^)(?=[A-Z])", "_", key.removeprefix("Referral")).lower(): value for key, value in named.items()
    }
