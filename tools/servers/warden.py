"""Runs one server and ends it when standard input closes, which is when its owner ends, however it ends.

A pipe outlives changes of user and namespaces, which a parent-death signal does not.
Standard library only: started as a plain script, so that it is up at once.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

PATIENCE_SECONDS = 10
KEEP = b"k"


def main() -> int:
    options = _read_options()
    server = _start_server(options)
    print(server.pid, flush=True)
    os.close(1)  # the owner's pipe: nothing of the server may hold it open
    ended, kept = threading.Event(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_await_owner, args=(ended, kept), daemon=True).start()
    threading.Thread(target=_await_server, args=(server, ended, kept), daemon=True).start()
    ended.wait()
    keep = kept.is_set()  # asked before the end that we cause ourselves
    _end_server(server, getattr(signal, options.signal))
    if options.folder and not keep:
        shutil.rmtree(options.folder, ignore_errors=True)
    return 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", help="removed when the owner ends without saying to keep it")
    parser.add_argument("--signal", default="SIGTERM", help="asks the server to end")
    parser.add_argument("--log", required=True)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def _start_server(options: argparse.Namespace) -> "subprocess.Popen[bytes]":
    extra_groups: list[int] | None = None if options.uid is None else []
    with Path(options.log).open("ab") as log:
        return subprocess.Popen(
            options.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=options.folder,
            user=options.uid,
            group=options.gid,
            extra_groups=extra_groups,
            start_new_session=True,
        )


def _await_owner(ended: threading.Event, kept: threading.Event) -> None:
    if os.read(0, 1) == KEEP:
        kept.set()
    ended.set()


def _await_server(server: "subprocess.Popen[bytes]", ended: threading.Event, kept: threading.Event) -> None:
    server.wait()
    kept.set()  # it ended by itself: its owner will want the log
    ended.set()


def _end_server(server: "subprocess.Popen[bytes]", wanted: signal.Signals) -> None:
    if server.poll() is None:
        server.send_signal(wanted)
    try:
        server.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(server.pid, signal.SIGKILL)  # whatever it left behind


if __name__ == "__main__":
    sys.exit(main())
