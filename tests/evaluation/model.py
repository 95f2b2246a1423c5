"""Reading with a language model's help: rules alone, a model that behaves well, and models that misbehave."""

import json
import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.knowledge import find_answer
from bot.understand.evidence import read_evidence
from bot.understand.proposals import CONTROLS, SLOTS
from bot.understand.single import read_with_model
from flows.commands import Correct, Set
from flows.patterns.answers import SURE
from flows.reading.read import country_of, read
from flows.reading.types import ReadContext, Reading
from integrations.llm.model import Completion, LanguageModel, ModelChoice, ModelError, Prompt, open_model
from tests.cases.score_reading import faults, same
from tests.evaluation.lines import Line
from tests.homeowners.run import run_homeowner
from tests.homeowners.typos import mistype
from tools.read import report
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import OPENAI_KEY
from tools.sandbox.runner import run_sandbox

FOLDER = Path(__file__).resolve().parent.parent / "cases"
DEADLINE = 0.5
SLACK = 0.3
SLIPS = 2
MOST_WORDS = 12  # of a piece of evidence
FAULTS = {
    "hang": "timeout_after", "drip": "drip", "429": "rate_limit", "refusal": "refusal", "wrong schema": "wrong_schema",
    "HTML": "html", "empty": "empty", "tool ignored": "tool_ignored", "401": "unauthorised", "500": "error_before",
    "reset": "reset_before", "cut off": "cut_off", "not JSON": "bad_json",
}  # fmt: skip
WISHES = {"skip": "skip", "back": "back", "handoff": "handoff"}
Case = dict[str, Any]


@dataclass
class Room:
    """The model server, and what a fresh process would open."""

    base_url: str
    client: SandboxClient

    def open(self, **more: Any) -> LanguageModel:
        url = f"{self.base_url}/models/openai/v1"
        model = open_model(ModelChoice(openai_api_key=OPENAI_KEY, openai_base_url=url, **more))
        if model is None:
            raise RuntimeError("a key was given, and no model was opened")
        return model

    def script(self, cases: Sequence[Case], say: Any) -> None:
        """`say(case)` is the answer to each case's words."""
        self.client.clear_scripts()
        for case in cases:
            self.client.script_model(case["utterance"], say(case))


def measure(quick: bool = False) -> list[Line]:
    """Cases with and without a model, misbehaviour, evil answers, and how often a conversation would ask."""
    cases = load_cases()
    slipped = [slip(case, number) for number, case in enumerate(cases)]
    with open_room() as room:
        lines = [*_measure_help(room, "cases", cases), *_measure_help(room, "cases with two slips", slipped)]
        ids = _list_asked((*cases, *slipped))
        asked = [case for case in (*cases, *slipped) if case["id"] in ids]
        lines += _measure_faults(room, asked[: 3 if quick else 10])
        lines += _measure_evil(room, asked[:5] if quick else asked)
    return [*lines, _measure_share(20 if quick else 200)]


@contextmanager
def open_room() -> Iterator[Room]:
    """With one call made, since the first of a process loads the vendors' libraries."""
    with run_sandbox() as sandbox, SandboxClient(sandbox.base_url) as client:
        room = Room(sandbox.base_url, client)
        model = room.open()
        read_with_model(
            "zzyzx flub the glorp of qux", ReadContext(asked="utility"), model, 60.0, datetime.now(UTC).date()
        )
        model.close()
        yield room


def load_cases() -> list[Case]:
    """The shared cases and the fresh ones, where there are any."""
    files = [path for name in ("utterances.jsonl", "fresh.jsonl") if (path := FOLDER / name).exists()]
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]


def slip(case: Case, number: int) -> Case:
    """The same words with slips of the fingers, always the same ones, in what stands around the values."""
    rng = random.Random(number)
    text, values = _hide_values(case)
    for _ in range(SLIPS):
        text = mistype(text, rng)
    for name, value in values.items():
        text = text.replace(name, value)
    return {**case, "id": f"{case['id']}~", "utterance": text, "meant": case["utterance"]}


