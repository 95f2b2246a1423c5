"""Finds many fixed phrases in a message at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from flows.reading.segments import Message, fold

T = TypeVar("T")
_JOINTS = frozenset(" &/'.-")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase in the message."""

    value: T
    start: int
    end: int
    text: str


def split_words(phrase: str) -> tuple[str, ...]:
    """A phrase as folded words."""
    return tuple("".join(c if c.isalnum() else " " for c in fold(phrase)).split())


class Phrases(Generic[T]):
    """A table of phrases; the longest phrase at a place wins."""

    def __init__(self, table: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        rows = table.items() if isinstance(table, Mapping) else table
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in rows:
            words = split_words(phrase)
            if words:
                self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, message: Message, free: bool = True) -> Iterator[Match[T]]:
        """Matches from left to right that do not overlap; only in what nobody took unless `free` is False."""
        words, place = message.words, 0
        while place < len(words):
            step = 1
            for phrase, value in self._by_first.get(words[place].text, ()):
                last = place + len(phrase) - 1
                if last >= len(words) or any(words[place + i].text != w for i, w in enumerate(phrase)):
                    continue
                start, end = words[place].start, words[last].end
                if not self._joined(message, place, last) or (free and not message.is_free(start, end)):
                    continue
                yield Match(value, start, end, message.plain[start:end])
                step = len(phrase)
                break
            place += step

    @staticmethod
    def _joined(message: Message, first: int, last: int) -> bool:
        for left, right in zip(message.words[first:last], message.words[first + 1 : last + 1], strict=True):
            gap = message.plain[left.end : right.start]
            if len(gap) > 3 or not _JOINTS.issuperset(gap):
                return False
        return True
