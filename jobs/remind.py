"""A due time that a turn asked for has come: it becomes an event, unless another turn came in between."""

from typing import Any

from sqlalchemy import Connection, select

from bot.failpoints import reach
from db.conversations import Conversation
from db.inbox import InboxRow
from db.once import insert_once
from jobs.context import Context
from jobs.outcomes import Outcome, done


def run(context: Context, row: Any) -> Outcome:
    """Done either way; the event is written in the same commit. A turn may still come in between: the event's own turn
    looks again. What is `about` something is told whatever came in between."""
    asked = int(row.key.split(":")[1])

    def insert_event(connection: Connection) -> None:
        statement = select(Conversation.turn).where(Conversation.id == row.conversation_id)
        about = row.payload.get("about", "")
        if not about and connection.execute(statement).scalar_one() != asked:
            return
        values = {
            "conversation_id": row.conversation_id,
            "kind": "timer",
            "external_id": f"timer:{row.key}",
            "payload": {"is": "TimerFired", "kind": row.payload["kind"], "turn": asked, "about": about},
        }
        insert_once(connection, InboxRow, values, "external_id")
        reach("remind.before_commit")

    return done("", "", insert_event, rings=("turns",))
