"""A stage for effects: one sandbox, one database, contacts whose rows tests write, and what was sent."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import Engine, event, insert, select, update

from bot.settings import Settings
from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.outbox import MessageStatus, OutboxRow
from jobs.context import Context, open_context
from jobs.runner import drain_queue
from jobs.sends import Dispatcher
from tools.sandbox.options import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tools.sandbox.runner import Sandbox
from tools.sandbox.twilio.records import Message

ALICE, BOB, CHARLIE = "+14155550134", "+14155550135", "+14155550136"


def make_settings(database_url: str, redis_url: str, sandbox_url: str, **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "database_url": database_url,
        "redis_url": redis_url,
        "secret_key": ("a secret for tests alone",),
        "public_url": "http://127.0.0.1:9",
        "twilio_account_sid": ACCOUNT_SID,
        "twilio_auth_token": (AUTH_TOKEN,),
        "twilio_whatsapp_from": SENDER,
        "twilio_api_url": sandbox_url,
        "twilio_content_api_url": sandbox_url,
        "twilio_messaging_api_url": sandbox_url,
        "lease_seconds": 6.0,
        "reconcile_after_seconds": 0.2,
    }
    return Settings(**{**values, **changes})


class Stage:
    """`sandbox` is a real HTTP Twilio; `context` is what a worker process would hold."""

    def __init__(self, database_url: str, redis_url: str, sandbox: Sandbox, **changes: Any) -> None:
        self.sandbox = sandbox
        self.context: Context = open_context(make_settings(database_url, redis_url, sandbox.base_url, **changes))
        self.engine: Engine = self.context.engine
        self._rows = 0

    def close(self) -> None:
        self.context.close()

    def add_conversation(self, phone: str = ALICE, heard: float | None = 60.0, **columns: Any) -> int:
        """A conversation whose contact wrote `heard` seconds ago (None: never); its id."""
        now = datetime.now(UTC)
        heard_at = None if heard is None else now - timedelta(seconds=heard)
        self.sandbox.world.store.find_homeowner(phone).last_inbound_at = heard_at
        with self.engine.begin() as connection:
            contact = connection.execute(insert(Contact).values(name="Alice")).inserted_primary_key[0]
            connection.execute(insert(ContactIdentifier).values(contact_id=contact, kind="phone", value=phone))
            values = {
                "contact_id": contact,
                "channel": "whatsapp",
                "address": SENDER,
                "reply_to": f"whatsapp:{phone}",
                "heard_at": heard_at,
                **columns,
            }
            return int(connection.execute(insert(Conversation).values(**values)).inserted_primary_key[0])

    def add_message(self, conversation: int, text: str = "Hello", **more: Any) -> int:
        """A ready message; `more` are columns, and `payload` parts of the effect. Its id."""
        payload = {"is": "SendMessage", "text": text, "language": "en", "keys": ["greeting"], **more.pop("payload", {})}
        return self.add_effect(conversation, "send_message", payload, **{"epoch": 0, **more})

    def add_effect(self, conversation: int, kind: str, payload: dict[str, Any], **columns: Any) -> int:
        self._rows += 1
        values = {"key": f"{conversation}:{self._rows}:0", "conversation_id": conversation, "kind": kind, **columns}
        with self.engine.begin() as connection:
            return int(connection.execute(insert(OutboxRow).values(payload=payload, **values)).inserted_primary_key[0])

    def add_status(self, row_id: int, status: str, code: str = "") -> None:
        """A status callback as the webhook leaves it when it has a consequence."""
        row = self.row(row_id)
        with self.engine.begin() as connection:
            connection.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(message_status=status))
            connection.execute(
                insert(MessageStatus).values(
                    outbox_id=row_id, external_id=row.external_id or "", status=status, code=code, raw={}
                )
            )

    def send(self, seconds: float = 8.0) -> int:
        """Drains the queue of messages as its worker would."""
        return Dispatcher(self.context, seconds).run()

    def send_until(self, condition: Callable[[], bool], seconds: float = 15.0) -> None:
        """Drains as the sweeper would have it drained, until `condition` holds."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, [tuple(row) for row in self.rows()]
            if not self.send():
                time.sleep(0.05)

    def run_effects(self, queue: str) -> int:
        return drain_queue(self.context, queue)

    def row(self, row_id: int) -> Any:
        with self.engine.connect() as connection:
            return connection.execute(select(OutboxRow.__table__).where(OutboxRow.id == row_id)).one()

    def rows(self, kind: str = "send_message") -> list[Any]:
        with self.engine.connect() as connection:
            return list(
                connection.execute(
                    select(OutboxRow.__table__).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
                ).all()
            )

    def change(self, table: Any, row_id: Any, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(table).where(table.id == row_id).values(**values))

    def accepted(self, phone: str = ALICE) -> list[str]:
        """The bodies that Twilio accepted for a contact, in order."""
        entries = self.sandbox.world.ledger.entries("message_accepted")
        return [entry["body"] for entry in entries if entry["to"] == f"whatsapp:{phone}"]

    def write(self, phone: str = ALICE, **wish: Any) -> Message:
        """The contact does something on their phone; nobody listens to the webhook."""
        answer = httpx.post(
            f"{self.sandbox.base_url}/sandbox/homeowners/{phone}/messages", json={"wait": True, **wish}, trust_env=False
        )
        found = self.sandbox.world.store.find_message(answer.json()["sid"])
        assert found is not None
        return found

    def add_fault(self, endpoint: str, kind: str, **more: Any) -> None:
        self.sandbox.world.faults.add({"endpoint": endpoint, "kind": kind, **more})


@contextmanager
def count_commits(engine: Engine) -> Iterator[list[str]]:
    """Collects the statements of writing transactions, and "COMMIT" for each of them."""
    heard: list[str] = []
    writes: dict[int, bool] = {}

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        heard.append(statement)
        if not statement.lstrip().upper().startswith(("SELECT", "BEGIN")):
            writes[id(connection)] = True

    def commit(connection: Any) -> None:
        if writes.pop(id(connection), False):
            heard.append("COMMIT")

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", commit)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", commit)
