"""A voice message becomes words or an honest nothing, once, through a real transcription server."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.inbox import InboxRow
from db.model_calls import ModelCall
from db.outbox import OutboxRow
from jobs import read_voice
from tests.jobs.stage import Stage
from tests.jobs.test_read_bill import add_file, find_conversation, find_row
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import OPENAI_KEY, Options
from tools.sandbox.runner import run_sandbox

NOTE = b"OggS" + bytes(60)


@pytest.fixture
def stage(sqlite_url: str, redis_url: str) -> Iterator[Stage]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", seed=7)) as sandbox:
        settings = {"openai_api_key": OPENAI_KEY, "openai_base_url": f"{sandbox.base_url}/models/openai/v1"}
        made = Stage(sqlite_url, redis_url, sandbox, **settings)
        yield made
        made.close()


def test_words_come_as_a_message_marked_as_spoken(stage: Stage) -> None:
    with SandboxClient(stage.sandbox.base_url) as sandbox:
        sandbox.script_model("voice.", "our bill is 260\x00", vendor="transcriptions")
    stage.run_effects("documents")  # nothing is there yet
    row = ask(stage)
    for _ in range(2):
        outcome = read_voice.run(stage.context, row)
        with stage.engine.begin() as connection:
            for write in outcome.writes:
                write(connection)
    [heard] = list_heard(stage)
    assert (heard.kind, heard.external_id) == ("message", f"voice:{row.payload['media_id']}")
    assert (heard.payload["text"], heard.payload["voice"], heard.payload["media"]) == ("our bill is 260", True, [])
    assert [(call.outcome, call.vendor, call.prompt_version, call.cost > 0) for call in list_calls(stage)] == [
        ("answered", "openai", "voice", True)
    ] * 2


def test_what_cannot_be_heard_is_said(stage: Stage) -> None:
    stage.add_fault("models.openai.transcriptions", "empty", count=None)
    assert run(stage, ask(stage, attempts=read_voice.MOST_CALLS)) == "done"
    assert [heard.payload["is"] for heard in list_heard(stage)] == ["VoiceUnheard"]


def test_a_model_that_fails_for_a_moment_is_asked_again(stage: Stage) -> None:
    stage.add_fault("models.openai.transcriptions", "error_before", count=None)
    row = ask(stage)
    assert run(stage, row) == "retry"
    assert list_heard(stage) == []
    assert run(stage, ask(stage, attempts=read_voice.MOST_CALLS + 1)) == "done"
    assert [heard.kind for heard in list_heard(stage)] == ["document"]


def test_a_file_of_another_kind_is_not_sent(stage: Stage) -> None:
    assert run(stage, ask(stage, kind="audio/amr")) == "done"
    assert [heard.payload["is"] for heard in list_heard(stage)] == ["VoiceUnheard"]
    with SandboxClient(stage.sandbox.base_url) as sandbox:
        assert sandbox.read_model_requests() == []


def test_no_more_is_spent_than_the_budget(stage: Stage) -> None:
    object.__setattr__(stage.context.settings, "llm_contact_cents", 0.0)
    assert run(stage, ask(stage)) == "done"
    assert [heard.payload["is"] for heard in list_heard(stage)] == ["VoiceUnheard"]
    assert list_calls(stage) == []


def test_a_recording_that_is_on_its_way_is_waited_for(stage: Stage) -> None:
    row = ask(stage, status="pending")
    assert run(stage, row) == "deferred"
    stage.change(OutboxRow, row.id, created_at=datetime.now(UTC) - timedelta(hours=1))
    assert run(stage, find_row(stage, row.id)) == "done"
    assert [heard.payload["is"] for heard in list_heard(stage)] == ["VoiceUnheard"]


def ask(stage: Stage, kind: str = "audio/ogg", status: str = "stored", attempts: int = 1) -> Any:
    media_id = add_file(stage, NOTE, kind, status=status)
    payload = {"is": "ReadVoice", "media_id": media_id, "language": "en"}
    conversation = find_conversation(stage, media_id)
    return find_row(stage, stage.add_effect(conversation, "read_voice", payload, attempts=attempts))


def run(stage: Stage, row: Any) -> str:
    """One run and its event; how it ended."""
    outcome = read_voice.run(stage.context, row)
    with stage.engine.begin() as connection:
        for write in outcome.writes:
            write(connection)
    return outcome.status


def list_heard(stage: Stage) -> list[Any]:
    with stage.engine.connect() as connection:
        rows = select(InboxRow.__table__).where(InboxRow.external_id.like("voice:%"))
        return list(connection.execute(rows).all())


def list_calls(stage: Stage) -> list[Any]:
    with stage.engine.connect() as connection:
        return list(connection.execute(select(ModelCall.__table__)).all())
