"""The small language in which an entry says which questions are its own, and how well a message fits."""

import re
from dataclasses import dataclass, field

from bot.knowledge.words import is_near, split_words, stem, word_list

SMALL_WEIGHT = 0.25
SLIP_WEIGHT = 0.9
LONG_ENOUGH_ALONE = 7
_TERM = re.compile(r"[a-z0-9]+\*?")


@dataclass(frozen=True, slots=True)
class Term:
    """A word; `prefix` takes any ending."""

    word: str
    prefix: bool


Joined = tuple[Term, ...]
Group = tuple[Joined, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Every group of `needed` must occur, none of `barred`; `whole` allows nothing else but small and solar words."""

    needed: tuple[Group, ...]
    barred: tuple[Group, ...]
    whole: bool


def parse_pattern(text: str) -> Pattern:
    """Raises ValueError with what is wrong, in words for staff."""
    whole = text.startswith("=")
    parts = text.removeprefix("=").split()
    needed = tuple(_parse_group(part) for part in parts if not part.startswith("-"))
    if not needed:
        raise ValueError(f"pattern {text!r} asks for no word")
    return Pattern(needed, tuple(_parse_group(part[1:]) for part in parts if part.startswith("-")), whole)


def _parse_group(part: str) -> Group:
    return tuple(tuple(_parse_term(word) for word in option.split("_")) for option in part.split("/"))


def _parse_term(word: str) -> Term:
    if not _TERM.fullmatch(word):
        raise ValueError(f"{word!r} is not a plain lower-case word without accents, with or without * at its end")
    return Term(word.removesuffix("*"), word.endswith("*"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that the entries of one language know."""

    language: str
    stems: frozenset[str]
    prefixes: tuple[str, ...]

    def knows(self, word: str) -> bool:
        return stem(word, self.language) in self.stems or word.startswith(self.prefixes)


def collect_vocabulary(language: str, patterns: tuple[Pattern, ...]) -> Vocabulary:
    """Every word that a pattern needs, and the words of the subject."""
    terms = {term for pattern in patterns for group in pattern.needed for joined in group for term in joined}
    words = {term.word for term in terms if not term.prefix} | word_list().solar
    stems = frozenset(stem(word, language) for word in words)
    return Vocabulary(language, stems, tuple(sorted(term.word for term in terms if term.prefix)))


@dataclass(slots=True)
class Message:
    """A message being compared with patterns of one language."""

    words: tuple[str, ...]
    vocabulary: Vocabulary
    stems: tuple[str, ...] = ()
    known: tuple[bool, ...] = ()
    initials: frozenset[str] = frozenset()
    _seen: dict[Term, tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stems = tuple(stem(word, self.vocabulary.language) for word in self.words)
        self.initials = frozenset(word[0] for word in self.words)
        self.known = tuple(_is_small(word) or self.vocabulary.knows(word) for word in self.words)

    def score(self, pattern: Pattern) -> float:
        """0 where it does not fit; 1 and more grows with the words that fit."""
        total = 0.0
        for group in pattern.needed:
            weight = self._weigh_group(group)
            if not weight:
                return 0.0
            total += weight
        if any(self._weigh_group(group) for group in pattern.barred):
            return 0.0
        return 0.0 if pattern.whole and self._has_strangers(pattern) else total

    def _has_strangers(self, pattern: Pattern) -> bool:
        terms = [term for group in pattern.needed for joined in group for term in joined]
        strangers = [at for at, word in enumerate(self.words) if not (_is_small(word) or word in word_list().solar)]
        return not all(any(row and row[at] for row in map(self._look_for, terms)) for at in strangers)

    def _weigh_group(self, group: Group) -> float:
        return max(self._weigh_joined(joined) for joined in group)

    def _weigh_joined(self, joined: Joined) -> float:
        rows = [self._look_for(term) for term in joined]
        if not all(rows):
            return 0.0
        best = 0.0
        for start in range(len(self.words) - len(joined) + 1):
            weights = [row[start + offset] for offset, row in enumerate(rows)]
            if all(weights):
                best = max(best, sum(weights))
        return max(best, 1.0) if best and len(joined) > 1 else best

    def _look_for(self, term: Term) -> tuple[float, ...]:
        """The weight of the term at each word, empty where it is nowhere; a first letter is never forgiven."""
        if term.word[0] not in self.initials:
            return ()
        if term not in self._seen:
            root = stem(term.word, self.vocabulary.language)
            row = tuple(self._weigh_word(at, term, root) for at in range(len(self.words)))
            self._seen[term] = row if any(row) else ()
        return self._seen[term]

    def _weigh_word(self, at: int, term: Term, root: str) -> float:
        word = self.words[at]
        if word[0] != term.word[0]:
            return 0.0
        if word.startswith(term.word) if term.prefix else self.stems[at] == root:
            return SMALL_WEIGHT if term.word in word_list().small else 1.0
        if self.known[at] or not _is_slip(word, term):
            return 0.0
        return 1.0 if len(term.word) >= LONG_ENOUGH_ALONE else SLIP_WEIGHT


def _is_slip(word: str, term: Term) -> bool:
    if not term.prefix:
        return is_near(word, term.word)
    size = len(term.word)
    return any(is_near(word[:length], term.word) for length in (size, size - 1, size + 1))


def _is_small(word: str) -> bool:
    return word[0].isdigit() or word in word_list().small


def read_message(text: str, vocabulary: Vocabulary) -> Message:
    """A message ready for scoring."""
    return Message(split_words(text), vocabulary)
