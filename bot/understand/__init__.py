"""What a message means: the rules' reading, and with a language model proposals for what they leave unexplained."""

from bot.understand.need import would_ask
from bot.understand.proposing import understand_again
from bot.understand.rules import Understand, Understood, understand
from bot.understand.understander import Budget, Understander, limit_deadline

__all__ = [
    "Budget",
    "Understand",
    "Understander",
    "Understood",
    "limit_deadline",
    "understand",
    "understand_again",
    "would_ask",
]
