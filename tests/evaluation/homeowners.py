"""Whole conversations: seeded homeowners with goals and habits, and how their projects came out."""

from collections import Counter
from collections.abc import Sequence

from tests.evaluation.lines import Line
from tests.homeowners.judging import expect_slots, holds, list_faults, list_wrong_commits, rank
from tests.homeowners.run import Run, run_homeowner

RUNS = 500
QUICK_RUNS = 60
OTHERS = range(10_001, 10_501)
"""Seeds that the rules were not mended on."""

LONG_ENOUGH = 3
"""Messages of three words or more after which the bot is to have followed into another language."""


def measure(quick: bool = False) -> list[Line]:
    """Runs from seed 1 on; a conversation of a seed is shown by `python -m tests.homeowners --show SEED`."""
    runs = [run_homeowner(seed) for seed in range(1, (QUICK_RUNS if quick else RUNS) + 1)]
    others = [] if quick else _measure_others([run_homeowner(seed) for seed in OTHERS])
    return [*_measure_outcomes(runs), *others, *_measure_calls(runs), *_measure_effort(runs), *_measure_slots(runs)]


def _measure_outcomes(runs: Sequence[Run]) -> list[Line]:
    wrong = [run for run in rank(runs) if list_faults(run)]
    commits = [run for run in runs if list_wrong_commits(run)]
    values = sum(len(shown) for run in runs for shown in run.shown)
    count = len(runs)
    return [
        Line("final project right", count - len(wrong), count, 0.95, note=_name(wrong)),
        Line("runs with a wrong value shown or sent", len(commits), count, 0.01, at_most=True, note=_name(commits)),
        Line("wrong values, of all shown", sum(len(list_wrong_commits(run)) for run in commits), values),
        Line("stuck", sum(run.is_stuck for run in runs), count, 0.0, at_most=True),
    ]


def _measure_others(runs: Sequence[Run]) -> list[Line]:
    right = sum(not list_faults(run) for run in runs)
    wrong = sum(bool(list_wrong_commits(run)) for run in runs)
    return [
        Line("final project right, seeds not mended on", right, len(runs)),
        Line("wrong value shown or sent, the same seeds", wrong, len(runs)),
    ]


def _measure_calls(runs: Sequence[Run]) -> list[Line]:
    wanted = sum(run.wanted for run in runs)
    missed = [run for run in runs if run.missed]
    needless = [run for run in runs if run.needless]
    return [
        Line("person, stop, danger or cancel missed", sum(len(run.missed) for run in runs), wanted, note=_name(missed)),
        Line("the same, needless", sum(len(run.needless) for run in runs), len(runs), note=_name(needless)),
    ]


def _measure_effort(runs: Sequence[Run]) -> list[Line]:
    messages, texts = sum(run.messages for run in runs), sum(run.texts for run in runs)
    switched = [run for run in runs if run.long_since_switch >= LONG_ENOUGH and not run.is_stuck]
    followed = sum(run.state.language == run.person.language for run in switched)
    return [
        Line("messages over the minimum", sum(run.again for run in runs), messages),
        Line("questions about what had been told", sum(run.told_again for run in runs), sum(r.questions for r in runs)),
        Line("messages of a homeowner, per run", messages, len(runs)),
        Line("messages of the bot, per run", sum(run.replies for run in runs), len(runs)),
        Line("messages that a language model would be asked about", sum(r.asks_model for r in runs), texts, 0.15, True),
        Line("followed into another language", followed, len(switched)),
    ]


def _measure_slots(runs: Sequence[Run]) -> list[Line]:
    """Of the projects that were sent: how often each slot is as meant."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for run in runs:
        if run.person.ended == "submitted":
            for slot, _ in expect_slots(run):
                total[slot] += 1
                right[slot] += holds(run, slot)
    return [Line(f"slot {slot}", right[slot], count) for slot, count in sorted(total.items())]


def _name(runs: Sequence[Run]) -> str:
    seeds = [str(run.seed) for run in runs]
    return f"seeds {', '.join(seeds[:10])}{' …' if len(seeds) > 10 else ''}" if seeds else ""
