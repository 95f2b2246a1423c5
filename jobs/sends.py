"""Drains the queue of messages: several conversations in flight, one message at a time in each."""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from bot.pacing import SenderPace
from db.message_statuses import has_open_statuses
from db.sends import claim_doubt, expire_sends, has_expired_sends, list_candidates
from jobs import send_message
from jobs.context import Context, current
from jobs.intent import Ready, commit_intent
from jobs.outcomes import Outcome, doubt
from jobs.reconcile import look_up
from jobs.settling import Claim, park_broken, settle
from jobs.statuses import draw_consequences

DRAIN_SECONDS = 10.0  # then the queue is rung and the worker may see to its own affairs
LINGER_SECONDS = 0.15  # a new job costs more than looking again for this long
POLL_SECONDS = 0.01
CHORES_SECONDS = 1.0
SETTLE_PAUSES = (0.1, 0.5, 2.0)
HINT_SECONDS = 0.5  # a candidate read longer ago is read again

log = structlog.get_logger(__name__)


def drain() -> None:
    """The job of the queue `sends`."""
    context = current()
    context.bell.silence("sends")
    Dispatcher(context).run()


class Dispatcher:
    """Claims and settles on this thread; only the network calls run on others."""

    def __init__(self, context: Context, drain_seconds: float = DRAIN_SECONDS) -> None:
        self.context = context
        self.sent = 0
        self._until = time.monotonic() + drain_seconds
        self._limit = context.settings.sends_in_flight
        self._pool = ThreadPoolExecutor(self._limit, thread_name_prefix="send")
        self._running: dict[Future[Outcome], tuple[Claim, str]] = {}
        self._hints: list[Any] = []
        self._hints_read_at = 0.0
        self._pace = SenderPace(context.bell.redis, context.sender)
        self._has_place = False
        self._pause = POLL_SECONDS
        self._chores_at = 0.0

    def run(self) -> int:
        """Sends everything that may go out now; how many calls were made."""
        if self.context.channel is None:
            log.warning("messages wait: the channel is off")
            return 0
        with self._pool:
            try:
                self._work()
            finally:
                while self._running:  # also after an error: what was sent is never left without its outcome
                    self._collect()
        return self.sent

    def _work(self) -> None:
        idle_since = time.monotonic()
        while time.monotonic() < self._until:
            self._do_chores()
            filled, collected = self._fill(), self._collect()
            if filled or collected:
                idle_since = time.monotonic()
            elif not self._running:
                if not self._hints and self._has_waited(idle_since):  # some that are too old are read again
                    return
                time.sleep(self._pause)  # the pause of a poll with a deadline
        self.context.bell.ring("sends")

    def _has_waited(self, idle_since: float) -> bool:
        return not self.sent or time.monotonic() - idle_since > LINGER_SECONDS

    def _fill(self) -> bool:
        """Starts what may go out; whether there was anything to decide on."""
        decided = False
        self._read_hints()
        while self._has_hint() and len(self._running) < self._limit and self._take_place():
            decided = True
            ready = self._intend(self._hints.pop())
            if ready is not None:
                self._has_place = False
                self._start(ready.claim, "send", send_message.run, ready)
        return decided

    def _intend(self, row: Any) -> Ready | None:
        """A row that nothing can be made of waits for staff and keeps nobody else waiting."""
        try:
            return commit_intent(self.context, row, self._hints_read_at)
        except (OperationalError, InterfaceError):
            raise  # not the row's fault
        except Exception as error:
            log.exception("intent failed in an unforeseen way", row=row.id)
            park_broken(self.context, row, error)
            return None

    def _read_hints(self) -> None:
        """Once for each filling: what is found missing twice in a row is not there."""
        if len(self._running) < self._limit and not self._has_hint():
            self._hints_read_at = time.monotonic()
            with self.context.engine.connect() as connection:
                self._hints = list(reversed(list_candidates(connection, self._limit)))

    def _has_hint(self) -> bool:
        return bool(self._hints) and time.monotonic() < self._hints_read_at + HINT_SECONDS

    def _take_place(self) -> bool:
        """One place of the sender's rate, kept until a send uses it."""
        if not self._has_place:
            seconds = self._pace.take_place()
            self._has_place = not seconds
            self._pause = min(seconds, POLL_SECONDS) or POLL_SECONDS
        return self._has_place

    def _start(self, claim: Claim, point: str, work: Any, *arguments: Any) -> None:
        self.sent += 1
        self._running[self._pool.submit(work, self.context, *arguments)] = (claim, point)

    def _collect(self) -> bool:
        """Settles what has ended, waiting a moment for it; whether anything had."""
        if not self._running:
            return False
        ended, _ = wait(self._running, timeout=self._pause, return_when=FIRST_COMPLETED)
        for future in ended:
            claim, point = self._running.pop(future)
            self._settle(claim, _read_outcome(future), point)
        return bool(ended)

    def _settle(self, claim: Claim, outcome: Outcome, point: str) -> None:
        """A database that cannot be written to now may be in a moment; after that the row becomes `unknown`."""
        for pause in (*SETTLE_PAUSES, None):
            try:
                settle(self.context, claim, outcome, point)
                return
            except DBAPIError as error:
                log.warning("outcome not stored", row=claim.row.id, status=outcome.status, error=type(error).__name__)
                if pause is not None:
                    time.sleep(pause)  # before one of the few tries that are left

    def _do_chores(self) -> None:
        """Once a second: sends whose process is gone, consequences of statuses, messages of unknown outcome."""
        if time.monotonic() < self._chores_at:
            return
        self._chores_at = time.monotonic() + CHORES_SECONDS
        settings = self.context.settings
        with self.context.engine.begin() as connection:
            if has_expired_sends(connection):
                log.warning("sends without an outcome", rows=expire_sends(connection))
            statuses_wait = has_open_statuses(connection)
        if statuses_wait:
            draw_consequences(self.context)
        while len(self._running) < self._limit:
            with self.context.engine.begin() as connection:
                row = claim_doubt(connection, settings.reconcile_after_seconds, settings.lease_seconds)
            if row is None:
                return
            self._start(Claim(row, row.lease_token + 1, row.attempts, time.monotonic()), "reconcile", look_up, row)


def _read_outcome(future: "Future[Outcome]") -> Outcome:
    error = future.exception()
    if error is None:
        return future.result()
    log.error("send failed in an unforeseen way", exc_info=error)
    return doubt(f"An unforeseen error: {type(error).__name__}.")
