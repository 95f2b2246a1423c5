"""How often an amount comes ("a year", "bimestral", "every second month") and words that join two amounts."""

import re
from dataclasses import dataclass
from typing import Literal

from flows.reading.numbers import Number
from flows.reading.segments import Message

PeriodName = Literal[
    "day", "week", "fortnight", "month", "two_months", "quarter", "half_year", "year", "twice_monthly", "thrice_monthly"
]
PER_MONTH: dict[PeriodName, float] = {
    "day": 365 / 12, "week": 52 / 12, "fortnight": 26 / 12, "month": 1.0, "two_months": 1 / 2, "quarter": 1 / 3,
    "half_year": 1 / 6, "year": 1 / 12, "twice_monthly": 2.0, "thrice_monthly": 3.0,
}  # fmt: skip
_EVERY = (
    r"(?:per|a|an|each(?: single)?|every(?: single)?|por|cada|al|a la|in a|in one|'?n|/|for the(?: whole| entire)?"
    r"|(?:the )?(?:whole|entire))"
)
_PERIOD = re.compile(
    rf"(?:(?<![a-z])|(?=/))(?:"
    rf"(?P<twice_monthly>(?:twice|two times|2 ?(?:x|times)|dos veces|2 veces|twee keer|kaviri) (?:{_EVERY} )?"
    rf"(?:month|mo|mes|maand|pamwedzi)|semi-?monthly)"
    rf"|(?P<thrice_monthly>(?:(?:three|3) ?(?:x|times)|tres veces|3 veces|drie keer) (?:{_EVERY} )?(?:month|mo|mes"
    rf"|maand))"
    rf"|(?P<two_months>bi-?mensual(?:es|mente)?|bimestral(?:es|mente)?|(?:(?:al|por|el|cada|x) )?bimestre|bi-?monthly"
    rf"|(?:every|each|per|for) (?:two|2|second|2nd|other|alternate) months?|(?:cada|por|x) (?:dos|2) meses"
    rf"|elke tweede maand|elke twee maande)"
    rf"|(?P<quarter>quarterly|(?:per|a|each|every) quarter|(?:every|for) (?:three|3) months|trimestral(?:es|mente)?"
    rf"|cada (?:tres|3) meses|(?:por|al) trimestre)"
    rf"|(?P<half_year>(?:every|per|for) (?:six|6) months|semestral(?:es|mente)?|half[ -]yearly|cada (?:seis|6) meses)"
    rf"|(?P<fortnight>(?:every|each) (?:two|2|other|second) weeks?|bi-?weekly|fortnightly|{_EVERY} fortnight"
    rf"|quincenal(?:es|mente)?|(?:a la|cada|por) quincena|cada (?:dos|2) semanas)"
    rf"|(?P<year>(?:{_EVERY}|all) ?(?:year|yr|ye{{0,2}}a{{0,2}}r|ano|jaar)|yearly|annual(?:ly|ized)?|anual(?:es|mente)?"
    rf"|p\.?a\.?"
    rf"|pagore"
    rf"|jaarliks"
    rf"|(?:all (?:of )?(?:the )?(?:last|past)|last) (?:year|yr)|12 months|twelve months|doce meses)"
    rf"|(?P<week>{_EVERY} ?(?:week|wk|semana)|weekly|semanal(?:es|mente)?|pw|pavhiki|weekliks)"
    rf"|(?P<day>{_EVERY} ?(?:day|dia|dag)|daily|diari[oa]s?|diariamente|pazuva|daagliks|p/d)"
    rf"|(?P<month>{_EVERY} ?(?:month|mo|mth|mnth|mon|mes|maand)|monthly|mensual(?:es|mente)?|al mes|p\.?m\.?|p/m"
    rf"|pamwedzi"
    rf"|maandeliks|pomwedzi)"
    rf")(?![a-z0-9])"
)
_BESIDE = (
    r"(?:dollars?|bucks|usd|us\$|[$€]|euros?|eur|pesos|rands?|zar|zig|r|kwh|units?|kw|a month|per month|pm"
    r"|p/m|monthly|al mes|about|around|maybe|like|in|some|as"
    r"|much|high|low|the|ish|something|so|or|even|more|unos?|unas|como|por|mes|depends|,|on|average|k|ish"
    r"|dolares|kilowatts|mensuales|somewhere|possibly)"
)
_JOIN = re.compile(
    rf"(?:\s*{_BESIDE})*\s*(?:-|~|/|\bto\b|\band\b|\bn\b|&|\bor\b|\by\b|\ba\b|\bo\b|\bu\b|\ben\b|\btot\b"
    rf"|\bhasta\b|\btill?\b|\buntil\b|\bup to\b)(?:\s*(?:{_BESIDE}|an?\b))*\s*"
)
_SIDE_BY_SIDE = re.compile(r" ?[$€]? ?[$€]?")
_SEASONS = re.compile(
    r"\b(?:summers?|winters?|verano|invierno|somer|sometimes|other times|otherwise|a veces|aveces|hot "
    r"months|cold months"
    r"|peak|high|low|max|min|up to|as (?:high|low|much) as|worst|best|rainy|season|zhizha|chando|spring"
    r"|fall|other months"
    r"|some months|good months?|bad months?|when its (?:hot|cold)|(?<!de )calor|frio|hasta|upto|another|can (?:go|hit"
    r"|be|reach)"
    r"|goes|depending|highest|lowest|jan\w*|jul\w*|aug\w*|dec\w*|june?|enero|julio|agosto|diciembre)\b"
)
_NOT_FIRST = re.compile(
    r"\b(?:used to be|not|isnt|isn't|wasnt|wasn't|no es|no era|no son|instead of|nie|en vez de|rather than|and "
    r"not)\s*[^\w\s]?\s*(?:us\$|\$|r)?$"
)
_CHANGED_MIND = re.compile(
    r"\b(?:no,? wait|wait|i mean|i meant|meant|sorry|actually|make (?:it|that)|correction|oops|rather|digo"
    r"|perdon|mejor dicho"
    r"|quise decir|scratch that|ek bedoel|now|ahora|its now|it's now|jammer)\b"
)
_CHANGE_TO = re.compile(
    r"\b(?:change|update|correct|fix|cambi\w+|corrig\w+|verander)\b.{0,40}\b(?:from|de)\b[^\d]{0,8}$"
    r"|\b(?:i|we) (?:said|put|typed|wrote|told (?:you|u))\b[^\d]{0,12}$|\b(?:dije|puse|escribi)\b[^\d]{0,12}$"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A span that says how often."""

    name: PeriodName
    start: int
    end: int


def find_periods(message: Message) -> list[Period]:
    """Every span that says how often, left to right."""
    return [
        Period(match.lastgroup, match.start(), match.end())  # type: ignore[arg-type]
        for match in _PERIOD.finditer(message.plain)
        if match.lastgroup
    ]


def nearest_period(message: Message, numbers: list[Number], periods: list[Period]) -> Period | None:
    """The period that belongs to a group of numbers: in its sentence, the first after it, else the last before it."""
    start, end = message.sentence_at(numbers[0].start)[0], message.sentence_at(numbers[-1].start)[1]
    here = [period for period in periods if start <= period.start < end]
    after = [period for period in here if period.start >= numbers[0].end]
    return after[0] if after else (here[-1] if here else None)


def pick_group(message: Message, numbers: list[Number]) -> tuple[list[Number], bool]:
    """The numbers that make one amount (one, or both ends of a range), and whether a rejected one stood beside it."""
    if len(numbers) < 2:
        return numbers, bool(numbers) and bool(
            _NOT_FIRST.search(message.plain, max(0, numbers[0].start - 24), numbers[0].start)
        )
    kept = [n for n in numbers if not _NOT_FIRST.search(message.plain, max(0, n.start - 24), n.start)]
    if len(kept) < len(numbers) and kept:
        return [kept[-1]], True
    first, second = numbers[0], numbers[1]
    between = message.plain[first.last : second.start]
    if _CHANGE_TO.search(message.plain, max(0, first.start - 70), first.start) or _CHANGED_MIND.search(between):
        return [numbers[-1]], True
    if len(between) < 40 and _JOIN.fullmatch(between):
        return [first, second], False
    if len(numbers) == 2 and _SIDE_BY_SIDE.fullmatch(between) and first.value < second.value <= 2 * first.value:
        return [first, second], False  # "like 200 250"
    if _SEASONS.search(between) or _SEASONS.search(message.plain, second.end, second.end + 24):
        return numbers if len(numbers) <= 4 else [first, second], False
    return [first], False


def mean(numbers: list[Number]) -> float:
    """The middle of a range, or the number itself."""
    values = [number.value for number in numbers]
    if (
        len(values) == 2
        and values[0] < 10
        and numbers[1].worded
        and values[1] in (200, 300, 400, 500, 600, 700, 800, 900)
    ):
        values[0] *= 100  # "two to three hundred"
    return round(sum(values) / len(values), 2)
