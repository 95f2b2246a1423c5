"""The vendors as this process knows them: opened on first use, none for one that is off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import redis
from sqlalchemy import Engine

from bot.settings import Settings
from bot.vendor_states import TITLES, explain_vendor_off
from integrations.exchange import OnExchange
from integrations.throttle import Limiter
from integrations.vendor import ProjectVendor
from jobs.vendor_log import keep_exchange
from jobs.vendor_pace import SharedPace


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every client is opened with."""

    settings: Settings
    limiter: Limiter
    on_exchange: OnExchange


OPENERS: Mapping[str, Callable[[Wiring], ProjectVendor]] = {}
"""Every vendor of projects, in the order in which a project reaches them."""


class VendorBook:
    """The vendors that are on; not to be shared across a fork. `opened` replaces clients by others."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        connection: redis.Redis,
        opened: Mapping[str, ProjectVendor] | None = None,
    ) -> None:
        limiter = SharedPace(connection, settings.vendor_workers)
        self._wiring = Wiring(settings, limiter, keep_exchange(engine))
        self._opened: dict[str, ProjectVendor] = dict(opened or {})

    def find(self, name: str) -> ProjectVendor | None:
        """The vendor, None while it is off."""
        if name in self._opened:
            return self._opened[name]
        if self.explain(name) or name not in OPENERS:
            return None
        return self._opened.setdefault(name, OPENERS[name](self._wiring))

    def explain(self, name: str) -> str:
        """Why the vendor is off, a sentence; empty when it is on."""
        return explain_vendor_off(self._wiring.settings, TITLES[name]) or ""

    def list_on(self) -> list[str]:
        """Vendors of projects that are on, in the order in which a project reaches them."""
        return [name for name in OPENERS if name in self._opened or not self.explain(name)]

    def find_speaker(self) -> ProjectVendor | None:
        """The one that speaks to the homeowner about designs and proposals, None while it is off."""
        return self.find(self._wiring.settings.proposal_vendor)

    def leap(self) -> Any | None:
        """The client for incentives, None while Leap is off."""
        return None

    def close(self) -> None:
        for client in self._opened.values():
            client.close()
        self._opened.clear()
