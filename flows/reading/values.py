"""Reads every value that a message holds, each span used once."""

from collections.abc import Mapping
from typing import Any

from flows.reading.address import read_address, read_place
from flows.reading.bill_beside import read_amended_bill, read_bill_beside
from flows.reading.devices import read_devices
from flows.reading.energy import read_energy
from flows.reading.labelled_codes import read_labelled_code
from flows.reading.money import read_money
from flows.reading.other_contact import read_alternate
from flows.reading.ownership import read_owner
from flows.reading.people import read_email, read_name
from flows.reading.places_us import read_code_alone
from flows.reading.replies import read_promise
from flows.reading.roofs import read_roof
from flows.reading.segments import Message
from flows.reading.settle_us import settle_us_place
from flows.reading.utilities import find_city_of, read_utility

Span = tuple[int, int]


def read_values(
    message: Message, asked: str | None, country: str, questions: tuple[Span, ...], held: Mapping[str, Any]
) -> None:
    """All values, those with the firmest marks first; questions are not answers. `held`: what is on file."""
    market = "US" if country == "PR" else country
    read_email(message)
    read_labelled_code(message, market)
    read_alternate(message, asked, country)
    read_promise(message)
    read_address(message, asked, country)
    if market == "US" and not {"postal_code", "location"} & set(held) and "street" in held:
        read_code_alone(message, held.get("state"))
    read_energy(message, asked, country)
    read_money(message, asked, country)
    read_amended_bill(message, asked)
    read_utility(message, asked, market, questions)
    read_bill_beside(message, asked, country)
    read_roof(message, asked, market)
    read_devices(message, asked, questions)
    read_owner(message, asked, questions)
    read_name(message, asked, country)
    _read_place_outside(message, asked, country, questions)
    _infer_city(message)
    if market == "US":
        settle_us_place(message, held)


def _read_place_outside(message: Message, asked: str | None, country: str, questions: tuple[Span, ...]) -> None:
    """A place named in a question ("do you work in Tucson?") is not where the house is; "Tucson?" is."""
    free = message.free
    for start, end in questions:
        if len(message.plain[start:end].split()) > 3:
            message.take(start, end)
    hidden = [(i, j) for i, j in questions if message.free[i:j] != free[i:j]]
    read_place(message, asked, country)
    for start, end in hidden:
        message.free = message.free[:start] + free[start:end] + message.free[end:]


def _infer_city(message: Message) -> None:
    """A street in a city whose municipality sells the electricity is in that city."""
    utility = message.value("utility")
    if message.has("street") and not message.has("city") and utility:
        city = find_city_of(utility)
        if city:
            span = next((found.start, found.end) for found in message.found if found.slot == "utility")
            message.add("city", city, *span, 0.7)
