"""What was heard in a voice message becomes a message of its conversation."""

from typing import Any

from sqlalchemy import Connection, select

from bot.failpoints import reach
from bot.vendor_inbox import clean
from db.inbox import InboxRow
from db.once import insert_once
from flows.codec import dump
from flows.events import VoiceUnheard

LONGEST = 4000  # characters: as much as of a written message is read


def record_transcript(connection: Connection, inbox_id: int, media_id: str, text: str) -> bool:
    """Keeps one event for the voice message that came with that inbox row: its words as a message, marked as spoken;
    without any, that nothing was heard. False if there is one already. Ring `turns` after the commit."""
    came = select(InboxRow.conversation_id, InboxRow.payload).where(InboxRow.id == inbox_id)
    row = connection.execute(came).one()
    payload = _speak(row.payload, text) if text else dump(VoiceUnheard(media_id))
    values = {
        "conversation_id": row.conversation_id,
        "kind": "message" if text else "document",
        "external_id": f"voice:{media_id}",
        "payload": payload,
    }
    kept = insert_once(connection, InboxRow, values, "external_id")
    reach("document.before_commit")
    return kept


def _speak(payload: dict[str, Any], text: str) -> dict[str, Any]:
    """The message as if it had been typed, but for the mark that it was not."""
    said = {"text": clean(text)[:LONGEST], "kind": "text", "media": [], "tap": None, "pin": None, "raw": {}}
    return {**payload, **said, "voice": True}
