"""Readings of one value and what speaks for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """A value found in one place; `kind` says how, `weight` what that is worth."""

    value: float
    kind: str
    weight: float
    where: int = -1


@dataclass(slots=True)
class Choice:
    """Readings of the same value."""

    value: float
    readings: list[Reading] = field(default_factory=list)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(reading.kind for reading in self.readings)

    @property
    def places(self) -> int:
        return len({reading.where for reading in self.readings})

    @property
    def score(self) -> float:
        best = {reading.kind: 0.0 for reading in self.readings}
        for reading in self.readings:
            best[reading.kind] = max(best[reading.kind], reading.weight)
        return sum(best.values()) + 0.3 * min(self.places - 1, 3)


def group_readings(readings: Iterable[Reading], near: float) -> list[Choice]:
    """Readings that differ by no more than `near` together, the best first."""
    choices: list[Choice] = []
    for reading in sorted(readings, key=lambda item: -item.weight):
        home = next((choice for choice in choices if abs(choice.value - reading.value) <= near), None)
        if home is None:
            home = Choice(reading.value)
            choices.append(home)
        home.readings.append(reading)
    for choice in choices:
        choice.value = _most_said(choice.readings)
    return sorted(choices, key=lambda choice: (-choice.score, choice.value))


def _most_said(readings: list[Reading]) -> float:
    """The value that most readings have; a whole one where as many have another."""
    counts = Counter(reading.value for reading in readings)
    return max(counts, key=lambda value: (counts[value], value == int(value), value))
