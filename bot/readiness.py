"""Whether this service can work, and what keeps it from working well."""

from collections.abc import Collection
from dataclasses import dataclass

import redis
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.wake import Doorbell
from db.backlog import VENDORS, Backlog, read_backlog

PATIENCE_SECONDS = 60.0
READ_PATIENCE_SECONDS = 600.0  # vendors take so few calls a minute that reads queue in good order


@dataclass(frozen=True)
class Readiness:
    """Looks at the database and at Redis. `vendors` are those that are on."""

    engine: Engine
    bell: Doorbell
    vendors: Collection[str] = VENDORS

    def check(self) -> tuple[str, list[str]]:
        """(ok, degraded or unavailable; the reasons). Only a missing database makes it unavailable."""
        try:
            with self.engine.connect() as connection:
                backlog = read_backlog(connection, self.vendors)
        except SQLAlchemyError:
            return "unavailable", ["the database cannot be reached"]
        reasons = [*self._look_at_redis(), *find_troubles(backlog)]
        return ("degraded" if reasons else "ok"), reasons

    def reaches_redis(self) -> bool:
        try:
            return bool(self.bell.redis.ping())
        except (redis.RedisError, OSError):
            return False

    def _look_at_redis(self) -> list[str]:
        return [] if self.reaches_redis() else ["Redis cannot be reached: work waits for the sweeper"]


def find_troubles(backlog: Backlog) -> list[str]:
    """A sentence for each thing that is stuck."""
    troubles = []
    if backlog.inbox_age > PATIENCE_SECONDS:
        troubles.append(f"a message has waited {backlog.inbox_age:.0f} s for its turn")
    if backlog.outbox_age > PATIENCE_SECONDS:
        troubles.append(f"an effect has waited {backlog.outbox_age:.0f} s for its job")
    if backlog.webhook_age > PATIENCE_SECONDS:
        troubles.append(f"a vendor's webhook has waited {backlog.webhook_age:.0f} s for its job")
    if backlog.read_age > READ_PATIENCE_SECONDS:
        troubles.append(f"a project has waited {backlog.read_age:.0f} s to be read at its vendor")
    if backlog.parked_inbox:
        troubles.append(f"parked messages: {backlog.parked_inbox}")
    if backlog.parked_alerts:
        troubles.append(f"alerts that reached nobody: {backlog.parked_alerts}")
    if others := backlog.parked_outbox - backlog.parked_alerts:
        troubles.append(f"parked effects: {others}")
    return troubles
