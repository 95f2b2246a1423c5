"""Addresses of the United States: the span is segmented here, its parts labelled by usaddress."""

import re

import usaddress

from flows.reading.address_odd import find_odd_street, find_vague_street
from flows.reading.devices import names_device
from flows.reading.places import US_CODES, US_STATES, find_cities, name_city, title
from flows.reading.segments import Message
from flows.reading.us_parts import STATE, STATE_NAMES, ZIP, clean_zip, is_state, is_zip, name_state
from flows.reading.us_streets import CORE, LOOSE
from flows.reading.us_tails import find_city, goes_on, last_state
from flows.reading.zips import list_cities, spell_out

_PO_BOX = re.compile(r"\b(?:p\.?\s?o\.?\s?box|post office box|apartado|apdo\.?)\s*#?\s*\d{1,7}\b")
_STATE_SIDE = re.compile(rf"\b(?:the |on the |in )?(?P<state>{STATE_NAMES})(?: side| one| state)?\b")
_UNIT_BEFORE = re.compile(
    r"(?<![a-z0-9])(?P<unit>(?:(?:apt|apartment|unit|ste|suite|flat|depto|apto)\.? ?#?|#) ?"
    r"(?:\d{1,5}[a-z]?|[a-z]\d{0,4}))[, ]+(?:at |of )?$"
)
_UNIT_NUMBER = re.compile(r"\d{1,5}[a-z]?,? +(?=\d{1,6}[a-z]? +[a-z0-9])")
_STOP = re.compile(
    r"[;!?\n\x00]|\.(?=\s+[a-z]{3,}\s|\s*$)|\b(?:and|my|its|it's|it|is|i|we|bill|but|with|about|own|rent"
    r"|thanks|thank|please|pls|phone|email|name|no|yes|near|roof|house|home|on the|the (?:bill|roof|house)"
    r"|pay|paying|new (?:build|construction|house|home)|for|to|so|have"
    r"|that|this|here|there|if|or|u|you|can|do|what|how|shingles?|asphalt|metal|solar|a|an|because|since"
    r"|which|where|usa|united states|us|u\.s\.a?\.?|condo|apartment complex|single|two|corner|behind|across"
    r"|next|off)\b"
)
_AFTER_PLACE = re.compile(r"\x00[\s,.]*$")
_IS_GAP = re.compile(r"[\s,.;]+")
""" "LA, California, 90042. 5912 N Figueroa": a code between a place and the street."""
_OTHER_NUMBER = re.compile(r"\d+(?:\.\d+)?, +(?:[a-z']+ ){0,4}(?=\d{1,6}[a-z]? +[a-z])")


def read_us_address(message: Message, asked: str | None) -> bool:
    """Set street, city, state, postal_code and country; a PO box is no street."""
    core = CORE.search(message.free)
    box = _PO_BOX.search(message.free)
    if box and (core is None or box.start() <= core.start() < box.end() + 1):
        message.take(box.start(), box.end())
        _read_tail(message, box.end(), box.start())
        return True
    odd = find_odd_street(message, asked)
    if odd and (core is None or odd[1] <= core.start()):
        return _add_street(message, *odd)
    vague = find_vague_street(message, asked) if core is None else None
    if vague:
        return _add_street(message, *vague)
    if core is None and asked == "street":
        core = LOOSE.search(message.free)
        if core:
            return _read_loose(message, core)
    if core is None:
        return False
    start, end = _trim_core(message, core)
    return _add_street(message, message.raw[start:end], start, end, 0.92)


def _add_street(message: Message, written: str, start: int, end: int, confidence: float) -> bool:
    written, start = _add_unit(message, written, start)
    street = title(re.sub(r"\s+", " ", written))
    span_end, parts = _find_tail(message, end)
    street, city = _move_border(street, parts.get("city", ""), parts.get("state", ""))
    if city:
        parts["city"] = city
    message.add("street", street, start, end, confidence)
    _add_parts(message, parts, span_end, end)
    _read_before(message, start, parts)
    message.add("country", "US", start, end, 0.9)
    return True


