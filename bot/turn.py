"""Turns: one event at a time for one conversation, its state, its effects and "done" written in one commit."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.failpoints import reach
from bot.logs import get_logger
from bot.outbox import list_queues
from bot.parking import note_failure, park_deadly_row
from bot.turn_commit import Fenced, write
from bot.typing import ShowTyping, typing_after
from bot.understand import Understand
from db.claims import Claim, claim_conversation, release_claim
from flows.codec import load
from flows.engine import advance
from flows.registry import flow_named
from flows.state import State

MOST_CLAIMS = 8  # claims without a committed turn: the row at their head ends the process that takes it
POLL_SECONDS = 0.01

log = get_logger(__name__)


@dataclass(frozen=True)
class TurnTaker:
    """Takes turns for every conversation of a database. `ring` is told the queues that have new work.

    `on_duty`: somebody takes handoffs. `show_typing` gets the id of a message whose answer takes long.
    """

    engine: Engine
    ring: Callable[[str], object]
    understand: Understand
    market: str = "US"
    on_duty: bool = False
    lease_seconds: float = 30.0
    show_typing: ShowTyping | None = None

    def drain(self, seconds: float, linger: float = 0.0) -> bool:
        """Takes turns until none has waited for `linger` seconds or `seconds` are over; whether none waits."""
        end = time.monotonic() + seconds
        idle_end = time.monotonic() + linger
        while time.monotonic() < end:
            if self.take_next():
                idle_end = time.monotonic() + linger
            elif time.monotonic() >= idle_end:
                return True
            else:
                time.sleep(POLL_SECONDS)  # the pause of a poll with a deadline
        return False

    def take_next(self) -> bool:
        """Takes the turns that wait in one conversation; False if none waits anywhere."""
        claim = self._claim()
        if claim is None:
            return False
        reach("turn.after_claim")
        if claim.claims > MOST_CLAIMS:
            park_deadly_row(self.engine, claim)
            self.ring("vendors")
            return True
        try:
            for row in claim.rows:
                claim = self._take_row(claim, row, last=row is claim.rows[-1])
        except Fenced:
            log.warning("turn dropped: the lease was lost", conversation_id=claim.id)
        return True

    def _claim(self) -> Claim | None:
        with self.engine.connect() as connection:
            claim = claim_conversation(connection, self.lease_seconds)
            while claim is not None and not claim.rows:  # finished by another in between: the lease is not ours
                connection.rollback()
                claim = claim_conversation(connection, self.lease_seconds)
            if claim is not None:
                reach("turn.before_claim_commit")
                connection.commit()
            return claim

    def _take_row(self, claim: Claim, row: Any, *, last: bool) -> Claim:
        """The claim after the row's turn; a row that fails is tried again and parked in the end."""
        attempts = row.attempts
        while True:
            try:
                return self._take_turn(claim, row, last=last)
            except (Fenced, OperationalError, InterfaceError):
                raise  # not the row's fault
            except Exception as error:
                attempts += 1
                log.exception("turn failed", conversation_id=claim.id, inbox_id=row.id, attempts=attempts)
                if note_failure(self.engine, claim, row.id, attempts, error):
                    self.ring("vendors")
                    return self._skip_row(claim, last=last)

    def _skip_row(self, claim: Claim, *, last: bool) -> Claim:
        if last:
            with self.engine.begin() as connection:
                release_claim(connection, claim)
        return claim

    def _take_turn(self, claim: Claim, row: Any, *, last: bool) -> Claim:
        state = load_state(claim, self.market)
        shown_id = row.external_id if row.kind == "message" else ""
        with typing_after(self.show_typing, shown_id):
            read = self.understand(row.kind, row.external_id or "", row.payload, state, self.on_duty, claim.at.date())
            turn = advance(flow_named(state.flow), state, read.event, claim.at)
        reach("turn.after_advance")
        written = write(self.engine, claim, row, state, turn, read.reading, None if last else self.lease_seconds)
        reach("turn.after_commit")
        for queue in list_queues(turn.effects):
            self.ring(queue)
        reach("turn.after_ring")
        return written


def load_state(claim: Claim, market: str) -> State:
    """The stored state, or a new one; the columns for control and opt-out win."""
    stored = load(State, claim.state) if claim.state else State(market=market)
    return replace(stored, control=claim.control, opted_out=claim.opted_out, turn=claim.turn)
