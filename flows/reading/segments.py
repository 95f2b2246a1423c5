"""A message as the parsers see it: folded text of the same length, words with their places, and what is taken."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flows.reading.respell import respell

LONGEST = 4000
"""Characters of a message that are read; the rest is leftover."""

TAKEN = "\x00"
_SPECIAL = {ord(c): r for r, group in (("'", "’‘`´ʼ"), ('"', "“”«»"), ("-", "–—‐‑−"), (" ", "\x00\t\u00a0\u2007\u202f\u3000\ufeff"), ("\n", "\r\u2028\u2029\x0b\x0c\x85")) for c in group}  # fmt: skip # noqa: E501
_ZEROS = re.compile(r"(?<![\w.@-])\d[\doO]{0,6}[oO][\doO]{0,6}(?![\w@])")
"""Figures with the letter for a zero: "3O2", "9672O"."""
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0x061C, 0x180E, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
"""Characters that nobody sees: they hide words, and mean nothing."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$|\x00)|\n+|(?<=[a-z]{3})\.(?=[a-z$])")
_ABBREVIATION = re.compile(
    r"\b(?:st|ave?|rd|dr|blvd|ln|ct|pl|apt|no|n|s|e|w|hwy|ste|mt|ft|col|urb|cond|bo|edif|cnr|hse|fracc|priv|avda|c"
    r"|num|int|ext|pza|esq|mr|mrs|ms|sr|sra|approx|aprox|aprox|vs|pr|res|carr|sta|sto)$"
)


class _Fold(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", chr(code))
        folded = folded.lower()[:1] if folded else " "
        self[code] = folded
        return folded


_LIKE_LATIN = dict(zip(map(ord, "аеорсухіѕјԁһԛԝαονερτικ"), "aeopcyxisjdhqwaoveptik", strict=True))
"""Letters of other alphabets that look like Latin ones and stand in for them."""
_FOLD = _Fold(_SPECIAL | _LIKE_LATIN)


def fold(text: str) -> str:
    """Lower case without accents, plain quotes and hyphens; every character keeps its place."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits in the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the span it was read from."""

    slot: str
    value: Any
    start: int
    end: int
    confidence: float = 0.9


class Message:
    """The text of one reading; spans that a parser took are blanked in `free` so that each is used once."""

    def __init__(self, text: str) -> None:
        text = _ZEROS.sub(lambda match: match.group().upper().replace("O", "0"), text.translate(_INVISIBLE))
        self.raw = respell(text[:LONGEST], fold(text[:LONGEST]))
        self.beyond = text[LONGEST:]
        self.plain = fold(self.raw)
        self.free = self.plain
        self.found: list[Found] = []
        self.refused = False
        """An answer was given that must be asked for again (a bill mixed with water, eleven months)."""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words of the message, taken or not."""
        return tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(self.plain))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Spans between full stops, question marks and line ends; an abbreviation's stop ends nothing."""
        spans, start = [], 0
        for end in _SENTENCE_END.finditer(self.plain):
            if end.group() == "." and _ABBREVIATION.search(self.plain, max(0, end.start() - 6), end.start()):
                continue
            spans.append((start, end.end()))
            start = end.end()
        if start < len(self.plain):
            spans.append((start, len(self.plain)))
        return tuple(span for span in spans if self.plain[span[0] : span[1]].strip())

    def sentence_at(self, place: int) -> tuple[int, int]:
        """The sentence that holds a place."""
        for start, end in self.sentences:
            if start <= place < end:
                return start, end
        return 0, len(self.plain)

    def take(self, start: int, end: int) -> None:
        """Mark a span as used."""
        self.free = self.free[:start] + TAKEN * (end - start) + self.free[end:]

    def blank(self, start: int, end: int) -> None:
        """Read on as if a span had not been written ("1450 not 1540 elm st")."""
        gap = " " * (end - start)
        self.raw = self.raw[:start] + gap + self.raw[end:]
        self.plain = self.plain[:start] + gap + self.plain[end:]
        self.free = self.free[:start] + gap + self.free[end:]

    def is_free(self, start: int, end: int) -> bool:
        """True when nobody took any part of a span."""
        return TAKEN not in self.free[start:end]

    def add(self, slot: str, value: Any, start: int, end: int, confidence: float = 0.9) -> None:
        """Keep a value and take its span."""
        self.keep(slot, value, start, end, confidence)
        self.take(start, end)

    def keep(self, slot: str, value: Any, start: int, end: int, confidence: float = 0.9) -> None:
        """Keep a value whose span may hold words for others ("200 units of zesa, sometimes 250")."""
        self.found.append(Found(slot, value, start, end, confidence))

    def value(self, slot: str) -> Any:
        """The value found for a slot, None when there is none."""
        return next((found.value for found in self.found if found.slot == slot), None)

    def has(self, slot: str) -> bool:
        """True when a value was found for the slot."""
        return any(found.slot == slot for found in self.found)
