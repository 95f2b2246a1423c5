"""Which language a message is in, cheaply, and wishes to change it."""

import re

from flows.reading.segments import fold
from flows.reading.words import ENGLISH, ENGLISH_SURE, SPANISH, SPANISH_SURE

_CHANGE = (
    ("es", re.compile(
        r"\b(?:en espanol|habla\w* espanol|in spanish|espanol(?:,)? por favor|speak spanish|se habla "
        r"espanol|prefiero espanol|spanish(?:,)? please"
                      r"|spanish$|^\W*espanol\W*$|cambi\w+ a(?:l)? espanol|(?:do|can) you speak spanish|no "
                      r"hablo ingles|no entiendo (?:el )?ingles|solo espanol)")),
    ("en", re.compile(
        r"\b(?:in english|english(?:,)? (?:please|pls|plz)|speak english|en ingles|ingles(?:,)? por favor"
        r"|switch to english|prefiero ingles"
                      r"|don'?t speak spanish|no hablo espanol|only english|english only|^\W*english\W*$"
                      r"|^\W*ingles\W*$|change to english|do you speak english)|^\W*english\W*$")),
)  # fmt: skip
_WORD = re.compile(r"[a-z']+")


def detect_language(text: str) -> str | None:
    """ "en", "es", or None when the words do not tell; for a contact's first messages."""
    if "¿" in text or "¡" in text or "ñ" in text.lower():
        return "es"
    words = _WORD.findall(fold(text[:400]))
    spanish = sum(word in SPANISH for word in words) + sum(word in SPANISH_SURE for word in words)
    english = sum(word in ENGLISH for word in words) + sum(word in ENGLISH_SURE for word in words)
    if spanish >= 2 and spanish > english:
        return "es"
    if english >= 2 and english > spanish:
        return "en"
    return None


def find_language_wish(plain: str) -> tuple[str, int, int] | None:
    """The language asked for and the span that asks; None when none is."""
    if "spa" not in plain and "engl" not in plain and "ingl" not in plain:
        return None
    for language, pattern in _CHANGE:
        match = pattern.search(plain)
        if match:
            return language, match.start(), match.end()
    return None
