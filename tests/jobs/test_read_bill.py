"""Files of a bill become one event, whatever is run twice, comes late or fails."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.document_news import FIELDS
from bot.documents import DocumentFile
from bot.sealing import Seal
from db.inbox import InboxRow
from db.media import MediaFile
from db.outbox import OutboxRow, claim_effect
from db.types import now
from flows.codec import load
from flows.events import DocumentRead
from flows.reading.bills.types import Bill
from jobs import read_bill
from jobs.documents import drain_files
from jobs.settling import Claim, settle
from tests.jobs.stage import Stage

GREEN_BUTTON = b"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"/>"""
LONG_AGO = timedelta(hours=1)


class Reader:
    """Says what it is told to, and remembers what it was given."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.given: list[tuple[list[bytes], list[str], str]] = []

    def __call__(self, files: Sequence[DocumentFile], country: str) -> Bill:
        self.given.append(([file.content for file in files], [file.content_type for file in files], country))
        return self.bill


BILL = Bill(
    utility="PSE&G", account="…4410", period_start="2026-06-03", period_end="2026-07-02", kwh=843.0, amount=212.4,
    currency="USD", monthly_kwh=(1.0, None, *[700.0] * 10), sure=frozenset({"kwh", "amount"}), problems=("estimated",),
)  # fmt: skip


def test_what_the_files_say_becomes_one_event(stage: Stage) -> None:
    reader, row = Reader(BILL), ask(stage, add_file(stage, b"one"), add_file(stage, b"two", kind="application/pdf"))
    assert run(stage, row, reader) == "done"
    assert reader.given == [([b"one", b"two"], ["image/jpeg", "application/pdf"], "US")]
    [event] = list_events(stage)
    assert event.media_ids == tuple(row.payload["media_ids"])
    assert (event.bill["kwh"], event.bill["monthly_kwh"][:2], event.sure) == (843, [1, None], ("amount", "kwh"))
    assert event.problems == ("estimated",)
    assert set(event.bill) == set(FIELDS)


def test_twice_is_once(stage: Stage) -> None:
    row = ask(stage, add_file(stage, b"one"))
    for _ in range(2):  # the process that ran it died before it could say so
        outcome = read_bill.run(stage.context, row, Reader(BILL))
        with stage.engine.begin() as connection:
            for write in outcome.writes:
                write(connection)
    assert len(list_events(stage)) == 1


def test_a_later_reading_with_more_pages_is_the_one(stage: Stage) -> None:
    first, second = add_file(stage, b"one"), add_file(stage, b"two")
    early, late, reader = ask(stage, first), ask(stage, first, second), Reader(BILL)
    assert run(stage, early, reader) == "done"
    assert list_events(stage) == [] == reader.given
    assert run(stage, late, reader) == "done"
    assert [event.media_ids for event in list_events(stage)] == [(first, second)]


def test_a_photo_waits_a_moment_for_the_next_page(stage: Stage) -> None:
    row = ask(stage, add_file(stage, b"one", age=timedelta(seconds=1)))
    assert run(stage, row, Reader(BILL)) == "deferred"
    assert run(stage, ask(stage, add_file(stage, b"all", "application/pdf", timedelta(0))), Reader(BILL)) == "done"


def test_a_file_that_is_on_its_way_is_waited_for(stage: Stage) -> None:
    media_id = add_file(stage, b"one", status="pending")
    row = ask(stage, media_id)
    assert run(stage, row, Reader(BILL)) == "deferred"
    stage.change(OutboxRow, row.id, created_at=datetime.now(UTC) - LONG_AGO)
    assert run(stage, find_row(stage, row.id), Reader(BILL)) == "done"
    assert [event.problems for event in list_events(stage)] == [("unreadable",)]


@pytest.mark.parametrize(("code", "problem"), [("content_type", "wrong_type"), ("too_large", "too_large"),
                                               ("410", "unreadable")])  # fmt: skip
def test_a_file_that_was_not_taken_in_has_its_reason(stage: Stage, code: str, problem: str) -> None:
    media_id = add_file(stage, b"", status="refused")
    fetch = {"is": "FetchMedia", "media_id": media_id}
    stage.add_effect(find_conversation(stage, media_id), "fetch_media", fetch, status="parked", error_code=code)
    reader = Reader(BILL)
    assert run(stage, ask(stage, media_id), reader) == "done"
    assert (reader.given, [event.problems for event in list_events(stage)]) == ([], [(problem,)])


def test_files_that_end_every_process_are_left_alone(stage: Stage) -> None:
    row, reader = ask(stage, add_file(stage, b"bomb"), attempts=read_bill.MOST_READS + 1), Reader(BILL)
    assert run(stage, row, reader) == "done"
    assert (reader.given, [event.problems for event in list_events(stage)]) == ([], [("unreadable",)])


def test_no_page_can_say_more_than_the_fields(stage: Stage) -> None:
    """Long words, numbers that JSON does not know, half characters: what is kept is plain and short."""
    odd = Bill(utility="x\x00" * 5000, kwh=float("nan"), amount=float("inf"), service_address="a\ud800b")
    assert run(stage, ask(stage, add_file(stage, b"odd")), Reader(odd)) == "done"
    [event] = list_events(stage)
    assert len(event.bill["utility"]) <= 200
    assert "\x00" not in json.dumps(event.bill)
    assert not isinstance(event.bill["kwh"], float)


def test_what_is_read_for_long_is_claimed_by_nobody_else(stage: Stage) -> None:
    """However much longer than its lease: else every claim would read it anew, and none could say so."""
    stage.context.settings = replace(stage.context.settings, lease_seconds=1.2)
    ask(stage, add_file(stage, b"one"))
    with stage.engine.begin() as connection:
        row: Any = claim_effect(connection, ["read_bill"], 1.2)
    reader = Reader(BILL)

    def read_long(files: Sequence[DocumentFile], country: str) -> Bill:
        ends = {find_row(stage, row.id).lease_until}
        until = time.monotonic() + 10
        while len(ends) < 5:  # together longer than the claim itself lasted
            assert time.monotonic() < until, "the lease is not prolonged"
            ends.add(find_row(stage, row.id).lease_until)
            with stage.engine.begin() as connection:
                assert claim_effect(connection, ["read_bill"], 1.2) is None
            time.sleep(0.02)
        return reader(files, country)

    outcome = read_bill.run(stage.context, row, read_long)
    assert settle(stage.context, Claim(row, row.lease_token, row.attempts, 0.0), outcome)
    assert len(list_events(stage)) == 1


def test_after_a_handful_in_an_hour_a_colleague_reads(stage: Stage) -> None:
    """What was not read itself does not count, nor what was read long ago; staff hear of it once."""
    files = [add_file(stage, b"one") for _ in range(read_bill.MOST_AN_HOUR + 3)]
    reader, long_ago = Reader(BILL), datetime.now(UTC) - 2 * LONG_AGO
    before = ask(stage, files[0])
    assert run(stage, before, reader) == "done"
    stage.change(OutboxRow, before.id, done_at=long_ago)
    for file in files[1:]:
        assert run(stage, ask(stage, file), reader) == "done"
    assert len(reader.given) == 1 + read_bill.MOST_AN_HOUR
    assert [event.problems for event in list_events(stage)][-3:] == [("estimated",), ("enough",), ("enough",)]
    assert 1 <= len(stage.rows("alert_staff")) <= 2, "two where the clock struck in between"


def test_fetching_goes_before_reading(stage: Stage) -> None:
    """However long the bills have been due: addresses of files at the channel do not last."""
    ask(stage, add_file(stage, GREEN_BUTTON, "text/xml"))
    conversation = find_conversation(stage, add_file(stage, b"two"))
    fetch = stage.add_effect(conversation, "fetch_media", {"is": "FetchMedia", "media_id": "none"})
    assert stage.run_effects("documents") == 2
    ends = {row.kind: row.intent_at for row in [*stage.rows("fetch_media"), *stage.rows("read_bill")]}
    assert stage.row(fetch).error_code == "no_media"
    assert ends["fetch_media"] < ends["read_bill"]


def test_the_queue_reads_by_itself(stage: Stage) -> None:
    """A real file through the real reader, photo's pause and all; what it is no bill of is said."""
    row = ask(stage, add_file(stage, GREEN_BUTTON, "text/xml"))
    photo = ask(stage, add_file(stage, b"no photo", age=timedelta(seconds=2.5)))
    drain_files(stage.context, 20.0)
    assert {find_row(stage, each.id).status for each in (row, photo)} == {"done"}
    problems = [event.problems for event in list_events(stage)]
    assert len(problems) == 2
    assert all(problems)


