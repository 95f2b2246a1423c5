"""Takes the turns that wait in all conversations."""

from bot.senses import list_senses
from bot.turn import TurnTaker
from bot.typing import TypingWatch
from jobs.context import Context, current
from jobs.understanding import choose_understanding

DRAIN_SECONDS = 10.0  # then the worker looks after itself, and goes on at the next ring

LINGER_SECONDS = 0.15  # a new job costs more than looking again for this long


def drain() -> None:
    """The job of the queue "turns"."""
    context = current()
    context.bell.silence("turns")
    if not make_taker(context).drain(DRAIN_SECONDS, LINGER_SECONDS):
        context.bell.ring("turns")


def make_taker(context: Context) -> TurnTaker:
    settings = context.settings
    return TurnTaker(
        engine=context.engine,
        ring=context.bell.ring,
        understand=choose_understanding(context),
        market=settings.market,
        on_duty=bool(settings.staff_alerts_to),
        senses=list_senses(settings),
        lease_seconds=settings.lease_seconds,
        typing=TypingWatch(context.channel.show_typing) if context.channel else None,
    )
