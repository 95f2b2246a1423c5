"""What is asked of Leap and what it answers, the same in both contracts; free of HTTP."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from integrations.errors import Refused

Operation = Literal["lookup", "refresh", "override"]
OPERATIONS: tuple[Operation, ...] = ("lookup", "refresh", "override")
CLASSIFICATIONS = ("RESIDENTIAL", "MULTIFAMILY", "MANUFACTURED_HOME", "COMMERCIAL")
REFERENCE = re.compile(r"[A-Za-z0-9._~-]{3,256}")
MOST_DEVICES = 50

COMPLETED, IGNORED, FAILED = "COMPLETED", "IGNORED", "FAILED"
STATUSES = (COMPLETED, IGNORED, FAILED)
APPLICATION_STATUSES = (
    "not_started", "in_progress", "awaiting_customer", "awaiting_partner", "completed", "submitted", "approved",
    "rejected",
)  # fmt: skip
FINISHED = ("approved", "rejected")

# Codes of errors that something follows from; every other code is the HTTP status or the kind of silence.
NO_TERRITORY = "no_territory"  # Leap knows no utility at the address: final
BAD_ADDRESS = "bad_address"  # it cannot be found on a map: final
UNKNOWN_CUSTOMER = "unknown_customer"  # to be looked up first
UNKNOWN_DEVICE = "unknown_device"
UNKNOWN_UTILITY = "unknown_utility"  # the eiaid that was passed
CONFLICT = "conflict"  # another override of the customer is under way
MISMATCH = "mismatch"  # the home is known under another reference
NOT_ASKABLE = "not_askable"  # refused by ourselves before the call
SHAPE = "shape"  # an answer that money cannot be read from


@dataclass(frozen=True, slots=True)
class LeapAddress:
    """Of a home in the United States; `country` is ISO 3166-1 alpha-2."""

    street: str
    city: str
    state: str
    postal_code: str
    street_2: str = ""
    country: str = "US"

    @property
    def home(self) -> str:
        """The same text for the same home, however it is spelt in capitals, spaces, commas and points."""
        parts = (self.street, self.street_2, self.city, self.state, self.postal_code[:5], self.country)
        return "|".join(" ".join(re.findall(r"\w+", part.lower())) for part in parts)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a device: `number` names a row of the device table, `reference` is our name of this unit."""

    number: int
    reference: str


@dataclass(frozen=True, slots=True)
class LeapCase:
    """A customer as Leap is asked about them. `reference_id` is ours there. `eiaid` fixes the utility; 0: Leap finds
    it. A refresh sends no devices, but reads its answer by them."""

    reference_id: str
    classification: str
    address: LeapAddress | None
    units: tuple[Unit, ...]
    eiaid: int = 0


@dataclass(frozen=True, slots=True)
class Utility:
    eiaid: int
    name: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """`status` is one of STATUSES: IGNORED is not yet checked."""

    text: str
    status: str


@dataclass(frozen=True, slots=True)
class DeviceResult:
    """What one tier of a programme says of one unit. Amounts are cents of US dollars: `install_cents` is paid once,
    `yearly_cents` every year. `number` names the device's row in the table, 0: Leap did not say. `sure` is False where
    the amount is one share of a sum whose parts rest on different things."""

    program_id: str
    program_name: str
    tier_id: str
    tier_name: str
    number: int
    eligible: bool
    install_cents: int
    yearly_cents: int
    requirements: tuple[Requirement, ...] = ()
    details: str = ""
    sure: bool = True

    @property
    def firm(self) -> bool:
        """Whether all of it rests on checked requirements."""
        checked = bool(self.requirements) and all(each.status == COMPLETED for each in self.requirements)
        return self.eligible and self.sure and checked

    def list_texts(self, status: str) -> tuple[str, ...]:
        return tuple(each.text for each in self.requirements if each.status == status)


@dataclass(frozen=True, slots=True)
class IncentiveAnswer:
    """`program_ids` names every programme that was looked at, in Leap's order. `devices_ignored`: units were named that
    the customer does not have there. `connect_url` is empty where there is nothing to apply for. `raw` is the answer
    as it came."""

    reference_id: str
    primary: Utility | None
    possible: tuple[Utility, ...]
    results: tuple[DeviceResult, ...]
    program_ids: tuple[str, ...]
    connect_url: str = ""
    devices_ignored: bool = False
    external_id: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CatalogueDevice:
    """A device that Leap knows; `id` is a UUID of its own."""

    id: str
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class Application:
    """`status` is Leap's word, one of APPLICATION_STATUSES as far as its documentation goes."""

    external_id: str
    reference_id: str
    program_id: str
    program_name: str
    status: str


def check_reference(reference_id: str) -> None:
    """Refused before the call for what would break the links that Leap makes of it (Leap docs: 3 to 256 characters)."""
    if not REFERENCE.fullmatch(reference_id):
        raise Refused(
            "A reference_id for Leap has 3 to 256 letters, digits and . _ ~ - only; nothing was asked.", NOT_ASKABLE
        )


def check_case(case: LeapCase, operation: Operation) -> None:
    """Refused before the call for what Leap certainly refuses."""
    check_reference(case.reference_id)
    if operation == "lookup" and case.address is None:
        raise Refused("Leap needs an address to look incentives up; nothing was asked.", NOT_ASKABLE)
    if case.address is not None and case.address.country.upper() != "US":
        raise Refused("Leap knows incentives in the United States only; nothing was asked.", NO_TERRITORY)
    if operation != "refresh" and case.classification not in CLASSIFICATIONS:
        raise Refused(f"Leap knows no class of building {case.classification!r}; nothing was asked.", NOT_ASKABLE)
    if operation != "refresh" and not 1 <= len(case.units) <= MOST_DEVICES:
        raise Refused(f"Leap takes 1 to {MOST_DEVICES} devices, not {len(case.units)}; nothing was asked.", NOT_ASKABLE)
