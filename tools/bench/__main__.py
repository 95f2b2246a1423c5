"""`make bench`: measures every line of the table, or those that are named."""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack

from tools.bench.backlog_line import measure_backlog
from tools.bench.bill_lines import measure_bills
from tools.bench.engine_lines import measure_engine
from tools.bench.ground import Ground, open_ground
from tools.bench.reading_lines import measure_reading
from tools.bench.report import write_report
from tools.bench.table import Result, format_table
from tools.bench.traffic_lines import measure_traffic
from tools.bench.vendor_line import measure_vendors
from tools.bench.web_line import measure_web
from tools.bench.webhook_line import measure_webhook

ALONE: dict[str, Callable[[bool], list[Result]]] = {
    "engine": measure_engine,
    "web": measure_web,
    "reading": measure_reading,
    "bills": measure_bills,
}
ON_SERVERS: dict[str, Callable[[Ground, bool], list[Result]]] = {
    "webhook": measure_webhook,
    "backlog": measure_backlog,
    "traffic": measure_traffic,
    "vendors": measure_vendors,
}


def main() -> int:
    """0 however fast it was: a slow machine is no error."""
    given = read_arguments()
    lines = given.line or [*ALONE, *ON_SERVERS]
    results: list[Result] = []
    with ExitStack() as stack:
        ground = stack.enter_context(open_ground()) if set(lines) & set(ON_SERVERS) else None
        for line in lines:
            print(f"{line} …", file=sys.stderr, flush=True)
            if ground is not None and line in ON_SERVERS:
                results += ON_SERVERS[line](ground, given.quick)
            else:
                results += ALONE[line](given.quick)
    print(format_table(results))
    if given.write:
        write_report(results)
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("line", nargs="*", help=f"of {', '.join([*ALONE, *ON_SERVERS])}; all by default")
    parser.add_argument("--quick", action="store_true", help="short rounds: shows that it runs, not how fast")
    parser.add_argument("--write", action="store_true", help="writes the table to docs/bench.md")
    given = parser.parse_args()
    if unknown := set(given.line) - set(ALONE) - set(ON_SERVERS):
        parser.error(f"there is no line {', '.join(sorted(unknown))}")
    return given


if __name__ == "__main__":
    sys.exit(main())
