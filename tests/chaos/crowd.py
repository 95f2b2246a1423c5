"""Homeowners who write at random: in bursts, with an end that suits them, some of them to staff."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from tests.kill.grammar import PROJECT, correction, hello
from tests.kill.watching import Watch, new_phone

MOST_MESSAGES = 16  # below the thirty replies that may go out without a pause
ENDS = ("silence", "stop", "person", "project", "taken")
WEIGHTS = (5, 2, 2, 2, 1)


@dataclass
class Homeowner:
    """Writes `lines` in bursts; what comes alone waits until all before it is answered."""

    phone: str
    end: str
    lines: Iterator[list[str]]
    waits: bool = False
    sent: int = 0


@dataclass
class Crowd:
    """`size` homeowners at a time; who is done is replaced."""

    view: Watch
    chance: random.Random
    size: int
    people: list[Homeowner] = field(default_factory=list)
    written: int = 0
    takes: int = 0

    def write_next(self, busy: set[str]) -> None:
        """Somebody writes a burst. `busy` are the phones that still wait for an answer."""
        while len(self.people) < self.size:
            self.people.append(self._invite())
        free = [person for person in self.people if not (person.waits and person.phone in busy)]
        if not free:
            return
        person = self.chance.choice(free)
        burst = next(person.lines, None)
        if burst is None:
            self.people.remove(person)
            return
        person.waits = len(burst) == 1
        for line in burst:
            self._write(person, line)

    def _write(self, person: Homeowner, line: str) -> None:
        if line == "(taken)":
            self.view.take(person.phone)
            self.takes += 1
            return
        try:
            self.view.write(person.phone, line, copies=2 if self.chance.random() < 0.05 else 1)
        except httpx.TransportError:
            return  # Twilio itself never saw it
        self.written += 1

    def _invite(self) -> Homeowner:
        end = self.chance.choices(ENDS, WEIGHTS)[0]
        return Homeowner(new_phone(), end, iter(list(self._plan(end))))

    def _plan(self, end: str) -> Iterator[list[str]]:
        """Bursts of lines; a burst of one waits for its answer."""
        number = 300
        yield [hello(number)]
        left = self.chance.randint(2, MOST_MESSAGES - (len(PROJECT) if end == "project" else 0))
        while left > 0:
            burst = min(left, self.chance.choice((1, 1, 2, 3)))
            yield [correction(number + step + 1) for step in range(burst)]
            number, left = number + burst, left - burst
        yield from {
            "stop": [[], ["STOP"], [correction(number + 1)]],
            "person": [[], ["I want to talk to a person"], [correction(number + 1)]],
            "project": [[line] for line in PROJECT],
            "taken": [[], ["(taken)"], [correction(number + 1)]],
        }.get(end, [])