def _add_unit(message: Message, written: str, start: int) -> tuple[str, int]:
    """ "apt 3, 19 Hickory" is 19 Hickory Apt 3; and where the words begin."""
    unit = _UNIT_BEFORE.search(message.free, max(0, start - 30), start)
    if unit is None:
        return written, start
    said = message.raw[slice(*unit.span("unit"))]
    return f"{written} {said[:1].upper()}{said[1:]}", unit.start()


def _trim_core(message: Message, core: re.Match[str]) -> tuple[int, int]:
    """usaddress tells which numbers before the street belong to it: "my 2 acs at 14 Oak St" starts at 14."""
    start, end = core.span()
    unit = _UNIT_NUMBER.match(message.free[start:end])
    if unit and _UNIT_BEFORE.search(message.free, max(0, start - 20), start + unit.end()):
        return start + unit.end(), end
    code = _OTHER_NUMBER.match(message.free[start:end])
    if code:
        return start + code.end(), end
    later = [m.start() for m in re.finditer(r"(?<![\w.-])\d{1,6}[a-z]?\s", message.free[start:end])]
    if len(later) > 1 and core.lastgroup == "street":
        labels = [label for _, label in usaddress.parse(message.raw[start:end])]
        if labels.count("AddressNumber") == 0:
            start += later[-1]
    return start, end


def _label(span: str) -> dict[str, str]:
    """usaddress labels of a bare address span, joined per part."""
    parts: dict[str, list[str]] = {}
    names = {"PlaceName": "city", "StateName": "state", "ZipCode": "postal_code"}
    for word, label in usaddress.parse(span[:200]):
        parts.setdefault(names.get(label, "street"), []).append(word)
    return {name: " ".join(words).strip(" ,.") for name, words in parts.items()}


def _read_loose(message: Message, core: re.Match[str]) -> bool:
    """A street without a suffix, asked for: usaddress finds where the city begins."""
    stop = _STOP.search(message.free, core.start())
    end = stop.start() if stop else len(message.free)
    end = max(end, core.start() + 4)
    labels = _label(message.raw[core.start() : end].replace("\x00", " "))
    street, city = labels.get("street", ""), labels.get("city", "")
    if (
        not re.search(r"\d", street)
        or not re.search(r"[a-zA-Z]{3}", street)
        or re.search(r"\b(?:years?|people|bed)\b", street.lower())
        or names_device(street)
    ):
        return False
    ending = None if labels.get("state") else last_state(city.lower())
    if ending and len(ending.group("state")) > 2 and city[: ending.start()].strip(" ,"):
        labels["state"], city = name_state(ending), city[: ending.start()].strip(" ,")
    state = US_STATES.get(labels.get("state", "").lower()) or labels.get("state", "").upper()
    street, city = _move_border(street, city, state)
    street, start = _add_unit(message, street, core.start())
    message.add("street", title(street), start, end, 0.75)
    if city:
        known = name_city(city.lower(), "US")
        message.add("city", known.name if known else title(city), core.start(), end, 0.75)
        if known and known.says_state and not state:
            state = known.state
    if state in US_CODES:
        message.add("state", state, core.start(), end, 0.75)
    if labels.get("postal_code"):
        message.add("postal_code", clean_zip(labels["postal_code"]), core.start(), end, 0.9)
    message.add("country", "US", core.start(), end, 0.8)
    return True


def _move_border(street: str, city: str, state: str) -> tuple[str, str]:
    """ "Camino del Rio San" and "Diego": the longest ending that is a city of the state is the city."""
    known = list_cities(state) if state in US_CODES and city else {}
    if not known or spell_out(city) in known:
        return street, city
    words = f"{street} {city}".split()
    for count in range(min(4, len(words) - 2), len(city.split()), -1):
        if spell_out(" ".join(words[-count:])) in known:
            return " ".join(words[:-count]), " ".join(words[-count:])
    return street, city


