"""The topics of the knowledge: all that a model may say about a question is which of them it is about."""

from collections.abc import Callable
from datetime import date
from functools import cache

from bot.knowledge.load import load_knowledge

TellTopic = Callable[[str], str | None]
"""A topic -> its answer as it may be said now; None where there is none."""


@cache
def list_topics() -> tuple[str, ...]:
    """In alphabetical order."""
    return tuple(sorted(entry.topic for entry in load_knowledge().entries))


def tell_topic(topic: str, language: str, market: str, today: date) -> str | None:
    """The answer on file, in English where there is none in this language; None past its review date, or where there is
    nothing for this market."""
    entry = next((each for each in load_knowledge().entries if each.topic == topic), None)
    if entry is None or today > entry.review_by:
        return None
    return entry.text_for(language if language in entry.wordings[0].texts else "en", market, today)
