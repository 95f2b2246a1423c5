"""Brings up Redis, the sandbox of vendors, web, worker and clock, prints one address, and ends all of it together."""

import argparse
import fcntl
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.demo.parts import Plan, approve_templates, make_plan, migrate_database, name_staff, plan_processes
from tools.servers import ServerFailed, ServerMissing, start_redis
from tools.servers.process import ServerProcess

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "demo"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AlreadyRunning(RuntimeError):
    """Another demo runs in this folder."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="emptied at the start; holds database and logs")
    folder = parser.parse_args(arguments).folder.absolute()
    asked_to_end = threading.Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: asked_to_end.set())
    try:
        with _hold_folder(folder), ExitStack() as stack:
            return _run(stack, folder, asked_to_end)
    except (AlreadyRunning, ServerFailed, ServerMissing) as problem:
        print(f"The demo did not start. {problem}", file=sys.stderr)
        return 1


def _run(stack: ExitStack, folder: Path, asked_to_end: threading.Event) -> int:
    redis_server = stack.enter_context(start_redis(private=True))
    plan = make_plan(folder, redis_server.url)
    for sentence in plan.remarks:
        print(sentence, flush=True)
    migrate_database(plan)
    processes = _start_processes(stack, plan, asked_to_end)
    if asked_to_end.is_set():
        return 0
    _greet(plan)
    while not asked_to_end.wait(0.5):
        if ended := [name for name, process in processes.items() if not process.is_running()]:
            print(f"{ended[0]} has ended:\n{processes[ended[0]].read_log()}", file=sys.stderr)
            return 1
    print("\nEnding …", flush=True)
    return 0


def _start_processes(stack: ExitStack, plan: Plan, asked_to_end: threading.Event) -> dict[str, ServerProcess]:
    """Starts all of them side by side, then waits for each in turn."""
    processes = plan_processes(plan)
    for process in processes.values():
        stack.callback(process.close)
        process.launch()
    for name, process in processes.items():
        if asked_to_end.is_set():
            break
        print(f"  {name} …", flush=True)
        process.await_answer(give_up=asked_to_end.is_set)
        if name == "sandbox":
            name_staff(plan)
            approve_templates(plan)  # while the others come up
    return processes


def _greet(plan: Plan) -> None:
    print(
        f"\nHeliograph is up. Open the phone and write as a homeowner would:\n\n    {plan.sandbox_url}/\n\n"
        f"Logs: {_shorten(plan.folder)}/*.log\n"
        f"What is stored: DATABASE_URL=sqlite:///{_shorten(plan.database)} .venv/bin/python -m tools.projects\n"
        "Ctrl-C ends it.",
        flush=True,
    )


def _shorten(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


@contextmanager
def _hold_folder(folder: Path) -> Iterator[None]:
    """Empties the folder, unless another demo holds it; raises AlreadyRunning."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"One is already running in {folder}: end it first.") from None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        yield


if __name__ == "__main__":
    sys.exit(main())
