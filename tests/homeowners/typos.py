"""Slips of the fingers on a phone, and how people write when they are in a hurry."""

import random
import re
import unicodedata

NEAR = {
    "a": "s", "e": "r", "i": "o", "o": "p", "t": "y", "n": "m", "r": "t", "s": "d", "l": "k", "u": "i", "c": "v",
    "h": "j", "m": "n", "d": "f", "y": "u", "p": "o",
}  # fmt: skip
FEW_WORDS = 3
"""Of a word or two nobody can tell what a slip was meant to be."""

_WORD = re.compile(r"\{\w+\}|[^\W\d_]{4,}")


def mistype(template: str, rng: random.Random) -> str:
    """One slip in one word of four letters or more; {placeholders} stay as they are."""
    words = [match for match in _WORD.finditer(template) if not match.group().startswith("{")]
    if not words or len(template.split()) < FEW_WORDS:
        return template
    word = rng.choice(words)
    return template[: word.start()] + _slip(word.group(), rng) + template[word.end() :]


def _slip(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    match rng.randrange(4):
        case 0:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case 2:
            return word[:place] + word[place] + word[place:]
        case _:
            return word[:place] + NEAR.get(word[place], word[place]) + word[place + 1 :]


def hurry(text: str) -> str:
    """No capitals, no accents, no signs that open a question."""
    plain = unicodedata.normalize("NFD", text.lower())
    kept = "".join(c for c in plain if unicodedata.category(c) != "Mn" or c == "\u0303")
    return unicodedata.normalize("NFC", kept).replace("¿", "").replace("¡", "")
