"""What a contact says of the planned day: it suits, it does not, another one would be better."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

Spans = tuple[tuple[int, int], ...]

_WEEKDAYS = (
    "mon|lunes", "tue|martes", "wed|miercoles", "thu|jueves", "fri|viernes", "sat|sabado", "sun|domingo"
)  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre)"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tues?|wed|thurs?|fri|(?:on|this|next|or) (?:mon|sat|sun)|lunes"
    r"|martes|miercoles|jueves|viernes|sabados?|domingos?)"
)
_NO_DATE = (
    r"(?! ?(?:kwh?|panels?|placas|years?|batter|k\b|%|usd|euros?|dollars|percent|hours?|horas|floors?|roofs?"
    r"|stor(?:y|ey)"
    r"|house|string|payment|inverter|phase|one\b|times?\b|people|months?))"
)
_DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}[/-]\d{{1,2}}(?:[/-]\d{{2,4}})?|(?:the|el|dia) \d{{1,2}})\b{_NO_DATE})"
)
_DAY = (
    rf"(?:{_WEEKDAY}|{_DATE}|(?!may\b|mar\b|march\b){_MONTH}(?: \d{{1,2}})?|(?:in )?(?:may|march|mar) \d{{1,2}}"
    rf"|in (?:may|march)|\d{{1,2}}(?: de)? {_MONTH}|next week|the week(?:end)?|proxima semana|semana que viene)"
)
_NAMED = re.compile(rf"\b{_DAY}\b")
_CANT = (
    r"(?:can'?t|cannot|can not|won'?t|not able to|unable to|no (?:puedo|podemos|podre|podria))(?: (?:do|make|be (?:home"
    r"|there|here)|it|that|on|for|estar|en casa|ese|este|el|the|this|anymore))*"
)
_OTHER_DAY = re.compile(
    r"\b(?:re-?schedul\w*|postpon\w*|(?:an)?other (?:day|date|time)|different (?:day|date|time)|(?:move|change"
    r"|switch|push)"
    r" (?:the |my |it )?(?:installation|install|date|day|appointment|to)|can'?t (?:make|do) (?:it|that)"
    r"|won'?t be (?:home|here|there|in)|(?:otro"
    r"|otra) (?:d[ií]a|fecha)"
    r"|cambiar (?:la fecha|el d[ií]a|la instalaci[oó]n|de d[ií]a)|aplaz\w+|posponer\w*|reprogramar\w*|no (?:me "
    r"|nos )?(?:viene|va|queda|sirve|cuadra|acomoda)(?: bien)?"
    r"|no puedo (?:ese|el|ese d[ií]a)|ese d[ií]a no|(?:me |nos )(?:viene|va) (?:fatal|mal)"
    r"|al final no puedo|something (?:has |just )?c[ao]me up|surgio algo"
    rf"|cancel (?:on )?(?:the )?{_DAY}|{_CANT} {_DAY}|{_CANT} (?:day|date|dia)"
    rf"|(?:{_DAY}|that day|ese dia)(?: is)? (?:isn'?t|doesn'?t|does not|won'?t|not|no longer|ya no|no))\b"
)
_UNFIT = re.compile(
    r"\b(?:(?:am|i'?m|we'?re|be) (?:away|out of town|travelling)|(?:doesn'?t|does not|won'?t) (?:work|suit)"
    r"|not (?:that day|available|home|free|possible))\b"
)
"""Of a day only while it is asked about, or beside a day's name: much else "doesn't work"."""
_DAY_WORD = re.compile(
    rf"\b(?:{_WEEKDAY}|weekend|week|morning|afternoon|next|earlier|later|sooner|after|before|semana|manana|tarde|antes"
    rf"|despues|proxim[oa]|{_MONTH})\w*\b|\b\d{{1,2}}(?:st|nd|rd|th|/\d{{1,2}})?\b"
)
_FITS = re.compile(
    r"\b(?:works|suits?|fine|perfect|good|great|ok|okay|confirmed?|see you|be (?:home|there|here)"
    r"|(?:me|nos) (?:viene|va|queda|cuadra|acomoda|parece|funciona)(?: muy| super)? (?:bien|perfecto|genial)"
    r"|(?:me|nos) (?:sirve|cuadra|acomoda|funciona)|por mi(?:,? esta)? (?:bien|perfecto)"
    r"|perfecto|confirmo|de acuerdo|vale|aqui estare|estare)\b"
)
_NOT = re.compile(r"\b(?:don'?t|do not|not|no|never|nunca|but|pero)\b")
_GLADLY = r"(?:no (?:problem|prob|issue|worries)s?|not a(?:n issue| problem)|can'?t wait|no hay problema|sin problema)"
_NO = re.compile(
    rf"^\W*(?!{_GLADLY})(?:no+|nope|nah|not|can'?t|cannot|unfortunately|sorry|lamentablemente|lo siento|no puedo"
    rf"|imposible)\b"
)
_REFUSING = re.compile(r"^\W*(?:can'?t|cannot|won'?t) (?!you\b|we\b|i\b|u\b|they\b)")
_GLAD = re.compile(rf"^\W*(?:(?:ok|okay|great|sure|yes|si|vale)\W+)?{_GLADLY}\b(?!.*\b(?:but|pero|except)\b)")
_ASKING = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|y|pero|entonces)\W+)?(?:how|what|why|when|where|who|which|do|does|did|is|are|will"
    r"|should|shall|can|could|would|must|may|need i|cu[aá]nt\w*|que|por ?que|cu[aá]ndo|d[oó]nde|qui[eé]n|cu[aá]l"
    r"|debo|tengo que|hay que|hace falta|puedo)\b(?!'t)"
)
_REQUEST = re.compile(
    r"\b(?:(?:can|could|may|shall|would) (?:we|i|you|u|it)(?: all)?(?: please| maybe)? (?:make|do|have|come|move|change"
    r"|switch|push|be|set|re-?schedul\w*|postpon\w*|start|install|get|say)|(?:is|would) (?:it|that) (?:be )?possible"
    r"|possible to|(?:how|what) about|(?:se puede|podemos|podria\w*|puede\w*|podeis) (?:\w+ )?(?:hacer\w*|ser|venir"
    r"|cambi\w+|mover\w*|aplaz\w+|posponer\w*|dejar\w*|poner\w*|reprogramar\w*|pasar\w*)|y si)\b"
    rf"|\b(?:does|would|is|will|and) (?:on )?(?:the )?{_DAY}(?: be)? (?:work|ok|okay|possible|better|free"
    r"|available|fine)"
)
"""A wish put as a question; other questions about the day wish for nothing."""
_ONLY_DAYS = re.compile(
    rf"\W*+(?>(?:{_DAY}|{_MONTH}|\d{{1,2}}(?: ?[ap]m)?|week(?:end)?s?|semana|any|some|an?|on|the|that|this|next|in"
    rf"|of|at"
    r"|or|and|to|after|before|from|until|between|early|late|morning|afternoon|evening|days?|maybe|perhaps|better"
    r"|instead|please|would|could|might|be|is|are|works?|suits?|good|great|best|fine|ok|okay|for|me|us|rather|how"
    r"|what|about|mejor|el|la|los|las|un|una|de|del|o|y|a|partir|que|viene|proxim[oa]|por|tarde|manana|dia|cualquier"
    r"|tal|vez|quizas|podria|ser|antes|despues|nos|bien|entonces|so|yes|si)\b\W*+)++"
)
"""Each word once and for all: a long row of days costs no more than its length."""
_SHORT = 8
"""Words of an answer that is about a day even though it only names one."""


