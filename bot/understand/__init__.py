"""What a message means: the rules' reading, and with a language model proposals for what they leave unexplained."""

from bot.understand.need import would_ask
from bot.understand.rules import Understand, Understood, understand

__all__ = ["Understand", "Understood", "understand", "would_ask"]
