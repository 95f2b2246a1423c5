"""What the API asks of a vendor: an effect like any other, waited for a moment."""

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import redis
from sqlalchemy import Connection, Engine, Row, select

from bot.wake import EFFECT_QUEUES, Doorbell
from db.outbox import OutboxRow, insert_effect

WAIT_SECONDS = 10.0
POLL_SECONDS = 0.05
ENDED = ("done", "parked", "held", "cancelled")


@dataclass(frozen=True, slots=True)
class Operation:
    """`status` as in the outbox; `result` is the job's, `error` a sentence where it did not work (yet)."""

    id: int
    status: str
    result: Any
    error: str
    code: str

    @property
    def is_over(self) -> bool:
        return self.status in ENDED


def ask(connection: Connection, key_id: int, kind: str, payload: Mapping[str, Any], conversation_id: int | None) -> int:
    """Records what the holder of a key asked for, as an effect; its id. Ring afterwards."""
    key = f"api:{key_id}:{secrets.token_hex(12)}"
    insert_effect(connection, key=key, conversation_id=conversation_id, kind=kind, payload=dict(payload))
    return connection.execute(select(OutboxRow.id).where(OutboxRow.key == key)).scalar_one()


def join_open(
    connection: Connection, key_id: int, kind: str, payload: Mapping[str, Any], conversation_id: int | None
) -> int | None:
    """What the same key asked for in the same words and still waits: asking again and again costs nothing more."""
    waiting = select(OutboxRow.id, OutboxRow.payload).where(
        OutboxRow.conversation_id == conversation_id,
        OutboxRow.kind == kind,
        OutboxRow.status == "ready",
        OutboxRow.key.startswith(f"api:{key_id}:", autoescape=True),
    )
    rows = connection.execute(waiting.order_by(OutboxRow.id))
    return next(
        (row.id for row in rows if all(row.payload.get(name) == value for name, value in payload.items())), None
    )


def find_operation(engine: Engine, operation_id: int, key_id: int) -> Operation | None:
    """What this key asked for under that id; None where it asked nothing such."""
    with engine.connect() as connection:
        row = _read(connection, operation_id)
    if row is None or not row.key.startswith(f"api:{key_id}:"):
        return None
    return Operation(row.id, row.status, row.result, row.error, row.error_code)


@dataclass(frozen=True)
class Waiting:
    """Waits for operations in as many processes at once as there are `places`: the others must answer webhooks."""

    engine: Engine
    bell: Doorbell
    places: int = 1
    seconds: float = WAIT_SECONDS

    def await_end(self, operation_id: int, kind: str, key_id: int) -> Operation | None:
        """The operation when it is over, or as it stands when the time is; at once where no place is free."""
        self.bell.ring(EFFECT_QUEUES[kind])
        with self._place() as free:
            deadline = time.monotonic() + (self.seconds if free else 0.0)
            while True:
                operation = find_operation(self.engine, operation_id, key_id)
                if operation is None or operation.is_over or time.monotonic() >= deadline:
                    return operation
                time.sleep(POLL_SECONDS)  # the pause of a poll with a deadline

    @contextmanager
    def _place(self) -> Iterator[bool]:
        name = self._take_place()
        try:
            yield bool(name)
        finally:
            if name:
                self._give_back(name)

    def _take_place(self) -> str:
        try:
            for number in range(self.places):
                name = f"api:waiting:{number}"
                if self.bell.redis.set(name, 1, nx=True, ex=round(self.seconds) + 2):
                    return name
        except (redis.RedisError, OSError):
            return ""  # nothing would hear the ring either: the sweeper does the work later
        return ""

    def _give_back(self, name: str) -> None:
        try:
            self.bell.redis.delete(name)
        except (redis.RedisError, OSError):
            return  # it expires by itself


def _read(connection: Connection, operation_id: int) -> Row[Any] | None:
    columns = (
        OutboxRow.id, OutboxRow.key, OutboxRow.status, OutboxRow.result, OutboxRow.error, OutboxRow.error_code,
    )  # fmt: skip
    return connection.execute(select(*columns).where(OutboxRow.id == operation_id)).one_or_none()
