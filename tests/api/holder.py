"""Somebody with a key of the API."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from werkzeug.test import TestResponse

from api.app import add_api
from bot.api_keys import SCOPES, make_key
from bot.app import create_app, open_parts
from bot.settings import Settings
from db.contacts import Contact
from db.conversations import Conversation
from db.outbox import OutboxRow
from db.projects import Project
from db.types import now


@dataclass
class Holder:
    settings: Settings
    company: str = "sunny-homes"
    project_id: int = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.parts = open_parts(self.settings)
        self.engine = self.parts.engine
        app = create_app(self.settings, self.parts)
        add_api(app, self.settings, self.parts)
        self.client = app.test_client()
        self.key = make_key(self.engine, "Sunny Homes", SCOPES, company=self.company)
        self.project_id = self._insert_project()

    def close(self) -> None:
        self.engine.dispose()
        self.parts.bell.redis.close()

    def call(self, method: str, path: str, document: Any = None, **headers: str) -> TestResponse:
        sent = {"x-api-key": self.key, **{name.replace("_", "-"): value for name, value in headers.items()}}
        given = {name: value for name, value in sent.items() if value}
        return self.client.open(f"/api/v1{path}", method=method, json=document, headers=given)

    @contextmanager
    def worker(self, settle: Callable[[Any], dict[str, Any]]) -> Any:
        """Ends every effect that waits, as a job would, with the columns that `settle` gives for it."""
        stopping = threading.Event()
        thread = threading.Thread(target=self._work, args=(settle, stopping))
        thread.start()
        try:
            yield
        finally:
            stopping.set()
            thread.join()

    def _work(self, settle: Callable[[Any], dict[str, Any]], stopping: threading.Event) -> None:
        while not stopping.wait(0.02):
            with self.engine.begin() as connection:
                waiting = select(OutboxRow.__table__).where(OutboxRow.status == "ready")
                for row in connection.execute(waiting).all():
                    ended = {"status": "done", **settle(row)}
                    connection.execute(update(OutboxRow).where(OutboxRow.id == row.id).values(**ended))

    def _insert_project(self) -> int:
        with self.engine.begin() as connection:
            contact = connection.execute(insert(Contact).values(name="Alice").returning(Contact.id)).scalar_one()
            conversation = connection.execute(
                insert(Conversation)
                .values(contact_id=contact, channel="whatsapp", address="ours", reply_to="theirs")
                .returning(Conversation.id)
            ).scalar_one()
            project = {"conversation_id": conversation, "contact_id": contact, "number": 1, "confirmed_at": now()}
            return connection.execute(insert(Project).values(**project).returning(Project.id)).scalar_one()
