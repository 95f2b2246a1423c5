"""City, state and ZIP code of the United States where no street was said."""

import re

from flows.reading.phrases import Match
from flows.reading.places import US_CODES, City, find_cities, title
from flows.reading.segments import TAKEN, Message
from flows.reading.us_parts import STATE, STATE_NAMES, ZIP, clean_zip, is_state, is_zip, name_state
from flows.reading.words import FILLER, NOT_NAMES
from flows.reading.zips import count_states, find_zip
from flows.tongues import tongues

UNKNOWN = 0.55
"""Confidence of a place that no table knows: the flow has it confirmed."""
ASKED = frozenset({"city", "state", "street", "postal_code"})
_CODES = "|".join(code.lower() for code in sorted(US_CODES))
_LEAD = (
    r"(?:live in|located in|here in|house (?:is )?in|home (?:is )?in|place (?:is )?in|city is|town is|city:?|im in"
    r"|i'm in|i am in|we're in|were in|out in|over in|up in|down in|property in|city should be|in|from|near"
    r"|estamos en|vivo en|vivimos en|queda en|casa (?:esta )?en|ciudad(?: es| deberia ser|:)"
    r"|es en|en)"
)
_PLACE = re.compile(
    rf"(?P<lead>\b{_LEAD}\s+)?(?<![a-z.'])(?P<city>[a-z][a-z.']{{1,24}}(?: [a-z][a-z.']{{1,24}}){{0,2}}?),?\s+"
    rf"(?P<state>{STATE_NAMES}|{_CODES})(?![a-z'])(?:,?\s+(?P<zip>\d{{5}}))?"
)
_IN = re.compile(rf"\b{_LEAD} $")
_GAP = re.compile(r"[,\s]*")
_NOT_CITY = re.compile(
    r"\b(?:the|my|an?|solar|i|we|is|are|live|in|and|or|it|its|para|que|of|what|you|es|en|el|la|estado|state|con|estoy"
    r"|somos|de|zip"
    r"|not|no|yes|si|code|codigo|call|email|phone|vivo|vivimos)\b"
)
_BARE_CITY = re.compile(
    r"\W*(?:(?:in|its|it's|im in|i'm in|city is|the city of|city of|i live in|live in|near)\s+)?"
    r"(?P<city>[a-z][a-z'.-]+(?: [a-z][a-z'.-]+){0,2})\W*"
)
_SPACED_ZIP = re.compile(r"(?<![\d.])(?:\d[ -]){4}\d(?![\d.])")
_FORMER = re.compile(
    r"\b(?:old|was|used to be|previous|former|antes|viejo|anterior)"
    r"(?:\W+(?:one|zip|code|is|was|era|codigo)){0,3}\W*$"
)
_DIGITS = ("oh o zero cero", "one uno", "two dos", "three tres", "four cuatro", "five cinco", "six seis", "seven siete")
_SPOKEN = {
    word: str(digit) for digit, words in enumerate((*_DIGITS, "eight ocho", "nine nueve")) for word in words.split()
}
_SPOKEN_ZIP = re.compile(rf"\b(?:(?:{'|'.join(_SPOKEN)})[ -]+){{4}}(?:{'|'.join(_SPOKEN)})\b")
_STATE_SAID = re.compile(
    r"\W*(?:(?:yes|si|it'?s|its|in|the|my|our|state|is|es|en|el|estado|that'?s|i'?m|we'?re|we|i|live|vivo|vivimos"
    r"|estoy|estamos"
    r"|house|a|de|sorry|oh|actually|esta|at|correct)\W+){0,6}"
    rf"(?P<state>{STATE_NAMES}|{_CODES})(?![a-z'])(?=\W*(?:$|[.,;!\n\x00(]|yes|please|pls|si|zip|the (?:zip|post|code)"
    rf"|usa|state|and|y )"
    r"|,? \d{5})"
)
_CHATTER = frozenset({"ok", "hi", "me", "oh"})
_NO_PLACE_TEXT = """
correcion coreccion
yes no yeah nope skip help stop what idk not sure dont know later back the same here none ok okay hi hello thanks my a i
is it this that solar lorem ipsum dolor qwerty asdf
"""
_NO_PLACE = frozenset(_NO_PLACE_TEXT.split())


def read_us_place(message: Message, asked: str | None) -> None:
    """Set city, state and postal_code that were asked for or are unmistakable ("Tucson, AZ 85701")."""
    _read_zip(message, asked)
    if asked == "state" and _read_whole_state(message):
        return
    for match in find_cities(message, "US"):
        if not message.has("city"):
            _read_city(message, match, asked)
    if not message.has("city"):
        _read_unknown_city(message, asked)
    if asked in ASKED and not message.has("state"):
        _read_state(message, asked)
    elif not message.has("state"):
        _read_led_state(message)
    if asked == "city" and not message.has("city"):
        _read_bare_city(message)


