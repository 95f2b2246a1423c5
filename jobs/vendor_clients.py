"""The vendors as this process knows them: opened on first use, none for one that is off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import redis
from sqlalchemy import Engine

from bot.settings import Settings
from bot.vendor_states import TITLES, explain_vendor_off, find_currency
from integrations.aurora.client import AuroraClient
from integrations.exchange import OnExchange
from integrations.leap.client import LeapClient
from integrations.opensolar.client import OpenSolarClient
from integrations.throttle import Limiter
from integrations.vendor import ProjectVendor
from jobs.vendor_log import keep_exchange
from jobs.vendor_pace import SharedPace

AURORA_TIMEOUT, LEAP_TIMEOUT = 30.0, 12.0  # seconds; callers of the API wait for Leap


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every client is opened with."""

    settings: Settings
    limiter: Limiter
    on_exchange: OnExchange


def open_opensolar(wiring: Wiring) -> OpenSolarClient:
    """A call ends before the lease that it is made under."""
    settings = wiring.settings
    return OpenSolarClient(
        settings.opensolar_api_base_url,
        settings.opensolar_org_id,
        settings.opensolar_api_key,
        min(settings.opensolar_timeout, settings.lease_seconds),
        settings.opensolar_retry_count - 1,
        limiter=wiring.limiter,
        on_exchange=wiring.on_exchange,
        currency=find_currency(settings),
    )


def open_aurora(wiring: Wiring) -> AuroraClient:
    settings = wiring.settings
    return AuroraClient(
        settings.aurora_api_url,
        settings.aurora_tenant_id,
        settings.aurora_api_key,
        settings.aurora_api_version,
        status_map=settings.aurora_status_map,
        timeout=min(AURORA_TIMEOUT, settings.lease_seconds),
        limiter=wiring.limiter,
        on_exchange=wiring.on_exchange,
    )


def open_leap(wiring: Wiring) -> LeapClient:
    settings = wiring.settings
    return LeapClient(
        settings.leap_api_url,
        settings.leap_api_key,
        "legacy" if settings.leap_api_contract == "legacy" else "current",
        min(LEAP_TIMEOUT, settings.lease_seconds),
        limiter=wiring.limiter,
        on_exchange=wiring.on_exchange,
    )


OPENERS: Mapping[str, Callable[[Wiring], ProjectVendor]] = {
    "opensolar": open_opensolar,
    "aurora": open_aurora,
}
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
        self.limiter: Limiter = SharedPace(connection, settings.vendor_workers)
        self._wiring = Wiring(settings, self.limiter, keep_exchange(engine))
        self._opened: dict[str, ProjectVendor] = dict(opened or {})
        self._leap: LeapClient | None = None

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

    def leap(self) -> LeapClient | None:
        """The client for incentives, None while Leap is off."""
        if self._leap is None and not self.explain("leap"):
            self._leap = open_leap(self._wiring)
        return self._leap

    def close(self) -> None:
        for client in self._opened.values():
            client.close()
        self._opened.clear()
        if self._leap is not None:
            self._leap.close()
            self._leap = None
