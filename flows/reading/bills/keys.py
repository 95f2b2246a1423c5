"""What a bill's words say: labels found in cells however they were set or misread."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from flows.reading.bills.lines import Cell

_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "&": "+"})
_NUMBER = re.compile(r"[-+(]?(?:us)?[$€r]?[-]?\d[\d.,/:' -]*[%¢)]?")
_PART = re.compile(r"[^\W\d_]+[\d]?[^\W\d_]+|[^\W\d_]+|[$€]?\d[\d.,:']*|[|!&+#@=/%¢]")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label may mean and where in its cell it stands (characters of the cell's text)."""

    kinds: frozenset[str]
    name: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents; as long as `text` wherever a letter folds to one letter."""
    return "".join(_fold_letter(letter) for letter in text)


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[:1].lower()
    return plain[:1] or letter


def squeeze(text: str) -> str:
    """Letters only, those that recognisers confuse made the same, numbers as "#"."""
    return _squeeze_placed(text)[0]


@lru_cache(maxsize=8192)
def _squeeze_placed(text: str) -> tuple[str, tuple[int, ...]]:
    letters: list[str] = []
    places: list[int] = []
    for part in _PART.finditer(fold(text)):
        said = part.group()
        if said[0].isdigit() or said[0] in "$€":
            letters.append("#")
            places.append(part.start())
            continue
        for offset, letter in enumerate(said.translate(_ALIKE)):
            letters.append(letter)
            places.append(part.start() + offset)
    return "".join(letters), tuple(places)


def _load_labels() -> Mapping[str, tuple[str, ...]]:
    text = resources.files("flows.reading.bills").joinpath("data", "labels.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return MappingProxyType({kind: tuple(names) for kind, names in table.items()})


LABELS = _load_labels()


def _index_labels() -> list[tuple[str, frozenset[str]]]:
    kinds: dict[str, set[str]] = {}
    for kind, names in LABELS.items():
        for name in names:
            kinds.setdefault(squeeze(name), set()).add(kind)
    return sorted(((key, frozenset(found)) for key, found in kinds.items()), key=lambda pair: (-len(pair[0]), pair[0]))


_KEYS = _index_labels()
_SHORT = 6
"""Keys of fewer letters need a word of their own."""


def find_labels(cell: Cell) -> tuple[Label, ...]:
    """Labels of a cell from left to right; of those that overlap the longest."""
    return _find_labels(cell.text)


@lru_cache(maxsize=4096)
def _find_labels(text: str) -> tuple[Label, ...]:
    key, places = _squeeze_placed(text)
    taken = [False] * len(key)
    found: list[Label] = []
    for name, kinds in _KEYS:
        at = key.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(taken[at:end]) and (len(name) >= _SHORT or _stands_alone(text, places, at, end)):
                taken[at:end] = [True] * len(name)
                found.append(Label(kinds, name, places[at], places[end - 1] + 1))
            at = key.find(name, end)
    return tuple(sorted(found, key=lambda label: label.start))


def _stands_alone(text: str, places: tuple[int, ...], at: int, end: int) -> bool:
    start, stop = places[at], places[end - 1] + 1
    before = start == 0 or not text[start - 1].isalpha()
    after = stop >= len(text) or not text[stop].isalpha()
    return before and after


def has_label(cell: Cell, *kinds: str) -> bool:
    """True when a cell holds a label of one of the kinds."""
    wanted = frozenset(kinds)
    return any(label.kinds & wanted for label in find_labels(cell))