def _read_zip(message: Message, asked: str | None) -> None:
    text = message.free
    spaced = _SPACED_ZIP.search(text) if asked == "postal_code" else None
    spoken = _SPOKEN_ZIP.search(text) if asked in ("postal_code", "street") else None
    if spoken:
        digits = "".join(_SPOKEN[word] for word in re.split(r"[ -]+", spoken.group()))
        message.add("postal_code", digits, *spoken.span(), 0.8)
    elif spaced:
        message.add("postal_code", re.sub(r"\D", "", spaced.group()), *spaced.span(), 0.85)
    if message.has("postal_code") or (asked == "street" and len(message.words) >= 8):
        return
    if asked in ASKED or re.search(r"\bzip\b", text) or re.fullmatch(r"\W*\d{5}(?:-\d{4})?\W*", text):
        codes = [m for m in ZIP.finditer(text) if is_zip(m.group("zip"))]
        found = next((m for m in codes if not _FORMER.search(text[: m.start()])), codes[0] if codes else None)
        if found:
            message.add("postal_code", clean_zip(found.group("zip")), found.start(), found.end(), 0.9)


def read_code_alone(message: Message, state: str | None) -> None:
    """Five digits and nothing else are the ZIP code that the address lacks, whatever was asked."""
    alone = re.fullmatch(r"\W*(?P<zip>\d{5})\W*", message.plain)
    place = find_zip(alone.group("zip")) if alone and "$" not in message.plain else None
    if alone and place and state in (None, place.state):
        message.add("postal_code", alone.group("zip"), *alone.span("zip"), 0.9)


def _read_whole_state(message: Message) -> bool:
    """ "new york" is a city elsewhere."""
    said = _STATE_SAID.match(message.free)
    if said is None or (said.group("state") in _CHATTER and not message.raw[said.start("state")].isupper()):
        return False
    message.add("state", name_state(said), *said.span("state"), 0.9)
    return True


def _read_city(message: Message, match: Match[City], asked: str | None) -> None:
    state = STATE.match(message.free, _skip_gap(message, match.end))
    if state and not is_state(message, state):
        state = None
    led = _IN.search(message.free[: match.start])
    if asked == "utility" and led and led.group().strip() in ("in", "from", "near"):
        led = None  # "the other one in phx" says which company
    if not (asked in ASKED or state or led):
        return
    message.add("city", match.value.name, match.start, match.end, 0.9)
    if state:
        message.add("state", name_state(state), state.start(), state.end(), 0.9)
        code = ZIP.match(message.free, _skip_gap(message, state.end()))
        if code and not message.has("postal_code"):
            message.add("postal_code", clean_zip(code.group("zip")), code.start(), code.end(), 0.9)
    elif match.value.says_state:
        message.add("state", match.value.state, match.start, match.end, 0.8)


def _skip_gap(message: Message, place: int) -> int:
    gap = _GAP.match(message.free, place)
    return gap.end() if gap else place


def _read_unknown_city(message: Message, asked: str | None) -> None:
    place = _PLACE.search(message.free)
    if place is None or not (asked in ASKED or place.group("lead")) or _NOT_CITY.search(place.group("city")):
        return
    if not is_state(message, place):
        return
    start, end = place.span("city")
    message.add("city", title(message.raw[start:end]), start, end, 0.8)
    message.add("state", name_state(place), *place.span("state"), 0.85)
    if place.group("zip"):
        message.add("postal_code", place.group("zip"), *place.span("zip"), 0.9)


_LED_STATE = re.compile(
    rf"\b(?:(?:the |my |el )?(?:state|estado)(?: is| es|:)?|(?:it'?s|that'?s|house is|home is|we'?re|we are|i live"
    rf"|we live|vivimos"
    rf"|vivo|queda|esta|estamos|is) (?:in|en)) (?P<state>{STATE_NAMES})(?![a-z'])(?=\W*(?:$|[.,;!\n\x00]|and |y ))"
)


def _read_led_state(message: Message) -> None:
    """ "it's in Massachusetts", "state is Georgia": a state in full that was not asked for."""
    led = _LED_STATE.search(message.free)
    if led:
        message.add("state", name_state(led), *led.span("state"), 0.85)


def _read_state(message: Message, asked: str | None) -> None:
    states = list(STATE.finditer(message.free))
    if not states:
        return
    start, end = states[-1].span("state")
    if (
        (asked == "state" and is_state(message, states[-1]) and states[-1].group("state") not in _CHATTER)
        or end - start > 2
        or (len(message.words) <= 3 and message.raw[start:end].isupper())
    ):
        message.add("state", name_state(states[-1]), start, end, 0.85)


def _read_bare_city(message: Message) -> None:
    bare = _BARE_CITY.fullmatch(re.sub(TAKEN, " ", message.free))
    if bare is None or "?" in message.plain or not re.search(r"[aeiouy]", bare.group("city")):
        return
    words = bare.group("city").split()
    start, end = bare.span("city")
    if count_states(bare.group("city")):
        message.add("city", title(message.raw[start:end]), start, end, 0.85)
    elif not (_NO_PLACE | NOT_NAMES | FILLER).intersection(words) and not _is_language(words):
        message.add("city", title(message.raw[start:end]), start, end, UNKNOWN)


def _is_language(words: list[str]) -> bool:
    """True when a word is one of a language and no name."""
    return any(word in tongue.sure for tongue in tongues().values() for word in words)
