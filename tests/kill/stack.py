"""The real product on its real servers beside a Twilio that never dies: started, killed, revived, watched."""

import os
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import redis
from rq import Worker

from bot.failpoints import NAMES
from bot.settings import describe_settings
from bot.wake import QUEUES
from tests.kill.moving import count_moving
from tools.demo.vendors import point_at_vendors
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tools.servers import RedisServer, start_redis
from tools.servers.process import ServerProcess

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = ("web", "worker", "clock")
STAFF = "+15105550199"
QUICK = {
    "LEASE_SECONDS": "2",
    "SWEEP_SECONDS": "0.5",
    "RECONCILE_AFTER_SECONDS": "1",
    "INBOUND_SWEEP_SECONDS": "2",
    "STAFF_ALERTS_TO": f"whatsapp:{STAFF}",
    "LOG_LEVEL": "info",
}
"""Settings that make recovery take seconds instead of minutes."""


@dataclass(frozen=True)
class Mode:
    """How one of the processes runs: with a bug of `tests.kill.buggy`, with settings of its own."""

    bug: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


PLAIN = Mode()


@dataclass
class Stack:
    """`points` holds one marker for each kill point: while it exists the point is not armed."""

    folder: Path
    database_url: str
    redis: RedisServer
    twilio: SandboxClient
    twilio_url: str
    port: int
    processes: dict[str, ServerProcess] = field(default_factory=dict)
    modes: dict[str, Mode] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list, repr=False)

    @property
    def points(self) -> Path:
        return self.folder / "points"

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts all top processes side by side, each in its mode."""
        for name in PROCESSES:
            self.processes[name] = self._plan(name)
            self.processes[name].launch()
        for process in self.processes.values():
            process.await_answer()

    def stop(self) -> None:
        while self.processes:
            self.processes.popitem()[1].kill()

    def reset(self) -> None:
        """No fault, nothing armed, the recommended settings of Twilio."""
        self.twilio.clear_faults()
        self.twilio.change_settings(inbound_url="")
        self.disarm()

    def run_as(self, name: str, mode: Mode = PLAIN) -> None:
        """Makes sure that this process runs in this mode, restarting it only if need be."""
        if self.modes[name] == mode:
            return
        self.processes.pop(name).kill()
        self.modes[name] = mode
        self.processes[name] = self._plan(name)
        self.processes[name].start()

    def revive(self) -> list[str]:
        """Starts again what has died, as a platform would; its names."""
        dead = [name for name, process in self.processes.items() if not process.is_running()]
        for name in dead:
            self.processes[name].kill()
            self.processes[name].launch()
        return dead

    def await_true(self, condition: Callable[[], Any], what: str, seconds: float = 30.0) -> Any:
        """The first true value of `condition`, asked again and again while the dead are revived; AssertionError."""
        value = self.await_for(condition, seconds)
        assert value, f"after {seconds} s still not: {what}\n{self.describe()}"
        return value

    def await_for(self, condition: Callable[[], Any], seconds: float) -> Any:
        """Like `await_true`, but what is still false at the end is given back."""
        deadline = time.monotonic() + seconds
        while not (value := condition()) and time.monotonic() < deadline:
            self.revive()
            time.sleep(0.05)  # the pause of a poll with a deadline
        return value

    def arm(self, point: str) -> Path:
        """The next process to reach `point` dies there and writes its id into this file."""
        marker = self.points / point
        marker.unlink()
        return marker

    def disarm(self) -> list[str]:
        """Puts every marker back; the points that nobody had reached."""
        idle = [name for name in NAMES if not (self.points / name).exists()]
        for name in idle:
            (self.points / name).touch()
        return sorted(idle)

    def is_idle(self) -> bool:
        """Whether nothing is under way, by the product's own metrics; what waits for people does not count."""
        try:
            answer = httpx.get(f"{self.web_url}/metrics", timeout=5, trust_env=False)
        except httpx.TransportError:
            return False
        return answer.status_code == 200 and not count_moving(answer.text)

    def is_quiet(self) -> bool:
        """Whether no worker is in a job either, where it would find new work without a ring."""
        pid = self.processes["worker"].pid
        with redis.Redis.from_url(self.redis.url) as client:
            ours = [worker for worker in Worker.all(connection=client) if _descends(worker.pid, pid)]
            return self.is_idle() and {worker.get_state() for worker in ours} == {"idle"}

    def forget_pace(self) -> None:
        """As if it had been a while since we called a vendor: its limit for a minute is all there."""
        with redis.Redis.from_url(self.redis.url) as client:
            if keys := list(client.scan_iter("pace:*")):
                client.delete(*keys)

    def read_ledger(self) -> list[dict[str, Any]]:
        """Twilio's ledger, all of it."""
        self.lines += self.twilio.read_ledger(len(self.lines))
        return self.lines

    def make_environment(self, changes: Mapping[str, str]) -> dict[str, str]:
        blank = {name: "" for name, _, _ in describe_settings()}
        failpoints = ",".join(f"{name}@{self.points / name}" for name in sorted(NAMES))
        ours = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "for-tests-of-crashes-only",
            "PUBLIC_URL": self.web_url,
            "PORT": str(self.port),
            "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_WHATSAPP_FROM": SENDER,
            "TWILIO_API_URL": self.twilio_url,
            "TWILIO_CONTENT_API_URL": self.twilio_url,
            "TWILIO_MESSAGING_API_URL": self.twilio_url,
            "FAILPOINT": failpoints,
        }
        extra = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "PYTHONUNBUFFERED": "1"}
        return {**os.environ, **blank, **QUICK, **ours, **self.settings, **changes, **extra}

    def describe(self) -> str:
        """The ends of the logs, for a failing test."""
        return "\n".join(f"--- {name}\n{process.read_log(3000)}" for name, process in self.processes.items())

    def _plan(self, name: str) -> ServerProcess:
        mode = self.modes[name]
        command = [sys.executable, "-m", *list_words(name, mode.bug, self.port)]
        environ = self.make_environment(mode.settings)
        return ServerProcess(command, self.folder / f"{name}.log", lambda: self._is_up(name), environ=environ)

    def _is_up(self, name: str) -> bool:
        if name == "web":
            return _answers(f"{self.web_url}/healthz")
        if name == "worker":
            return self._has_workers(self.processes[name])
        return True

    def _has_workers(self, process: ServerProcess) -> bool:
        with redis.Redis.from_url(self.redis.url) as client:
            workers = Worker.all(connection=client)
            ours = {queue for worker in workers if _descends(worker.pid, process.pid) for queue in worker.queue_names()}
        return ours >= set(QUEUES)


