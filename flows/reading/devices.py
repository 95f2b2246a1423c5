"""Devices with quantities: brands, lists, negations, wishes."""

import re
from typing import Any

from flows.reading.device_denials import count_places, denies_all, find_denial, is_reason, is_taken_back, mend_count
from flows.reading.device_notes import is_removed, read_notes, wants_battery
from flows.reading.device_types import DEVICE_TYPES, MARKET_DEVICES
from flows.reading.device_words import IGNORED, PLURALS, SINGULAR, WEAK
from flows.reading.phrases import Match, Phrases
from flows.reading.segments import TAKEN, Message

__all__ = ["DEVICE_TYPES", "MARKET_DEVICES", "read_devices"]

Kind = tuple[str, bool]


def _list_phrases() -> dict[str, Kind]:
    table: dict[str, Kind] = {}
    for kind, phrases in SINGULAR.items():
        for phrase in phrases.split("|"):
            table[phrase] = (kind, False)
            if not phrase.endswith(("s", "air", "wifi", "wi fi", "internet", "hot water", "conditioning", "y", "ch")):
                table.setdefault(phrase + ("es" if phrase.endswith("or") and "ador" in phrase else "s"), (kind, True))
    table.update({phrase: (kind, True) for phrase, kind in PLURALS.items()})
    table.update(dict.fromkeys(IGNORED, ("", False)))
    return table


_PHRASES: Phrases[Kind] = Phrases(_list_phrases())
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "un": 1, "una": 1, "uno": 1, "another": 1, "otro": 1, "otra": 1, "single": 1, "my": None,
    "two": 2, "dos": 2, "twee": 2, "both": 2, "couple": 2, "pair": 2, "par": 2, "three": 3, "tres": 3, "drie": 3,
    "four": 4, "cuatro": 4, "vier": 4, "five": 5, "cinco": 5, "vyf": 5, "six": 6, "seis": 6, "ses": 6,
    "seven": 7, "siete": 7, "eight": 8, "ocho": 8,
    "nine": 9, "nueve": 9, "ten": 10, "diez": 10, "eleven": 11, "twelve": 12, "doce": 12, "twenty": 20, "'n": 1, "n": 1,
    "imwe": 1, "mbiri": 2, "nhatu": 3, "zero": 0, "cero": 0, "dozen": 12,
}  # fmt: skip
_SEVERAL_TEXT = "few several some many varios varias algunos algunas multiple unos unas"
_SEVERAL = frozenset(_SEVERAL_TEXT.split())
_AFTER = re.compile(
    r"\s*(?:x ?(?P<x>\d{1,3})|\( ?x? ?(?P<paren>\d{1,3}) ?\)|[:=] ?(?P<colon>\d{1,3})(?! ?(?:kw|kva|w\b"
    r"|l\b))|- (?P<dash>\d{1,3})\b(?! \w)"
    r"|(?:units? )?(?:in|for|en|para|in al) (?:the |all |las |los )?(?P<rooms>\d{1,2}|two|three|four|five"
    r"|six|dos|tres|cuatro|cinco|twee"
    r"|drie|vier) (?:bed)?(?:rooms?|cuartos|habitaciones|recamaras|kamers|slaapkamers))"
)
_SHONA = {"imwe": 1, "rimwe": 1, "chimwe": 1, "mbiri": 2, "maviri": 2, "zviviri": 2, "nhatu": 3, "matatu": 3,
          "zvitatu": 3, "ina": 4, "mana": 4, "shanu": 5, "mashanu": 5, "matanhatu": 6, "nhanhatu": 6}  # fmt: skip
