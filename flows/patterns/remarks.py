"""Whether words that no rule explains may be an answer, or are a remark about something else."""

import re

from flows.definition import Slot
from flows.kinds import takes_words

MOST_WORDS = {"utility": 6, "city": 5, "state": 4}
MOST_DEVICE_WORDS = 14
NEED_FIGURES = frozenset({"postal_code"})

_LEAD = re.compile(
    r"^\W*(?:(?:it'?s|its|it is|that'?s|that is|that would be|we have|i have|we(?:'ve| have)? got|i(?:'ve| have)? got"
    r"|we use|i use|we'?re with|i'?m with|we live (?:at|in)|i live (?:at|in)|my address is|the address is"
    r"|the (?:company|name|town|city) is|es|se llama|tengo|tenemos|hay|vivo en|vivimos en)\s+)",
    re.IGNORECASE,
)
"""What stands before an answer and is none of it."""

_OPINION = (
    r"you|your|yours|ur|yall|says?|said|tell|told|think|thinks|heard|read|believe|trust|scams?|rip-?off|ripped|crooks?"
    r"|expensive|cheap\w*|sign|ready|sell\w*|sales\w*|lie|lies|lying|lied|because|sorry|already|never"
    r"|ustedes?|vosotros|dicen|dice|creo|pienso|estafas?|car[oa]s?|barat[oa]s?|firmar|vender|porque|nunca"
)
_TALK = (
    r"i|im|i'm|ive|i've|id|i'd|ill|we|we're|weve|he|she|they|theyre|me|us|them|it|its|it's|that|thats|that's|this|these"
    r"|is|isnt|isn't|are|arent|aren't|was|wasnt|were|am|do|dont|don't|does|doesnt|did|didnt|have|has|had|can|cant|can't"
    r"|could|would|wouldnt|wont|won't|should|might|want|wants|need|needs|know|if|what|which|who|why|how|when|theres"
    r"|there's|but|btw|lol|mine|leaks?|between|whatever|(?:old|other|last) (?:house|home|place)"
    r"|yo|soy|eso|esto|esta|está|están|son|tengo|tiene|tienen|quiero|puedo|pero|si|cuando|como|cómo|entre|míos?|mías?"
)
_REMARK = re.compile(rf"\b(?:{_TALK}|{_OPINION})\b", re.IGNORECASE)
_OBJECTION = re.compile(rf"^\W*(?:no|but|pero|nah)\b|\b(?:{_OPINION})\b", re.IGNORECASE)

_SELF = re.compile(r"^\W*(?:i'?m|i am|my name|name'?s|this is|me llamo|mi nombre|soy|estoy|ek is)\b", re.IGNORECASE)
"""Who speaks of themselves lists no device."""


def strip_lead(words: str) -> str:
    """ "it's Evergreen Electric": only what is named."""
    return _LEAD.sub("", words, count=1).strip() or words


def may_answer(slot: Slot, words: str, insists: bool) -> bool:
    """Whether the words may be offered back as the slot's value: a name of something, and not what somebody thinks."""
    count = len(words.split())
    if not takes_words(slot.kind, words, insists):
        return False
    if slot.kind == "note":
        return count <= MOST_DEVICE_WORDS and not _OBJECTION.search(words) and not _SELF.search(words)
    if slot.name in NEED_FIGURES and not any(map(str.isdigit, words)):
        return False
    if "@" in words or count > MOST_WORDS.get(slot.name, count):
        return False
    return not _REMARK.search(words)
