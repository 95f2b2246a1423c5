"""Twelve months of usage in any layout: labelled, reversed, with gaps, in rows or columns."""

import re
from itertools import islice, pairwise

from flows.reading.numbers import read_figure
from flows.reading.segments import Message
from flows.reading.spelling import is_one_edit

_NAMES = (
    "jan|january|enero|ene|januarie|ndira", "feb|february|febrero|februarie|kukadzi", "mar|march|marzo|maart|mrt",
    "apr|april|abril|abr", "may|mayo|mei", "jun|june|junio|junie|chikumi", "jul|july|julio|julie|chikunguru",
    "aug|august|agosto|ago|augustus", "sep|sept|september|septiembre|setiembre", "oct|october|octubre|okt|oktober",
    "nov|november|noviembre", "dec|december|diciembre|dic|des|desember|zvita",
)  # fmt: skip
_MONTH = {name: index for index, names in enumerate(_NAMES) for name in names.split("|")}
_LONG = tuple(name for name in _MONTH if len(name) > 3)
_MONTH_WORD = re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(_MONTH, key=len, reverse=True))})(?![a-z])")
_WORD_BEFORE_FIGURE = re.compile(r"(?<![a-z])(?P<word>[a-z]{3,12})(?=[ :=-]{1,3}\d)")
_FIGURE = r"\d{1,3}(?:[, .]\d{3})+(?!\d)|\d{1,6}(?:\.\d{1,2})?(?!\d)"
_TOKEN = re.compile(
    rf"(?<![a-z])(?P<month>{'|'.join(sorted(_MONTH, key=len, reverse=True))})(?![a-z])"
    rf"|(?P<year>(?:'\d\d|(?<![\d.,])20[1-4]\d)(?![\d,.]?\d))"
    rf"|(?P<money>us\$|[$€]|\br(?=\d))|(?P<to>\s*(?:-|\bto\b|\bthru\b|\bthrough\b|\ba\b|\btot\b)\s*)"
    rf"|(?<![\w.])(?P<number>{_FIGURE})(?P<k>k(?!\w))?"
)
_RUN = re.compile(
    r"(?<![\w.$])(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d{1,2})?"
    r"(?:(?: ?kwh)?[ \t]*(?:[,;/|\n-]|\band\b|\by\b|[ \t])[ \t\n]*"
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d{1,2})?(?!\w)){7,40}"
)
_PLAIN_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_GROUPED_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NUMBERED = re.compile(r"^[ \t]*(\d{1,2})[.):][ \t]*(\d[\d,.]*)(?: ?kwh)?[ \t,;]*$", re.MULTILINE)
_REST = re.compile(
    r"\b(?:rest|others?|resto|demas|dont have|don't have|no tengo|missing|only have|that's all i have)\b"
)
Row = list[float | None]


def read_months(message: Message, asked: str | None) -> None:
    """Set `monthly_kwh` (and `annual_kwh` when complete), or `monthly_bill` when the months hold money."""
    if sum(c.isdigit() for c in message.plain) < 3:
        return
    _read_labelled(message, asked) or _read_numbered(message) or _read_run(message, asked)


def _read_labelled(message: Message, asked: str | None) -> bool:
    tokens = list(_TOKEN.finditer(_spell_months(message.free)))
    months = [token for token in tokens if token.lastgroup == "month"]
    if not months or _spans_a_year(message, months):
        return False
    row, used, money = _pair(message, tokens)
    count = sum(value is not None for value in row)
    about_usage = "kwh" in message.plain or asked in ("monthly_kwh", "annual_kwh", "monthly_bill", None)
    needed = 1 if _REST.search(message.plain) and asked == "monthly_kwh" else (2 if about_usage else 3)
    if count < needed:
        return False
    start, end = used[0].start(), used[-1].end()
    if money * 2 > count or (asked == "monthly_bill" and "kwh" not in message.plain):
        values = [value for value in row if value is not None]
        message.add("monthly_bill", round(sum(values) / len(values), 2), start, end, 0.85)
        return True
    _add(message, row, start, end)
    return True


def _spell_months(text: str) -> str:
    """The text with misspelt months put right, where most months are there; every character keeps its place."""
    if sum(1 for _ in islice(_MONTH_WORD.finditer(text), 12)) < 6:
        return text
    return _WORD_BEFORE_FIGURE.sub(_spell_month, text)


