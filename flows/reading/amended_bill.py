"""A bill put right while something else is asked: "no wait thats twelve hundred a quarter"."""

import re

from flows.reading.cents import join_cents
from flows.reading.numbers import Number, find_numbers
from flows.reading.periods import PER_MONTH, Period, find_periods, mean, nearest_period, pick_group
from flows.reading.segments import Message

_LEAD = re.compile(
    r"\W*(?:(?:no|nope|nah|nee|wait|hold on|oh|sorry|oops|whoops|actually|hmm|um|my (?:bad|mistake)|correction|typo"
    r"|scratch that|i meant?|perdon|disculpa|digo|espera|en realidad|mejor dicho|ah|ay|jammer|wag)\W+)+"
    r"(?:(?:its?|it's|that's|thats|that|make (?:it|that)|is|was|more|like|about|around|closer to|roughly|should be"
    r"|i meant?|i (?:said|pay)|we pay|es|son|era|eran|fue|quise decir|como|unos|unas|the bill|my bill|an?|dis|dit is)"
    r"\W+)*"
)
_TAIL = re.compile(
    r"(?:\W|\b(?:ish|or so|actually|sorry|instead|total|now|though|mas o menos|en total|perdon|please|por favor)\b)*"
)
_NO_BILL = frozenset({"monthly_bill", "bill", "currency", "monthly_kwh", "annual_kwh"})
_FIGURES = frozenset({"street", "postal_code", "alternate_name", "alternate_phone", "email", "phone"})
LEAST, LEAST_WORDED = 10, 20
"""Less is a count: "no wait, two"."""


def find_amended(message: Message, asked: str | None) -> tuple[float, int, int, Period | None] | None:
    """The amount a month, its span and its period; None when the message says more or something else."""
    lead = _LEAD.match(message.plain)
    if asked is None or asked in _NO_BILL or lead is None:
        return None
    periods = find_periods(message)
    numbers = find_numbers(message)
    numbers = join_cents(message, [n for n in numbers if not any(p.start <= n.start < p.end for p in periods)])
    group, _ = pick_group(message, numbers)
    if not group or len(group) != len(numbers) or message.plain[lead.end() : group[0].start].strip(" $€"):
        return None
    period = nearest_period(message, group, periods)
    rest = message.plain[group[-1].last :]
    if period and period.start >= group[-1].last:
        rest = message.plain[group[-1].last : period.start] + message.plain[period.end :]
    if not _TAIL.fullmatch(rest) or not _may_be_bill(group, asked, period):
        return None
    amount = mean(group) * (PER_MONTH[period.name] if period else 1.0)
    return amount, group[0].start, group[-1].last, period


def _may_be_bill(group: list[Number], asked: str, period: Period | None) -> bool:
    if period:
        return all(n.value >= LEAST for n in group)
    return asked not in _FIGURES and all(n.value >= (LEAST_WORDED if n.worded else LEAST) for n in group)
