"""Reads what is said after submission: about the proposal, the day, the visit, how it went; words are kept whole."""

import re
from collections.abc import Callable

from flows.commands import Ask, Command, Deny, Set, Skip
from flows.reading.control import find_late_steering, find_steering
from flows.reading.courtesies import is_courtesy
from flows.reading.handoffs import find_handoff
from flows.reading.languages import find_language_wish
from flows.reading.praise import read_rating, sounds_bad
from flows.reading.proposals import (
    SURE,
    UNSURE,
    decide,
    has_change,
    is_acceptance,
    is_bare_change,
    is_thanks,
    names_proposal,
)
from flows.reading.questions import find_questions
from flows.reading.replies import read_yes_no
from flows.reading.segments import Message
from flows.reading.statuses import find_status
from flows.reading.types import ReadContext, Reading

Commands = tuple[Command, ...]
_SHORT = 8
"""Words of a message that may be a wish for a person or a word that steers, even where free words are expected."""

_OTHER_DAY = re.compile(
    r"\b(?:re-?schedul\w*|postpon\w*|(?:an)?other (?:day|date|time)|different (?:day|date|time)|(?:move|change"
    r"|switch|push)"
    r" (?:the |my |it )?(?:installation|install|date|day|appointment|to)|can'?t (?:make|do) (?:it|that)"
    r"|won'?t be (?:home|here|there|in)|(?:am|i'?m|we'?re|be) (?:away|out of town|travelling)"
    r"|(?:doesn'?t|does not|won'?t) (?:work|suit)|not (?:that day|available|home|free|possible)|(?:otro"
    r"|otra) (?:d[ií]a|fecha)"
    r"|cambiar (?:la fecha|el d[ií]a|la instalaci[oó]n|de d[ií]a)|aplaz\w+|posponer\w*|reprogramar\w*|no (?:me "
    r"|nos )?(?:viene|va) bien"
    r"|no puedo (?:ese|el|ese d[ií]a)|ese d[ií]a no)\b"
)
_DAY_WORD = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b|\b(?:weekend|week|morning|afternoon"
    r"|next|earlier"
    r"|later|sooner|after|before|lunes|martes|miercoles|jueves|viernes|sabado|domingo|semana|manana|tarde|antes"
    r"|despues"
    r"|proxim[oa]|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio"
    r"|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre)\w*\b|\b\d{1,2}(?:st|nd|rd|th|/\d{1,2})?\b"
)
_FITS = re.compile(
    r"\b(?:works|suits?|fine|perfect|good|great|ok|okay|confirmed?|see you|be (?:home|there|here)|me viene bien"
    r"|me va bien"
    r"|perfecto|confirmo|de acuerdo|vale|aqui estare|estare)\b"
)
_NO = re.compile(
    r"^\W*(?:no+|nope|nah|not|can'?t|cannot|unfortunately|sorry|lamentablemente|lo siento|no puedo|imposible)\b"
)
_PRAISE = re.compile(
    r"\W*(?:(?:wow|oh|that'?s|thats|very|so|really|sounds|que|muy|es|esta|ok|okay)\W+)*(?:great|good|nice|cool|fine"
    r"|perfect|awesome|wow|amazing|excellent|interesting|genial|perfecto|bien|bueno|estupendo|interesante)"
    r"(?:\W+(?:news|to know|noticia|saberlo|thanks?|thank you|gracias))*\W*"
)
_APPLY = re.compile(r"\b(?:apply|application|solicit\w+|tramit\w+)\b")
_NOT = re.compile(r"\b(?:don'?t|do not|not|no|never|nunca)\b")
_WORDLESS = re.compile(
    r"\W*(?:no|nope|nothing|nah|none|no thanks?|no thank you|nada|no gracias|nothing else|nada mas|ninguno)\W*"
)
_QUESTION_WORD = re.compile(
    r"^\W*(?:how|what|why|when|where|who|which|cu[aá]nt\w*|que|por ?que|cu[aá]ndo|d[oó]nde|qui[eé]n|cu[aá]l)\b"
)
_AT_HOME = {"on_the_way", "installed"}
_PAST_DECIDING = {"sealed", "installed"}
_STARRED = re.compile(r"\b(?:stars?|estrellas?)\b|⭐|\b[1-5] ?/ ?5\b")
_THAT_DAY = re.compile(r"\b(?:that|the|this|ese|este|el) (?:day|date|dia|fecha|\d{1,2})\w*\b")
_ACCEPTING = re.compile(r"\W*(?:i |we |yes,? i |yo )?(?:accept|acepto|aceptamos)\b")
_ON_FILE = re.compile(
    r"\b(?:address|street|e-?mail|phone|number|name|bill|kwh|utility|roof|direccion|calle|correo|telefono|numero"
    r"|nombre"
    r"|factura|recibo|techo|tejado)\b"
)
"""Words about what intake has on file: those correct it, and wish for nothing."""