def _hide_values(case: Case) -> tuple[str, dict[str, str]]:
    """The words with placeholders for what rules read values from, and what each of them stands for."""
    text: str = case["utterance"]
    values: dict[str, str] = {}
    raws = {each.raw for each in read(text, context_of(case)).commands if isinstance(each, Set | Correct)}
    for raw in sorted(raws, key=len, reverse=True):
        if raw and raw in text:
            name = f"{{v{len(values)}}}"
            values[name] = raw
            text = text.replace(raw, name, 1)
    return text, values


def context_of(case: Case) -> ReadContext:
    return ReadContext(locale=case["locale"], asked=case.get("asked"))


def answer_well(case: Case) -> dict[str, Any]:
    """What a careful model would answer: each value that is expected, with the fewest words that give it."""
    expected = case["expects"]
    command = "correct" if expected["intent"] == "correction" else "set"
    found = [(slot, find_evidence(case, slot)) for slot in SLOTS if slot in expected]
    commands = [{"command": command, "slot": slot, "words": words} for slot, words in found if words]
    if expected["intent"] in WISHES and not commands:
        commands = [{"command": WISHES[expected["intent"]], "slot": "", "words": case["utterance"].strip()}]
    if expected["intent"] == "question" and (topic := _find_topic(case)):
        commands.append({"command": "ask", "slot": topic, "words": case["utterance"].strip()})
    return {"commands": commands}


def _find_topic(case: Case) -> str:
    """What the knowledge finds for the words as they were meant, "" for nothing."""
    language, market = case["locale"].partition("-")[0], country_of(case["locale"])
    found = find_answer(str(case.get("meant", case["utterance"])), language, market, datetime.now(UTC).date())
    return found.topic if found else ""


def find_evidence(case: Case, slot: str) -> str:
    """The shortest run of words that our parsers read as the expected value, "" where there is none."""
    text, wanted, context = str(case["utterance"]), case["expects"][slot], context_of(case)
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    for length in range(1, min(len(spans), MOST_WORDS) + 1):
        for first in range(len(spans) - length + 1):
            words = text[spans[first][0] : spans[first + length - 1][1]].strip(".,;:!?")
            evidence = read_evidence(slot, words, context) if words else None
            if evidence is not None and same(slot, evidence.value, wanted):
                return words
    return ""


def read_helped(model: LanguageModel, case: Case, deadline: float = 10.0) -> Reading:
    """As a turn would: rules alone where there is no usable answer."""
    try:
        today = datetime.now(UTC).date()
        return read_with_model(case["utterance"], context_of(case), model, deadline, today)
    except ModelError:
        return read(case["utterance"], context_of(case))


def _measure_help(room: Room, what: str, cases: Sequence[Case]) -> list[Line]:
    asked = _list_asked(cases)
    room.script([case for case in cases if case["id"] in asked], answer_well)
    model = room.open()
    alone = [not faults(case, report(read(case["utterance"], context_of(case)))) for case in cases]
    helped = [not faults(case, report(read_helped(model, case))) for case in cases]
    model.close()
    worse = [case["id"] for case, before, after in zip(cases, alone, helped, strict=True) if before and not after]
    return [
        Line(f"{what}, rules alone", sum(alone), len(cases)),
        Line(f"{what}, with a model that behaves well", sum(helped), len(cases), sum(alone) / len(cases)),
        Line(f"{what}, made worse by it", len(worse), len(cases), 0.0, at_most=True, note=", ".join(worse[:8])),
        Line(f"{what}, asked about", len(asked), len(cases)),
    ]


class Nobody:
    """A LanguageModel that is not there."""

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        raise ModelError("unreachable", "Nobody is there.")

    def close(self) -> None:
        pass


def _list_asked(cases: Sequence[Case]) -> set[str]:
    """Ids of the cases that a model is asked about."""
    found = set()
    for case in cases:
        try:
            read_with_model(case["utterance"], context_of(case), Nobody(), 1.0, datetime.now(UTC).date())
        except ModelError:
            found.add(case["id"])
    return found