_SHONA_COUNT = re.compile(rf"\s+(?P<count>{'|'.join(_SHONA)})\b")
_UNIT = re.compile(
    r"\b(?:kva|kw|kwh|kwp|ton|tons|inch|gallon|gal|lit(?:re|er)s?|l|hp|door|amps?|bed|bedrooms?|stage|star"
    r"|years?|yrs?|plate|watts?|w|btus?|seer"
    r"|ah|v|volt|phase|pulgadas|litros|toneladas|toneladas|car|story|inches|speed)\b"
)
_BREAK = re.compile(
    r"\b(?:and|y|with|con|plus|or|o|but|en|have|got|has|tengo|also|is|are|my|to|for|of|in|from|on|i|we|het)\b"
)
_NEGATION = re.compile(
    r"(?:\b(?:no|not|without|sin|ni|nor|neither|never|zero|geen|dont|don't|doesnt|doesn't|havent|haven't"
    r"|hatina|handina|hapana|"
    r"ain't|aint|tampoco|nie|do not|does not|isn't|none|nunca|angina|asinayo)\b)(?P<rest>[^,;.!?\n\d\x00]{0,30})$"
)
_NEGATION_STOP = re.compile(
    r"\b(?:but|pero|only|just|solo|maar|except|have(?= an?\b.*\ba\b)|and (?:i|we) have|however|y tengo|sure|wait"
    r"|actually"
    r"|(?:i|we|they|there) (?:do |did |actually |already )?(?:have|got|do|is|are)|idea)\b"
)
_AFTER_NO = re.compile(
    r"^\s*[:=?,-]?\s*(?:no|none|nope|ninguno|ninguna|geen|zero|nein|hapana|hakuna|handina|aiwa)\s*(?=[,;.!\n]|$)"
)
_CARRIES = re.compile(r"^[\s,]*(?:or|nor|ni|o|of|and no|y sin|&)\s+(?:any |an? |even |una? |the )?$")
_COMMA = re.compile(r"^\s*,\s*(?:an? )?$")
_OR_AHEAD = re.compile(r"\b(?:or|nor|ni|o)\b")
_WISH = re.compile(
    r"\b(?:intere\w+|soek|belangstel|stel belang|intetesan|quisier\w+|queremos|want|waa+nt|thinking|wants|wanting"
    r"|wanna|would like|d like|planning"
    r"|plan|might|considering|looking"
    r"|interested|hoping|hope|going to|gonna"
    r"|need|wish|someday|quiero|queremos|pensando|gustaria|planeo|planeando|wil graag|ndoda|adding|add"
    r"|installing|install|buying|buy|upgrade"
    r"|quote|saving for|ordered|on order|may get|will get|get me|considero|necesito|queria|poner|instalar"
    r"|comprar|agregar|could add|can i"
    r"|sold|got rid|used to have|used to|removed|vendi|tenia|previously|should i|if i|oorweeg|shopping"
    r"|tired of|my (?:manager|boss|friends?|co-?workers?|cousin|brother|sister|uncle|aunt|buddy)|mi (?:jefe|amig[oa]"
    r"|prim[oa]|herman[oa])|neighbou?rs?|vecinos?|sick of|considered|after i get"
    r"|getting|dream)\b"
)
_WISH_AFTER = re.compile(
    r"^[^,;.!?\n]{0,25}\b(?:later|someday|next year|eventually|on order|in the future|on the way|algun dia"
    r"|mas adelante|despues|coming soon"
    r"|broke|died|soon|is sold|one day)\b"
)
_CLAUSE = re.compile(
    r"[,;.!?\n]|\b(?:but|right now|currently|pero|for now|ahora|at the moment|already|ya tengo|we have|i "
    r"have|tengo|maar)\b"
)
_SOLAR = re.compile(
    r"\b(?:(?:have|has|got|existing|installed|tengo|tenemos)(?: (?:already|some|rooftop|existing|ya))* solar(?: "
    r"(?:already|now"
    r"|installed|on (?:the|my) roof|ya))|already (?:have|got|has) (?:rooftop )?solar|(?:rooftop |existing )?solar"
    r" already"
    r"|ya (?:tengo|tenemos) solar)\b(?! (?:panels?|geysers?|water|heater|lights?))"
)


