"""What may be wrong with an entry, said so that the person who edited it can mend it."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from bot.knowledge.entry import LANGUAGES
from bot.knowledge.patterns import parse_pattern
from bot.knowledge.words import fold, split_words
from flows.markets import MARKETS

LONGEST_TEXT = 600
FEWEST_QUESTIONS = 5
PROMISES = re.compile(
    r"\b(guarantee\w*|you(?:ll| will) save|will save|risk[ -]free|free solar|no cost to you|promise you"
    r"|garanti[zc]\w*|garantia de ahorro|te ahorrar\w*|(?:usted )?ahorrara\w*|sin riesgo|solar gratis|te prometo)\b"
)
FIGURE = re.compile(r"[$€£]\s?\d|\bR\d|\d[\d.,]*\s?(?:%|€|percent\b|por ciento\b|cents?\b|centavos\b|céntimos\b)")
YEAR = re.compile(r"\b20\d\d\b")
ENTRY_KEYS = {"topic", "as_of", "review_by", "sources", "only_asked", "remark", "questions", "ask", "answer"}
ANSWER_KEYS = {"markets", "from", "until", *LANGUAGES}


def find_faults(topic: str, raw: dict[str, Any]) -> Iterator[str]:
    """Every fault of an entry read from the file `<topic>.toml`, a sentence each."""
    if raw.get("topic") != topic:
        yield f"topic is {raw.get('topic')!r}, the file's name says {topic!r}"
    for key in sorted(raw.keys() - ENTRY_KEYS):
        yield f"{key!r} is not a known key"
    for key in ("only_asked", "remark"):
        if not isinstance(raw.get(key, False), bool):
            yield f"{key} is neither true nor false"
    yield from _check_dates(raw)
    yield from _check_sources(raw.get("sources"))
    yield from _check_questions(raw.get("questions"))
    yield from _check_patterns(raw.get("ask", {}))
    answers = raw.get("answer")
    if not isinstance(answers, list) or not answers or not all(isinstance(each, dict) for each in answers):
        yield "has no [[answer]]"
        return
    for number, answer in enumerate(answers, 1):
        yield from (f"answer {number}: {fault}" for fault in _check_answer(answer, bool(raw.get("sources"))))
    yield from _check_overlaps(answers)


def _is_day(value: object) -> bool:
    return type(value) is date


def _check_dates(raw: dict[str, Any]) -> Iterator[str]:
    missing = [key for key in ("as_of", "review_by") if not _is_day(raw.get(key))]
    for key in missing:
        yield f"{key} is not a date like 2026-11-21"
    if not missing and raw["review_by"] < raw["as_of"]:
        yield "review_by is before as_of"


def _check_sources(sources: object) -> Iterator[str]:
    if not isinstance(sources, list):
        yield "sources is not a list"
        return
    for source in sources:
        name, url = (source.get("name"), source.get("url", "https://")) if isinstance(source, dict) else (None, None)
        if not isinstance(name, str) or not name.strip():
            yield "a source has no name"
        if not isinstance(url, str) or not url.startswith("https://"):
            yield f"the address of source {name!r} does not begin with https://"


def _check_questions(questions: object) -> Iterator[str]:
    if not isinstance(questions, dict):
        yield "has no [questions]"
        return
    yield from _check_languages("questions", questions)
    for language in LANGUAGES:
        asked = questions.get(language)
        if not isinstance(asked, list) or len(asked) < FEWEST_QUESTIONS:
            yield f"questions.{language} has fewer than {FEWEST_QUESTIONS} questions"
        elif not all(isinstance(each, str) and split_words(each) for each in asked):
            yield f"questions.{language} holds something without words"


def _check_patterns(ask: object) -> Iterator[str]:
    if not isinstance(ask, dict):
        yield "ask is not a table of patterns"
        return
    yield from _check_languages("ask", ask)
    for language in LANGUAGES:
        patterns = ask.get(language, [])
        if not isinstance(patterns, list):
            yield f"ask.{language} is not a list"
            continue
        for pattern in patterns:
            try:
                parse_pattern(pattern)
            except (ValueError, AttributeError) as error:
                yield f"ask.{language}: {error}"


def _check_languages(key: str, table: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key}.{language} is not a known language" for language in sorted(table.keys() - set(LANGUAGES)))


def _check_answer(answer: dict[str, Any], sourced: bool) -> Iterator[str]:
    for key in sorted(answer.keys() - ANSWER_KEYS):
        yield f"{key!r} is not a known key"
    markets = answer.get("markets")
    if not isinstance(markets, list) or not markets:
        yield "names no markets"
    else:
        yield from (f"market {each!r} is not known" for each in markets if each not in MARKETS)
    yield from (f"{key} is not a date" for key in ("from", "until") if key in answer and not _is_day(answer[key]))
    for language in LANGUAGES:
        text = answer.get(language)
        if not isinstance(text, str) or not text.strip():
            yield f"has no text in {language!r}"
        else:
            yield from (f"{language}: {fault}" for fault in _check_text(text, sourced))


def _check_text(text: str, sourced: bool) -> Iterator[str]:
    length = len(" ".join(text.split()))
    if length > LONGEST_TEXT:
        yield f"{length} characters, at most {LONGEST_TEXT}"
    if promise := PROMISES.search(fold(text)):
        yield f"promises something: {promise.group()!r}"
    if FIGURE.search(text):
        if not sourced:
            yield "a price or a percentage needs a source"
        if not YEAR.search(text):
            yield "a price or a percentage needs the year it is from"


def _check_overlaps(answers: list[dict[str, Any]]) -> Iterator[str]:
    for one, other in combinations(answers, 2):
        if _overlap_in_time(one, other):
            for market in sorted(set(one.get("markets") or ()) & set(other.get("markets") or ())):
                yield f"market {market!r} has two answers for the same days"


def _overlap_in_time(one: dict[str, Any], other: dict[str, Any]) -> bool:
    spans = [(each.get("from", date.min), each.get("until", date.max)) for each in (one, other)]
    if not all(_is_day(day) for span in spans for day in span):
        return False
    return bool(max(span[0] for span in spans) <= min(span[1] for span in spans))
