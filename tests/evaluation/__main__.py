"""Measures how well the product understands: one table of every slice; exit code 1 where a target is missed.

    python -m tests.evaluation [--only NAME ...] [--quick] [--write]

A slice is a module in this folder with `measure(quick) -> list[Line]`; it is found by being there.
"""

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.evaluation.lines import Line
from tests.evaluation.report import write_report
from tests.evaluation.table import format_table

Measure = Callable[[bool], list[Line]]


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0, 1 where a target is missed, 2 for a slice that is not there."""
    slices = find_slices()
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="NAME", action="append", choices=sorted(slices), help=", ".join(slices))
    parser.add_argument("--quick", action="store_true", help="a smaller sample of each: a look, not a figure to quote")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/eval.md")
    chosen = parser.parse_args(arguments)
    measured = run_slices({name: slices[name] for name in chosen.only or slices}, chosen.quick)
    sys.stdout.write(format_table(measured) + "\n")
    if chosen.write:
        write_report(measured, chosen.quick)
    missed = [f"{name}: {line.what}" for name, lines in measured.items() for line in lines if not line.is_met]
    if missed:
        sys.stdout.write(f"\nmissed: {'; '.join(missed)}\n")
    return 1 if missed else 0


def find_slices() -> dict[str, Measure]:
    """Name of each module here that has a `measure` of its own -> that."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = {name: importlib.import_module(f"tests.evaluation.{name}") for name in names if name != "__main__"}
    measures = {name: getattr(module, "measure", None) for name, module in modules.items()}
    return {name: each for name, each in measures.items() if each and each.__module__ == modules[name].__name__}


def run_slices(slices: dict[str, Measure], quick: bool) -> dict[str, Sequence[Line]]:
    measured: dict[str, Sequence[Line]] = {}
    for name, measure in slices.items():
        sys.stderr.write(f"{name} …")
        sys.stderr.flush()
        began = time.perf_counter()
        measured[name] = measure(quick)
        sys.stderr.write(f" {time.perf_counter() - began:.1f} s\n")
    return measured


if __name__ == "__main__":
    sys.exit(main())