def _measure_faults(room: Room, cases: Sequence[Case]) -> list[Line]:
    """Each way of misbehaving: the rules' reading, inside the deadline."""
    room.script(cases, answer_well)
    return [_measure_fault(room, name, kind, cases) for name, kind in FAULTS.items()]


def _measure_fault(room: Room, name: str, kind: str, cases: Sequence[Case]) -> Line:
    seconds = {"seconds": 5.0} if kind == "timeout_after" else {}
    room.client.add_fault("models.openai.chat", kind, count=None, **seconds)
    right, slowest = 0, 0.0
    for case in cases:
        model = room.open(openai_answers="tool" if kind == "tool_ignored" else "json_schema")
        began = time.monotonic()
        reading = read_helped(model, case, DEADLINE)
        took = time.monotonic() - began
        slowest = max(slowest, took)
        right += reading == read(case["utterance"], context_of(case)) and took < DEADLINE + SLACK
        model.close()
    room.client.clear_faults()
    note = f"slowest {slowest:.2f} s with a deadline of {DEADLINE} s"
    return Line(f"misbehaving ({name}): as rules alone and in time", right, len(cases), 1.0, note=note)


def list_evil(case: Case) -> dict[str, Mapping[str, Any]]:
    """Answers that fit the schema and mean harm."""
    text = case["utterance"].strip()
    every = [{"command": "set", "slot": slot, "words": text[:200]} for slot in SLOTS]
    wishes = [{"command": wish, "slot": "", "words": text[:200]} for wish in CONTROLS]
    invented = [{"command": "set", "slot": slot, "words": "Eve Example 9000"} for slot in SLOTS]
    return {
        "every slot from all words": {"commands": every},
        "every wish": {"commands": wishes},
        "invented words": {"commands": invented},
        "a thousand commands": {"commands": (every + invented) * 34},
        "huge words": {"commands": [{"command": "set", "slot": "name", "words": text + " pie" * 50_000}]},
    }


def _measure_evil(room: Room, cases: Sequence[Case]) -> list[Line]:
    """No answer makes a value sure that was not asked for, replaces one of the rules' or says yes."""
    lines = []
    for name in list_evil({"utterance": ""}):
        room.script(cases, lambda case, name=name: list_evil(case)[name])
        model = room.open()
        right = sum(_is_harmless(case, read_helped(model, case)) for case in cases)
        model.close()
        lines.append(Line(f"evil answers ({name}): nothing outside what was asked", right, len(cases), 1.0))
    return lines


def _is_harmless(case: Case, reading: Reading) -> bool:
    rules = read(case["utterance"], context_of(case))
    known = {each.slot: each.value for each in rules.commands if isinstance(each, Set | Correct)}
    sure = [each for each in reading.commands if isinstance(each, Set | Correct) and each.confidence >= SURE]
    asked = {case.get("asked"), *ROWS.get(str(case.get("asked")), ())}
    values = all(each.value == known.get(each.slot) or (each.slot in asked and each.source == "model") for each in sure)
    kinds = {type(each).__name__ for each in reading.commands} - {type(each).__name__ for each in rules.commands}
    return values and not kinds & {"OptOut", "Restart", "Cancel", "Affirm", "Choose", "Start", "Clear"}


ROWS = {
    "street": ("city", "state", "postal_code"),
    "city": ("street", "state", "postal_code"),
    "state": ("street", "city", "postal_code"),
    "postal_code": ("street", "city", "state"),
    "monthly_bill": ("monthly_kwh", "annual_kwh", "currency"),
    "monthly_kwh": ("monthly_bill", "annual_kwh", "currency"),
    "annual_kwh": ("monthly_bill", "monthly_kwh", "currency"),
    "alternate_name": ("alternate_phone",),
}
"""Slots that are asked for together."""


def _measure_share(runs: int) -> Line:
    """How many messages of scripted homeowners a model would be asked about."""
    done = [run_homeowner(seed) for seed in range(runs)]
    asked, texts = sum(run.asks_model for run in done), sum(run.texts for run in done)
    return Line("homeowners' messages that would ask a model", asked, texts, 0.15, at_most=True, note=f"{runs} runs")
