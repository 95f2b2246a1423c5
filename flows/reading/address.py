"""Addresses, by the forms of the contact's country first."""

import re

from flows.reading.address_africa import read_african_address, read_african_place
from flows.reading.address_spanish import read_spanish_address, read_spanish_place
from flows.reading.address_us import read_us_address
from flows.reading.places_us import read_us_place
from flows.reading.segments import Message

AFRICA = ("ZW", "ZA")
SPANISH = ("ES", "MX", "PR")
_PUERTO_RICO = re.compile(
    r"\b(?:urb\.?|calle|bo\.|barrio|cond\.?|sector|carr\.?|hc|parcelas?|villas?|reparto|ext\.?|res\.?"
    r"|ave\.?)\b.{0,90}\b(?:p\.?r\.?|puerto rico|00[679]\d{2})\b"
)


_HINT = re.compile(
    r"\d|\bcnr\b|h/v|corner|\bs/n\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b"
)


def read_address(message: Message, asked: str | None, country: str) -> None:
    """Set what the message says of the address; nothing when it holds no street."""
    if not _HINT.search(message.free):
        return
    if country in AFRICA:
        read_african_address(message, asked, country)
    elif country in SPANISH:
        if not read_spanish_address(message, asked, country) and country == "PR":
            read_us_address(message, asked)
    elif _PUERTO_RICO.search(message.free) and not re.match(r"\W*\d+\s", message.free):
        read_spanish_address(message, asked, "PR")
    else:
        read_us_address(message, asked)


def read_place(message: Message, asked: str | None, country: str) -> None:
    """Set city, state and postal code where no street was said."""
    if message.has("street"):
        return
    if country in AFRICA:
        read_african_place(message, asked, country)
    elif country in ("ES", "MX"):
        read_spanish_place(message, asked, country)
    else:
        if country == "PR":
            read_spanish_place(message, asked, country)
        read_us_place(message, asked)
