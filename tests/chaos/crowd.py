"""Homeowners who write at random: in bursts, with an end that suits them; some of their projects go on at OpenSolar."""

import random
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import httpx

from tests.kill.grammar import QUICK_PROJECT, correction, hello, hello_all
from tests.kill.watching import Watch, new_phone

MOST_MESSAGES = 16  # below the thirty replies that may go out without a pause
ENDS = ("silence", "stop", "person", "project", "stopped project", "taken")
WEIGHTS = (5, 2, 2, 3, 1, 1)
LIFE = ("design", "proposal_sent", "viewed", "signed", "paid", "schedule", "installed")
"""What happens to a project at OpenSolar."""


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
    moves: int = 0

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
        if line.startswith("(at OpenSolar) "):
            self._move(person.phone, line.removeprefix("(at OpenSolar) "))
            return
        self.busy.add(person.phone)
        try:
            self.view.write(person.phone, line, copies=2 if self.chance.random() < 0.05 else 1)
        except httpx.TransportError:
            return  # Twilio itself never saw it
        self.written += 1

    def _move(self, phone: str, move: str) -> None:
        manner = {"copies": 2} if self.chance.random() < 0.2 else {"order": "shuffled"}
        self.view.move(phone, move, **manner)
        self.busy.add(phone)
        self.moves += 1

    def _plan(self, end: str) -> Iterator[list[str]]:
        """Bursts of lines; a burst of one waits for its answer."""
        number = 300
        yield [hello_all(number) if "project" in end else hello(number)]
        left = 0 if "project" in end else self.chance.randint(2, MOST_MESSAGES)
        while left > 0:
            burst = min(left, self.chance.choice((1, 1, 2, 3)))
            yield [correction(number + step + 1) for step in range(burst)]
            number, left = number + burst, left - burst
        yield from {
            "stop": [["STOP"], [correction(number + 1)]],
            "person": [["I want to talk to a person"], [correction(number + 1)]],
            "project": [[line] for line in (*QUICK_PROJECT, *_at_opensolar(LIFE))],
            "stopped project": [
                [line] for line in (*QUICK_PROJECT, *_at_opensolar(LIFE[:1]), "STOP", *_at_opensolar(LIFE[1:]))
            ],
            "taken": [["(taken)"], [correction(number + 1)]],
        }.get(end, [])


def _at_opensolar(moves: Iterable[str]) -> list[str]:
    return [f"(at OpenSolar) {move}" for move in moves]
