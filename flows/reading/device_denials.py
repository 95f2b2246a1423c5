"""Devices that are not there, and numbers of them that are taken back."""

import re

from flows.reading.segments import Message

_NONE = re.compile(
    r"\W*(?:(?:no|nope|nah|sorry|we have|i have|i've got|have|got|tengo|well|honestly),?\s+)*(?:none"
    r"|nothing|no|nope|nah|nada|ninguno|ninguna"
    r"|neither|zero|geen|niks|hapana|kwete|aiwa|nil|n/a|no devices|no tengo|no tenemos|no appliances|akukho|lutho"
    r"|(?:i |we )?(?:don'?t|do not) have any|(?:i |we )?have none|de eso nada|ningun[oa]? aparato)"
    r"(?:\s+(?:of (?:those|these|them|that|the above|it)|like that|at all|here|really|de (?:esos|esas|eso"
    r"|ellos|los anteriores)|nada|ninguno"
    r"|of (?:that|those) (?:stuff|things)|special|yet|that i (?:can think of|know of)|(?:i|we) have|yet|atm"
    r"|right now|sorry|thanks|van (?:hulle|dit"
    r"|daardie)(?: nie)?|nie|todavia))*\W*"
)


_NO_DEVICES = re.compile(
    r"\W*(?:(?:we|i|there are|tengo|tenemos|have|got|don'?t have|do not have|really|well|nope|no|oh)\W+)*(?:no|any|sin"
    r"|ning[u]n) (?:big |major |special |large |such |of those |of these )*(?:devices|appliances|aparatos?"
    r"|electrodomesticos?|toestelle)(?: (?:really|here|at all|to speak of|like that|grandes?|thanks|sorry))*\W*"
)


_NO_DEVICES_BESIDE = re.compile(
    r"(?<![a-z] )\b(?:no|don'?t have any|sin|ningun)(?: (?:big|major|special|large|other|smart|fancy))* "
    r"(?:devices|appliances|aparatos|electrodomesticos)\b(?=[\s\x00]*(?:$|[.,;!\n]|and\b|y\b))"
)


_KIND = (
    r"(?:(?:electric(?:al)?|electronic|energy|power) )?(?:devices?|appliances?|gadgets|equipment|stuff|things?"
    r"|aparatos?|electrodomesticos?|equipos?|toestelle|goed)"
)
_SIZE = r"(?:(?:big|major|special|large|heavy|fancy|smart|huge|other|grandes?|groot|special) )+"
_HERE = (
    r"(?: (?:grandes?|especial(?:es)?|really|at all|here|(?:in|at|around) (?:the |my |our )?(?:house|home|place)"
    r"|en (?:la |mi )?casa|en el piso|like that|to speak of|asi|de esos|sorry|gracias|thanks))*"
)
_LARGE = re.compile(
    r"(?:^|[.,;!\n\x00]|\b(?:and|y|but|pero|we|i|there is|there are|there's)\b)\s*(?:(?:we|i|honestly|really|well) )*"
    r"(?P<all>(?:(?:have|got|hay|tengo|tenemos|don'?t have|dont have|do not have|haven'?t got|is|are) )?(?:nothing|no"
    rf"|none of (?:the|those|these|your)|any(?: of (?:the|those))?|sin|ningun) {_SIZE}{_KIND}{_HERE}"
    rf"|(?:(?:have|got|there is|there's) )?nothing (?:big|major|heavy|large|special|fancy|like that){_HERE}"
    rf"|(?:no (?:hay|tengo|tenemos|uso) )?(?:nada|niks) (?:grande|especial|asi|groot){_HERE}"
    rf"|(?:no|ni) (?:tengo|tenemos|hay|uso)(?: ningun)? (?:{_SIZE})?(?:aparatos?|electrodomesticos?|equipos?){_HERE}"
    r"|(?:aparatos|electrodomesticos)(?: grandes?)? no (?:tengo|tenemos|hay))[\s\x00]*(?=$|[.,;!\n]|and\b|y\b|but\b"
    r"|pero\b)"
)
_LEADS = re.compile(
    r"^\W*(?:(?:no|nope|nah|well|oh|we have|i have),? )*(?P<all>none(?: of (?:those|these|them|that|the above))?"
    r"|ningun[oa]"
    r"|nothing|nada|niks|geen)(?: (?:de (?:esos|eso)|at all|here|really))?[\s\x00]*(?=[.,;\n])"
)
_MENDED = re.compile(
    r"(?! no (?:\d|un|dos|tres))\W*(?:(?:no|wait|sorry|oops|oh|i mean|actually|make (?:it|that)|correction|my bad"
    r"|perdon|digo|espera|ah|mejor dicho"
    r"|i meant|hang on|scratch that|jammer|nee|wag)\b\W*){1,4}(?:(?:it'?s|its|son|tengo|i have|we have|there are"
    r"|like|to|es"
    r"|que) )*(?P<count>\d{1,2}|one|two|three|four|five|six|uno|una|dos|tres|cuatro|cinco|seis|twee|drie|vier)"
    r"(?: (?:of (?:them|those)|actually|sorry|now|de esos))*(?=\s*(?:$|[.,;!\n]|and\b|y\b))"
)


