"""Cents said after an amount: "ninety nine dollars and 20 cents", "105 con 50", "99 bucks twenty"."""

import re
from dataclasses import replace

from flows.reading.numbers import Number
from flows.reading.segments import Message

_MONEY = r"(?:us dollars?|dollars?|bucks?|usd|dolares|pesos?|mxn|rands?|zar|euros?|eur|€|us\$|\$)"
_BETWEEN = re.compile(rf"\s?(?P<money>{_MONEY})?,?\s?(?:(?P<join>and|n|&|y|en|con|with|plus)\s)?\s?[$€]?")
CENTS = re.compile(r"\s?(?:cents?|¢|c|cts?|centavos?|centimos?|sent)(?![a-z0-9])")
_ENDS = re.compile(
    rf"\s?(?:{_MONEY}\s?)?(?:$|[.,;!?\n\x00)]|/|(?:a|per|each|every|al|por|cada|the|el|last|on|this|or so|in|for"
    r"|monthly|mensual\w*|mas o menos|usually|normally|it|is|was|mes|month)\b(?! (?:winter|summer)))"
)
_RANGE = re.compile(r"\b(?:between|from|entre|de|desde)\s[^.!?\n]{0,12}$")


def join_cents(message: Message, numbers: list[Number]) -> list[Number]:
    """Amounts with their cents; a number of cents without an amount before it is left out."""
    joined: list[Number] = []
    for number in numbers:
        end = _find_cents(message, joined[-1], number) if joined else 0
        if end:
            whole = joined[-1]
            joined[-1] = replace(whole, value=round(whole.value + number.value / 100, 2), cents=end)
        elif not CENTS.match(message.plain, number.end):
            joined.append(number)
    return joined


def _find_cents(message: Message, whole: Number, number: Number) -> int:
    """Where the cents end; 0 when the second number is no cents."""
    between = _BETWEEN.fullmatch(message.plain, whole.last, number.start)
    if whole.cents or between is None or whole.value != int(whole.value) or not 0 < number.value < 100:
        return 0
    word = CENTS.match(message.plain, number.end)
    if word:
        return word.end()
    ends = _ENDS.match(message.plain, number.end)
    if not ends or number.value != int(number.value) or number.value >= whole.value:
        return 0
    return number.end if _is_bare(message, whole, number, between) else 0


def _is_bare(message: Message, whole: Number, number: Number, between: re.Match[str]) -> bool:
    """Cents without the word: "105 con 50", "99 dollars twenty", "one oh five fifty"."""
    if between.group("join"):
        return between.group("join") == "con"
    if "," in between.group() or number.value < 10:
        return False
    if between.group("money"):
        return not _RANGE.search(message.plain[: whole.start])
    return whole.worded and number.worded and whole.value >= 100
