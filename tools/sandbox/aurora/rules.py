"""What Aurora refuses in what it is sent: one rule, one function; each gives a complaint or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tools.sandbox.aurora.answers import AuroraRefusal
from tools.sandbox.aurora.events import EVENTS

Sent = dict[str, Any]
Rule = Callable[[Sent], str | None]
CONSUMPTION_KINDS = ("monthly_energy", "monthly_bill", "interval_data")
PROJECT_TYPES = ("residential", "commercial")
PROJECT_TEXTS = ("external_provider_id", "customer_first_name", "customer_last_name", "customer_phone")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def need_name(sent: Sent) -> str | None:
    name = sent.get("name")
    return None if isinstance(name, str) and name.strip() else "name is required."


def take_texts(sent: Sent) -> str | None:
    wrong = [name for name in PROJECT_TEXTS if not isinstance(sent.get(name, ""), str | None)]
    return f"{wrong[0]} must be a string." if wrong else None


def check_email(sent: Sent) -> str | None:
    given = sent.get("customer_email")
    return None if not given or EMAIL.fullmatch(str(given)) else "customer_email is not an e-mail address."


def check_type(sent: Sent) -> str | None:
    given = sent.get("project_type", PROJECT_TYPES[0])
    return None if given in PROJECT_TYPES else f"project_type must be one of {', '.join(PROJECT_TYPES)}."


def check_location(sent: Sent, style: str) -> str | None:
    """`style` nested: under `location`; flat, of older versions: beside the rest; either: both ways."""
    nested = sent.get("location")
    if nested is not None and style != "flat":
        return _check_place(nested, "property_address") if isinstance(nested, dict) else "location must be an object."
    if style == "nested":
        return "location is required."
    return _check_place(sent, "address")


def choose_one_kind(sent: Sent) -> str | None:
    """Exactly one kind of consumption."""
    given = [name for name in CONSUMPTION_KINDS if sent.get(name) is not None]
    return None if len(given) == 1 else f"Exactly one of {', '.join(CONSUMPTION_KINDS)} must be given."


def count_months(sent: Sent) -> str | None:
    """Twelve values, nulls allowed, one is enough."""
    for name in CONSUMPTION_KINDS[:2]:
        values = sent.get(name)
        if values is not None and (not isinstance(values, list) or len(values) != 12):
            return f"{name} must have 12 values."
        if values is not None and not all(_is_amount(value) for value in values):
            return f"{name} must hold numbers or nulls."
        if values is not None and all(value is None for value in values):
            return f"{name} must hold at least one number."
    return None


def need_intervals(sent: Sent) -> str | None:
    given = sent.get("interval_data")
    return None if given is None or (isinstance(given, list | dict) and given) else "interval_data must not be empty."


def need_event(sent: Sent) -> str | None:
    return None if sent.get("event") in EVENTS else f"event must be one of {', '.join(EVENTS)}."


def need_template(sent: Sent) -> str | None:
    given = sent.get("url_template")
    parts = urlsplit(given) if isinstance(given, str) else None
    return None if parts and parts.scheme in ("http", "https") and parts.netloc else "url_template must be a URL."


PROJECT_RULES: tuple[Rule, ...] = (need_name, take_texts, check_email, check_type)
CONSUMPTION_RULES: tuple[Rule, ...] = (choose_one_kind, count_months, need_intervals)
WEBHOOK_RULES: tuple[Rule, ...] = (need_event, need_template)


def check_sent(rules: tuple[Rule, ...], sent: Sent) -> None:
    """Raises AuroraRefusal 422 with the first complaint."""
    for rule in rules:
        complaint = rule(sent)
        if complaint:
            raise AuroraRefusal(422, complaint)


def _check_place(place: Sent, address: str) -> str | None:
    if not isinstance(place.get(address), str) or not place[address].strip():
        return f"{address} is required."
    wrong = [name for name in ("latitude", "longitude") if not _is_coordinate(place.get(name))]
    return f"{wrong[0]} must be a number." if wrong else None


def _is_coordinate(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _is_amount(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value >= 0)