def read_follow_up(message: Message, context: ReadContext) -> Reading | None:
    """The reading of a message about a project that was sent; None where it is about something else."""
    if context.asked in _EXPLICIT and is_courtesy(message.plain):
        return Reading("greeting", ())  # "great, thank you" accepts nothing
    if "consent" not in context.known or _steers(message, context):
        return None
    topic = find_status(message.plain, context.known)
    if topic is not None and context.asked not in _WORDS:
        return Reading("question", (Ask(message.raw.strip()[:300], topic=topic),))
    reader = _READERS.get(context.asked or "")
    commands = reader(message, context) if reader else None
    commands = commands if commands is not None else _read_unasked(message, context)
    return Reading("answer", commands) if commands is not None else None


def _steers(message: Message, context: ReadContext) -> bool:
    """A wish for a person, for another language, a greeting, thanks: read as everywhere."""
    if find_language_wish(message.plain) or is_courtesy(message.plain):
        return True
    if context.asked == "site_contact" and re.fullmatch(r"\W*(?:yo|me|i|myself|yo mism[oa])\W*", message.plain):
        return False  # "yo" is a greeting elsewhere
    is_short = len(message.words) <= _SHORT
    return is_short and (find_handoff(message) is not None or find_steering(message) is not None)


def _set(slot: str, value: object, message: Message, confidence: float = 0.9) -> Set:
    return Set(slot, value, message.raw.strip()[:500], confidence=confidence)


def _read_decision(message: Message, context: ReadContext) -> Commands | None:
    answer, asks = decide(message.plain), find_questions(message)
    if answer == ("accept", UNSURE) and is_thanks(message.plain):
        return ()
    if answer is None and not asks and read_yes_no(message):
        answer = ("accept", UNSURE)  # a yes in another language, a thumb
    if answer is None:
        return None
    value, confidence = answer
    if value == "change" and asks and not has_change(message.plain):
        return tuple(Ask(message.raw[start:end].strip(" ,;.\n")) for start, end in asks)
    first = _set("decision", value, message, confidence)
    if value == "change" and not is_bare_change(message.plain):
        return first, _set("change_wish", message.raw.strip(), message)
    if asks and value == "accept" and _is_besides(message, asks):
        return first, *(Ask(message.raw[start:end].strip(" ,;.\n")) for start, end in asks)
    return (first,)


def _is_besides(message: Message, asks: tuple[tuple[int, int], ...]) -> bool:
    return sum(end - start for start, end in asks) < len(message.plain.strip()) - 2


def _read_day(message: Message, context: ReadContext) -> Commands | None:
    plain = message.plain
    if _OTHER_DAY.search(plain) or (_NO.match(plain) and len(message.words) > 1):
        says_when = bool(_DAY_WORD.search(plain)) or len(message.words) > _SHORT
        wish = (_set("other_day", message.raw.strip(), message),) if says_when else ()
        return _set("day_ok", False, message), *wish
    if read_yes_no(message) is not None or _QUESTION_WORD.match(plain):
        return None
    if _FITS.search(plain) and not _NOT.search(plain):
        return (_set("day_ok", True, message),)
    if _DAY_WORD.search(plain) and len(message.words) <= _SHORT:
        return _set("day_ok", False, message), _set("other_day", message.raw.strip(), message)
    return None


