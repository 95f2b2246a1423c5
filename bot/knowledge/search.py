"""Finds the entries whose example questions are nearest in words to a message, offline."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.knowledge.words import is_near, read_tokens, small_stems, word_stems

RARITY = 0.8
SMALL_WEIGHT = 0.7
STRANGE_WEIGHT = 0.8
SMALL_STRANGE_WEIGHT = 0.3
"""What a word that no example holds weighs, as a share of the rarest known one: it tells against every entry."""

SATURATION = 1.0
"""An example or two with a word say nearly as much as many."""

NEAREST_SHARE = 0.4
SHORTEST_MENDED = 6
SURE_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Example:
    """An example question: its entry, and the length of its weighed words."""

    topic: str
    length: float


@dataclass(frozen=True, slots=True)
class Index:
    """The example questions of one language by word: `holders` have it, `shares` say how much a topic is about it."""

    language: str
    weights: Mapping[str, float]
    examples: tuple[Example, ...]
    holders: Mapping[str, tuple[int, ...]]
    shares: Mapping[str, Mapping[str, float]]
    rarest: float
    stems: frozenset[str]
    mended: dict[str, str] = field(default_factory=dict)

    def rank(self, text: str) -> dict[str, float]:
        """Every entry that shares a word with the text, with how near it is: 0 to 1."""
        weighed = self._weigh(text)
        total = sum(weighed.values())
        if not total:
            return {}
        covered: dict[str, float] = defaultdict(float)
        for token, weight in weighed.items():
            for topic, share in self.shares.get(token, {}).items():
                covered[topic] += weight * share
        nearest = self._find_nearest(weighed)
        return {
            topic: NEAREST_SHARE * nearest[topic] + (1 - NEAREST_SHARE) * part / total
            for topic, part in covered.items()
        }

    def _find_nearest(self, weighed: Mapping[str, float]) -> dict[str, float]:
        """By topic the cosine between the message and the example that is most like it."""
        products: dict[int, float] = defaultdict(float)
        for token, weight in weighed.items():
            for at in self.holders.get(token, ()):
                products[at] += weight * weight
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        nearest: dict[str, float] = defaultdict(float)
        for at, product in products.items():
            example = self.examples[at]
            nearest[example.topic] = max(nearest[example.topic], product / (example.length * length))
        return nearest

    def _weigh(self, text: str) -> dict[str, float]:
        return {token: self._weigh_token(token) for token in read_tokens(text, self.language, self._mend)}

    def _weigh_token(self, token: str) -> float:
        strange = SMALL_STRANGE_WEIGHT if token in small_stems(self.language) else STRANGE_WEIGHT
        return self.weights.get(token, self.rarest * strange)

    def _mend(self, stem: str) -> str:
        """The known stem that a misspelt one is nearest to, else itself."""
        if stem in self.stems or len(stem) < SHORTEST_MENDED - 1:
            return stem
        if stem not in self.mended:
            near = (
                each
                for each in self.stems
                if each[0] == stem[0] and len(each) >= SHORTEST_MENDED - 1 and _is_slip(stem, each)
            )
            if len(self.mended) >= MOST_MENDED:
                self.mended.clear()
            self.mended[stem] = min(near, default=stem)
        return self.mended[stem]


MOST_MENDED = 4096


def _is_slip(word: str, wanted: str) -> bool:
    """A slip; in a short word a changed letter may be another word."""
    if not is_near(word, wanted):
        return False
    return len(wanted) >= SURE_LENGTH or len(word) != len(wanted) or sorted(word) == sorted(wanted)


def build_index(language: str, questions: Mapping[str, Sequence[str]]) -> Index:
    """`questions` are the examples by topic."""
    rows = [(topic, frozenset(read_tokens(text, language))) for topic, texts in questions.items() for text in texts]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    holders: dict[str, list[int]] = defaultdict(list)
    for at, (topic, tokens) in enumerate(rows):
        for token in tokens:
            counts[token][topic] += 1
            holders[token].append(at)
    small = small_stems(language)
    weights = {
        token: math.log(1 + len(questions) / len(found)) ** RARITY * (SMALL_WEIGHT if token in small else 1.0)
        for token, found in counts.items()
    }
    lengths = (math.sqrt(sum(weights[token] ** 2 for token in tokens)) or 1.0 for _, tokens in rows)
    return Index(
        language,
        weights,
        tuple(Example(topic, length) for (topic, _), length in zip(rows, lengths, strict=True)),
        {token: tuple(found) for token, found in holders.items()},
        {token: {topic: n / (n + SATURATION) for topic, n in found.items()} for token, found in counts.items()},
        math.log(1 + len(questions)) ** RARITY,
        word_stems(language) | small | {token for token in counts if not token.startswith("=")},
    )
