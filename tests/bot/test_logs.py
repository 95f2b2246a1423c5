"""Logs are structured, and hold no secret, no number, no mail address and nothing that was said."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from bot.logs import get_logger, redact_text, set_up_logs
from db.contacts import Contact


class Lines(io.StringIO):
    def read_entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = Lines()
    set_up_logs("json", "info", stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_an_entry_is_one_json_line(lines: Lines) -> None:
    get_logger("bot.turn").info("turn committed", conversation_id=7, seconds=0.02, ids=[1, 2])
    (entry,) = lines.read_entries()
    assert entry["timestamp"].endswith("Z")
    del entry["timestamp"]
    assert entry == {
        "event": "turn committed", "conversation_id": 7, "seconds": 0.02, "ids": [1, 2], "level": "info",
        "logger": "bot.turn",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("auth_token", "b7c1f2d3"),
        ("TWILIO_AUTH_TOKEN", ["b7c1f2d3"]),
        ("headers", {"Authorization": "Basic b7c1f2d3"}),
        ("headers", {"X-Twilio-Signature": "b7c1f2d3"}),
        ("secret_key", "b7c1f2d3"),
        ("url", "redis://:b7c1f2d3@cache.example.com/0"),
        ("url", "https://media.example.com/x?token=b7c1f2d3&size=2"),
        ("detail", "sent Bearer b7c1f2d3e4 and got 401"),
        ("body", "b7c1f2d3 is what I said"),
        ("message", {"text": "b7c1f2d3"}),
        ("rows", [{"raw": "b7c1f2d3"}]),
        ("error", ValueError("token=b7c1f2d3")),
        ("to", "b7c1f2d3@mail.example.com"),
    ],
)
def test_nothing_private_is_written(lines: Lines, field: str, value: object) -> None:
    get_logger("bot").info("happened", **{field: value}, kept="yes")
    assert "b7c1f2d3" not in lines.getvalue()
    assert lines.read_entries()[0]["kept"] == "yes"


@pytest.mark.parametrize("written", ["whatsapp:+14155550123", "+1 415 555 0123", "14155550123", "+1 (415) 555-0123"])
def test_numbers_keep_their_last_four_digits(lines: Lines, written: str) -> None:
    get_logger("bot").warning("not delivered", to=written, detail=f"the number {written} is unknown")
    (entry,) = lines.read_entries()
    assert entry["to"] == "…0123"
    assert entry["detail"] == "the number …0123 is unknown"


@pytest.mark.parametrize(
    "harmless", ["2026-11-21T06:40:00Z", "SM00112233445566778899aabbccddeeff", "17:4:0", "16777216"]
)
def test_what_is_harmless_stays(harmless: str) -> None:
    assert redact_text(f"at {harmless}, fine") == f"at {harmless}, fine"


def test_what_the_database_refuses_is_not_written(lines: Lines, engine: Engine) -> None:
    said = "Rosa, 12 Elm St"  # a traceback quotes the lines of code that it went through
    try:
        with engine.begin() as connection:
            connection.execute(insert(Contact).values(id=1, name=said))
            connection.execute(insert(Contact).values(id=1, name=said))
    except IntegrityError:
        get_logger("bot").exception("turn failed")
    assert "IntegrityError" in lines.getvalue()
    assert "Elm" not in lines.getvalue()


def test_logs_of_libraries_and_tracebacks_are_redacted_too(lines: Lines) -> None:
    try:
        raise ValueError("no answer from +14155550123")
    except ValueError:
        logging.getLogger("some.library").exception("calling %s failed", "+14155550123")
    (entry,) = lines.read_entries()
    assert entry["event"] == "calling …0123 failed"
    assert "ValueError: no answer from …0123" in entry["exception"]
    assert "+1415" not in lines.getvalue()