def _read_rating(message: Message, context: ReadContext) -> Commands | None:
    found = read_rating(message.plain)
    if found is None:
        if sounds_bad(message.plain) and not message.plain.rstrip().endswith("?"):
            return (_set("feedback", message.raw.strip(), message),)
        return None
    rating, rest = found
    words = (_set("feedback", message.raw.strip(), message),) if len(rest.split()) > 2 else ()
    return _set("rating", rating, message), *words


def _read_apply(message: Message, context: ReadContext) -> Commands | None:
    """An application needs a yes; praise for what was found is asked back about."""
    if _PRAISE.fullmatch(message.plain):
        return (_set("apply", True, message, UNSURE),)
    if read_yes_no(message) is None and _APPLY.search(message.plain) and "?" not in message.plain:
        return (_set("apply", not _NOT.search(message.plain), message),)
    return None


def _read_words(message: Message, context: ReadContext) -> Commands | None:
    """The whole message is the answer, unless it says that there is none or asks something."""
    plain, slot = message.plain, context.asked or ""
    if _WORDLESS.fullmatch(plain):
        return (Skip(),) if slot in _OPTIONAL else (Deny(),)
    steering = find_late_steering(message)
    if steering is not None and len(message.words) <= 4:
        return None
    if slot != "feedback" and _QUESTION_WORD.match(plain) and "?" in plain:
        return None
    return (_set(slot, message.raw.strip(), message),)


def _read_unasked(message: Message, context: ReadContext) -> Commands | None:
    """What is unmistakable whatever was asked: the proposal by name, another day, stars, a complaint after the"
    " work."""
    plain, known = message.plain, context.known
    if "installation_day" in known and not _AT_HOME & known:
        if _OTHER_DAY.search(plain):
            return _read_day(message, context)
        if context.held.get("day_ok") is False and _THAT_DAY.search(plain) and _FITS.search(plain):
            return _read_day(message, context)
    if "proposal" in known and not _PAST_DECIDING & known:
        return _read_late_decision(message, context)
    if "installed" in known and _STARRED.search(plain):
        return _read_rating(message, context)
    if "installed" in known and sounds_bad(plain) and "?" not in plain:
        return (_set("feedback", message.raw.strip(), message),)
    return None


def _read_late_decision(message: Message, context: ReadContext) -> Commands | None:
    """About a proposal that is not being asked about: by its name, or as a second thought after "later" or a wish."""
    plain, decision = message.plain, context.held.get("decision")
    if names_proposal(plain) or _ACCEPTING.match(plain):
        return _read_decision(message, context)
    answer = decide(plain)
    if decision == "later" and answer == ("accept", SURE) and is_acceptance(plain):
        return (_set("decision", "accept", message),)
    if decision == "change" and answer == ("change", SURE) and not _ON_FILE.search(plain):
        return (_set("change_wish", message.raw.strip(), message),)
    return None


_READERS: dict[str, Callable[[Message, ReadContext], Commands | None]] = {
    "decision": _read_decision,
    "change_wish": _read_words,
    "day_ok": _read_day,
    "other_day": _read_words,
    "rating": _read_rating,
    "feedback": _read_words,
    "apply": _read_apply,
    "visit_day": _read_words,
    "site_contact": _read_words,
}
_EXPLICIT = frozenset({"decision", "apply"})
"""What only a yes that is meant as one may answer: money hangs on it."""
_WORDS = frozenset(name for name, reader in _READERS.items() if reader is _read_words)
_OPTIONAL = frozenset({"feedback", "site_contact"})
