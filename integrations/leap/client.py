"""Leap's client for jobs: one interface, whichever contract the account has."""

import threading
import time
from collections.abc import Mapping
from typing import Literal, Protocol

from integrations.api import VendorApi
from integrations.errors import Refused
from integrations.exchange import OnExchange
from integrations.leap import current, legacy
from integrations.leap.current import CurrentContract
from integrations.leap.devices import DeviceRow, find_row, name_device
from integrations.leap.legacy import LegacyContract
from integrations.leap.values import (
    UNKNOWN_DEVICE,
    Application,
    CatalogueDevice,
    IncentiveAnswer,
    LeapCase,
    Operation,
    check_case,
    check_reference,
)
from integrations.throttle import Limiter

Contract = Literal["current", "legacy"]
ADDRESSES: Mapping[str, str] = {
    "current": "https://api.leap.energy",
    "legacy": "https://api.incentives.leap.energy/alpha",
}
CATALOGUE_SECONDS = 24 * 3600.0


class Dialect(Protocol):
    """What a contract does in its own words."""

    def calculate(
        self, operation: Operation, case: LeapCase, device_ids: Mapping[int, str], create_application: bool
    ) -> IncentiveAnswer: ...

    def search_devices(self, category: str, words: str = "") -> tuple[CatalogueDevice, ...]: ...

    def list_applications(self, reference_id: str) -> tuple[Application, ...]: ...

    def read_application(self, external_id: str) -> Application: ...

    def check(self) -> str: ...

    def close(self) -> None: ...


class LeapClient:
    """Safe to share between threads, not across a fork. Every call raises VendorError; `Uncertain` comes from an
    override alone, which is called once. `timeout` is in seconds for a whole exchange. The address of the other
    contract as `base_url` means this contract's own. ValueError for an address that is no web address."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        contract: Contract = "current",
        timeout: float = 30.0,
        retries: int = 2,
        *,
        limiter: Limiter | None = None,
        on_exchange: OnExchange | None = None,
    ) -> None:
        self.contract = contract
        address = ADDRESSES[contract] if base_url.rstrip("/") in ADDRESSES.values() else base_url

        def open_api(headers: dict[str, str]) -> VendorApi:
            explain = current.explain if contract == "current" else legacy.explain
            kept = {"limiter": limiter, "on_exchange": on_exchange, "explain": explain}
            return VendorApi("leap", address, headers, timeout, retries=retries, **kept)  # type: ignore[arg-type]

        by_key = {"x-api-key": api_key}
        self._dialect: Dialect
        if contract == "current":
            self._dialect = CurrentContract(open_api({"Authorization": f"Bearer {api_key}"}), open_api(by_key))
        else:
            self._dialect = LegacyContract(open_api(by_key))
        self._lock = threading.Lock()
        self._catalogue: dict[str, tuple[float, tuple[CatalogueDevice, ...]]] = {}

    def close(self) -> None:
        self._dialect.close()

    def lookup(self, case: LeapCase, create_application: bool = False) -> IncentiveAnswer:
        """For a new customer or a new address. Devices are taken for a new customer alone: see `devices_ignored`."""
        return self.calculate("lookup", case, create_application)

    def refresh(self, case: LeapCase, create_application: bool = False) -> IncentiveAnswer:
        """The devices and utilities that Leap has; an address or a class that is given replaces its own."""
        return self.calculate("refresh", case, create_application)

    def override(self, case: LeapCase, create_application: bool = False) -> IncentiveAnswer:
        """Replaces all devices. Never repeat it by yourself: `Uncertain` means that it may have happened."""
        return self.calculate("override", case, create_application)

    def calculate(self, operation: Operation, case: LeapCase, create_application: bool = False) -> IncentiveAnswer:
        """One of the three, by name."""
        check_case(case, operation)
        numbers = {unit.number for unit in case.units}
        device_ids = {number: self._find_id(number, operation) for number in sorted(numbers)}
        try:
            return self._dialect.calculate(operation, case, device_ids, create_application)
        except Refused as error:
            if error.code == UNKNOWN_DEVICE:
                self._forget_catalogue()
            raise

    def search_devices(self, category: str, words: str = "") -> tuple[CatalogueDevice, ...]:
        """Leap's devices of a category; empty in the former contract, which has no catalogue."""
        return self._dialect.search_devices(category, words)

    def list_applications(self, reference_id: str) -> tuple[Application, ...]:
        """The customer's applications; empty in the former contract, which does not tell."""
        check_reference(reference_id)
        return self._dialect.list_applications(reference_id)

    def read_application(self, external_id: str) -> Application:
        return self._dialect.read_application(external_id)

    def check(self) -> str:
        """Asks something harmless with our key; a sentence about it."""
        return self._dialect.check()

    def offers(self, number: int) -> bool:
        """Whether Leap has a device that this row of the table means; asks for the catalogue where need be."""
        row = find_row(number)
        return row is not None and (self.contract == "legacy" or self._choose(row) is not None)

    def _find_id(self, number: int, operation: Operation) -> str:
        """Leap's UUID. A refresh only reads its answer by it, and can do without."""
        row = find_row(number)
        if row is not None and self.contract == "legacy":
            return str(number)
        chosen = self._choose(row) if row else None
        if chosen is None and operation != "refresh":
            name = name_device(number) or number
            raise Refused(f"Leap's catalogue has no device for {name}: see devices.toml.", UNKNOWN_DEVICE)
        return chosen.id if chosen else ""

    def _choose(self, row: DeviceRow) -> CatalogueDevice | None:
        return row.choose(() if row.device_id else self._list_category(row.category))

    def _forget_catalogue(self) -> None:
        """What was read may be a day old; Leap has just refused a device out of it."""
        with self._lock:
            self._catalogue.clear()

    def _list_category(self, category: str) -> tuple[CatalogueDevice, ...]:
        """Asked once a day in each process: the catalogue hardly ever changes."""
        with self._lock:
            asked_at, found = self._catalogue.get(category, (0.0, ()))
        if found and time.monotonic() - asked_at < CATALOGUE_SECONDS:
            return found
        found = self._dialect.search_devices(category)
        with self._lock:
            self._catalogue[category] = (time.monotonic(), found)
        return found
