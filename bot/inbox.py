"""Records what arrives, once, in one transaction."""

import secrets
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from bot.failpoints import reach
from db.arrivals import Arrival, Kept, Raced, insert_arrival
from integrations.channel import Inbound

RACES = 5  # with other webhooks of a contact who is new to us; each loser finds the winner's rows


def record(
    engine: Engine, message: Inbound, channel: str = "whatsapp", heard_at: datetime | None = None
) -> Kept | None:
    """Keeps a message and all that came with it, committed; None if it was kept before. `heard_at` is when it was
    written, if not just now: the 24-hour window counts from there.

    Raises sqlalchemy.exc.OperationalError when the database is locked or away: nothing is kept then.
    """
    arrival = replace(describe_arrival(message, channel), heard_at=heard_at)
    for _ in range(RACES):
        try:
            with engine.begin() as connection:
                kept = insert_arrival(connection, arrival)
                reach("webhook.before_commit")
        except Raced:
            continue
        reach("webhook.after_commit")
        return kept
    raise Raced(message.external_id)


def describe_arrival(message: Inbound, channel: str) -> Arrival:
    """The row's payload: text, kind, tap, pin, reply_to, forwarded, referral, profile_name, sender, channel, raw, and
    media as [{media_id, content_type}] with ids of ours."""
    files = [(secrets.token_urlsafe(16), file) for file in message.media]
    payload: dict[str, Any] = {
        "channel": channel,
        "text": message.text,
        "kind": message.kind,
        "media": [{"media_id": media_id, "content_type": file.content_type} for media_id, file in files],
        "tap": asdict(message.tap) if message.tap else None,
        "pin": asdict(message.pin) if message.pin else None,
        "reply_to": message.reply_to,
        "forwarded": message.forwarded,
        "referral": dict(message.referral),
        "profile_name": message.profile_name,
        "sender": message.sender,
        "raw": dict(message.raw),
    }
    return Arrival(
        external_id=message.external_id,
        channel=channel,
        address=message.to,
        reply_to=message.sender or message.identifiers[0][1],
        identifiers=message.identifiers,
        payload=payload,
        name=message.profile_name,
        media=[{"id": media_id, "url": file.url, "declared_type": file.content_type} for media_id, file in files],
    )
