"""Reads what is said after submission: about the proposal, the day, the visit, how it went; words are kept whole."""

import re
from collections.abc import Callable

from flows.commands import Ask, Command, Deny, Set, Skip
from flows.reading.control import find_late_steering, find_steering
from flows.reading.courtesies import is_courtesy
from flows.reading.days import names_days, read_day, wants_other_day
from flows.reading.handoffs import find_handoff
from flows.reading.languages import find_language_wish
from flows.reading.praise import names_fault, read_rating, reports_fault
from flows.reading.proposals import (
    DO_IT,
    SURE,
    UNSURE,
    accepts_after_all,
    decide,
    has_change,
    insists,
    is_about_file,
    is_acceptance,
    is_bare_change,
    is_thanks,
    names_proposal,
    takes_back,
)
from flows.reading.questions import find_questions
from flows.reading.replies import read_yes_no
from flows.reading.segments import Message
from flows.reading.statuses import find_status
from flows.reading.types import ReadContext, Reading

Commands = tuple[Command, ...]
_SHORT = 8
"""Words of a message that may be a wish for a person or a word that steers, even where free words are expected."""

_PRAISE = re.compile(
    r"\W*(?:(?:wow|oh|that'?s|thats|very|so|really|sounds|que|muy|es|esta|ok|okay)\W+)*(?:not bad|great|good|nice"
    r"|cool|fine"
    r"|perfect|awesome|wow|amazing|excellent|interesting|genial|perfecto|bien|bueno|estupendo|interesante)"
    r"(?:\W+(?:news|to know|noticia|saberlo|ok|okay|thanks?|thank you|gracias))*\W*"
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
_NEVER_MIND = re.compile(
    r"\W*(?:(?:ok|okay|oh|ah|no|well|bueno|pues)\W+)*(?:never ?mind|nvm|no importa|da igual)"
    r"(?:\W+(?:then|thanks?|thank you|it|that|please|gracias|entonces))*\W*"
)
_DECLINES = re.compile(
    r"\b(?:(?:not|no longer) interested|(?:don'?t|do not) (?:want|need|care)|no (?:me|nos) interesan?|no (?:las? "
    r"|los? )?"
    r"(?:quiero|queremos|necesito)|never ?mind|nvm|forget (?:it|about it|that)|rather not|leave (?:it|that)|no thanks?"
    r"|no gracias|dejalo|olvidalo)\b"
)
_WHOLE = re.compile(
    r"\b(?:solar|projects?|requests?|everything|all of (?:it|this)|whole thing|proyecto|solicitud|todo|placas)\b"
)
_CHANGES_TO_YES = re.compile(
    r"^(?!.*\b(?:don'?t|do not|not|no)\b).*\b(?:apply|chang(?:ed?|ing) my mind about the (?:incentiv|rebate)\w*"
    r"|solicit(?:a|en|ar|alas|enlas)|tramit(?:a|en|ar|alas))\b",
    re.DOTALL,
)
_CHANGED_MIND = re.compile(r"\bchang(?:ed?|ing) my mind\b|\bchange of mind\b|\bcambi(?:e|ado) de (?:idea|opinion)\b")
_INCENTIVE = re.compile(r"\b(?:incentiv\w*|rebates?|programs?|programmes?|tax credits?|ayudas?|subvenci\w+)\b")


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
    if _NEVER_MIND.fullmatch(message.plain) and context.asked != "apply":
        return Reading("skip", (Skip(),)) if reader else Reading("greeting", ())
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
    if is_about_file(message.plain):
        return None
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
    asks, is_asked = find_questions(message), context.asked == "day_ok"
    if is_asked and read_yes_no(message) is not None:
        return None
    found = read_day(message.plain, asks, context.held.get("installation_day"), is_asked=is_asked)
    if found is None:
        return None
    suits, names_another = found
    if suits:
        besides = (Ask(message.raw[start:end].strip(" ,;.\n")) for start, end in asks)
        return _set("day_ok", True, message), *besides
    says_when = names_another or len(message.words) > _SHORT
    wish = (_set("other_day", message.raw.strip(), message),) if says_when else ()
    return _set("day_ok", False, message), *wish


def _read_late_day(message: Message, context: ReadContext) -> Commands | None:
    """Of a day that is not asked about: a refusal, or after one the wish, and that it suits after all."""
    plain = message.plain
    if wants_other_day(plain, find_questions(message), context.held.get("installation_day")):
        return _read_day(message, context)
    if context.held.get("day_ok") is not False:
        return None
    if names_days(plain):
        return (_set("other_day", message.raw.strip(), message),)
    if _THAT_DAY.search(plain):
        return _read_day(message, context)
    return None


def _read_rating(message: Message, context: ReadContext) -> Commands | None:
    found, plain = read_rating(message.plain), message.plain
    is_marked = found is not None and (_STARRED.search(plain) or re.match(r"\W*[1-5]\b", plain))
    if not is_marked and (found is None or names_fault(plain)):
        return _read_fault(message)
    asks = find_questions(message)
    if found is None or (asks and not is_marked and not _is_besides(message, asks)):
        return None
    rating, rest = found
    words = (_set("feedback", message.raw.strip(), message),) if len(rest.split()) > 2 else ()
    return _set("rating", rating, message), *words


def _read_fault(message: Message) -> Commands | None:
    """Something is wrong with what was installed: staff hear of it at once."""
    if not reports_fault(message.plain, find_questions(message)):
        return None
    return (_set("feedback", message.raw.strip(), message),)


def _read_apply(message: Message, context: ReadContext) -> Commands | None:
    """An application needs a yes; praise for what was found is asked back about."""
    plain = message.plain
    if _PRAISE.fullmatch(plain):
        return (_set("apply", True, message, UNSURE),)
    if read_yes_no(message) is not None or "?" in plain:
        return None
    if _DECLINES.search(plain) and not _WHOLE.search(plain):
        return (_set("apply", False, message),)
    if DO_IT.fullmatch(plain) or _agrees_again(message, context):
        return (_set("apply", True, message),)
    if _APPLY.search(plain):
        return (_set("apply", not _NOT.search(plain), message),)
    return None


def _agrees_again(message: Message, context: ReadContext) -> bool:
    """ "I accept" is about the proposal, unless there is none to be accepted any more."""
    is_open = "proposal" in context.known and context.held.get("decision") != "accept"
    return not is_open and decide(message.plain) == ("accept", SURE)


def _read_words(message: Message, context: ReadContext) -> Commands | None:
    """The whole message is the answer, unless it says that there is none or asks something."""
    plain, slot = message.plain, context.asked or ""
    if _WORDLESS.fullmatch(plain):
        return (Skip(),) if slot in _OPTIONAL else (Deny(),)
    if slot == "change_wish" and accepts_after_all(plain) and not find_questions(message):
        return (_set("decision", "accept", message),)
    if slot in _DAYS and names_days(plain):
        return (_set(slot, message.raw.strip(), message),)
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
        about_day = _read_late_day(message, context)
        if about_day is not None:
            return about_day
    if context.held.get("apply") is False and _CHANGES_TO_YES.search(plain) and "?" not in plain:
        return (_set("apply", True, message),)
    if "can_apply" in known and _INCENTIVE.search(plain) and _DECLINES.search(plain) and "?" not in plain:
        return (_set("apply", False, message),)
    if "proposal" in known and not _PAST_DECIDING & known:
        return _read_late_decision(message, context)
    if "installed" in known and _STARRED.search(plain):
        return _read_rating(message, context)
    return _read_fault(message) if "installed" in known else None


def _read_late_decision(message: Message, context: ReadContext) -> Commands | None:
    """About a proposal that is not being asked about: by its name, or as a second thought after "later" or a wish."""
    plain, decision = message.plain, context.held.get("decision")
    if decision == "accept" and takes_back(plain) and "installation_day" not in context.known:
        return _take_back(message)
    if is_about_file(plain):
        return None
    if names_proposal(plain) or insists(plain):
        return _read_decision(message, context)
    answer = decide(plain)
    if decision == "later" and answer == ("accept", SURE) and is_acceptance(plain):
        return (_set("decision", "accept", message),)
    if decision in ("change", "later") and accepts_after_all(plain) and not find_questions(message):
        return (_set("decision", "accept", message),)
    if decision == "change" and answer == ("change", SURE):
        return (_set("change_wish", message.raw.strip(), message),)
    return None


def _take_back(message: Message) -> Commands:
    """An acceptance is none any more; what should be different is kept, if it is said."""
    if has_change(_CHANGED_MIND.sub(" ", message.plain)):
        return _set("decision", "change", message), _set("change_wish", message.raw.strip(), message)
    return (_set("decision", "later", message),)


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
_DAYS = frozenset({"other_day", "visit_day"})
