"""One server process under a warden: started, stopped, killed and started again on the same folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

WARDEN = Path(__file__).with_name("warden.py")
START_SECONDS = 30.0


class ServerFailed(RuntimeError):
    """The server did not start; the message ends with its log."""


@dataclass
class ServerProcess:
    """`answers` returns True once the server takes connections; `uid`, `gid` None mean this process's own."""

    folder: Path
    command: list[str]
    answers: Callable[[], bool]
    stop_signal: signal.Signals = signal.SIGTERM
    uid: int | None = None
    gid: int | None = None
    pid: int = 0
    _warden: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> None:
        """Starts the server and returns when it answers; raises ServerFailed."""
        if self._warden is not None:
            raise ServerFailed(f"{self.command[0]} is already running")
        self._warden = subprocess.Popen(
            self._warden_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        assert self._warden.stdout is not None  # nosec B101 - for the type checker
        self.pid = int(self._warden.stdout.readline() or 0)
        self._await_answer()

    def stop(self) -> None:
        """Ends the server in an orderly way and keeps its folder; nothing when it is not running."""
        self._dismiss_warden(keep=True)

    def kill(self) -> None:
        """SIGKILL, as a crash would; the folder stays, `start` brings the server back."""
        if self._warden is not None and self._warden.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
        self._dismiss_warden(keep=True)

    def close(self) -> None:
        """Ends the server and removes its folder."""
        self._dismiss_warden(keep=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _warden_command(self) -> list[str]:
        command = [sys.executable, "-I", "-S", str(WARDEN), "--folder", str(self.folder), "--log", str(self.log)]
        command += ["--signal", self.stop_signal.name]
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

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            ended = self._warden is None or self._warden.poll() is not None
            if ended or time.monotonic() > deadline:
                text = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
                self._dismiss_warden(keep=True)
                raise ServerFailed(f"{' '.join(self.command)} did not start:\n{text}")
            time.sleep(0.01)  # the pause of a poll with a deadline


def make_folder() -> Path:
    """A new private folder with a path short enough for a socket (107 bytes on Linux)."""
    folder = Path(tempfile.mkdtemp(prefix="hg-"))
    if len(str(folder)) > 70:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="hg-", dir="/tmp"))  # nosec B108 - mkdtemp makes it private
    return folder
