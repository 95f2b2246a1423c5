"""Where an address of the United States ends: its city and state, on the same line or the next."""

import re

from flows.reading.places import City, name_city, title
from flows.reading.segments import Message
from flows.reading.us_parts import STATE
from flows.reading.us_streets import UNIT
from flows.reading.words import FILLER, NOT_NAMES
from flows.reading.zips import count_states

_NEXT_LINE = re.compile(
    rf"[ \t]*(?:{UNIT}|\d{{5}}\b|(?P<place>[a-z][a-z .'-]{{1,28}}?)[ ,\t]*(?:\d{{5}}\b|[\n,.;]|$|and\b|y\b))"
)
_LEAD_WORDS = re.compile(r"^(?:the|in|at|near|located|city of|city|im|i'm|of|by)\s+")
_NOT_CITY_TEXT = (
    "the in at and side area county place town city here now currently downtown usa us unincorporated apt unit"
)
_NOT_CITY = frozenset(_NOT_CITY_TEXT.split())
_CITY_WORDS = """
fort san santa new st de del la las el los le du des van of flat park mad slate water second street road north south
home house place live lost power metal good happy old little big lake
"""
_NOT_IN_CITY = (
    FILLER | NOT_NAMES | frozenset({"rento", "alquilo", "vivo", "tenemos", "actually", "already", "lives"})
) - frozenset(_CITY_WORDS.split())


def goes_on(text: str, place: int) -> bool:
    """True when the next line is more of the address: a unit, a ZIP code, or a city of the table."""
    line = _NEXT_LINE.match(text, place)
    if line is None or not line.group("place"):
        return line is not None
    words = line.group("place").strip(" .,")
    states = list(STATE.finditer(words))
    if states and states[-1].end() == len(words):
        words = words[: states[-1].start()].strip(" .,")
    return not words or bool(name_city(words, "US") or count_states(words))


def last_state(segment: str) -> re.Match[str] | None:
    """The state that ends a stretch of an address."""
    states = [m for m in STATE.finditer(segment) if not _is_article(segment, m)]
    if not states:
        return None
    last = states[-1]
    ahead = segment[: last.start()].strip(" ,.")
    rest = segment[last.end() :].strip(" ,.")
    if rest and not (len(last.group("state")) > 2 or re.match(r"^\s*,", segment[last.end() :])):
        return None
    if not ahead and segment.strip(" ,.") == last.group("state") and last.group("state") in ("new york", "washington"):
        return None
    return last


def _is_article(segment: str, state: re.Match[str]) -> bool:
    """ "Charlotte NC, la vivienda es nuestra": a word that is a state's code and, with words behind it, none here."""
    return state.group("state") in ("la", "de", "me", "al", "in", "or", "hi", "co") and bool(
        re.match(r"\s+[a-z]", segment[state.end() :])
    )


def find_city(message: Message, begin: int, text: str, anchored: bool) -> tuple[City | None, int]:
    """The city in a stretch of folded text that begins at a place, and how much of the stretch it takes."""
    pieces = [(m.start(), m.group()) for m in re.finditer(r"[^,]+", text)]
    for start, piece in pieces:
        words = piece.strip(" .-")
        if not words:
            continue
        while (lead := _LEAD_WORDS.match(words)) and not re.match(r"^the (?:woodlands|bronx|villages|colony)", words):
            words = words[lead.end() :]
        if (
            not re.fullmatch(r"[a-z][a-z' .-]*", words)
            or words in _NOT_CITY
            or len(words.split()) > 4
            or len(words) < 2
        ):
            continue
        known = name_city(words, "US")
        at = begin + start + piece.find(words)
        if known:
            return known, start + len(piece)
        if re.fullmatch(UNIT, words):
            continue
        if not count_states(words):
            words = _cut_words(words)
            known = name_city(words, "US") if words else None
            if known:
                return known, start + piece.find(words) + len(words)
        if len(words) > 1:
            return City(title(message.raw[at : at + len(words)]), "US"), start + piece.find(words) + len(words)
    return None, 0


def _cut_words(words: str) -> str:
    """Words up to the first that no name of a city has ("tucson y email", "our electricity", "got")."""
    kept: list[str] = []
    for word in words.split():
        if word in _NOT_IN_CITY:
            break
        kept.append(word)
    return " ".join(kept)
