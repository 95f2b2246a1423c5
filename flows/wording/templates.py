"""What may be said unprompted, as WhatsApp approves it: one template per key and language."""

from dataclasses import dataclass
from typing import Literal

from flows.effects import Option
from flows.wording.texts import UNPROMPTED, languages, placeholders, template


@dataclass(frozen=True, slots=True)
class Template:
    """`body` holds {{1}} for the first of `variables`, which are placeholder names in order."""

    key: str
    language: str
    body: str
    variables: tuple[str, ...]
    options: tuple[Option, ...] = ()
    category: Literal["utility"] = "utility"


TEMPLATES = tuple(
    Template(key, language, template(key, language) or "", placeholders(key, language))
    for key in UNPROMPTED
    for language in languages()
)
