"""Numbers, money and lists as people of a market and a language write them."""

from dataclasses import dataclass

from flows.markets import market_of

_BEFORE = {"USD": "$", "ZAR": "R ", "MXN": "$", "ZWG": "ZiG "}
_AFTER = {"EUR": " €"}
_AND = {"en": " and ", "es": " y "}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is spoken to: language, market and the currency of their bill."""

    language: str
    market: str
    currency: str


def show_number(number: int | float, voice: Voice) -> str:
    """Digits grouped as in the market; decimals only where there are any, two at most."""
    market = market_of(voice.market)
    text = f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"
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


def join_words(words: list[str], language: str) -> str:
    """Words as a phrase: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + _AND.get(language, ", ") + words[-1]
