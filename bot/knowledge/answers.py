"""Finds the answer to a question, or says that there is none."""

import logging
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.knowledge.entry import LANGUAGES, Entry
from bot.knowledge.load import Knowledge, load_knowledge
from bot.knowledge.patterns import Message, read_message

THRESHOLD = 1.0
LONGEST_QUESTION = 600


@dataclass(frozen=True)
class Answer:
    """`topic` names the entry, `text` is what to say, at most 600 characters."""

    topic: str
    text: str


def find_answer(question: str, language: str, market: str, today: date) -> Answer | None:
    """The answer in the contact's language for their market as of today.

    The question may be in any language of the entries. A language without texts gets English. None where no entry is
    meant, the one meant has nothing for this market, or it is past its review date.
    """
    return answer_from(load_knowledge(), question, language, market, today)


def answer_from(knowledge: Knowledge, question: str, language: str, market: str, today: date) -> Answer | None:
    """As find_answer, from these entries."""
    report_stale(knowledge.entries, today)
    entry = find_entry(knowledge, question)
    if entry is None or today > entry.review_by:
        return None
    spoken = language.lower().partition("-")[0]
    text = entry.text_for(spoken if spoken in LANGUAGES else "en", market, today)
    return Answer(entry.topic, text) if text else None


def find_entry(knowledge: Knowledge, question: str) -> Entry | None:
    """The entry that the question fits best; among equals the one that more of its patterns fit."""
    messages = [read_message(question[:LONGEST_QUESTION], knowledge.vocabularies[each]) for each in LANGUAGES]
    ranked = [(_rank(entry, messages), entry) for entry in knowledge.entries]
    best, entry = max(ranked, key=lambda pair: pair[0], default=((0.0, 0), None))
    return entry if best[0] >= THRESHOLD else None


def _rank(entry: Entry, messages: list[Message]) -> tuple[float, int]:
    scores = [message.score(each) for message in messages for each in entry.patterns[message.vocabulary.language]]
    return max(scores, default=0.0), sum(score >= THRESHOLD for score in scores)


@lru_cache(maxsize=8)
def report_stale(entries: tuple[Entry, ...], today: date) -> None:
    """Logs, once a day, the entries that are past their review date and are no longer said."""
    for entry in entries:
        if today > entry.review_by:
            logging.getLogger(__name__).warning(
                "the answer to %s was to be reviewed by %s and is no longer given", entry.topic, entry.review_by
            )
