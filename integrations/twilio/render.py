"""Makes a message fit WhatsApp: cut titles, menus by size, numbered text, template values."""

import re
from collections.abc import Sequence
from dataclasses import replace

from integrations.channel import Capabilities, Outbound, OutOption

WHATSAPP = Capabilities(
    body=1600,
    buttons=3,
    button_title=20,
    rows=10,
    row_title=24,
    row_description=72,
    menu_body=1024,
    location=True,
    typing=True,
    window_seconds=24 * 3600,
)
MAX_PAYLOAD = 200
MAX_VARIABLES = 100
DEFAULT_MENU = "Menu"
EMPTY_VALUE = "–"
ELLIPSIS = "…"


def fit(message: Outbound, hint: str = "", limits: Capabilities = WHATSAPP) -> Outbound:
    """The same message within `limits`: at most three options as buttons, at most ten (or with `menu`) as a list,
    anything else as numbered text with `hint` ("Reply with a number") as its last line.

    A list always has a `menu` title afterwards, buttons never. The text of a message without options is left alone.
    Content ids and variables pass through, values sanitised.
    """
    if message.content_id:
        return replace(message, variables=sanitise_variables(message.variables))
    if not message.options:
        return message
    for cut in (_cut_buttons, _cut_rows):
        fitted = cut(message, limits)
        if fitted is not None:
            return fitted
    return replace(message, text=numbered_text(message, hint), options=(), menu="")


def _cut_buttons(message: Outbound, limits: Capabilities) -> Outbound | None:
    if message.menu or len(message.options) > limits.buttons or len(message.text) > limits.menu_body:
        return None
    options = [OutOption(option.id, cut_title(option.title, limits.button_title)) for option in message.options]
    return _with_options(message, options, menu="")


def _cut_rows(message: Outbound, limits: Capabilities) -> Outbound | None:
    if len(message.options) > limits.rows or len(message.text) > limits.menu_body:
        return None
    options = [
        OutOption(
            option.id,
            cut_title(option.title, limits.row_title),
            cut_title(option.description, limits.row_description),
        )
        for option in message.options
    ]
    return _with_options(message, options, menu=cut_title(message.menu or DEFAULT_MENU, limits.button_title))


def _with_options(message: Outbound, options: Sequence[OutOption], menu: str) -> Outbound | None:
    """None where WhatsApp would refuse the menu: no words, equal titles, a payload too long."""
    titles = {option.title for option in options}
    payloads = {option.id for option in options}
    distinct = len(titles) == len(payloads) == len(options)
    sound = distinct and "" not in titles and all(0 < len(payload) <= MAX_PAYLOAD for payload in payloads)
    return replace(message, options=tuple(options), menu=menu) if sound and message.text.strip() else None


def cut_title(title: str, limit: int) -> str:
    """`title` on one line in at most `limit` characters, cut between words where that leaves half of it."""
    title = " ".join(title.split())
    if len(title) <= limit:
        return title
    head = title[: limit - 1]
    words = head.rpartition(" ")[0] if title[limit - 1] != " " else head
    kept = words if len(words) * 2 >= limit else head
    return kept.rstrip(" ,;:-–—") + ELLIPSIS


def numbered_text(message: Outbound, hint: str = "") -> str:
    """The body, then "1. …" for each option, then `hint`, for channels and messages without a menu."""
    lines = [f"{number}. {_name_option(option)}" for number, option in enumerate(message.options, start=1)]
    return "\n\n".join(part for part in (message.text.rstrip(), "\n".join(lines), hint.strip()) if part)


def _name_option(option: OutOption) -> str:
    title = " ".join(option.title.split())
    return f"{title} – {' '.join(option.description.split())}" if option.description.strip() else title


def sanitise_variables(values: Sequence[str]) -> tuple[str, ...]:
    """Template values as Twilio takes them; ValueError for more than a hundred."""
    if len(values) > MAX_VARIABLES:
        raise ValueError(f"a template takes at most {MAX_VARIABLES} variables")
    return tuple(sanitise_variable(value) for value in values)


def sanitise_variable(value: str) -> str:
    """One line, no run of more than four spaces, never empty (63013)."""
    line = " ".join(part.strip() for part in value.splitlines() if part.strip()).replace("\t", " ")
    return re.sub(r"\s{5,}", "    ", line).strip() or EMPTY_VALUE
