"""The electricity bill: amounts in any currency, ranges, bounds, words and periods."""

import re
from itertools import pairwise

from flows.reading.cents import join_cents
from flows.reading.numbers import Number, find_numbers
from flows.reading.periods import PER_MONTH, Period, find_periods, mean, nearest_period, pick_group
from flows.reading.segments import Message

ASKED = frozenset({"monthly_bill", "bill", "currency"})
_CODES = (
    (re.compile(r"us\s?\$|u\$s|\busd|us dollars?|dolar(?:es)? american|dls|american dollars"), "USD"),
    (re.compile(r"mx\s?\$|\bmxn"), "MXN"),
    (re.compile(r"\bzar|\brands?\b|\br$"), "ZAR"),
    (re.compile(r"€|\beur|euros?"), "EUR"),
    (re.compile(r"\bzig\b|\bzwg\b"), "ZWG"),
    (re.compile(r"£|\bgbp|pounds?|quid"), "GBP"),
)
_BEFORE = re.compile(r"(?:us\s?\$|u\$s|usd|mxn|mx\s?\$|zar|zig|zwg|eur|rtgs|r\$|\$|€|£|(?<![a-z])r)\s?$")
_AFTER = re.compile(
    r"\s?(?:us\s?\$|usd|us dollars?|dollars?|dolares|dolar|bucks?|dls|pesos?|mxn|rands?|zar|euros?|eur|€"
    r"|zig|zwg|gbp|pounds"
    r"|\$|£)(?![a-z0-9])"
)
_PESO = re.compile(r"pesos?|bucks?|dollars?|dolar|\$")
_RATE = re.compile(r"\s*(?:us\$|\$|usd|dollars|rands?|c|cents?)?\s*(?:/|per|a|por|el)\s*(?:kwh|kw|units?|watts?|w)\b")
_NOT_MONEY = re.compile(
    r"\s*-?(?:kwh|kw|kva|units?|unidades|mwh|watts?|w\b(?!/)|amps?|bed|bdrm|bath|rooms?|people|persons?|kids"
    r"|years?|yrs?|days?|ppl"
    r"|months?|meses|hours?|hrs?|weeks?|semanas|acs?\b|a/c|aircons?|panels?|panel|batter|geysers?|floors?"
    r"|stor(?:y|ies)|sq"
    r"|m2|personas|anos|dias|habitaciones|%|percent|degrees|o'?clock|of us|in the house|:\d\d|am\b|st\b|nd\b"
    r"|rd\b|th\b|tvs?\b"
    r"|electric (?!bill)|vehic|teslas?|bater|bombas?|calentador|aires?|power ?walls?|chargers?|fridge|heaters?|pumps?"
    r"|evs?\b|cars?|lights|thermostat|family|tons?|times|recamaras|cuartos|pisos|de "
    r"(?:enero|mayo))"
)
_LIKE_A_UNIT = re.compile(
    r"\s*(?:months?\b|w +(?!(?:bulbs?|panels?|solar|lights?|led|heaters?|systems?|each|of)\b)[a-z])"
)
"""Words after an amount that only look like a unit: "180 w comed" is "with"."""
_BILL = re.compile(
    r"\b(?:bill(?:s|ed)?|pay(?:ing|s)?|paid|electric(?:ity|al)?|power|spend(?:ing)?|spent|prepaid|token"
    r"|tokens|utility|light bill"
    r"|lights|luz|factura\w*|recibo\w*|pag[oau]\w*|gast\w+|cuenta|rekening|betaal|elektrisiteit|krag"
    r"|magetsi|bhadhara|zesa|eskom"
    r"|cfe|costs?|charge[sd]?|top up|recharge|usage|average|usually|ndinobhadhara|izinga|ugesi|kuesta"
    r"|cuesta|sale|llega|viene)\b"
)
_STRONG_BILL = re.compile(
    r"\b(?:bill(?:s|ed)?|pay(?:ing|s)?|electric(?:ity)?|power|prepaid|tokens?|luz|factura\w*|recibo\w*"
    r"|pag(?:o|amos|ando)|zesa"
    r"|eskom|cfe|rekening|elektrisiteit|krag|magetsi|bhadhara)\b"
)
_OTHER = re.compile(
    r"\b(?:rebates?|credits?|loans?|quot(?:e|ed)|down payment|deposit|salary|income|mortgage|my rent|rent "
    r"is|worth|sav(?:e|es|ed"
    r"|ing|ings)|budget|price|prices|incentives?|grants?|install(?:ation|ed|er)?|discount|tax(?:es)?|lease"
    r"|pre-?approved|systems?"
    r"|free|win|won|gift|insurance|hipoteca|alquiler|renta|presupuesto|ahorr\w+|subsid\w+|credito|prestamo"
    r"|invest\w*|financ\w*)\b"
)
_NEAR_BILL = re.compile(
    r"\b(?:bills?|pay(?:ing|s)?|paid|spend(?:ing)?|factura|recibo|pago|pagamos|luz|rekening|betaal"
    r"|ndinobhadhara|prepaid|gasto|gastamos"
    r"|sale|llega|viene|electricity|electric|power)\b[^\d.!?\x00]{0,32}$"
)
_MIXED = re.compile(
    r"\b(?:water|agua|(?<!the )(?<!their )(?<!raised )rates|sewer(?:age)?|sewage|refuse|lev(?:y|ies)|basura|trash"
    r"|garbage|body corporate"
    r"|hoa|riool|belasting"
    r"|everything on the municipal|municipal account)\b(?! (?:heater|pump|geyser|tank|boiler|heating|is "
    r"separate|separate|caliente))"
)
_HOT_WATER = re.compile(r"\b(?:hot|calentador de|bomba de|calienta) (?:water|agua)\b")
_APART = re.compile(
    r"\b(?:not (?:including|counting|incl\w*)|no water|excluding|excl|without|except|sin|minus|apart from"
    r"|other than|besides"
    r"|doesn'?t include|does not include|not with|sonder|before|sin contar|only electricity|just "
    r"electricity|electricity only"
    r"|just the electric\w*|only the electric\w*|solo (?:la )?luz|separate(?:ly)?)\b"
)
_PART = re.compile(
    r"\b(?:electric(?:ity|al)?|power|luz|lights?|zesa|krag)(?: (?:part|portion|share|alone|itself|only|of "
    r"it|bit|is|was|about|"
    r"around|being|comes to|es|unos))*\s*[:=-]?\s*(?:us\$|[$€]|r)?\s?$"
)


