"""Does regular work when it is due, once however many clocks there are: `python -m jobs.clock`."""

import signal
import threading
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot import failpoints
from bot.logs import get_logger, set_up_logs
from bot.settings import load_or_exit
from db.schedule import claim_work, note_work, plan_work
from jobs.context import Context, open_context
from jobs.schedule import SCHEDULE, Work

TICK_SECONDS = 0.5

log = get_logger(__name__)


def main() -> None:
    settings = load_or_exit()
    set_up_logs(settings.log_format, settings.log_level)
    failpoints.arm(settings.failpoint)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    context = open_context(settings)
    try:
        keep_time(context, stopping)
    finally:
        context.close()


def keep_time(context: Context, stopping: threading.Event, schedule: Sequence[Work] = SCHEDULE) -> None:
    """Ticks until `stopping` is set; a database that is away is waited for."""
    planned = False
    while not stopping.is_set():
        try:
            planned = planned or plan_schedule(context, schedule)
            tick(context, schedule)
        except SQLAlchemyError as error:
            log.error("clock waits for the database", error=type(error).__name__)
        stopping.wait(TICK_SECONDS)


def plan_schedule(context: Context, schedule: Sequence[Work] = SCHEDULE) -> bool:
    """Makes every work known to the database; True."""
    with context.engine.begin() as connection:
        for work in schedule:
            plan_work(connection, work.name)
    return True


def tick(context: Context, schedule: Sequence[Work] = SCHEDULE) -> list[str]:
    """Does what is due and nobody else has begun; the names of what was done."""
    return [work.name for work in schedule if _is_ours(context, work) and _do(context, work)]


def _is_ours(context: Context, work: Work) -> bool:
    seconds = work.seconds(context.settings)
    with context.engine.begin() as connection:
        return claim_work(connection, work.name, seconds)


def _do(context: Context, work: Work) -> bool:
    error = ""
    try:
        work.run(context)
    except Exception as failure:
        log.exception("regular work failed", work=work.name)
        error = repr(failure)[:500]
    with context.engine.begin() as connection:
        note_work(connection, work.name, error)
    return True


if __name__ == "__main__":
    main()
