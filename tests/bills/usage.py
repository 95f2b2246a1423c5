"""What a synthetic bill is about: the period, the consumption of thirteen months and how numbers are printed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December")  # fmt: skip
SPANISH = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
LONG_SPANISH = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                "noviembre", "diciembre")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Usage:
    """`history` are thirteen (month 1..12, kWh) pairs, oldest first; the last is this bill's own month."""

    start: date
    end: date
    kwh: int
    history: tuple[tuple[int, int], ...]
    estimated: bool
    issued: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def due(self) -> date:
        return self.issued + timedelta(days=21)

    def list_months(self) -> list[float | None]:
        """The last twelve, as `tools.read_bill` gives them."""
        return [float(kwh) for _, kwh in self.history[-12:]]


def draw_usage(chance: Random, typical: tuple[int, int], negative: float = 0.0, estimated: float = 0.12) -> Usage:
    """A month's use between `typical` kWh; `negative` and `estimated` are shares of bills."""
    start = date(2025, 1, 3) + timedelta(days=chance.randint(0, 600))
    end = start + timedelta(days=chance.randint(28, 33))
    kwh = chance.randint(*typical)
    if chance.random() < negative:
        kwh = -chance.randint(12, 480)
    months = [(end.month - back - 1) % 12 + 1 for back in range(12, 0, -1)]
    middle = sum(typical) / 2
    earlier = [(month, round(middle * chance.uniform(0.45, 1.6))) for month in months]
    issued = end + timedelta(days=chance.randint(1, 5))
    return Usage(start, end, kwh, (*earlier, (end.month, kwh)), chance.random() < estimated, issued)


def split_total(chance: Random, total: int, parts: int) -> list[int]:
    """Whole numbers that add up to `total`, all of its sign."""
    weights = [chance.uniform(0.5, 1.5) for _ in range(parts)]
    shares = [int(total * weight / sum(weights)) for weight in weights]
    shares[-1] += total - sum(shares)
    return shares


def write_money(value: float, mark: str = "$") -> str:
    sign = "-" if value < 0 else ""
    return f"{sign}{mark}{abs(value):,.2f}"


def write_spanish(value: float, places: int = 2) -> str:
    """1.234,56"""
    return f"{value:,.{places}f}".translate(str.maketrans({",": ".", ".": ","}))


def write_day(day: date, style: str) -> str:
    """Styles: us 11/04/2025, short 11/04/25, words Nov 4, 2025, bare Nov 04, iso, eu 04/11/2025, long, za 04 November
    2025, es 04 de noviembre de 2025."""
    month = day.month - 1
    styles = {
        "us": f"{day:%m/%d/%Y}",
        "short": f"{day:%m/%d/%y}",
        "words": f"{ENGLISH[month]} {day.day}, {day.year}",
        "bare": f"{ENGLISH[month]} {day.day:02d}",
        "iso": day.isoformat(),
        "slashed": f"{day:%Y/%m/%d}",
        "eu": f"{day:%d/%m/%Y}",
        "dashed": f"{day:%d-%m-%Y}",
        "long": f"{LONG[month]} {day.day}, {day.year}",
        "za": f"{day.day:02d} {LONG[month]} {day.year}",
        "es": f"{day.day:02d} de {LONG_SPANISH[month]} de {day.year}",
    }
    return styles[style]
