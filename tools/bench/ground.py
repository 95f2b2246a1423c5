"""The ground that every line stands on: real servers, databases copied from one template, product processes."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis

from bot.settings import describe_settings
from db.migrate import upgrade
from tools.sandbox.options import AUTH_TOKEN, SENDER, Options
from tools.servers import PostgresServer, RedisServer, copy_database, start_postgres, start_redis
from tools.servers.process import ServerProcess, own_folder

TEMPLATE = "bench_template"


@dataclass
class Ground:
    """`folder` holds the logs. The servers are private, durable (fsync, append-only file) and empty at the start."""

    folder: Path
    postgres: PostgresServer
    redis: RedisServer
    made: list[str] = field(default_factory=list)

    @property
    def roots(self) -> dict[str, int]:
        """The servers' processes by name."""
        servers = {"PostgreSQL": self.postgres.process, "Redis": self.redis.process}
        return {name: process.pid for name, process in servers.items() if process}

    def make_database(self, name: str, template: str = TEMPLATE) -> str:
        """URL of database `name`, a fresh copy of `template`: by default the migrated, empty one."""
        if template == TEMPLATE and TEMPLATE not in self.made:
            upgrade(copy_database(self.postgres, TEMPLATE))
            self.made.append(TEMPLATE)
        return copy_database(self.postgres, name, template)

    def empty_redis(self) -> str:
        """URL of the Redis, emptied."""
        with redis.Redis.from_url(self.redis.url) as client:
            client.flushall()
        return self.redis.url

    def environ(self, database_url: str, web_url: str, **settings: str) -> dict[str, str]:
        """A product process's environment: nothing of this machine's own settings gets into it."""
        chosen = {name: "" for name, _, _ in describe_settings()} | {
            "DATABASE_URL": database_url,
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "bench" * 8,
            "PUBLIC_URL": web_url,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_WHATSAPP_FROM": SENDER,
            "TWILIO_ACCOUNT_SID": Options().account_sid,
        }
        return {**os.environ, **chosen, **settings, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}

    @contextmanager
    def run(
        self, name: str, arguments: list[str], environ: dict[str, str], answers: Callable[[], bool]
    ) -> Iterator[ServerProcess]:
        """`python -m arguments` until the end of the block, its output in `name`.log."""
        command = [sys.executable, "-m", *arguments]
        process = ServerProcess(command, self.folder / f"{name}.log", answers, environ=environ)
        process.start()
        try:
            yield process
        finally:
            process.close()

    @contextmanager
    def serve_web(self, app: str, port: int, environ: dict[str, str]) -> Iterator[ServerProcess]:
        """gunicorn as in the Procfile."""
        arguments = ["gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "--timeout", "30"]
        arguments += ["--no-control-socket", app]
        with self.run(app.partition(":")[0], arguments, environ, lambda: listens(port)) as process:
            yield process


@contextmanager
def open_ground() -> Iterator[Ground]:
    with ExitStack() as stack:
        folder = stack.enter_context(own_folder(None))
        postgres = stack.enter_context(start_postgres(private=True, durable=True))
        redis_server = stack.enter_context(start_redis(private=True, append_only=True))
        yield Ground(folder, postgres, redis_server)


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
