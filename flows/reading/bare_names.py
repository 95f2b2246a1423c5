"""Names that stand alone: which words of an answer can be one."""

import re

from flows.reading.control import find_late_steering
from flows.reading.places import US_CODES, US_STATES
from flows.reading.replies import read_yes_no
from flows.reading.segments import TAKEN, Message
from flows.reading.utilities import is_alias
from flows.reading.words import FILLER, NOT_NAMES

PARTICLES = frozenset(["de", "van", "der", "la", "du", "del", "von", "le", "da", "dos", "y", "e"])
_PART = r"[^\W\d_][^\W\d_'.-]*(?:['.-][^\W\d_]+)*\.?"
_BARE = re.compile(rf"\s*(?:name:?\s+)?(?P<name>{_PART}(?:\s+{_PART}){{0,4}})\s*")
_COUPLE = re.compile(rf"\s*(?P<first>{_PART}(?:\s+{_PART})?)\s+(?:and|&|y|n)\s+(?P<second>{_PART}(?:\s+{_PART})?)\s*")
_LEAD = re.compile(r"\s*(?:its|it's|im|i'm|me,|this is|soy|es|me dicen|hi|hello|hola|sure,?|ok,?|yes,?)\s+(?=[^\W\d_])")
_END = re.compile(
    r"[,;\n!?]+"
    r"|(?<![ .][a-z])(?<!^[a-z])(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bjr)(?<!\bsr)(?<!\bst)\.(?=\s|$)"
)
NAMES_TOO = frozenset(
    {"dale", "simon", "art", "sal", "will", "don", "may", "georgia", "virginia", "dakota", "duke", "bill"}
)
_SURNAMES = frozenset({"street", "park", "power", "house", "rand", "may", "road", "first", "best", "small", "noble"})
_NEVER_TEXT = """
tengo tenemos hay its idk dunno nope yea yup ya yah cloudy sunny rainy loadshedding blackout outage wifi bill bills
quote price cost costs info information details dryer sauna pool battery charger generator fridge freezer stove
tesla heater pump pumps panels inverter roof shingles solar energy utility utilities apartment condo townhouse
mobile north south east west northeast northwest southeast southwest apt unit suite zip code state county none nah
number numbers numero telefono telephone celular lol haha lmao whatever anything something everything someone nada
algo claro luego manana primero como cuando porque gracias bueno vale test testing send it's me him they people
person human agent bot robot spelled spelt actually nice thx thanks saltalo salta ninguno ninguna nadie nobody otra
vez hola mejor listo genial perfecto adelante cuantos cuanto necesito estoy puedo ready cool great continue
continuemos sigamos delay perdon disculpa wrong right fine ad ok anuncio presupuesto que quien donde por para con
sin net metering what whats how why when where uh uhm umm um hmm
"""
NEVER = frozenset(_NEVER_TEXT.split())


def find_bare_name(message: Message) -> tuple[int, int, float] | None:
    """Span and confidence of a name given as the answer: a stretch that nothing else explains any part of."""
    if _is_reply(message) or re.search(r"[()\[\]{}<>=*|\\]", message.plain):
        return None
    start = 0
    for end in (*_END.finditer(message.plain), None):
        stop = end.start() if end else len(message.plain)
        found = _read_stretch(message, start, stop)
        if found:
            return found
        start = end.end() if end else stop
    return None


def _is_reply(message: Message) -> bool:
    word = message.plain.strip(" .!?,\n")
    if word in NAMES_TOO:
        return False
    return read_yes_no(message) is not None or find_late_steering(message) is not None or word in US_STATES


def _read_stretch(message: Message, start: int, stop: int) -> tuple[int, int, float] | None:
    opens = not start
    lead = _LEAD.match(message.plain, start, stop)
    start = lead.end() if lead else start
    if (
        message.plain[stop : stop + 1] == "?"
        or TAKEN in message.free[start:stop]
        or not message.plain[start:stop].strip()
    ):
        return None
    bare, sole = _BARE.fullmatch(message.plain, start, stop), not message.found and opens
    if bare is None or "and" in bare.group("name").split():
        return _read_couple(message, start, stop)
    begin, end = bare.span("name")
    words = bare.group("name").split()
    if message.raw[begin:end].split()[-1] in US_CODES:
        return None
    if not sole and not _is_written_as_name(message.raw[begin:end], len(words), start == 0):
        return None
    if are_names(words):
        return begin, end, 0.8
    capitals = all(word[0].isupper() for word in message.raw[begin:end].split())
    if len(words) == 2 and capitals and words[1] in _SURNAMES and words[0] not in NEVER | FILLER - {"una"}:
        return begin, end, 0.55
    return None


def _is_written_as_name(raw: str, count: int, leads: bool) -> bool:
    """Beside other answers only what leads, or a full name in capitals, is a name."""
    capitals = sum(word[0].isupper() for word in raw.split())
    return count <= 4 and (capitals >= 2 or (leads and (capitals > 0 or count <= 3)))


def _read_couple(message: Message, start: int, stop: int) -> tuple[int, int, float] | None:
    couple = _COUPLE.fullmatch(message.plain, start, stop)
    if couple and are_names(couple.group("first").split()) and are_names(couple.group("second").split()):
        return couple.start("first"), couple.end("second"), 0.75
    return None


def are_names(words: list[str]) -> bool:
    """True when folded words can be somebody's name as a whole."""
    plain = [word.strip(".") for word in words]
    if any(w in NOT_NAMES | NEVER and w not in PARTICLES and w not in NAMES_TOO for w in plain):
        return False
    alone = len(plain) == 1
    if alone and (
        (plain[0] in FILLER and plain[0] not in NAMES_TOO) or (plain[0] in US_STATES and plain[0] not in NAMES_TOO)
    ):
        return False
    if is_alias(" ".join(plain)) and not (alone and plain[0] in NAMES_TOO | {"ava"}):
        return False
    return is_pronounceable(words)


def is_pronounceable(words: list[str]) -> bool:
    """False for keys hit at random."""
    return all(
        len(word.strip(".")) < 3 or re.search(r"[aeiouy]", word) or not word.isascii() for word in words
    ) and not any(re.search(r"[bcdfghjklmnpqrstvwxz]{5}|(.)\1\1|asdf|qwer|hjkl|lorem|ipsum", word) for word in words)