def denies_all(plain: str, asked: str | None) -> bool:
    """True for a message that says there is no device, and nothing else."""
    return bool(_NO_DEVICES.fullmatch(plain) or (asked == "devices" and _NONE.fullmatch(plain)))


def find_denial(free: str, asked: str | None) -> re.Match[str] | None:
    """The words of a longer message that say that there is no device ("nothing big in the house")."""
    leading = _LEADS.search(free) if asked == "devices" else None
    return leading or _LARGE.search(free) or _NO_DEVICES_BESIDE.search(free)


_TAKEN_BACK = re.compile(
    r"\s*,?\s*(?:and |y )?(?:not|no|nie)\s+(?:\d{1,2}|two|three|dos|tres|cuatro)\s+(?:[a-z]+ ){0,3}$"
)


def is_taken_back(plain: str, start: int, end: int) -> bool:
    """ "it's a pool pump, not 3 pool pumps": what follows was said before and is not so."""
    return bool(_TAKEN_BACK.fullmatch(plain, start, end))


def mend_count(plain: str, end: int) -> re.Match[str] | None:
    """Another number behind a device, which takes the first one back ("1 heat pump no wait 2")."""
    return _MENDED.match(plain, end)


_WHERE = (
    r"(?: ?(?:units?|ac|of (?:them|those)))? (?:is )?(?:up(?:stairs)?|down(?:stairs)?|arriba|abajo|(?:in|on|at|for) "
    r"the (?:front|back|main|first|second|top|bottom|ground|attic|basement|upper|lower)(?: floor| level| part)?)"
)
_PLACES = re.compile(
    rf"[\s,:;(-]*(?:(?:there'?s|we have|i have|with|so|its|it'?s|like|tengo) )?(?:1|one|un[oa]?){_WHERE},? "
    rf"?(?:and|&|y|n|plus|,) ?(?:1|one|another|the other|un[oa]?|otr[oa]){_WHERE}(?![a-z])"
)
_REASON = re.compile(
    r"\b(?:when(?:ever)?|because|bc|cuz|cause|since|due to|thanks to|blame|cuando|porque|wanneer|omdat) "
    r"(?:of )?(?:the|that|this|el|la|los|las|die)(?: (?:stupid|damn|old|darn|big))? $"
)


def count_places(plain: str, end: int) -> re.Match[str] | None:
    """ "one unit upstairs and one down" behind a device: two of them."""
    return _PLACES.match(plain, end)


def is_reason(message: Message, start: int) -> bool:
    """ "420 in summer when the ac never stops": why the bill is so, no list of what is in the house."""
    return bool(message.has("monthly_bill") and _REASON.search(message.plain, max(0, start - 45), start))
