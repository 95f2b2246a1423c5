"""Slips of recognisers: letters in figures, digits in words."""

import re

_REPAIRED = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Q": "0", "Z": "2"})
_FLATS = "SBQZ"  # "16B" is a flat
_FIGURE_LIKE = re.compile(r"[$€R(@-]{0,2}[\dOolI|SBQZ.,/-]{2,}[%¢)]?")
_LETTERED = str.maketrans({"0": "o", "1": "l", "5": "s"})
_DOLLAR = re.compile(r"^S(?=\d+[.,]\d\d$)")
_SEAM = re.compile(
    r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})|(?<=[a-z]{2})(?=\d)|(?<=[,:])(?=[A-Za-z\d]{2}.*[A-Za-z])"
    r"|(?<=\d)(?=(?:to|thru|through|and|kWh|KWH|days|Days|al?|hasta)(?![a-z]{3}))"
)


def split_seams(text: str) -> list[str]:
    """A word where recognisers lost the spaces ("Mar3,2026toMar31"), taken apart."""
    return [part for part in _SEAM.split(text) if part]


def repair_slips(text: str) -> str:
    """Letters inside figures and digits inside words, as recognisers confuse them, put right."""
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    if digits and _FIGURE_LIKE.fullmatch(text):
        text = _DOLLAR.sub("$", text)
        head = 1 if text[0] in "R$€(@-" else 0
        tail = len(text) - (text[-1] in _FLATS and not any(mark in text for mark in ".,$€"))
        return text[:head] + text[head:tail].translate(_REPAIRED) + text[tail:]
    if letters >= 3 and digits == 1 and text[0].isalpha() and text.strip(":.,").isalnum():
        return text.translate(_LETTERED)
    return text
