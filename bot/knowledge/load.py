"""Reads the entries once, and refuses all of them with every fault named when one is at fault."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.knowledge.entry import LANGUAGES, Entry, Wording
from bot.knowledge.faults import find_faults
from bot.knowledge.patterns import Pattern, Vocabulary, collect_vocabulary, parse_pattern
from bot.knowledge.search import Index, build_index

UNANSWERED = ""
"""Stands for the questions that no entry answers, as if it were a topic."""


class KnowledgeError(ValueError):
    """Entries that may not be used; the message lists every fault, one a line."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    entries: tuple[Entry, ...]
    vocabularies: dict[str, Vocabulary]
    indexes: tuple[Index, ...]
    by_topic: dict[str, Entry]


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """The package's own entries; raises KnowledgeError."""
    folder = files("bot.knowledge").joinpath("entries")
    found = (each for each in folder.iterdir() if each.name.endswith(".toml"))
    beside = tomllib.loads(files("bot.knowledge").joinpath("unanswered.toml").read_text("utf-8"))
    return read_entries(((each.name.removesuffix(".toml"), each.read_text("utf-8")) for each in found), beside)


def read_entries(sources: Iterable[tuple[str, str]], unanswered: Mapping[str, list[str]] | None = None) -> Knowledge:
    """Entries out of pairs of topic and TOML text; `unanswered` are questions by language that none of them answers.

    Raises KnowledgeError.
    """
    faults: list[str] = []
    parsed: dict[str, dict[str, Any]] = {}
    for topic, text in sorted(sources):
        try:
            parsed[topic] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{topic}: is not readable TOML: {error}")
    for topic, raw in parsed.items():
        faults += [f"{topic}: {fault}" for fault in find_faults(topic, raw)]
    if faults:
        raise KnowledgeError("\n".join(faults))
    entries = tuple(_build_entry(raw) for raw in parsed.values())
    vocabularies = {language: _collect(language, entries) for language in LANGUAGES}
    indexes = tuple(_build_index(language, entries, (unanswered or {}).get(language, [])) for language in LANGUAGES)
    return Knowledge(
        entries,
        vocabularies,
        indexes,
        {entry.topic: entry for entry in entries},
    )


def _build_index(language: str, entries: tuple[Entry, ...], unanswered: Sequence[str]) -> Index:
    return build_index(
        language, {UNANSWERED: unanswered, **{entry.topic: entry.questions[language] for entry in entries}}
    )


def _collect(language: str, entries: tuple[Entry, ...]) -> Vocabulary:
    return collect_vocabulary(language, tuple(each for entry in entries for each in entry.patterns[language]))


def _build_entry(raw: dict[str, Any]) -> Entry:
    return Entry(
        topic=raw["topic"],
        as_of=raw["as_of"],
        review_by=raw["review_by"],
        sources=tuple(source["name"] for source in raw["sources"]),
        only_asked=raw.get("only_asked", False),
        remark=raw.get("remark", False),
        questions={language: tuple(raw["questions"][language]) for language in LANGUAGES},
        patterns={language: _read_patterns(raw, language) for language in LANGUAGES},
        wordings=tuple(_build_wording(answer) for answer in raw["answer"]),
    )


def _read_patterns(raw: dict[str, Any], language: str) -> tuple[Pattern, ...]:
    return tuple(parse_pattern(each) for each in raw.get("ask", {}).get(language, ()))


def _build_wording(answer: dict[str, Any]) -> Wording:
    texts = {language: " ".join(answer[language].split()) for language in LANGUAGES}
    return Wording(frozenset(answer["markets"]), answer.get("from"), answer.get("until"), texts)
