"""Words that take an earlier answer back."""

import re
from dataclasses import dataclass

from flows.reading.bill_beside import is_amended
from flows.reading.segments import Message
from flows.reading.types import ReadContext

_MARKER = re.compile(
    r"\b(?:sorry(?!,? (?:about|for) the (?:delay|wait|late))[,.]?(?: but)?(?= (?:i |its?\b|it's|that'?s"
    r"|thats|meant|the|my|no\b|not|wrong|typo|make|in|is|\$|r?\d|should))|(?:i |we )?mean[t]?\b(?! (?:what"
    r"|is))|(?:(?<=^)|(?<=[.,;!?\n])\s*|\b(?:no|wait|oh|well|sorry|hmm|um|it'?s|its|is|i|we|but|and|thats"
    r"|that's|are)\s+)actually\b|actually(?=\W*$)|scratch that|correction|my (?:bad|mistake)|oops|whoops"
    r"|typo|espera(?=,? (?:no|es|son|era|eran|que|tengo|tenemos|mi|la|el|me|\$?\d))|wait(?=,? (?:no|its?|it's|the|my"
    r"|i|that|make|actually|sorry|not|is|we|there))|hang on(?=,? "
    r"(?:its?|it's|the|my|i|that))|no wait|let me correct|i (?:made a mistake|was wrong|misspoke|typed|put"
    r"|said|gave|told)(?: (?:it|that|you|the))? (?:wrong|a mistake|incorrectly|the wrong)"
    r"|i (?:said|put|gave|typed|wrote)\b[^.!?\n]{1,25}\b(?:but|should|meant|its|it's)|that(?:'s| is| was) "
    r"(?:wrong|not right|incorrect|a typo|a mistake)|thats (?:wrong|not right|incorrect)|(?:it )?should "
    r"(?:be|have been|say|read)|(?:please )?(?:change|update|fix|edit|amend|correct)(?: (?:the|my|that|it"
    r"|this))* (?:\w+ )?(?:\w+ )?(?:to|from|number|amount|answer|bill|address|name|email|city|zip|is)\b"
    r"|(?:can|could) (?:you|i|we) (?:please )?(?:change|update|fix|correct|edit)|need to (?:change|correct"
    r"|update|fix)|instead of|rather than(?= \d)|(?:wrong|incorrect) (?:address|number|name|email|zip|city"
    r"|amount|bill|street|one|house)|make (?:it|that)(?= \S*\d)|got (?:that|it) wrong"
    r"|(?:dije|puse|escribi)\b[^.!?\n]{1,30}\bpero|perdon(?=,? (?:es|son|quise|era|no|la|el|mi|me|queria|\$?\d))"
    r"|disculp\w+(?=,? (?:es|son|quise|era|no"
    r"|la|el|mi|me|queria|\$?\d))|quise (?:decir|poner)|queria decir|en realidad|la verdad es|me equivoque"
    r"|corrijo|corrige|correccion|corregir|digo(?=,? \S*\d)|mejor dicho|cambi(?:a|e|ar|en|alo|emos)(?: "
    r"(?:el|la|lo|mi|los|las))? (?:\w+ )?(?:\w+ )?(?:a|por|de|direccion|correo|nombre|numero|recibo)\b"
    r"|esta(?:ba)? (?:mal|equivocad\w)|no era"
    r"|jammer(?=,? (?:ek|dit|dis|die|my|nie|r?\d))|eintlik|ek bedoel|verander|dit moet|verkeerd|pamusoroi"
    r"|ndanga ndichireva|ndakanganisa|ndiri kureva|bengisho|bengiqonde|ngiphambanise|uxolo(?=,? (?:ngi|yi"
    r"|ku|i)))"
)
_NO_LEAD = re.compile(
    r"^\W*(?:no|nope|nee|not|nah)\b[,.!;:-]*\s+(?:(?:no|wait|sorry)\W+)*(?:it'?s|its|my|the|that'?s|i'?m at"
    r"|is|es|mi|la|el|son|dit is|my adres|i (?:live|own|rent|pay|use|have|meant)|we|vivo|change)\b"
)
_NO_MY = re.compile(
    r"^\W*(?:no|nope|nee|wait)\b[,.!;:-]*\s+(?:(?:no|wait|sorry)\W+)*(?:my|mi|the|our|la|el|mi) (?:correct "
    r"|right |correo |new )?(?:address|name|bill|zip|email|city|street|utility|number|direccion|nombre"
    r"|recibo|factura|correo|adres|house number)\b"
)
_NUMBER_NOT = re.compile(
    r"\b(?<![\d,.])(?P<a>\d[\d,.]{0,12}|one|two|three|four|five)\s*(?:[a-z]+ ){0,2}?[a-z]*,?\s*\b(?:and "
    r")?(?:not|no|nie|instead of|y no)\s+(?:\$|r|us\$)?(?P<b>\d[\d,.]*|one|two|three|four|five)\b"
)
_WORD_NOT = re.compile(
    r"\b(?:is|it'?s|its|in|are|was|es|dit is|thats|that'?s)\s+(?:(?:in|the|a|an|really|actually"
    r"|called)\s+)*(?P<a>[a-z][a-z&' -]{1,24}?),?\s+(?:not|y no|no|nie|and not)\s+(?:(?:in|the|a"
    r"|an)\s+)*(?P<b>[a-z][a-z&'-]{1,20})\b"
)
_HOUSE_NOT = re.compile(r"(?<![\w.,$])\d{1,6}(?P<old>,? (?:not|no|nie|instead of|y no) \d{1,6})(?= [a-z]{3,} [a-z])")
_NOT_BUT = re.compile(r"\bnot (?:\$|r)?(?P<b>\d[\d,.]*),? (?:but |its? |it's |is )?(?:\$|r)?(?P<a>\d)")
_SAID_BUT = re.compile(
    r"\b(?:i|we) (?:said|put|wrote|typed|gave|told (?:you|u|ya))(?: it was| it's)? (?P<b>[^.,;!?\n\d]{2,30}?)"
    r"(?:,? (?:but|however|when)|,? (?:it'?s|its) (?:actually )?(?!a\b))\b"
    r"|\b(?:dije|puse|escribi)(?: que (?:era|es))? (?P<c>[^.,;!?\n\d]{2,30}?),? (?:pero|cuando)\b"
)
"""What was said before, and is now another thing."""
_STATES_ONLY = frozenset({"roof_type", "owner", "devices", "utility"})


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction; `spans` are the words that are taken back, which no parser may read."""

    spans: tuple[tuple[int, int], ...] = ()
    blanks: tuple[tuple[int, int], ...] = ()


def find_correction(message: Message, context: ReadContext) -> Correction | None:
    """Whether the message corrects; "X, not Y" alone does so only for what is not being asked."""
    plain = message.plain
    rejected = _find_rejected(message)
    swapped = _HOUSE_NOT.search(plain)
    blanks = (swapped.span("old"),) if swapped else ()
    marker = _MARKER.search(plain)
    if marker and not _is_idle(plain, marker):
        return Correction((*rejected, marker.span()) if _is_only_words(marker.group()) else rejected, blanks)
    if _NO_MY.match(plain):
        return Correction(rejected, blanks)
    if (
        _NO_LEAD.match(plain)
        and context.asked not in _STATES_ONLY
        and (context.asked is None or context.known or len(message.words) > 3)
    ):
        return Correction(rejected, blanks)
    if blanks or is_amended(plain, context.asked) or _NUMBER_NOT.search(plain) or _NOT_BUT.search(plain):
        return Correction(rejected, blanks)
    if _WORD_NOT.search(plain) and _says_value(plain, context.asked):
        return Correction(rejected, blanks)
    return None


_WRONG = re.compile(r"(?:wrong|incorrect) ")
_LED_ASTRAY = re.compile(
    r"\b(?:gps|google|maps?|waze|navigation|couriers?|drivers?|deliver\w*)\b[^.!?\n]{0,20}"
    r"\b(?:sen[dt]s?|takes?|brings?|goes|go|leads?)\b[^.!?\n]{0,20}$"
)
""" "gps will send you to the wrong one" is about the way there."""


def _is_only_words(text: str) -> bool:
    return not re.search(r"\d", text) and len(text) < 14


def _is_idle(plain: str, marker: re.Match[str]) -> bool:
    """ "sorry, what?" and "actually, how much is it?" take nothing back."""
    rest = plain[marker.end() :]
    if _WRONG.match(marker.group()) and _LED_ASTRAY.search(plain, 0, marker.start()):
        return True
    return bool(
        re.match(
            r"\W*(?:what|how|why|when|can|could|do|does|will|would|i (?:have|need) (?:to go|a question)|i "
            r"don'?t|que|como|cuanto|no se|i'?m (?:busy|not interested|driving))\b",
            rest,
        )
    ) and not re.search(r"\d", rest)


_NAMED = (
    ("city", re.compile(r"\b(?:city|town|ciudad|stad)\b")),
    ("state", re.compile(r"\bstate\b")),
    ("street", re.compile(r"\b(?:street|address|direccion|calle|adres)\b")),
    ("name", re.compile(r"\b(?:name|nombre|naam)\b")),
    ("monthly_bill", re.compile(r"\b(?:bill|zig|usd|rand|dollars|recibo|factura|currency)\b")),
    ("utility", re.compile(r"\b(?:utility|power company|provider|electric company)\b")),
    ("roof_type", re.compile(r"\b(?:roof|techo|dak)\b")),
    ("email", re.compile(r"\b(?:email|correo)\b")),
)


def _says_value(plain: str, asked: str | None) -> bool:
    """True when "X, not Y" is about another slot than the one asked for."""
    return any(pattern.search(plain) for slot, pattern in _NAMED if slot != asked)


def _find_rejected(message: Message) -> tuple[tuple[int, int], ...]:
    spans = []
    said = _SAID_BUT.search(message.plain)
    if said:
        spans.append(said.span("b" if said.group("b") else "c"))
    for pattern in (_WORD_NOT,):
        match = pattern.search(message.plain)
        if match and not re.search(
            r"\b(?:sure|really|very|that|too|an?|the|any|my|only|just|yet|bad|much|own|rent)\b", match.group("b")
        ):
            spans.append(match.span("b"))
    return tuple(spans)
