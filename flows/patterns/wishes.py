"""What the system is to have or to be good for, in the contact's own words: kept for staff and shown in the recap."""

import re

from flows.commands import Ask
from flows.draft import Draft
from flows.events import MessageReceived
from flows.patterns.answers import store_value
from flows.state import SlotValue

SLOT = "wishes"
_PARTS = r"(?:batter(?:y|ies)|storage|back-?up|inverters?|bater[ií]as?|inversor(?:es)?)"
_WISH = re.compile(
    rf"\b(?:solar|panels?|panel(?:es)|placas|system|sistema|quote)\W+"
    rf"(?:\+|&|and|with|plus|y|con|más)\s*(?:an? |una? )?{_PARTS}"
    rf"|\b(?:want|need|necesito|interested in|quiero|me interesan?)\b (?:\w+ ){{0,3}}?{_PARTS}"
    rf"|\b\d+(?:[.,]\d+)? ?kva\b(?: {_PARTS}| system)?",
    re.IGNORECASE,
)
_WONDERS = re.compile(
    r"\b(?:do|would|will|should|did|does) (?:i|we|you|they|it|one) (?:really |still |even )?$|(?:^|[¿?.!,] ?)$",
    re.IGNORECASE,
)
"""What stands before "need a battery" where somebody asks whether they do."""

_REASON = re.compile(r"\b(?:load[- ]?shedding|blackouts?|power cuts?|outages?|apagones)\b", re.IGNORECASE)
"""Why people want it; in a question the same words wish for nothing."""

_NOT_PANELS = re.compile(
    r"\b(?:not|no|without|but no|don'?t (?:want|need)) (?:the |any |solar )*panels?\b"
    r"|\b(?:sin|no quiero|no necesito) (?:paneles|placas)\b",
    re.IGNORECASE,
)
"""What is not wanted belongs to a wish."""


def note_wishes(draft: Draft, message: MessageReceived) -> None:
    """Keep the words of each wish."""
    if SLOT not in draft.flow.by_name or draft.phase == "cancelled" or any(map(draft.follows, draft.touched)):
        return
    asks = any(isinstance(each, Ask) for each in message.commands)
    wishes = _WISH.search(message.text[:1000]) is not None
    for pattern in (_WISH,) if asks else (_WISH, _REASON, *((_NOT_PANELS,) if wishes else ())):
        for match in pattern.finditer(message.text[:1000]):
            if asks and _wonders(message.text, match):
                continue
            words = " ".join(match.group().split())
            held = SlotValue(words, words, "rule", 1.0, False, draft.message_id, draft.now)
            store_value(draft, draft.slot(SLOT), held)


def _wonders(text: str, match: re.Match[str]) -> bool:
    """ "do I need a battery?" is a question and no wish."""
    return match.group().lower().startswith(("need", "necesit")) and bool(_WONDERS.search(text[: match.start()]))
