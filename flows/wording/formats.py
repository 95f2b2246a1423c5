"""Numbers, money, days and lists as people of a market and a language write them."""

from dataclasses import dataclass
from datetime import date, datetime

from flows.markets import market_of
from flows.tongues import tongues

_BEFORE = {"USD": "$", "ZAR": "R ", "MXN": "$", "ZWG": "ZiG "}
_AFTER = {"EUR": " €"}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is spoken to: language, market and the currency of their bill."""

    language: str
    market: str
    currency: str


def show_number(number: int | float, voice: Voice) -> str:
    """Digits grouped as in the market; decimals only where there are any, two at most."""
    text = f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"
    return _localise(text, voice)


def _localise(text: str, voice: Voice) -> str:
    market = market_of(voice.market)
    return text.replace(",", "\0").replace(".", market.decimal).replace("\0", market.thousands)


def show_money(amount: int | float, voice: Voice) -> str:
    """$1,234; in Zimbabwe US$1,234; in South Africa R 1 234; in Spain 1.234 €."""
    digits = show_number(amount, voice)
    currency = voice.currency
    if currency == "USD" and voice.market != "US":
        return f"US${digits}"
    if currency in _AFTER:
        return f"{digits}{_AFTER[currency]}"
    return f"{_BEFORE.get(currency, currency + ' ')}{digits}"


def show_cents(cents: int | float, currency: str, voice: Voice) -> str:
    """Money that a vendor gives in cents; its own currency where it names one."""
    amount = cents / 100
    return show_money(amount, Voice(voice.language, voice.market, currency or voice.currency))


def show_kw(kilowatts: float, voice: Voice) -> str:
    """A system's size with one decimal: 6.2 kW, in Spain 6,2 kW."""
    return f"{_localise(f'{kilowatts:,.1f}', voice)} kW"


def show_kwh(kilowatt_hours: float, voice: Voice) -> str:
    return f"{_localise(f'{kilowatt_hours:,.0f}', voice)} kWh"


def show_day(day: date, voice: Voice, today: date) -> str:
    """Tuesday, December 1 in the United States; Tuesday, 1 December elsewhere; martes, 1 de diciembre. The year is
    named where it is not this one."""
    return _show_form("day" if day.year == today.year else "day_of_year", day, voice)


def show_date(day: date, voice: Voice) -> str:
    """A day with its year and without its weekday: December 31, 2025; 31 December 2025; 31 de diciembre de 2025."""
    return _show_form("date", day, voice)


def show_span(start: date, end: date, voice: Voice, today: date) -> str:
    """A period: Jun 3 – Jul 2 in the United States, 3 Jun – 2 Jul elsewhere, 3 jun al 2 jul; the year of its end where
    it is not this one."""
    form = tongues()[voice.language].form_of("span" if end.year == today.year else "span_of_year", voice.market)
    first, last = (_show_form("short_day", day, voice) for day in (start, end))
    return form.format(start=first, end=last, year=end.year)


def show_month(day: date, voice: Voice) -> str:
    """June 2025; junio de 2025."""
    return _show_form("month", day, voice)


def show_moment(at: datetime, voice: Voice) -> str:
    """A local time: Nov 21, 10:32 AM in the United States; 21 Nov, 10:32 elsewhere; 21 nov, 10:32."""
    half = "AM" if at.hour < 12 else "PM"
    return _show_form("moment", at, voice, hour=at.hour, hour12=at.hour % 12 or 12, minute=at.minute, half=half)


def _show_form(name: str, day: date, voice: Voice, **more: int | str) -> str:
    """A form of the language's own, filled in."""
    tongue = tongues()[voice.language]
    month = tongue.months[day.month - 1]
    parts = {"weekday": tongue.weekdays[day.weekday()], "month": month, "short": month[:3], "day": day.day}
    return tongue.form_of(name, voice.market).format(**parts, year=day.year, **more)


def join_words(words: list[str], language: str) -> str:
    """Words as a phrase: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + tongues()[language].joint + words[-1]
