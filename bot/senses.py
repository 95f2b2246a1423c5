"""What is made of files: bills are read where files are kept, voice messages heard where a model listens."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.settings import Settings
from bot.understand import Understood
from flows.events import MessageReceived

BILLS, VOICE = "bills", "voice"


def list_senses(settings: Settings) -> tuple[str, ...]:
    """Without SECRET_KEY no file is kept, so none is read; only OpenAI listens."""
    if not settings.secret_key:
        return ()
    return (BILLS, VOICE) if settings.openai_api_key else (BILLS,)


def lend_senses(read: Understood, payload: Mapping[str, Any], senses: tuple[str, ...]) -> Understood:
    """The message, knowing what will be made of its files and whether it was spoken; kept with the reading, so that it
    can be replayed."""
    if not isinstance(read.event, MessageReceived):
        return read
    event = replace(read.event, senses=senses, voice=bool(payload.get("voice")))
    return replace(read, event=event, reading={**(read.reading or {}), "senses": list(senses)})
