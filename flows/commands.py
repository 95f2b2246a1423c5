"""The closed set of commands that a message can be read as."""

from dataclasses import dataclass
from typing import Any, Literal

Source = Literal["rule", "model", "document", "staff", "vendor"]
HandoffReason = Literal["asked", "emergency", "stuck", "complaint", "migration", "other"]


@dataclass(frozen=True, slots=True)
class Set:
    """A value given for a slot. `raw` is the span of the message it was read from; `confidence` is 0 to 1."""

    slot: str
    value: Any
    raw: str = ""
    source: Source = "rule"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Correct:
    """A value that replaces an earlier one, said as a correction ("sorry, 340 not 240")."""

    slot: str
    value: Any
    raw: str = ""
    source: Source = "rule"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Clear:
    """A value taken back without a new one."""

    slot: str


@dataclass(frozen=True, slots=True)
class Affirm:
    """Yes, to whatever is pending."""


@dataclass(frozen=True, slots=True)
class Deny:
    """No, to whatever is pending."""


@dataclass(frozen=True, slots=True)
class Choose:
    """An option taken by tap, number or words. `option` is the option's id, such as "owner=true"."""

    option: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Rather not say, or does not know."""


@dataclass(frozen=True, slots=True)
class Back:
    """Return to the question before."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Say the last question again."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of the contact's. `topic` names a knowledge entry; `answer` is its text, None when there is none."""

    question: str
    topic: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """A greeting or a wish to begin. `opt_in` is an explicit START after an opt-out."""

    flow: str | None = None
    opt_in: bool = False


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give the request up."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Throw the answers away and begin again."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Not now, later."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """A human is wanted, or needed."""

    reason: HandoffReason = "asked"
    words: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLanguage:
    """Go on in another language; `language` is an ISO 639-1 code."""

    language: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """No more messages, in any reasonable wording."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that no rule explains. `injection` marks words that try to instruct the bot."""

    words: str
    injection: bool = False


Command = (
    Set
    | Correct
    | Clear
    | Affirm
    | Deny
    | Choose
    | Skip
    | Back
    | Repeat
    | Ask
    | Start
    | Cancel
    | Restart
    | Pause
    | Handoff
    | ChangeLanguage
    | OptOut
    | Unclear
)
