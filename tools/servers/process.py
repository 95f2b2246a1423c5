"""One server process under a warden: started, stopped, killed and started again on the same folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

WARDEN = Path(__file__).with_name("warden.py")
START_SECONDS = 30.0
POLL_SECONDS = 0.02


class ServerFailed(RuntimeError):
    """The server did not start; the message ends with its log."""


@dataclass
class ServerProcess:
    """A command with its log; `answers` returns True once the server does its work.

    `folder` is the server's own: it works there, and the folder goes when the owner ends or calls `close`. `uid`
    and `gid` None mean this process's own, `environ` None its environment.
    """

    command: list[str]
    log: Path
    answers: Callable[[], bool]
    folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    uid: int | None = None
    gid: int | None = None
    environ: dict[str, str] | None = field(default=None, repr=False)
    pid: int = 0
    _warden: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Starts the server and returns when it answers; raises ServerFailed."""
        self.launch()
        self.await_answer()

    def launch(self) -> None:
        """Starts the server and returns at once."""
        if self._warden is not None:
            raise ServerFailed(f"{self.command[0]} is already running")
        self._warden = subprocess.Popen(
            self._warden_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self.environ,
            start_new_session=True,  # Ctrl-C is for the owner, who ends its servers in the right order
        )
        assert self._warden.stdout is not None  # nosec B101 - for the type checker
        self.pid = int(self._warden.stdout.readline() or 0)

    def await_answer(self, give_up: Callable[[], bool] = lambda: False) -> None:
        """Returns when the server answers, or `give_up` says so; raises ServerFailed with the end of its log."""
        deadline = time.monotonic() + START_SECONDS
        while not self.answers() and not give_up():
            if not self.is_running() or time.monotonic() > deadline:
                self._dismiss_warden(keep=True)
                raise ServerFailed(f"{' '.join(self.command)} did not start:\n{self.read_log()}")
            time.sleep(POLL_SECONDS)  # the pause of a poll with a deadline

    def is_running(self) -> bool:
        return self._warden is not None and self._warden.poll() is None

    def read_log(self, size: int = 2000) -> str:
        """The last `size` characters of the log."""
        return self.log.read_text(errors="replace")[-size:] if self.log.exists() else ""

    def stop(self) -> None:
        """Ends the server in an orderly way and keeps its folder; nothing when it is not running."""
        self._dismiss_warden(keep=True)

    def kill(self) -> None:
        """SIGKILL, as a crash would; the folder stays, `start` brings the server back."""
        if self.is_running():
            with suppress(ProcessLookupError):  # it may have ended a moment ago
                os.kill(self.pid, signal.SIGKILL)
        self._dismiss_warden(keep=True)

    def close(self) -> None:
        """Ends the server and removes its folder."""
        self._dismiss_warden(keep=False)
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _warden_command(self) -> list[str]:
        command = [sys.executable, "-I", "-S", str(WARDEN), "--log", str(self.log), "--signal", self.stop_signal.name]
        if self.folder is not None:
            command += ["--folder", str(self.folder)]
        if self.uid is not None:
            command += ["--uid", str(self.uid), "--gid", str(self.gid)]
        return [*command, "--", *self.command]

    def _dismiss_warden(self, *, keep: bool) -> None:
        warden, self._warden = self._warden, None
        if warden is None:
            return
        try:
            warden.communicate(b"k" if keep else b"", timeout=20)
        except subprocess.TimeoutExpired:
            warden.kill()
            warden.wait()


@contextmanager
def own_folder(folder: Path | None) -> Iterator[Path]:
    """`folder`, or a new private one with a path short enough for a socket (107 bytes on Linux); removed at the end."""
    owned = folder or Path(tempfile.mkdtemp(prefix="hg-"))
    if folder is None and len(str(owned)) > 70:
        owned.rmdir()
        owned = Path(tempfile.mkdtemp(prefix="hg-", dir="/tmp"))  # nosec B108 - mkdtemp makes it private
    try:
        yield owned
    finally:
        shutil.rmtree(owned, ignore_errors=True)
