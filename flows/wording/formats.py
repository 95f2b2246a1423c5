"""Numbers, money, days and lists as people of a market and a language write them."""

from dataclasses import dataclass
from datetime import date, datetime

from flows.markets import market_of

_BEFORE = {"USD": "$", "ZAR": "R ", "MXN": "$", "ZWG": "ZiG "}
_AFTER = {"EUR": " €"}
_AND = {"en": " and ", "es": " y "}
_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
}  # fmt: skip
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}


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
    weekday, month = _WEEKDAYS[voice.language][day.weekday()], _MONTHS[voice.language][day.month - 1]
    other_year = day.year != today.year
    if voice.language == "es":
        return f"{weekday}, {day.day} de {month}" + (f" de {day.year}" if other_year else "")
    if voice.market == "US":
        return f"{weekday}, {month} {day.day}" + (f", {day.year}" if other_year else "")
    return f"{weekday}, {day.day} {month}" + (f" {day.year}" if other_year else "")


def show_date(day: date, voice: Voice) -> str:
    """A day with its year and without its weekday: December 31, 2025; 31 December 2025; 31 de diciembre de 2025."""
    month = _MONTHS[voice.language][day.month - 1]
    if voice.language == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{month} {day.day}, {day.year}" if voice.market == "US" else f"{day.day} {month} {day.year}"


def show_span(start: date, end: date, voice: Voice, today: date) -> str:
    """A period: Jun 3 – Jul 2 in the United States, 3 Jun – 2 Jul elsewhere, 3 jun al 2 jul; the year of its end where
    it is not this one."""
    days = []
    for day in (start, end):
        month = _MONTHS[voice.language][day.month - 1][:3]
        is_american = voice.language == "en" and voice.market == "US"
        days.append(f"{month} {day.day}" if is_american else f"{day.day} {month}")
    year = "" if end.year == today.year else f"{',' if voice.language == 'en' else ' de'} {end.year}"
    return ("–" if voice.language == "en" else "al").join((f"{days[0]} ", f" {days[1]}")) + year


def show_month(day: date, voice: Voice) -> str:
    """June 2025; junio de 2025."""
    month = _MONTHS[voice.language][day.month - 1]
    return f"{month} de {day.year}" if voice.language == "es" else f"{month} {day.year}"


def show_moment(at: datetime, voice: Voice) -> str:
    """A local time: Nov 21, 10:32 AM in the United States; 21 Nov, 10:32 elsewhere; 21 nov, 10:32."""
    month = _MONTHS[voice.language][at.month - 1][:3]
    if voice.language == "en" and voice.market == "US":
        return f"{month} {at.day}, {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
    return f"{at.day} {month}, {at:%H:%M}"


def join_words(words: list[str], language: str) -> str:
    """Words as a phrase: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + _AND.get(language, ", ") + words[-1]
