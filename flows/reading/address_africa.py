"""Addresses of Zimbabwe and South Africa: stands, erven, flats, corners, suburbs, towns."""

import re
from itertools import islice

from flows.reading.devices import names_device
from flows.reading.phrases import Match
from flows.reading.places import ZA_PROVINCES, City, find_cities, title
from flows.reading.segments import TAKEN, Message

_SUFFIX = (
    r"(?:st(?:reet)?|str|straat|ave?(?:nue)?|r(?:oa)?d|dr(?:ive)?|rylaan|cres(?:cent)?|singel|close|cl"
    r"|cir(?:cle)?|way|weg|laan|lane|ln|blvd|boulevard|ct|court|place|pl"
    r"|terrace|park|gardens?|heights|hse|house|flats?|mansions?|complex|estate|drift|walk|mews|loop|hof|pad"
    r"|steeg|view|villas?|village|cottage|square|highway|hwy)"
)
MOST = 12
"""Places of a message that are tried as the beginning of an address."""

_START = re.compile(
    r"(?<![\w$.,/-])(?:(?:house|hse|stand|erf|plot|flat|unit|lot|farm|shop|room|block|site|number|nommer"
    r"|woonstel|huis|imba|door|portion|cottage|suite|apt|apartment|complex|residence)\s*(?:no\.?|nr\.?"
    r"|number|#)?\s*[a-z]?\d{1,6}[a-z]?\b"
    r"|(?:no\.?|nr\.?|#)\s*\d{1,6}[a-z]?\b|[a-z]{2,}(?:straat|weg|laan|singel|rylaan)\s+\d{1,5}[a-z]?\b|(?:cnr|corner"
    r"(?: of)?|h/v|hoek van|c/o)\s+[a-z0-9]"
    r"|\d{1,6}[a-z]?(?:/\d{1,5})?(?![\w.]*[%$])(?:,)?\s+(?!(?:per|a|pm|units?(?! [a-z]\b)|kwh|kva|kw|rand"
    r"|dollars|usd|zig|bed|rooms?|people|geysers?|months?|years?|acs?|aircons?|tv|fridges?|pool|to|or|and"
    r"|is|in|of|mo|p/m|on|but|hours?|litres?|l|panels?|lights?|bath|kids|times|batter\w+|when"
    r"|because)\b)[a-z0-9])"
)
_STREET = re.compile(rf"\b[a-z'-]+(?:straat|weg|laan|singel|rylaan|street|rd|ave|str)\b|\b{_SUFFIX}\b")
_FIRM_START = re.compile(
    r"^(?:house|hse|stand|erf|plot|flat|unit|lot|farm|block|site|woonstel|huis|cnr|corner|h/v|hoek|no\b|nr\b"
    r"|number|nommer|portion|room|door|cottage|complex)"
)
_POSTAL = re.compile(r"(?<![\w.$])(?P<code>\d{4})(?![\d\w])(?!\s*(?:units?|kwh|rand|pm|per|a month|usd))")
_STOP = re.compile(
    r"[;!?\x00]|\n(?!\s*(?:\d{4}\b|[a-z' -]{3,24}(?:,? \d{4})?\s*(?:$|[\n.,;])))|\.(?=\s+(?:[a-z]{3,}|no\b)|\s*$)"
    r"|,? (?:and )?not (?=\d)|,?\s*(?<![a-z])(?:r|us\$|\$)\s?\d|\b(?:and (?:i|we|my"
    r"|the)|my "
    r"[a-z]+|electric\w*|power|utility|homeowner|nothing|no (?:big|heavy|large|major)|town:|city:|usage|kwh|bill"
    r"|(?:it|that)'?s (?:a|the|my)|is|i|we|pay|paying|own|owner|rent"
    r"|renting|roof|geyser|prepaid|zesa|eskom|units? (?:a|per)|thanks|thank you|please|asb|dankie|email"
    r"|phone|but|because|"
    r"south africa|zimbabwe|suid-afrika|tiles?|thatch|metal|solar|ndatenda|maita|have|has|with (?:a|city"
    r"|eskom)|near|opposite|next to|behind|pa?mwedzi|per month|around|about|metal|asbestos|usd|dollars|ok"
    r"|hey)\b"
)
_SUBURB_NUMBER = re.compile(
    r"^(?P<suburb>[a-z][a-z' -]{2,30}?(?: \d{1,2}(?=,))?),?\s+(?:(?:no\.?|house(?: number)?|hse|stand"
    r"|number)\s*)?(?P<number>\d{1,6}[a-z]?)\b"
)
_LEAD_START = re.compile(
    r"^(?:\W*\b(?:my address is|address is|address|adres is|adres|my adres is|i live at|i live in|we live "
    r"in|ndiri ku|ndinogara ku|ndiri pa|ndinogara pa|ndiri mu|tiri ku|tinogara ku|kumba ku|ek bly in|ek bly "
    r"by|ons bly in|ons bly by|its|it's|dit is|i stay at|i stay in|we stay in|i am at|im at|i'm at|we're at"
    r"|i'm in|im in|i am in|house in|at|in|kero yangu ndeye|kero|ngihlala e)\b[\s:,]*)+"
)
_PART_OF_CITY = frozenset({"chatsworth", "umlazi", "phoenix", "nyanga", "langa", "alexandra"})
"""What is the place when nothing larger is named: "Chatsworth, Durban" is in Durban."""
_TOWNSHIP_NAMES = frozenset(
    {
        "nyanga",
        "phoenix",
        "alexandra",
        "langa",
        "concession",
        "triangle",
        "springs",
        "nigel",
        "margate",
        "glendale",
        "strand",
        "george",
        "wellington",
        "newcastle",
        "worcester",
        "kimberley",
        "heidelberg",
        "norton",
        "brits",
    }
)


