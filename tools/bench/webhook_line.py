"""Webhooks accepted each second, beside the bare route, on PostgreSQL under the same gunicorn."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

import redis
from sqlalchemy import Engine, create_engine, func, select

from db.inbox import InboxRow
from tools.bench.bare_app import BareMessage, BareTable
from tools.bench.deliveries import make_deliveries
from tools.bench.ground import Ground, find_port
from tools.bench.load import post_all
from tools.bench.shares import read_shares
from tools.bench.table import Result, compare_ratio, take_median

TARGET = 0.7
CONTACTS = 200
THREADS = 8
APPS = ("wsgi:app", "tools.bench.bare_app:app")


@dataclass
class Side:
    """One web process with its port, and what each round of it gave."""

    port: int
    pid: int
    rates: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    """CPU milliseconds of gunicorn and PostgreSQL for one webhook."""

    def run(self, ground: Ground, size: int) -> None:
        """One round: `size` webhooks, each accepted."""
        requests = make_deliveries(f"http://127.0.0.1:{self.port}", CONTACTS, size)
        roots = {"web": self.pid, **ground.roots}
        with answer_bells(ground.empty_redis()):
            before = read_shares(roots)
            self.rates.append(size / post_all(self.port, requests, THREADS))
            after = read_shares(roots)
        used = sum(after.trees[name] - before.trees[name] for name in ("web", "PostgreSQL"))
        self.spent.append(used * 1000 / size)


def measure_webhook(ground: Ground, quick: bool) -> list[Result]:
    """Short rounds in turn; every accepted message must be in the database at the end."""
    rounds, size = (2, 300) if quick else (15, 400)
    database = ground.make_database("bench_webhook")
    engine = create_engine(database)
    BareTable.metadata.create_all(engine)
    with ExitStack() as stack:
        sides = [start_side(stack, ground, database, app) for app in APPS]
        for side in sides:
            post_all(side.port, make_deliveries(f"http://127.0.0.1:{side.port}", CONTACTS, CONTACTS), THREADS)
        for _ in range(rounds):
            for side in sides:
                side.run(ground, size)
    require_kept(engine, CONTACTS + rounds * size)
    engine.dispose()
    return [show(*sides)]


def show(ours: Side, bare: Side) -> Result:
    found = compare_ratio("webhook accepted", ours.rates, bare.rates, TARGET, "webhooks/s")
    each = f"{take_median(ours.spent):.1f} against {take_median(bare.spent):.1f} ms a webhook"
    return replace(found, note=f"{found.note}; CPU of gunicorn and PostgreSQL: {each}")


def start_side(stack: ExitStack, ground: Ground, database: str, app: str) -> Side:
    port = find_port()
    environ = ground.environ(database, f"http://127.0.0.1:{port}")
    return Side(port, stack.enter_context(ground.serve_web(app, port, environ)).pid)


def require_kept(engine: Engine, count: int) -> None:
    with engine.connect() as connection:
        kept = [connection.scalar(select(func.count()).select_from(table)) for table in (InboxRow, BareMessage)]
    if kept != [count, count]:
        raise RuntimeError(f"accepted {count} webhooks a side, kept {kept}")


@contextmanager
def answer_bells(redis_url: str) -> Iterator[None]:
    """Takes jobs off the queue and clears the bell as a worker does, so that no round lives on one coalesced ring."""
    ending = threading.Event()

    def work() -> None:
        with redis.Redis.from_url(redis_url) as client:
            while not ending.is_set():
                if client.blpop(["rq:queue:turns"], timeout=0.1):
                    client.delete("bell:turns")

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        ending.set()
        worker.join()
