"""Twilio fetches the file behind a MediaUrl: HEAD, GET, compare, weigh."""

from __future__ import annotations

from functools import cache

import httpx

from tools.sandbox.twilio.records import Media, Message, make_sid
from tools.sandbox.world import World

IMAGE_MAX, OTHER_MAX = 5 * 1024 * 1024, 16 * 1024 * 1024
DOWNLOAD_FAILED, TOO_BIG = 63019, 11751
FETCH_SECONDS = 10.0


def fetch_media(world: World, message: Message, urls: list[str]) -> int | None:
    """Attach what the URLs hold to the message; the error code of the first that cannot be used."""
    for url in urls:
        media = _fetch_one(world, url)
        if isinstance(media, int):
            world.ledger.write("media_refused", sid=message.sid, url=url, code=media)
            return media
        world.store.attach_media(message, media)
    return None


def _fetch_one(world: World, url: str) -> Media | int:
    try:
        client = _open_client()
        head = client.head(url)
        if head.status_code != 200:
            return DOWNLOAD_FAILED
        return _download(world, client, url, _read_type(head))
    except httpx.HTTPError:
        return DOWNLOAD_FAILED


@cache
def _open_client() -> httpx.Client:
    # One for all: loading certificates costs more than fetching a file.
    return httpx.Client(timeout=FETCH_SECONDS, follow_redirects=True, trust_env=False)


def _download(world: World, client: httpx.Client, url: str, expected: str) -> Media | int:
    with client.stream("GET", url) as answer:
        kind = _read_type(answer)
        if answer.status_code != 200 or not kind or kind != expected:
            return DOWNLOAD_FAILED
        most = IMAGE_MAX if kind.startswith("image/") else OTHER_MAX
        data = bytearray()
        for chunk in answer.iter_bytes():
            data += chunk
            if len(data) > most:
                return TOO_BIG
    name = url.rsplit("/", 1)[-1].split("?")[0]
    return Media(make_sid("ME"), kind, bytes(data), world.clock.now(), name)


def _read_type(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-type", "")).split(";")[0].strip().lower()
