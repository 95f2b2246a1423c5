"""Random kills under load, judged from Twilio's ledger: `python -m tests.chaos --kills 300 --seed 7`."""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.crowd import Crowd
from tests.chaos.killer import Killer
from tests.databases import migrate_sqlite_file, open_postgres
from tests.kill.checker import Verdict
from tests.kill.stack import PROCESSES, Mode, run_stack
from tests.kill.watching import OPEN_KINDS, SOLAR_VENDORS, Watch, watch

DATABASES = ("postgresql", "sqlite")
SETTINGS = {"TURN_WORKERS": "2", "LOG_LEVEL": "info"}
FAULTS = (
    ("webhook", "duplicate", 0.03), ("webhook", "lost", 0.01), ("webhook", "slow", 0.02),
    ("messages.create", "error_after", 0.02), ("messages.create", "error_before", 0.01),
    ("messages.create", "reset_after", 0.01), ("messages.create", "rate_limit", 0.02),
    ("status_callback", "lost", 0.05), ("status_callback", "duplicate", 0.05),
    ("status_callback", "out_of_order", 0.05),
    ("opensolar.projects.create", "error_after", 0.05), ("opensolar.projects.create", "reset_after", 0.05),
    ("aurora.projects.create", "timeout_after", 0.05), ("opensolar.projects.fetch", "error_before", 0.02),
    ("opensolar.systems.list", "garbage_after", 0.02), ("opensolar.*", "rate_limit", 0.01),
    ("aurora.*", "rate_limit", 0.01), ("opensolar.webhook", "lost", 0.05), ("opensolar.webhook", "duplicate", 0.1),
    ("opensolar.webhook", "out_of_order", 0.05), ("aurora.webhook", "lost", 0.05),
)  # fmt: skip
VENDORS = {"VENDOR_POLL_SECONDS": "15"}
LAG = ("messages.list", "lag", 0.02)
LAG_SECONDS = 4.0
LOOK_SECONDS = 2.0
END_SECONDS = 180.0


@dataclass(frozen=True)
class Plan:
    kills: int
    seed: int
    rate: float
    pause: float
    size: int


def main() -> int:
    plan, databases = read_arguments()
    say(f"seed {plan.seed}, {plan.kills} kills on each of {', '.join(databases)}")
    held = [run_one(name, plan) for name in databases]
    return 0 if all(held) else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def read_arguments() -> tuple[Plan, list[str]]:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="on each database")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--rate", type=float, default=4.0, help="bursts of messages a second")
    parser.add_argument("--pause", type=float, default=0.7, help="seconds between two kills, on average")
    parser.add_argument("--size", type=int, default=25, help="homeowners who write at the same time")
    parser.add_argument("--database", choices=DATABASES, action="append", help="both, unless given")
    given = parser.parse_args()
    return Plan(given.kills, given.seed, given.rate, given.pause, given.size), given.database or list(DATABASES)


def run_one(database: str, plan: Plan) -> bool:
    """One run; prints what happened. Whether the checker found nothing."""
    started = time.monotonic()
    with make_database(database) as url, tempfile.TemporaryDirectory(prefix="hg-chaos-") as folder:
        modes = {name: Mode(settings=SETTINGS) for name in PROCESSES}
        with run_stack(Path(folder) / "run", url, modes, VENDORS) as stack:
            stack.twilio.change_settings(
                opensolar_list_identifiers=True
            )  # so many projects that not each can be opened
            view = watch(stack)
            crowd = Crowd(view, random.Random(plan.seed), plan.size)
            killer = Killer(stack, random.Random(plan.seed + 1))
            rage(view, crowd, killer, plan)
            calm_down(view)
            verdict = view.judge(parked=view.list_parked(), projects=view.list_projects(), vendors=SOLAR_VENDORS)
            report(database, view, crowd, killer, verdict, time.monotonic() - started)
    return not verdict.violations


def rage(view: Watch, crowd: Crowd, killer: Killer, plan: Plan) -> None:
    """Traffic, faults and kills until there were enough."""
    for endpoint, kind, probability in (*FAULTS, LAG):
        more = {"seconds": LAG_SECONDS} if kind == "lag" else {}
        view.stack.twilio.add_fault(endpoint, kind, probability=probability, seed=plan.seed, **more)
    write_at = kill_at = look_at = time.monotonic()
    while killer.kills < plan.kills:
        now = time.monotonic()
        if now >= look_at:
            crowd.busy, look_at = find_busy(view), time.monotonic() + LOOK_SECONDS
            view.stack.forget_pace()
        if now >= write_at:
            crowd.write_next()
            write_at = max(now - 1, write_at) + killer.chance.expovariate(plan.rate)
        if now >= kill_at:
            killed = killer.kill_one()
            kill_at = time.monotonic() + killer.chance.expovariate(1 / plan.pause)
            if killed and killer.kills % 50 == 0:
                say(f"  {killer.kills} kills, {crowd.written} messages")
        view.stack.revive()
        time.sleep(0.01)  # the pace of the loop, no signal


def find_busy(view: Watch) -> set[str]:
    found = view.judge(vendors=SOLAR_VENDORS).violations
    return {violation.phone for violation in found if violation.kind in OPEN_KINDS}


def calm_down(view: Watch) -> None:
    """No faults and no kills any more: returns when all is answered and still, or never will be. Staff look after what
    nobody can know."""

    def is_still() -> bool:
        view.stack.forget_pace()
        return view.stack.is_idle()

    view.stack.twilio.clear_faults()
    view.stack.await_for(is_still, END_SECONDS)
    view.retry_projects()
    view.stack.await_for(lambda: not find_busy(view) and is_still(), END_SECONDS)


def report(database: str, view: Watch, crowd: Crowd, killer: Killer, verdict: Verdict, seconds: float) -> None:
    evidence = view.evidence()
    deaths = ", ".join(f"{count} {name}" for name, count in killer.deaths.most_common())
    say(f"{database}: {seconds:.0f} s, {killer.kills} kills ({deaths})")
    say(
        f"  {len(evidence.heard)} messages, {sum(item.acked is None for item in evidence.heard)} of them never "
        f"acknowledged, {len(evidence.said)} replies, {crowd.takes} take-overs, "
        f"{len(evidence.made)} projects at vendors, {crowd.moves} moves there, "
        f"{len(verdict.ambiguous)} ambiguous, {len(verdict.violations)} violations"
    )
    for violation in verdict.violations:
        say(f"  {violation}")
    if verdict.violations:
        kept = Path(tempfile.mkdtemp(prefix="hg-chaos-ledger-")) / "ledger.jsonl"
        kept.write_text((view.stack.folder / "ledger.jsonl").read_text())
        say(f"  the ledger: {kept}")
        say(view.stack.describe())


@contextmanager
def make_database(name: str) -> Iterator[str]:
    """URL of a migrated, empty database of its own."""
    if name == "postgresql":
        with open_postgres("chaos") as server, server.fresh_copy() as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="hg-chaos-") as folder:
        yield f"sqlite:///{migrate_sqlite_file(Path(folder) / 'heliograph.db')}"


if __name__ == "__main__":
    sys.exit(main())
