"""Starts a sandbox in a thread of this process or in a process of its own."""

from __future__ import annotations

import contextlib
import subprocess  # nosec B404
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tools.sandbox.app import build_app
from tools.sandbox.aurora import webhooks as aurora
from tools.sandbox.opensolar import webhooks as opensolar
from tools.sandbox.options import Options
from tools.sandbox.server import LeanServer
from tools.sandbox.world import World

READY_PREFIX = "sandbox: "
ROOT = Path(__file__).resolve().parents[2]


class Sandbox:
    """A sandbox running in a thread; `world` gives tests its ledger, faults and memory."""

    def __init__(self, options: Options | None = None, port: int = 0, host: str = "127.0.0.1") -> None:
        self.world = World(options or Options())
        self.world.remember()
        self._server = LeanServer((host, port), build_app(self.world))
        self.base_url = self.world.base_url = f"http://127.0.0.1:{self._server.port}"
        if self.world.options.register_webhooks:
            opensolar.register_app(self.world)
            aurora.register_app(self.world)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True, name="sandbox")

    def start(self) -> Sandbox:
        self._thread.start()
        return self

    def stop(self) -> None:
        self.world.stopping.set()
        self._server.close_all()
        self._thread.join(timeout=5)
        self.world.close()


@contextlib.contextmanager
def run_sandbox(options: Options | None = None, port: int = 0) -> Iterator[Sandbox]:
    """A sandbox on a free port for the length of a `with` block."""
    sandbox = Sandbox(options, port).start()
    try:
        yield sandbox
    finally:
        sandbox.stop()


@contextlib.contextmanager
def spawn_sandbox(*arguments: str) -> Iterator[str]:
    """A sandbox in a process of its own (`--port 0` unless given); yields its base URL once it listens."""
    given = arguments if "--port" in arguments else ("--port", "0", *arguments)
    command = [sys.executable, "-m", "tools.sandbox", *given]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # nosec B603
    try:
        yield _await_address(process)
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def _await_address(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        raise RuntimeError("the sandbox was started without a pipe")
    for line in process.stdout:
        if line.startswith(READY_PREFIX):
            return line.removeprefix(READY_PREFIX).strip()
    raise RuntimeError(f"the sandbox ended with {process.wait()} before it listened")