def add_file(
    stage: Stage, content: bytes, kind: str = "image/jpeg", age: timedelta = LONG_AGO, status: str = "stored"
) -> str:
    """A file of the one contact's; its id."""
    with stage.engine.begin() as connection:
        known = connection.execute(select(MediaFile.conversation_id)).scalars().first()
    conversation = known or stage.add_conversation()
    with stage.engine.begin() as connection:
        came = {"conversation_id": conversation, "kind": "message", "payload": {}, "status": "done"}
        inbox = connection.execute(insert(InboxRow).values(**came)).inserted_primary_key[0]
        media_id = f"m{inbox}"
        sealed = Seal(stage.context.settings.secret_key).close(content) if status == "stored" else None
        values = {"id": media_id, "conversation_id": conversation, "inbox_id": inbox, "url": "https://example.com/m",
                  "declared_type": kind, "content_type": kind, "sealed": sealed, "status": status,
                  "created_at": datetime.now(UTC) - age}  # fmt: skip
        connection.execute(insert(MediaFile).values(**values))
    return media_id


def find_conversation(stage: Stage, media_id: str) -> int:
    with stage.engine.connect() as connection:
        return connection.execute(select(MediaFile.conversation_id).where(MediaFile.id == media_id)).scalar_one()


def ask(stage: Stage, *media_ids: str, attempts: int = 1) -> Any:
    conversation = find_conversation(stage, media_ids[0])
    payload = {"is": "ReadBill", "media_ids": list(media_ids)}
    return find_row(stage, stage.add_effect(conversation, "read_bill", payload, attempts=attempts))


def find_row(stage: Stage, row_id: int) -> Any:
    with stage.engine.connect() as connection:
        columns = (OutboxRow.__table__, now().label("db_now"))
        return connection.execute(select(*columns).where(OutboxRow.id == row_id)).one()


def run(stage: Stage, row: Any, reader: Reader) -> str:
    """One run and its settling, as the runner's; how it ended."""
    outcome = read_bill.run(stage.context, row, reader)
    settle(stage.context, Claim(row, row.lease_token, row.attempts, 0.0), outcome)
    return outcome.status


def list_events(stage: Stage) -> list[DocumentRead]:
    with stage.engine.connect() as connection:
        rows = connection.execute(select(InboxRow.payload).where(InboxRow.kind == "document")).scalars()
        return [load(DocumentRead, payload) for payload in rows]
