"""The engine alone, and with rule reading before it, in turns for each second of one core's time."""

import time
from collections.abc import Callable

from bot.understand import understand
from flows.engine import advance
from flows.registry import flow_named
from tools.bench.homeowners import Step, load_scripts, walk_script
from tools.bench.table import Result, compare, take_median

ENGINE_TARGET = 3000
READING_TARGET = 400


def measure_engine(quick: bool) -> list[Result]:
    """Both lines in alternating rounds, on every step of every script."""
    steps = [step for script in load_scripts() for step in walk_script(script)]
    rounds, seconds = (3, 0.3) if quick else (9, 1.0)
    alone: list[float] = []
    reading: list[float] = []
    for _ in range(rounds):
        alone.append(count_rate(lambda: advance_all(steps), len(steps), seconds))
        reading.append(count_rate(lambda: read_all(steps), len(steps), seconds))
    note = f"{len(steps)} messages of {len(load_scripts())} scripts, CPU seconds, median of {rounds}"
    return [
        compare("engine alone", take_median(alone), ENGINE_TARGET, "turns/s", note),
        compare("engine with rule reading", take_median(reading), READING_TARGET, "messages/s", note),
    ]


def advance_all(steps: list[Step]) -> None:
    for step in steps:
        advance(flow_named(step.before.flow), step.before, step.event, step.at)


def read_all(steps: list[Step]) -> None:
    for step in steps:
        read = understand("message", "SM1", step.payload, step.before, False, step.at.date())
        advance(flow_named(step.before.flow), step.before, read.event, step.at)


def count_rate(work: Callable[[], None], size: int, seconds: float) -> float:
    """Items for each CPU second of this process: what others do with the core at the same time does not count."""
    began = time.process_time()
    done = 0
    while (spent := time.process_time() - began) < seconds:
        work()
        done += size
    return done / spent