_ANOTHERS = re.compile(
    r"\b(?:neighbou?rs?|vecin[oa]s?|buurman|bure|friends?|amig[oa]s?|cousins?|prim[oa]s?|buddy|buddies|co-?workers?"
    r"|boss|guy|somebody|someone|alguien)\b(?: (?!and\b|y\b|i\b|we\b)[a-z']+){0,4} "
    r"(?:paid|pays?|paying|spent|spends?|pago|paga|pagan|pagaba|gasta|betaal)\b"
    r"(?: (?!our\b|my\b|mine\b|i\b|we\b|me\b|us\b|the\b)[a-z']+){0,4} ?(?:us)?[$€]?r?\s?$"
)
""" "my neighbor paid 18k for his": somebody else's money."""
_USE = re.compile(r"\b(?:us(?:e|es|ed|ing|age)|consum\w+|uso|usamos|kwh|rent|alquiler|renta)\b")
_ROAD_AFTER = re.compile(
    r"\s*(?:road|rd|outside|near|towards|to [a-z]{4,}|off|between|highway|route|turn|farm|exit|north|south|east|west)\b"
)
_ROAD_BEFORE = re.compile(r"\b(?:off|on|along|near|next to|via|cnr|corner of|beside|route|road|the) (?:the )?r ?$")
_ONE_SEASON = re.compile(r"[^,.;!?\n\d]{0,18}\b(?:summers?|winters?|verano|invierno|july|august|december|january)\b")


