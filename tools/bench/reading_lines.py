"""Reading by rules: milliseconds a message, and how many messages of whole conversations a language model would get."""

import importlib
import json
import time
from pathlib import Path

from flows.reading.read import read
from flows.reading.types import ReadContext
from tools.bench.table import Result, take_median, take_share

MOST_MILLISECONDS = 2.5
MOST_SHARE = 0.15
CASES = ("utterances.jsonl", "fresh.jsonl")


def measure_reading(quick: bool) -> list[Result]:
    """CPU milliseconds of each case's reading, and the share over seeded homeowners."""
    rounds, seeds = (1, 20) if quick else (5, 200)
    times = time_cases(rounds)
    note = f"{len(times) // rounds} cases, {rounds} times; 99 of 100 within {take_share(times, 0.99):.1f} ms"
    run_homeowner = importlib.import_module("tests.homeowners.run").run_homeowner  # who talks in the evaluation too
    runs = [run_homeowner(seed) for seed in range(1, seeds + 1)]
    texts, asks = sum(run.texts for run in runs), sum(run.asks_model for run in runs)
    median = take_median(times)
    return [
        Result(
            "reading by rules, median",
            f"{median:.2f} ms",
            f"≤ {MOST_MILLISECONDS} ms",
            median <= MOST_MILLISECONDS,
            note,
        ),
        Result(
            "messages that would ask a model",
            f"{asks / texts:.1%}",
            f"≤ {MOST_SHARE:.0%}",
            asks / texts <= MOST_SHARE,
            f"{asks} of {texts} messages of {seeds} homeowners",
        ),
    ]


def time_cases(rounds: int) -> list[float]:
    """CPU milliseconds, the first round left out: it loads tables."""
    folder = Path(__file__).parents[2] / "tests/cases"
    cases = [json.loads(line) for name in CASES for line in (folder / name).read_text("utf-8").splitlines()]
    times = []
    for number in range(rounds + 1):
        for case in cases:
            began = time.process_time()
            read(case["utterance"], ReadContext(locale=case["locale"], asked=case.get("asked")))
            times += [1000 * (time.process_time() - began)] if number else []
    return times
