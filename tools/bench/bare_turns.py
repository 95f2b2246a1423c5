"""The bare loop beside our worker: plain ORM objects, the same rows read and written, the commits of ours, no engine.

What a turn decides is worked out before the clock starts.
"""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.outbox import KINDS
from bot.settings import load_settings
from db.contacts import Contact
from db.conversations import Conversation
from db.engine import make_engine
from db.inbox import InboxRow
from db.outbox import OutboxRow
from flows.effects import SPEAKING, Remind
from tools.bench.homeowners import Script, Step, dump_step, load_scripts, walk_script

LEASE = timedelta(seconds=30)
ROWS = 20
Decision = tuple[Step, Any, list[Any]]


def main() -> None:
    engine = make_engine(load_settings().database_url)
    decisions = {text: decide(script) for script in load_scripts() for text in [script.messages[0]]}
    engine.connect().close()
    began, spent = time.monotonic(), time.process_time()
    with Session(engine, expire_on_commit=False) as session:
        while handle_next(session, decisions):
            session.expunge_all()
    print(json.dumps({"seconds": time.monotonic() - began, "cpu": time.process_time() - spent}))
    engine.dispose()


def decide(script: Script) -> list[Decision]:
    return [(step, *dump_step(step)) for step in walk_script(script)]


def handle_next(session: Session, decisions: dict[str, list[Decision]]) -> bool:
    """Leases a conversation and handles its rows, a commit each; False if none waits."""
    now = datetime.now(UTC)
    free = or_(Conversation.lease_until.is_(None), Conversation.lease_until < now)
    conversation = session.scalars(
        select(Conversation)
        .join(InboxRow, InboxRow.conversation_id == Conversation.id)
        .where(InboxRow.status == "ready", free)
        .order_by(InboxRow.id)
        .limit(1)
        .with_for_update(of=Conversation, skip_locked=True)
    ).first()
    if conversation is None:
        return False
    conversation.lease_token += 1
    conversation.lease_until = now + LEASE
    session.commit()
    session.get_one(Contact, conversation.contact_id)
    mine = InboxRow.conversation_id == conversation.id
    rows = session.scalars(
        select(InboxRow).where(mine, InboxRow.status == "ready").order_by(InboxRow.id).limit(ROWS)
    ).all()
    planned = decisions[rows[0].payload["text"]]
    for row in rows:
        write_turn(session, conversation, row, planned[conversation.turn], now, last=row is rows[-1])
    return True


def write_turn(
    session: Session, conversation: Conversation, row: InboxRow, decision: Decision, now: Any, *, last: bool
) -> None:
    step, state, effects = decision
    conversation.state = state
    conversation.turn += 1
    conversation.flow, conversation.flow_version = step.after.flow, step.after.flow_version
    conversation.flow_hash = step.after.flow_hash
    conversation.lease_until = None if last else now + LEASE
    conversation.updated_at = now
    row.status, row.turn, row.reading, row.done_at = "done", conversation.turn, step.reading, now
    session.add_all(
        OutboxRow(
            key=f"{conversation.id}:{conversation.turn}:{index}",
            conversation_id=conversation.id,
            kind=KINDS[type(effect)],
            payload=payload,
            epoch=conversation.epoch if isinstance(effect, SPEAKING) else None,
            due_at=effect.due_at if isinstance(effect, Remind) else now,
        )
        for index, (effect, payload) in enumerate(zip(step.effects, effects, strict=True))
    )
    session.commit()


if __name__ == "__main__":
    main()