def read_money(message: Message, asked: str | None, country: str) -> None:
    """Set `monthly_bill` per month and `currency` where it was said; a bill mixed with water or rates stays unset."""
    _read_bill(message, asked, country)
    if not message.has("currency"):
        _read_currency(message, asked, country)


def _read_bill(message: Message, asked: str | None, country: str) -> None:
    if message.has("monthly_bill"):
        return
    numbers = find_numbers(message)
    if not numbers:
        return
    periods = find_periods(message)
    numbers = [n for n in numbers if not any(p.start <= n.start < p.end for p in periods)]
    numbers = join_cents(message, numbers)
    usable = [n for n in numbers if _is_bill(message, n, asked, periods)]
    usable = _spread(message, numbers, usable)
    if any(_is_marked(message, n) for n in usable):
        usable = [n for n in usable if n.value >= 10 or n.worded or _is_marked(message, n)]  # "last 1 was $310"
    if not usable:
        return
    if _is_mixed(message):
        usable = [n for n in usable if _PART.search(message.plain, max(0, n.start - 50), n.start)]
        if len(usable) != 1:
            message.refused = True
            return
    set_bill(message, _prefer(message, usable), periods, country)


def _prefer(message: Message, usable: list[Number]) -> list[Number]:
    """With two unconnected amounts, the one that words of a bill stand before."""
    if len(usable) > 1 and len(pick_group(message, usable)[0]) == 1 and not pick_group(message, usable)[1]:
        near = [n for n in usable if _NEAR_BILL.search(message.plain, max(0, n.start - 50), n.start)]
        return near[:1] or usable[:1]
    return usable


def set_bill(message: Message, usable: list[Number], periods: list[Period], country: str) -> None:
    """Set `monthly_bill` and, where it was said, `currency` from the numbers of one amount."""
    group, _ = pick_group(message, usable)
    period = nearest_period(message, group, periods)
    code = next((c for n in [*group, *usable] if (c := currency_at(message, n, country))), None)
    first, last = group[0], group[-1]
    before, after = (
        _BEFORE.search(message.plain, max(0, first.start - 6), first.start),
        _AFTER.match(message.plain, last.end),
    )
    start = before.start() if before else first.start
    end = max(after.end() if after else last.end, last.last)
    amount = mean(group) * (PER_MONTH[period.name] if period else 1.0)
    sure = 0.95 if code else 0.85
    if len(group) == 1 and not period and _ONE_SEASON.match(message.plain, end):
        sure = 0.5  # one season's bill says little of the year's
    message.keep("monthly_bill", tidy_amount(amount), start, end, sure)
    if code:
        message.keep("currency", code, start, end, 0.95)
    for number in usable:
        sign, word = (
            _BEFORE.search(message.plain, max(0, number.start - 6), number.start),
            _AFTER.match(message.plain, number.end),
        )
        message.take(sign.start() if sign else number.start, max(word.end() if word else number.end, number.last))
    if period:
        message.take(period.start, period.end)


