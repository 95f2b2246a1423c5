"""Bills said in passing: a bare amount beside the company, and one put right while something else is asked."""

import re

from flows.reading.amended_bill import find_amended
from flows.reading.money import ASKED, set_bill, tidy_amount
from flows.reading.numbers import find_numbers
from flows.reading.periods import find_periods
from flows.reading.segments import Message

_ISH = re.compile(r"\W*(?:about |around |like |maybe |~ ?)?\$?(?P<figure>\d{2,4}) ?ish\W*")
_ISH_LISTED = re.compile(
    r"(?:^|[,;\n\x00])\s*(?:about |around |like |maybe |~ ?)?\$?(?P<figure>\d{2,4}) ?ish\s*(?=[,;\n]|$)"
)
""" "DTE, 130ish, flat roof": of what is told in a list, only the bill has no unit."""
_BESIDE_COMPANY = re.compile(
    r"[\s,:;.(\x00-]*(?:(?:is|its|it's|about|around|like|maybe|approx|roughly|at|for|and|bill|my|i pay|pay|power"
    r"|company|electric|utility|w/|with|from) ?)*(?:us)?[$€]? ?\d{2,4}(?:\.\d\d)?"
    r"(?: ?(?:-|to|or) ?\$?\d{2,4})?(?: ?(?:ish|or so|w/|with|from|at|a month|/mo|monthly))?[\s,:;.)!\x00]*"
)


_AMENDED = re.compile(
    r"\W*(?:(?:ok(?:ay)?|please|pls|no|por favor|mejor)\W+)*"
    r"(?:(?:make|change|put|set) (?:it|that)(?: down)?(?: (?:to|at|as))?|(?:it )?should (?:be|have been|say)"
    r"|better (?:make|put)(?: it)?|pon(?:lo|ga|gan)?(?: en)?|cambia(?:lo|la)? a) \$?"
    r"(?P<made>\d{2,4}(?:\.\d\d)?)(?: ?(?:dollars|bucks|usd|dolares|please|por favor|instead|actually))*\W*"
    r"|\W*\$?(?P<late>\d{2,4}(?:\.\d\d)?) actually\W*"
    r"|\W*(?:(?:no|nope|nah|wait|oh|sorry|oops|whoops|actually|hmm|um|my (?:bad|mistake)|correction|typo|scratch that|i"
    r" meant?"
    r"|perdon|disculpa|digo|espera|en realidad|mejor dicho|ah)\W+)+(?:(?:its?|it's|that's|thats|make (?:it|that)|is"
    r"|more"
    r"|like|about|around|should be|i meant?|es|son|era|eran|quise decir|como|unos|the bill)\W+)*"
    r"\$?(?P<figure>\d{2,4}(?:\.\d\d)?)(?: ?(?:dollars|bucks|usd|dolares|ish|actually|sorry|not \$?\d{2,4}))*\W*"
)


_FIGURES = frozenset(
    {*ASKED, "monthly_kwh", "annual_kwh", "street", "postal_code", "alternate_name", "alternate_phone"}
)


def is_amended(plain: str, asked: str | None) -> bool:
    """ "wait, its 190" while something without figures is asked: the only figure people put right is the bill."""
    return _match_amended(plain, asked) is not None or find_amended(Message(plain), asked) is not None


def _match_amended(plain: str, asked: str | None) -> re.Match[str] | None:
    if asked is None or asked in _FIGURES - {"postal_code"}:
        return None
    amended = _AMENDED.fullmatch(plain)
    if amended and asked == "postal_code" and len(amended.group(amended.lastgroup or 0).partition(".")[0]) > 3:
        return None  # no postal code is as short as three figures
    return amended


def read_amended_bill(message: Message, asked: str | None) -> None:
    """Set `monthly_bill` from an amount put right later."""
    if message.found:
        return
    amended, worded = _match_amended(message.plain, asked), find_amended(message, asked)
    if worded:
        amount, start, end, period = worded
        message.add("monthly_bill", tidy_amount(amount), start, end, 0.85 if period else 0.65)
        if period:
            message.take(period.start, period.end)
    elif amended:
        said = amended.lastgroup or "figure"
        message.add("monthly_bill", tidy_amount(float(amended.group(said))), *amended.span(said), 0.65)


def read_bill_beside(message: Message, asked: str | None, country: str) -> None:
    """ "NV Energy 165": a bare amount beside the company, with nothing else said, is the bill."""
    ish = _ISH.fullmatch(message.free)
    if ish and asked == "name":
        message.add("monthly_bill", int(ish.group("figure")), *ish.span("figure"), 0.55)
    if message.has("monthly_bill") or message.refused or not message.has("utility"):
        return
    listed = _ISH_LISTED.search(message.free)
    if listed and 90 <= int(listed.group("figure")) <= 1500:
        message.add("monthly_bill", int(listed.group("figure")), *listed.span("figure"), 0.65)
    if listed or len(message.found) > 1:
        return
    numbers = [n for n in find_numbers(message) if 15 <= n.value < 10_000]
    if numbers and len(numbers) <= 2 and _BESIDE_COMPANY.fullmatch(message.free):
        set_bill(message, numbers, find_periods(message), country)
