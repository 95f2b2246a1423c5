"""Devices that have no type of their own, the wish for a battery, and devices taken off the list."""

import re

from flows.reading.segments import TAKEN, Message
from flows.reading.words import FILLER

_OTHERS_TEXT = (
    r"(?<![a-z])(?:hot t?ubs?|jacu[sz]{1,2}is?|spas?|(?:grain |clothes |tumble |electric |gas |heat pump )?dryers?"
    r"|saunas?|kilns?"
    r"|steam (?:room|shower)s?|secadoras?|tumble driers?|clothes driers?|cold rooms?|walk-? ?in (?:cooler"
    r"|freezer|fridge)s?"
    r"|weld(?:ing machine|er)s?|soldadoras?|air compressors?|compressors?|table saws?|lathes?|milling machines?"
    r"|sump pumps?"
    r"|grow lights?|aquariums?|dish ?washers?|lavavajillas|washing machines?|washers?|lavadoras?|wasmasjien"
    r"|microwaves?"
    r"|dehumidifiers?|ice (?:maker|machine)s?|(?:space|patio|baseboard|pool|floor|radiant) heat(?:ers?|ing)?"
    r"|furnaces?"
    r"|swamp coolers?|evaporative coolers?|attic fans?|ceiling fans?|servers?|mining rigs?|3d printers?"
    r"|grinding mills?"
    r"|milking machines?|egg incubators?|incubators?|irrigation pumps?|pivots?|pressure pumps?|booster pumps?"
    r"|pool pumps? heater"
    r"|golf carts?|e-?bikes?|forklifts?|elevators?|lifts?|hidromasajes?|septic pumps?|grinder pumps?|irons?"
    r"|plancha)(?![a-z'])"
)
_OTHERS = re.compile(_OTHERS_TEXT.replace(" ", "[ -]?"))
"""Their words may be written as one or with a hyphen: "hottub", "hot-tub"."""
_BATTERY = re.compile(
    r"\b(?:solar|panels?|pv|system|quote|panel(?:es)?|placas)(?: (?:system|panels|quote|es|solares?))*"
    r" ?(?:with|w/|\+|&|and|plus|con|y|mas)(?: an?| una?| some| the| home| backup| whole home| solar)* "
    r"?(?:batter(?:y|ies)|powerwalls?|baterias?|(?:battery|energy) (?:backup|storage)|storage)\b"
    r"|\b(?:with|w/|want|wants|wanting|need|adding|add|interested in|getting|get|quiero|con|considering|like"
    r"|thinking (?:of|about)"
    r"|looking (?:for|at|into))(?: (?:to|adding|getting|an?|una?|some|the|have|add|buy|get|a home|about)){0,3}"
    r" (?:battery (?:backup|storage)|backup battery|home battery|battery|batteries|bateria|powerwall)\b"
)
_HAS_BATTERY = re.compile(
    r"\b(?:have|has|got|already|existing|own|installed|tengo|tenemos|comes|no|not|don'?t|without|car"
    r"|inverter)\b[^,.;!?\n]{0,24}$"
)
_REMOVE = re.compile(
    r"\b(?:remove|delete|drop|scratch|cancel|forget|take (?:off|out|away)|get rid of|leave out|cross out|minus"
    r"|without"
    r"|not counting|quita(?:r|le)?|quite|elimina|borra|saca|verwyder)(?: (?:the|my|that|those|both|all|el|la"
    r"|los|las|mi|die))*"
    r"(?: [a-z/]+,?){0,2}(?: and(?: the)?)? $"
)
_TAKE = re.compile(r"\b(?:take|cross|leave|quita)(?: (?:the|my|that|those|el|la|los|las))* $")
_OFF = re.compile(r"\s*(?:please )?(?:off|out|away|from the list|fuera)\b")
_NOT_MINE = re.compile(
    r"\s*(?:isn'?t|is not|aren'?t|are not|ain'?t|no es|no son|is nie) (?:really |actually )?(?:mine|ours|my"
    r"|mi[oa]s?|nuestr[oa]s?)\b"
    r"|\s*(?:is|belongs to|are) (?:my|the|our) (?:neighbou?r|landlord|tenant|brother|sister|roommate)'?s?\b"
)
_GLUE = re.compile(r"[,;\n.+&]|\b(?:and|y|plus|n|en|also|with|con)\b")
_SOME = re.compile(r"(?<![\w$.])(?:[2-9]|two|three|four|five)(?= $)")
WISH = "wants a battery"


def is_removed(message: Message, start: int, end: int) -> bool:
    """ "remove the pool pump", "take the ac off", "the ev isn't mine"."""
    before, after = message.plain[max(0, start - 45) : start], message.plain[end : end + 40]
    if _REMOVE.search(before) or _NOT_MINE.match(after):
        return not re.search(r"\b(?:install|want|replace)\w*\b", before)
    return bool(_TAKE.search(before) and _OFF.match(after))


def read_notes(message: Message, asked: str | None, listed: bool) -> None:
    """Set `devices_note` to what the list has no type for, as written, and to the wish for a battery."""
    notes = []
    if asked == "devices" or listed:
        notes = _list_others(message)
    battery = _find_wish(message)
    if battery and "?" in message.plain[battery.end() : message.sentence_at(battery.start())[1]]:
        battery = None
    if battery and (asked == "devices" or listed):
        notes.append(WISH)
    if notes:
        start = next((m.start() for m in _OTHERS.finditer(message.plain)), battery.start() if battery else 0)
        message.keep("devices_note", ", ".join(dict.fromkeys(notes))[:120], start, len(message.plain), 0.85)


def wants_battery(message: Message, place: int) -> bool:
    """True when the battery named at a place is part of the wish ("solar + battery")."""
    wish = _find_wish(message)
    return wish is not None and wish.start() <= place < wish.end() and wish.group().startswith(("solar", "pv", "quote"))


def _find_wish(message: Message) -> re.Match[str] | None:
    battery = _BATTERY.search(message.plain)
    return None if battery and _HAS_BATTERY.search(message.plain[: battery.start()]) else battery


def join_note(note: str, held: str | None) -> str:
    """A note and what was noted before, each once."""
    return ", ".join(dict.fromkeys([*_split(held or ""), *_split(note)]))[:120]


def drop_noted(message: Message, held: str | None) -> str | None:
    """What stays of a note when the message takes some of it off; None when it takes nothing off."""
    noted = _split(held or "")
    gone = {_squeeze(m.group()) for m in _OTHERS.finditer(message.plain) if is_removed(message, *m.span())}
    kept = [item for item in noted if not any(word in _squeeze(item.lower()) for word in gone)]
    return ", ".join(kept) if len(kept) < len(noted) else None


def _squeeze(words: str) -> str:
    return re.sub(r"[ -]", "", words)


def _split(note: str) -> list[str]:
    return [item.strip() for item in note.split(",") if item.strip()]


def _list_others(message: Message) -> list[str]:
    notes = []
    for match in _OTHERS.finditer(message.plain):
        start, end = match.span()
        if TAKEN in message.free[start:end] or is_removed(message, start, end) or _is_denied(message, start):
            continue
        count = _SOME.search(message.plain[:start])
        notes.append(message.raw[count.start() if count else start : end])
    return notes


def _is_denied(message: Message, start: int) -> bool:
    since = max((m.end() for m in _GLUE.finditer(message.plain, 0, start)), default=0)
    before = message.plain[since:start]
    return (
        bool(re.search(r"\b(?:no|not|sin|don'?t|without|geen|want|maybe|would|if)\b", before))
        or len([word for word in re.findall(r"[a-z]+", before) if word not in FILLER]) > 3
    )
