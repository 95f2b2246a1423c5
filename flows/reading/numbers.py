"""Numbers in digits and words, English and Spanish, with their places."""

import re
from dataclasses import dataclass
from itertools import islice

from flows.reading.number_words import GLUE, NUMBER_WORDS, SCALES, ZEROS, is_low, may_be_zero, split_values
from flows.reading.segments import Message, Word

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

_POINT = re.compile(
    r" point (?P<first>zero|oh|one|two|three|four|five|six|seven|eight|nine)(?: (?P<second>zero|oh|one|two|three|four"
    r"|five|six|seven|eight|nine))?\b"
)
_POINTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_HALF_MORE = re.compile(r" (?:and a half|y media?o?)\b(?: (?P<scale>k|hundred|thousand|grand|mil)\b)?")
_HALF_OF = re.compile(r"\b(?:half an? |medio )$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its place. `worded` is True for words; `cents` is the end of cents said after it, 0 without."""

    value: float
    start: int
    end: int
    worded: bool = False
    cents: int = 0

    @property
    def last(self) -> int:
        """The end of all that belongs to it."""
        return max(self.end, self.cents)


def find_numbers(message: Message) -> list[Number]:
    """Numbers in what nobody took, left to right."""
    found = [_read_digits(match) for match in islice(_DIGITS.finditer(message.free), MOST)]
    for split in islice(_SPLIT_K.finditer(message.free), MOST):
        found = [number for number in found if not split.start() <= number.start < split.end()]
        value = 1000 * int(split.group("thousands")) + 100 * int(split.group("hundreds"))
        found.append(Number(value, split.start(), split.end()))
    if any(word.text in NUMBER_WORDS or word.text == "buck" for word in message.words):
        found += _find_worded(message)[:MOST]
    return _join_mixed(message, sorted(found, key=lambda number: number.start))


def _join_mixed(message: Message, numbers: list[Number]) -> list[Number]:
    """ "1 fifty", "3 hundred" and "a hundred and 50" are one number each."""
    joined: list[Number] = []
    for number in numbers:
        whole = _join(message, joined[-1], number) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(number)
    return [_add_fraction(message, number) for number in joined]


def _join(message: Message, last: Number, number: Number) -> Number | None:
    gap = message.free[last.end : number.start]
    if gap not in (" ", " and ", " n ", " y ", "-"):
        return None
    if not last.worded and number.worded:
        scale = SCALES.get(_first_word(message, number), 0)
        if scale and gap == " " and last.value < scale:
            return Number(last.value * scale + number.value - scale, last.start, number.end, True)
        if gap == " " and last.value < 10 and 10 <= number.value < 100:
            return Number(last.value * 100 + number.value, last.start, number.end, True)
    if last.worded and not number.worded and number.value >= 10:
        scale = SCALES.get(message.free[last.start : last.end].split()[-1], 0)
        if number.value < scale:
            return Number(last.value + number.value, last.start, number.end, True)
    return None


def _first_word(message: Message, number: Number) -> str:
    return message.free[number.start : number.end].split()[0]


def _add_fraction(message: Message, number: Number) -> Number:
    """ "Ninety nine point five", "one and a half grand", "half a grand"."""
    words = message.free[number.start : number.end].split()
    scale = SCALES.get(words[-1], 0)
    point, half = _POINT.match(message.free, number.end), _HALF_MORE.match(message.free, number.end)
    if number.worded and point:
        first, second = (_POINTED.index(word) if word in _POINTED else 0 for word in point.groups("zero"))
        return Number(number.value + first / 10 + second / 100, number.start, point.end(), True)
    if half and half.group("scale") and number.value < 100:
        times = SCALES.get(half.group("scale"), 1000)
        return Number((number.value + 0.5) * times, number.start, half.end(), True)
    if half and scale and number.worded:
        return Number(number.value + scale / 2, number.start, half.end(), True)
    before = _HALF_OF.search(message.free, max(0, number.start - 8), number.start)
    if before and number.worded and scale == number.value:
        return Number(number.value / 2, before.start(), number.end, True)
    return number


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
    for run in _list_runs(message):
        words = [word.text for word in run]
        found += [Number(value, run[a].start, run[b - 1].end, True) for value, a, b in split_values(words)]
    return found


def _list_runs(message: Message) -> list[list[Word]]:
    """Words that follow each other and are numbers, or join them."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    for here, after in zip(message.words, (*message.words[1:], None), strict=True):
        free = message.is_free(here.start, here.end)
        near = bool(run) and message.free[run[-1].end : here.start].strip(" -") == ""
        following = after.text if after else ""
        if free and near and (here.text in NUMBER_WORDS or _goes_on(run[-1].text, here.text, following)):
            run.append(here)
        elif free and (here.text in NUMBER_WORDS or (here.text == "buck" and _is_tens(following))):
            run = [here]
            runs.append(run)
        else:
            run = []
    return runs


def _goes_on(before: str, word: str, after: str) -> bool:
    if word in ("o", "oh", "zero", "cero"):
        return may_be_zero(before, after) or (word in ZEROS - {"o"} and before in NUMBER_WORDS)
    return after in NUMBER_WORDS and (word in GLUE - {"n"} or (word == "n" and before in SCALES))


def _is_tens(word: str) -> bool:
    return is_low(word) or (len(word) == 2 and word.isdigit())
