"""Finds the answer to a question, or says that there is none."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.knowledge.asking import is_asking, is_reply
from bot.knowledge.entry import LANGUAGES, Entry
from bot.knowledge.load import UNANSWERED, Knowledge, load_knowledge
from bot.knowledge.patterns import Message, read_message
from bot.knowledge.words import has_content

THRESHOLD = 1.0
FITTING = 0.2
WHOLLY_FITTING = 1.0
ASKED_ENOUGH = 0.34
STATED_ENOUGH = 0.58
"""Words that ask nothing have to be nearer."""
LONGEST_QUESTION = 600


@dataclass(frozen=True)
class Answer:
    """`topic` names the entry, `text` is what to say, at most 600 characters."""

    topic: str
    text: str


def find_answer(question: str, language: str, market: str, today: date, message: str = "") -> Answer | None:
    """The answer in the contact's language for their market as of today.

    The question may be in any language of the entries; `message` is what it was a part of. A language without texts
    gets English. None where no entry is meant, the one meant has nothing for this market, or is past its review date.
    """
    return answer_from(load_knowledge(), question, language, market, today, message)


def find_remark_answer(words: str, language: str, market: str, today: date) -> Answer | None:
    """As find_answer, for words that nobody took for a question: only where they ask after all, object, or wish for
    what is not done here."""
    entry = find_entry(load_knowledge(), words)
    meant = entry is not None and (entry.remark or is_asking(words))
    return find_answer(words, language, market, today) if meant else None


def answer_from(
    knowledge: Knowledge, question: str, language: str, market: str, today: date, message: str = ""
) -> Answer | None:
    """As find_answer, from these entries."""
    report_stale(knowledge.entries, today)
    entry = find_entry(knowledge, question, message)
    if entry is None or today > entry.review_by:
        return None
    spoken = language.lower().partition("-")[0]
    text = entry.text_for(spoken if spoken in LANGUAGES else "en", market, today)
    return Answer(entry.topic, text) if text else None


def find_entry(knowledge: Knowledge, question: str, message: str = "") -> Entry | None:
    """The entry that is nearest in words, a pattern that fits counting for it; None where none is near enough.

    Of a question that is part of a `message` the whole is compared too: "a tesla, can I charge it?"
    """
    readings = [_find_nearest(knowledge, question)] if not message or has_content(question) else []
    if message and (message != question or not readings):
        readings.append(_find_nearest(knowledge, message))
    entry, _ = max(readings, key=lambda pair: pair[1])
    return entry


def _find_nearest(knowledge: Knowledge, words: str) -> tuple[Entry | None, float]:
    text = words[:LONGEST_QUESTION]
    nearness, asks = measure_nearness(knowledge, text), is_asking(text)
    topic = max(nearness, key=lambda each: (nearness[each], each))
    entry = knowledge.by_topic.get(topic)
    return entry if entry and _is_near(entry, nearness[topic], text, asks) else None, nearness[topic]


def _is_near(entry: Entry, nearness: float, text: str, asks: bool) -> bool:
    if asks or nearness > WHOLLY_FITTING:
        return nearness >= ASKED_ENOUGH
    return not entry.only_asked and nearness >= STATED_ENOUGH and not is_reply(text)


def measure_nearness(knowledge: Knowledge, text: str) -> dict[str, float]:
    """By topic how near the text is to its questions, 0 to 1, and more where a pattern of the topic fits."""
    nearness: dict[str, float] = defaultdict(float, {UNANSWERED: 0.0})
    for index in knowledge.indexes:
        for topic, near in index.rank(text).items():
            nearness[topic] = max(nearness[topic], near)
    messages = [read_message(text, vocabulary) for vocabulary in knowledge.vocabularies.values()]
    for entry in knowledge.entries:
        if fit := max(_fit(entry, message) for message in messages):
            nearness[entry.topic] += fit
    return nearness


def _fit(entry: Entry, message: Message) -> float:
    fitting = (each for each in entry.patterns[message.vocabulary.language] if message.score(each) >= THRESHOLD)
    return max((WHOLLY_FITTING if each.whole else FITTING for each in fitting), default=0.0)


@lru_cache(maxsize=8)
def report_stale(entries: tuple[Entry, ...], today: date) -> None:
    """Logs, once a day, the entries that are past their review date and are no longer said."""
    for entry in entries:
        if today > entry.review_by:
            logging.getLogger(__name__).warning(
                "the answer to %s was to be reviewed by %s and is no longer given", entry.topic, entry.review_by
            )
