"""Reading, one message at a time: the shared cases and the fresh ones, by intent, by slot and by fold."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flows.commands import Handoff, OptOut
from flows.reading.read import read
from flows.reading.types import ReadContext
from tests.cases.score_reading import FREE, faults, same
from tests.evaluation.lines import Line
from tools.read import report

FOLDER = Path(__file__).resolve().parent.parent / "cases"
FOLDS = 5
SEEN = "the rules were written with these cases in view: this shows that nothing broke, not how new messages do"
Case = dict[str, Any]
Answer = dict[str, Any]
Pair = tuple[Case, Answer]


def measure(quick: bool = False) -> list[Line]:
    """Shared cases with their targets, then the fresh ones where there are any; quick or not, all of them."""
    lines = _measure_file("shared", "utterances.jsonl")
    fresh = FOLDER / "fresh.jsonl"
    if fresh.exists():
        lines += _measure_file("fresh", fresh.name)
    return lines


def _measure_file(what: str, name: str) -> list[Line]:
    cases = [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.strip()]
    pairs = [(case, read_case(case)) for case in cases]
    return [
        *_measure_whole(what, pairs),
        *_measure_folds(what, pairs),
        *_measure_intents(what, pairs),
        *_measure_slots(what, pairs),
    ]


def read_case(case: Case) -> Answer:
    """What the bot reads: "intent", "slots", and "acts", the names of what it would do at once."""
    reading = read(case["utterance"], ReadContext(locale=case["locale"], asked=case.get("asked")))
    acts = {type(each).__name__ for each in reading.commands if isinstance(each, OptOut)}
    acts |= {f"Handoff {each.reason}" for each in reading.commands if isinstance(each, Handoff)}
    return {**report(reading), "acts": acts}


def _measure_whole(what: str, pairs: Sequence[Pair]) -> list[Line]:
    wrong = [case["id"] for case, answer in pairs if faults(case, answer)]
    unwanted = [case["id"] for case, answer in pairs if list_unwanted(case, answer)]
    return [
        Line(f"{what}, whole case", len(pairs) - len(wrong), len(pairs), 0.90, note=_name(wrong, SEEN)),
        Line(f"{what}, intent", sum(map(_has_intent, pairs)), len(pairs), 0.95),
        Line(f"{what}, slot set out of nothing", len(unwanted), len(pairs), 0.02, at_most=True, note=_name(unwanted)),
        _measure_act(f"{what}, opt-out", pairs, lambda case: _is(case, "opt_out"), lambda act: act == "OptOut"),
        _measure_act(f"{what}, handoff", pairs, lambda case: _is(case, "handoff"), lambda act: "Handoff" in act),
        _measure_act(f"{what}, emergency", pairs, is_emergency, lambda act: act == "Handoff emergency"),
    ]


def list_unwanted(case: Case, answer: Answer) -> list[str]:
    """Slots that were set though the message says nothing of them."""
    return [name for name in answer["slots"] if name not in case["expects"] and name not in FREE]


def is_emergency(case: Case) -> bool:
    return bool(case.get("emergency", case["id"].startswith("emer_")))


def _is(case: Case, intent: str) -> bool:
    return bool(case["expects"]["intent"] == intent)


def _measure_act(
    what: str, pairs: Sequence[Pair], is_meant: Callable[[Case], bool], is_act: Callable[[str], bool]
) -> Line:
    """What is done at once: right where it is done exactly when it is meant; counted over both kinds of error."""
    meant = {case["id"] for case, _ in pairs if is_meant(case)}
    done = {case["id"] for case, answer in pairs if any(map(is_act, answer["acts"]))}
    needless = {each for each in done - meant if not _fits_label(each, pairs)}
    missed = sorted(meant - done)
    note = _name(missed, "") + (f"; needless: {', '.join(sorted(needless))}" if needless else "")
    return Line(
        what, len(meant) - len(missed), len(meant) + len(needless), 1.0 if meant else None, note=note.strip("; ")
    )


def _fits_label(case_id: str, pairs: Sequence[Pair]) -> bool:
    """Whether a stronger label hides the act: what a message asks for is done whatever it is called."""
    case = next(case for case, _ in pairs if case["id"] == case_id)
    return case["expects"]["intent"] in ("injection", "opt_out", "handoff")


def _measure_folds(what: str, pairs: Sequence[Pair]) -> list[Line]:
    lines = []
    for fold in range(FOLDS):
        inside = [pair for pair in pairs if fold_of(pair[0]) == fold]
        right = sum(not faults(*pair) for pair in inside)
        lines.append(Line(f"{what}, fold {fold + 1} of {FOLDS}", right, len(inside)))
    return lines


def fold_of(case: Case) -> int:
    """The case's own fold, else the one that its id falls into."""
    digest = hashlib.sha256(str(case["id"]).encode()).digest()
    return int(case.get("fold", digest[0] % FOLDS))


def _measure_intents(what: str, pairs: Sequence[Pair]) -> list[Line]:
    total = Counter(case["expects"]["intent"] for case, _ in pairs)
    right = Counter(pair[0]["expects"]["intent"] for pair in pairs if _has_intent(pair))
    return [Line(f"{what}, intent {name}", right[name], count) for name, count in sorted(total.items())]


def _has_intent(pair: Pair) -> bool:
    return bool(pair[1]["intent"] == pair[0]["expects"]["intent"])


def _measure_slots(what: str, pairs: Sequence[Pair]) -> list[Line]:
    """Of each slot: how often it has the value that is expected, among the cases that expect one."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case, answer in pairs:
        for name, wanted in case["expects"].items():
            if name == "intent" or (name in FREE and name not in answer["slots"]):
                continue
            total[name] += 1
            right[name] += same(name, answer["slots"].get(name), wanted)
    return [Line(f"{what}, slot {name}", right[name], count) for name, count in sorted(total.items())]


def _name(ids: Sequence[str], note: str = "") -> str:
    """The first of the cases that went wrong, and what else there is to say."""
    wrong = f"wrong: {', '.join(ids[:12])}" + (" …" if len(ids) > 12 else "") if ids else ""
    return "; ".join(filter(None, (note, wrong)))
