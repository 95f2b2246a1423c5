"""Which language a message is in, cheaply, and wishes to change it."""

import re

from flows.reading.segments import fold
from flows.tongues import tongues

LONGEST = 400
ENOUGH = 2
SIGNS = 3
"""What a letter that only one language has counts for."""

_WORD = re.compile(r"[^\W\d_']+(?:'[^\W\d_']+)?")


def detect_language(text: str) -> str | None:
    """A language's code, or None when the words do not tell; for a contact's first messages."""
    return weigh_language(text)[0]


def weigh_language(text: str) -> tuple[str | None, int]:
    """The language that the words are in, and by how much more than in any other: a word that is usual in it counts 1,
    one of no other language 2. (None, 0) when they do not tell."""
    words = _WORD.findall(fold(text[:LONGEST].replace("’", "'")))
    signs = text[:LONGEST].lower()
    counts = {
        code: sum((word in tongue.words) + (word in tongue.sure) for word in words)
        + SIGNS * any(sign in signs for sign in tongue.signs)
        for code, tongue in tongues().items()
    }
    (best, most), *others = sorted(counts.items(), key=lambda each: -each[1])
    lead = most - max((count for _, count in others), default=0)
    return (best, lead) if most >= ENOUGH and lead > 0 else (None, 0)


def find_language_wish(plain: str) -> tuple[str, int, int] | None:
    """The language asked for and the span that asks; None when none is."""
    found = [(match.start(), code, match) for code, each in tongues().items() if (match := each.wish.search(plain))]
    if not found:
        return None
    _, code, match = min(found, key=lambda each: each[0])
    return code, match.start(), match.end()
