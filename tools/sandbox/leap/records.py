"""What the simulated Leap keeps: customers, their devices and applications."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from tools.sandbox.leap.catalogue import Device
from tools.sandbox.leap.territories import Utility

STATUSES = (
    "not_started",
    "in_progress",
    "awaiting_customer",
    "awaiting_partner",
    "completed",
    "submitted",
    "approved",
    "rejected",
)
KEY_STATES = ("valid", "expired", "ip_not_allowed")
SHAPES = ("plain", "published")


@dataclass(frozen=True, slots=True)
class Owned:
    """One unit of a device at a customer's home; `reference` is the partner's own name for it."""

    device: Device
    reference: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(slots=True)
class Customer:
    """`address` in the current contract's words; `utilities` as cached by the last lookup, the primary first."""

    number: int
    reference_id: str
    classification: str
    address: dict[str, str]
    utilities: tuple[Utility, ...]
    devices: list[Owned]
    coordinates: tuple[float, float] | None = None


@dataclass(slots=True)
class Application:
    id: str
    reference_id: str
    program_id: int
    program_name: str
    created_at: datetime
    updated_at: datetime
    device_ids: list[str]
    status: str = "not_started"


class LeapBook:
    """Everything in memory. `shape` picks the field names inside program_details, see README.md; `missing` are numbers
    of devices that this Leap does not have."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.customers: dict[str, Customer] = {}
        self.applications: dict[str, Application] = {}
        self.key_state = "valid"
        self.shape = "plain"
        self.geocoder_failures = 0
        self.held: set[str] = set()
        self.missing: set[int] = set()
        self._overriding: set[str] = set()
        self._numbers = itertools.count(1)

    def next_number(self) -> int:
        return next(self._numbers)

    def find_by_address(self, address: dict[str, str]) -> Customer | None:
        return next((known for known in self.customers.values() if _same(known.address, address)), None)

    def find_application(self, reference_id: str, program_id: int) -> Application | None:
        for application in self.applications.values():
            if (application.reference_id, application.program_id) == (reference_id, program_id):
                return application
        return None

    def list_applications(self, reference_id: str = "") -> list[Application]:
        found = [one for one in self.applications.values() if reference_id in ("", one.reference_id)]
        return sorted(found, key=lambda one: one.created_at)

    def take_geocoder_failure(self) -> bool:
        with self.lock:
            failing = self.geocoder_failures > 0
            self.geocoder_failures -= failing
        return failing

    @contextmanager
    def claim_override(self, reference_id: str) -> Iterator[bool]:
        """Whether no other override of this customer is under way, for the length of a `with` block."""
        with self.lock:
            free = reference_id not in self._overriding and reference_id not in self.held
            if free:
                self._overriding.add(reference_id)
        try:
            yield free
        finally:
            if free:
                self._overriding.discard(reference_id)


def _same(one: dict[str, str], other: dict[str, str]) -> bool:
    def squeeze(address: dict[str, str]) -> list[str]:
        names = ("address_line_1", "address_line_2", "city", "state", "zip_code")
        return [" ".join(address.get(name, "").lower().split()) for name in names]

    return squeeze(one) == squeeze(other)
