"""The product with one thing done wrong, to prove the checker: `python -m tests.kill.buggy BUG worker|clock`.

The web process of a bug is `gunicorn "tests.kill.buggy:make_web('BUG')"`.
"""

import sys
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, update

import bot.inbox
import bot.turn
import bot.turn_commit
import bot.web.vendor_webhooks
import bot.web.webhooks
import db.sends
import jobs.clock
import jobs.inbound_sweep
import jobs.intent
import jobs.read_project
import jobs.reconcile
import jobs.send_message
import jobs.sends
import jobs.sweeper
import jobs.sync_project
import jobs.worker
from bot.failpoints import reach
from db.conversations import Conversation
from db.inbox import InboxRow
from db.outbox import OutboxRow
from db.types import now
from jobs.outcomes import retry

LATER_SECONDS = 0.3


def forget_message_ids() -> None:
    """Every delivery of a message is a new message."""
    describe = bot.inbox.describe_arrival

    def make_unique(message: Any, channel: str) -> Any:
        arrival = describe(message, channel)
        return replace(arrival, external_id=f"{arrival.external_id}-{uuid.uuid4().hex}")

    bot.inbox.describe_arrival = make_unique


def answer_before_commit() -> None:
    """200 first, the row a moment later."""
    record = bot.inbox.record

    def record_later(engine: Any, message: Any) -> bool:
        threading.Timer(LATER_SECONDS, record, (engine, message)).start()
        return False

    bot.web.webhooks.record = record_later


def write_without_fence() -> None:
    """A turn whose lease is long gone writes all the same."""

    write_turn, finish_row = bot.turn_commit.write_turn, bot.turn_commit.finish_row

    def write_anyway(connection: Connection, claim: Any, *rest: Any) -> Any:
        token = select(Conversation.lease_token).where(Conversation.id == claim.id)
        return write_turn(connection, replace(claim, token=connection.execute(token).scalar_one()), *rest)

    make_rows = bot.turn_commit.make_rows

    def key_at_random(*arguments: Any) -> list[dict[str, Any]]:
        return [{**row, "key": f"{row['key']}:{uuid.uuid4().hex}"} for row in make_rows(*arguments)]

    bot.turn_commit.write_turn = write_anyway
    bot.turn_commit.finish_row = lambda *given: finish_row(*given) or True
    bot.turn_commit.make_rows = key_at_random


def finish_before_turn() -> None:
    """The row is taken off the inbox when its turn begins."""
    claim_conversation = bot.turn.claim_conversation

    def pop_rows(connection: Connection, seconds: float) -> Any:
        claim = claim_conversation(connection, seconds)
        if claim is not None:
            popped = update(InboxRow).where(InboxRow.id.in_([row.id for row in claim.rows]))
            connection.execute(popped.values(status="done"))
        return claim

    bot.turn.claim_conversation = pop_rows
    bot.turn_commit.finish_row = lambda *_: True


def write_effects_after_commit() -> None:
    """The state is committed, its effects are written afterwards."""
    write, make_rows = bot.turn.write, bot.turn_commit.make_rows

    def write_twice(engine: Any, claim: Any, row: Any, before: Any, turn: Any, *rest: Any) -> Any:
        written = write(engine, claim, row, before, replace(turn, effects=()), *rest)
        reach("turn.after_commit")
        with engine.begin() as connection:
            rows = make_rows(turn.effects, claim.id, claim.turn + 1, written.epoch, claim.at)
            bot.turn_commit.add_effects(connection, rows)
        return written

    bot.turn.write = write_twice


def repeat_unknown_sends() -> None:
    """A send whose outcome nobody knows is simply tried again."""
    explain = jobs.send_message.explain_result

    def explain_away(context: Any, row: Any, content_id: str, result: Any) -> Any:
        if result.outcome == "unknown":
            return retry("try again", after=0.5)
        return explain(context, row, content_id, result)

    jobs.send_message.explain_result = explain_away


def resend_after_crash() -> None:
    """What a dead process was sending is sent again, without a look at the channel's list."""

    def forget_intent(connection: Connection) -> int:
        dead = update(OutboxRow).where(OutboxRow.status == "sending", OutboxRow.lease_until < now())
        return connection.execute(dead.values(status="ready", lease_until=None)).rowcount

    jobs.sends.expire_sends = forget_intent


def overlook_list() -> None:
    """Reconciliation reads the channel's list and finds nothing in it."""
    jobs.reconcile.find_match = lambda *_: None


def ignore_control() -> None:
    """What was queued before a take-over is said after it."""
    judge = jobs.intent._judge

    def judge_without_epoch(connection: Connection, context: Any, row: Any) -> Any:
        return judge(connection, context, _Stale(row))

    jobs.intent._judge = judge_without_epoch


def ignore_stop() -> None:
    """STOP is confirmed and changes nothing."""
    bot.turn_commit.opt_out = lambda *_: None


def send_in_any_order() -> None:
    """A reply does not wait for the one before it."""
    ready = (db.sends.MESSAGE, db.sends._has(OutboxRow, "ready"), OutboxRow.due_at <= now(), ~db.sends.RIVAL_IN_FLIGHT)
    db.sends.CANDIDATES = db.sends.JOINED.where(*ready).order_by(OutboxRow.id).limit(20)


def sweep_nothing() -> None:
    """A ring that was lost is lost for good."""
    jobs.sweeper.has_waiting_turn = lambda _: False
    jobs.sweeper.list_due_kinds = lambda _: set()


def trust_webhooks() -> None:
    """Nobody looks for messages whose webhook never came."""
    jobs.inbound_sweep.sweep = lambda _: 0


def post_without_looking() -> None:
    """A project that may have been created at its vendor is created again."""
    choose = jobs.sync_project.choose_action
    jobs.sync_project.choose_action = lambda link, parts: choose(link, parts) if link.external_id else "create"


def tell_without_fence() -> None:
    """A read that was overtaken compares with what was told when it began, and writes."""
    keep_read = jobs.read_project.keep_read

    def keep_stale(context: Any, link: Any, state: Any) -> None:
        jobs.read_project.hold_link = lambda *_: link
        keep_read(context, link, state)

    jobs.read_project.keep_read = keep_stale


def acknowledge_before_commit() -> None:
    """200 first, the vendor's webhook a moment later."""
    record = bot.web.vendor_webhooks.record_webhook

    def record_later(*given: Any) -> bool:
        threading.Timer(LATER_SECONDS, record, given).start()
        return True

    bot.web.vendor_webhooks.record_webhook = record_later


class _Stale:
    """A row as if its conversation had never changed hands."""

    def __init__(self, row: Any) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return self._row.epoch if name == "control_epoch" else getattr(self._row, name)


BUGS: dict[str, Callable[[], None]] = {
    bug.__name__: bug
    for bug in (
        forget_message_ids, answer_before_commit, write_without_fence, finish_before_turn, write_effects_after_commit,
        repeat_unknown_sends, resend_after_crash, overlook_list, ignore_control, ignore_stop, send_in_any_order,
        sweep_nothing, trust_webhooks, post_without_looking, tell_without_fence, acknowledge_before_commit,
    )
}  # fmt: skip


def make_web(bug: str) -> Any:
    """The WSGI application with a bug."""
    BUGS[bug]()
    from wsgi import app

    return app


def main() -> None:
    bug, process = sys.argv[1:]
    BUGS[bug]()
    {"worker": jobs.worker.main, "clock": jobs.clock.main}[process]()


if __name__ == "__main__":
    main()
