"""Numbers in digits and words, English and Spanish, with their places."""

import re
from dataclasses import dataclass
from itertools import islice

from flows.reading.segments import Message, Word

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
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
_SCALES = {"hundred": 100, "hundo": 100, "honderd": 100, "thousand": 1000, "grand": 1000, "mil": 1000, "duisend": 1000}
_VALUES = _UNITS | _TENS | _HUNDREDS
_NUMBER_WORDS = frozenset(_VALUES) | frozenset(_SCALES)
_DIGITS = re.compile(
    r"(?:(?<![\w.,])|(?<=\br)|(?<=\bzig)|(?<=\busd))"
    r"(?:(?P<grouped>\d{1,3}(?:([,.'])\d{3})(?:\2\d{3})*(?:(?!\2)[.,]\d{1,2})?)(?![\d])(?![.,]\d)"
    r"|(?P<spaced>\d{1,2}(?: \d{3})+(?:[.,]\d{1,2})?)(?!\d)(?! ?\d{3}\b)"
    r"|(?P<plain>\d{1,9}(?:[.,]\d{1,2})?))(?P<k> ?k\b(?! ?w)|k(?=[^\w]|$))?"
)
MOST = 40
"""Numbers of a message that are looked at; nobody answers with more."""

_SPLIT_K = re.compile(r"(?<![\w.,])(?P<thousands>\d{1,2})k(?P<hundreds>\d)(?![\w.,]\d|\w)")
""" "1k5" is 1500."""

_GLUE = frozenset({"and", "y", "en"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its place. `worded` is True for words."""

    value: float
    start: int
    end: int
    worded: bool = False


def find_numbers(message: Message) -> list[Number]:
    """Numbers in what nobody took, left to right."""
    found = [_read_digits(match) for match in islice(_DIGITS.finditer(message.free), MOST)]
    for split in islice(_SPLIT_K.finditer(message.free), MOST):
        found = [number for number in found if not split.start() <= number.start < split.end()]
        value = 1000 * int(split.group("thousands")) + 100 * int(split.group("hundreds"))
        found.append(Number(value, split.start(), split.end()))
    if any(word.text in _NUMBER_WORDS for word in message.words):
        found += _find_worded(message)[:MOST]
    return _join_mixed(message, sorted(found, key=lambda number: number.start))


def _join_mixed(message: Message, numbers: list[Number]) -> list[Number]:
    """ "1 fifty" is one number, 150."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if (
            last
            and not last.worded
            and last.value < 10
            and number.worded
            and 10 <= number.value < 100
            and message.free[last.end : number.start] == " "
        ):
            joined[-1] = Number(last.value * 100 + number.value, last.start, number.end, True)
        else:
            joined.append(number)
    return joined


def read_figure(text: str) -> float:
    """A figure such as "1,240", "1.240,50", "2 400" or "85,5"; ValueError when it is none."""
    text = text.strip().replace(" ", "").replace("'", "")
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return float(text)
    if len(text) - last - 1 == 3 and text.count(text[last]) >= 1 and text[:last].strip(".,"):
        return float(text.replace(",", "").replace(".", ""))
    return float(text[:last].replace(",", "").replace(".", "") + "." + text[last + 1 :])


def _read_digits(match: re.Match[str]) -> Number:
    figure = match.group("grouped") or match.group("spaced") or match.group("plain")
    value = read_figure(figure)
    if match.group("k"):
        small = match.group("plain") or match.group("grouped")
        value = (float(small.replace(",", ".")) if small and small.count(".") + small.count(",") == 1 else value) * 1000
    return Number(value, match.start(), match.end())


def _find_worded(message: Message) -> list[Number]:
    found: list[Number] = []
    run: list[Word] = []
    for word in (*message.words, None):
        if (
            word
            and message.is_free(word.start, word.end)
            and (
                word.text in _NUMBER_WORDS
                or (run and (word.text in _GLUE or (word.text == "n" and run[-1].text in _SCALES)))
            )
        ):
            gap = message.free[run[-1].end : word.start] if run else " "
            if gap.strip(" -") == "":
                run.append(word)
                continue
        while run and run[-1].text in _GLUE:
            run.pop()
        if run and (value := _value_of([item.text for item in run])):
            found.append(Number(value, run[0].start, run[-1].end, True))
        run = [word] if word and word.text in _NUMBER_WORDS and message.is_free(word.start, word.end) else []
    return found


def _value_of(words: list[str]) -> float:
    """ "two fifty" is 250 and "one eighty five" 185, as people say amounts."""
    total, current = 0, 0
    for word in words:
        if word in _GLUE or word == "n":
            continue
        if word in _SCALES:
            scale = _SCALES[word]
            if scale == 1000:
                total, current = total + (current or 1) * 1000, 0
            else:
                current = (current or 1) * scale
            continue
        value = _VALUES[word]
        if (0 < current < 10 and 10 <= value < 100) or (10 <= current < 100 and (10 <= value < 100)):
            current = current * 100 + value
        else:
            current += value
    return float(total + current)
