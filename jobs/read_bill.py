"""Read the files of a bill, all of them as one, and tell the conversation what they say."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.document_news import Bill, Problem, country_of, record_reading
from bot.documents import DocumentFile, read_files
from bot.outbox import insert_alert
from bot.sealing import Seal
from db.bill_files import count_readings, find_refusal, is_overtaken, list_files, load_sealed
from jobs.context import Context
from jobs.held_lease import hold_lease
from jobs.outcomes import Outcome, defer, done

GATHER_SECONDS = 3.0  # after a photo: the next page is often on its way
FETCH_SECONDS = 1.0  # until it is looked at again
PATIENCE_SECONDS = 600.0  # for files that cannot be fetched: then the contact hears of it
MOST_READS = 3  # files whose reading ended the process, or failed in an unforeseen way, so often are left alone
MOST_AN_HOUR = 6  # bills of one contact: the others' wait for the same process
HOUR = 3600.0
REFUSALS: dict[str, Problem] = {"content_type": "wrong_type", "too_large": "too_large"}
"""Why a file was not taken in -> what is wrong with it."""

SUMMARY = "They have sent more bills than are read in an hour. Please read the latest files."
ReadFiles = Callable[[Sequence[DocumentFile], str], Bill]


def run(context: Context, row: Any, read: ReadFiles = read_files) -> Outcome:
    """Done with one event for these files; gives way to a later reading that holds them too."""
    with context.engine.connect() as connection:
        if is_overtaken(connection, row):
            return done("", "a later reading holds these files")
        files = list_files(connection, row.payload["media_ids"])
        has_enough = count_readings(connection, row, HOUR) >= MOST_AN_HOUR
    if wait := find_wait(row, files):
        return wait
    if has_enough:
        return pass_on(row)
    with hold_lease(context, row):  # reading may take several times a lease
        bill = read_bill(context, row, files, read)

    def tell(connection: Connection) -> None:
        record_reading(connection, row.conversation_id, row.payload["media_ids"], bill)

    return done("", "", tell, rings=("turns",))


def pass_on(row: Any) -> Outcome:
    """Staff read it; they hear of it once an hour."""

    def tell(connection: Connection) -> None:
        record_reading(connection, row.conversation_id, row.payload["media_ids"], Bill(problems=("enough",)))
        key = f"{row.conversation_id}:bills:{row.db_now:%Y%m%d%H}"
        insert_alert(connection, key, row.conversation_id, "bill_unread", SUMMARY, ())

    return done("", "this contact has had enough bills read in an hour", tell, rings=("turns", "vendors"))


def find_wait(row: Any, files: Sequence[Any]) -> Outcome | None:
    """Why it is too early: a file is on its way, or a photo has only just come."""
    waited = (row.db_now - row.created_at).total_seconds()
    if waited < PATIENCE_SECONDS and any(file.status == "pending" for file in files):
        return defer("The files have not been fetched yet.", FETCH_SECONDS, "not_fetched")
    photos = [file for file in files if file.declared_type.startswith("image/")]
    rest = GATHER_SECONDS - min(((row.db_now - file.created_at).total_seconds() for file in photos), default=60.0)
    return defer("Another page may follow.", rest, "gathering") if rest > 0 else None


def read_bill(context: Context, row: Any, files: Sequence[Any], read: ReadFiles) -> Bill:
    """What the files that were stored say; of the others, why they are not."""
    stored = [file for file in files if file.status == "stored"]
    if not stored or row.attempts > MOST_READS:
        return Bill(problems=(find_problem(context, files),))
    seal = Seal(context.settings.secret_key)
    documents = []
    for file in stored:
        with context.engine.connect() as connection:
            sealed = load_sealed(connection, file.id)
        documents.append(DocumentFile(seal.open(sealed), file.content_type or file.declared_type))
    return read(documents, country_of(context.settings.market))


def find_problem(context: Context, files: Sequence[Any]) -> Problem:
    """Of files of which none can be read."""
    with context.engine.connect() as connection:
        codes = [find_refusal(connection, file.conversation_id, file.id) for file in files]
    return next((REFUSALS[code] for code in codes if code in REFUSALS), "unreadable")