def _find_tail(message: Message, begin: int) -> tuple[int, dict[str, str]]:
    """City, state and ZIP after the street, and where they end."""
    text = message.free
    limit = min(len(text), begin + 90)
    zip_code = next((m for m in ZIP.finditer(text, begin, limit) if is_zip(m.group("zip"))), None)
    stop = next(
        (
            m
            for m in _STOP.finditer(text, begin, limit)
            if not _is_state(message, m) and not (m.group() == "\n" and goes_on(text, m.end()))
        ),
        None,
    )
    end = stop.start() if stop else limit
    if (
        zip_code
        and zip_code.start() > end
        and not re.fullmatch(r"[\s,.-]*(?:usa?,?\s*)?", text[end : zip_code.start()])
    ):
        zip_code = None
    parts: dict[str, str] = {}
    if zip_code:
        parts["postal_code"] = clean_zip(zip_code.group("zip"))
        end = min(end, zip_code.start())
    segment = text[begin:end].replace("\n", ",")
    state = last_state(segment)
    city_text = segment[: state.start()] if state else segment
    if state:
        parts["state"] = name_state(state)
    city, used = find_city(message, begin, city_text, state is not None or zip_code is not None)
    if city:
        parts["city"] = city.name
        if city.says_state and "state" not in parts:
            parts["state"] = city.state
    tail = begin + (state.end() if state else used)
    return (zip_code.end() if zip_code else tail), parts


def _is_state(message: Message, word: re.Match[str]) -> bool:
    """ "Bend OR 97701": a stop word that is a state's code here."""
    code = word.group().upper()
    return code in US_CODES and (
        message.raw[slice(*word.span())].isupper() or bool(re.match(r"[\s,.]*\d{5}", message.plain[word.end() :]))
    )


def _add_parts(message: Message, parts: dict[str, str], end: int, begin: int) -> None:
    for slot in ("city", "state", "postal_code"):
        if slot in parts:
            message.add(slot, parts[slot], begin, max(begin, end), 0.9)


def _read_tail(message: Message, begin: int, start: int) -> None:
    end, parts = _find_tail(message, begin)
    _add_parts(message, parts, end, begin)
    if parts:
        message.add("country", "US", start, end, 0.9)


def _read_before(message: Message, start: int, parts: dict[str, str]) -> None:
    """ "kansas city. the missouri side. 4419 Holmes st": what the tail did not say may stand before the street."""
    before = message.free[:start]
    if "city" not in parts:
        cities = [m for m in find_cities(message, "US") if m.end <= start]
        if cities:
            match = cities[-1]
            message.add("city", match.value.name, match.start, match.end, 0.85)
            beside = STATE.search(message.free, match.end, match.end + 20)
            beside = beside if beside and not message.free[match.end : beside.start()].strip(" ,.") else None
            if beside and beside.end() <= start and "state" not in parts and is_state(message, beside):
                parts["state"] = name_state(beside)
                message.add("state", parts["state"], beside.start(), beside.end(), 0.9)
            if match.value.says_state and "state" not in parts:
                message.add("state", match.value.state, match.start, match.end, 0.8)
    if "state" not in parts and not message.has("state"):
        rest = message.free[: len(before)]
        state = _STATE_SIDE.search(rest)
        if state:
            message.add("state", name_state(state), state.start(), state.end(), 0.85)
    if "postal_code" not in parts:
        found = [
            m
            for m in ZIP.finditer(message.free)
            if is_zip(m.group("zip"))
            and abs(m.start() - start) < 60
            and (
                re.search(r"\bzip\b|^\W*$", message.free[max(0, m.start() - 12) : m.start()])
                or (_AFTER_PLACE.search(message.free, 0, m.start()) and _IS_GAP.fullmatch(message.free, m.end(), start))
            )
        ]
        if found:
            message.add("postal_code", clean_zip(found[0].group("zip")), found[0].start(), found[0].end(), 0.85)
