"""What a vendor of projects is: one folder implements this contract, and nothing above it knows which.

The web process needs a folder's `webhook` module only (`verify`, `parse`; free of HTTP clients), jobs its `client`.
Plain values in and out: a vendor's own words stay inside its folder. What a vendor cannot do raises `NotOffered`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

VendorName = Literal["opensolar", "aurora"]
ProjectStatus = Literal["pending", "scheduled", "in_progress", "completed"]


class NotOffered(Exception):
    """This vendor has no such thing; the message is a sentence for staff."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What is known of a home's consumption: kWh (`monthly_kwh` is twelve from January, None for unknown), or a bill a
    month in units of `currency`. Everything may be missing."""

    monthly_kwh: tuple[float | None, ...] | None = None
    average_kwh: float | None = None
    annual_kwh: float | None = None
    monthly_bill: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """A project as it goes to a vendor. `reference` is ours and unique there; `phone` is E.164; `country` is ISO 3166-1
    alpha-2; `roof_type` is one of ours (`flows.markets.ROOFS`); `notes` say in words what has no field of its own."""

    reference: str
    name: str
    phone: str
    email: str
    street: str
    city: str
    state: str
    postal_code: str
    country: str
    latitude: float | None
    longitude: float | None
    roof_type: str
    notes: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Placed:
    """A project as the vendor knows it. `details` is the vendor folder's own (ids it needs again), JSON-native."""

    external_id: str
    contact_id: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Search:
    """What a look for a project that may have been created found. `absent` is certain: the vendor shows every project
    it could be, and none is it. Neither found nor absent: nobody knows."""

    found: Placed | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Design:
    """A designed system. kW are DC at standard conditions, kWh a year, `offset` is percent of consumption, money in
    cents of `currency`; None or "" is unknown. `monthly_kwh` is the production, twelve from January."""

    external_id: str
    kw: float | None = None
    panels: int | None = None
    panel_model: str = ""
    inverter_model: str = ""
    battery_model: str = ""
    battery_kwh: float | None = None
    yearly_kwh: float | None = None
    monthly_kwh: tuple[float, ...] | None = None
    offset: float | None = None
    price_cents: int | None = None
    currency: str = ""
    picture_url: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """The crew on the spot: the vendor's id of it, when it starts (UTC) where known, whether it is over."""

    external_id: str
    start: datetime | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True)
class VendorState:
    """Everything of one project that a vendor's objects say now; the same for every vendor.

    `proposal` is the link that a homeowner opens, empty until there is one to show. `sealed`: accepted, signed or sold.
    `payments` and `failed_payments` are the vendor's ids. `installation_date` is ISO 8601, a day. `rejected` is the
    reason why no design was made, as the vendor words it. `remarks` are sentences for staff alone, by a stable key,
    about what else changed (a design request on its way, an agreement declined, a survey's status). `details` replaces
    what is kept of `Placed.details`.
    """

    status: ProjectStatus = "pending"
    stage: str = ""
    design: Design | None = None
    rejected: str = ""
    proposal: str = ""
    viewed: bool = False
    sealed: bool = False
    payments: tuple[str, ...] = ()
    failed_payments: tuple[str, ...] = ()
    installation_date: str = ""
    visits: tuple[Visit, ...] = ()
    installed: bool = False
    remarks: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hint:
    """A webhook as it was understood. `key` makes it one: empty where the vendor gives no id. `event` is the vendor's
    name of it. `project_id` is the vendor's, empty where only `objects` (kind → id, such as "design" or "event") are
    named. `ignored` says why nothing follows from it. `facts` is set where the sender signed what it says: the parts
    of a VendorState that it states."""

    event: str
    key: str = ""
    project_id: str = ""
    reference: str = ""
    objects: Mapping[str, str] = field(default_factory=dict)
    ignored: str = ""
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DesignOrder:
    """A wish for a design. `kind`: who makes it. `target_offset` is percent of consumption."""

    kind: Literal["design_team", "auto_designer", "sales_mode"]
    target_offset: float = 105.0
    mounting_type: Literal["", "roof", "ground"] = ""
    roof_material: str = ""
    notes: str = ""
    preferred_module_id: str = ""
    preferred_inverter_id: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content_type: str
    content: bytes


class ProjectVendor(Protocol):
    """Raises VendorError, `Uncertain` where a call that may not be repeated may have happened. `Placed` comes back with
    whatever the vendor folder wants kept."""

    name: VendorName

    def check(self) -> str:
        """Asks something harmless with our credentials; a sentence about who we are there."""
        ...

    def create_project(self, sheet: ProjectSheet) -> Placed: ...

    def find_project(self, sheet: ProjectSheet, since: datetime) -> Search:
        """Looks for a project that `create_project` may have made after `since`."""
        ...

    def update_project(self, placed: Placed, sheet: ProjectSheet) -> Placed: ...

    def update_contact(self, placed: Placed, sheet: ProjectSheet) -> Placed: ...

    def send_usage(self, placed: Placed, usage: Usage) -> bool:
        """False where there is nothing to send."""
        ...

    def order_design(self, placed: Placed, order: DesignOrder) -> Placed: ...

    def read_state(self, placed: Placed, objects: Mapping[str, tuple[str, ...]]) -> VendorState:
        """Reads every object of the project again; `objects` are ids that webhooks named since the last time."""
        ...

    def find_owner(self, objects: Mapping[str, str]) -> str:
        """The vendor's project id that such an object belongs to, by asking; empty where it cannot be known."""
        ...

    def note_decision(self, placed: Placed, note: str, accepted: bool) -> None:
        """What the homeowner said of the proposal: kept with the project, its stage moved on where it was accepted."""
        ...

    def send_document(self, placed: Placed, document: Document, *, bill: bool) -> None: ...

    def fetch_proposal(self, placed: Placed) -> Document:
        """The proposal as a PDF."""
        ...

    def register_webhooks(self, public_url: str, secret: str) -> list[str]:
        """Makes the vendor call us; a sentence for each webhook that is there now. May be repeated."""
        ...

    def close(self) -> None: ...
