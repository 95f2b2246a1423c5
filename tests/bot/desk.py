"""A desk to take turns at: one database, contacts who write, and what came of it."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, select

from bot.inbox import record
from bot.turn import TurnTaker
from bot.understand import Understand, understand
from db.contacts import Contact
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from integrations.channel import Inbound

ALICE, BOB, CHARLIE = "+14155550134", "+14155550135", "+14155550136"
OURS = "whatsapp:+14155550100"

ANSWERS = {
    "name": "My name is Alice Example",
    "street": "123 Main Street, Austin TX 78701",
    "owner": "I own it",
    "utility": "Austin Energy",
    "monthly_bill": "$180 a month",
    "devices": "2 EVs and a pool pump",
    "roof_type": "metal",
    "email": "skip",
    "alternate_name": "skip",
    "consent": "yes, send it",
}


def inbound(sid: str, text: str = "hello", phone: str = ALICE, **more: Any) -> Inbound:
    values = {"identifiers": (("phone", phone),), "to": OURS, "kind": "text", "sender": f"whatsapp:{phone}", **more}
    return Inbound(external_id=sid, text=text, **values)


class Desk:
    """`rings` are the queues that were rung."""

    def __init__(self, engine: Engine, read: Understand = understand, **settings: Any) -> None:
        self.engine = engine
        self.rings: list[str] = []
        self.taker = TurnTaker(engine, self.rings.append, read, **{"on_duty": True, **settings})
        self._numbers = itertools.count(1)

    def hear(self, *texts: str, phone: str = ALICE) -> int:
        """Messages arrive; the id of the conversation."""
        for text in texts:
            kept = record(self.engine, inbound(f"SM{next(self._numbers)}", text, phone))
            assert kept is not None
        return kept.conversation_id

    def talk(self, *texts: str, phone: str = ALICE) -> int:
        """Messages arrive and each is answered before the next; the id of the conversation."""
        for text in texts:
            conversation = self.hear(text, phone=phone)
            assert self.taker.drain(10)
        return conversation

    def confirm_project(self, phone: str = ALICE) -> int:
        """A whole intake, each question answered as it comes; the id of the conversation."""
        conversation = self.talk("hi", phone=phone)
        for _ in range(30):
            state = self.conversation(conversation).state
            if state["phase"] == "submitted":
                return conversation
            self.talk(ANSWERS.get(state["asked"]["slot"], "yes"), phone=phone)
        raise AssertionError(self.outbox()[-1].payload["text"])

    def conversation(self, conversation: int) -> Any:
        return self.read(Conversation, Conversation.id == conversation)[0]

    def contact(self) -> Any:
        return self.read(Contact)[0]

    def inbox(self) -> list[Any]:
        return self.read(InboxRow)

    def outbox(self, kind: str = "send_message") -> list[Any]:
        return self.read(OutboxRow, OutboxRow.kind == kind)

    def read(self, table: Any, *conditions: Any) -> list[Any]:
        with self.engine.connect() as connection:
            statement = select(table.__table__).where(*conditions).order_by(table.id)
            return list(connection.execute(statement).all())


@contextmanager
def count_statements(engine: Engine) -> Iterator[dict[str, int]]:
    """Counts "statements" and "commits" of the block; BEGIN is not a statement."""
    counts = {"statements": 0, "commits": 0}

    def on_statement(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        counts["statements"] += not statement.startswith("BEGIN")

    def on_commit(_c: Any) -> None:
        counts["commits"] += 1

    event.listen(engine, "before_cursor_execute", on_statement)
    event.listen(engine, "commit", on_commit)
    try:
        yield counts
    finally:
        event.remove(engine, "before_cursor_execute", on_statement)
        event.remove(engine, "commit", on_commit)
