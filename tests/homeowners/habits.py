"""How a homeowner behaves: drawn once, kept for the whole conversation."""

import random
from dataclasses import dataclass, field
from typing import Literal

from tests.homeowners.goals import Goal

Style = Literal["plain", "terse", "dumper"]
Turnoff = Literal["", "optout", "danger", "cancel"]
OPTIONAL = ("roof_type", "email", "alternate_name")
CORRECTABLE = ("name", "bill", "street", "email", "roof", "devices", "postal_code", "owner")


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares are of the occasions on which something can happen; numbers in sets count the bot's questions.

    `keeps` are slots that are not told; `mistakes` slots first told wrong; `turnoff` ends the matter at `turnoff_at`.
    """

    style: Style
    says_hello: bool
    taps: float
    adds: float
    scrambles: float
    sloppy: float
    lower: bool
    doubles: float
    bursts: float
    careful: bool
    keeps: frozenset[str] = frozenset()
    mistakes: frozenset[str] = frozenset()
    asks_at: frozenset[int] = frozenset()
    asks_beside: float = 0.0
    thanks_at: frozenset[int] = frozenset()
    silent_at: dict[int, int] = field(default_factory=dict)
    voice_at: int = -1
    person_at: int = -1
    switch_at: int = -1
    later_at_end: bool = False
    corrects_after: bool = False
    turnoff: Turnoff = ""
    turnoff_at: int = -1
    on_duty: bool = False


def draw_habits(rng: random.Random, goal: Goal) -> Habits:
    keeps = {name for name in OPTIONAL if rng.random() < 0.12}
    if rng.random() < 0.08:
        keeps.add(rng.choice(("name", "utility", "bill", "devices", "postal_code")))
    mistakes = {rng.choice(CORRECTABLE)} if rng.random() < 0.22 else set()
    return Habits(
        style=rng.choices(("plain", "terse", "dumper"), (50, 22, 28))[0],
        says_hello=rng.random() < 0.8,
        taps=rng.choice((0.0, 0.3, 0.9)),
        adds=rng.choice((0.0, 0.1, 0.35)),
        scrambles=rng.choice((0.0, 0.0, 0.15)),
        sloppy=rng.choice((0.0, 0.0, 0.1, 0.3)),
        lower=rng.random() < 0.3,
        doubles=rng.choice((0.0, 0.0, 0.0, 0.06)),
        bursts=rng.choice((0.0, 0.0, 0.12)),
        careful=rng.random() < 0.6,
        keeps=frozenset(keeps),
        mistakes=frozenset(mistakes),
        asks_at=frozenset(rng.sample(range(1, 10), rng.choices((0, 1, 2, 3), (45, 30, 17, 8))[0])),
        asks_beside=rng.choice((0.0, 0.0, 0.08)),
        thanks_at=frozenset(rng.sample(range(1, 11), rng.choices((0, 1, 2), (70, 20, 10))[0])),
        silent_at={rng.randint(1, 9): rng.choice((5, 20, 30, 50, 130, 220))} if rng.random() < 0.2 else {},
        voice_at=rng.randint(1, 6) if rng.random() < 0.05 else -1,
        person_at=rng.randint(0, 8) if rng.random() < 0.05 else -1,
        switch_at=rng.randint(1, 5) if goal.market in ("US", "ES") and rng.random() < 0.1 else -1,
        later_at_end=rng.random() < 0.05,
        corrects_after=rng.random() < 0.04,
        turnoff=(turnoff := rng.choices(("", "optout", "danger", "cancel"), (94, 3, 2, 1))[0]),
        turnoff_at=rng.randint(1, 7) if turnoff else -1,
        on_duty=rng.random() < 0.4,
    )
