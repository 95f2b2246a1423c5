"""What may be said unprompted, as WhatsApp approves it: one template per key and language."""

from dataclasses import dataclass
from typing import Literal

from flows.effects import Option
from flows.wording.texts import UNPROMPTED, languages, option_of, placeholders, template

_DECISION = ("decision=accept", "decision=change", "decision=later")
BUTTONS = {
    "proposal_ready": _DECISION,
    "proposal_reminder": _DECISION,
    "proposal_updated": _DECISION,
    "assessment_wanted": ("skip",),
    "scheduled": ("day_ok=true", "day_ok=false"),
    "incentives_offer": ("apply=true", "apply=false"),
}
"""Option ids of the buttons of each template that has some; of more than three options the words say what to answer."""


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
    Template(
        key,
        language,
        template(key, language) or "",
        placeholders(key, language),
        tuple(option_of(option_id, language) for option_id in BUTTONS.get(key, ())),
    )
    for key in UNPROMPTED
    for language in languages()
)
