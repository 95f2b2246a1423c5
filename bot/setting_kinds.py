"""How the text of a setting becomes a value: each reader returns the value or raises ValueError with a sentence."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

Reader = Callable[[str], object]

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
WHATSAPP_ADDRESS = re.compile(r"whatsapp:\+[1-9]\d{5,14}")
MAIL_ADDRESS = re.compile(r"[^@\s,]+@[^@\s,]+")


def read_text(text: str) -> str:
    return text


def read_list(text: str) -> tuple[str, ...]:
    """Comma-separated, blanks dropped."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def read_pairs(*words: str) -> Reader:
    """Comma-separated `Text=word`, the word one of `words` in any case; as written."""

    def read(text: str) -> tuple[str, ...]:
        pairs = read_list(text)
        for pair in pairs:
            name, _, word = pair.rpartition("=")
            if not name.strip() or word.strip().lower() not in words:
                raise ValueError(f"must be like Text=word with one of {', '.join(words)}, not {pair!r}")
        return pairs

    return read


def read_flag(text: str) -> bool:
    word = text.lower()
    if word not in YES | NO:
        raise ValueError(f"must be true or false, not {text!r}")
    return word in YES


def read_choice(*choices: str) -> Reader:
    """One of `choices`, in any case, returned as written there."""

    def read(text: str) -> str:
        for choice in choices:
            if choice.lower() == text.lower():
                return choice
        raise ValueError(f"must be one of {', '.join(choices)}, not {text!r}")

    return read


def read_count(least: int, most: int) -> Reader:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,12}", text) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def read_seconds(text: str) -> float:
    """More than nothing, at most a week; fractions are for tests."""
    if not re.fullmatch(r"\d{1,6}(\.\d+)?", text) or not 0 < float(text) <= 604800:
        raise ValueError(f"must be a number of seconds, not {text!r}")
    return float(text)


def read_cents(text: str) -> float:
    """Nothing or more, with fractions."""
    if not re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        raise ValueError(f"must be a number of cents, not {text!r}")
    return float(text)


def read_web_address(text: str) -> str:
    """http or https with a host; the slash at the end is dropped."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://solar.example.com")
    return text.rstrip("/")


def read_database_url(text: str) -> str:
    """PostgreSQL in any of its spellings, or SQLite; the driver is named in the result."""
    scheme, found, rest = text.partition("://")
    if found and scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if found and scheme == "sqlite":
        return text
    raise ValueError("must begin with postgresql:// or sqlite:///")  # the text may hold a password


def read_redis_url(text: str) -> str:
    if urlsplit(text).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return text


def read_mail_server(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("must be an address such as smtp://name:password@mail.example.com:587")
    return text


def read_sender(text: str) -> str:
    if not WHATSAPP_ADDRESS.fullmatch(text):
        raise ValueError(f"must look like whatsapp:+14155550100, not {text!r}")
    return text


def read_mail_address(text: str) -> str:
    if not MAIL_ADDRESS.fullmatch(text.rpartition("<")[2].rstrip("> ")):
        raise ValueError(f"must be an e-mail address, not {text!r}")
    return text


def read_alert_addresses(text: str) -> tuple[str, ...]:
    """`whatsapp:+…` and `mailto:…`, comma-separated, in the order in which they are tried."""
    addresses = read_list(text)
    for address in addresses:
        mail = address.startswith("mailto:") and MAIL_ADDRESS.fullmatch(address.removeprefix("mailto:"))
        if not mail and not WHATSAPP_ADDRESS.fullmatch(address):
            raise ValueError(f"must hold whatsapp:+… or mailto:… addresses, not {address!r}")
    return addresses
