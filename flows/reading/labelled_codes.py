"""Postal codes that are called by their name, whatever was asked: "the zip should be 85018"."""

import re

from flows.reading.segments import Message

_LABELLED = re.compile(
    r"\b(?:zip(?: ?code)?|postal ?code|post ?code|codigo(?: postal)?|c\.?p\.?|poskode)\b"
    r"(?P<between>(?:[\s:.,;#]|\b(?:is|was|should|be|it'?s|its|to|wrong|not right|actually|my|the|esta mal|mal|es"
    r"|deberia ser|ser|era"
    r"|mi|el|a|por|sorry|no)\b){1,12})(?P<code>\d{4,5})(?!\d)(?:-\d{4})?(?!\s*(?:kwh|units|a month|dollars|[a-z]+ "
    r"(?:st|ave|rd)\b))"
)
_FORMER = re.compile(r"\b(?:old|previous|former|viejo|antiguo) $")
_DIGITS = {"US": 5, "ES": 5, "MX": 5, "ZA": 4}


def read_labelled_code(message: Message, market: str) -> None:
    """Set `postal_code` where the message says that the figure is one and it has the country's number of digits."""
    if message.has("street") or market not in _DIGITS:
        return
    for label in _LABELLED.finditer(message.plain):
        code = message.raw[label.start("code") : label.end()]
        if len(label.group("code")) == _DIGITS[market] and message.is_free(label.start("code"), label.end()):
            if _FORMER.search(message.plain[: label.start()]):
                message.take(label.start("code"), label.end())
                continue
            message.add("postal_code", code, label.start("code"), label.end(), 0.92)
            return
