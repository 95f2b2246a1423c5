"""Homeowners to read: `python -m tests.homeowners --show 17` prints a conversation, `--worst 10` the worst ones."""

import argparse
import sys

from tests.homeowners.judging import list_faults, rank
from tests.homeowners.run import Run, run_homeowner


def main() -> int:
    """Always 0: this is for reading."""
    parser = argparse.ArgumentParser(prog="python -m tests.homeowners", description=__doc__)
    parser.add_argument(
        "--show", metavar="SEED", type=int, nargs="+", default=[], help="the conversations of these seeds"
    )
    parser.add_argument("--worst", metavar="COUNT", type=int, default=0, help="the worst ones of --runs")
    parser.add_argument("--runs", metavar="COUNT", type=int, default=500)
    chosen = parser.parse_args()
    runs = [run_homeowner(seed) for seed in chosen.show]
    if chosen.worst:
        runs += rank([run_homeowner(seed) for seed in range(1, chosen.runs + 1)])[: chosen.worst]
    for run in runs:
        sys.stdout.write(describe(run) + "\n\n")
    return 0


def describe(run: Run) -> str:
    """A transcript with what it was about and how it came out."""
    faults = "; ".join(list_faults(run)) or "as meant"
    head = f"== {run.seed}: {run.goal.market} {run.goal.language}, {faults}"
    habits = {name: getattr(run.habits, name) for name in run.habits.__slots__}
    used = ", ".join(f"{name} {value}" for name, value in habits.items() if value and value != -1)
    return "\n".join((head, f"   {used}", *run.lines))


if __name__ == "__main__":
    sys.exit(main())
