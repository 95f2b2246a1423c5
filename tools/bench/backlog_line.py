"""A backlog of inbox rows drained into committed turns by one worker, beside a bare ORM loop on the same backlog."""

import json
import subprocess
import sys
from dataclasses import replace

from sqlalchemy import Engine, create_engine, func, select

from bot.inbox import record
from db.engine import make_engine
from db.inbox import InboxRow
from integrations.twilio.webhook import parse
from tools.bench.deliveries import list_fields
from tools.bench.ground import Ground
from tools.bench.homeowners import choose_script
from tools.bench.table import Result, compare_ratio, take_median

TARGET = 0.7
MESSAGES = 10  # of each homeowner: every script has as many
FILLED = "bench_backlog"
SIDES = {"ours": "tools.bench.worker_side", "bare": "tools.bench.bare_turns"}


def measure_backlog(ground: Ground, quick: bool) -> list[Result]:
    """Each side gets copies of the same filled database, in turn."""
    rounds, size = (1, 500) if quick else (3, 5000)
    fill(ground.make_database(FILLED), size // MESSAGES)
    rates: dict[str, list[float]] = {side: [] for side in SIDES}
    spent: dict[str, list[float]] = {side: [] for side in SIDES}
    for number in range(rounds):
        for side, module in SIDES.items():
            database = ground.make_database(f"{FILLED}_{side}_{number}", FILLED)
            ground.empty_redis()
            took = drain(ground, module, database)
            require_drained(database, size)
            rates[side].append(size / took["seconds"])
            spent[side].append(took["cpu"] * 1000 / size)
    found = compare_ratio(f"backlog of {size:,} rows, one worker", rates["ours"], rates["bare"], TARGET, "turns/s")
    each = " against ".join(f"{take_median(values):.1f}" for values in spent.values())
    return [replace(found, note=f"{found.note}; the process's own CPU: {each} ms a turn")]


def fill(database: str, homeowners: int) -> None:
    """Every homeowner's first messages wait, those of different homeowners between each other."""
    engine = make_engine(database)
    for place in range(MESSAGES):
        for number in range(homeowners):
            fields = list_fields(number, choose_script(number).messages[place])
            record(engine, parse(fields))
    engine.dispose()


def drain(ground: Ground, module: str, database: str) -> dict[str, float]:
    """Runs one side in a process of its own; `seconds` and `cpu` seconds between its first claim and last commit."""
    environ = ground.environ(database, "http://127.0.0.1:1")
    command = [sys.executable, "-m", module]
    result = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{module} failed:\n{result.stderr[-3000:]}")
    return dict(json.loads(result.stdout.splitlines()[-1]))


def require_drained(database: str, size: int) -> None:
    engine: Engine = create_engine(database)
    with engine.connect() as connection:
        done = connection.scalar(select(func.count()).select_from(InboxRow).where(InboxRow.status == "done"))
    engine.dispose()
    if done != size:
        raise RuntimeError(f"{done} of {size} rows were done")