def tidy_amount(amount: float) -> float | int:
    """Two decimals, none where there are none."""
    rounded = round(amount, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def currency_at(message: Message, number: Number, country: str) -> str | None:
    """ISO code of the currency written beside a number; a bare "$" is the country's own."""
    before = _BEFORE.search(message.plain, max(0, number.start - 6), number.start)
    after = _AFTER.match(message.plain, number.end)
    for match in (after, before):
        if match is None:
            continue
        sign = match.group().strip()
        for pattern, code in _CODES:
            if pattern.search(sign):
                return code
        if sign.startswith("peso"):
            return "USD" if country == "PR" else "MXN"
        if _PESO.search(sign):
            return "MXN" if country == "MX" and "$" in sign else "USD"
    return None


def _is_marked(message: Message, number: Number) -> bool:
    return bool(
        _BEFORE.search(message.plain, max(0, number.start - 6), number.start) or _AFTER.match(message.plain, number.end)
    )


def _is_bill(message: Message, number: Number, asked: str | None, periods: list[Period]) -> bool:
    plain = message.plain
    if _RATE.match(plain, number.last) or number.value <= 0:
        return False
    start, end = message.sentence_at(number.start)
    here = plain[start:end]
    if _is_road(message, number) or _ANOTHERS.search(plain, start, number.start):
        return False
    if _is_marked(message, number):
        if asked in ASKED and not re.search(r"\b(?:rebate|credit|pre-?approved|loan|quote|system)s?\b", here):
            return True
        return bool(_STRONG_BILL.search(here)) or not _OTHER.search(here)
    if _NOT_MONEY.match(plain, number.end) and not _LIKE_A_UNIT.match(plain, number.end):
        return False
    if asked in ASKED:
        if number.value < 5 and not number.worded and re.search(r"[a-z]{3}", message.free):
            return False  # "tengo 1 coche electrico": a count
        return not message.has("monthly_kwh") and not (
            number.worded and number.value < 20 and not re.fullmatch(r"\W*\w+\W*", here)
        )
    after = next((p for p in periods if number.last <= p.start <= number.last + 12), None)
    if _NEAR_BILL.search(plain, max(start, number.start - 50), number.start):
        return number.value >= 5 and not re.match(r"\s+[a-z]+\s+(?:st|ave|rd|street|road)\b", plain[number.end :])
    if after and number.value >= 20 and after.name == "month":
        return not _OTHER.search(here) and not _USE.search(here)
    return bool(after and _BILL.search(here) and number.value >= 10)


def _is_road(message: Message, number: Number) -> bool:
    """ "R44 outside Stellenbosch": roads are numbered as rands are written."""
    sign = re.search(r"\br ?$", message.plain[max(0, number.start - 3) : number.start])
    if sign is None or number.value >= 1000 or number.value != int(number.value):
        return False
    before = message.plain[max(0, number.start - 30) : number.start]
    start, end = message.sentence_at(number.start)
    if _ROAD_AFTER.match(message.plain, number.end) or _ROAD_BEFORE.search(before):
        return True
    return message.has("street") and not _BILL.search(message.plain, start, end)


def _spread(message: Message, numbers: list[Number], usable: list[Number]) -> list[Number]:
    """ "$200-250": the sign holds for both ends."""
    found = list(usable)
    for here, after in pairwise(numbers):
        if (here in found) == (after in found):
            continue
        other = here if after in found else after
        if _NOT_MONEY.match(message.plain, other.end) or _RATE.match(message.plain, other.end):
            continue
        group, corrected = pick_group(message, [here, after])
        if len(group) == 2 or corrected:
            found.append(other)
    return sorted(found, key=lambda number: number.start)


def _is_mixed(message: Message) -> bool:
    return bool(
        _MIXED.search(message.plain) and not _HOT_WATER.search(message.plain) and not _APART.search(message.plain)
    )


_CURRENCY_SAID = re.compile(
    r"\b(?:in|en|it'?s|its|thats|that'?s|is|are|son|es|i pay in|pagamos en|using)\s+(?:in |all in |en )?"
    r"(?P<word>zig|zwg|usd|us dollars?|us\$|dollars|dolares|rands?|zar|pesos|euros?|mxn)\b"
)
_CURRENCY_ALONE = re.compile(
    r"^\W*(?:in )?(?P<word>zig|zwg|usd|us dollars?|us\$|dollars|dolares|rands?|zar|pesos|euros?"
    r"|mxn)\b\W*(?:not|no|please)?\W*\w*\W*$"
)


def _read_currency(message: Message, asked: str | None, country: str) -> None:
    said = _CURRENCY_SAID.search(message.free) or _CURRENCY_ALONE.search(message.free)
    if said is None or (message.plain.rstrip().endswith("?") and asked != "currency"):
        return
    if re.search(r"\b(?:price|cost|quote)\b", message.plain):
        return
    word = said.group("word")
    code = next((code for pattern, code in _CODES if pattern.search(word)), None)
    if code is None:
        code = ("USD" if country == "PR" else "MXN") if word == "pesos" else "USD"
    message.add("currency", code, said.start("word"), said.end("word"), 0.9)
