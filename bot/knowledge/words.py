"""Words of a message as the knowledge compares them: folded, stemmed, and forgiving of a slip of the thumb."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

LONG_WORD = 9
SHORTEST_FORGIVEN = 5


@dataclass(frozen=True, slots=True)
class WordList:
    """`small` words carry no meaning of their own, `solar` words belong to the subject, `aliases` are shorthand."""

    small: frozenset[str]
    solar: frozenset[str]
    aliases: dict[str, str]


@lru_cache(maxsize=1)
def word_list() -> WordList:
    """The package's own word list."""
    raw = tomllib.loads(files("bot.knowledge").joinpath("words.toml").read_text("utf-8"))
    return WordList(frozenset(raw["small"].split()), frozenset(raw["solar"].split()), dict(raw["aliases"]))


def fold(text: str) -> str:
    """Lower case without accents or apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"['’`´]", "", plain)


def split_words(text: str) -> tuple[str, ...]:
    """The words of a message in order, shorthand spelled out."""
    aliases = word_list().aliases
    return tuple(aliases.get(word, word) for word in re.findall(r"[a-z0-9]+", fold(text)))


def stem(word: str, language: str) -> str:
    """The word without its commonest endings."""
    return _stem_spanish(word) if language == "es" else _stem_english(word)


def _stem_english(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending, shortest in (("ing", 6), ("ed", 5), ("es", 5)):
        if word.endswith(ending) and len(word) >= shortest:
            return word[: -len(ending)]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _stem_spanish(word: str) -> str:
    for ending in ("es", "s"):
        if word.endswith(ending) and len(word) > 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] in "aeo" else word


def is_near(word: str, wanted: str) -> bool:
    """Whether one slip, or two in a long word, turns `wanted` into `word`; the first letter is trusted."""
    if len(wanted) < SHORTEST_FORGIVEN or not word or word[0] != wanted[0]:
        return False
    allowed = 2 if len(wanted) >= LONG_WORD else 1
    return abs(len(word) - len(wanted)) <= allowed and count_slips(word, wanted) <= allowed


def count_slips(left: str, right: str) -> int:
    """Letters added, missing, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
