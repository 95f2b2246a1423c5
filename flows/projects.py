"""A project's facts as one plain value, for the database and the vendors."""

from dataclasses import dataclass
from typing import Any

from flows.markets import market_of
from flows.state import State


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What intake knows; None is unknown. Money is in units of `currency` a month, energy in kWh.

    `monthly_kwh` is a number or twelve from January with None for unknown. `location` is {"latitude", "longitude"} and
    the pin's words. `devices` are {"type", "quantity"}. `bill_document` is "promised" or {"media_ids"}. `consent` is
    the recorded consent.
    """

    name: str | None
    street: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    country: str
    location: dict[str, Any] | None
    monthly_bill: int | float | None
    currency: str
    monthly_kwh: Any
    annual_kwh: int | float | None
    utility: str | None
    devices: tuple[dict[str, Any], ...]
    devices_note: str | None
    roof_type: str | None
    email: str | None
    alternate_name: str | None
    alternate_phone: str | None
    owner: bool | None
    renter_path: str | None
    bill_document: Any
    consent: dict[str, str] | None
    wishes: str | None


def project_of(state: State) -> ProjectFacts:
    """The facts of the project that the state collects, country and currency by market where nothing was said."""
    market = market_of(state.market)
    values = {name: held.value for name, held in state.slots.items()}
    known: dict[str, Any] = {name: values.get(name) for name in ProjectFacts.__dataclass_fields__}
    known["country"] = known["country"] or market.country
    known["currency"] = known["currency"] or market.currency
    known["devices"] = tuple(known["devices"] or ())
    return ProjectFacts(**known)
