"""What a download of a utility's customer page is about: days of use and bills."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.bills.invent import Household, invent_digits, invent_household

ZONES = {"con_edison": "America/New_York", "pseg": "America/New_York", "pge": "America/Los_Angeles"}
ZONES |= {"withheld": "America/New_York"}
NAMES = {"con_edison": "Con Edison", "pseg": "PSE&G", "pge": "PG&E", "xcel": "Xcel Energy"}
NAMES |= {"withheld": "Florida Power & Light"}
PLACES = ("Yonkers, NY 10701", "Trenton, NJ 08618", "Fresno, CA 93704", "Boulder, CO 80302")


@dataclass(frozen=True, slots=True)
class Download:
    """Daily Wh of whole days from the first on; bills as (start, days, Wh, cents), oldest first."""

    home: Household
    account: str
    first: date
    days: tuple[int, ...]
    bills: tuple[tuple[date, int, int, int], ...]
    zone: str
    utility: str

    def sum_month(self, year: int, month: int) -> int:
        found = [wh for place, wh in enumerate(self.days) if self._is_in(place, year, month)]
        return sum(found)

    def _is_in(self, place: int, year: int, month: int) -> bool:
        day = self.first + timedelta(days=place)
        return (day.year, day.month) == (year, month)

    def list_months(self) -> list[tuple[int, int]]:
        """The twelve whole calendar months before the last, broken one."""
        last = self.first + timedelta(days=len(self.days))
        return [
            ((last.year * 12 + last.month - 1 - back) // 12, (last.month - 1 - back) % 12 + 1)
            for back in range(12, 0, -1)
        ]


def draw_download(chance: Random, layout: str) -> Download:
    """400 days; thirteen bills that end with the last days but five."""
    home = invent_household(chance, PLACES)
    first = date(2025, 1, 1) + timedelta(days=chance.randint(0, 250))
    typical = chance.uniform(8000, 45000)
    days = tuple(round(typical * chance.uniform(0.4, 1.6)) for _ in range(400))
    bills, start = [], 2
    price = chance.uniform(14, 38)
    while start + 33 < len(days) - 4 and len(bills) < 13:
        length = chance.randint(28, 31)
        used = sum(days[start : start + length])
        bills.append((first + timedelta(days=start), length, used, round(used / 1000 * price) + 1795))
        start += length
    zone = ZONES.get(layout, "America/Denver")
    return Download(home, invent_digits(chance, 10), first, days, tuple(bills), zone, NAMES.get(layout, ""))


def tell_download(download: Download, billed: bool, named: bool) -> dict[str, object]:
    months = download.list_months()
    start, length, wh, cents = download.bills[-1]
    kwh: list[float | None] = [round(bill[2] / 1000, 3) for bill in download.bills[-12:]]
    amount: float | None = cents / 100
    end = start + timedelta(days=length - 1)
    if not billed:
        kwh = [round(download.sum_month(*month) / 1000, 3) for month in months]
        year, month = months[-1]
        start, end = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        wh, amount = download.sum_month(year, month), None
    return {
        "utility": download.utility if named else None,
        "account": None,
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "kwh": round(wh / 1000, 3),
        "amount": amount,
        "currency": "USD" if amount is not None else None,
        "service_address": download.home.address,
        "monthly_kwh": kwh,
        "problems": [] if amount is not None else ["no_amount"],
    }
