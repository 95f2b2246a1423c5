"""Turns: one event at a time for one conversation, its state, its effects and "done" written in one commit."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.failpoints import reach
from bot.logs import get_logger
from bot.outbox import list_queues
from bot.parking import note_failure, park_deadly_row
from bot.rings import Rings
from bot.senses import lend_senses
from bot.turn_commit import Fenced, write
from bot.typing import TypingWatch
from bot.understand import Understand, Understood, understand
from db.claims import Claim, claim_conversation, release_claim
from flows.codec import load
from flows.engine import advance
from flows.registry import flow_named
from flows.state import State

MOST_CLAIMS = 8  # claims without a committed turn: the row at their head ends the process that takes it
POLL_SECONDS = 0.01

log = get_logger(__name__)


@dataclass
class Hold:
    """A claimed conversation as its turns go by; `state` is the one after the last turn here. `by_rules`: a
    language model failed or was slow, so what else waits in this conversation does without."""

    claim: Claim
    rings: Rings
    state: State | None = None
    by_rules: bool = False


@dataclass(frozen=True)
class TurnTaker:
    """Takes turns for every conversation of a database. `ring` is told the queues that have new work.

    `on_duty`: somebody takes handoffs. `senses`: what is made of files. `typing` tells the contact when an
    answer takes long.
    """

    engine: Engine
    ring: Callable[[str], object]
    understand: Understand
    market: str = "US"
    on_duty: bool = False
    senses: tuple[str, ...] = ()
    lease_seconds: float = 30.0
    typing: TypingWatch | None = None

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
        hold = Hold(claim, Rings(self.ring))
        try:
            self._take_rows(hold)
        except Fenced:
            log.warning("turn dropped: the lease was lost", conversation_id=claim.id)
        finally:
            hold.rings.flush()
        return True

    def _take_rows(self, hold: Hold) -> None:
        if hold.claim.claims > MOST_CLAIMS:
            park_deadly_row(self.engine, hold.claim)
            hold.rings.add(["vendors"])
            return
        for row in hold.claim.rows:
            self._take_row(hold, row, last=row is hold.claim.rows[-1])

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

    def _take_row(self, hold: Hold, row: Any, *, last: bool) -> None:
        """One turn; a row that fails is tried again and parked in the end."""
        attempts = row.attempts
        while True:
            try:
                return self._take_turn(hold, row, last=last)
            except (Fenced, OperationalError, InterfaceError):
                raise  # not the row's fault
            except Exception as error:
                attempts += 1
                log.exception("turn failed", conversation_id=hold.claim.id, inbox_id=row.id, attempts=attempts)
                if note_failure(self.engine, hold.claim, row.id, attempts, error):
                    hold.rings.add(["vendors"])
                    return self._skip_row(hold.claim, last=last)

    def _skip_row(self, claim: Claim, *, last: bool) -> None:
        if last:
            with self.engine.begin() as connection:
                release_claim(connection, claim)

    def _take_turn(self, hold: Hold, row: Any, *, last: bool) -> None:
        claim = hold.claim
        state = load_state(claim, hold.state, self.market)
        with self._watch(row, state):
            understand_it = understand if hold.by_rules else self.understand
            read = understand_it(row.kind, row.external_id or "", row.payload, state, self.on_duty, claim.at.date())
            read = lend_senses(read, row.payload, self.senses)
            turn = advance(flow_named(state.flow), state, read.event, claim.at)
        hold.by_rules = hold.by_rules or _was_slow(read)
        reach("turn.after_advance")
        hold.claim = write(self.engine, claim, row, state, turn, read.reading, None if last else self.lease_seconds)
        hold.state = turn.state
        reach("turn.after_commit")
        hold.rings.add(list_queues(turn.effects))
        reach("turn.after_ring")

    def _watch(self, row: Any, state: State) -> AbstractContextManager[None]:
        """No answer is promised where the bot may not give one."""
        silent = state.control != "bot" or state.opted_out
        if self.typing is None or row.kind != "message" or silent or row.payload.get("voice"):
            return nullcontext()
        return self.typing.over(row.external_id or "")


def _was_slow(read: Understood) -> bool:
    return bool(((read.reading or {}).get("model") or {}).get("slow"))


def load_state(claim: Claim, held: State | None, market: str) -> State:
    """The state that this process `held` since its last turn, else the stored one, else a new one; the columns for
    control and opt-out win."""
    stored = held or (load(State, claim.state) if claim.state else State(market=market))
    return replace(stored, control=claim.control, opted_out=claim.opted_out, turn=claim.turn)
