"""Fetch a file that a contact sent, keep it encrypted, and delete it at the channel."""

import hashlib
from typing import Any

from sqlalchemy import Connection

from bot.failpoints import reach
from bot.sealing import Seal
from db.media import find_media, update_media
from integrations.channel import Channel
from integrations.errors import VendorError
from jobs.context import Context
from jobs.outcomes import Outcome, done, go_on, park, retry

ALLOWED = ("image/", "application/pdf", "text/xml", "application/xml", "text/csv", "text/plain", "text/vcard")
ALLOWED_ALSO = ("audio/", "video/")  # kept for staff, not read


def run(context: Context, row: Any) -> Outcome:
    """Two steps, each settled by itself: fetched and stored; deleted at the channel. A file that is refused is parked
    with the reason, so that staff can ask for it in another way."""
    channel: Channel | None = context.channel
    if channel is None:
        return retry("The channel is off: it has no account.", after=300.0)
    media_id = row.payload["media_id"]
    with context.engine.connect() as connection:
        media = find_media(connection, media_id)
    if media is None:
        return park("There is no such file.", "no_media")
    if media.status == "pending":
        return _fetch(context, channel, media)
    if media.status == "stored":
        return _delete(channel, media)
    return done("", f"the file is {media.status}")


def _fetch(context: Context, channel: Channel, media: Any) -> Outcome:
    if not context.settings.secret_key:
        return park("The file waits at the channel: without SECRET_KEY nothing is kept.", "no_secret_key")
    try:
        content, content_type = channel.fetch_media(media.url, context.settings.media_max_bytes)
    except VendorError as error:
        if error.retryable:
            return retry(error.sentence, error.code, error.retry_after)
        return _refuse(media, error.sentence, error.code, gone=error.code in ("404", "410", "20404"))
    reach("media.after_fetch")
    if not content_type.startswith((*ALLOWED, *ALLOWED_ALSO)):
        return _refuse(media, f"Files of type {content_type} are not taken in.", "content_type")
    sealed = Seal(context.settings.secret_key).close(content)
    digest = hashlib.sha256(content).hexdigest()

    def store(connection: Connection) -> None:
        update_media(
            connection,
            media.id,
            status="stored",
            sealed=sealed,
            size=len(content),
            sha256=digest,
            content_type=content_type,
            error="",
        )

    return go_on(store)


def _delete(channel: Channel, media: Any) -> Outcome:
    try:
        channel.delete_media(media.url)
    except VendorError as error:
        if error.retryable:
            return retry(error.sentence, error.code, error.retry_after)
        return park(f"The file is stored, but could not be deleted at the channel: {error.sentence}", error.code)
    reach("media.after_delete")
    return done()


def _refuse(media: Any, sentence: str, code: str, gone: bool = False) -> Outcome:
    def note(connection: Connection) -> None:
        update_media(connection, media.id, status="gone" if gone else "refused", error=sentence)

    return park(sentence, code, note)
