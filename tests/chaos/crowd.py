"""Homeowners who write at random: in bursts, with an end that suits them, some of them to staff."""

import random
from collections import deque
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
    """Writes `bursts` of lines; a line that comes alone waits until all before it is answered."""

    phone: str
    bursts: deque[list[str]]

    def waits(self, busy: set[str]) -> bool:
        return self.phone in busy and len(self.bursts[0]) == 1


@dataclass
class Crowd:
    """`size` homeowners at a time; who is done is replaced. `busy` are phones that may still wait for an answer."""

    view: Watch
    chance: random.Random
    size: int
    people: list[Homeowner] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)
    written: int = 0
    takes: int = 0

    def write_next(self) -> None:
        """Somebody who need not wait writes a burst."""
        while len(self.people) < self.size:
            self.people.append(Homeowner(new_phone(), deque(self._plan(self.chance.choices(ENDS, WEIGHTS)[0]))))
        free = [person for person in self.people if not person.waits(self.busy)]
        if not free:
            return
        person = self.chance.choice(free)
        for line in person.bursts.popleft():
            self._write(person, line)
        if not person.bursts:
            self.people.remove(person)

    def _write(self, person: Homeowner, line: str) -> None:
        if line == "(taken)":
            self.view.take(person.phone)
            self.takes += 1
            return
        self.busy.add(person.phone)
        try:
            self.view.write(person.phone, line, copies=2 if self.chance.random() < 0.05 else 1)
        except httpx.TransportError:
            return  # Twilio itself never saw it
        self.written += 1

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
            "stop": [["STOP"], [correction(number + 1)]],
            "person": [["I want to talk to a person"], [correction(number + 1)]],
            "project": [[line] for line in PROJECT],
            "taken": [["(taken)"], [correction(number + 1)]],
        }.get(end, [])
