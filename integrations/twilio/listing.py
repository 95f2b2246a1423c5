"""Twilio's list of messages, page by page, for the sweep and for sends whose outcome nobody knows."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from integrations.channel import Inbound, InboundMedia, Listed
from integrations.errors import Refused
from integrations.twilio.address import format_address
from integrations.twilio.form import clean_fields
from integrations.twilio.inbound import SID, parse
from integrations.twilio.wire import Wire

PAGE_SIZE = 200
MAX_PAGES = 500

_log = logging.getLogger(__name__)


def iterate_messages(wire: Wire, account_url: str, since: datetime, to: str, sender: str) -> Iterator[Listed]:
    """Messages created at or after `since`; Twilio filters by its own date of sending, so a margin is the caller's."""
    if since.tzinfo is None:
        raise ValueError("`since` needs a time zone")
    floor = since.astimezone(UTC).replace(microsecond=0)
    params = {"PageSize": str(PAGE_SIZE), "DateSent>": floor.strftime("%Y-%m-%dT%H:%M:%SZ")}
    params |= {"To": format_address(to)} if to else {}
    params |= {"From": format_address(sender)} if sender else {}
    for page in iterate_pages(wire, f"{account_url}/Messages.json", params):
        for item in page.get("messages") or []:
            listed = _read_item(item, floor)
            if listed is not None and listed.created_at >= floor:
                yield listed


def iterate_pages(wire: Wire, url: str, params: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Each page's JSON; the next one comes from `next_page_uri` (or `meta.next_page_url`), on the same origin only."""
    seen: set[str] = set()
    page = wire.read_json(url, params)
    yield page
    while following := _find_next(page):
        absolute = urljoin(url, following)
        if urlsplit(absolute)[:2] != urlsplit(url)[:2]:
            raise Refused("Twilio's list continues on another host; the rest is not read.", "next_page")
        if absolute in seen or len(seen) >= MAX_PAGES:
            raise Refused("Twilio's list does not end; the rest is not read.", "next_page")
        seen.add(absolute)
        page = wire.read_json(absolute)
        yield page


def _find_next(page: dict[str, Any]) -> str:
    meta = page.get("meta")
    following = page.get("next_page_uri") or (meta.get("next_page_url") if isinstance(meta, dict) else "")
    return following if isinstance(following, str) else ""


def _read_item(item: object, floor: datetime) -> Listed | None:
    raw = _flatten(item) if isinstance(item, dict) else {}
    sid = raw.get("sid", "")
    if not SID.fullmatch(sid):
        _log.warning("a listed message has no sound SID and is passed over")
        return None
    return Listed(
        external_id=sid,
        direction="inbound" if raw.get("direction") == "inbound" else "outbound",
        to=raw.get("to", ""),
        sender=raw.get("from", ""),
        body=raw.get("body", ""),
        status=raw.get("status", "").lower(),
        created_at=_read_date(raw.get("date_created", "")) or _read_date(raw.get("date_sent", "")) or floor,
        raw=raw,
    )


def _flatten(item: dict[Any, Any]) -> dict[str, str]:
    return clean_fields([(str(key), str(value)) for key, value in item.items() if isinstance(value, str | int | float)])


def _read_date(value: str) -> datetime | None:
    """RFC 2822, such as `Tue, 18 Aug 2015 20:01:40 +0000`; None when unreadable."""
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def list_media(wire: Wire, account_url: str, external_id: str) -> tuple[InboundMedia, ...]:
    """The files of one message."""
    files = []
    for page in iterate_pages(wire, f"{account_url}/Messages/{external_id}/Media.json", {"PageSize": "50"}):
        for item in page.get("media_list") or []:
            url = f"{account_url}/Messages/{external_id}/Media/{item['sid']}"
            files.append(InboundMedia(url, str(item.get("content_type") or "").lower()))
    return tuple(files)


def rebuild_inbound(listed: Listed, find_media: Callable[[str], tuple[InboundMedia, ...]]) -> Inbound:
    """The listed message as its webhook would have told it, as far as a list knows."""
    if listed.direction != "inbound":
        raise ValueError("not a contact's message")
    fields = {"MessageSid": listed.external_id, "From": listed.sender, "To": listed.to, "Body": listed.body}
    if listed.raw.get("num_media", "0") != "0":
        for number, file in enumerate(find_media(listed.external_id)):
            fields |= {f"MediaUrl{number}": file.url, f"MediaContentType{number}": file.content_type}
    return parse(fields)
