"""Puts a model's proposals to the rules' reading: what rules read stands, what is added is sure or asked about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.understand.controls import find_control
from bot.understand.evidence import Evidence, read_evidence
from bot.understand.proposals import VALUES, Proposal, find_words
from bot.understand.scene import Scene
from flows.commands import Ask, Command, Correct, Set, Start, Unclear
from flows.patterns.answers import SURE
from flows.reading.segments import fold
from flows.reading.types import Intent

MODEL_SURE = 0.7
MODEL_UNSURE = 0.5
"""Below SURE: the engine asks whether it was meant."""

_TURNS = re.compile(
    r"\b(?:no|not|never|none|nor|without|\w+n'?t|cannot|used to|before|previous\w*|former\w*|old|any ?more"
    r"|no longer|if|maybe|might|someday|thinking|want\w*|wish|except|but"
    r"|neighbou?r\w*|friend\w*|cousin\w*|brother\w*|sister\w*|parents?|mom\w*|mum\w*|mother\w*|dad\w*|father\w*|uncle"
    r"|aunt|boss|landlord\w*|tenant\w*|his|her|their|your|somebody|someone|they"
    r"|nunca|ni|sin|tampoco|antes|era|eran|tenia\w*|solia\w*|quizas?|tal vez|vecin\w*|amig\w*|prim[oa]s?|herman\w*"
    r"|padres?|mama|papa|jef[ea]|dueno|casero|su|sus|pero|quier\w*)\b"
)
"""Words that turn what stands beside them; one too many costs no more than a question."""

MOST_DOUBTS = 2
"""Values that one message may leave to be confirmed because of a model."""

ORDER: tuple[Intent, ...] = ("handoff", "back", "correction", "question", "skip", "answer")


@dataclass(frozen=True, slots=True)
class Merged:
    """The commands of both; `taken` are those that the model added or changed."""

    intent: Intent
    commands: tuple[Command, ...]
    taken: tuple[Command, ...]


def merge(intent: Intent, commands: Sequence[Command], proposals: Sequence[Proposal], scene: Scene) -> Merged:
    """The rules' commands with what may be taken of the proposals. Pure.

    A value is sure only where the question asked for it, our parser reads it, and nothing is on file; any other waits
    for a yes. Where rules and model read different values, the rules' one waits for it. A question gets the topic that
    the model names. A wish such as "skip" counts only where rules found nothing at all.
    """
    draft = Draft(list(commands), scene)
    for proposal in proposals:
        if proposal.command in VALUES:
            draft.take_value(proposal)
        elif proposal.command == "ask":
            draft.take_topic(proposal)
    control = None if draft.taken or not _is_unexplained(commands) else find_control(proposals, scene)
    if control is not None:
        draft.add(control[0], control[1])
    if not draft.taken:
        return Merged(intent, tuple(commands), ())
    kept = [each for each in draft.commands if not isinstance(each, Unclear)]
    labels = draft.labels | ({intent} if intent not in ("gibberish", "greeting") else set())
    return Merged(next(each for each in (*ORDER, intent) if each in labels), tuple(kept), tuple(draft.taken))


def _is_unexplained(commands: Sequence[Command]) -> bool:
    return all(isinstance(each, Unclear | Start) for each in commands)


class Draft:
    """The reading as it grows."""

    def __init__(self, commands: list[Command], scene: Scene) -> None:
        self.commands = commands
        self.scene = scene
        self.taken: list[Command] = []
        self.labels: set[Intent] = set()
        self.doubts = 0

    def add(self, command: Command, label: Intent) -> None:
        self.commands.append(command)
        self.taken.append(command)
        self.labels.add(label)

    def take_value(self, proposal: Proposal) -> None:
        slot = proposal.slot
        given = next((each for each in self.commands if isinstance(each, Set | Correct) and each.slot == slot), None)
        if given is not None and given.source == "model":
            return
        evidence = read_evidence(slot, proposal.words, self.scene.context)
        if evidence is None:
            return
        if given is not None:
            self._compare(given, proposal, evidence)
        elif not self._is_used(proposal):
            self._set_value(proposal, evidence)

    def _set_value(self, proposal: Proposal, evidence: Evidence) -> None:
        """A slot that the rules left unset."""
        slot, held = proposal.slot, self.scene.held
        if slot in held:
            if not is_same(held[slot], evidence.value):
                self._doubt(Correct(slot, evidence.value, proposal.words, "model", MODEL_UNSURE), "correction")
        elif (
            evidence.parsed
            and proposal.command == "set"
            and self.scene.asks_for(slot)
            and not is_clipped(self.scene.text, proposal)
        ):
            self.add(Set(slot, evidence.value, proposal.words, "model", MODEL_SURE), "answer")
            if evidence.currency and "currency" not in held:
                self.add(Set("currency", evidence.currency, proposal.words, "model", MODEL_SURE), "answer")
        else:
            self._doubt(Set(slot, evidence.value, proposal.words, "model", MODEL_UNSURE), "answer")

    def _compare(self, given: Set | Correct, proposal: Proposal, evidence: Evidence) -> None:
        """Both read the slot: agreement lifts the rules' doubt of what was asked for, disagreement makes one."""
        slot = given.slot
        if is_same(given.value, evidence.value):
            if (
                given.confidence < SURE
                and evidence.parsed
                and self.scene.asks_for(slot)
                and slot not in self.scene.held
            ):
                self._replace(given, replace(given, confidence=MODEL_SURE))
        elif slot == "devices":
            more = [row for row in evidence.value if row["type"] not in {each["type"] for each in given.value}]
            if more:
                self._doubt(Set(slot, more, proposal.words, "model", MODEL_UNSURE), "answer")
        elif evidence.parsed and given.confidence >= SURE and self.doubts < MOST_DOUBTS:
            self.doubts += 1
            self._replace(given, replace(given, confidence=MODEL_UNSURE))

    def _doubt(self, command: Set | Correct, label: Intent) -> None:
        if self.doubts < MOST_DOUBTS:
            self.doubts += 1
            self.add(command, label)

    def _replace(self, old: Command, new: Command) -> None:
        self.commands[self.commands.index(old)] = new
        self.taken.append(new)

    def _is_used(self, proposal: Proposal) -> bool:
        """Whether the rules have read a value out of these words already: each span is used once."""
        for each in self.commands:
            if isinstance(each, Set | Correct) and each.confidence >= SURE and each.raw:
                place = find_words(self.scene.text, each.raw)
                if place and place[0] < proposal.end and proposal.start < place[1]:
                    return True
        return False

    def take_topic(self, proposal: Proposal) -> None:
        """A question that the knowledge answers: one that the rules saw, or else the words that nothing explains."""
        answer = self.scene.tell(proposal.slot)
        if answer is None or any(isinstance(each, Ask) and each.topic == proposal.slot for each in self.commands):
            return
        asked = [each for each in self.commands if isinstance(each, Ask)]
        unanswered = next((each for each in asked if each.answer is None and each.topic is None), None)
        if unanswered is not None:
            self._replace(unanswered, replace(unanswered, topic=proposal.slot, answer=answer))
            self.labels.add("question")
        elif not asked and any(isinstance(each, Unclear) for each in self.commands):
            self.add(Ask(proposal.words, proposal.slot, answer), "question")


def is_clipped(text: str, proposal: Proposal) -> bool:
    """Whether the rest of the message denies the words, puts them in the past or gives them to somebody else: "my
    neighbor got a tesla"."""
    return bool(_TURNS.search(fold(text[: proposal.start] + " " + text[proposal.end :])))


def is_same(one: Any, other: Any) -> bool:
    return bool(one == other) or str(one).casefold() == str(other).casefold()
