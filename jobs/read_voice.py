"""Have a voice message heard, and put its words into the conversation as a message."""

import hashlib
import time
from datetime import UTC, datetime
from math import ceil
from typing import Any

from sqlalchemy import Connection

from bot.sealing import Seal
from bot.voice_news import record_transcript
from db.bill_files import list_files, load_sealed
from db.model_calls import ANSWERED, add_call, end_call, find_contact, read_spent
from integrations.llm.model import ModelError, Transcriber
from jobs.context import Context
from jobs.outcomes import Outcome, defer, done, retry
from jobs.read_bill import FETCH_SECONDS, PATIENCE_SECONDS

VOICE_SECONDS = 30.0  # for one call, of a message of some minutes
MOST_CALLS = 3
BYTES_A_MINUTE = 100_000  # of speech as phones record it, rather less than more
MILLICENTS_A_MINUTE = 600  # thousandths of a cent, by OpenAI's list price of its dearer transcription
VERSION = "voice"  # in the records, where a prompt's version stands


def run(context: Context, row: Any) -> Outcome:
    """Done with one event: the words, or that nothing was heard. A model that fails for a moment is asked again."""
    with context.engine.connect() as connection:
        found = list_files(connection, [row.payload["media_id"]])
    file = found[0] if found else None
    if file is None:
        return done("", "there is no such file")
    waited = (row.db_now - row.created_at).total_seconds()
    if file.status == "pending" and waited < PATIENCE_SECONDS:
        return defer("The file has not been fetched yet.", FETCH_SECONDS, "not_fetched")
    if context.transcriber is None or file.status != "stored" or row.attempts > MOST_CALLS:
        return tell(file, "", "nobody could listen")
    return hear(context, context.transcriber, row, file)


def hear(context: Context, transcriber: Transcriber, row: Any, file: Any) -> Outcome:
    """One call, booked before it is made."""
    with context.engine.connect() as connection:
        content = Seal(context.settings.secret_key).open(load_sealed(connection, file.id))
    cost = ceil(len(content) / BYTES_A_MINUTE * MILLICENTS_A_MINUTE)
    call_id = book_call(context, file, content, cost)
    if call_id is None:
        return tell(file, "", "the budget for language models is spent")
    began = time.monotonic()
    try:
        kind, language = file.content_type or file.declared_type, row.payload.get("language", "")
        text = transcriber.transcribe(content, kind, language, VOICE_SECONDS)
    except ModelError as error:
        note_end(context, call_id, error.code, began, cost if error.sent else 0)
        if error.retryable and row.attempts < MOST_CALLS:
            return retry(error.sentence, error.code, error.retry_after)
        return tell(file, "", error.sentence)
    note_end(context, call_id, ANSWERED, began, cost)
    return tell(file, text)


def book_call(context: Context, file: Any, content: bytes, cost: int) -> int | None:
    """The id of the call's row; None where a budget of today would be exceeded."""
    settings = context.settings
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with context.engine.begin() as connection:
        spent = read_spent(connection, find_contact(connection, file.conversation_id), midnight)
        limits = (settings.llm_contact_cents, settings.llm_daily_cents)
        if any(sum_ + cost > cents * 1000 for sum_, cents in zip(spent, limits, strict=True)):
            return None
        values = {
            "conversation_id": file.conversation_id,
            "inbox_id": file.inbox_id,
            "prompt_version": VERSION,
            "digest": hashlib.sha256(content).hexdigest(),
            "vendor": "openai",
            "model": settings.openai_transcription_model,
            "cost": cost,
        }
        return add_call(connection, values)


def note_end(context: Context, call_id: int, outcome: str, began: float, cost: int) -> None:
    milliseconds = round((time.monotonic() - began) * 1000)
    with context.engine.begin() as connection:
        end_call(connection, call_id, outcome=outcome, milliseconds=milliseconds, cost=cost)


def tell(file: Any, text: str, reason: str = "") -> Outcome:
    """`text` empty: nothing was heard, because of `reason`."""

    def write(connection: Connection) -> None:
        record_transcript(connection, file.inbox_id, file.id, text)

    return done("", reason, write, rings=("turns",))
