"""Words of a message as the knowledge compares them: folded, stemmed, and forgiving of a slip of the thumb."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from snowballstemmer import stemmer

LONG_WORD = 9
SHORTEST_FORGIVEN = 5
_STEMMERS = {"en": stemmer("english"), "es": stemmer("spanish")}
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """One language: the name that stands for a word or stem, and for stems in a row by the first of them."""

    words: Mapping[str, str]
    stems: Mapping[str, str]
    rows: Mapping[str, tuple[tuple[Row, str], ...]]


@dataclass(frozen=True, slots=True)
class WordList:
    """`small` and `common` words carry no meaning of their own, `solar` words belong to the subject."""

    small: frozenset[str]
    common: frozenset[str]
    solar: frozenset[str]
    aliases: dict[str, str]
    synonyms: dict[str, Synonyms]


@lru_cache(maxsize=1)
def word_list() -> WordList:
    """The package's own word list."""
    raw = tomllib.loads(files("bot.knowledge").joinpath("words.toml").read_text("utf-8"))
    synonyms = {language: _read_synonyms(names, language) for language, names in raw["synonyms"].items()}
    small, common, solar = (frozenset(raw[key].split()) for key in ("small", "common", "solar"))
    return WordList(small, common, solar, dict(raw["aliases"]), synonyms)


def _read_synonyms(names: Mapping[str, str], language: str) -> Synonyms:
    words: dict[str, str] = {}
    stems: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for name, listed in names.items():
        for word in listed.split():
            first, *others = (stem(part, language) for part in word.split("_"))
            if others:
                rows[first].append(((first, *others), f"={name}"))
            else:
                words[word] = f"={name}"
                stems[first].add(f"={name}")
    longest_first = {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in rows.items()}
    return Synonyms(words, {each: min(found) for each, found in stems.items() if len(found) == 1}, longest_first)


def fold(text: str) -> str:
    """Lower case without accents or apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"['’`´]", "", plain)


def split_words(text: str) -> tuple[str, ...]:
    """The words of a message in order, shorthand spelled out."""
    aliases = word_list().aliases
    return tuple(aliases.get(word, word) for word in re.findall(r"[a-z0-9]+", fold(text)))


@lru_cache(maxsize=8192)
def stem(word: str, language: str) -> str:
    """The word without its endings, by Snowball."""
    return str(_STEMMERS[language].stemWord(word))


def read_tokens(text: str, language: str, mend: Callable[[str], str] = str) -> tuple[str, ...]:
    """The stems of a message in order, numbers left out, what means the same under one name that begins with =.

    `mend` may put another stem in the place of one.
    """
    words = [word for word in split_words(text) if not word[0].isdigit()]
    return tuple(_name_meanings(words, [mend(stem(word, language)) for word in words], word_list().synonyms[language]))


def _name_meanings(words: list[str], stems: list[str], synonyms: Synonyms) -> Iterator[str]:
    at = 0
    while at < len(words):
        rows = synonyms.rows.get(stems[at], ())
        row, name = next(((row, name) for row, name in rows if tuple(stems[at : at + len(row)]) == row), ((), ""))
        yield name or synonyms.words.get(words[at]) or synonyms.stems.get(stems[at], stems[at])
        at += len(row) or 1


@lru_cache(maxsize=2)
def small_stems(language: str) -> frozenset[str]:
    """The stems of the small and the common words."""
    return frozenset(stem(word, language) for word in word_list().small | word_list().common)


def has_content(text: str) -> bool:
    """Whether it holds a word that is neither small nor common."""
    weightless = word_list().small | word_list().common
    return any(not word[0].isdigit() and word not in weightless for word in split_words(text))


@lru_cache(maxsize=2)
def word_stems(language: str) -> frozenset[str]:
    """The stems that a name stands for, alone or in a row."""
    synonyms = word_list().synonyms[language]
    in_rows = {each for found in synonyms.rows.values() for row, _ in found for each in row}
    return frozenset(synonyms.stems) | in_rows


def is_near(word: str, wanted: str) -> bool:
    """Whether one slip, or two in a long word, turns `wanted` into `word`; the first letter is trusted."""
    if len(wanted) < SHORTEST_FORGIVEN or not word or word[0] != wanted[0]:
        return False
    allowed = 2 if len(wanted) >= LONG_WORD else 1
    return abs(len(word) - len(wanted)) <= allowed and count_slips(word, wanted) <= allowed


def count_slips(left: str, right: str) -> int:
    """Letters added, missing, changed or swapped with their neighbour."""
    return OSA.distance(left, right)
