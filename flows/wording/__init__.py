"""What the bot says: message key -> text per language, read from the folder of the language."""

from flows.wording.formats import (
    Voice,
    join_words,
    show_cents,
    show_date,
    show_day,
    show_kw,
    show_kwh,
    show_moment,
    show_money,
    show_month,
    show_number,
    show_span,
)
from flows.wording.templates import BUTTONS, TEMPLATES, Template
from flows.wording.texts import (
    UNPROMPTED,
    has_text,
    keys,
    languages,
    option_of,
    placeholders,
    render,
    template,
)

__all__ = [
    "BUTTONS",
    "TEMPLATES",
    "UNPROMPTED",
    "Template",
    "Voice",
    "has_text",
    "join_words",
    "keys",
    "languages",
    "option_of",
    "placeholders",
    "render",
    "show_cents",
    "show_date",
    "show_day",
    "show_kw",
    "show_kwh",
    "show_moment",
    "show_money",
    "show_month",
    "show_number",
    "show_span",
    "template",
]