def read_devices(message: Message, asked: str | None, questions: tuple[tuple[int, int], ...] = ()) -> None:
    """Set `devices`, a list of {"type", "quantity"}: 0 is an explicit no, null several, [] none at all."""
    if denies_all(message.plain, asked):
        message.add("devices", [], 0, len(message.plain), 0.95)
        return
    matches = _find_named(message, questions)
    talked = asked == "devices" or any(m.value[0] and not _is_weak(m) for m in matches)
    rows: dict[str, int | None] = {}
    first = last = -1
    solar = _SOLAR.search(message.free)
    if solar and not _WISH.search(message.plain[message.sentence_at(solar.start())[0] : solar.start()]):
        rows["solar_panel"], first, last = None, *solar.span()
    previous: Match[Kind] | None = None
    negative = False
    for match in matches:
        kind, plural = match.value
        idle = _is_weak(match) and not (talked or _has_count(message, match) or _is_denied(message, match))
        if not kind or idle or _is_misread(match):
            previous, negative = match, False
            continue
        if rows and _is_breakdown(message, match):
            message.take(match.start, match.end)
            previous = match
            continue
        negative = _is_negative(message, match, previous, negative) or is_removed(message, match.start, match.end)
        if not negative and (_is_wish(message, match) or (kind == "battery" and wants_battery(message, match.start))):
            previous = match
            message.take(match.start, match.end)
            continue
        count, place = (0, match.start) if negative else _count(message, match, previous, plural)
        _merge(message, rows, kind, _recount(message, match, count), match, previous)
        first = place if first < 0 else min(first, place)
        last, previous = max(last, match.end), match
        message.take(match.start, match.end)
    read_notes(message, asked, bool(rows))
    denied = None if rows else find_denial(message.free, asked)
    if denied:
        message.add("devices", [], *denied.span(), 0.85)
    if rows:
        value: list[dict[str, Any]] = [{"type": kind, "quantity": count} for kind, count in rows.items()]
        message.add("devices", value, first, last, 0.9)


def _find_named(message: Message, questions: tuple[tuple[int, int], ...]) -> list[Match[Kind]]:
    """Devices named outside questions, up to those that the message takes back."""
    kept: list[Match[Kind]] = []
    for match in _PHRASES.find(message):
        if kept and is_taken_back(message.plain, kept[-1].end, match.start):
            message.take(kept[-1].end, len(message.plain))
            break
        if not any(a <= match.start < b for a, b in questions) and not is_reason(message, match.start):
            kept.append(match)
    return kept


def names_device(text: str) -> bool:
    """True when words name a device: "2 charger" and "1 borehole pump" are no streets."""
    return any(match.value[0] for match in _PHRASES.find(Message(text)))


def _is_breakdown(message: Message, match: Match[Kind]) -> bool:
    """ "2 evs (1 tesla, 1 leaf)": what stands in brackets after a device says which, not how many more."""
    before = message.plain[: match.start]
    opened = before.rfind("(")
    head = before[:opened].rstrip()
    return opened > before.rfind(")") and bool(head) and message.free[len(head) - 1] == TAKEN


def _is_weak(match: Match[Kind]) -> bool:
    return match.text in WEAK


def _is_misread(match: Match[Kind]) -> bool:
    return match.text.startswith("a c") and "/" not in match.text and "." not in match.text


def _is_denied(message: Message, match: Match[Kind]) -> bool:
    """ "…, no pool": a clause of its own that says so."""
    before, after = message.plain[: match.start], message.plain[match.end :]
    return bool(
        re.search(r"(?:[,.;/\n]|\band)\s*(?:no|sin) $", before)
        and re.match(r"\s*(?:[,.;!/\n]|$|and\b|or\b|y\b)", after)
    )


def _has_count(message: Message, match: Match[Kind]) -> bool:
    return bool(
        re.search(
            r"\b(?:have|got|tengo|with|con|there'?s|own|het|hay|has|son|are|actually) (?:an? |una? |\d+ |the |'n "
            r"|two |three |four |five |dos |tres |cuatro |cinco |twee |drie |vier )?$",
            message.plain[: match.start],
        )
    )