def _spell_month(match: re.Match[str]) -> str:
    word = match.group("word")
    if word in _MONTH or not (near := next((name for name in _LONG if is_one_edit(word, name)), None)):
        return match.group()
    short = next(name for name in sorted(_MONTH, key=len) if _MONTH[name] == _MONTH[near])
    return short.ljust(len(word)) + match.group()[len(word) :]


def _spans_a_year(message: Message, months: list[re.Match[str]]) -> bool:
    """ "from January to December: …": the months only say where the twelve figures begin and end."""
    return len(months) == 2 and _RUN.search(message.free, months[1].end()) is not None


def _pair(message: Message, tokens: list[re.Match[str]]) -> tuple[Row, list[re.Match[str]], int]:
    kinds = [token for token in tokens if token.lastgroup not in ("year", "money")]
    money = sum(1 for token in tokens if token.group("money"))
    behind = sum(_is_close(message, left, right, "month") for left, right in pairwise(kinds))
    ahead = sum(_is_close(message, left, right, "number") for left, right in pairwise(kinds))
    row, used = _pair_after(kinds) if behind >= ahead else _pair_before(kinds)
    return row, used, money


def _is_close(message: Message, left: re.Match[str], right: re.Match[str], kind: str) -> bool:
    """True for a month and its figure, the one of `kind` first, with next to nothing between them."""
    between = message.free[left.end() : right.start()]
    other = "number" if kind == "month" else "month"
    return (
        left.lastgroup == kind and right.lastgroup == other and len(between.strip(" :=-")) <= 3 and "," not in between
    )


def _pair_after(tokens: list[re.Match[str]]) -> tuple[Row, list[re.Match[str]]]:
    """ "jan 820, feb-apr 760": figures after their months, one figure for a stretch of months."""
    row: Row = [None] * 12
    used: list[re.Match[str]] = []
    waiting: list[int] = []
    joined = False
    for token in tokens:
        if token.group("month"):
            waiting = _extend(waiting, _MONTH[token.group("month")], joined)
            joined = False
            used.append(token)
        elif token.group("to"):
            joined = bool(used) and used[-1].end() == token.start()
        elif waiting:
            for month in waiting:
                row[month] = _figure(token)
            waiting = []
            used.append(token)
    return row, used


def _extend(waiting: list[int], month: int, joined: bool) -> list[int]:
    if joined and waiting and month > waiting[-1]:
        return [*waiting, *range(waiting[-1] + 1, month + 1)]
    return [month]


def _pair_before(tokens: list[re.Match[str]]) -> tuple[Row, list[re.Match[str]]]:
    """ "820 in jan": figures before their months."""
    row: Row = [None] * 12
    used: list[re.Match[str]] = []
    last: re.Match[str] | None = None
    for token in tokens:
        if token.group("number"):
            last = token
        elif token.group("month") and last is not None:
            row[_MONTH[token.group("month")]] = _figure(last)
            used += [last, token]
            last = None
    return row, used


def _figure(token: re.Match[str]) -> float:
    value = read_figure(token.group("number"))
    return value * 1000 if token.group("k") else value


def _read_numbered(message: Message) -> bool:
    rows = list(_NUMBERED.finditer(message.free))
    if [int(row.group(1)) for row in rows] != list(range(1, 13)):
        return False
    _add(message, [read_figure(row.group(2).strip(".,")) for row in rows], rows[0].start(), rows[-1].end())
    return True


def _read_run(message: Message, asked: str | None) -> bool:
    run = _RUN.search(message.free)
    if run is None:
        return False
    spans = [[float(x) for x in _PLAIN_FIGURE.findall(run.group())]]
    spans.append([float(x.replace(",", "")) for x in _GROUPED_FIGURE.findall(run.group())])
    row = next((values for values in reversed(spans) if len(values) == 12), None)
    if row is None:
        message.take(run.start(), run.end())
        message.refused = True
        return True
    if asked == "monthly_bill" and "kwh" not in message.plain:
        message.add("monthly_bill", round(sum(row) / 12, 2), run.start(), run.end(), 0.8)
    else:
        _add(message, list(row), run.start(), run.end())
    return True


def _add(message: Message, row: Row, start: int, end: int) -> None:
    whole: list[float | int | None] = [int(v) if v is not None and v == int(v) else v for v in row]
    message.add("monthly_kwh", whole, start, end, 0.95)
    if None not in whole:
        total = sum(value for value in whole if value is not None)
        message.add("annual_kwh", round(total, 2), start, end, 0.95)
