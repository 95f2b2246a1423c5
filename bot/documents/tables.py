"""CSV files of utilities' customer pages: bills, days or hours of electricity in whatever columns."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.documents.consumption import Billed, Consumption, conclude_bill
from bot.documents.limits import Limits
from bot.documents.problems import BadFile
from bot.documents.table_cells import find_day_style, fold_head, read_amount, read_day
from flows.reading.bills.types import Bill

DELIMITERS = ",;\t|"
FIRST_ROWS = 40  # within which a head stands
START = ("start date", "bill start", "billing period start", "period start", "from", "fecha inicio", "desde")
END = ("end date", "bill end", "billing period end", "period end", "to", "read date", "meter read date", "bill date",
       "fecha fin", "hasta")  # fmt: skip
DAY = ("date", "usage date", "reading date", "day", "fecha", "interval start", "start", "datetime", "timestamp")
DAYS = ("days", "billing days", "number of days", "dias")
UNITS = ("units", "unit", "uom")
TYPE = ("type", "commodity", "service", "fuel")
COST = ("cost", "amount", "charges", "charge", "electric charges", "importe", "total cost", "bill amount")
USED = ("usage", "consumption", "consumo", "kwh", "electric usage", "electricity usage", "net usage", "value")
HOUR = ("hora", "hour", "start time", "time")
OTHER_SERVICES = ("gas", "water", "therm", "ccf", "agua")
WHOLE_BILL = 20  # days from which on a row is a bill


@dataclass(frozen=True, slots=True)
class Columns:
    """Places in a row; None where the file has none."""

    used: int
    start: int | None
    end: int | None
    day: int | None
    days: int | None
    units: int | None
    kind: int | None
    cost: int | None
    hour: int | None
    in_kwh: float


def read_table(text: str, limits: Limits) -> Bill:
    """BadFile: unreadable, too_large, gas_only, not_a_bill."""
    rows = split_rows(text, limits)
    found = Consumption()
    columns: Columns | None = None
    body: list[list[str]] = []
    for row in rows:
        if head := read_head(row):
            if columns is not None:
                add_rows(found, columns, body)
            columns, body = head, []
        elif columns is None:
            read_preface(found, row)
        elif is_other_head(row):
            add_rows(found, columns, body)
            columns, body, found.has_gas = None, [], True
        else:
            body.append(row)
    if columns is not None:
        add_rows(found, columns, body)
    return conclude_bill(found)


def split_rows(text: str, limits: Limits) -> list[list[str]]:
    head = text[:4000]
    delimiter = max(DELIMITERS, key=lambda mark: _weigh_delimiter(head, mark))
    csv.field_size_limit(10_000)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter):
            rows.append([cell.strip() for cell in row[:100]])
            if len(rows) > limits.readings:
                raise BadFile("too_large")
    except csv.Error as error:
        raise BadFile("unreadable") from error
    return rows


def _weigh_delimiter(head: str, mark: str) -> tuple[int, int]:
    """Lines that hold it, then how often; a comma may be a decimal, so it counts only where no other divides."""
    lines = [line for line in head.splitlines() if line.strip()]
    return sum(mark in line for line in lines) - (mark == ","), head.count(mark)


def read_head(row: Sequence[str]) -> Columns | None:
    """None for what is no head of a table of electricity."""
    names = [fold_head(cell) for cell in row]
    if len(names) < 2 or any(cell[:1].isdigit() for cell in row):
        return None
    used = next((place for place, name in enumerate(names) if _tells_use(name)), None)
    if used is None:
        return None
    start, end, day = (_find(names, wanted) for wanted in (START, END, DAY))
    if start is None and end is None and day is None:
        return None
    in_kwh = 0.001 if " wh" in f" {names[used]}" and "kwh" not in names[used] else 1.0
    places = (_find(names, wanted) for wanted in (DAYS, UNITS, TYPE, COST, HOUR))
    days, units, kind, cost, hour = places
    return Columns(used, start, end, day, days, units, kind, cost, hour, in_kwh)


def _tells_use(name: str) -> bool:
    if any(word in name for word in OTHER_SERVICES) or "cost" in name:
        return False
    bare = name.replace("kwh", "").replace(" wh", "").strip()
    return bare in USED or (bare == "" and "wh" in name) or (bare.split(" ")[0] in USED and "kwh" in name)


def _find(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    bare = [name.replace("$", "").replace("usd", "").strip() for name in names]
    return next((bare.index(name) for name in wanted if name in bare), None)


def is_other_head(row: Sequence[str]) -> bool:
    """Of gas or water, below the electricity."""
    names = [fold_head(cell) for cell in row]
    heads = any("date" in name or name in DAY for name in names)
    return heads and any(word in name for name in names for word in OTHER_SERVICES)


def read_preface(found: Consumption, row: Sequence[str]) -> None:
    """Lines above the table: a label and its value."""
    if len(row) < 2:
        return
    label, value = fold_head(row[0]), ", ".join(cell for cell in row[1:] if cell)
    if "account" in label and any(sign.isdigit() for sign in value):
        found.account = value
    elif "address" in label and value:
        found.address = value


def add_rows(found: Consumption, columns: Columns, rows: Sequence[Sequence[str]]) -> None:
    places = [place for place in (columns.start, columns.end, columns.day) if place is not None]
    style = find_day_style([_cell(row, place) for row in rows for place in places])
    for row in rows:
        if len(row) <= columns.used:
            continue
        if _is_other_service(row, columns):
            found.has_gas = True
            continue
        kwh = read_amount(row[columns.used])
        days = [read_day(_cell(row, place), style) for place in (columns.start, columns.end, columns.day)]
        if kwh is not None and any(days):
            add_row(found, columns, row, kwh * columns.in_kwh, days)


def add_row(found: Consumption, columns: Columns, row: Sequence[str], kwh: float, days: Sequence[date | None]) -> None:
    start, end, day = days
    cost = read_amount(_cell(row, columns.cost))
    if cost is not None:
        found.currency = "EUR" if "€" in _cell(row, columns.cost) else "USD"
    length = read_amount(_cell(row, columns.days))
    if end is not None and start is None and length:
        start = end - timedelta(days=min(400, max(1, int(length))) - 1)
    if start is not None and end is not None and (end - start).days >= WHOLE_BILL:
        found.bills.append(Billed(start, end, round(kwh, 3), cost))
        return
    here = day or start or end
    if here is None:
        return
    found.days[here] += kwh
    found.seconds[here] = 86_400.0
    if cost is not None:
        found.costs[here] += cost


def _is_other_service(row: Sequence[str], columns: Columns) -> bool:
    told = f"{_cell(row, columns.kind)} {_cell(row, columns.units)}".casefold()
    return any(word in told for word in OTHER_SERVICES)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""
