"""What reading a bill takes and gives."""

from dataclasses import dataclass, field
from typing import Literal

Problem = Literal[
    "encrypted",  # a password is needed
    "wrong_type",  # neither PDF, photo nor Green Button
    "unreadable",  # broken, or refused by the library that reads it
    "too_large",  # bytes, pixels or what it unpacks to
    "too_many_pages",  # only the first pages were read
    "time_out",
    "enough",  # not looked at: the contact has sent more in an hour than is read
    "blurred",  # a photo in which hardly a word can be made out
    "no_text",
    "not_a_bill",
    "gas_only",
    "several_bills",  # more than one account or period in one set of files
    "no_kwh",
    "no_amount",
    "no_period",
    "kwh_disagree",  # two places of the bill say different consumption
    "amount_disagree",
    "rate_implausible",  # amount / kWh is no price of electricity in that country
    "estimated",  # the meter was not read
    "negative_net",  # more was fed in than taken
    "balance_included",  # what is due holds earlier months or other services
    "months_missing",  # the history has gaps
]


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a page. `left`, `top`, `right`, `bottom` are shares of the page's width and height, 0 to 1, from the
    upper left corner; `confidence` is the recogniser's, 1 for text that the file itself holds."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's words in no particular order. `origin`: "text" of the file, or "ocr" of a picture. `aspect` is width
    over height."""

    words: tuple[PlacedWord, ...]
    origin: Literal["text", "ocr"] = "text"
    aspect: float = 0.77


@dataclass(frozen=True, slots=True)
class Bill:
    """What a bill says; None is unknown.

    `utility` is a canonical name of the table of utilities where it is known there. `account` is masked but for its
    last four. Periods are ISO 8601 days, both included as the bill prints them. `amount` is what the electricity of
    the period costs in `currency` (ISO 4217), not what is due. `monthly_kwh` has twelve numbers, oldest first, None
    where the history has no value. `confidence` is 0 to 1; `sure` names the fields that need no confirmation.
    """

    utility: str | None = None
    account: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    kwh: float | None = None
    amount: float | None = None
    currency: str | None = None
    service_address: str | None = None
    monthly_kwh: tuple[float | None, ...] | None = None
    confidence: float = 0.0
    sure: frozenset[str] = field(default_factory=frozenset)
    problems: tuple[Problem, ...] = ()
