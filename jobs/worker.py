"""All queues of this service: `python -m jobs.worker` supervises at least one process for each."""

import ctypes
import importlib
import signal
import sys

from bot.logs import get_logger, set_up_logs
from bot.settings import Settings, load_or_exit
from bot.vendor_states import list_remarks
from bot.wake import QUEUES
from jobs.queue_worker import serve_queue
from jobs.supervisor import Supervisor
from jobs.understanding import list_models

PR_SET_DUMPABLE = 4  # of Linux' prctl

WITH_MODEL = 4


def main() -> None:
    hide_memory()
    settings = load_or_exit()
    set_up_logs(settings.log_format, settings.log_level)
    for remark in list_remarks(settings):
        get_logger(__name__).warning(remark)
    preload_jobs()
    supervisor = Supervisor(plan_processes(settings), lambda queue: serve_queue(settings, queue))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.stopping.set())
    supervisor.supervise()


def hide_memory() -> None:
    """Nobody but root reads the environment or memory of this process and its forks: what reads strangers' files runs
    as the same user."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)


def plan_processes(settings: Settings) -> list[str]:
    """The queue of each process; only turns and vendors have several."""
    several = {"turns": settings.turn_workers or _count_turn_workers(settings), "vendors": settings.vendor_workers}
    return [queue for queue in QUEUES for _ in range(several.get(queue, 1))]


def _count_turn_workers(settings: Settings) -> int:
    """While one waits for a language model the others take the turns of everybody else."""
    return WITH_MODEL if list_models(settings) else 1


def preload_jobs() -> None:
    """Imports every job before forking, so that a restarted child is up at once and memory is shared."""
    for job in QUEUES.values():
        importlib.import_module(job.rpartition(".")[0])


if __name__ == "__main__":
    main()