def _is_negative(message: Message, match: Match[Kind], previous: Match[Kind] | None, was: bool) -> bool:
    since = previous.end if previous else 0
    before = message.plain[max(since, match.start - 45) : match.start]
    denial = _NEGATION.search(before)
    if denial and not _NEGATION_STOP.search(denial.group("rest")):
        return not re.match(r".*\b(?:not (?:only|just|sure)|no idea|no problem)\b", denial.group())
    if _AFTER_NO.match(message.plain[match.end : match.end + 14]):
        return True
    if was and previous is not None:
        between = message.plain[previous.end : match.start]
        if _CARRIES.match(between):
            return True
        ahead = message.plain[match.end : message.sentence_at(match.start)[1]]
        return bool(_COMMA.match(between) and _OR_AHEAD.search(ahead))
    return False


def _is_wish(message: Message, match: Match[Kind]) -> bool:
    start = message.sentence_at(match.start)[0]
    before = message.plain[start : match.start]
    breaks = list(_CLAUSE.finditer(before))
    clause = before[breaks[-1].start() :] if breaks else before
    return bool(_WISH.search(clause) or _WISH_AFTER.match(message.plain[match.end : match.end + 40]))


def _count(message: Message, match: Match[Kind], previous: Match[Kind] | None, plural: bool) -> tuple[int | None, int]:
    shona = _SHONA_COUNT.match(message.plain, match.end)
    if shona:
        message.take(match.end, shona.end())
        return _SHONA[shona.group("count")], match.start
    after = _AFTER.match(message.plain, match.end)
    if after:
        figure = next(group for group in after.groups() if group)
        message.take(match.end, after.end())
        return _read_count(figure), match.start
    since = max(previous.end if previous else 0, match.start - 36)
    tail = message.free[since : match.start]
    words = re.findall(r"\d+(?:[.,]\d+)?(?: ?x\b)?|'n|[a-z]+|[,;:.!?\n+&()/|]", tail)
    for back, word in enumerate(reversed(words)):
        if back > 3 or word in ",;:.!?\n+&()/|":
            break
        nearer = words[len(words) - back :]
        if word[0].isdigit():
            figure = word.rstrip(" x")
            if (nearer and _UNIT.fullmatch(nearer[0])) or not figure.isdigit() or int(figure) > 200:
                continue
            return int(figure), since + tail.rfind(word)
        if word in _COUNTS and _COUNTS[word] is not None and not (plural and word in ("a", "un", "una", "n")):
            return _COUNTS[word], since + tail.rfind(word)
        if word in _SEVERAL:
            return None, match.start
        if _BREAK.fullmatch(word) and not (
            word == "of" and words[-back - 2 : -back - 1] in (["couple"], ["pair"], ["one"])
        ):
            break
    return (None if plural else 1), match.start


def _recount(message: Message, match: Match[Kind], count: int | None) -> int | None:
    """The number as what follows has it ("no wait 2", "one upstairs and one down")."""
    mended = mend_count(message.plain, match.end)
    places = count_places(message.plain, match.end) if count in (None, 1) and not mended else None
    follows = mended or places
    if follows:
        message.take(*follows.span())
    return _read_count(mended.group("count")) if mended else (2 if places else count)


def _read_count(figure: str) -> int | None:
    return int(figure) if figure.isdigit() else _COUNTS.get(figure, 1)


def _merge(
    message: Message,
    rows: dict[str, int | None],
    kind: str,
    count: int | None,
    match: Match[Kind],
    previous: Match[Kind] | None,
) -> None:
    if kind not in rows:
        rows[kind] = count
        return
    held = rows[kind]
    between = message.plain[previous.end : match.start] if previous else ""
    listed = re.match(r"^\s*(?:,|\+|&|and\b|y\b|plus\b|en\b)", between) is not None
    if listed and held and count:
        rows[kind] = held + count
    elif not held and count != 0:
        rows[kind] = count