def read_african_address(message: Message, asked: str | None, country: str) -> bool:
    """Set street (suburb in its line), city, state, postal_code and country."""
    cities = find_cities(message, country)
    start = _find_start(message, asked, cities)
    if start is None:
        return _read_swapped(message, asked, cities, country)
    end = _find_end(message, start)
    inside = [m for m in cities if start < m.start < end + 1]
    city = _pick_city(message, inside, start, end)
    codes = list(_POSTAL.finditer(message.free, start + 5, min(len(message.free), end + 8))) if country == "ZA" else []
    code = codes[-1] if codes and (codes[-1].start() > (city.start if city else start + 6)) else None
    street_end = min([end, *([city.start] if city else []), *([code.start()] if code else [])])
    street = _tidy_street(message, start, street_end)
    if (
        not street
        or _is_list_of_devices(street)
        or not _is_street(street, message.plain[start:street_end], asked, city)
    ):
        return _read_swapped(message, asked, cities, country)
    message.add("street", street, start, street_end, 0.9 if city else 0.75)
    if city:
        _add_city(message, city)
    _add_province(message, start, max(end, city.end if city else 0))
    if code:
        message.add("postal_code", code.group("code"), code.start(), code.end(), 0.92)
    message.add("country", country, start, street_end, 0.9)
    return True


def _find_start(message: Message, asked: str | None, cities: list[Match[City]]) -> int | None:
    for match in islice(_START.finditer(message.free), MOST):
        limit = match.end() + 120
        stop = _STOP.search(message.free, match.end(), limit)
        ahead = message.free[match.start() : stop.start() if stop else limit]
        if (
            asked == "street"
            or (_FIRM_START.match(match.group()) and (cities or _STREET.search(ahead)))
            or _STREET.search(ahead[:60])
        ):
            return match.start()
        if any(match.start() < m.start < match.start() + 60 for m in cities) and re.match(
            r"\d{2,6}[a-z]?,?\s+[a-z]", ahead
        ):
            return match.start()
    return None


def _find_end(message: Message, start: int) -> int:
    for stop in _STOP.finditer(message.free, start + 3):
        word = stop.group().strip(" ,")
        if word in ("near", "opposite", "around", "about") and stop.start() - start < 8:
            continue
        if word == "." and message.plain[max(0, stop.start() - 3) : stop.start()].strip() in (
            "no",
            "nr",
            "st",
            "rd",
            "ave",
        ):
            continue
        return stop.start()
    return len(message.free)


def _pick_city(message: Message, inside: list[Match[City]], start: int, end: int) -> Match[City] | None:
    """The last city that no street word follows ("14 Harare St, Mutare")."""
    for match in reversed(inside):
        after = message.plain[match.end : match.end + 14]
        if re.match(rf"\s+(?:{_SUFFIX}|north|south|drive)\b(?! *,)", after) and match is not inside[-1]:
            continue
        if re.match(rf"\s+{_SUFFIX}\b", after):
            continue
        return match
    return None


def _tidy_street(message: Message, start: int, end: int) -> str:
    raw = re.sub(r"\s+", " ", message.raw[start:end]).strip(" ,.-:(")
    raw = re.sub(r"(?i)[\s,]+(?:in|ku|pe|e|at|,)$", "", raw).strip(" ,.-")
    raw = re.sub(r"(?i)\bhse\b\.?", "House", raw)
    raw = re.sub(r"(?i)^(?:house|hse|number|nommer|no\.?|nr\.?|#)\s*(?:no\.?|number|nr\.?|#)?\s*(?=\d)", "", raw)
    raw = re.sub(r"(?i)\b(stand|plot|erf|flat|unit|lot)\s+(?:no\.?|number|nr\.?|#)\s*(?=[a-z]?\d)", r"\1 ", raw)
    province = next((name for name in ZA_PROVINCES if raw.lower().endswith(name)), None)
    raw = raw[: -len(province)].strip(" ,.-") if province and len(raw) > len(province) + 4 else raw
    corner = re.fullmatch(r"(?i)((?:h/v|hoek van|cnr|corner(?: of)?) .*?[a-z]) (\d{1,5}[a-z]?)((?:,.*)?)", raw)
    if corner:
        raw = f"{corner.group(2)} {corner.group(1)}{corner.group(3)}"
    return title(raw)


