"""The whole product as it runs in production, and the sandbox's Twilio, each in processes of its own."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import redis
from rq import Worker

from bot.wake import QUEUES
from tools.bench.ground import Ground, find_port, listens
from tools.sandbox.options import ACCOUNT_SID, AUTH_TOKEN, OPENSOLAR_ORG, OPENSOLAR_SECRET, OPENSOLAR_TOKEN, SENDER


@dataclass(frozen=True)
class Stack:
    """Where web and sandbox listen, and what the sandbox wrote down."""

    database: str
    web_port: int
    sandbox_port: int
    ledger: Path
    roots: Mapping[str, int]
    """The process at the top of each part, by name."""

    def read_ledger(self) -> list[dict[str, Any]]:
        """Every fact up to now, oldest first."""
        lines = self.ledger.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]


@contextmanager
def run_stack(ground: Ground, *, with_opensolar: bool = False, **settings: str) -> Iterator[Stack]:
    """Web, worker, clock and sandbox on an empty database; `settings` are the product's, by their variables."""
    database = ground.make_database("bench_traffic")
    ground.empty_redis()
    web_port, sandbox_port = find_port(), find_port()
    web_url, sandbox_url = f"http://127.0.0.1:{web_port}", f"http://127.0.0.1:{sandbox_port}"
    vendor = dict.fromkeys(("TWILIO_API_URL", "TWILIO_CONTENT_API_URL", "TWILIO_MESSAGING_API_URL"), sandbox_url)
    if with_opensolar:
        vendor |= name_opensolar(sandbox_url)
    environ = ground.environ(database, web_url, **vendor, **settings)
    ledger = ground.folder / "ledger.jsonl"
    sandbox = ["tools.sandbox", "--port", str(sandbox_port), "--app-url", web_url, "--ledger", str(ledger)]
    sandbox += ["--account-sid", ACCOUNT_SID, "--auth-token", AUTH_TOKEN, "--from", SENDER]
    parts = {
        "sandbox": (sandbox, lambda: listens(sandbox_port)),
        "worker": (["jobs.worker"], lambda: has_workers(ground.redis.url)),
        "clock": (["jobs.clock"], lambda: True),
    }
    with ExitStack() as stack:
        running = {
            name: stack.enter_context(ground.run(name, arguments, environ, answers))
            for name, (arguments, answers) in parts.items()
        }
        running["web"] = stack.enter_context(ground.serve_web("wsgi:app", web_port, environ))
        require_ready(web_url)
        yield Stack(
            database,
            web_port,
            sandbox_port,
            ledger,
            {**ground.roots, **{name: each.pid for name, each in running.items()}},
        )


def name_opensolar(sandbox_url: str) -> dict[str, str]:
    """The sandbox's OpenSolar; projects wait until somebody syncs them, since OpenSolar takes ten a minute."""
    return {
        "OPENSOLAR_API_BASE_URL": f"{sandbox_url}/opensolar",
        "OPENSOLAR_ORG_ID": OPENSOLAR_ORG,
        "OPENSOLAR_API_KEY": OPENSOLAR_TOKEN,
        "OPENSOLAR_WEBHOOK_SECRET": OPENSOLAR_SECRET,
        "OPENSOLAR_AUTO_SYNC_ENABLED": "false",
    }


def has_workers(redis_url: str) -> bool:
    """Whether a worker listens to every queue."""
    with redis.Redis.from_url(redis_url) as client:
        listened = {name for worker in Worker.all(connection=client) for name in worker.queue_names()}
    return listened >= set(QUEUES)


def require_ready(web_url: str) -> None:
    answer = httpx.get(f"{web_url}/readyz", timeout=30, trust_env=False).json()
    if answer["reasons"]:
        raise RuntimeError(f"the product is not ready: {answer}")
