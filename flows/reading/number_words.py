"""Number words, English and Spanish, as people say amounts: "two fifty", "one oh five", "mil doscientos"."""

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_UNITS = _ONES | {
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
    "dieciocho": 18, "diecinueve": 19, "veintiuno": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24,
    "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "couple": 2, "twee": 2, "drie": 3, "vier": 4, "vyf": 5,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90,
}  # fmt: skip
_HUNDREDS = {
    "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
    "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600,
    "seiscientas": 600, "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800,
    "novecientos": 900, "novecientas": 900,
}  # fmt: skip
SCALES = {
    "hundred": 100, "hundo": 100, "hundy": 100, "honderd": 100, "buck": 100, "thousand": 1000, "grand": 1000,
    "mil": 1000, "duisend": 1000,
}  # fmt: skip
"""Words that multiply; "a buck fifty" is 150."""
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_HUNDREDS) | frozenset(SCALES) - {"buck"}
GLUE = frozenset({"and", "y", "en", "n"})
ZEROS = frozenset({"o", "oh", "zero", "cero"})
Read = tuple[float, int]
"""A value and the place of the first word after it; 0 where no number begins."""


def split_values(words: list[str]) -> list[tuple[float, int, int]]:
    """Numbers of a run of words, each with the places of its first word and of the word after its last.

    "one hundred and fifty" is one number, "one hundred and two hundred" and "fifty and sixty" are two.
    """
    spelled = _spell_digits(words)
    if spelled is not None:
        return [(spelled, 0, len(words))]
    found, place = [], 0
    while place < len(words):
        value, end = _read_thousands(words, place)
        if value:
            found.append((value, place, end))
        place = end if value else place + 1
    return found


def is_low(word: str) -> bool:
    """True for a word from ten to ninety, as it follows "a buck" or "one"."""
    return _TENS.get(word, _UNITS.get(word, 0)) >= 10


def may_be_zero(before: str, after: str) -> bool:
    """Whether "o" between two words is a nought: "one o five"; "dos o tres" is a choice."""
    return before in _ONES and _ONES.get(after, 10) < 10


def _spell_digits(words: list[str]) -> float | None:
    """ "one five zero" is 150."""
    digits = [0 if word in ZEROS else _UNITS.get(word, 10) for word in words]
    if len(digits) < 3 or max(digits) > 9 or words[0] in ZEROS:
        return None
    return float("".join(map(str, digits)))


def _read_thousands(words: list[str], place: int) -> Read:
    value, end = _read_hundreds(words, place)
    if _scale(words, end) != 1000:
        return value, end
    value, end = (value or 1) * 1000, end + 1
    rest, after = _read_hundreds(words, _skip_glue(words, end))
    if rest and rest < 1000 and _scale(words, after) != 1000:
        return value + rest, after
    return value, end


def _read_hundreds(words: list[str], place: int) -> Read:
    if place < len(words) and words[place] in _HUNDREDS:
        return _add_small(words, float(_HUNDREDS[words[place]]), place + 1)
    value, end = _read_small(words, place)
    if _scale(words, end) == 100:
        return _add_small(words, (value or 1) * 100, end + 1)
    if not value:
        return 0, place
    if end < len(words) - 1 and words[end] in ZEROS and 0 < _UNITS.get(words[end + 1], 10) < 10:
        return value * 100 + _UNITS[words[end + 1]], end + 2
    rest, after = _read_small(words, end)
    if rest >= 10 and _scale(words, after) != 100 and not _are_neighbours(value, rest):
        return value * 100 + rest, after
    return value, end


def _add_small(words: list[str], value: float, end: int) -> Read:
    """What follows a hundred belongs to it where it is less: not the second of "a hundred and two hundred"."""
    begin = _skip_glue(words, end)
    rest, after = _read_small(words, begin)
    if rest and _read_thousands(words, begin)[0] == rest:
        return value + rest, after
    return value, end


def _are_neighbours(low: float, high: float) -> bool:
    """ "Fifty sixty" and "cincuenta sesenta" are a range."""
    return low >= 20 and low % 10 == 0 and high - low == 10


def _read_small(words: list[str], place: int) -> Read:
    word = words[place] if place < len(words) else ""
    if word not in _TENS:
        return _UNITS.get(word, 0), place + (word in _UNITS)
    after = place + 1
    glued = after < len(words) and words[after] == "y"
    unit = _UNITS.get(words[after + glued], 10) if after + glued < len(words) else 10
    return (_TENS[word] + unit, after + glued + 1) if unit < 10 else (_TENS[word], after)


def _scale(words: list[str], place: int) -> int:
    return SCALES.get(words[place], 0) if place < len(words) else 0


def _skip_glue(words: list[str], place: int) -> int:
    return place + (place < len(words) and words[place] in GLUE)