def read_day(plain: str, asks: Spans, held: Any, *, is_asked: bool) -> tuple[bool, bool] | None:
    """(suits, names another day) from folded words; None where they say nothing of the kind.

    `asks`: spans of what the message asks, `held`: the planned day as ISO text. A question is never a yes to the day,
    and no wish for another one unless it asks for that.
    """
    planned = _read_date(held)
    if _wants_other(plain, asks, planned, is_asked):
        rest = _blank_planned(plain, planned)
        return False, bool(_DAY_WORD.search(rest))
    said = _without(plain, asks)
    is_question = bool(asks) or "?" in plain or bool(_ASKING.match(plain))
    fits = bool(_GLAD.match(said)) if is_asked else False
    fits = fits or (bool(_FITS.search(said)) and not _NOT.search(said))
    if fits and names_other(said, planned):
        return None if is_question else (False, True)
    if fits and (not is_question or (asks and len(said.split()) > 1)):
        return True, False
    if is_question:
        return (False, True) if names_days(plain) else None
    return (False, True) if is_asked and _DAY_WORD.search(plain) and len(plain.split()) <= _SHORT else None


def names_days(plain: str) -> bool:
    """A day or several, and nothing else."""
    return bool(_NAMED.search(plain)) and bool(_ONLY_DAYS.fullmatch(plain))


def names_other(plain: str, held: Any) -> bool:
    """Whether days are named, and none of them is the planned one."""
    planned = held if isinstance(held, date) else _read_date(held)
    named = [match.group() for match in _NAMED.finditer(plain)]
    return planned is not None and bool(named) and not any(_is_day(each, planned) for each in named)


def wants_other_day(plain: str, asks: Spans, held: Any) -> bool:
    """Unmistakable also where the day is not asked about."""
    return _wants_other(plain, asks, _read_date(held), False)


def _wants_other(plain: str, asks: Spans, planned: date | None, is_asked: bool) -> bool:
    found = _OTHER_DAY.search(plain)
    if found is None and (is_asked or _NAMED.search(plain)):
        found = _UNFIT.search(plain)
    if found is None and is_asked and len(plain.split()) > 1:
        found = _NO.match(plain)
    requests = _REQUEST.search(plain) is not None
    if found is not None:
        return requests or bool(_REFUSING.match(plain)) or not any(start <= found.start() < end for start, end in asks)
    return requests and _NAMED.search(plain) is not None and (planned is None or names_other(plain, planned))


def _without(plain: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        plain = plain[:start] + " " * (end - start) + plain[end:]
    return plain


def _blank_planned(plain: str, planned: date | None) -> str:
    """The words without the day that is refused."""
    rest = re.sub(rf"\b{_CANT} {_DAY}\b", " ", plain)
    if planned is None:
        return rest
    return _NAMED.sub(lambda match: " " if _is_day(match.group(), planned) else match.group(), rest)


def _is_day(words: str, planned: date) -> bool:
    numbers = [int(each) for each in re.findall(r"\d{1,2}", words)]
    if numbers:
        return planned.day in numbers
    return re.search(rf"\b(?:{_WEEKDAYS[planned.weekday()]})", words) is not None


def _read_date(held: Any) -> date | None:
    try:
        return date.fromisoformat(str(held)[:10])
    except ValueError:
        return None
