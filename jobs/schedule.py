"""The clock's regular work: how often, and what."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import Settings
from db.thinning import DAY, thin_out
from jobs import inbound_sweep, incentive_applications, poll_vendors, sync_missed
from jobs.context import Context
from jobs.sweeper import sweep


@dataclass(frozen=True)
class Work:
    """`seconds` is the pause between two runs; `run` is quick: what talks to a vendor is enqueued."""

    name: str
    seconds: Callable[[Settings], float]
    run: Callable[[Context], object]


SCHEDULE = (
    Work("sweep", lambda settings: settings.sweep_seconds, sweep),
    Work(
        "inbound_sweep",
        lambda settings: settings.inbound_sweep_seconds,
        lambda context: context.bell.enqueue("vendors", inbound_sweep.JOB),
    ),
    Work(
        "poll_vendors",
        lambda settings: poll_vendors.pause_seconds(settings.vendor_poll_seconds),
        poll_vendors.run,
    ),
    Work("sync_missed", lambda _: sync_missed.PAUSE_SECONDS, sync_missed.run),
    Work(
        "incentive_applications",
        lambda settings: min(settings.vendor_poll_seconds, incentive_applications.POLL_SECONDS),
        incentive_applications.ask_for_poll,
    ),
    Work("thin_out", lambda _: DAY, lambda context: thin_out(context.engine)),
)
