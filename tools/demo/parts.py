"""What the demo consists of: ports, settings, and one process for each line of the Procfile and the sandbox."""

import os
import secrets
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import redis
from rq import Worker

from bot.settings import describe_settings
from bot.wake import QUEUES
from jobs.schedule import SCHEDULE
from tools.demo.vendors import CHOICES, point_at_vendors
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import Options
from tools.servers import ServerFailed
from tools.servers.process import ServerProcess

STAFF_PHONE = "whatsapp:+14155550199"
PASSED_ON = ("MARKET", "LOG_LEVEL", *CHOICES)


@dataclass
class Plan:
    """Where everything of one demo lives; `remarks` are sentences to print before it starts."""

    folder: Path
    redis_url: str
    web_port: int
    sandbox_port: int
    remarks: list[str] = field(default_factory=list)
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    secret_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def database(self) -> Path:
        return self.folder / "heliograph.db"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"


def make_plan(folder: Path, redis_url: str) -> Plan:
    """Takes the usual ports, or free ones where those are busy."""
    remarks: list[str] = []
    web_port, sandbox_port = (_choose_port(usual, remarks) for usual in (8000, 8010))
    return Plan(folder, redis_url, web_port, sandbox_port, remarks)


def plan_processes(plan: Plan) -> dict[str, ServerProcess]:
    """Name → process, in the order in which they are waited for; none is started."""
    sandbox = ["tools.sandbox", "--port", str(plan.sandbox_port), "--app-url", plan.web_url]
    sandbox += ["--account-sid", Options().account_sid, "--auth-token", plan.auth_token, "--from", Options().sender]
    sandbox += ["--database-url", plan.database_url, "--register-webhooks"]
    sandbox += ["--leap-connect-url", f"{plan.sandbox_url}/leap/connect"]
    web = ["gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{plan.web_port}", "--no-control-socket", "wsgi:app"]
    return {
        "sandbox": _plan_process(plan, "sandbox", sandbox, lambda: _is_well(f"{plan.sandbox_url}/sandbox/health")),
        "web": _plan_process(plan, "web", web, lambda: _is_well(f"{plan.web_url}/readyz")),
        "worker": _plan_process(plan, "worker", ["jobs.worker"], lambda: _has_workers(plan.redis_url)),
        "clock": _plan_process(plan, "clock", ["jobs.clock"], lambda: _has_ticked(plan.database)),
    }


def migrate_database(plan: Plan) -> None:
    """Makes the tables; raises ServerFailed."""
    _run_command(plan, "bot.release")


def name_staff(plan: Plan) -> None:
    """Shows the phone that alerts go to among the others, so that a newcomer can read them."""
    with SandboxClient(plan.sandbox_url) as sandbox:
        sandbox.add_homeowner(STAFF_PHONE.removeprefix("whatsapp:"), "Our staff")


def approve_templates(plan: Plan) -> None:
    """Has the sandbox, which must be up, approve what is said unprompted; raises ServerFailed."""
    _run_command(plan, "tools.templates", "push")
    _run_command(plan, "tools.templates", "status")


def make_environment(plan: Plan) -> dict[str, str]:
    """This process's environment with every setting replaced, so that neither it nor a `.env` gets into the demo."""
    settings = {name: "" for name, _, _ in describe_settings()}
    settings |= {name: os.environ.get(name, "") for name in PASSED_ON}
    settings |= {
        "DATABASE_URL": plan.database_url,
        "REDIS_URL": plan.redis_url,
        "SECRET_KEY": plan.secret_key,
        "PUBLIC_URL": plan.web_url,
        "PORT": str(plan.web_port),
        "LOG_FORMAT": "console",
        "STAFF_ALERTS_TO": STAFF_PHONE,
        "TWILIO_ACCOUNT_SID": Options().account_sid,
        "TWILIO_AUTH_TOKEN": plan.auth_token,
        "TWILIO_WHATSAPP_FROM": Options().sender,
        "TWILIO_API_URL": plan.sandbox_url,
        "TWILIO_CONTENT_API_URL": plan.sandbox_url,
        "TWILIO_MESSAGING_API_URL": plan.sandbox_url,
        **point_at_vendors(plan.sandbox_url, settings["LEAP_API_CONTRACT"]),
    }
    return {**os.environ, **settings, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


def _plan_process(plan: Plan, name: str, arguments: list[str], answers: Callable[[], bool]) -> ServerProcess:
    command = [sys.executable, "-m", *arguments]
    return ServerProcess(command, plan.folder / f"{name}.log", answers, environ=make_environment(plan))


def _run_command(plan: Plan, *arguments: str) -> None:
    command = [sys.executable, "-m", *arguments]
    result = subprocess.run(command, env=make_environment(plan), capture_output=True, text=True, check=False)
    if result.returncode:
        raise ServerFailed(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr[-2000:]}")


def _choose_port(usual: int, remarks: list[str]) -> int:
    for port in (usual, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            free = int(probe.getsockname()[1])
            if free != usual:
                remarks.append(f"Port {usual} is busy: using {free} instead.")
            return free
    raise ServerFailed("There is no free port on this machine.")


def _is_well(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _has_workers(redis_url: str) -> bool:
    """Whether a worker listens to every queue."""
    with redis.Redis.from_url(redis_url) as client:
        listened = {name for worker in Worker.all(connection=client) for name in worker.queue_names()}
    return listened >= set(QUEUES)


def _has_ticked(database: Path) -> bool:
    """Whether the clock has begun all its regular work once; read past the engine, whose every look takes the lock."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        begun = {name for (name,) in connection.execute("SELECT name FROM schedule WHERE last_run_at IS NOT NULL")}
    return begun >= {work.name for work in SCHEDULE}
