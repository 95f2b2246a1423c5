"""Webhooks accepted each second, beside the bare route, on PostgreSQL under the same gunicorn."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import redis
from sqlalchemy import create_engine, func, select

from db.inbox import InboxRow
from tools.bench.bare_app import BareMessage, BareTable
from tools.bench.deliveries import make_deliveries
from tools.bench.ground import Ground, find_port
from tools.bench.load import post_all
from tools.bench.table import Result, compare_ratio

TARGET = 0.7
CONTACTS = 200
THREADS = 8
SIDES = {"ours": "wsgi:app", "bare": "tools.bench.bare_app:app"}


def measure_webhook(ground: Ground, quick: bool) -> list[Result]:
    """Short rounds in turn; every accepted message must be in the database at the end."""
    rounds, size = (2, 400) if quick else (7, 1000)
    rates: dict[str, list[float]] = {side: [] for side in SIDES}
    database = ground.make_database("bench_webhook")
    engine = create_engine(database)
    BareTable.metadata.create_all(engine)
    with ExitStack() as stack:
        ports = {side: _serve(stack, ground, database, app) for side, app in SIDES.items()}
        for port in ports.values():
            post_all(port, make_deliveries(f"http://127.0.0.1:{port}", CONTACTS, CONTACTS), THREADS)
        for _ in range(rounds):
            for side, port in ports.items():
                requests = make_deliveries(f"http://127.0.0.1:{port}", CONTACTS, size)
                with answer_bells(ground.empty_redis()):
                    rates[side].append(size / post_all(port, requests, THREADS))
    with engine.connect() as connection:
        kept = [connection.scalar(select(func.count()).select_from(table)) for table in (InboxRow, BareMessage)]
    engine.dispose()
    if kept != [CONTACTS + rounds * size] * 2:
        raise RuntimeError(f"accepted {CONTACTS + rounds * size} webhooks a side, kept {kept}")
    return [compare_ratio("webhook accepted", rates["ours"], rates["bare"], TARGET, "webhooks/s")]


def _serve(stack: ExitStack, ground: Ground, database: str, app: str) -> int:
    port = find_port()
    stack.enter_context(ground.serve_web(app, port, ground.environ(database, f"http://127.0.0.1:{port}")))
    return port


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
