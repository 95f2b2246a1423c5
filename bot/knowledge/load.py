"""Reads the entries once, and refuses all of them with every fault named when one is at fault."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.knowledge.entry import LANGUAGES, Entry, Wording
from bot.knowledge.faults import find_faults
from bot.knowledge.patterns import Vocabulary, collect_vocabulary, parse_pattern


class KnowledgeError(ValueError):
    """Entries that may not be used; the message lists every fault, one a line."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    entries: tuple[Entry, ...]
    vocabularies: dict[str, Vocabulary]


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """The package's own entries; raises KnowledgeError."""
    folder = files("bot.knowledge").joinpath("entries")
    found = (each for each in folder.iterdir() if each.name.endswith(".toml"))
    return read_entries((each.name.removesuffix(".toml"), each.read_text("utf-8")) for each in found)


def read_entries(sources: Iterable[tuple[str, str]]) -> Knowledge:
    """Entries out of pairs of topic and TOML text; raises KnowledgeError."""
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
    return Knowledge(entries, {language: _collect(language, entries) for language in LANGUAGES})


def _collect(language: str, entries: tuple[Entry, ...]) -> Vocabulary:
    return collect_vocabulary(language, tuple(each for entry in entries for each in entry.patterns[language]))


def _build_entry(raw: dict[str, Any]) -> Entry:
    return Entry(
        topic=raw["topic"],
        as_of=raw["as_of"],
        review_by=raw["review_by"],
        sources=tuple(source["name"] for source in raw["sources"]),
        patterns={language: tuple(parse_pattern(each) for each in raw["ask"][language]) for language in LANGUAGES},
        wordings=tuple(_build_wording(answer) for answer in raw["answer"]),
    )


def _build_wording(answer: dict[str, Any]) -> Wording:
    texts = {language: " ".join(answer[language].split()) for language in LANGUAGES}
    return Wording(frozenset(answer["markets"]), answer.get("from"), answer.get("until"), texts)