def _is_list_of_devices(street: str) -> bool:
    return not _STREET.search(street.lower()) and not _FIRM_START.match(street.lower()) and names_device(street)


def _is_street(street: str, plain: str, asked: str | None, city: Match[City] | None) -> bool:
    if not re.search(r"\d", street) and not re.search(r"(?i)\b(?:cnr|corner|h/v|hoek)\b", street):
        return False
    if not re.search(r"[a-z]", re.sub(r"\b(?:house|hse|number|nommer|no|nr|huis|imba|e|ku)\b", "", plain)):
        return False
    return asked == "street" or city is not None or bool(_STREET.search(plain) or _FIRM_START.match(plain))


def _read_swapped(message: Message, asked: str | None, cities: list[Match[City]], country: str) -> bool:
    """ "Mabvuku, 2310, Harare": the suburb before the number."""
    text = re.sub(TAKEN, " ", message.free)
    lead = _LEAD_START.match(text)
    begin = lead.end() if lead else 0
    opening = next(
        (m for m in cities if not text[begin : m.start].strip() and re.match(r"\s*[.;,]\s", text[m.end :])), None
    )
    if opening and re.match(r"\s*[.;,]\s*[a-z]", text[opening.end :]):
        begin = opening.end + len(text[opening.end :]) - len(text[opening.end :].lstrip(" .;,"))
        lead = lead or re.match("", text)
    match = _SUBURB_NUMBER.match(text[begin:])
    if (
        match is None
        or not (asked == "street" or (lead and cities))
        or re.search(r"\b(?:bill|pay|about|r|usd|we|i|home|there'?s?|house|have|got|has)\b", match.group("suburb"))
    ):
        return False
    start, end = begin + match.start("suburb"), begin + match.end("number")
    suburb_city = next((m for m in cities if m.start >= start and m.end <= end), None)
    suburb = re.sub(r"\s+(?:house|stand|number|no\.?)$", "", title(message.raw[start : begin + match.end("suburb")]))
    if suburb_city and suburb_city.value.name.lower() == suburb.lower():
        return False
    if suburb_city and suburb_city.start == start:
        _add_city(message, suburb_city)
        suburb = suburb[suburb_city.end - start :].strip(" ,")
    message.add("street", f"{match.group('number').upper()} {suburb}", start, end, 0.85)
    for city in cities:
        if city.start >= end or city is opening:
            _add_city(message, city)
            code = _POSTAL.search(message.free, city.end, city.end + 10) if country == "ZA" else None
            if code:
                message.add("postal_code", code.group("code"), code.start(), code.end(), 0.92)
            break
    message.add("country", country, start, end, 0.85)
    return True


def _add_city(message: Message, city: Match[City]) -> None:
    message.add("city", city.value.name, city.start, city.end, 0.95)


def _add_province(message: Message, start: int, end: int) -> None:
    text = message.free[start : end + 30]
    for name, province in ZA_PROVINCES.items():
        match = re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text)
        if match:
            message.add("state", province, start + match.start(), start + match.end(), 0.9)
            return


_IN = re.compile(
    r"\b(?:in|live in|stay in|from|ku|based in|city is|town is|bly in|near|at|outside|kwa|mu|city:?|located "
    r"in|ndiri ku|e)\s*$"
)


def read_african_place(message: Message, asked: str | None, country: str) -> None:
    """City and code without a street."""
    asked_place = asked in ("city", "street", "postal_code", "state")
    cities = find_cities(message, country)
    for match in sorted(cities, key=lambda place: place.text in _PART_OF_CITY):
        if message.has("city"):
            break
        if asked_place or (_IN.search(message.free[: match.start]) and match.text not in _TOWNSHIP_NAMES):
            _add_city(message, match)
    if asked_place and not message.has("state"):
        _add_province(message, 0, len(message.free))
    if (
        country == "ZA"
        and not message.has("postal_code")
        and (asked in ("postal_code", "city") or (message.has("city") and asked == "street"))
    ):
        code = _POSTAL.search(message.free)
        if code:
            message.add("postal_code", code.group("code"), code.start(), code.end(), 0.9)