@contextmanager
def run_stack(
    folder: Path,
    database_url: str,
    modes: Mapping[str, Mode] | None = None,
    vendors: Mapping[str, str] | None = None,
    sandbox: Sequence[str] = (),
) -> Iterator[Stack]:
    """Everything up on a migrated, empty database, staff's phone reachable; everything ended afterwards.

    `vendors`: settings on top of those that point at the sandbox's OpenSolar, Aurora and Leap; None: all three are off.
    `sandbox`: further arguments for it.
    """
    with ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        redis_server = stack.enter_context(start_redis(private=True, append_only=True))
        port, twilio_port = _find_ports(2)
        twilio_url = f"http://127.0.0.1:{twilio_port}"
        twilio = stack.enter_context(SandboxClient(twilio_url))
        made = Stack(folder, database_url, redis_server, twilio, twilio_url, port)
        made.modes = dict.fromkeys(PROCESSES, PLAIN) | dict(modes or {})
        if vendors is not None:
            made.settings = {**point_at_vendors(twilio_url, vendors.get("LEAP_API_CONTRACT", "current")), **vendors}
        made.points.mkdir()
        made.disarm()
        world = _plan_sandbox(made, sandbox)
        stack.callback(world.close)
        world.launch()
        stack.callback(made.stop)
        made.start()
        world.await_answer()
        _meet_staff(made)
        yield made


def list_words(name: str, bug: str, port: int) -> list[str]:
    """A process of the Procfile, as words after `python -m`; with a bug its likeness in `tests.kill.buggy`."""
    if name == "web":
        app = f"tests.kill.buggy:make_web('{bug}')" if bug else "wsgi:app"
        return ["gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "--no-control-socket", app]
    return ["tests.kill.buggy", bug, name] if bug else [f"jobs.{name}"]


def _plan_sandbox(stack: Stack, more: Sequence[str]) -> ServerProcess:
    arguments = ["--port", stack.twilio_url.rpartition(":")[2], "--app-url", stack.web_url]
    arguments += ["--ledger", str(stack.folder / "ledger.jsonl"), "--status-delays", "0.02,0.05", "--seed", "1"]
    arguments += ["--register-webhooks", "--opensolar-minute", "0", "--aurora-minute", "0"] if stack.settings else []
    command = [sys.executable, "-m", "tools.sandbox", *arguments, *more]
    answers = f"{stack.twilio_url}/sandbox/health"
    return ServerProcess(command, stack.folder / "twilio.log", lambda: _answers(answers), environ=dict(os.environ))


def _meet_staff(stack: Stack) -> None:
    """Staff write first, so that alerts reach them without a template."""
    stack.twilio.write(STAFF, "hello")
    stack.await_true(lambda: len(stack.twilio.read_thread(STAFF)) > 1, "staff are greeted")


def _find_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _descends(pid: int | None, ancestor: int) -> bool:
    """Whether a worker's process is the ancestor's child."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(fields[1]) == ancestor
