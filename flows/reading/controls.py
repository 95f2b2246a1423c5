"""What a steering command carries, and the polite words around it."""

from dataclasses import dataclass

from flows.commands import Command
from flows.reading.types import Intent

POLITE = (
    r"(?:please|pls|plz|por favor|asseblief|asb|thanks?|thank you|gracias|ok(?:ay)?|now|just|hey|hi|hello"
    r"|yo|no|yes|wait|so|well|and|i said|bot|ya|sir|guys|all|everything|this|it|musandinetse|tsek|man"
    r"|ngicela|ndapota|immediately|right now)"
)


@dataclass(frozen=True, slots=True)
class Control:
    """A steering command, the label it gives the message, and the span that said it."""

    command: Command
    label: Intent
    start: int
    end: int
